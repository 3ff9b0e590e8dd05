"""The gravest message is shown, none is lost, none vanishes before it is read."""

from sangkien_desktop.ui.messages import Gravity, MessageAction, Messages
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.strips import MessageStrip


def test_gravest_message_comes_first(qapp) -> None:
    messages = Messages()
    messages.fail("Ổ đĩa đầy.")
    messages.inform("Cổng đổi chỉ tiêu.")
    messages.warn("38 người chưa ghi nhận đồng ý.")
    assert messages.gravest.text == "Ổ đĩa đầy."
    assert messages.waiting_count == 2


def test_newer_word_on_a_topic_replaces_the_older(qapp) -> None:
    messages = Messages()
    messages.warn("Còn 3 ngày.", topic="deadline")
    messages.warn("Còn 2 ngày.", topic="deadline")
    assert (messages.gravest.text, messages.waiting_count) == ("Còn 2 ngày.", 0)
    messages.withdraw("deadline")
    assert messages.gravest is None


def test_done_stays_until_the_next_act(qtbot, monkeypatch) -> None:
    monkeypatch.setattr("sangkien_desktop.ui.messages.UNDO_OFFER_MS", 10)
    messages = Messages()
    messages.done_with_undo("Đã ghi 20 dòng.", lambda: None)
    qtbot.wait(50)
    assert messages.gravest.gravity is Gravity.DONE
    with qtbot.waitSignal(messages.changed):
        messages.note_next_act()
    assert messages.gravest is None


def test_strip_runs_the_action_and_closes(qtbot, look, shown) -> None:
    messages, ran = Messages(), []
    strip = shown(MessageStrip(messages), 900, 40)
    messages.warn("38 người chưa ghi nhận đồng ý.", MessageAction("Xem 38 người", lambda: ran.append(True)))
    assert strip.isVisible()
    button = next(one for one in strip.findChildren(Button) if one.text() == "Xem 38 người")
    button.click()
    assert ran == [True]
    assert not strip.isVisible()


def test_strip_counts_what_waits_behind(look, shown) -> None:
    messages = Messages()
    strip = shown(MessageStrip(messages), 900, 40)
    for text in ("một", "hai", "ba"):
        messages.warn(text)
    assert strip.more.text() == "và 2 thông báo nữa"
    assert strip.sentence.text() == "ba"


def test_typed_text_in_the_strip_is_no_markup(look, shown) -> None:
    messages = Messages()
    strip = shown(MessageStrip(messages), 900, 40)
    messages.warn("Tệp <b>a</b>.xls")
    assert strip.sentence.text() == "Tệp &lt;b&gt;a&lt;/b&gt;.xls"
    assert strip.accessibleName() == "Tệp <b>a</b>.xls"
