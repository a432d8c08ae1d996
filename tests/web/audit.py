"""Every page in every language, theme and size before axe: `python -m tests.web.audit`, some ten minutes on two cores.

The suite looks at every pair of them, with the same tests; this looks at all.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from .looks import EVERY_LOOK


def main() -> int:
    """Print what each test looked at and what is wrong; returns pytest's exit status."""
    os.environ[EVERY_LOOK] = "1"
    pages = Path(__file__).with_name("test_every_page.py")
    return int(
        pytest.main(["-q", "-rP", "-p", "no:cacheprovider", "--durations=0", str(pages), *sys.argv[1:]])
    )


if __name__ == "__main__":
    sys.exit(main())
