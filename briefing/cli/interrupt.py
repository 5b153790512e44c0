"""Ctrl-C is obeyed within two seconds, whatever the program is doing.

Python hands a signal to the main thread between two steps of its own. A foreign function may keep
it from taking one, and an exception in a callback of a C library is lost. A thread therefore hears
of the signal as well, and ends a process that has not ended by itself. Nothing is half-done by
that: files are written beside and renamed.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

PATIENCE: Final = 1.5
"""Seconds in which the program may end by itself."""
INTERRUPTED: Final = 128 + signal.SIGINT
_STOPPING: Final = (signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
_SHOW_CURSOR: Final = b"\x1b[?25h"
_watching = threading.Event()
_told = threading.Event()


@contextmanager
def obeyed() -> Iterator[None]:
    """End the process soon after a signal that asks for it; SIGTERM and SIGHUP act as Ctrl-C.

    To be used once, in the main thread, around all that the process does.
    """
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    for number in _STOPPING:
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup has them ignored
            signal.signal(number, _interrupt)
    threading.Thread(target=_enforce, args=(reader,), daemon=True).start()
    _watching.set()
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        writer.close()


def acknowledge() -> bool:
    """Whether the user is still to be told. The process is ending: no further signal is heard."""
    if not _watching.is_set():
        return True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    told = _told.is_set()
    _told.set()
    return not told


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)


def _enforce(reader: socket.socket) -> None:
    """Wait for a signal, then for the program to end, then end it."""
    wanted = {signal.SIGINT, *_STOPPING}
    while heard := reader.recv(1):
        if wanted.intersection(heard):
            break
    else:
        return
    threading.Event().wait(PATIENCE)
    if not _told.is_set():
        # subtle: past Python's own streams, whose locks the main thread may hold.
        os.write(2, (_SHOW_CURSOR if sys.stderr.isatty() else b"") + b"interrupted\n")
    os._exit(INTERRUPTED)
