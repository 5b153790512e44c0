"""What a single paragraph of a page is by its own words: a date, a credit, furniture.

The phrases are in ``furniture.toml``. Only whole short paragraphs and known beginnings count.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from briefing.types import PassageKind

_LONGEST_LINE = 220
_LONGEST_CREDIT = 420
_NAME = r"(?:[A-ZÀ-Þ][\w.'-]*|@\w+|al-\w+|d'\w+)"
_LINK = (
    r"(?:and|in|of|the|for|from|by|with|at|on"
    r"|de|da|di|del|der|van|von|bin|ibn|al|el|la|le|y|e|und|et)"
)
_ROLES = r"editing|writing|reporting|additional|further|compiled|translated|photos?|video|graphics"
# subtle: no character may be both in a name and between names, or matching takes 2^n steps
_NAMES = rf"{_NAME}(?:[,;:/&|()—– ]+(?:{_NAME}|(?:{_LINK}|{_ROLES})\b))*"

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_CALENDAR = (
    rf"(?:{_DAY},?\s+)?(?:{_MONTH} {_NUMBER}(?:,? \d{{4}})?"
    rf"|{_NUMBER} (?:of )?{_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d))"
)
_CLOCK = (
    r"\d{1,2}(?:[:.]\d\d(?::\d\d)?)?\s?(?:[ap]\.?m\.?)?"
    r"(?:\s?(?:z|gmt|utc|bst|ist|cest?|e[sd]?t|p[sd]?t|c[sd]t|\([a-z]{2,4}\))?(?:\s?[+-]\d\d?:?\d*)?)?"
)
_STAMP = (
    r"(?:(?:first |last |originally )?(?:published|updated|posted|modified|created|date|dated"
    r"|issued|released|filed|pub\.)(?: on| at)?\s?:?\s*)?"
)
_DATE = re.compile(
    rf"\W*{_STAMP}(?:{_CLOCK},?\s)?{_CALENDAR}(?:(?:,| at| -|T| \||\s)+{_CLOCK})?"
    rf"(?:\s*(?:[|•·/—–-]|\s)\s*{_STAMP}(?:{_CALENDAR})?(?:(?:,| at| -)?\s*{_CLOCK})?"
    r"(?:(?:an?|\d+) (?:minute|hour|day|week)s? ago)?)?\W*",
    re.IGNORECASE,
)
_BY_LINE = re.compile(
    rf"(?:By|BY|by)\s*:?\s+(?!(?i:{_DAY}|{_MONTH})(?:,| \d)){_NAMES}"
    r"(?:,? (?:[\w-]+ )?(?:writer|reporter|correspondent|editor|columnist|contributor)s?)?"
    rf"(?:[,|•· —–-]+(?i:{_STAMP}{_CALENDAR}|updated|published)\b.{{0,40}})?"
)
_MAIL_HEADER = re.compile(
    r"(from|to|cc|bcc|subject|sent|date|reply-to|importance|attachments?)\s?: ?\S", re.IGNORECASE
)
_HEADER_KINDS: dict[str, PassageKind] = {"subject": "headline", "date": "date", "sent": "date"}


@lru_cache(maxsize=1)
def _phrases() -> dict[str, re.Pattern[str]]:
    """The phrases by name, each group of them as one expression."""
    raw = tomllib.loads(files("briefing").joinpath("furniture.toml").read_text(encoding="utf-8"))
    names = f"(?-i:{_NAMES})"

    def one(value: str | list[str]) -> re.Pattern[str]:
        joined = "|".join(f"(?:{each})" for each in ([value] if isinstance(value, str) else value))
        agency = str(raw["agency"])
        return re.compile(
            joined.replace("{names}", names).replace("{agency}", agency), re.IGNORECASE
        )

    return {name: one(value) for name, value in raw.items()}


def fold(text: str) -> str:
    """One line, straight apostrophes, no Markdown emphasis around it."""
    return re.sub(r"\s+", " ", text.replace("’", "'").replace("‘", "'")).strip(" *_")


def kind_of_line(text: str) -> PassageKind | None:
    """The kind of a folded paragraph by its words alone; None where it may be body.

    A photo credit is a credit; ask :func:`is_photo_credit` to tell them apart.
    """
    if len(text) <= 120 and _DATE.fullmatch(text):
        return "date"
    if _is_credit(text) or is_photo_credit(text):
        return "credit"
    phrases = _phrases()
    if len(text) <= _LONGEST_LINE and phrases["line"].fullmatch(text.rstrip(":")):
        return "furniture"
    if phrases["opening"].match(text[:300]):
        return "furniture"
    return None


def _is_credit(text: str) -> bool:
    if len(text) > _LONGEST_CREDIT:
        return False
    if len(text.split()) <= 16 and _BY_LINE.fullmatch(text):
        return True
    pieces = [text, *re.split(r"(?<=[.;]) ", text)]
    credit = _phrases()["credit"]
    if credit.fullmatch(text):
        return True
    # "A and B reported from X. C contributed to this report.": every sentence is one
    return len(pieces) > 2 and _all_credits(pieces[1:], credit)


def _all_credits(pieces: list[str], credit: re.Pattern[str]) -> bool:
    names = re.compile(rf"{_NAMES}\.?")
    return bool(credit.fullmatch(pieces[0])) and all(
        credit.fullmatch(piece) or names.fullmatch(piece) for piece in pieces[1:]
    )


def is_photo_credit(text: str) -> bool:
    """Is the folded paragraph the credit of a picture, and nothing else?"""
    short = len(text) <= 120 and len(text.split()) <= 14 and not text.lower().startswith("by ")
    return short and _phrases()["photo_credit"].fullmatch(text) is not None


def caption_cues(text: str) -> tuple[bool, bool]:
    """Does a folded paragraph say that it is a caption (credit inside, “File photo:”)?

    The second value is weaker: it has words that captions have (“left”, “shakes hands”).
    """
    phrases = _phrases()
    inside = re.search(rf"(?:{phrases['caption_end'].pattern})$", text[-160:], re.IGNORECASE)
    return (
        bool(inside or phrases["caption_start"].match(text)),
        phrases["caption_cue"].search(text) is not None,
    )


def is_signoff(text: str) -> bool:
    """“Kind regards,” and the like, or the ``--`` before a mail signature."""
    return len(text) < 40 and _phrases()["signoff"].fullmatch(text) is not None


def heads_links(text: str) -> bool:
    """Is it the heading of a list of links to other pages?"""
    return len(text) < 60 and _phrases()["links"].fullmatch(text) is not None


def mail_header(text: str) -> PassageKind | None:
    """Kind of a mail header line; None for other text."""
    header = _MAIL_HEADER.match(text)
    if not header or len(text) > 400:
        return None
    return _HEADER_KINDS.get(header[1].lower(), "furniture")
