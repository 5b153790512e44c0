"""Set-up from a bare checkout: ``python3 -m scripts.setup [--dev]``.

This file is readable by old Pythons, so that they get a message instead of a syntax error.
"""

import os
import shutil
import sys

OLDEST = (3, 11)
KNOWN = ("python3.13", "python3.14", "python3.12", "python3.11")


def main() -> int:
    """Go on with this Python, or with a newer one that is installed beside it."""
    if sys.version_info >= OLDEST:
        from scripts.steps import set_up

        return set_up(sys.argv[1:])
    for name in KNOWN:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, "-m", "scripts.setup", *sys.argv[1:]])  # noqa: S606
    version = ".".join(map(str, sys.version_info[:2]))
    sys.stderr.write(
        f"briefing needs Python 3.11 or newer; {sys.executable} is {version}.\n"
        "Install one (Debian 12, Ubuntu 24.04: apt-get install python3 python3-venv; macOS: "
        "brew install python@3.13), or name one: make PYTHON=/path/to/python3.13 demo\n"
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
