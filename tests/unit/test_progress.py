"""What nobody watches neither speaks nor stops."""

from sangkien_desktop.progress import SILENT


def test_silent_progress_lets_work_go_on() -> None:
    SILENT.report(1, 2, "đang đọc")
    SILENT.check()
