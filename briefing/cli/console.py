"""How the commands speak: results to stdout, all else to stderr, errors as two lines.

Text from documents goes to a terminal only with its control characters made visible; a pipe or a
file gets it byte for byte.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

import typer

from briefing.cli import interrupt
from briefing.errors import BriefingError, InternalError, UserError

DEBUG_VARIABLE = "BRIEFING_DEBUG"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def use_utf8() -> None:
    """Write UTF-8 whatever the locale says; what cannot be written is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def visible(text: str) -> str:
    """``text`` without characters that steer a terminal; line ends and tabs stay."""
    return _HIDDEN.sub("\ufffd", text)


def result(made: str | bytes) -> None:
    """Write a text to stdout as UTF-8, or the bytes of a file, with nothing added."""
    if isinstance(made, str):
        # subtle: there is no stdout where the shell has closed it.
        shown = visible(made) if sys.stdout and sys.stdout.isatty() else made
        made = shown.encode("utf-8", "backslashreplace")
    typer.echo(made, nl=False)


def say(text: str) -> None:
    """Write a line to stderr."""
    typer.echo(visible(text), err=True)


@contextmanager
def boundary() -> Iterator[None]:
    """Turn every exception into a message and an exit status; see the README for the statuses."""
    try:
        yield
    except (typer.Exit, typer.Abort):
        raise
    except BriefingError as error:
        _report(error)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as error:
        if interrupt.acknowledge():
            say("interrupted")
        raise typer.Exit(interrupt.INTERRUPTED) from error
    except BrokenPipeError as error:
        _stop_writing()
        raise typer.Exit(1) from error
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _FULL:
            _report(UserError(f"nothing more can be written: {error.strerror}", "Make space."))
            raise typer.Exit(1) from error
        if hasattr(error, "exit_code"):  # the parser's own: it prints usage and exits with 2
            raise
        _report(_internal(error))
        raise typer.Exit(1) from error


def _report(error: BriefingError) -> None:
    colour = "NO_COLOR" not in os.environ and sys.stderr.isatty()
    label = typer.style("error:", fg="red", bold=True) if colour else "error:"
    typer.echo(f"{label} {visible(error.message)}", err=True)
    if error.hint:
        say(f"hint: {error.hint}")
    if os.environ.get(DEBUG_VARIABLE):
        say("".join(traceback.format_exception(error.__cause__ or error)))


def _internal(error: Exception) -> InternalError:
    """A bug of ours, with the place where its traceback was put."""
    found = InternalError(f"internal error: {type(error).__name__}: {error}", _log(error))
    found.__cause__ = error
    return found


def _log(error: Exception) -> str:
    """Put the traceback where only the owner reads it (it may quote documents); say where."""
    from briefing import atomic, paths

    try:
        place: Path = paths.cache_dir() / "last-error.txt"
        atomic.write_text(place, "".join(traceback.format_exception(error)), private=True)
    except (BriefingError, OSError):
        return f"Set {DEBUG_VARIABLE}=1 to see where it arose."
    return f"This is a bug. Please report it with {place}, which may quote your documents."


def _stop_writing() -> None:
    """Nobody reads stdout any more: keep Python from complaining about it while it exits."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
