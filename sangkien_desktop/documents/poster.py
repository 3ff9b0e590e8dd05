"""The picture of the progress, for the notice board and for chat: read at a glance, 1600 × 900."""

from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen

from sangkien_desktop.documents.paper import UNIT, as_of_line, as_text, face
from sangkien_desktop.documents.printing import ensure_painting, save
from sangkien_desktop.domain.report_table import ColumnKind
from sangkien_desktop.domain.standings import AGAINST_LABELS, Board, Standing

SIZE = QSize(1600, 900)
MARGIN = 60.0
INK, GREY, BLUE, GREEN, RED, LINE = (
    QColor(code) for code in ("#1A1F2B", "#5A6475", "#1B5FAE", "#1E6B3A", "#A4262C", "#D5DAE3")
)
NAMED = 6
_LEFT, _RIGHT, _CENTRE = (
    Qt.AlignmentFlag.AlignLeft,
    Qt.AlignmentFlag.AlignRight,
    Qt.AlignmentFlag.AlignHCenter,
)


def write(board: Board, path: Path) -> None:
    """Write the PNG. Raises AppError."""
    ensure_painting()
    save(paint(board), path)


def paint(board: Board) -> QImage:
    """The picture."""
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    poster = _Poster(painter, board)
    poster.heading()
    poster.figures()
    poster.columns()
    poster.foot()
    painter.end()
    return image


class _Poster:
    def __init__(self, painter: QPainter, board: Board) -> None:
        self._painter, self._board = painter, board

    def _write(
        self, area: QRectF, text: str, size: float, colour: QColor, align: Qt.AlignmentFlag = _LEFT
    ) -> None:
        font = face(size / UNIT, bold=size >= 26)
        self._painter.setFont(font)
        self._painter.setPen(colour)
        flags = int(align) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        text = self._painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        self._painter.drawText(area, flags, text)

    def heading(self) -> None:
        unit = self._board.unit
        room = SIZE.width() - 2 * MARGIN
        self._write(QRectF(MARGIN, 36, room, 34), unit.name if unit else "", 24, GREY)
        self._write(QRectF(MARGIN, 72, room, 56), "TIẾN ĐỘ SÁNG KIẾN", 46, INK)
        self._write(QRectF(MARGIN, 130, room, 32), self._board.period.label, 24, GREY)

    def figures(self) -> None:
        whole = self._board.whole
        quota = whole.quota
        texts = [
            ("Đã gửi Cổng", _count(whole.tally.sent), BLUE, _share(whole.tally.sent, quota)),
            ("Hợp lệ", _count(whole.tally.valid), GREEN, _share(whole.tally.valid, quota)),
            ("Người tham gia", _count(whole.people), INK, _of(whole.members)),
            (
                f"Chỉ tiêu {AGAINST_LABELS[whole.against].lower()}",
                _count(quota) if quota else "chưa có",
                INK,
                f"{len(self._board.rated) - len(self._board.below)}/{len(self._board.rated)} tổ đủ chỉ tiêu",
            ),
        ]
        width = (SIZE.width() - 2 * MARGIN) / len(texts)
        for at, (caption, value, colour, base) in enumerate(texts):
            left = MARGIN + at * width
            self._write(QRectF(left, 184, width - 20, 30), caption, 24, GREY)
            self._write(QRectF(left, 212, width - 20, 84), value, 76, colour)
            self._write(QRectF(left, 296, width - 20, 30), base, 22, INK)

    def columns(self) -> None:
        groups = sorted(self._board.rated, key=lambda one: -(one.reached or 0))
        area = QRectF(MARGIN + 70, 372, SIZE.width() - 2 * MARGIN - 70, 380)
        if not groups:
            self._write(area, "Chưa có chỉ tiêu của tổ", 30, GREY, _CENTRE)
            return
        greatest = max(110.0, *((one.reached or 0) for one in groups))
        pitch = area.width() / len(groups)
        self._painter.fillRect(QRectF(area.left(), area.bottom(), area.width(), 1.5), LINE)
        for at, group in enumerate(groups):
            self._column(group, area, at, pitch, greatest)
        level = area.bottom() - area.height() * 100 / greatest
        self._painter.setPen(QPen(INK, 2.5, Qt.PenStyle.DashLine))
        self._painter.drawLine(QPointF(area.left(), level), QPointF(area.right(), level))
        self._write(QRectF(MARGIN - 20, level - 14, 84, 28), "100 %", 20, INK, _RIGHT)
        best = " · ".join(one.name for one in groups[:3])
        self._write(QRectF(area.left(), area.bottom() + 8, area.width(), 28), f"Cao nhất: {best}", 21, INK)

    def _column(self, group: Standing, area: QRectF, at: int, pitch: float, greatest: float) -> None:
        height = max(3.0, area.height() * (group.reached or 0) / greatest)
        column = QRectF(area.left() + at * pitch + pitch * 0.14, area.bottom() - height, pitch * 0.72, height)
        if (group.reached or 0) < 100:
            self._painter.fillRect(column, QBrush(RED, Qt.BrushStyle.BDiagPattern))
            self._painter.setPen(QPen(RED, 1.5))
            self._painter.drawRect(column)
        else:
            self._painter.fillRect(column, BLUE)

    def foot(self) -> None:
        room = SIZE.width() - 2 * MARGIN
        below = self._board.below
        if below:
            names = ", ".join(f"{one.name} ({one.count}/{one.quota})" for one in below[:NAMED])
            more = f" và {len(below) - NAMED} tổ nữa" if len(below) > NAMED else ""
            text = f"{len(below)} tổ chưa đủ chỉ tiêu: {names}{more}"
            self._write(QRectF(MARGIN, 800, room, 32), text, 23, RED)
        base = f"{as_of_line(self._board.as_of)} · theo {self._board.whole.basis.said}"
        self._write(QRectF(MARGIN, 842, room, 30), base, 21, GREY)


def _count(value: int) -> str:
    return as_text(value, ColumnKind.NUMBER)


def _share(count: int, quota: int | None) -> str:
    if not quota:
        return "chưa có chỉ tiêu"
    reached = 100 * count / quota
    said = f"đạt {as_text(reached, ColumnKind.PERCENT)} %"
    return f"{said} · vượt {as_text(reached - 100, ColumnKind.PERCENT)} %" if reached > 100 else said


def _of(members: int | None) -> str:
    return f"trong {_count(members)} đoàn viên, người lao động" if members else ""
