"""The command line's door: `python -m ctai`."""

import sys

from ctai.cli import main

if __name__ == "__main__":
    sys.exit(main())
