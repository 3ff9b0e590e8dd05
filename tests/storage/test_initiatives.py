"""Records go in and come out as they were, with history, search and counts beside them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import text

from sangkien_desktop.domain.ids import AttachmentId, UnitId, new_id
from sangkien_desktop.domain.initiative import Attachment, Award, Initiative, Lifecycle, Provenance
from sangkien_desktop.domain.rules import Problem, Severity
from sangkien_desktop.domain.sync_status import Badge
from sangkien_desktop.domain.units import Unit
from sangkien_desktop.domain.versions import StaleEdit
from sangkien_desktop.storage import bulk, history, initiatives, local_codes, units
from sangkien_desktop.storage.database import Database
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.vietnamese.dates import PartialDate
from tests.support.records import an_author, an_initiative

ERROR = Problem(field="title", code="too-short", severity=Severity.ERROR, message="Tên quá ngắn.")
WARNING = replace(ERROR, severity=Severity.WARNING)


def save(database: Database, record: Initiative, **values: object) -> Initiative:
    with database.write() as session:
        return initiatives.put(session, record, actor="canbo", source="typed", **values)  # type: ignore[arg-type]


def titles(database: Database, query: Query) -> list[str]:
    with database.read() as session:
        return [record.title for record in initiatives.find(session, query)]


def a_full_initiative() -> Initiative:
    return an_initiative(
        stage="gd-1",
        local_code="STL-2026-00001",
        authors=(
            an_author("Đặng Thị Hường", 67, is_main=True, employee_code="000321"),
            replace(an_author("Lê Văn Ví Dụ"), share=Decimal("33.33")),
        ),
        first_applied_on=PartialDate.from_iso("2022-05"),
        effect_groups=("Môi trường, năng lượng", "Nâng cao chất lượng"),
        awards=(Award(level=None, form="Giấy khen", date=PartialDate.from_iso("2022"), amount=300_000),),
        attachments=(
            Attachment(
                id=AttachmentId(new_id()),
                sha256="a" * 64,
                size=12,
                name="truoc.jpg",
                media_type="image/jpeg",
                role="before",
            ),
        ),
        unread={"annual_benefit": "vài chục triệu"},
        annual_benefit=9_000_000_000_000,
        provenance=Provenance(
            source="import", file_name="to 5.xlsx", file_sha256="b" * 64, sheet="Tổ 5", row=12
        ),
    )


def test_a_record_comes_back_as_it_was_saved(database: Database) -> None:
    record = a_full_initiative()
    save(database, record)
    with database.read() as session:
        assert initiatives.get(session, record.id) == replace(record, version=1)


def test_the_fast_path_keeps_the_same_as_a_single_save(database: Database) -> None:
    record = a_full_initiative()
    with database.write() as session:
        assert initiatives.put_many(session, [record, an_initiative()], actor="canbo", source="import") == 2
    with database.read() as session:
        assert initiatives.get(session, record.id) == replace(record, version=1)
        assert [entry.act for entry in history.entries(session, record.id)] == ["create"]
    assert titles(database, Query(text="dang huong")) == [record.title]


def test_saving_an_equal_record_changes_nothing(database: Database) -> None:
    saved = save(database, a_full_initiative())
    assert save(database, saved).version == 1


def test_an_edit_raises_the_version_and_keeps_where_the_record_came_from(database: Database) -> None:
    saved = save(database, a_full_initiative())
    edited = save(
        database, replace(saved, title="Cải tiến khuôn ép", authors=saved.authors[:1], attachments=())
    )
    with database.read() as session:
        assert initiatives.get(session, saved.id) == edited
        entry = history.entries(session, saved.id)[0]
    assert (edited.version, edited.provenance.row) == (2, 12)
    assert entry.after["title"] == "Cải tiến khuôn ép"
    assert set(entry.before) == {"title", "authors", "attachments"}


def test_a_record_changed_elsewhere_is_not_overwritten(database: Database) -> None:
    opened = save(database, an_initiative())
    newer = save(database, replace(opened, title="Bản của người khác"))
    with pytest.raises(StaleEdit) as caught:
        save(database, replace(opened, title="Bản của tôi"))
    assert (caught.value.opened, caught.value.stored) == (opened, newer)
    with database.read() as session, pytest.raises(StaleEdit):
        initiatives.get(session, opened.id, expected=1)


def test_an_earlier_version_can_be_walked_back_to(database: Database) -> None:
    first = save(database, a_full_initiative())
    second = save(database, replace(first, title="Tên thứ hai", stage=None))
    third = save(database, replace(second, annual_benefit=None, lifecycle=Lifecycle.READY))
    with database.read() as session:
        assert history.as_of(session, third, 2) == second
        assert history.as_of(session, third, 1) == first


@pytest.mark.parametrize(
    "typed", ["dang huong", "Đặng Thị Hường", "hường đặ", "000321", "stl-2026", "kẹp đèn"]
)
def test_search_finds_without_accents_and_unfinished(database: Database, typed: str) -> None:
    save(database, a_full_initiative())
    save(database, an_initiative(title="Giảm tiêu hao dầu", authors=()))
    assert len(titles(database, Query(text=typed))) == 1


def test_search_finds_old_and_new_tone_placement(database: Database) -> None:
    save(database, an_initiative(title="Máy hòa khí thủy lực"))
    assert titles(database, Query(text="hoà khí thuỷ")) == ["Máy hòa khí thủy lực"]


def test_search_reaches_long_texts_only_when_asked(database: Database) -> None:
    save(database, an_initiative(title="Đồ gá mới", solution="Dùng chốt định vị bằng đồng thau."))
    assert titles(database, Query(text="gá đồng thau")) == []
    assert titles(database, Query(text="gá đồng thau", in_content=True)) == ["Đồ gá mới"]


def test_search_forgets_the_words_of_an_earlier_version(database: Database) -> None:
    saved = save(database, an_initiative(title="Bàn xoay lắp đèn"))
    save(database, replace(saved, title="Giá treo dụng cụ"))
    assert titles(database, Query(text="bàn xoay")) == []
    assert titles(database, Query(text="giá treo")) == ["Giá treo dụng cụ"]


@pytest.mark.parametrize("typed", ['"', "*", "a OR b", "NEAR(", "-x", "( )", "'; DROP", "%", "^a:b"])
def test_search_takes_any_text_as_words(database: Database, typed: str) -> None:
    titles(database, Query(text=typed))
    titles(database, Query(text=typed, in_content=True))


def test_search_answers_newest_first_and_page_by_page(database: Database) -> None:
    with database.write() as session:
        records = [an_initiative(title=f"Sáng kiến số {number}") for number in range(30)]
        initiatives.put_many(session, records, actor="canbo", source="import")
    found = titles(database, Query(text="sang kien", sort="newest", limit=3, offset=2))
    assert found == ["Sáng kiến số 27", "Sáng kiến số 26", "Sáng kiến số 25"]


def test_lists_sort_as_vietnamese_people_do(database: Database) -> None:
    for title in ("Đèn", "Dao", "Ăng ten", "An toàn", "Ánh sáng", "Tổ 10", "Tổ 2"):
        save(database, an_initiative(title=title))
    ascending = titles(database, Query(sort="title", descending=False))
    assert ascending == ["An toàn", "Ánh sáng", "Ăng ten", "Dao", "Đèn", "Tổ 2", "Tổ 10"]
    assert titles(database, Query(sort="title")) == ascending[::-1]


def test_a_renamed_group_moves_in_the_list(database: Database) -> None:
    with database.write() as session:
        units.put_many(session, [Unit(id=UnitId("t1"), name="Tổ B"), Unit(id=UnitId("t2"), name="Tổ C")])
    save(database, an_initiative(title="của t1", group=UnitId("t1")))
    save(database, an_initiative(title="của t2", group=UnitId("t2")))
    with database.write() as session:
        units.put(session, Unit(id=UnitId("t1"), name="Tổ Đ"))
    assert titles(database, Query(sort="group", descending=False)) == ["của t2", "của t1"]


def test_filters_narrow_counts_and_sums(database: Database) -> None:
    save(database, an_initiative(annual_benefit=5), problems=[ERROR, WARNING])
    save(database, an_initiative(annual_benefit=7, lifecycle=Lifecycle.READY), problems=[WARNING])
    save(database, an_initiative(annual_benefit=None, is_monetary=False, group=UnitId("to-2")))
    with database.read() as session:
        assert initiatives.count(session, Query(problems_only=True)) == 2
        assert initiatives.count(session, Query(errors_only=True)) == 1
        assert initiatives.count(session, Query(groups=frozenset({UnitId("to-2")}))) == 1
        assert initiatives.count(session, Query(badges=frozenset({Badge.INCOMPLETE}))) == 1
        whole = initiatives.totals(session)
        numbers = initiatives.counts(session)
    assert (whole.records, whole.annual_benefit, whole.without_benefit, whole.with_errors) == (3, 12, 1, 1)
    assert numbers.by_badge == {Badge.INCOMPLETE: 1, Badge.DRAFT: 2}
    assert (numbers.with_errors, numbers.with_warnings) == (1, 2)


def test_pages_follow_their_keys(database: Database) -> None:
    for number in range(5):
        save(database, an_initiative(local_code=f"A-{number}"), problems=[ERROR])
    with database.read() as session:
        keys = initiatives.keys(session, Query(descending=False))
        rows = initiatives.page(session, keys[1:3])
    assert keys.typecode == "q"
    assert [(row.record.local_code, row.errors, row.badge) for row in rows] == [
        ("A-1", 1, Badge.INCOMPLETE),
        ("A-2", 1, Badge.INCOMPLETE),
    ]


def test_problems_come_back_whole_and_leave_the_version_alone(database: Database) -> None:
    saved = save(database, an_initiative())
    with database.write() as session:
        initiatives.set_problems(session, {saved.id: [ERROR, WARNING]})
    with database.read() as session:
        assert initiatives.problems_of(session, saved.id) == (ERROR, WARNING)
        assert initiatives.get(session, saved.id).version == 1


def test_a_file_that_stays_keeps_its_way_to_the_portal(database: Database) -> None:
    saved = save(database, a_full_initiative())
    with database.write() as session:
        session.execute(text("UPDATE attachment SET state = 'stored', upload_url = 'x'"))
    renamed = replace(saved, attachments=(replace(saved.attachments[0], name="ảnh trước.jpg"),))
    save(database, renamed)
    with database.read() as session:
        assert session.execute(text("SELECT name, state FROM attachment")).all() == [
            ("ảnh trước.jpg", "stored")
        ]


def test_local_codes_are_never_given_twice(database: Database) -> None:
    save(database, an_initiative(local_code="HH26-00007"))
    with database.write() as session:
        assert local_codes.next_local_code(session, "{unit}{yy}-{nnnnn}", unit="HH") == "HH26-00008"
        assert local_codes.reserve(session, "{unit}{yy}-{nnnnn}", 2, unit="HH") == (
            "HH26-00009",
            "HH26-00010",
        )
        assert local_codes.next_local_code(session, "SK-{yyyy}/{nnn}") == "SK-2026/001"


def test_a_large_import_leaves_every_index_in_place(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name")
    monkeypatch.setattr(bulk, "MANY", 10)
    with database.read() as session:
        before = session.execute(question).all()
    records = [an_initiative() for _ in range(50)]
    with pytest.raises(ZeroDivisionError), database.write() as session:
        initiatives.put_many(session, records, actor="canbo", source="import")
        raise ZeroDivisionError
    with database.write() as session:
        initiatives.put_many(session, records, actor="canbo", source="import")
        assert session.connection().exec_driver_sql("PRAGMA cache_size").scalar() == -65536
    with database.read() as session:
        assert session.execute(question).all() == before
        assert initiatives.count(session) == 50
