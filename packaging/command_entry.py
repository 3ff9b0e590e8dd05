"""Where the built command `sangkien` begins."""

import sys

from sangkien_desktop.workbooks import child

if __name__ == "__main__":
    # The program is its own child process for opening workbooks: there is no Python beside it to call.
    if sys.argv[1:2] == [child.FLAG]:
        sys.exit(child.main())
    from sangkien_desktop.cli import main

    sys.exit(main())
