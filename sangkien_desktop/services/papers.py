"""Papers: letter, application, description, certificate; and the whole dossier in one step."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sangkien_desktop.documents import word
from sangkien_desktop.domain.initiative import Initiative
from sangkien_desktop.domain.paper_fields import (
    CertificateFields,
    InitiativeFields,
    LetterFields,
    PaperFields,
    names,
)
from sangkien_desktop.errors import AppError
from sangkien_desktop.paths import replace_file, resource
from sangkien_desktop.progress import SILENT, Progress
from sangkien_desktop.reports.report import Occasion, Parameter
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.paper_words import PaperWords
from sangkien_desktop.services.reporting import USUAL, ReportService, Wishes
from sangkien_desktop.storage import initiatives, people, units
from sangkien_desktop.storage.audit import Deed
from sangkien_desktop.storage.audit import append as note_deed
from sangkien_desktop.storage.initiatives import Query
from sangkien_desktop.storage.sessions import Session

MOST_AT_ONCE = 300
"""Papers in one file; more would be a stack nobody reads."""


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """One kind of paper."""

    name: str
    title: str
    occasion: Occasion
    template: str
    """File name in `resources/templates`, and in the station's own folder of templates."""
    fields: type[PaperFields]
    needed: frozenset[str]
    parameters: tuple[Parameter, ...]


KINDS: tuple[PaperKind, ...] = (
    PaperKind(
        name="letter",
        title="Tờ trình",
        occasion=Occasion.DOSSIER,
        template="to-trinh.docx",
        fields=LetterFields,
        needed=frozenset({"don_vi", "kinh_gui", "so_sang_kien", "de_nghi"}),
        parameters=(Parameter.PERIOD,),
    ),
    PaperKind(
        name="application",
        title="Đơn yêu cầu công nhận",
        occasion=Occasion.GROUPS,
        template="don-yeu-cau.docx",
        fields=InitiativeFields,
        needed=frozenset({"ten_sang_kien", "tac_gia", "noi_dung"}),
        parameters=(Parameter.GROUP, Parameter.WHICH),
    ),
    PaperKind(
        name="description",
        title="Bản mô tả sáng kiến",
        occasion=Occasion.GROUPS,
        template="ban-mo-ta.docx",
        fields=InitiativeFields,
        needed=frozenset({"ten_sang_kien", "noi_dung", "hieu_qua"}),
        parameters=(Parameter.GROUP, Parameter.WHICH),
    ),
    PaperKind(
        name="certificate",
        title="Giấy chứng nhận",
        occasion=Occasion.GROUPS,
        template="giay-chung-nhan.docx",
        fields=CertificateFields,
        needed=frozenset({"ho_ten", "ten_sang_kien", "so_quyet_dinh"}),
        parameters=(Parameter.GROUP, Parameter.WHICH),
    ),
)


@dataclass(frozen=True, kw_only=True)
class PaperWishes:
    """What is chosen for a paper."""

    wishes: Wishes = USUAL
    which: str = ""
    """Code or id of an initiative, or the number of a decision for all of its initiatives."""
    addressee: str = ""
    signer: str = ""
    place: str = ""


@dataclass(frozen=True)
class MadePaper:
    """Papers filled in, as one Word document."""

    kind: PaperKind
    document: Any
    number: int
    lacking: str = ""
    """What the papers lack, in a sentence; empty when they are whole."""


class PaperService:
    """Makes papers from templates, shipped or the unit's own."""

    def __init__(self, desk: Desk, reports: ReportService) -> None:
        self._desk, self._reports = desk, reports

    def kinds(self) -> tuple[PaperKind, ...]:
        """In the order of the menu."""
        return KINDS

    def kind(self, name: str) -> PaperKind:
        """The kind of that name. Raises AppError."""
        for one in KINDS:
            if one.name == name:
                return one
        raise AppError(
            f"Không có giấy tên “{name}”.",
            hint="Các giấy: " + ", ".join(one.name for one in KINDS) + ".",
            code="unknown_paper",
        )

    def make(self, name: str, wishes: PaperWishes | None = None, progress: Progress = SILENT) -> MadePaper:
        """Fill the papers. Raises AppError when there is nothing to fill or the template is wrong."""
        kind, wishes = self.kind(name), wishes or PaperWishes()
        progress.report(0, 1, f"Đang lập {kind.title.lower()}")
        with self._desk.database.read() as session:
            fields, lacking = self._fields(session, kind, wishes)
        progress.check()
        document = word.fill(self.template(kind), fields)
        return MadePaper(kind, document, len(fields), lacking)

    def pages(self, made: MadePaper) -> Any:
        """The papers laid out on A4, for looking, printing and PDF."""
        from sangkien_desktop.documents.pages import TextPages  # Qt, wanted only for paper
        from sangkien_desktop.documents.paper import FAMILIES
        from sangkien_desktop.documents.printing import ensure_painting

        ensure_painting()
        return TextPages(word.as_html(made.document), FAMILIES)

    def write(
        self, name: str, path: Path, wishes: PaperWishes | None = None, progress: Progress = SILENT
    ) -> MadePaper:
        """Write the papers as .docx or .pdf; noted in the audit log. Raises AppError."""
        made = self.make(name, wishes, progress)
        if path.suffix.lower() == ".docx":
            word.save(made.document, path)
        elif path.suffix.lower() == ".pdf":
            from sangkien_desktop.documents import pages as paper_pages  # Qt, wanted only for paper

            paper_pages.write_pdf([self.pages(made)], path, made.kind.title)
        else:
            raise AppError(
                "Máy không biết ghi giấy thành kiểu tệp này.",
                hint="Đặt tên tệp có đuôi .docx hoặc .pdf.",
                code="unknown_format",
            )
        self._note(made, path.suffix)
        return made

    def write_dossier(
        self, folder: Path, wishes: PaperWishes | None = None, progress: Progress = SILENT
    ) -> Path:
        """Letter, tables, descriptions and attachments of the proposed, as a new folder and one PDF in it."""
        from sangkien_desktop.documents import pages as paper_pages  # Qt, wanted only for paper
        from sangkien_desktop.documents import printing

        wishes = wishes or PaperWishes()
        target = _new_folder(folder, f"Ho so khen thuong {self._desk.clock.today():%Y-%m-%d}")
        steps = len(("letter", "summary", "proposals", "description")) + 1
        parts: list[Any] = []
        letter = self.make("letter", wishes)
        word.save(letter.document, target / "1 To trinh.docx")
        parts.append(self.pages(letter))
        for at, (name, file) in enumerate(
            (("proposals", "2 De nghi"), ("summary", "3 Bang tom tat")), start=1
        ):
            progress.check()
            progress.report(at, steps, "Đang lập bảng")
            table = self._reports.make(name, wishes.wishes)
            self._reports.write_table(table, target / f"{file}.xlsx")
            parts.append(printing.report_pages(table))
        with self._desk.database.read() as session:
            chosen = self._proposed(session, wishes.wishes)
        if chosen:
            progress.report(3, steps, "Đang lập bản mô tả")
            made = self._describe(chosen, wishes)
            word.save(made.document, target / "4 Ban mo ta.docx")
            parts.append(self.pages(made))
            self._copy_files(chosen, target / "5 Tai lieu kem theo")
        progress.report(4, steps, "Đang ghi PDF")
        paper_pages.write_pdf(parts, target / "Ho so.pdf", "Hồ sơ đề nghị khen thưởng")
        progress.report(steps, steps)
        return target

    def template(self, kind: PaperKind) -> Path:
        """The unit's own template when there is one, else the shipped one."""
        own = self._own_templates() / kind.template
        return own if own.exists() else resource("templates", kind.template)

    def check_template(self, name: str, path: Path) -> word.TemplateProblems:
        """What is unknown and what is missing in a template. Raises AppError when it is no Word file."""
        kind = self.kind(name)
        return word.check(path, names(kind.fields), kind.needed)

    def put_template(self, name: str, path: Path) -> str:
        """Use the unit's own template from now on; a sentence for the strip. Raises AppError naming what is wrong."""
        kind, found = self.kind(name), self.check_template(name, path)
        if found.unknown or found.missing:
            raise AppError(
                found.sentence, hint="Sửa mẫu trong Word rồi chọn lại; mẫu cũ vẫn dùng.", code="bad_template"
            )
        self._own_templates().mkdir(parents=True, exist_ok=True)
        replace_file(self._own_templates() / kind.template, path.read_bytes())
        return f"Từ nay {kind.title.lower()} lập theo mẫu {path.name}."

    def _own_templates(self) -> Path:
        return self._desk.home.database.parent / "templates"

    def _fields(
        self, session: Session, kind: PaperKind, wishes: PaperWishes
    ) -> tuple[Sequence[PaperFields], str]:
        words = self._words(session, wishes)
        if kind.fields is LetterFields:
            return self._letter(session, words, wishes.wishes)
        records = self._chosen(session, wishes)
        if kind.fields is InitiativeFields:
            lacking = [record for record in records if not record.solution and not record.is_secret]
            said = f"Thiếu nội dung giải pháp của {len(lacking)} sáng kiến." if lacking else ""
            return [words.initiative(record) for record in records], said
        without = [record for record in records if not record.recognition_decision]
        certificates = [one for record in records for one in words.certificates(record)]
        return certificates, f"Thiếu số quyết định của {len(without)} sáng kiến." if without else ""

    def _letter(
        self, session: Session, words: PaperWords, wishes: Wishes
    ) -> tuple[Sequence[PaperFields], str]:
        chosen = self._reports.chosen(session, wishes)
        return [words.letter(session, chosen)], ""

    def _words(self, session: Session, wishes: PaperWishes) -> PaperWords:
        chosen = self._reports.chosen(session, wishes.wishes)
        return PaperWords(
            issuer=chosen.letterhead,
            programme=chosen.programme.name,
            day=self._desk.clock.today(),
            addressee=wishes.addressee,
            signer=wishes.signer,
            place=wishes.place,
            unit_names=units.names(session),
            people={person.id: person for person in people.find(session)},
        )

    def _chosen(self, session: Session, wishes: PaperWishes) -> tuple[Initiative, ...]:
        programme = self._reports.chosen(session, wishes.wishes).programme.code
        named = initiatives.named(session, wishes.which) if wishes.which else None
        if named is not None:
            return (initiatives.get(session, named),)
        query = Query(
            programme=programme,
            group=wishes.wishes.group,
            sort="local_code",
            descending=False,
            limit=None if wishes.which else MOST_AT_ONCE if wishes.wishes.group else 1,
        )
        found = initiatives.find(session, query)
        if wishes.which:
            wanted = wishes.which.replace(" ", "").casefold()
            found = tuple(
                one for one in found if one.recognition_decision.replace(" ", "").casefold() == wanted
            )[:MOST_AT_ONCE]
        if not found:
            raise AppError(
                f"Không có sáng kiến nào ứng với “{wishes.which}”."
                if wishes.which
                else "Chưa có sáng kiến nào.",
                hint="Gõ mã sáng kiến (ví dụ HH26-00012) hoặc số quyết định công nhận.",
                code="nothing_to_print",
            )
        return found

    def _proposed(self, session: Session, wishes: Wishes) -> tuple[Initiative, ...]:
        chosen = self._reports.chosen(session, wishes)
        ids = self._reports.proposed(session, chosen)
        return initiatives.find(session, Query(ids=frozenset(ids[:MOST_AT_ONCE]))) if ids else ()

    def _describe(self, records: Sequence[Initiative], wishes: PaperWishes) -> MadePaper:
        kind = self.kind("description")
        with self._desk.database.read() as session:
            words = self._words(session, wishes)
        fields = [words.initiative(record) for record in records]
        return MadePaper(kind, word.fill(self.template(kind), fields), len(fields))

    def _copy_files(self, records: Sequence[Initiative], folder: Path) -> None:
        """Attachments of what is not secret, under the initiative's code."""
        for record in records:
            for file in () if record.is_secret else record.attachments:
                stored = self._desk.home.attachments / file.sha256[:2] / file.sha256
                if stored.exists():
                    target = folder / record.local_code
                    target.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(stored, target / Path(file.name).name)

    def _note(self, made: MadePaper, suffix: str) -> None:
        with self._desk.database.write() as session:
            note_deed(
                session,
                Deed(
                    actor=self._desk.actor(),
                    action="export",
                    entity="paper",
                    detail={"paper": made.kind.name, "as": suffix, "number": made.number},
                ),
            )


def _new_folder(parent: Path, name: str) -> Path:
    """A folder that was not there before; AppError when none can be made."""
    for number in range(1, 100):
        target = parent / (name if number == 1 else f"{name} ({number})")
        try:
            target.mkdir(parents=True)
        except FileExistsError:
            continue
        except OSError as error:
            raise AppError(
                "Máy chưa tạo được thư mục hồ sơ.",
                hint="Kiểm tra ổ đĩa còn chỗ và cho phép ghi, hoặc chọn nơi khác.",
                code="folder_not_made",
            ) from error
        return target
    raise AppError("Thư mục này đã có quá nhiều bộ hồ sơ cùng ngày.", hint="Chọn thư mục khác.")
