"""Builds the one-folder program, writes its bill of materials beside it and lets it check itself."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "dist" / "sangkien"
BILL = PROGRAM / "bill-of-materials.cdx.json"
SELF_CHECK_S = 180


def main() -> int:
    """The first step that fails gives the exit status."""
    options = ["--noconfirm", "--log-level", "WARN", "--workpath", "build/pyinstaller", "--distpath", "dist"]
    steps = (
        [sys.executable, "-m", "PyInstaller", *options, "build.spec"],
        [sys.executable, "packaging/bill_of_materials.py", str(BILL)],
    )
    for step in steps:
        if subprocess.run(step, cwd=ROOT, check=False).returncode:
            return 1
    slim()
    megabytes = sum(file.lstat().st_size for file in PROGRAM.rglob("*") if file.is_file()) / 1_000_000
    print(f"{PROGRAM.relative_to(ROOT)}: {megabytes:.0f} MB")
    return self_check()


def slim() -> None:
    """Drop the symbol tables that these libraries are published with on Linux; a quarter of them is code."""
    if sys.platform != "linux":
        return
    for pattern in ("libpython3*.so*", "sqlcipher3/*.so", "cryptography/hazmat/bindings/*.so"):
        for library in (PROGRAM / "_internal").glob(pattern):
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def self_check() -> int:
    """The built program on an empty station, off screen, with nothing of this environment to lean on."""
    suffix = ".exe" if os.name == "nt" else ""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "PATH") if name in os.environ}
    with tempfile.TemporaryDirectory() as home:
        lonely = {
            **kept,
            "HOME": home,
            "SANGKIEN_HOME": str(Path(home, "station")),
            "QT_QPA_PLATFORM": "offscreen",
        }
        command = [str(PROGRAM / f"sangkien-desktop{suffix}"), "--self-check"]
        status = subprocess.run(command, env=lonely, cwd=home, timeout=SELF_CHECK_S, check=False).returncode
    print("The built program checked itself" if status == 0 else f"The self-check failed ({status})")
    return status


if __name__ == "__main__":
    sys.exit(main())
