"""Start the program; the frozen build and `python -m nakodo_desktop` come in here."""

import sys

from nakodo_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
