"""python -m sangkien_desktop: the window."""

import sys


def main() -> None:
    """Open the station of this user and show its window; a new user is led through the first steps."""
    from sangkien_desktop.app import entrance  # Qt is loaded here and nowhere before

    sys.exit(entrance.run(sys.argv[1:]))


if __name__ == "__main__":
    main()
