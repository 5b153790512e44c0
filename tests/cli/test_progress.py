from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

SCRIPT = """
from briefing.cli.progress import reporting
with reporting() as report:
    print("nobody watches" if report is None else "watched")
    if report:
        for done in range(4):
            report("scoring", done, 3)
        report("a stage of tomorrow", 1, 2)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TERM": "xterm"}


def test_a_pipe_gets_nothing() -> None:
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-c", SCRIPT], env=ENVIRONMENT, capture_output=True, check=True
    )
    assert found.stdout == b"nobody watches\n"
    assert found.stderr == b""


def test_a_terminal_sees_stages_and_counts_on_stderr() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", SCRIPT], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        try:
            while piece := os.read(ours, 65536):
                seen += piece
        except OSError:  # Linux says so when the other side is closed
            pass
        finally:
            os.close(ours)
        assert process.stdout is not None
        assert process.stdout.read() == b"watched\n"
    text = seen.decode()
    assert "Weighing sentences" in text
    assert "3/3" in text
    assert "a stage of tomorrow" in text
