"""What every screen receives."""

from dataclasses import dataclass
from typing import Any

from sangkien_desktop.clock import Clock
from sangkien_desktop.settings import Settings
from sangkien_desktop.ui.actions import ActionRegistry
from sangkien_desktop.ui.change_bus import ChangeBus
from sangkien_desktop.ui.dialogs import Dialogs
from sangkien_desktop.ui.failures import FailurePresenter
from sangkien_desktop.ui.jobs import JobRunner
from sangkien_desktop.ui.messages import Messages
from sangkien_desktop.ui.navigation import Navigator


@dataclass
class UiContext:
    """The parts a screen works with. `services` is the bundle that `app.py` puts together; `settings` is
    replaced when a person changes one."""

    services: Any
    jobs: JobRunner
    changes: ChangeBus
    messages: Messages
    failures: FailurePresenter
    navigate: Navigator
    dialogs: Dialogs
    actions: ActionRegistry
    clock: Clock
    settings: Settings
