"""A command, from its arguments to what it prints."""

from __future__ import annotations

from typer.testing import CliRunner

from briefing.cli import app


def told(*arguments: str, lines: str = "", code: int = 0, obj: object = None) -> tuple[str, str]:
    """What the command writes to stdout and to stderr; it must end with ``code``."""
    result = CliRunner().invoke(app, arguments, input=lines, obj=obj)
    assert result.exit_code == code, result.output
    assert "internal error" not in result.stderr
    return result.stdout, result.stderr
