"""The locks: made from requirements/*.in, and checked against them and against every platform.

python packaging/locks.py make [--keep] | check
"""

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
NAMES = ("desktop", "build", "portal", "dev")
INPUTS_SEEN = REQUIREMENTS / "inputs.sha256"
PLATFORMS = ("x86_64-manylinux_2_36", "x86_64-pc-windows-msvc")
PYTHONS = ("3.11", "3.12", "3.13")
UNREACHABLE = ("error sending request", "connect", "dns", "timed out", "network")


def make(*, keep: bool) -> int:
    """Lock every input; with `keep` nothing moves that need not."""
    for name in NAMES:
        options = ["--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate"]
        options += ["--python-version", "3.11", *([] if keep else ["--upgrade"])]
        lock = ["--output-file", f"{name}.txt", f"{name}.in"]
        if subprocess.run([*_uv(), "compile", *options, *lock], cwd=REQUIREMENTS, check=False).returncode:
            return 1
    INPUTS_SEEN.write_text(_inputs(), encoding="ascii", newline="\n")
    return check()


def check() -> int:
    """The inputs are those that were locked, and every locked package has a wheel wherever we run."""
    if not INPUTS_SEEN.is_file() or INPUTS_SEEN.read_text(encoding="ascii") != _inputs():
        print("requirements/*.in changed since they were locked. Run: python3 dev.py lock --keep")
        return 1
    return max(_has_wheels(platform, python) for platform in PLATFORMS for python in PYTHONS)


def _has_wheels(platform: str, python: str) -> int:
    with tempfile.TemporaryDirectory() as nowhere:
        options = ["--quiet", "--dry-run", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
        options += ["--python-platform", platform, "--python-version", python, "--target", nowhere]
        command = [*_uv(), "install", *options, "--requirements", "dev.txt", "--requirements", "build.txt"]
        result = subprocess.run(command, cwd=REQUIREMENTS, capture_output=True, text=True, check=False)
    if result.returncode and any(sign in result.stderr.lower() for sign in UNREACHABLE):
        print(f"Wheels for {platform} not checked: the registry cannot be reached")
        return 0
    if result.returncode:
        print(f"{platform}, Python {python}: {result.stderr.strip()}")
    return result.returncode


def _inputs() -> str:
    """One line per input, as sha256sum prints them."""
    files = [REQUIREMENTS / f"{name}.in" for name in NAMES]
    texts = [file.read_bytes().replace(b"\r\n", b"\n") for file in files]
    return "".join(
        f"{hashlib.sha256(text).hexdigest()}  {file.name}\n" for text, file in zip(texts, files, strict=True)
    )


def _uv() -> list[str]:
    return [sys.executable, "-m", "uv", "pip"]


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"]:
        sys.exit(make(keep="--keep" in sys.argv))
    sys.exit(check())
