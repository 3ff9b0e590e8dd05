"""Two initiatives side by side."""

from dataclasses import replace

import pytest

from sangkien_desktop.screening import Kind, ScreeningText, compare

TEXT = ScreeningText(
    "a",
    "Lắp cảm biến đếm vít cho bàn bắt đèn K2R tại chuyền 5",
    "Công nhân đôi khi bắt thiếu vít ở góc khuất, mỗi ca sửa 18 sản phẩm. "
    "Gắn cảm biến đếm số lần tua vít đạt lực, chưa đủ thì xi lanh không nhả. "
    "Không còn sản phẩm thiếu vít lọt sang công đoạn sau trong 6 tháng.",
    "Trần Văn Mẫu",
    "Tổ 1",
)


def _judged(**changes: str) -> Kind | None:
    pair = compare(TEXT, replace(TEXT, ref="b", **changes))
    return pair.kind if pair else None


@pytest.mark.parametrize(
    "title",
    [
        "Lap cam bien dem vit cho ban bat den K2R tai chuyen 5",
        "LẮP CẢM BIẾN ĐẾM VÍT CHO BÀN BẮT ĐÈN K2R TẠI CHUYỀN 5.",
        "Lắp sensor đếm vít cho bàn bắt đèn K2R tại line 5",
        "Lắp cảm biến đếm vtí cho bàn bắt đèn K2R tịa chuyền 5",
        "Bàn bắt đèn K2R tại chuyền 5: lắp cảm biến đếm vít",
        "Gắn cảm biến đếm vít (bàn bắt đèn K2R, chuyền 5)",
        "Lắp cảm biến đếm vít",
        "Lắp cảmbiến đếm vít cho bàn bắt đèn K2R tại chuyền 05",
    ],
)
def test_same_initiative_written_otherwise_is_a_duplicate(title: str) -> None:
    assert (
        _judged(title=title, body=TEXT.body.split(", mỗi ca")[0] if len(title) < 25 else TEXT.body)
        is Kind.DUPLICATE
    )


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Lắp cảm biến đếm vít cho bàn bắt đèn K2R tại chuyền 7", "number_in_title"),
        ("Lắp cảm biến đếm vít cho bàn bắt đèn X8W tại chuyền 5", "number_in_title"),
        ("Lắp cảm biến đếm nắp cho bàn bắt đèn K2R tại chuyền 5", "other_thing"),
        ("Lắp cảm biến đếm bánh cho bàn bắt đèn K2R tại chuyền 5", "word_replaced"),
        ("Lắp cảm biến đếm vít cho bàn bắt đèn K2R tại tổ sửa hàng 5", "other_place"),
        ("Lắp cảm biến đếm vít cho bàn bắt đèn K2R tại chuyền 5 nhà máy 2", "place_added"),
    ],
)
def test_another_line_number_or_product_is_similar_and_says_so(title: str, code: str) -> None:
    pair = compare(TEXT, replace(TEXT, ref="b", title=title))
    assert pair is not None
    assert (pair.kind, [reason.code for reason in pair.reasons]) == (Kind.SIMILAR, [code])


def test_other_figures_in_the_body_are_similar() -> None:
    pair = compare(TEXT, replace(TEXT, ref="b", body=TEXT.body.replace("18", "31")))
    assert pair is not None
    assert pair.kind is Kind.SIMILAR
    assert pair.reasons[0].sentence == "Giống, khác số liệu trong nội dung: “18” / “31”."


def test_figures_written_in_other_units_are_the_same() -> None:
    body = "Chi phí vật tư khoảng 950 nghìn đồng, mỗi ca làm 1.200 cái."
    other = "Chi phí vật tư khoảng 950k, mỗi ca làm 1200 cái."
    pair = compare(replace(TEXT, body=body), replace(TEXT, ref="b", body=other))
    assert pair is not None
    assert pair.kind is Kind.DUPLICATE


def test_factory_abbreviations_read_by_their_initials() -> None:
    body = TEXT.body.replace("Công nhân", "CN").replace("sản phẩm", "SP").replace("công đoạn", "C.đoạn")
    assert _judged(body=body) is Kind.DUPLICATE


def test_same_text_of_another_author_names_both() -> None:
    pair = compare(TEXT, replace(TEXT, ref="b", author="Lê Thị Thử"))
    assert pair is not None
    assert pair.kind is Kind.DUPLICATE
    assert [reason.sentence for reason in pair.reasons] == [
        "Tên và nội dung giống hệt nhau.",
        "Khác tác giả: Trần Văn Mẫu / Lê Thị Thử.",
    ]


def test_unrelated_initiatives_are_no_pair() -> None:
    assert (
        _judged(title="Tủ sách cho đoàn viên tại phòng nghỉ", body="Góp sách cũ, mỗi tuần đổi một lần.")
        is None
    )


def test_empty_texts_are_no_pair() -> None:
    nothing = ScreeningText("a", "", "")
    assert compare(nothing, replace(nothing, ref="b")) is None


def test_secret_initiatives_are_compared_by_title_alone() -> None:
    pair = compare(replace(TEXT, body=""), replace(TEXT, ref="b", title=TEXT.title.upper(), body=""))
    assert pair is not None
    assert pair.kind is Kind.DUPLICATE
    assert _judged(body="", title="Lắp cảm biến đếm") is not Kind.DUPLICATE


def test_order_of_the_two_makes_no_difference() -> None:
    other = replace(TEXT, ref="b", title="Gắn sensor đếm vít bàn bắt đèn K2R line 5", body=TEXT.body[:90])
    there, back = compare(TEXT, other), compare(other, TEXT)
    assert there is not None
    assert back is not None
    assert (there.kind, there.score) == (back.kind, back.score)
