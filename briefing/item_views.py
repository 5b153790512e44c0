"""From one item of a briefing to what templates see of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from briefing.citations import Basis, Citation, Text, text
from briefing.source_days import in_words
from briefing.types import (
    NOT_ESTABLISHED,
    Actor,
    BottomLine,
    Disagreement,
    Event,
    Evidence,
    Mode,
    OpenQuestion,
    Outcome,
    Quote,
    Role,
    Side,
    Withheld,
    Wording,
)
from briefing.views import (
    ActorView,
    Beside,
    DisagreementView,
    EventView,
    Item,
    QuestionView,
    QuoteView,
    RoleView,
    SideView,
    WithheldView,
)

Cited = Mapping[tuple[str, str], Citation]
"""Citations by (source id, passage id)."""

_SECTIONS: Final = {
    "bottom_line": "Bottom line",
    "outcomes": "Key outcome",
    "quotes": "Quote",
    "open_questions": "Open question",
    "disagreements": "Disagreement",
    "timeline": "Timeline entry",
}


def line(item: BottomLine, number: int, cited: Cited) -> Item:
    """A sentence of the bottom line."""
    mode: Mode = "edited" if item.edited else "verbatim"
    basis = _basis(item.evidence, cited)
    words, editor = Text(item.statement), _editor(item)
    shown = Item(Text(item.id), number, words, basis, mode=mode, edited_by=editor)
    return _with_others(
        replace(shown, before=_beside(item.before, cited), after=_beside(item.after, cited)),
        item.elsewhere,
        cited,
    )


def outcome(item: Outcome, number: int, cited: Cited) -> Item:
    """A key outcome."""
    shown = _judged(item, number, item.statement, cited)
    shown = replace(
        shown,
        background=item.background,
        stated_origin=text(item.stated_origin),
        voice=_voice(item),
        before=_beside(item.before, cited),
        after=_beside(item.after, cited),
    )
    return _with_others(shown, item.elsewhere, cited)


def question(item: OpenQuestion, number: int, cited: Cited) -> QuestionView:
    """An open question."""
    return replace(
        QuestionView(**vars(_judged(item, number, item.question, cited))),
        source_words=_beside(item.evidence[0], cited) if item.mode == "free" else None,
        voice=_voice(item),
        before=_beside(item.before, cited),
        after=_beside(item.after, cited),
    )


def quote(item: Quote, number: int, cited: Cited) -> QuoteView:
    """A quotation; what names its speaker is cited as well, and is no further source."""
    basis = _basis(item.evidence, cited)
    told_by = [each for each in item.attribution if each.role != "name"]
    citations = _cited((*item.evidence, *item.continued, *told_by), cited)
    naming = _others(item.attribution, "name", cited, citations)
    return QuoteView(
        Text(item.id),
        number,
        Text(item.text),
        replace(basis, citations=citations, naming=naming),
        speaker=None if item.speaker == NOT_ESTABLISHED else text(item.speaker),
        continued=_parts(item.continued),
        wordings=tuple(_wording(wording, cited) for wording in item.wordings),
        note=text(item.note),
        before=_beside(item.before, cited),
        after=_beside(item.after, cited),
    )


def disagreement(item: Disagreement, number: int, cited: Cited) -> DisagreementView:
    """A point that sources tell differently."""
    sides = tuple(_side(side, place, cited) for place, side in enumerate(item.sides, 1))
    return DisagreementView(Text(item.id), number, item.kind, Text(item.point), sides)


def event(item: Event, number: int, cited: Cited) -> EventView:
    """An entry of the timeline."""
    return EventView(
        **vars(_judged(item, number, item.statement, cited)),
        date=item.date,
        until=item.until or "",
        day=" to ".join(in_words(day) for day in (item.date, item.until) if day),
        when=Text(item.when),
    )


def actor(item: Actor, number: int, cited: Cited) -> ActorView:
    """A person or body."""
    return ActorView(
        Text(item.id),
        number,
        Text(item.name),
        _basis(item.evidence, cited),
        also=tuple(Text(name) for name in item.also),
        roles=tuple(_role(role, place, cited) for place, role in enumerate(item.roles, 1)),
    )


def withheld(item: Withheld, cited: Cited) -> WithheldView:
    """Something that failed a check."""
    citations = _cited(item.evidence, cited)
    return WithheldView(_SECTIONS[item.section], Text(item.text), Text(item.reason), citations)


def _with_others(shown: Item, elsewhere: Sequence[Evidence], cited: Cited) -> Item:
    """``shown`` with the words of other sources that a reader wants to compare."""
    found = tuple(each for other in elsewhere if (each := _beside(other, cited)))
    return replace(shown, elsewhere=found)


def _beside(evidence: Evidence | None, cited: Cited) -> Beside | None:
    if evidence is None:
        return None
    words = Text(" ".join(evidence.text.split()))
    return Beside(words, cited[evidence.source_id, evidence.passage_id])


def _voice(item: Outcome | OpenQuestion) -> str:
    """Who “we” is; an editor's words need no such note."""
    found = (check.reason for check in item.checks if check.name == "voice")
    return next(found, "") if item.mode != "edited" else ""


def _judged(item: Outcome | OpenQuestion | Event, number: int, words: str, cited: Cited) -> Item:
    """An item that the checks have a verdict on."""
    return Item(
        Text(item.id),
        number,
        Text(words),
        _basis(item.evidence, cited),
        mode=item.mode,
        verdict=item.verdict,
        edited_by=_editor(item),
    )


def _editor(item: BottomLine | Outcome | OpenQuestion | Event) -> Text | None:
    return text(item.edited.by) if item.edited else None


def _side(side: Side, number: int, cited: Cited) -> SideView:
    basis = _basis(side.evidence, cited)
    words, value = Text(side.statement), Text(side.value)
    return SideView(Text(""), number, words, basis, mode=side.mode, value=value)


def _role(role: Role, number: int, cited: Cited) -> RoleView:
    return RoleView(Text(""), number, Text(role.text), _basis(role.evidence, cited))


def _wording(wording: Wording, cited: Cited) -> QuoteView:
    citations = _cited((*wording.evidence, *wording.continued), cited)
    parts = _parts(wording.continued)
    return QuoteView(Text(""), 0, Text(wording.text), Basis(citations), continued=parts)


def _parts(continued: Iterable[Evidence]) -> tuple[Text, ...]:
    return tuple(Text(part.text) for part in continued)


def _basis(evidence: Sequence[Evidence], cited: Cited) -> Basis:
    support = [each for each in evidence if each.role == "support"]
    citations = _cited(support, cited)
    return Basis(
        citations,
        naming=_others(evidence, "name", cited, citations),
        related=_others(evidence, "related", cited, citations),
        sources=len({each.source_id for each in support}),
        independent=len({each.origin or each.source_id for each in support}),
    )


def _others(
    evidence: Sequence[Evidence], role: str, cited: Cited, support: Sequence[Citation]
) -> tuple[Citation, ...]:
    found = _cited((each for each in evidence if each.role == role), cited)
    return tuple(each for each in found if each not in support)


def _cited(evidence: Iterable[Evidence], cited: Cited) -> tuple[Citation, ...]:
    """The citations of ``evidence``, each passage once."""
    keys = dict.fromkeys((each.source_id, each.passage_id) for each in evidence)
    return tuple(cited[key] for key in keys)
