"""What a person chose: typed settings with defaults and labels, kept in `settings.toml`; no secrets.

One line in `Settings` declares a setting; the settings screen and the file both read the declaration.
"""

import logging
from dataclasses import dataclass, field, fields, replace
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError

from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import replace_file

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
_METADATA = "setting"


class Group(Enum):
    """A category of the settings screen; the name in lower case is the table in the file."""

    STATION = "Trạm và đơn vị"
    PROGRAMME = "Chương trình, danh mục"
    DISPLAY = "Cách gõ và hiển thị"
    NETWORK = "Mạng và Cổng"
    KEYS = "Khóa và mật khẩu"
    BACKUP = "Sao lưu"

    @property
    def table(self) -> str:
        """The TOML table that holds the group's settings."""
        return self.name.lower()


class Choice(StrEnum):
    """A closed list: the value stands in the file, the label on the screen."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Choice":
        """`label` is Vietnamese; empty only when a member is looked up by its value."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class TextSize(Choice):
    """The body text; every other size grows with it."""

    MEDIUM = "medium", "Vừa"
    LARGE = "large", "Lớn"
    VERY_LARGE = "very_large", "Rất lớn"

    @property
    def pixels(self) -> int:
        """Logical pixels."""
        return {TextSize.MEDIUM: 13, TextSize.LARGE: 15, TextSize.VERY_LARGE: 17}[self]


class Theme(Choice):
    """Light or dark."""

    SYSTEM = "system", "Theo Windows"
    LIGHT = "light", "Sáng"
    DARK = "dark", "Tối"


class RowDensity(Choice):
    """How high a grid row is."""

    COMPACT = "compact", "Gọn"
    ROOMY = "roomy", "Thoáng"


class CoAuthorCounting(Choice):
    """Which group an initiative counts for when its authors come from several; no rule of the programme says."""

    MAIN_AUTHOR = "main_author", "Tổ của tác giả chính"
    EVERY_GROUP = "every_group", "Mọi tổ có tác giả"


class ProxyMode(Choice):
    """How the portal is reached."""

    SYSTEM = "system", "Theo Windows"
    MANUAL = "manual", "Địa chỉ dưới đây"
    NONE = "none", "Nối thẳng"


class Kind(Enum):
    """Which control shows a setting."""

    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    ADDRESS = "address"
    FOLDER = "folder"
    LIST = "list"


@dataclass(frozen=True)
class Limits:
    """The least and the greatest number allowed, both included, and the unit shown behind it."""

    least: int
    greatest: int
    unit: str


@dataclass(frozen=True)
class Setting:
    """One declared setting."""

    key: str
    label: str
    consequence: str
    group: Group
    kind: Kind
    default: object
    limits: Limits | None = None

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The closed list, in the order shown; empty for other kinds."""
        return tuple(type(self.default)) if isinstance(self.default, Choice) else ()

    def read(self, raw: object) -> object:
        """`raw`, from the file or a control, as the setting's own type. Raises AppError when it does not fit."""
        if isinstance(self.default, Choice):
            if raw in self.choices:
                return type(self.default)(str(raw))
        elif isinstance(self.default, tuple):
            if isinstance(raw, list | tuple) and all(isinstance(one, str) for one in raw):
                return tuple(str(one) for one in raw)
        elif self.limits is not None:
            if type(raw) is int and self.limits.least <= raw <= self.limits.greatest:
                return raw
        elif isinstance(raw, type(self.default)):
            return raw.strip() if isinstance(raw, str) else raw
        raise AppError(
            f"“{self.label}” không nhận giá trị này.", hint=self._expectation(), code="bad_setting"
        )

    def _expectation(self) -> str:
        if self.limits is not None:
            return f"Gõ một số từ {self.limits.least} đến {self.limits.greatest} {self.limits.unit}.".replace(
                " .", "."
            )
        if self.choices:
            return "Chọn một trong: " + "; ".join(choice.label for choice in self.choices) + "."
        return "Gõ lại cho đúng kiểu."


def _declared(
    default: _T, label: str, consequence: str, group: Group, kind: Kind, *, limits: Limits | None = None
) -> _T:
    shown = {"label": label, "consequence": consequence, "group": group, "kind": kind, "limits": limits}
    return field(default=default, metadata={_METADATA: shown})


@dataclass(frozen=True)
class Settings:
    """Every setting with its default."""

    unit_code: str = _declared(
        "",
        "Chữ viết tắt của đơn vị",
        "Đứng đầu mã sáng kiến, ví dụ HH trong HH26-01701.",
        Group.STATION,
        Kind.TEXT,
    )
    local_code_pattern: str = _declared(
        "{unit}{yy}-{nnnnn}",
        "Mẫu mã sáng kiến",
        "{unit} là chữ viết tắt, {yy} hoặc {yyyy} là năm, {nnnnn} là số thứ tự; mã đã cấp không đổi.",
        Group.STATION,
        Kind.TEXT,
    )
    default_programme: str = _declared(
        "dmst-2025-2030",
        "Chương trình mặc định",
        "Sáng kiến mới được ghi vào chương trình này.",
        Group.PROGRAMME,
        Kind.TEXT,
    )
    co_author_counting: CoAuthorCounting = _declared(
        CoAuthorCounting.MAIN_AUTHOR,
        "Cách tính khi tác giả ở nhiều tổ",
        "Sáng kiến được tính vào chỉ tiêu của tổ này; số của toàn đơn vị không đổi.",
        Group.PROGRAMME,
        Kind.CHOICE,
    )
    confirm_benefit_above_vnd: int = _declared(
        10_000_000_000,
        "Hỏi lại khi số tiền làm lợi lớn hơn",
        "Số tiền vượt mức này phải được xác nhận trước khi gửi.",
        Group.PROGRAMME,
        Kind.NUMBER,
        limits=Limits(1_000_000, 10**15, "đồng"),
    )
    text_size: TextSize = _declared(
        TextSize.MEDIUM, "Cỡ chữ", "Mọi màn hình lớn lên theo.", Group.DISPLAY, Kind.CHOICE
    )
    theme: Theme = _declared(
        Theme.SYSTEM, "Màu nền", "Nền tối dễ nhìn hơn khi làm việc buổi tối.", Group.DISPLAY, Kind.CHOICE
    )
    row_density: RowDensity = _declared(
        RowDensity.COMPACT, "Độ cao của dòng", "Gọn xem được nhiều dòng hơn.", Group.DISPLAY, Kind.CHOICE
    )
    carry_over_fields: tuple[str, ...] = _declared(
        ("programme", "group", "solution_type", "category"),
        "Ô giữ lại cho sáng kiến sau",
        "Khi nhập liền nhiều sáng kiến, các ô này được điền sẵn như sáng kiến vừa nhập.",
        Group.DISPLAY,
        Kind.LIST,
    )
    portal_url: str = _declared(
        "", "Địa chỉ Cổng", "Dữ liệu chỉ được gửi tới địa chỉ này.", Group.NETWORK, Kind.ADDRESS
    )
    sync_automatically: bool = _declared(
        True, "Tự đồng bộ khi có mạng", "Tắt thì máy chỉ gửi khi bấm nút gửi.", Group.NETWORK, Kind.SWITCH
    )
    sync_interval_minutes: int = _declared(
        15,
        "Đồng bộ lại sau mỗi",
        "Kết quả từ Cổng về chậm nhất sau chừng ấy phút khi có mạng.",
        Group.NETWORK,
        Kind.NUMBER,
        limits=Limits(1, 240, "phút"),
    )
    proxy_mode: ProxyMode = _declared(
        ProxyMode.SYSTEM,
        "Máy chủ trung gian (proxy)",
        "Mạng nhà máy thường bắt đi qua đây; hỏi bộ phận IT nếu không tới được Cổng.",
        Group.NETWORK,
        Kind.CHOICE,
    )
    proxy_address: str = _declared(
        "",
        "Địa chỉ proxy",
        "Ví dụ http://10.0.0.1:8080; mật khẩu được hỏi riêng.",
        Group.NETWORK,
        Kind.ADDRESS,
    )
    lock_after_minutes: int = _declared(
        10,
        "Khóa khi không dùng sau",
        "Màn hình trống, dữ liệu đóng lại; bản đang gõ dở được giữ.",
        Group.KEYS,
        Kind.NUMBER,
        limits=Limits(1, 30, "phút"),
    )
    backup_interval_minutes: int = _declared(
        30,
        "Tự sao lưu sau mỗi",
        "Chỉ khi có thay đổi; đóng chương trình cũng sao lưu.",
        Group.BACKUP,
        Kind.NUMBER,
        limits=Limits(5, 240, "phút"),
    )
    second_backup_folder: str = _declared(
        "", "Nơi để bản sao thứ hai", "Nên ở ổ đĩa khác, USB hoặc ổ mạng.", Group.BACKUP, Kind.FOLDER
    )

    def changed(self, key: str, raw: object) -> "Settings":
        """These settings with one changed. Raises AppError when `raw` does not fit."""
        return replace(self, **cast(dict[str, Any], {key: BY_KEY[key].read(raw)}))


SETTINGS: Final = tuple(
    Setting(key=one.name, default=one.default, **one.metadata[_METADATA]) for one in fields(Settings)
)
"""The declarations, in the order shown."""

BY_KEY: Final = {setting.key: setting for setting in SETTINGS}


def load(path: Path) -> Settings:
    """The settings in `path`; a missing file, key or table means the default, an odd value too.

    Raises AppError when the file is there but may not be read.
    """
    stored = _document(path).unwrap()
    settings = Settings()
    for setting in SETTINGS:
        table = stored.get(setting.group.table)
        if not isinstance(table, dict) or setting.key not in table:
            continue
        try:
            settings = settings.changed(setting.key, table[setting.key])
        except AppError:
            _log.warning("setting %s has an unusable value; its default is used", setting.key)
    return settings


def save(path: Path, settings: Settings) -> None:
    """Write the settings, keeping keys, tables and comments this version does not know.

    The old file or the new one is found after a power cut, never half of one. Raises AppError.
    """
    document = _document(path)
    for setting in SETTINGS:
        table = document.get(setting.group.table)
        if not isinstance(table, dict):
            table = document[setting.group.table] = tomlkit.table()
        value = getattr(settings, setting.key)
        plain = (
            list(value) if isinstance(value, tuple) else str(value) if isinstance(value, Choice) else value
        )
        if table.get(setting.key) != plain:
            table[setting.key] = plain
    try:
        replace_file(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise AppError(
            "Máy chưa ghi được cài đặt.",
            hint="Kiểm tra ổ đĩa còn chỗ và thư mục dữ liệu cho phép ghi, rồi thử lại.",
            code="settings_not_written",
        ) from error


def _document(path: Path) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return tomlkit.document()
    except (TOMLKitError, UnicodeDecodeError):
        _log.warning("the settings file is not readable; it is kept aside and defaults are used")
        path.replace(path.with_suffix(".broken.toml"))
        return tomlkit.document()
    except OSError as error:
        raise AppError(
            "Máy không đọc được tệp cài đặt.",
            hint="Kiểm tra quyền đọc của thư mục dữ liệu, rồi mở lại chương trình.",
            code="settings_not_read",
        ) from error
