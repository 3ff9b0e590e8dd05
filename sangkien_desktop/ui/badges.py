"""The picture and the colour role of every badge: icon, word and colour together, so any two may be lost."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sangkien_desktop.domain.sync_status import Badge

_LOOKS: Final[Mapping[Badge, tuple[str, str]]] = MappingProxyType(
    {
        Badge.CONFLICT: ("arrows-diff", "conflict"),
        Badge.RETURNED: ("arrow-back-up", "bad"),
        Badge.REJECTED: ("circle-x", "bad"),
        Badge.DUPLICATE: ("copy", "bad"),
        Badge.PARKED: ("archive", "warn"),
        Badge.INCOMPLETE: ("alert-circle", "warn"),
        Badge.HELD: ("player-pause", "mute"),
        Badge.UNKNOWN: ("refresh", "wait"),
        Badge.SENDING: ("upload", "wait"),
        Badge.CARRIED: ("usb", "wait"),
        Badge.WAITING: ("hourglass", "wait"),
        Badge.QUEUED_AGAIN: ("clock-edit", "wait"),
        Badge.QUEUED: ("clock", "wait"),
        Badge.WITHDRAWN: ("trash", "mute"),
        Badge.VALID: ("circle-check", "ok"),
        Badge.RECEIVED: ("cloud-up", "wait"),
        Badge.DRAFT: ("pencil", "mute"),
    }
)


def look_of(badge: Badge) -> tuple[str, str, str]:
    """Icon, word and colour role of a badge, as a badge cell and a chip take them."""
    icon, role = _LOOKS[badge]
    return icon, badge.value, role
