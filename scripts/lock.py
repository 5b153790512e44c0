"""Writes the lock files anew: ``make lock``. Needs uv on the path (``pip install uv``).

The locks hold for Python 3.11 and newer on Linux and macOS, x86-64 and ARM, and name no index.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements"
COMMON = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-annotate")
APART = ("--no-emit-package", "llama-cpp-python")
PROJECT = ("../pyproject.toml", "-c", "build.txt", "-c", "llama.in", *APART)
LOCKS = {
    "build.txt": ("build.in",),
    "llama.txt": ("llama.in", "--no-deps"),
    "runtime.txt": PROJECT,
    "dev.txt": (*PROJECT, "--extra", "dev", "--extra", "office", "-c", "runtime.txt"),
}
"""In this order: each agrees with those before it, as they go into one environment."""


def main() -> int:
    """Compile each lock; ``--upgrade`` and other options go on to uv."""
    for name, arguments in LOCKS.items():
        command = ["uv", "pip", "compile", "--quiet", "--no-header", *COMMON]
        subprocess.run(
            [*command, *sys.argv[1:], *arguments, "-o", name], cwd=REQUIREMENTS, check=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
