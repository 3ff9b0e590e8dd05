"""The bill of materials of a build: every Python package in it, as CycloneDX 1.6.

python packaging/bill_of_materials.py OUTPUT; runs in the build's own environment.
"""

import json
import platform
import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "desktop.txt"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ;.*)? \\\n((?:    --hash=.*\n?)+)", re.MULTILINE)


def components() -> list[dict[str, object]]:
    """One entry per locked package that is installed here, with the hashes the lock allows."""
    found = []
    for name, version, hashes in PINNED.findall(LOCK.read_text(encoding="utf-8") + "\n"):
        try:
            installed = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if installed.version != version:
            continue
        found.append(_component(name, installed, re.findall(r"sha256:([0-9a-f]{64})", hashes)))
    return found


def _component(name: str, installed: metadata.Distribution, hashes: list[str]) -> dict[str, object]:
    told = installed.metadata
    licence = told.get("License-Expression") or told.get("License") or _classified(told) or "not declared"
    return {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{installed.version}",
        "name": name,
        "version": installed.version,
        "purl": f"pkg:pypi/{name}@{installed.version}",
        "licenses": [{"license": {"name": licence.partition("\n")[0]}}],
        "properties": [{"name": "allowed-wheel-sha256", "value": digest} for digest in hashes],
    }


def _classified(told: metadata.PackageMetadata) -> str:
    marks = [mark for mark in told.get_all("Classifier") or [] if mark.startswith("License ::")]
    return "; ".join(mark.rpartition(" :: ")[2] for mark in marks)


def document() -> dict[str, object]:
    """The whole bill; the same build gives the same bill."""
    version = re.search(
        r'__version__ = "(.+)"', (ROOT / "sangkien_desktop" / "__init__.py").read_text("utf-8")
    )
    own = {"type": "application", "name": "sangkien-desktop", "version": version[1] if version else ""}
    runtime = {"type": "platform", "name": "CPython", "version": platform.python_version()}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [runtime, *components()],
    }


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(
        json.dumps(document(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
