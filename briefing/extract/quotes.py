"""Where a text quotes directly: spans, exact to the character, without their marks.

Works by marks alone and needs no parser; see :mod:`briefing.extract.marks` for the pairing. Turns
of a transcript (``MR. SMITH: …``, ``Q: …``) are quotations without marks. Who speaks is decided in
:mod:`briefing.extract.speakers`.

Not handled: speech set off by dashes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from briefing.extract.lexicon import inflected, words
from briefing.extract.marks import Pair, pairs
from briefing.types import Passage, Span

Kind = Literal["speech", "fragment", "title"]

SPEECH_WORDS = 4
LONGEST_INTERRUPTION = 250
_EDGE = " \t\n\u00a0\u202f\u2009"
_ABBREVIATION = re.compile(
    r"\b(?:[A-Za-z]|M(?:rs?|s|essrs)|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Capt|Sgt|Maj|Adm|Rev|Hon"
    r"|Jr|Sr|Inc|Co|Corp|Ltd|No|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\."
)
_LABEL = re.compile(
    r"(?P<label>[A-Z](?:[\w.’'-]*)(?: [\w.’'()-]+){0,5}(?: ?\([^()\n]{1,40}\))?):\s+(?P<turn>\S.*)",
    re.DOTALL,
)
_SAYING = "|".join(sorted(inflected("say") | inflected("vocal") | {"recalled", "shot back"}))
_WHO = r"(?:he|she|they|(?:the|a|an|his|her) [\w’'-]+(?: \w+){0,2}|(?:[A-Z][\w.’'-]+ ?){1,4})"
_INSIDE = re.compile(rf",['’]? (?:{_WHO} ?(?:{_SAYING})\b|(?:said|says) {_WHO})")
_SAYS = re.compile(rf"\b(?:{_SAYING})\b")
_SMALL = frozenset("a an the of and in on to for at by with from or is vs de la le".split())


class Quotation(Span):
    """A direct quotation: ``text`` stands at ``[start, end)`` of the source.

    ``nested_in`` and ``continues`` are positions in the same sequence: the quotation around this
    one, and the earlier half of the utterance that this one goes on with. ``label`` is who a
    transcript says is speaking.
    """

    text: str
    passage_id: str
    kind: Kind
    words: int
    nested_in: int | None = None
    continues: int | None = None
    label: Span | None = None


def find_quotations(text: str, passages: Sequence[Passage]) -> tuple[Quotation, ...]:
    """All direct quotations in the body passages of ``text``, in order; outer before nested."""
    body = whole_paragraphs(text, passages)
    ids = [p.id for p in passages]
    starts = [p.start for p in passages]
    turns = _turns(text, body)
    found: list[Quotation] = []
    left_open: int | None = None
    for passage, spans in zip(body, _spans(text, body), strict=True):
        turn = turns.get(passage.id)
        new = _of_passage(text, passage, spans, turn)
        if turn is not None and turn[0].start < passage.start:  # a turn that goes on
            left_open = max(n for n, q in enumerate(found) if q.label == turn[0])
        outer = _link(text, found, new, left_open)
        left_open = outer if spans and not spans[-1].closed else None
    within = [ids[bisect_right(starts, q.start) - 1] for q in found]
    return tuple(q.model_copy(update={"passage_id": i}) for q, i in zip(found, within, strict=True))


def whole_paragraphs(text: str, passages: Sequence[Passage]) -> list[Passage]:
    """The body paragraphs of ``text``: passages that are pieces of one long line, put together.

    A quotation may go on from one piece to the next.
    """
    whole: list[Passage] = []
    last: Passage | None = None
    for passage in passages:
        if passage.kind == "body":
            if last is not None and "\n" not in text[last.end : passage.start]:
                start = whole[-1].start
                longer = {"end": passage.end, "text": text[start : passage.end], "sentences": ()}
                whole[-1] = whole[-1].model_copy(update=longer)
            else:
                whole.append(passage)
        last = passage if passage.kind == "body" else None
    return whole


def _spans(text: str, body: Sequence[Passage]) -> list[tuple[Pair, ...]]:
    """Pairs of each passage; a mark left open counts where the next passage takes it up."""
    kept: list[tuple[Pair, ...]] = []
    taken_up: str | None = None
    for passage in reversed(body):
        here = text[passage.start : passage.end]
        found = [p for p in pairs(here) if here[p.start : p.end].strip(_EDGE)]
        if found and not found[-1].closed:
            tail = found[-1]
            rest = here[tail.start :]
            if taken_up != tail.family or _INSIDE.search(rest) or not _last(tail, found):
                found.pop()
        found.sort(key=lambda p: (p.start, -p.end))
        taken_up = found[0].family if found and not here[: found[0].open_at].strip() else None
        kept.append(tuple(sorted(found, key=lambda p: (not p.closed, p.start, -p.end))))
    return kept[::-1]


def _last(tail: Pair, found: Sequence[Pair]) -> bool:
    """Whether nothing of the same kind comes after the mark left open."""
    return all(p.family != tail.family or p.end <= tail.start for p in found[:-1])


def _of_passage(
    text: str, passage: Passage, spans: Sequence[Pair], turn: tuple[Span, Span] | None
) -> list[Quotation]:
    cut = [_trimmed(text, passage.start + p.start, passage.start + p.end) for p in spans]
    labels: dict[tuple[int, int], Span] = {}
    if turn:
        label, said = turn
        whole = next((c for c in cut if c[0] - said.start <= 1 and said.end - c[1] <= 1), None)
        spoken = whole or (said.start, said.end)
        labels[spoken] = label
        cut = cut if whole else [*cut, spoken]
    return [
        Quotation(
            start=start,
            end=end,
            text=text[start:end],
            passage_id=passage.id,
            kind="speech"
            if (start, end) in labels and _long(text[start:end])
            else _kind(text, passage, start, end),
            words=len(text[start:end].split()),
            label=labels.get((start, end)),
        )
        for start, end in sorted(set(cut), key=lambda c: (c[0], -c[1]))
        if start < end and any(c.isalnum() for c in text[start:end])
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return (
        start + len(inner) - len(inner.lstrip(_EDGE)),
        end - len(inner) + len(inner.rstrip(_EDGE)),
    )


def _link(
    text: str, found: list[Quotation], new: Sequence[Quotation], left_open: int | None
) -> int | None:
    """Append a passage's quotations with what they are nested in or continue.

    ``left_open`` is the quotation that the passage before left open. Returns the position of the
    last outermost one.
    """
    around: list[int] = []
    outer: int | None = None
    for quotation in new:
        while around and found[around[-1]].end < quotation.end:
            around.pop()
        update: dict[str, int | None] = {}
        if around:
            update = {"nested_in": around[-1]}
        elif _is_written_as_title(quotation.text):
            pass  # no part of what somebody says: “…,” their report, “Safe Ground”, said.
        elif outer is None:
            update = {"continues": left_open}
        elif _interrupted(text, found[outer], quotation):
            update = {"continues": outer}
        if not around and not _is_written_as_title(quotation.text):
            outer = len(found)
        around.append(len(found))
        found.append(quotation.model_copy(update=update))
    return outer


def _interrupted(text: str, earlier: Quotation, later: Quotation) -> bool:
    """Whether only “he said” stands between the two."""
    if later.start - earlier.end > LONGEST_INTERRUPTION:
        return False
    gap = text[earlier.end : later.start].strip("“”„\"«»‘’'` \u00a0")
    said = earlier.text.rstrip("’”'\"")
    if not (said.endswith((",", "?", "!", "—", "…", "-")) or gap.startswith(",")):
        return False
    if not gap.endswith((".", ",", ";", "—", "–")):
        return False
    inner = _ABBREVIATION.sub("", gap[:-1])
    saying = len(_SAYS.findall(gap))
    return not re.search(r"[.!?:]\s", inner) and (saying == 1 or (saying > 1 and gap[-1] == "."))


def _long(said: str) -> bool:
    return len(said.split()) >= SPEECH_WORDS


def _kind(text: str, passage: Passage, start: int, end: int) -> Kind:
    said = text[start:end]
    before = text[max(passage.start, start - 60) : start]
    after = text[end : min(passage.end, end + 60)]
    if _is_title(said, before, after):
        return "title"
    return "speech" if _long(said) else "fragment"


def _is_title(said: str, before: str, after: str) -> bool:
    content = [w for w in re.findall(r"[^\W\d_][\w’'-]*", said) if w.lower() not in _SMALL]
    if not content or len(said.split()) > 12 or not all(w[0].isupper() for w in content):
        return False
    lead = [w for w in re.findall(r"[\w’'-]+", before) if w.lower() not in _SMALL][-1:]
    follow = re.findall(r"[\w’'-]+", after)[:4]
    cues = words("works") | words("work_verbs")
    if any(w.lower().removesuffix("s") in cues or w.lower() in cues for w in lead) or (
        follow and follow[0].lower() in words("works")
    ):
        return True
    apposed = re.match(r"[”’\"']?, (?:the|a|an|his|her|their|its) ", after) or re.match(
        r"[”’\"']?,[”’\"']? (?:the|a|an|his|her|their|its) ", said[-1:] + after
    )
    if apposed and any(w.lower() in cues for w in re.findall(r"[\w]+", after)[1:6]):
        return True
    if re.search(r"\b(?:known|referred)\b[^.]{0,40}\bas $", before[:-1]):
        return True
    return _long(said) and _is_written_as_title(said)


def _is_written_as_title(said: str) -> bool:
    """“Hung by a Thread: Bridges After the War”: speech is not written so."""
    content = [w for w in re.findall(r"[^\W\d_][\w’'-]*", said) if w.lower() not in _SMALL]
    written = len(content) > 1 and all(w[0].isupper() for w in content)
    return written and not said.isupper() and said.rstrip("’'”\"")[-1:].isalnum()


def _turns(text: str, body: Sequence[Passage]) -> dict[str, tuple[Span, Span]]:
    """By passage id: label and turn, where the source is a transcript."""
    matches = {p.id: _LABEL.match(text, p.start, p.end) for p in body}
    labelled = {i: m for i, m in matches.items() if m and _is_label(m["label"])}
    counts = Counter(_last_name(m["label"]) for m in labelled.values())
    spoken = [m for m in labelled.values() if _long(m["turn"]) or m["turn"].rstrip()[-1] in ".?!”"]
    dialogue = len(counts) >= 2 and max(counts.values()) >= 2 and len(labelled) >= 3
    if not dialogue or len(spoken) * 3 < len(labelled) * 2:
        return {}
    said = {
        i: (Span(start=m.start("label"), end=m.end("label")), _span(text, *m.span("turn")))
        for i, m in labelled.items()
        if counts[_last_name(m["label"])] > 1 or _names_one(text, _bare(m["label"]))
    }
    return said | _going_on(text, body, said)


def _going_on(
    text: str, body: Sequence[Passage], said: dict[str, tuple[Span, Span]]
) -> dict[str, tuple[Span, Span]]:
    """Later paragraphs of a turn, where most paragraphs up to the last label have one."""
    ids = [passage.id for passage in body]
    places = [n for n, i in enumerate(ids) if i in said]
    if not places or len(places) * 3 < (places[-1] + 1 - places[0]) * 2:
        return {}
    more: dict[str, tuple[Span, Span]] = {}
    label = said[ids[places[0]]][0]
    for passage in body[places[0] : places[-1]]:
        if passage.id in said:
            label = said[passage.id][0]
        elif passage.text[0] not in "([*<" and _long(passage.text):
            more[passage.id] = (label, _span(text, passage.start, passage.end))
    return more


def _span(text: str, start: int, end: int) -> Span:
    start, end = _trimmed(text, start, end)
    return Span(start=start, end=end)


def _bare(label: str) -> str:
    """A label without what it says in parentheses: ``DR VARGA (laughing)``."""
    return re.sub(r"\s*\([^)]*\)", "", label).strip()


def _last_name(label: str) -> str:
    """“KURT LENZ” and “Lenz” are labels of one."""
    return _bare(label).upper().split()[-1]


def _names_one(text: str, bare: str) -> bool:
    """Whether a label that stands once is a name: its turn is nobody else’s."""
    return bare.isupper() or " " in bare or len(re.findall(rf"\b{re.escape(bare)}\b", text)) > 1


def _is_label(label: str) -> bool:
    """Whether a label looks like a name, a title or Q/A, and not like ``Read more``."""
    plain = _bare(label).split()
    named = all(w[0].isupper() for w in plain if w.lower() not in words("particles"))
    return named and plain[0].lower().rstrip(".") not in words("not_labels")
