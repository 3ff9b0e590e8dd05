"""Documents round-trip; merging is fair to both sides."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sangkien_desktop.domain.document import changed_fields, to_document, with_document, with_values
from sangkien_desktop.domain.egress import leaving
from sangkien_desktop.domain.initiative import Award
from sangkien_desktop.domain.initiative_fields import FIELDS
from sangkien_desktop.domain.merge import merge
from tests.support.records import an_author, an_initiative, day

documents = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2))


def test_a_record_survives_its_document() -> None:
    record = an_initiative(
        authors=(an_author("A", is_main=True, share=60), an_author("B", share=40)),
        awards=(Award(level="Công đoàn cơ sở", form="Giấy khen", date=day(2022, 5, 1), amount=500_000),),
        effect_groups=("An toàn, sức khỏe",),
        unread={"annual_benefit": "80tr/tháng"},
    )
    assert with_document(an_initiative(id=record.id), to_document(record)) == record


def test_shares_keep_two_decimals() -> None:
    author = an_author("A", is_main=True)
    record = an_initiative(authors=(author.__class__(name="A", share=Decimal("33.34"), is_main=True),))
    again = with_document(record, to_document(record))
    assert again.authors[0].share == Decimal("33.34")


def test_setting_a_value_ends_its_being_unread() -> None:
    record = an_initiative(annual_benefit=None, unread={"annual_benefit": "80tr/tháng"})
    mended = with_values(record, {"annual_benefit": 960_000_000})
    assert (mended.annual_benefit, dict(mended.unread)) == (960_000_000, {})


def test_a_secret_lets_three_fields_leave() -> None:
    record = an_initiative(is_secret=True, awards=(Award(level=None, form="Bằng khen"),), note="n")
    assert set(leaving(record).values) == {"title", "effect_summary", "awards", "is_secret"}


def test_the_note_never_leaves() -> None:
    assert "note" not in leaving(an_initiative(note="nội bộ")).values


def test_field_names_are_unique_and_belong_to_the_record() -> None:
    names = [f.name for f in FIELDS]
    assert len(names) == len(set(names))
    assert all(hasattr(an_initiative(), name) for name in names)


@given(documents, documents, documents)
def test_no_change_of_mine_is_lost_and_clashes_are_named(base: dict, mine: dict, theirs: dict) -> None:
    merged = merge(base, mine, theirs)
    for name in changed_fields(base, mine):
        assert merged.document.get(name) == mine.get(name)
    both = changed_fields(base, mine) & changed_fields(base, theirs)
    assert merged.clashes == {name for name in both if mine.get(name) != theirs.get(name)}


@given(documents, documents, documents)
def test_disjoint_changes_merge_to_the_same_document_in_any_order(
    base: dict, mine: dict, theirs: dict
) -> None:
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    if not here.clashes:
        assert here.document == there.document
