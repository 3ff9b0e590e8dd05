"""Settings: declared once, kept with what a newer version wrote."""

from pathlib import Path

import pytest

from sangkien_desktop.errors import AppError
from sangkien_desktop.settings import (
    BY_KEY,
    SETTINGS,
    Kind,
    ProxyMode,
    Settings,
    TextSize,
    Theme,
    load,
    save,
)

KIND_OF_TYPE = {bool: {Kind.SWITCH}, int: {Kind.NUMBER}, tuple: {Kind.LIST}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_declared_whole(setting) -> None:
    assert setting.label
    assert setting.consequence.endswith(".")
    assert (setting.limits is not None) == (setting.kind is Kind.NUMBER)
    assert bool(setting.choices) == (setting.kind is Kind.CHOICE)
    assert all(choice.label for choice in setting.choices)
    assert setting.kind in KIND_OF_TYPE.get(type(setting.default), set(Kind))
    assert setting.read(setting.default) == setting.default


def test_without_a_file_every_setting_has_its_default(file: Path) -> None:
    assert load(file) == Settings()
    assert not file.exists()


def test_what_was_chosen_is_read_again(file: Path) -> None:
    chosen = (
        Settings()
        .changed("theme", "dark")
        .changed("text_size", TextSize.VERY_LARGE)
        .changed("carry_over_fields", ["group"])
        .changed("lock_after_minutes", 5)
        .changed("portal_url", "  https://cong.example ")
    )
    save(file, chosen)
    assert load(file) == chosen
    assert chosen.theme is Theme.DARK
    assert chosen.carry_over_fields == ("group",)
    assert chosen.portal_url == "https://cong.example"


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_an_old_file_without_a_setting_loads(setting, file: Path) -> None:
    save(file, Settings())
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text(
        "".join(line for line in lines if not line.startswith(f"{setting.key} ")), encoding="utf-8"
    )
    assert load(file) == Settings()


def test_what_a_newer_version_wrote_is_kept(file: Path) -> None:
    file.write_text(
        '# của chị Hương\n[display]\ntheme = "dark"\nsparkle = 3\n[voice]\nloud = true\n', encoding="utf-8"
    )
    save(file, load(file).changed("text_size", "large"))
    kept = file.read_text(encoding="utf-8")
    assert "# của chị Hương" in kept
    assert "sparkle = 3" in kept
    assert "[voice]\nloud = true" in kept
    assert load(file).theme is Theme.DARK
    assert load(file).text_size is TextSize.LARGE


def test_an_odd_value_gives_its_default_and_spares_the_others(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text(
        '[keys]\nlock_after_minutes = 900\n[display]\ntheme = "dark"\n[network]\nproxy_mode = 7\n',
        encoding="utf-8",
    )
    settings = load(file)
    assert settings.lock_after_minutes == 10
    assert settings.theme is Theme.DARK
    assert settings.proxy_mode is ProxyMode.SYSTEM
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]
    caplog.clear()


def test_a_file_that_is_no_toml_is_kept_aside(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.write_bytes(b"[display\ntheme = \xff")
    assert load(file) == Settings()
    assert file.with_suffix(".broken.toml").exists()
    assert "kept aside" in caplog.text
    caplog.clear()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("theme", "pink"),
        ("sync_automatically", 1),
        ("lock_after_minutes", 0),
        ("lock_after_minutes", 31),
        ("lock_after_minutes", True),
        ("lock_after_minutes", "10"),
        ("carry_over_fields", "group"),
        ("carry_over_fields", [1]),
        ("portal_url", 3),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_a_next_step(key: str, value: object) -> None:
    with pytest.raises(AppError) as refusal:
        Settings().changed(key, value)
    assert BY_KEY[key].label in str(refusal.value)
    assert refusal.value.hint


def test_settings_that_cannot_be_written_are_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(AppError) as refusal:
        save(tmp_path / "missing" / "settings.toml", Settings())
    assert refusal.value.code == "settings_not_written"
