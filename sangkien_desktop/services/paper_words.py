"""Records as the words of papers: names, numbers in words, days as law and custom write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sangkien_desktop.clock import VIETNAM
from sangkien_desktop.domain.ids import PersonId, UnitId
from sangkien_desktop.domain.initiative import Author, Initiative
from sangkien_desktop.domain.paper_fields import (
    AuthorFields,
    CertificateFields,
    InitiativeFields,
    LetterFields,
    ProposalFields,
)
from sangkien_desktop.domain.people import Person
from sangkien_desktop.domain.programmes import exceeded_percent, reached_percent
from sangkien_desktop.domain.report_table import Letterhead
from sangkien_desktop.reports import proposals
from sangkien_desktop.reports.figures import board
from sangkien_desktop.reports.progress import ask_of
from sangkien_desktop.reports.report import Chosen
from sangkien_desktop.storage.sessions import Session
from sangkien_desktop.vietnamese.dates import PartialDate, Precision, long_form
from sangkien_desktop.vietnamese.money import format_vnd, in_words

NOT_MONEY = "không tính được bằng tiền"
SECRET = "Thuộc bí mật công nghệ, không nêu trong giấy này."


@dataclass(frozen=True, kw_only=True)
class PaperWords:
    """What is the same on all papers of one making."""

    issuer: Letterhead
    programme: str
    day: date
    addressee: str
    signer: str
    place: str
    unit_names: Mapping[UnitId, str]
    people: Mapping[PersonId, Person]

    def letter(self, session: Session, chosen: Chosen) -> LetterFields:
        """Tờ trình: the figures of the progress report and the proposals of the reward screen, of one moment."""
        found = board(session, ask_of(chosen))
        table = proposals.rows(session, chosen)
        tally, quota = found.whole.tally, found.whole.quota
        reached = reached_percent(tally.sent, quota or 0)
        exceeded = exceeded_percent(tally.sent, quota or 0)
        said = "chưa có chỉ tiêu được giao"
        if reached is not None and exceeded is not None:
            said = f"đạt {_percent(reached)} % chỉ tiêu ({format_vnd(quota or 0)})"
            said += f", vượt {_percent(exceeded)} %" if exceeded > 0 else ""
        listed = tuple(
            ProposalFields(
                stt=str(row[0]),
                ho_ten=str(row[3]),
                to=str(row[4]),
                ten_sang_kien=str(row[5]),
                lam_loi=format_vnd(row[6]) if isinstance(row[6], int) else NOT_MONEY,
                hinh_thuc=str(row[2]),
            )
            for row in table.rows
        )
        return LetterFields(
            **self._issuer(),
            ky=found.period.label,
            tinh_den=f"{chosen.as_of.astimezone(VIETNAM):%d/%m/%Y}",
            so_sang_kien=format_vnd(tally.sent),
            so_hop_le=format_vnd(tally.valid),
            so_nguoi=format_vnd(tally.people_sent),
            ket_qua_chi_tieu=said,
            tong_gia_tri=format_vnd(tally.benefit_sent),
            tong_gia_tri_chu=in_words(tally.benefit_sent),
            so_de_nghi=str(len(listed)),
            de_nghi=listed,
        )

    def initiative(self, record: Initiative) -> InitiativeFields:
        """Bản mô tả and đơn; of a secret initiative only what may be told."""
        secret = record.is_secret
        benefit = record.annual_benefit if record.is_monetary else None
        return InitiativeFields(
            **self._issuer(),
            ma=record.local_code,
            ten_sang_kien=record.title,
            linh_vuc=record.category,
            ngay_ap_dung=day_said(record.first_applied_on),
            tinh_trang=SECRET if secret else record.situation_before,
            noi_dung=SECRET if secret else record.solution,
            tinh_moi=SECRET if secret else record.novelty,
            kha_nang_ap_dung=SECRET if secret else record.scope,
            dieu_kien=SECRET if secret else record.conditions,
            hieu_qua=record.effect_summary,
            lam_loi=f"{format_vnd(benefit)} đồng" if benefit is not None else NOT_MONEY,
            lam_loi_chu=in_words(benefit) if benefit is not None else NOT_MONEY,
            cach_tinh=SECRET if secret else record.benefit_calculation,
            tai_lieu="" if secret else "; ".join(file.name for file in record.attachments) or "không",
            bao_mat="Toàn bộ nội dung giải pháp" if secret else "Không",
            chu_dau_tu=self.issuer.issuer,
            tac_gia_chinh=record.main_author.name if record.main_author else "",
            to=self._unit(record.group),
            tac_gia=tuple(
                self._author(number, author, record) for number, author in enumerate(record.authors, start=1)
            ),
        )

    def certificates(self, record: Initiative) -> tuple[CertificateFields, ...]:
        """Giấy chứng nhận: one for every author."""
        return tuple(self._certificate(author, record) for author in record.authors)

    def _certificate(self, author: Author, record: Initiative) -> CertificateFields:
        others = [one.name for one in record.authors if one is not author]
        person = self.people.get(author.person) if author.person else None
        decided = record.recognised_on
        return CertificateFields(
            **self._issuer(),
            ho_ten=author.name,
            chuc_danh=person.position if person and person.position else "Người lao động",
            noi_cong_tac=self._unit(person.group if person and person.group else record.group),
            ty_le=_share(author, record),
            ma=record.local_code,
            ten_sang_kien=record.title,
            dong_tac_gia="Đồng tác giả: " + ", ".join(others) if others else "",
            tom_tat=SECRET if record.is_secret else record.solution,
            hieu_qua=record.effect_summary,
            cap_cong_nhan=record.recognition_level,
            so_quyet_dinh=record.recognition_decision or "……………",
            ngay_quyet_dinh=day_said(decided) if decided else "ngày … tháng … năm ……",
        )

    def _author(self, number: int, author: Author, record: Initiative) -> AuthorFields:
        person = self.people.get(author.person) if author.person else None
        return AuthorFields(
            stt=str(number),
            ho_ten=author.name,
            ngay_sinh=person.birth_date.display() if person and person.birth_date else "",
            noi_cong_tac=self._unit(person.group if person and person.group else record.group),
            chuc_danh=person.position if person else "",
            trinh_do=person.education if person else "",
            ty_le=_share(author, record),
        )

    def _unit(self, unit: UnitId | None) -> str:
        return self.unit_names.get(unit, "") if unit else ""

    def _issuer(self) -> dict[str, Any]:
        head = self.issuer
        day = long_form(PartialDate(self.day, Precision.DAY))
        return {
            "cap_tren": head.above.upper(),
            "don_vi": head.issuer,
            "so_van_ban": head.number or "       /TTr-CĐCS",
            "noi_va_ngay": f"{self.place}, {day}" if self.place else day.capitalize(),
            "kinh_gui": self.addressee or head.above or "……………………",
            "nguoi_ky": self.signer,
            "ten_chuong_trinh": self.programme,
        }


def day_said(value: PartialDate | None) -> str:
    """ngày 05 tháng 3 năm 2022; less precise ones as they are known."""
    return long_form(value) if value else ""


def _share(author: Author, record: Initiative) -> str:
    if author.share is not None:
        return f"{author.share.normalize():f}".replace(".", ",")
    return "100" if len(record.authors) == 1 else ""


def _percent(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
