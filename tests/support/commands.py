"""The command `sangkien` as a person runs it: another process, its own station folder."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PASSPHRASE = "mat khau cua phep thu"


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    output: str
    people: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.output)


@dataclass
class CommandLine:
    """Commands over one station."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        secret = self.folder / "passphrase"
        secret.write_text(PASSPHRASE, encoding="utf-8")
        self.environment = {
            **os.environ,
            "SANGKIEN_HOME": str(self.folder / "home"),
            "SANGKIEN_PASSPHRASE_FILE": str(secret),
            "QT_QPA_PLATFORM": "offscreen",
        }

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """A command that is still running."""
        return subprocess.Popen(
            [sys.executable, "-m", "sangkien_desktop.cli", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def __call__(self, *arguments: str) -> Said:
        """Run a command to its end."""
        with self.start(*arguments) as process:
            output, people = process.communicate(timeout=120)
        return Said(process.returncode, output, people)
