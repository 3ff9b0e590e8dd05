"""Who may be proposed for a reward: dated thresholds, conditions with their sources, no reward twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from sangkien_desktop.domain.ids import InitiativeId, PersonId, UnitId

GRASSROOTS, UPPER, PROVINCE, CONFEDERATION = (
    "Công đoàn cơ sở",
    "Công đoàn cấp trên trực tiếp cơ sở",
    "LĐLĐ tỉnh, TP / CĐ ngành TW và tương đương",
    "Tổng LĐLĐ Việt Nam",
)
LEVELS = (GRASSROOTS, UPPER, PROVINCE, CONFEDERATION)
"""The four levels of the union, the lowest first; labels of the catalogue `award_level`."""
SOCIAL = "Xã hội, cộng đồng"


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """What a reward asks for, from a day on; the newest one not after the day of proposal holds."""

    level: str
    form: str
    """A label of the catalogue `award_form`."""
    title: str
    one_year: int
    """Đồng of one year, from the initiatives recognised within it."""
    three_years: int | None = None
    """Đồng of three years; reaching this instead of `one_year` is enough."""
    without_post: bool = False
    """Only for people who hold no leading post."""
    least_votes: int = 0
    educations: tuple[str, ...] = ()
    """Only for these qualifications; empty means any."""
    valid_from: date
    source: str = ""

    @property
    def key(self) -> str:
        """What versions of the same reward share."""
        return f"{self.level}|{self.form}"


# The first as published in 2022 for members without a leading post. The others are the unit's own
# beginning, to be replaced by what the level above has written.
SHIPPED_THRESHOLDS: tuple[Threshold, ...] = (
    Threshold(
        level=CONFEDERATION,
        form="Bằng Lao động sáng tạo",
        title="Bằng Lao động sáng tạo",
        one_year=80_000_000,
        three_years=120_000_000,
        without_post=True,
        valid_from=date(2024, 1, 1),
        source="Quy chế khen thưởng của Tổng Liên đoàn; kiểm tra lại theo QĐ 999/QĐ-TLĐ",
    ),
    Threshold(
        level=PROVINCE,
        form="Bằng khen",
        title="Bằng khen cấp tỉnh, ngành",
        one_year=60_000_000,
        valid_from=date(2024, 1, 1),
        source="Mức đơn vị tự đặt",
    ),
    Threshold(
        level=UPPER,
        form="Giấy khen",
        title="Giấy khen cấp trên cơ sở",
        one_year=35_000_000,
        valid_from=date(2024, 1, 1),
        source="Mức đơn vị tự đặt",
    ),
    Threshold(
        level=GRASSROOTS,
        form="Giấy khen",
        title="Giấy khen cơ sở",
        one_year=20_000_000,
        valid_from=date(2024, 1, 1),
        source="Mức đơn vị tự đặt",
    ),
)


class Condition(StrEnum):
    """What is asked of a candidate; the value is what the pane calls it when it is met."""

    POST = "post"
    EDUCATION = "education"
    BENEFIT = "benefit"
    VOTES = "votes"
    NOT_TWICE = "not_twice"
    RECOGNISED = "recognised"
    VALID = "valid"
    CALCULATION = "calculation"


PAPERS = frozenset({Condition.RECOGNISED, Condition.VALID, Condition.CALCULATION})
"""Conditions that a paper mends; the others are about the person and the figures."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One condition and how it stands."""

    condition: Condition
    is_met: bool
    said: str
    source: str


class Standing(StrEnum):
    """What follows from all checks together."""

    READY = "Đủ điều kiện"
    PAPERS = "Thiếu giấy tờ"
    UNMET = "Không đủ"


@dataclass(frozen=True, kw_only=True)
class Merit:
    """A main author with the initiative that speaks most for them, and what they have brought."""

    person: PersonId | None
    name: str
    code: str
    unit: UnitId | None
    initiative: InitiativeId
    local_code: str
    title: str
    benefit: int
    """Of the initiative, đồng a year."""
    one_year: int
    three_years: int
    is_social: bool
    votes: int
    education: str
    is_leader: bool | None
    """None while the person is not in the member list."""
    recognition: str
    valid_on: date | None
    confirmed_by: str
    has_calculation: bool
    rewarded_on: tuple[tuple[str, int], ...] = ()
    """Levels and years of rewards the person already has."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A merit held against the highest threshold it reaches."""

    merit: Merit
    threshold: Threshold
    checks: tuple[Check, ...]

    @property
    def missing(self) -> tuple[Check, ...]:
        """What is not met."""
        return tuple(check for check in self.checks if not check.is_met)

    @property
    def standing(self) -> Standing:
        """Ready, short of papers, or not to be proposed."""
        if any(check.condition not in PAPERS for check in self.missing):
            return Standing.UNMET
        return Standing.PAPERS if self.missing else Standing.READY

    @property
    def said(self) -> str:
        """Đủ điều kiện, Thiếu 1 giấy tờ, Không đủ."""
        if self.standing is Standing.PAPERS:
            return f"Thiếu {len(self.missing)} giấy tờ"
        return self.standing.value


def in_force(thresholds: Sequence[Threshold], day: date) -> tuple[Threshold, ...]:
    """The newest version of every reward that holds on a day, the highest level first."""
    newest: dict[str, Threshold] = {}
    for one in thresholds:
        known = newest.get(one.key)
        if one.valid_from <= day and (known is None or one.valid_from >= known.valid_from):
            newest[one.key] = one
    return tuple(sorted(newest.values(), key=lambda one: (-_height(one.level), -one.one_year)))


def candidate(merit: Merit, thresholds: Sequence[Threshold], day: date) -> Candidate | None:
    """The merit against the first of the thresholds `in_force` whose figures it reaches and whose person it fits.

    A person whom no reward fits is held against the highest one reached, and so shown as unmet; None when
    no threshold is reached.
    """
    reached = [one for one in thresholds if _is_reached(merit, one)]
    if not reached:
        return None
    tried = [Candidate(merit=merit, threshold=one, checks=checks(merit, one, day)) for one in reached]
    return next((one for one in tried if one.standing is not Standing.UNMET), tried[0])


def checks(merit: Merit, asked: Threshold, day: date) -> tuple[Check, ...]:
    """Every condition of a reward with how it stands, those about the person first."""
    found = [_benefit(merit, asked)]
    if asked.without_post:
        found.insert(0, _post(merit))
    if asked.educations:
        met = merit.education in asked.educations
        said = f"Trình độ: {merit.education or 'chưa ghi'}"
        found.append(_check(Condition.EDUCATION, met, said, "Cần " + ", ".join(asked.educations)))
    if asked.least_votes:
        met = merit.votes >= asked.least_votes
        said = f"{merit.votes} lượt bình chọn"
        found.append(_check(Condition.VOTES, met, said, f"Ngưỡng {asked.least_votes} lượt"))
    return (*found, *_papers(merit), _not_twice(merit, asked, day))


def _post(merit: Merit) -> Check:
    said = {
        None: "Chưa rõ có giữ chức vụ lãnh đạo",
        True: "Đang giữ chức vụ lãnh đạo",
        False: "Không giữ chức vụ lãnh đạo",
    }[merit.is_leader]
    return _check(Condition.POST, merit.is_leader is False, said, "Theo danh sách đoàn viên")


def _benefit(merit: Merit, asked: Threshold) -> Check:
    if merit.one_year >= asked.one_year or asked.three_years is None:
        said, least = f"Làm lợi 01 năm {_vnd(merit.one_year)} đồng", asked.one_year
        met = merit.one_year >= asked.one_year
    else:
        said, least = f"Làm lợi 03 năm {_vnd(merit.three_years)} đồng", asked.three_years
        met = merit.three_years >= asked.three_years
    return _check(Condition.BENEFIT, met, said, f"Ngưỡng {_vnd(least)} đồng")


def _papers(merit: Merit) -> tuple[Check, ...]:
    is_confirmed = bool(merit.confirmed_by) or merit.has_calculation
    return (
        _check(
            Condition.RECOGNISED,
            bool(merit.recognition),
            "Đã được công nhận" if merit.recognition else "Chưa có quyết định công nhận",
            merit.recognition or "Cần cấp, số và ngày của quyết định",
        ),
        _check(
            Condition.VALID,
            merit.valid_on is not None,
            "Cổng đã ghi hợp lệ" if merit.valid_on else "Cổng chưa ghi hợp lệ",
            f"{merit.valid_on:%d/%m/%Y}" if merit.valid_on else "Gửi lên Cổng và chờ xét",
        ),
        _check(
            Condition.CALCULATION,
            is_confirmed,
            "Bản tính làm lợi đã được xác nhận" if is_confirmed else "Chưa có bản tính làm lợi có xác nhận",
            merit.confirmed_by
            or ("Tệp đính kèm" if is_confirmed else "Cần chữ ký phòng Kế toán hoặc Kỹ thuật"),
        ),
    )


def _not_twice(merit: Merit, asked: Threshold, day: date) -> Check:
    """A level rewards a person once in a year; several levels may reward the same person."""
    again = (asked.level, day.year) in merit.rewarded_on
    said = f"{'Đã' if again else 'Chưa'} nhận khen chuyên đề trong năm {day.year}"
    return _check(Condition.NOT_TWICE, not again, said, asked.level)


def _check(condition: Condition, is_met: bool, said: str, source: str) -> Check:
    return Check(condition=condition, is_met=is_met, said=said, source=source)


def _is_reached(merit: Merit, asked: Threshold) -> bool:
    in_three = asked.three_years is not None and merit.three_years >= asked.three_years
    return merit.one_year >= asked.one_year or in_three


def _height(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1


def _vnd(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def threshold_to_json(one: Threshold) -> dict[str, Any]:
    """As plain values."""
    plain = {name.name: getattr(one, name.name) for name in fields(Threshold)}
    return plain | {"valid_from": one.valid_from.isoformat(), "educations": list(one.educations)}


def threshold_from_json(plain: Mapping[str, Any]) -> Threshold:
    """From plain values; raises TypeError or ValueError for other shapes."""
    values = dict(plain)
    values["valid_from"] = date.fromisoformat(values["valid_from"])
    values["educations"] = tuple(values.get("educations", ()))
    return Threshold(**values)


@dataclass(frozen=True, kw_only=True)
class Score:
    """One judge's points for one initiative: novelty, use, effect (0–10, 0–10, 0–20)."""

    initiative: InitiativeId
    judge: str
    points: tuple[int, int, int]

    @property
    def total(self) -> int:
        """All points."""
        return sum(self.points)


def averages(scores: Sequence[Score]) -> Mapping[InitiativeId, float]:
    """Mean total of every initiative over the judges that scored it."""
    found: dict[InitiativeId, list[int]] = {}
    for score in scores:
        found.setdefault(score.initiative, []).append(score.total)
    return {initiative: sum(totals) / len(totals) for initiative, totals in found.items()}
