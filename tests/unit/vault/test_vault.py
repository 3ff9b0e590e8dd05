"""Every way to the data key opens it, nothing else does, and no change can lose it."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import Home
from sangkien_desktop.vault import credentials, identity, passphrase, recovery_code, slots
from sangkien_desktop.vault.slots import SlotKind
from sangkien_desktop.vault.subkeys import Purpose, subkey
from sangkien_desktop.vault.vault import DataKey, Vault

WORDS = "con trâu đi trước"


class Drawer:
    """A keyring that holds what it is given."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    def put(self, account: str, secret: str) -> None:
        self.held[account] = secret

    def get(self, account: str) -> str | None:
        return self.held.get(account)

    def delete(self, account: str) -> None:
        self.held.pop(account, None)


class NoDrawer(Drawer):
    def put(self, account: str, secret: str) -> None:
        raise credentials.unavailable()

    def get(self, account: str) -> str | None:
        raise credentials.unavailable()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "tram")


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


def refused(home: Home, *arguments: object, **values: object) -> str:
    with pytest.raises(AppError) as caught:
        Vault.unlock(home, *arguments, **values)  # type: ignore[arg-type]
    return caught.value.code


def test_passphrase_device_and_code_open_the_same_key(home: Home, drawer: Drawer) -> None:
    vault, code = Vault.create(home, passphrase=WORDS, use_keyring=True, credentials=drawer)
    keys = {
        Vault.unlock(home, WORDS).raw,
        Vault.unlock(home, credentials=drawer).raw,
        Vault.unlock(home, code=code).raw,
        Vault.unlock(home, code=code.lower().replace("-", " ").replace("0", "o").replace("1", "l")).raw,
    }
    assert keys == {vault.key.raw}


def test_each_failure_has_its_own_name(home: Home, drawer: Drawer) -> None:
    assert refused(home, WORDS) == "no-keyslots"
    _, code = Vault.create(home, passphrase=WORDS, use_keyring=False)
    other = recovery_code.written(recovery_code.new_secret())
    assert refused(home, "sai mật khẩu") == "wrong-passphrase"
    assert refused(home) == "passphrase-needed"
    assert refused(home, code=other) == "wrong-recovery-code"
    assert refused(home, code=code[:-1]) == "recovery-code-mistyped"
    Vault(home, Vault.unlock(home, WORDS), credentials=drawer).add_device()
    assert refused(home, credentials=NoDrawer()) == "keyring-unavailable"
    assert refused(home, credentials=Drawer()) == "keyring-entry-lost"
    stale = Drawer()
    stale.held = dict.fromkeys(drawer.held, "ab" * 32)
    assert refused(home, credentials=stale) == "keyring-entry-lost"
    for content in ("", "{}", "[]", '{"format": 1}', "null"):
        home.keyslots.write_text(content)
        assert refused(home, WORDS) == "keyslots-damaged"


def test_a_vault_is_never_made_over_another_or_over_a_database(home: Home) -> None:
    home.create()
    home.database.write_bytes(b"x")
    with pytest.raises(AppError):
        Vault.create(home, passphrase=WORDS, use_keyring=False)
    assert not home.keyslots.exists()


def test_without_a_usable_keyring_nothing_is_made_in_silence(home: Home) -> None:
    with pytest.raises(AppError) as caught:
        Vault.create(home, passphrase=WORDS, use_keyring=True, credentials=NoDrawer())
    assert caught.value.code == "keyring-unavailable"
    assert not home.keyslots.exists()


def test_a_passphrase_is_the_same_however_its_letters_are_composed(home: Home) -> None:
    Vault.create(home, passphrase="Ti\u1ebfng Vi\u1ec7t", use_keyring=False)
    Vault.unlock(home, "Tie\u0302\u0301ng Vie\u0323\u0302t")
    assert passphrase.has_vietnamese_marks("Tiếng Việt")
    assert passphrase.has_vietnamese_marks("do đó")
    assert not passphrase.has_vietnamese_marks("con trau di truoc 12#")


def test_in_passphrase_mode_the_keyring_holds_nothing(home: Home, drawer: Drawer) -> None:
    Vault.create(home, passphrase=WORDS, use_keyring=False, credentials=drawer)
    assert drawer.held == {}


def test_the_key_lies_nowhere_in_the_file(home: Home, drawer: Drawer) -> None:
    vault, code = Vault.create(home, passphrase=WORDS, use_keyring=True, credentials=drawer)
    text = home.keyslots.read_text()
    assert vault.key.raw.hex() not in text
    assert code not in text
    assert WORDS not in text
    assert vault.key.raw.hex() not in repr(vault.key)
    assert all(len(secret) == 64 for secret in drawer.held.values())


def test_a_changed_passphrase_replaces_the_old_and_leaves_others_alone(home: Home) -> None:
    vault, _ = Vault.create(home, passphrase=WORDS, use_keyring=False, label="Cán bộ một")
    vault.add_passphrase("cái cày theo sau", label="Cán bộ hai")
    first = vault.ways()[1]
    with pytest.raises(AppError):
        vault.change_passphrase(first.id, "không phải", "mật khẩu mới")
    vault.change_passphrase(first.id, WORDS, "mật khẩu mới")
    assert refused(home, WORDS) == "wrong-passphrase"
    for works in ("mật khẩu mới", "cái cày theo sau"):
        assert Vault.unlock(home, works).raw == vault.key.raw
    assert sorted(slot.label for slot in vault.ways()) == ["", "Cán bộ hai", "Cán bộ một"]


def test_the_last_way_in_cannot_be_removed(home: Home) -> None:
    vault, _ = Vault.create(home, passphrase=WORDS, use_keyring=False)
    for slot in vault.ways():
        with pytest.raises(AppError) as caught:
            vault.remove(slot.id)
        assert caught.value.code == "last-key"


def test_a_removed_device_leaves_nothing_in_the_keyring(home: Home, drawer: Drawer) -> None:
    vault, _ = Vault.create(home, passphrase=WORDS, use_keyring=True, credentials=drawer)
    (device,) = [slot for slot in vault.ways() if slot.kind is SlotKind.DEVICE]
    vault.remove(device.id)
    assert drawer.held == {}
    assert refused(home, credentials=drawer) == "passphrase-needed"


def test_a_new_recovery_code_ends_the_old_one(home: Home) -> None:
    vault, old = Vault.create(home, passphrase=WORDS, use_keyring=False)
    new = vault.new_recovery_code()
    assert refused(home, code=old) == "wrong-recovery-code"
    assert Vault.unlock(home, code=new).raw == vault.key.raw


def test_while_the_data_key_changes_either_key_can_be_reached_by_every_way(
    home: Home, drawer: Drawer
) -> None:
    vault, code = Vault.create(home, passphrase=WORDS, use_keyring=True, credentials=drawer)
    old = vault.key.raw
    new = vault.begin_rotation()
    ways: list[dict[str, object]] = [{"passphrase": WORDS}, {"code": code}, {"credentials": drawer}]
    for key in (old, new.raw):
        for way in ways:
            assert Vault.unlock(home, **way, opens=lambda tried, key=key: tried == key).raw == key  # type: ignore[arg-type, misc]
    vault.finish_rotation(new)
    for way in ways:
        assert Vault.unlock(home, **way).raw == new.raw  # type: ignore[arg-type]
    assert len(json.loads(home.keyslots.read_text())["slots"][0]["sealed"]) == 1


def test_a_slot_moved_to_another_station_does_not_open(home: Home, tmp_path: Path) -> None:
    Vault.create(home, passphrase=WORDS, use_keyring=False)
    plain = json.loads(home.keyslots.read_text())
    plain["station"] = "0199ffff-0000-7000-8000-000000000000"
    home.keyslots.write_text(json.dumps(plain))
    assert refused(home, WORDS) == "wrong-passphrase"


def test_slots_survive_the_file(home: Home) -> None:
    vault, _ = Vault.create(home, passphrase=WORDS, use_keyring=False, label="Đặng")
    assert slots.read(home.keyslots).slots == vault.ways()


@given(
    secret=st.binary(min_size=16, max_size=16),
    place=st.integers(0, 29),
    letter=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
)
def test_one_wrong_letter_of_a_code_is_noticed(secret: bytes, place: int, letter: str) -> None:
    code = recovery_code.written(secret)
    assert recovery_code.read(code) == secret
    letters = list(code.replace("-", ""))
    if letters[place] != letter:
        letters[place] = letter
        with pytest.raises(recovery_code.Mistyped):
            recovery_code.read("".join(letters))


def test_derived_keys_differ_by_purpose() -> None:
    key = bytes(range(32))
    assert len({subkey(key, purpose) for purpose in Purpose} | {key}) == len(Purpose) + 1


def test_a_wiped_key_is_gone() -> None:
    key = DataKey(b"k" * 32)
    key.wipe()
    assert key.raw == bytes(32)


def test_a_keyring_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    class Hanging:
        def get_password(self, service: str, account: str) -> str:
            time.sleep(5)
            return "late"

    monkeypatch.setattr(credentials, "allowed_backend", Hanging)
    started = time.monotonic()
    with pytest.raises(AppError):
        credentials.SystemKeyring(timeout_s=0.2).get("a")
    assert time.monotonic() - started < 2


def test_keyrings_of_other_kinds_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    from keyring import backend
    from keyring.backends import fail, null

    monkeypatch.setattr(backend, "get_all_keyring", lambda: [fail.Keyring(), null.Keyring()])
    with pytest.raises(AppError):
        credentials.allowed_backend()
    assert not credentials.SystemKeyring().probe()


def test_a_signature_belongs_to_its_station_and_its_words() -> None:
    seed = identity.new_signing_seed()
    public, signature = identity.public_key(seed), identity.signed(seed, b"batch")
    assert identity.is_signed(public, b"batch", signature)
    assert not identity.is_signed(public, b"other", signature)
    assert not identity.is_signed(identity.public_key(identity.new_signing_seed()), b"batch", signature)
    assert len(identity.short_fingerprint(public)) == 19


def test_the_fingerprint_of_the_machine_stays_and_shows_no_machine_id() -> None:
    first = identity.machine_fingerprint("station-1")
    assert first == identity.machine_fingerprint("station-1") != identity.machine_fingerprint("station-2")
