"""Before Quarto renders: check the book more strictly than Quarto does, and join the page's scripts for it."""

import sys

from press.cli import main

sys.exit(main(["prepare"]))
