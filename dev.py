#!/usr/bin/env python3
"""The one entry for people who develop. Needs Python 3.11 or newer and nothing else.

python3 dev.py COMMAND [ARGUMENTS]
"""

import ast
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent
WINDOWS: Final = os.name == "nt"
REQUIREMENTS: Final = ROOT / "requirements"
CAMPAIGNS: Final = ROOT / "tests" / "campaigns"

DONE, FAILED, WRONG_USAGE, COULD_NOT = 0, 1, 2, 3

# What Qt loads on Linux, and the Debian package that brings it.
QT_LIBRARIES: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libbrotlidec.so.1": "libbrotli1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# Real parts that tests work with; a test that lacks its part says so by name.
TEST_PACKAGES: Final = (
    *("xvfb", "openbox", "xdotool", "x11-utils", "imagemagick", "strace", "libreoffice-calc"),
    *("libreoffice-writer-nogui", "poppler-utils", "gnome-keyring", "dbus-daemon", "libglib2.0-bin", "ibus"),
    *("ibus-unikey", "dconf-gsettings-backend", "squid", "apache2-utils", "openssl", "chromium"),
)

# A test decides itself which proxy, certificate, keyring or station it meets.
NOT_FOR_TESTS: Final = (
    "PYTHON",
    "PYTEST_",
    "QT_",
    "QML",
    "SANGKIEN_",
    "SSL_CERT_",
    "DBUS_SESSION_",
    "DISPLAY",
    "WAYLAND_",
)
NOT_FOR_TESTS_EXACTLY: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSLKEYLOGFILE")


class Stop(Exception):
    """Ends the command with one line for the person."""

    def __init__(self, line: str, status: int = COULD_NOT) -> None:
        super().__init__(line)
        self.status = status


# --- The machine ---------------------------------------------------------------------------------------


def missing_qt_packages() -> list[str]:
    """Debian packages whose libraries Qt needs and this machine lacks."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in QT_LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_debian_packages(names: Iterable[str]) -> list[str]:
    """Those of `names` that dpkg does not know as installed; none where there is no dpkg."""
    names = list(names)
    if not shutil.which("dpkg-query"):
        return []
    asked = ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    installed = {line.split()[0] for line in answer if line.endswith(" installed")}
    return [name for name in names if name not in installed]


def install_debian_packages(names: list[str], *, required: bool) -> None:
    """By apt where we may; else say the line to run. What is required and cannot be had raises Stop."""
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    line = f"{' '.join(install)} {' '.join(names)}"
    if not shutil.which("apt-get"):
        said = f"This machine lacks what these Debian packages bring: {' '.join(names)}"
    elif os.geteuid() != 0:
        said = f"As root run: apt-get update && {line}"
    else:
        print(f"Installing {' '.join(names)}", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _quietly(["apt-get", "update"], environment)
        if _quietly([*install, *names], environment):
            return
        # One unknown name stops the whole call; the others may still be had.
        refused = [name for name in names if not _quietly([*install, name], environment)]
        if not refused:
            return
        said = f"apt-get could not install: {' '.join(refused)}"
    if required:
        raise Stop(said)
    print(f"{said}\nTests that need them will say so and be skipped.", file=sys.stderr)


def _quietly(command: list[str], environment: Mapping[str, str]) -> bool:
    result = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if result.returncode:
        print((result.stderr or result.stdout).strip()[-800:], file=sys.stderr)
    return result.returncode == 0


# --- The environment -----------------------------------------------------------------------------------


class Environment:
    """A virtual environment that holds exactly one lock.

    Its marker is written last and carries the hash of the lock, so one that is half made, broken, moved or
    of an older lock is made anew.
    """

    def __init__(self, folder: Path, lock: str, *, project: bool) -> None:
        self._folder = folder
        self._lock = REQUIREMENTS / f"{lock}.txt"
        self._project = project
        self._marker = folder / "ready"
        self.python = str(folder / ("Scripts/python.exe" if WINDOWS else "bin/python"))

    def ready(self) -> "Environment":
        """Made if it has to be."""
        with _one_at_a_time():
            if not self._is_ready():
                self._make()
        return self

    def accept(self) -> None:
        """Declare what stands there to be what the lock says."""
        self._marker.write_text(self._identity(), encoding="ascii")

    def _identity(self) -> str:
        declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.ruff]")[0]
        parts = (self._lock.read_bytes(), declared.encode(), str(self._folder).encode())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()

    def _is_ready(self) -> bool:
        if not self._marker.is_file() or self._marker.read_text(encoding="ascii") != self._identity():
            return False
        probe = [self.python, "-c", "import PySide6, sqlcipher3, setuptools"]
        with suppress(OSError):
            return subprocess.run(probe, capture_output=True, check=False, cwd=ROOT).returncode == 0
        return False

    def _make(self) -> None:
        if importlib.util.find_spec("ensurepip") is None:
            install_debian_packages([f"python3.{sys.version_info.minor}-venv"], required=True)
        print(f"Making {self._folder.relative_to(ROOT)} from {self._lock.relative_to(ROOT)}", file=sys.stderr)
        if self._folder.is_dir():
            shutil.rmtree(self._folder)
        self._run(sys.executable, "-m", "venv", str(self._folder))
        self._pip("--require-hashes", "--only-binary", ":all:", "--no-deps", "-r", str(self._lock))
        if self._project:
            # The build tool is part of the lock: nothing is fetched here.
            self._pip("--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
        self.accept()

    def _pip(self, *arguments: str) -> None:
        self._run(self.python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", *arguments)

    def _run(self, *command: str) -> None:
        # The machine's pip configuration stays: it may name the index and the certificates to use.
        elsewhere = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
        environment = {name: value for name, value in os.environ.items() if name not in elsewhere}
        if subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode:
            raise Stop(f"This step failed: {' '.join(command)}")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands started together must not make the environment twice."""
    (ROOT / "build").mkdir(exist_ok=True)
    with (ROOT / "build" / "setup.lock").open("a") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def development() -> Environment:
    """The environment of everything but the build, with the libraries of Qt."""
    missing = missing_qt_packages()
    if missing:
        install_debian_packages(missing, required=True)
    return Environment(ROOT / ".venv", "dev", project=True).ready()


def run(python: str, *arguments: str, **variables: str) -> int:
    """Run Python in the project; the exit status."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PYTHONUTF8": "1", **variables}
    return subprocess.run([python, *arguments], cwd=ROOT, env=environment, check=False).returncode


# --- Commands ------------------------------------------------------------------------------------------


def setup(arguments: list[str]) -> int:
    """the environment alone; afterwards the project's commands stand in .venv"""
    no_more(arguments)
    print(f"Ready: {Path(development().python).parent}")
    return DONE


def demo(arguments: list[str]) -> int:
    """the main job, end to end  [--headless] [--output DIR] [--sample FILE]"""
    without_display = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    if without_display and "--headless" not in arguments:
        arguments = ["--headless", *arguments]
    off_screen = {"QT_QPA_PLATFORM": "offscreen"} if "--headless" in arguments else {}
    return run(development().python, "-m", "demonstration", *arguments, **off_screen)


def test(arguments: list[str]) -> int:
    """the whole suite; --fast leaves out the slow tests; the rest goes to pytest"""
    python = development().python
    fast = "--fast" in arguments
    chosen = [argument for argument in arguments if argument != "--fast"]
    missing = [] if fast else missing_debian_packages(TEST_PACKAGES)
    if missing:
        install_debian_packages(missing, required=False)
    side_by_side = [] if chosen else ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]
    selected = ["-m", "not slow"] if fast else []
    command = [python, "-m", "pytest", *side_by_side, *selected, *chosen]
    return subprocess.run(command, cwd=ROOT, env=environment_for_tests(), check=False).returncode


def environment_for_tests() -> dict[str, str]:
    """This process's environment without anything that could decide a test's outcome."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(NOT_FOR_TESTS)
        and name.upper() not in NOT_FOR_TESTS_EXACTLY
        and not name.upper().endswith("_PROXY")
    }
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def check(arguments: list[str]) -> int:
    """format, lint, types, import contracts, architecture, locks, known vulnerabilities"""
    no_more(arguments)
    python = development().python
    steps: dict[str, Callable[[], int]] = {
        "format": lambda: run(python, "-m", "ruff", "format", "--check", "--quiet", "."),
        "lint": lambda: run(python, "-m", "ruff", "check", "--quiet", "."),
        "types": lambda: run(python, "-m", "mypy"),
        "import contracts": lambda: run(
            python, "-c", "from importlinter.cli import lint_imports_command as c; c()"
        ),
        "architecture": lambda: run(python, "-m", "pytest", "tests/test_architecture.py"),
        "locks": lambda: run(python, "packaging/locks.py", "check"),
        "vulnerabilities": lambda: run(python, "packaging/audit.py"),
    }
    failed = []
    for name, step in steps.items():
        print(f"-- {name}", flush=True)
        if step() != DONE:
            failed.append(name)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed")
    return FAILED if failed else DONE


def bench(arguments: list[str]) -> int:
    """figures beside their rivals' in the same run  [NAME] [--size N] [--json]"""
    return run(development().python, "-m", "benchmarks", *arguments, QT_QPA_PLATFORM="offscreen")


def proofs(arguments: list[str]) -> int:
    """the long campaigns of tests/campaigns; without a name they are listed  [NAME | --all] [ARGUMENTS]"""
    known = {
        path.stem: (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").partition("\n")[0]
        for path in sorted(CAMPAIGNS.glob("[a-z]*.py"))
    }
    if not arguments:
        print("\n".join(f"{name:22} {told}" for name, told in known.items()))
        return DONE
    name, rest = arguments[0], arguments[1:]
    if name != "--all" and name not in known:
        print(f"No campaign is called {name}", file=sys.stderr)
        return WRONG_USAGE
    python = development().python
    for one in known if name == "--all" else [name]:
        command = [python, "-m", f"tests.campaigns.{one}", *rest]
        if subprocess.run(command, cwd=ROOT, env=environment_for_tests(), check=False).returncode:
            print(f"{one} failed", file=sys.stderr)
            return FAILED
    return DONE


def build(arguments: list[str]) -> int:
    """the one-folder program with its bill of materials, then its self-check"""
    no_more(arguments)
    missing = missing_qt_packages() + missing_debian_packages(["binutils"])
    if missing:
        install_debian_packages(missing, required=True)
    # Without the test packages: PyInstaller takes along every database driver it finds.
    python = Environment(ROOT / "build" / "environment", "build", project=False).ready().python
    return run(python, "packaging/build.py")


def migration(arguments: list[str]) -> int:
    """a new migration from the difference between tables and migrations  MESSAGE"""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        raise Stop('Say what changes: python3 dev.py migration "add the field …"', WRONG_USAGE)
    return run(development().python, "packaging/new_migration.py", arguments[0])


def lock(arguments: list[str]) -> int:
    """the newest releases into requirements/*.txt; --keep changes only what the inputs ask for"""
    return run(development().python, "packaging/locks.py", "make", *arguments)


def no_more(arguments: list[str]) -> None:
    """Refuse arguments that a command does not know."""
    if arguments:
        raise Stop(f"Not understood: {' '.join(arguments)}", WRONG_USAGE)


COMMANDS: Final[dict[str, Callable[[list[str]], int]]] = {
    command.__name__: command for command in (setup, demo, test, check, bench, proofs, build, migration, lock)
}


def main(arguments: list[str]) -> int:
    """Run one command; the exit status."""
    if not arguments or arguments[0] not in COMMANDS:
        told = "\n".join(f"  {name:10} {command.__doc__}" for name, command in COMMANDS.items())
        print(f"{__doc__}\n{told}", file=sys.stdout if arguments in (["--help"], ["-h"]) else sys.stderr)
        return DONE if arguments in (["--help"], ["-h"]) else WRONG_USAGE
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return stop.status
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told here
        sys.exit("Sáng kiến Desktop needs Python 3.11 or newer.")
    sys.exit(main(sys.argv[1:]))
