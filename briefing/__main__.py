"""``python -m briefing``, and the ``briefing`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """The command line; Ctrl-C is obeyed even while it is still being imported."""
    try:
        from briefing.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
