"""Where the built window `sangkien-desktop` begins."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["--self-check"]:
        from sangkien_desktop.cli import main as command

        sys.argv[1] = "self-check"
        sys.exit(command())
    from sangkien_desktop.__main__ import main

    sys.exit(main())
