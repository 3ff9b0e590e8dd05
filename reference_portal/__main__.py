"""python -m reference_portal: the command of the portal."""

from reference_portal.cli import main

if __name__ == "__main__":
    main()
