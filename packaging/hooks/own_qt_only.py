"""Runs before the built program: no other program's Qt may lend it plugins or a style."""

import os

for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_STYLE_OVERRIDE", "QML2_IMPORT_PATH"):
    os.environ.pop(name, None)
