"""“Vì sao chưa tới Cổng?”: one sentence, who acts, the way so far, and what comes next."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sangkien_desktop.domain.sync_status import NEEDS_A_PERSON, Badge
from sangkien_desktop.services.explaining import Explanation
from sangkien_desktop.services.explaining import Step as Explained
from sangkien_desktop.ui.badges import look_of
from sangkien_desktop.ui.formatting import clock_time, moment, number
from sangkien_desktop.ui.widgets.buttons import Button
from sangkien_desktop.ui.widgets.labels import IconLabel, label
from sangkien_desktop.ui.widgets.panels import FootRow, Panel, Rule
from sangkien_desktop.ui.widgets.timeline import Step, Timeline

_AT_PORTAL = (Badge.VALID, Badge.RECEIVED)
_BY_MACHINE = (Badge.QUEUED, Badge.QUEUED_AGAIN, Badge.UNKNOWN, Badge.SENDING, Badge.WAITING, Badge.PARKED)


class WhyView(QWidget):
    """Shows an `Explanation`; the page fetches it."""

    left = Signal()
    ask_wanted = Signal()
    mend_wanted = Signal()
    lot_wanted = Signal(object)
    alike_wanted = Signal(str)
    """The badge whose records are wanted."""
    copied = Signal(str)

    def __init__(self) -> None:
        """Empty until `show_explanation`."""
        super().__init__()
        self._shown: Explanation | None = None
        self._is_about_lot = False
        self.back = Button("Đồng bộ", icon="chevron-left", kind="link", name="why-back")
        self.record = label("", tone="text2")
        self.sentence = label("", "screen", wraps=True, name="why-sentence")
        self.next_step = label("", wraps=True, name="why-next")
        self.timeline = Timeline()
        self.places = [IconLabel() for _ in range(3)]
        self.same = label("", tone="text2", wraps=True)
        self.see_lot = Button("Xem cả lô", icon="chevron-right", kind="link", name="why-lot")
        self.offline = label("", tone="text2", wraps=True)
        self.log = label("", "caption", wraps=True)
        self.ask = Button("Gửi ngay", icon="send", key="F9", kind="primary", name="why-ask")
        self.mend = Button("Mở sáng kiến", icon="pencil", name="why-mend")
        self.copy = Button("Chép lời giải thích", icon="copy", name="why-copy")
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.ask.clicked.connect(self.ask_wanted)
        self.mend.clicked.connect(self.mend_wanted)
        self.see_lot.clicked.connect(self._on_lot)
        self.copy.clicked.connect(self._on_copy)

    def show_explanation(self, found: Explanation, deadline: str) -> None:
        """Show where a record is; `deadline` closes the second sentence when the machine acts."""
        self._shown = found
        badge = Badge(found.badge)
        self.record.setText(f"{found.local_code} · {found.title}")
        self.sentence.setText(_answer(found, badge))
        acts = found.next_step if found.needs_a_person else _machine_acts(found, badge, deadline)
        self.next_step.setText(acts)
        self.timeline.show_steps([_step(one) for one in found.steps] + _following(found, badge))
        self._show_places(badge, found.portal_code)
        self._show_lot(found)
        asks = badge in _BY_MACHINE
        self.ask.setVisible(asks)
        self.ask.setText("Hỏi lại Cổng ngay" if badge is Badge.UNKNOWN else "Gửi ngay")
        self.mend.set_kind("secondary" if asks else "primary")

    def set_narrow(self, is_narrow: bool) -> None:
        """In a narrow window the right column leaves."""
        self._side.setVisible(not is_narrow)

    def _to_end(self, *_range: int) -> None:
        bar = self.pane.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _show_places(self, badge: Badge, portal_code: str) -> None:
        here, middle, there = self.places
        here.show_state("circle-check", "Ở máy này, đã lưu", "ok")
        icon, word, role = look_of(badge)
        middle.show_state(icon, word, role)
        if badge in _AT_PORTAL or portal_code:
            there.show_state(
                "circle-check", f"Cổng: mã {portal_code}" if portal_code else "Cổng: đã có", "ok"
            )
        elif badge in (Badge.UNKNOWN, Badge.SENDING):
            there.show_state("circle-dashed", "Cổng: chưa biết", "text2")
        else:
            there.show_state("circle-dashed", "Cổng: chưa có", "text2")

    def _show_lot(self, found: Explanation) -> None:
        lot = found.lot
        self._is_about_lot = lot is not None and Badge(found.badge) in (Badge.UNKNOWN, Badge.SENDING)
        if lot is not None and self._is_about_lot:
            others, words = lot.operations - 1, f"sáng kiến khác trong lô {lot.number}"
        else:
            others, words = found.alike, f"sáng kiến khác: {found.badge}"
        self.same.setText(f"{number(others)} {words}" if others else "Không có sáng kiến nào khác")
        self.see_lot.setText("Xem cả lô" if self._is_about_lot else "Xem tất cả")
        self.see_lot.setVisible(others > 0)
        self.log.setText(
            f"Mã gói {lot.batch}, đã gửi {lot.attempts} lần." if lot else "Chưa đóng vào gói nào."
        )

    def _lay_out(self) -> None:
        self._foot = FootRow()
        self._foot.add(self.ask, self.mend, self.copy)
        self._foot.add_gap()
        self._foot.add(label("Chép để gửi cho người hỗ trợ; không có dữ liệu cá nhân", "caption"))
        answer = Panel("wait_soft", "b")
        words = QVBoxLayout(answer)
        words.setContentsMargins(20, 8, 20, 12)
        words.setSpacing(3)
        top = QHBoxLayout()
        top.setContentsMargins(-4, 0, 0, 0)
        top.addWidget(self.back)
        top.addStretch(1)
        words.addLayout(top)
        for part in (self.record, self.sentence, self.next_step):
            words.addWidget(part)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        ground = Panel("surface")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.timeline)
        column.addStretch(1)
        scroll.setWidget(ground)
        self.pane = scroll
        scroll.verticalScrollBar().rangeChanged.connect(self._to_end)
        main = QVBoxLayout()
        for widget, stretch in ((answer, 0), (scroll, 1), (self._foot, 0)):
            main.addWidget(widget, stretch)
        self._side = self._side_panel()
        whole = QHBoxLayout(self)
        whole.addLayout(main, 1)
        whole.addWidget(self._side)
        for layout in (main, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)

    def _side_panel(self) -> Panel:
        side = Panel("surface", "l")
        side.setFixedWidth(300)
        column = QVBoxLayout(side)
        column.setContentsMargins(17, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(label("Đang ở đâu", "title"))
        for place in self.places:
            column.addWidget(place)
        column.addWidget(Rule())
        column.addWidget(label("Cùng tình trạng", "label"))
        column.addWidget(self.same)
        column.addWidget(self.see_lot, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(Rule())
        column.addWidget(label("Nếu mạng chưa có trước hạn", "label"))
        self.offline.setText(
            "Dữ liệu vẫn an toàn ở máy này và gửi được khi có mạng, kể cả bằng mạng của điện thoại. "
            "Gửi hai lần vẫn chỉ tính một."
        )
        column.addWidget(self.offline)
        column.addWidget(Rule())
        column.addWidget(label("Cho người hỗ trợ", "label"))
        column.addWidget(self.log)
        column.addStretch(1)
        return side

    def _on_lot(self) -> None:
        if self._shown is None:
            return
        if self._is_about_lot:
            self.lot_wanted.emit(self._shown.lot)
        else:
            self.alike_wanted.emit(self._shown.badge)

    def _on_copy(self) -> None:
        if self._shown is not None:
            self.copied.emit(for_support(self._shown))


def for_support(found: Explanation) -> str:
    """The explanation without names, titles or any other personal data."""
    lines = [f"{found.local_code} · {found.badge}", found.next_step]
    lines += [f"{moment(step.at)}  {step.text}  {step.note}".rstrip() for step in found.steps]
    if found.lot is not None:
        lines.append(f"gói {found.lot.batch}, {found.lot.attempts} lần, {found.lot.problem or 'không lỗi'}")
    return "\n".join(lines)


def _answer(found: Explanation, badge: Badge) -> str:
    if badge in _AT_PORTAL or badge in NEEDS_A_PERSON or badge in (Badge.DRAFT, Badge.HELD):
        return found.sentence
    lot = found.lot
    if badge is Badge.UNKNOWN and lot is not None:
        at = f" lúc {clock_time(lot.sent_at)}" if lot.sent_at else ""
        return f"Chưa tới Cổng vì mạng đứt{at}, khi đang gửi."
    return found.sentence


def _machine_acts(found: Explanation, badge: Badge, deadline: str) -> str:
    if badge in (Badge.VALID, Badge.RECEIVED, Badge.WITHDRAWN):
        return found.next_step
    by = f", chậm nhất là {clock_time(found.next_at)}" if found.next_at else ""
    acts = found.next_step.rstrip(".")
    return f"Anh/chị không phải làm gì: {acts[:1].lower()}{acts[1:]}{by}. {deadline}".strip()


def _step(one: Explained) -> Step:
    return Step(moment(one.at), one.icon, one.text, one.detail, one.note, one.state)


def _following(found: Explanation, badge: Badge) -> list[Step]:
    if badge in (Badge.VALID, Badge.WITHDRAWN):
        return []
    at: datetime | None = found.next_at
    when = f"Kế tiếp {clock_time(at)}" if at else "Kế tiếp"
    if badge is Badge.UNKNOWN:
        text = "Nếu Cổng đã nhận, máy ghi mã; nếu chưa, gửi đúng gói cũ."
        return [Step(when, "hourglass", "Hỏi lại rồi gửi", text, state="wait", is_next=True)]
    who = "Việc của anh/chị" if found.needs_a_person else "Máy hoặc Cổng làm tiếp"
    icon = "user" if found.needs_a_person else "hourglass"
    return [Step(when, icon, who, found.next_step, state="mute", is_next=True)]
