"""The cage in which foreign files are read: memory, processor time, no network, no other program, nothing written."""

import contextlib
import ctypes
import os
import sys
import tempfile
from functools import partial

LARGEST_MEMORY = 2**30
LARGEST_TEMPORARY = 400 * 2**20
LONGEST_CPU_S = 60
LONGEST_WALL_S = 150

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.spawn", "os.posix_spawn", "os.system", "os.fork", "ftplib.", "http.", "urllib.", "winreg.", "shutil.")  # fmt: skip
_CHANGES = frozenset({"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate"})
_WRITING = frozenset("wax+")


def confine_this_process(*, may_write_temporary: bool = False) -> None:
    """Lower this process's own rights for good; called by the child before it looks at the file.

    `may_write_temporary`: the library that hands back a marked workbook builds it in the temporary folder.
    """
    if sys.platform != "win32":
        import resource  # exists only where there are such limits

        for limit, most in (
            (resource.RLIMIT_AS, LARGEST_MEMORY),
            (resource.RLIMIT_CPU, LONGEST_CPU_S),
            (resource.RLIMIT_FSIZE, LARGEST_TEMPORARY if may_write_temporary else 0),
            (resource.RLIMIT_CORE, 0),
        ):
            # A stricter limit set from outside stays.
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(limit, (most, most))
    temporary = os.path.realpath(tempfile.gettempdir()) if may_write_temporary else ""
    sys.addaudithook(partial(_refuse, temporary))


def _refuse(temporary: str, event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(event)
    writes = event in _CHANGES or (
        event == "open" and isinstance(arguments[1], str) and bool(_WRITING & set(arguments[1]))
    )
    if writes and not (temporary and _is_inside(str(arguments[0]), temporary)):
        raise PermissionError(event)


def _is_inside(path: str, folder: str) -> bool:
    real = os.path.realpath(path)
    return real == folder or real.startswith(folder + os.sep)


if sys.platform == "win32":
    from ctypes import wintypes

    _KILL_ON_CLOSE, _PROCESS_MEMORY, _PROCESS_TIME, _ACTIVE_PROCESSES = 0x2000, 0x100, 0x2, 0x8
    _EXTENDED_LIMITS = 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def confine_child(process_handle: int) -> object:
        """Put a waiting child into a job object with the same caps; keep the answer alive as long as the child."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = (
            _KILL_ON_CLOSE | _PROCESS_MEMORY | _PROCESS_TIME | _ACTIVE_PROCESSES
        )
        limits.BasicLimitInformation.PerProcessUserTimeLimit = LONGEST_CPU_S * 10**7
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = LARGEST_MEMORY
        done = kernel.SetInformationJobObject(
            wintypes.HANDLE(job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )
        if not done or not kernel.AssignProcessToJobObject(
            wintypes.HANDLE(job), wintypes.HANDLE(process_handle)
        ):
            raise OSError(ctypes.get_last_error(), "job object refused")
        return wintypes.HANDLE(job)

else:

    def confine_child(process_handle: int) -> object:
        """Elsewhere the child confines itself."""
        return process_handle
