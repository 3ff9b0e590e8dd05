"""Where a station must not live: network shares and folders that a cloud program copies behind our back."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from sangkien_desktop.errors import AppError

_NETWORK_FILE_SYSTEMS = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "fuse.sshfs",
        "fuse.rclone",
        "davfs",
        "glusterfs",
    }
)
_CLOUD_NAMES = (
    "onedrive",
    "dropbox",
    "google drive",
    "googledrive",
    "icloud",
    "my drive",
    "nextcloud",
    "owncloud",
)
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_CLOUD_FILES = (".dropbox", ".dropbox.cache", ".sync_journal", ".nextcloudsync.log", ".owncloudsync.log")
_REMOTE_DRIVE = 4


def refuse_unsafe(
    folder: Path, *, mounts: str | None = None, environment: Mapping[str, str] = os.environ
) -> None:
    """Raise AppError when a database in `folder` would be damaged by where it lies.

    `mounts` is the text of a mount table in the form of /proc/mounts; by default the system's own.
    """
    folder = folder.expanduser().absolute()
    if _on_network(folder, _mount_table() if mounts is None else mounts):
        raise AppError(
            "Thư mục này nằm trên ổ đĩa mạng; dữ liệu của trạm có thể hỏng ở đó.",
            hint="Chọn thư mục trên ổ đĩa của chính máy này.",
            code="network-folder",
        )
    if _in_cloud(folder, environment):
        raise AppError(
            "Thư mục này do một chương trình lưu trữ đám mây (OneDrive, Dropbox, …) sao chép; dữ liệu có thể hỏng.",
            hint="Chọn thư mục không đồng bộ lên mạng.",
            code="cloud-folder",
        )


def _on_network(folder: Path, mounts: str) -> bool:
    text = str(folder)
    if text.startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)) == _REMOTE_DRIVE
    kind = ""
    deepest = -1
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if folder.is_relative_to(point) and len(point.parts) > deepest:
            deepest, kind = len(point.parts), parts[2]
    return kind in _NETWORK_FILE_SYSTEMS


def _in_cloud(folder: Path, environment: Mapping[str, str]) -> bool:
    for variable in _CLOUD_VARIABLES:
        synced = environment.get(variable)
        if synced and folder.is_relative_to(Path(synced)):
            return True
    for part in folder.parts:
        name = part.casefold()
        if any(name == cloud or name.startswith((f"{cloud} ", f"{cloud}-")) for cloud in _CLOUD_NAMES):
            return True
    return any((parent / mark).exists() for parent in (folder, *folder.parents) for mark in _CLOUD_FILES)


def _mount_table() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
