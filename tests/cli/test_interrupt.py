"""Ctrl-C: the exit status, one line, and two seconds, whatever the process is doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

DEAF = """
import ctypes, time
from briefing.cli import console, interrupt

@ctypes.CFUNCTYPE(None)
def callback():  # an exception raised in here is lost, as in llama.cpp's log
    print("ready", flush=True)
    time.sleep(60)

with interrupt.obeyed(), console.boundary():
    while True:
        callback()
"""
BUSY = """
import time, typer
from briefing.cli import console, interrupt

app = typer.Typer()

@app.command()
def work():
    with console.boundary():
        print("ready", flush=True)
        while True:
            time.sleep(0.01)

with interrupt.obeyed():
    app()
"""


def stopped(script: str, number: int) -> tuple[int, list[str], float]:
    """Run ``script``, send the signal once it is ready; its status, its stderr, and seconds."""
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        began = time.monotonic()
        process.send_signal(number)
        _, errors = process.communicate(timeout=20)
        return process.returncode, errors.splitlines(), time.monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_command_with_one_line(number: signal.Signals) -> None:
    status, errors, took = stopped(BUSY, number)
    assert (status, errors) == (130, ["interrupted"])
    assert took < 2


def test_a_signal_that_python_loses_ends_the_process_all_the_same() -> None:
    status, errors, took = stopped(DEAF, signal.SIGINT)
    assert status == 130
    assert errors[-1] == "interrupted"
    assert took < 2
