"""What only a demonstration portal does: approve codes by name, review on request."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from reference_portal.access import PortalDep
from reference_portal.problems import Problem
from reference_portal.reviewing import review
from reference_portal.tables import AccountRow
from reference_portal.tokens import TokenDesk

router = APIRouter(prefix="/demo", tags=["demo"])


class ApproveIn(BaseModel):
    """A code and the account to sign in."""

    user_code: Annotated[str, Field(max_length=20)]
    account: Annotated[str, Field(max_length=60)]


class ReviewIn(BaseModel):
    """The seed that decides every verdict."""

    seed: Annotated[int, Field(ge=0, le=2**31)] = 1


class ReviewOut(BaseModel):
    """What the round did."""

    valid: int
    returned: int
    edited: int
    voted: int


class ApproveOut(BaseModel):
    """Who was let in."""

    account: str


@router.post("/approve")
def approve(portal: PortalDep, wanted: ApproveIn) -> ApproveOut:
    """Approve a sign-in code as an account would on its page."""
    with portal.database.write() as session:
        known = session.get(AccountRow, wanted.account) is not None
        desk = TokenDesk(session, portal.settings)
        if not known or not desk.decide_device(wanted.user_code, wanted.account):
            raise Problem("not-found", "Không có mã hoặc tài khoản này.")
    return ApproveOut(account=wanted.account)


@router.post("/review")
def review_now(portal: PortalDep, wanted: ReviewIn) -> ReviewOut:
    """One round of the reviewer over all that waits."""
    done = portal.database.attempt(lambda session: review(session, wanted.seed, portal.settings))
    return ReviewOut(valid=done.valid, returned=done.returned, edited=done.edited, voted=done.voted)
