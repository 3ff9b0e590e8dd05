"""x"""
def explain(a,b,t,bd,against):
    from sangkien_desktop.screening.model import Reason
    return () if against is None else (Reason(against.code, f"{against.mine} / {against.theirs}"),)
