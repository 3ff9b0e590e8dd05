"""python -m benchmarks [NAME…] [--size N] [--json]: runs benchmarks; each prints ours, a rival's or a limit's, and the ratio."""

import argparse
import json
import pkgutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """Modules of this folder that can be run: those with a `main`."""
    found = (module.name for module in pkgutil.iter_modules([str(FOLDER)]))
    return tuple(
        name
        for name in found
        if name != "__main__" and "\ndef main(" in (FOLDER / f"{name}.py").read_text("utf-8")
    )


def takes_size(name: str) -> bool:
    """Whether a benchmark can be run at another size."""
    return '"--size"' in (FOLDER / f"{name}.py").read_text("utf-8")


def purpose(name: str) -> str:
    """The first line of a benchmark's docstring."""
    source = (FOLDER / f"{name}.py").read_text("utf-8")
    return source.split('"""', 2)[1].strip().splitlines()[0]


def run(name: str, size: int | None, *, captured: bool) -> tuple[int, str]:
    """One benchmark in a process of its own; its status and, if captured, what it printed."""
    command = [sys.executable, "-m", f"benchmarks.{name}"]
    if size is not None and takes_size(name):
        command += ["--size", str(size)]
    done = subprocess.run(command, capture_output=captured, text=True, check=False)
    return done.returncode, done.stdout or ""


def main() -> int:
    """Run the named benchmarks, or all; non-zero when one failed."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="; ".join(f"{one}: {purpose(one)}" for one in names())
    )
    parser.add_argument("--size", type=int, default=None)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    unknown = set(chosen.names) - set(names())
    if unknown:
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    told = {}
    worst = 0
    for name in chosen.names or names():
        if not chosen.json:
            print(f"== {name}: {purpose(name)}", flush=True)
        status, text = run(name, chosen.size, captured=chosen.json)
        worst = max(worst, status)
        told[name] = {"status": status, "lines": text.splitlines()}
    if chosen.json:
        print(json.dumps(told, ensure_ascii=False))
    return worst


if __name__ == "__main__":
    sys.exit(main())
