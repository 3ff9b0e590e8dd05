"""The badge is the first line of the table that applies; “all at the portal” is said only when it is true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.domain.initiative import Lifecycle
from sangkien_desktop.domain.sync_status import (
    FROZEN,
    Badge,
    OperationState,
    StationFacts,
    SyncFacts,
    all_at_portal,
    badge,
)

READY, DRAFT = Lifecycle.READY, Lifecycle.DRAFT


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SyncFacts(lifecycle=READY, has_conflict=True, open_state=OperationState.QUEUED), Badge.CONFLICT),
        (SyncFacts(lifecycle=READY, portal_status="returned", was_applied=True), Badge.RETURNED),
        (
            SyncFacts(
                lifecycle=READY, portal_status="returned", open_state=OperationState.QUEUED, was_applied=True
            ),
            Badge.QUEUED_AGAIN,
        ),
        (SyncFacts(lifecycle=READY, last_outcome=OperationState.REJECTED), Badge.REJECTED),
        (SyncFacts(lifecycle=READY, last_outcome=OperationState.DUPLICATE), Badge.DUPLICATE),
        (SyncFacts(lifecycle=READY, frozen_state=OperationState.PARKED), Badge.PARKED),
        (SyncFacts(lifecycle=DRAFT, has_errors=True), Badge.INCOMPLETE),
        (SyncFacts(lifecycle=READY, open_state=OperationState.HELD), Badge.HELD),
        (SyncFacts(lifecycle=READY, open_state=OperationState.QUEUED, is_held=True), Badge.HELD),
        (SyncFacts(lifecycle=READY, frozen_state=OperationState.UNKNOWN), Badge.UNKNOWN),
        (SyncFacts(lifecycle=READY, frozen_state=OperationState.INFLIGHT), Badge.SENDING),
        (SyncFacts(lifecycle=READY, frozen_state=OperationState.CARRIED), Badge.CARRIED),
        (SyncFacts(lifecycle=READY, frozen_state=OperationState.WAITING), Badge.WAITING),
        (SyncFacts(lifecycle=READY, open_state=OperationState.QUEUED), Badge.QUEUED),
        (SyncFacts(lifecycle=Lifecycle.WITHDRAWN, was_applied=True), Badge.WITHDRAWN),
        (SyncFacts(lifecycle=READY, portal_status="valid", was_applied=True), Badge.VALID),
        (SyncFacts(lifecycle=READY, was_applied=True, portal_status="received"), Badge.RECEIVED),
        (SyncFacts(lifecycle=DRAFT), Badge.DRAFT),
    ],
)
def test_first_line_that_applies(facts: SyncFacts, expected: Badge) -> None:
    assert badge(facts) is expected


all_facts = st.builds(
    SyncFacts,
    lifecycle=st.sampled_from(Lifecycle),
    has_errors=st.booleans(),
    open_state=st.sampled_from([None, OperationState.QUEUED, OperationState.HELD]),
    frozen_state=st.sampled_from([None, *sorted(FROZEN)]),
    last_outcome=st.sampled_from([None, OperationState.APPLIED, OperationState.REJECTED]),
    has_conflict=st.booleans(),
    portal_status=st.sampled_from(["", "received", "valid", "returned", "new-word"]),
    was_applied=st.booleans(),
)


@given(all_facts)
def test_every_state_has_a_badge_and_nothing_on_its_way_looks_done(facts: SyncFacts) -> None:
    shown = badge(facts)
    if facts.frozen_state or facts.open_state:
        assert shown not in {Badge.VALID, Badge.RECEIVED}


counts = st.integers(0, 2)
station = st.builds(
    StationFacts,
    records=counts,
    not_terminal=counts,
    files_missing=counts,
    refused=counts,
    conflicts=counts,
    drafts=counts,
)


@given(station)
def test_all_at_portal_only_when_nothing_is_left(facts: StationFacts) -> None:
    left = facts.not_terminal or facts.files_missing or facts.refused or facts.conflicts or facts.drafts
    assert all_at_portal(facts) == (facts.records > 0 and not left)
