"""Known vulnerabilities of the locked packages. Where the advisory service cannot be reached, it says so and passes."""

import json
import subprocess
import sys
from pathlib import Path

LOCKS = ("dev.txt", "build.txt")
REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"


def main() -> int:
    """Print every known vulnerability; the exit status."""
    command = [
        sys.executable,
        "-m",
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
    ]
    command += ["--format", "json"] + [
        part for lock in LOCKS for part in ("--requirement", str(REQUIREMENTS / lock))
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        packages = json.loads(result.stdout)["dependencies"]
    except ValueError:
        reason = (result.stderr.strip().splitlines() or ["no answer"])[-1]
        print(f"Vulnerabilities not checked, the advisory service did not answer: {reason}")
        return 0
    found = [(one["name"], one["version"], flaw) for one in packages for flaw in one.get("vulns", ())]
    for name, version, flaw in found:
        print(
            f"{name} {version}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'no release yet'}"
        )
    print(f"{len(packages)} packages, {len(found)} known vulnerabilities")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
