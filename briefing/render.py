"""A briefing as Markdown, as a self-contained HTML page, as CSL-JSON, Word or PDF. Needs no model.

Templates write the body; the footnotes that it refers to are added here, so that no template can
leave a citation without its passage. HTML is the evidence view (:mod:`briefing.view`) for the whole
briefing, which is what the template ``full`` stands for; with any other template it is made from
that template's Markdown and sanitised. CSL-JSON is a bibliography of the sources. Word and PDF are
made from the Markdown (:mod:`briefing.office`).
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from markupsafe import Markup

from briefing import csl, office, view
from briefing.present import citations_of, context_of
from briefing.resources import templates_dir
from briefing.review.decisions import Review
from briefing.templating import (
    html_environment,
    load_template,
    markdown_environment,
    render_template,
)
from briefing.types import Briefing

TextFormat = Literal["markdown", "html", "csl"]
OutputFormat = Literal["markdown", "html", "csl", "docx", "pdf"]

_REFERENCE: Final = re.compile(r"(?<!\\)\[\^([A-Za-z0-9-]+)\]")
_FOOTNOTES: Final = "footnotes.md.jinja"
_PAGE: Final = "page.html.jinja"
_VIEW: Final = "view.html.jinja"
WHOLE: Final = "full"
"""The template that stands for the whole briefing."""
_WORDS: Final = ("a", "br", "code", "del", "em", "s", "strong", "sub", "sup")
_BLOCKS: Final = (
    *("blockquote", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre"),
    *("dd", "dl", "dt", "li", "ol", "ul", "table", "tbody", "td", "th", "thead", "tr"),
)
_ATTRIBUTES: Final = {
    "a": {"href", "class", "title"},
    "div": {"class"},
    "li": {"id"},
    "ol": {"start"},
    "sup": {"id"},
}


def render(
    briefing: Briefing,
    template: str = WHOLE,
    *,
    format: TextFormat = "markdown",  # noqa: A002 (the word users know)
    folder: Path | None = None,
    review: Review | None = None,
) -> str:
    """Write ``briefing`` with ``template``, a name (``full``) or a file name in ``folder``.

    ``folder`` is looked through before the templates that come with the package. The evidence view
    begins with the decisions of ``review``, which must hold for the briefing
    (:func:`briefing.review.decisions.settle`).

    Raises: TemplateError; DocumentError where an item cites a source that is not there.
    """
    if format == "csl":
        return csl.bibliography(briefing.sources)
    if format == "html" and template == WHOLE and folder is None:
        return _view(briefing, review or Review())
    markdown = _markdown(briefing, template, folder)
    return markdown if format == "markdown" else _page(briefing, markdown, folder)


class Rendered(NamedTuple):
    """A text, or the bytes of a file, and what its reader should know about it (may be empty)."""

    content: str | bytes
    remark: str = ""


def render_file(
    briefing: Briefing,
    template: str,
    wanted: OutputFormat,
    folder: Path | None = None,
    review: Review | None = None,
) -> Rendered:
    """What a file in the format ``wanted`` holds; the rest is as for :func:`render`.

    Raises: also UserError where the converters are not installed.
    """
    if wanted == "docx" or wanted == "pdf":
        return Rendered(*office.convert(_markdown(briefing, template, folder), briefing, wanted))
    text = render(briefing, template, format=wanted, folder=folder, review=review)
    return Rendered(text)


def find_template(given: str) -> tuple[str, Path | None]:
    """What a user means by ``--template``: the template's name and the folder that holds it.

    A name (``full``) is looked up among the templates that come with the package, anything with a
    folder or an ending is a file.
    """
    path = Path(given)
    if path.name == given and not path.suffix:
        return given, None
    return path.name, path.parent


def check_template(template: str, folder: Path | None) -> None:
    """Find mistakes of a template that show without a briefing. Raises: TemplateError."""
    load_template(markdown_environment(_folders(folder)), _file_name(template))


def _file_name(template: str) -> str:
    return template if "." in template else f"{template}.md.jinja"


def _folders(folder: Path | None) -> list[Path]:
    ours = templates_dir()
    return [folder, ours] if folder else [ours]


def _markdown(briefing: Briefing, template: str, folder: Path | None) -> str:
    environment = markdown_environment(_folders(folder))
    cited = citations_of(briefing)
    body = render_template(environment, _file_name(template), context_of(briefing, cited))
    known = {citation.label: citation for citation in cited.values()}
    used = dict.fromkeys(found for found in _REFERENCE.findall(body) if found in known)
    if not used:
        return _tidy(body)
    notes = {"footnotes": [known[label] for label in used]}
    return _tidy(f"{body}\n\n{render_template(environment, _FOOTNOTES, notes)}")


def _tidy(text: str) -> str:
    """No space at line ends, never two blank lines, one line end at the end."""
    lines = [line.rstrip(" \t") for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _view(briefing: Briefing, review: Review) -> str:
    style, reading, reviewing = (
        (templates_dir() / name).read_text(encoding="utf-8")
        for name in ("view.css", "view.js", "view_review.js")
    )
    script = f"{reading}\n{reviewing}"  # one, so that one hash admits it
    context = {
        **view.context_of(briefing, review),
        "style": Markup(style),  # noqa: S704 (ours)
        "style_hash": _hash(style),
        "script": Markup(script),  # noqa: S704 (ours)
        "script_hash": _hash(script),
    }
    return render_template(html_environment([templates_dir()]), _VIEW, context)


def _hash(text: str) -> str:
    """The hash by which a content security policy names a style or script."""
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _page(briefing: Briefing, text: str, folder: Path | None) -> str:
    import markdown
    import nh3

    converter = markdown.Markdown(extensions=["footnotes", "sane_lists", "tables"])
    html = nh3.clean(
        converter.convert(text),
        tags={*_BLOCKS, *_WORDS},
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )
    context: dict[str, Any] = {
        "title": briefing.title,
        "body": Markup(html),  # noqa: S704 (sanitised)
    }
    return render_template(html_environment(_folders(folder)), _PAGE, context)
