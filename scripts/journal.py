"""Runs the sub-steps of set-up: their output to a log, a line with the time taken to the user."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

HEARTBEAT_S = 30.0
TAIL_LINES = 25
_NINJA = re.compile(r"\[(\d+)/(\d+)\]")


class SetupError(Exception):
    """A step of set-up went wrong; ``hint`` says what to do about it."""

    def __init__(self, message: str, hint: str = "", log: Path | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.log = log


def say(text: str) -> None:
    """Tell the user: on stderr, at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def pip(python: Path, *words: str | Path) -> list[str]:
    """The command that runs pip in the environment of ``python``, as the user configured it."""
    return [str(python), "-m", "pip", *map(str, words)]


@dataclass
class Journal:
    """Where sub-steps write to. ``log`` begins anew with the first step of a set-up."""

    log: Path
    say: Callable[[str], None] = say
    heartbeat: float = HEARTBEAT_S
    _begun: bool = field(default=False, init=False)

    def run(
        self,
        title: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str] | None = None,
        hint: str = "",
    ) -> None:
        """Run ``command``; every ``heartbeat`` seconds say how far it is.

        Raises: SetupError when it exits with anything but 0; KeyboardInterrupt, after the
        command has ended.
        """
        self.say(f"  {title} …")
        start = time.monotonic()
        with self._open() as log:
            log.write(f"\n$ {' '.join(map(str, command))}\n".encode())
            log.flush()
            code = self._follow(command, {**os.environ, **(env or {})}, log, start)
        seconds = time.monotonic() - start
        if code != 0:
            raise SetupError(f"{title}: failed after {seconds:.0f} s (exit {code})", hint, self.log)
        self.say(f"  {title}: {seconds:.0f} s")

    def _open(self) -> IO[bytes]:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        mode = "ab" if self._begun else "wb"
        self._begun = True
        return self.log.open(mode)

    def _follow(
        self, command: Sequence[str | Path], env: Mapping[str, str], log: IO[bytes], start: float
    ) -> int:
        """Copy the command's output to ``log``, watching for ninja's count of files."""
        try:
            process = subprocess.Popen(
                [str(part) for part in command],
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            raise SetupError(f"{command[0]} cannot be run: {error.strerror}") from error
        progress = [""]
        reader = threading.Thread(target=_copy, args=(process, log, progress), daemon=True)
        reader.start()
        try:
            while True:
                try:
                    code = process.wait(self.heartbeat)
                    break
                except subprocess.TimeoutExpired:
                    self.say(f"    {time.monotonic() - start:4.0f} s {progress[0]}".rstrip())
        except KeyboardInterrupt:
            _end(process)
            raise
        finally:
            reader.join(5)
        return code


def _copy(process: subprocess.Popen[bytes], log: IO[bytes], progress: list[str]) -> None:
    assert process.stdout is not None  # noqa: S101 - it was opened as a pipe
    with process.stdout as output:
        for line in output:
            log.write(line)
            log.flush()
            counts = _NINJA.findall(line.decode("utf-8", "replace"))
            if counts:
                done, all_ = counts[-1]
                progress[0] = f"{done} of {all_} files"


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ctrl-C reached the command too: give it a moment to tidy up, then end it."""
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])
