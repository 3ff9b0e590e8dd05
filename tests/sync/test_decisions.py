"""A person's word on a conflict never undoes what was typed after the conflict arose."""

from dataclasses import replace

from sangkien_desktop.domain.travelling import travelling
from sangkien_desktop.storage import conflicts
from sangkien_desktop.sync.decisions import decided
from tests.support.records import an_initiative


def test_choosing_the_station_keeps_an_edit_made_after_the_conflict_arose() -> None:
    before = an_initiative(title="Tên lúc hai bên cùng sửa ở máy này")
    mine = travelling(before)
    theirs = mine | {"title": "Tên mà Cổng đã sửa"}
    clash = conflicts.new(
        before.id,
        (mine | {"title": "Tên chung ban đầu"}, mine, theirs),
        theirs_rev=3,
        fields=["title"],
        rule="fields",
    )
    edited_since = replace(before, title="Tên gõ lại sau khi có mâu thuẫn")
    assert decided(edited_since, clash, {"title": mine["title"]}).title == edited_since.title
    assert decided(edited_since, clash, {"title": theirs["title"]}).title == "Tên mà Cổng đã sửa"
    assert decided(edited_since, clash, {"title": "Tên gõ tay khi chọn"}).title == "Tên gõ tay khi chọn"
