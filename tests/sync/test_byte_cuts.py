"""A batch of fifty records whose connection is cut: nothing lost, nothing doubled; without identities it doubles."""

from tests.support.portal_server import PortalServer
from tests.support.sync_desks import SyncDesk, a_record
from tests.sync.byte_cuts import cut_everywhere, lengths, same_again, sealed_batch, without_op_ids

PLACES = 24
"""Of each direction in the suite; every sixteenth byte is a campaign."""


def spread(length: int, places: int) -> list[int]:
    """Offsets from the first to the last byte."""
    return sorted({1 + (length - 2) * place // (places - 1) for place in range(places)})


def test_cut_anywhere_nothing_is_lost_or_doubled(desk: SyncDesk, portal: PortalServer) -> None:
    desk.sync()
    desk.write(*(a_record(title=f"Sáng kiến thử cắt đường truyền số {n}") for n in range(50)))
    batch = sealed_batch(desk)
    request, answer = lengths(desk, portal, *batch)
    offsets = [("request", at) for at in spread(request, PLACES)]
    offsets += [("answer", at) for at in spread(answer, PLACES)]
    cuts = cut_everywhere(desk, portal, batch, same_again(batch[0]), offsets)
    assert (cuts.lost, cuts.doubled) == (0, 0)
    assert cuts.broken >= cuts.trials - 2
    control = cut_everywhere(desk, portal, batch, without_op_ids, offsets[-PLACES:])
    assert control.doubled > 0
