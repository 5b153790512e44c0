"""The dialogue of ``briefing review``: single keys in a terminal, a line each from a pipe.

In a pipe a mistake ends the review: the lines behind it were meant for another item.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import typer

from briefing.cli import console
from briefing.cli.checks import Checks
from briefing.entries import Entry
from briefing.errors import UserError
from briefing.escaping import fold
from briefing.review import showing
from briefing.review.checking import passages, task
from briefing.review.decisions import EDITABLE, Choice, Review
from briefing.review.keeping import Ledger, Overtaken
from briefing.review.session import Session, Signature, begin
from briefing.types import Briefing, Passage

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

KEYS: Final = "a accept, e edit, r reject, c comment, s skip, b back, q quit"
_DECIDING: Final[dict[str, Choice]] = {"a": "accept", "e": "edit", "r": "reject", "c": "comment"}
_ASKED: Final[dict[Choice, str]] = {
    "edit": "new words: ",
    "reject": "why (may be empty): ",
    "comment": "comment: ",
}
_UNWRAPPED: Final = 1_000_000
"""Columns of what is no terminal: nobody wants a line cut there."""
_STYLES: Final[dict[showing.Style, str]] = {
    "plain": "",
    "heading": "bold",
    "soft": "dim",
    "marked": "bold underline",
}


class Command(NamedTuple):
    """A key and, from a pipe, what stands behind it."""

    key: str
    rest: str | None = None


class Reader(Protocol):
    """Where commands come from. ``patient``: somebody sits there and can correct a mistake."""

    patient: bool

    def command(self) -> Command:
        """The next command; ``q`` where there is none."""
        ...

    def line(self, question: str, words: str = "") -> str:
        """A line, with ``words`` to begin with where they can be changed."""
        ...


class Terminal:
    """Single keys, and lines that can be edited where the machine has readline."""

    patient = True

    def command(self) -> Command:
        """Wait for a key."""
        typer.echo(f"{KEYS}: ", err=True, nl=False)
        try:
            key = typer.getchar()
        except EOFError:
            key = "q"
        typer.echo(key if key.isprintable() else "", err=True)
        return Command(key.lower())

    def line(self, question: str, words: str = "") -> str:
        """A line; empty where the user gives up."""
        try:
            import readline
        except ImportError:
            return self._plain(question)
        readline.set_startup_hook(lambda: readline.insert_text(words))
        try:
            return self._plain(question)
        finally:
            readline.set_startup_hook()

    @staticmethod
    def _plain(question: str) -> str:
        with suppress(EOFError):
            return input(question)
        return ""


class Pipe:
    """A command a line: ``a``, ``e New words.``, ``r not news``; empty lines are passed over."""

    patient = False

    def command(self) -> Command:
        """The next line that is not empty."""
        for line in sys.stdin:
            key, _, rest = line.strip().partition(" ")
            if key:
                return Command(key.lower(), rest.strip())
        return Command("q")

    def line(self, question: str, words: str = "") -> str:
        """Nothing: what a command needs stands behind it."""
        del question, words
        return ""


@dataclass(frozen=True)
class Desk:
    """What a review is done with; ``time`` is asked for each decision that is to be dated."""

    briefing: Briefing
    ledger: Ledger
    signature: Signature
    time: Callable[[], str] | None
    checks: Checks

    @cached_property
    def shelf(self) -> dict[str, Passage]:
        """The passages of the briefing's texts, by id."""
        return passages(self.briefing)

    def signed(self) -> Signature:
        """Who decides, now."""
        return replace(self.signature, dated=self.time() if self.time else None)


def go_through(desk: Desk, review: Review) -> None:
    """Show item after item until all are decided or the reader quits; keep each decision."""
    session = begin(desk.briefing, review)
    reader: Reader = Terminal() if sys.stdin.isatty() and sys.stdout.isatty() else Pipe()
    with desk.checks:
        while session.entry is not None:
            _show(desk, session)
            command = reader.command()
            if command.key == "q":
                break
            session = _done(desk, session, command, reader)
    console.say(f"{session.undecided} of {len(session.items)} items are not decided")


def _done(desk: Desk, session: Session, command: Command, reader: Reader) -> Session:
    """What a command makes of the session; a mistake is told to whoever can correct it."""
    try:
        return _turned(desk, session, command, reader)
    except UserError as error:
        if not reader.patient:
            raise
        console.say(f"{error.message}. {error.hint}")
        return replace(session, review=error.review) if isinstance(error, Overtaken) else session


def _turned(desk: Desk, session: Session, command: Command, reader: Reader) -> Session:
    match command.key:
        case "s":
            return session.forward()
        case "b":
            return session.back()
        case key if key in _DECIDING:
            return _decide(desk, session, command, reader)
        case _:
            raise UserError(f"{fold(command.key)!r} is no command", f"There are: {KEYS}.")


def _decide(desk: Desk, session: Session, command: Command, reader: Reader) -> Session:
    entry, choice = session.entry, _DECIDING[command.key]
    if entry is None:
        return session
    words = command.rest
    if words is None and choice in _ASKED and not (choice == "edit" and entry.kind not in EDITABLE):
        words = reader.line(_ASKED[choice], fold(entry.text) if choice == "edit" else "")
    words = words or ""
    if choice == "comment" and not words:
        raise UserError("there is no comment", "Write it behind the c, or when asked.")
    if choice == "edit":
        made = session.decide(choice, desk.signed(), edited=words)
    else:
        made = session.decide(choice, desk.signed(), comment=words)
    decision = made.review.of(entry.id)
    if decision is not None:
        made = replace(made, review=desk.ledger.decided(session.review, decision))
    if choice == "edit" and not _supported(desk, entry, words) and reader.patient:
        return made
    return made if choice == "comment" else made.forward()


def _supported(desk: Desk, entry: Entry, words: str) -> bool:
    """Check what was written, and say what the checks say."""
    verdict = desk.checks.check([task(desk.briefing, entry, words, desk.shelf)])[0]
    console.say(f"the checks say: {verdict.verdict}: {verdict.reason}")
    return verdict.verdict == "supported"


def _show(desk: Desk, session: Session) -> None:
    entry = session.entry
    if entry is None:
        return
    lines = [showing.Line((showing.Piece(f"{session.at + 1} of {len(session.items)}", "soft"),))]
    lines += showing.shown(entry, desk.briefing, desk.shelf)
    decision, old = session.review.of(entry.id), session.review.outdated_for(entry.id)
    if decision is not None:
        lines += showing.decided(decision)
    if old is not None:
        lines += showing.before(old)
    _write(lines)


def _write(lines: Iterable[showing.Line]) -> None:
    """Lines to stdout; without a terminal what is marked stands in double brackets."""
    from rich.console import Console
    from rich.padding import Padding

    width = None if sys.stdout.isatty() else _UNWRAPPED
    out = Console(highlight=False, markup=False, emoji=False, width=width)
    out.print()
    for line in lines:
        out.print(Padding(_text(line, out), (0, 0, 0, line.indent), expand=False))


def _text(line: showing.Line, out: Console) -> Text:
    from rich.text import Text

    text = Text()
    for piece in line.pieces:
        plain = piece.style == "marked" and not out.is_terminal
        words = f"[[{piece.text}]]" if plain else piece.text
        text.append(words, style=_STYLES[piece.style])
    return text
