"""python -m sangkien_desktop.cli: the command."""

from sangkien_desktop.cli import main

main()
