"""All services of one open station, as screens and commands receive them."""

from sangkien_desktop.services.attaching import AttachingService
from sangkien_desktop.services.awards import AwardService
from sangkien_desktop.services.backups import BackupService
from sangkien_desktop.services.calculations import CalculationService
from sangkien_desktop.services.checks import CheckService
from sangkien_desktop.services.clashes import ClashReader
from sangkien_desktop.services.desk import Desk
from sangkien_desktop.services.duplicates import DuplicateService
from sangkien_desktop.services.entry import EntryService
from sangkien_desktop.services.exporting import ExportService
from sangkien_desktop.services.forecast import ForecastService
from sangkien_desktop.services.imports import ImportService
from sangkien_desktop.services.initiatives import InitiativeService
from sangkien_desktop.services.keys import KeyService
from sangkien_desktop.services.local_drafts import LocalDraftService
from sangkien_desktop.services.outgoing import OutgoingService
from sangkien_desktop.services.overview import OverviewService
from sangkien_desktop.services.papers import PaperService
from sangkien_desktop.services.people import PeopleService
from sangkien_desktop.services.privacy import PrivacyService
from sangkien_desktop.services.profile import ProfileService
from sangkien_desktop.services.programmes import ProgrammeService
from sangkien_desktop.services.quotas import QuotaService
from sangkien_desktop.services.reporting import ReportService
from sangkien_desktop.services.screening import ScreeningService
from sangkien_desktop.services.syncing import SyncService
from sangkien_desktop.services.units import UnitService


class Services:
    """One attribute per thing that a person does."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.initiatives = InitiativeService(desk)
        self.entry = EntryService(desk, self.initiatives)
        self.attaching = AttachingService(desk, self.initiatives)
        self.local_drafts = LocalDraftService(desk)
        self.imports = ImportService(desk)
        self.people = PeopleService(desk, self.initiatives)
        self.units = UnitService(desk)
        self.programmes = ProgrammeService(desk)
        self.sync = SyncService(desk)
        self.outgoing = OutgoingService(desk)
        self.clashes = ClashReader(desk.database, self.entry)
        self.profile = ProfileService(desk)
        self.keys = KeyService(desk)
        self.backups = BackupService(desk)
        self.privacy = PrivacyService(desk)
        self.reports = ReportService(desk)
        self.papers = PaperService(desk, self.reports)
        self.exports = ExportService(desk)
        self.awards = AwardService(desk, self.reports)
        self.quotas = QuotaService(desk, self.reports)
        self.overview = OverviewService(desk, self.reports)
        self.screening = ScreeningService(desk)
        self.duplicates = DuplicateService(desk, self.entry, self.initiatives, self.screening)
        self.checks = CheckService(desk, self.initiatives, self.entry)
        self.forecast = ForecastService(desk, self.duplicates)
        self.calculations = CalculationService(desk, self.initiatives)
