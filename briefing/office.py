"""A briefing as Word and as PDF, by well-kept converters: Pandoc, and Typst for the pages.

Both come with the extra ``office`` and bring all that they need. They see our Markdown and two
files of ``templates/``: ``office.lua`` is done to what Pandoc has read, ``report.typ`` is the look
of the PDF. Pandoc's sandbox opens no other file and knows no time (1970 stands in a Word file);
Typst gets every word as a string. So no text of a document is a command to either, and the same
Markdown gives the same bytes.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, NamedTuple

from briefing.errors import InternalError, UserError
from briefing.escaping import escape
from briefing.resources import templates_dir
from briefing.types import Briefing

PagedFormat = Literal["docx", "pdf"]
Find = Callable[[str], ModuleSpec | None]
NAMES: Final[dict[PagedFormat, str]] = {"docx": "a Word file", "pdf": "a PDF"}
PACKAGES: Final[dict[PagedFormat, tuple[str, ...]]] = {
    "docx": ("pypandoc-binary",),
    "pdf": ("pypandoc-binary", "typst"),
}
"""What the extra ``office`` installs, as the package index calls it."""
_READER: Final = "gfm-alerts-autolink_bare_uris-emoji-tex_math_dollars"
"""GitHub's Markdown, in which our text is escaped, but nothing that changes characters."""
_LANGUAGE: Final = re.compile("[a-z]{2,3}")
_FROM_THE_RIGHT: Final = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"]
)
_NO_FONT: Final = "could not be displayed with"
_BOXES: Final = (
    "the PDF shows boxes for characters that no font of this machine has: install fonts for them,"
    " such as Noto"
)


class Paged(NamedTuple):
    """A file, and what its reader should know about it (may be empty)."""

    data: bytes
    remark: str = ""


def check(wanted: PagedFormat, find: Find = find_spec) -> None:
    """Whether the converters for ``wanted`` are here. Raises: UserError saying how to get them."""
    if _pandoc(find) and (wanted == "docx" or find("typst")):
        return
    install = shlex.join([sys.executable, "-m", "pip", "install", *PACKAGES[wanted]])
    message = f"{NAMES[wanted]} needs the extra `office`, which is not installed"
    raise UserError(message, f"Install it: {install}")


def convert(markdown: str, briefing: Briefing, wanted: PagedFormat) -> Paged:
    """Our Markdown of ``briefing`` as a file of Word, or as a PDF.

    Raises: UserError where the extra is not installed; InternalError where a converter fails.
    """
    check(wanted)
    titled = markdown if markdown.startswith("# ") else f"# {escape(briefing.title)}\n\n{markdown}"
    language = language_of(source.language for source in briefing.sources)
    with TemporaryDirectory() as name:
        nowhere = Path(name)
        if wanted == "docx":
            return Paged(_converted(titled, language, ["--to", "docx"], nowhere))
        look = templates_dir() / "report.typ"
        to = ["--to", "typst-smart", "--standalone", "--template", str(look)]
        return _typeset(_converted(titled, language, to, nowhere), nowhere)


def language_of(languages: Iterable[str]) -> str:
    """The language of most sources, as ISO 639 has it; English where there is none."""
    known = Counter(each for each in languages if _LANGUAGE.fullmatch(each))
    return known.most_common(1)[0][0] if known else "en"


def _pandoc(find: Find = find_spec) -> str | None:
    """The Pandoc that the extra brings, never another one: versions write different bytes."""
    found = find("pypandoc")
    folder = Path(found.origin).parent / "files" if found and found.origin else None
    return shutil.which("pandoc", path=folder) if folder else None


def _converted(markdown: str, language: str, to: list[str], nowhere: Path) -> bytes:
    """What Pandoc makes of ``markdown``, with ``nowhere`` as the only folder that it knows."""
    direction = ["--metadata", "dir=rtl"] if language in _FROM_THE_RIGHT else []
    command = [
        *(str(_pandoc()), "--sandbox", "--data-dir", str(nowhere), "--from", _READER, *to),
        *("--lua-filter", str(templates_dir() / "office.lua"), "--wrap", "none"),
        *("--metadata", f"lang={language}", *direction, "--output", "-"),
    ]
    done = subprocess.run(  # noqa: S603 (the extra's own Pandoc)
        command,
        input=markdown.encode("utf-8", "backslashreplace"),
        cwd=nowhere,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise InternalError(f"Pandoc failed with status {done.returncode}: {said[:500]}")
    return done.stdout


def _typeset(source: bytes, nowhere: Path) -> Paged:
    """Pages from Typst: PDF/UA, which readers of screens can use, where nothing stands against it.

    A template can: one that leaves out a level of headings. So can a character without a font.
    """
    import typst

    compiler = typst.Compiler(root=nowhere, package_path=nowhere, package_cache_path=nowhere)
    try:
        made, _ = compiler.compile_with_warnings(source, format="pdf", pdf_standards="ua-1")
        remark = ""
    except typst.TypstError as problem:
        remark = _BOXES if _NO_FONT in f"{problem.message} {problem.diagnostic}" else ""
        try:
            made, _ = compiler.compile_with_warnings(source, format="pdf")
        except typst.TypstError as worse:
            raise InternalError(f"Typst failed: {worse.message[:500]}") from worse
    if not isinstance(made, bytes):
        raise InternalError("Typst wrote something other than a PDF")
    return Paged(made, remark)
