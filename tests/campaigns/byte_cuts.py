"""Every n-th byte of request and answer cut: python -m tests.campaigns.byte_cuts --every 16"""

import argparse
import tempfile
import time
from pathlib import Path

from tests.support.portal_server import a_portal
from tests.support.sync_desks import a_record, a_sync_desk
from tests.sync.byte_cuts import cut_everywhere, lengths, same_again, sealed_batch, without_op_ids


def main() -> None:
    """Run, and print lines of Markdown for docs/proofs."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--every", type=int, default=16)
    asked.add_argument("--records", type=int, default=50)
    chosen = asked.parse_args()
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="cuts-") as folder,
        a_portal(Path(folder)) as portal,
        a_sync_desk(Path(folder) / "desk", portal) as desk,
    ):
        desk.sync()
        desk.write(*(a_record(title=f"Sáng kiến thử cắt đường truyền số {n}") for n in range(chosen.records)))
        batch = sealed_batch(desk)
        request, answer = lengths(desk, portal, *batch)
        offsets = [("request", at) for at in range(1, request, chosen.every)]
        offsets += [("answer", at) for at in range(1, answer, chosen.every)]
        cuts = cut_everywhere(desk, portal, batch, same_again(batch[0]), offsets)
        few = [offset for offset in offsets if offset[0] == "answer"][::8]
        control = cut_everywhere(desk, portal, batch, without_op_ids, few)
    print(f"Request {request} bytes, answer {answer} bytes on the wire, {chosen.records} records, ", end="")
    print(f"cut at every {chosen.every}th byte, {time.monotonic() - began:.0f} s.\n")
    print("| client | cuts | broken sendings | lost | doubled |\n|---|---|---|---|---|")
    for name, found in (("as it is", cuts), ("control: no identities kept", control)):
        print(f"| {name} | {found.trials} | {found.broken} | {found.lost} | {found.doubled} |")


if __name__ == "__main__":
    main()
