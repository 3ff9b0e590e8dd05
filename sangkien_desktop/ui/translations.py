"""Qt's own words in Vietnamese: standard buttons, context menus, file and print dialogs. Qt ships none.

`resources/i18n/qtbase_vi.ts` is the source; `pyside6-lrelease` makes the `.qm` that is loaded.
"""

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from sangkien_desktop.paths import resource


def install(app: QCoreApplication) -> QTranslator:
    """Have Qt speak Vietnamese, in words, numbers and dates, whatever language the PC is set to."""
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    translator = QTranslator(app)
    path = resource("i18n", "qtbase_vi.qm")
    if not translator.load(str(path)):
        raise FileNotFoundError(path)
    app.installTranslator(translator)
    return translator
