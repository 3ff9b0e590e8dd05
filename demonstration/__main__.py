"""python -m demonstration [--headless] [--output DIR] [--sample FILE]"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

from demonstration.portal import DemonstrationPortal
from demonstration.steps import Demonstration, StepFailed
from sangkien_desktop import app
from sangkien_desktop.app import OpenStation, pictures, window
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.services.station import NewStation

PASSPHRASE = "trình diễn trên máy này"
GROUND = "Thỏa ước lao động tập thể của đơn vị (căn cứ mẫu của phần trình diễn)"


def say(sentence: str) -> None:
    """Told step by step, at once."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def main() -> int:
    """Play the main job; 0 only when every step did what it says."""
    parser = argparse.ArgumentParser(prog="dev.py demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="no window; leaves summary and pictures")
    parser.add_argument("--output", type=Path, default=Path("demo-output"), help="folder for what is left")
    parser.add_argument(
        "--sample", type=Path, default=None, help="another workbook instead of the shipped ones"
    )
    chosen = parser.parse_args()
    output: Path = chosen.output.absolute()
    output.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix="sangkien-demo-"))
    try:
        return _play(output, work, chosen.sample, headless=chosen.headless)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _play(output: Path, work: Path, sample: Path | None, *, headless: bool) -> int:
    began = time.perf_counter()
    window.application()  # before anything paints: reports make a smaller one of their own
    with DemonstrationPortal(work) as portal:
        say(f"Cổng trình diễn: {portal.address}")
        station = _fresh_station(work)
        try:
            shown = Demonstration(station, portal, output, say)
            failure = ""
            try:
                shown.play(sample)
                painted = pictures.screenshots(station, output / "screenshots")
                shown.told.facts["screenshots"] = [picture.name for picture in painted]
            except (StepFailed, AppError) as error:
                failure = str(error)
            shown.told.seconds["total"] = round(time.perf_counter() - began, 2)
            _write_summary(output, shown, failure)
            if failure:
                say(f"Dừng: {failure}")
                return 1
            say(f"Xong. Kết quả nằm trong {output}")
            return 0 if headless else window.run(station)
        finally:
            station.close()


def _fresh_station(work: Path) -> OpenStation:
    station, _ = app.create_station(
        Home(work / "home"),
        NewStation(
            passphrase=PASSPHRASE, use_keyring=False, ground=GROUND, declared_by="Ban Chấp hành (mẫu)"
        ),
    )
    station.change_setting("default_programme", "1-trieu-sang-kien")
    station.change_setting("unit_code", "HH")
    station.change_setting("sync_automatically", False)
    station.sit_down("canbo")
    return station


def _write_summary(output: Path, shown: Demonstration, failure: str) -> None:
    document = {
        "done": not failure,
        "failure": failure or None,
        **shown.told.facts,
        "seconds": shown.told.seconds,
    }
    text = json.dumps(document, ensure_ascii=False, indent=2, default=str)
    (output / "summary.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
