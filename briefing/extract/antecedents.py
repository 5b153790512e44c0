"""Who “he”, “she”, “it” and “they” are: only where a single reading is left."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from briefing.extract.lexicon import means_people, words
from briefing.extract.mentions import Mention
from briefing.extract.names import Gender
from briefing.extract.places import Place, Places, Spoken
from briefing.types import Span


class Antecedents:
    """The meaning of pronouns in one source, from what is noted of the text before them."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def of(self, number: int, pronoun: Mention, *, beside: bool, answers: bool) -> Mention | None:
        """Who is meant by ``pronoun`` in paragraph ``number``; None where that is open.

        ``beside``: right beside a quotation. ``answers``: it is the subject of an answer.
        """
        who = self._likely(number, pronoun, beside=beside, answers=answers)
        if who is None or pronoun.gender is None or pronoun.plural:
            return who
        if not self._is_weak(number, who):
            return who
        named = self._spoke_here(number, pronoun) or self._named_here(number, pronoun, who)
        if named and who.speaker not in named:
            return next(iter(named.values())) if len(named) == 1 else None
        return None if self._is_unsure(number, pronoun, who) else who

    def _is_weak(self, number: int, who: Mention) -> bool:
        """A description; what nothing says is a person, of the paragraph before or of one word.

        “Larkspur”, which the source nowhere gives a first name.
        """
        if who.what == "description":
            return True
        if who.what not in {"person", "name"} or who.gender is not None:
            return False
        if " " in who.speaker:
            return who.span.start < self._places.frames[number].passage.start
        full = rf"(?<!\w)[A-Z][\w.’'-]+ {re.escape(who.speaker)}(?!\w)"
        return re.search(full, self._places.text) is None

    def _spoke_here(self, number: int, pronoun: Mention) -> dict[str, Mention]:
        """Who has spoken in the paragraph before ``pronoun`` and may be meant, by full name."""
        found = [s for s in self._places.spoken if s.frame == number and s.at < pronoun.span.start]
        return {
            s.who.speaker: s.who
            for s in found
            if s.who.what in {"person", "name"} and " " in s.who.speaker
            if agrees(pronoun.gender, s.who) and not _is_institution(s.who)
        }

    def _named_here(self, number: int, pronoun: Mention, who: Mention) -> dict[str, Mention]:
        """“Lee in front of the press. She looks tired.”: whom the paragraph names without a verb.

        Where ``who`` is of a paragraph before.
        """
        frame = self._places.frames[number]
        if who.span.start >= frame.passage.start:
            return {}
        heads = [t for t in frame.doc if t.pos_ == "PROPN" and t.dep_ == "ROOT"]
        before = [t for t in heads if frame.offset(t) < pronoun.span.start]
        found = [self._places.mention(frame, t) for t in before]
        named = [m for m in found if m is not None and m.what in {"person", "name"}]
        fit = [m for m in named if agrees(pronoun.gender, m) and not _is_institution(m)]
        return {m.speaker: m for m in fit}

    def _is_unsure(self, number: int, pronoun: Mention, who: Mention) -> bool:
        """“Lee was up. He saw it, he said, and the coach was late. “…,” he said”: not the coach.

        A description gives way where the paragraph has named somebody who may be meant.
        """
        if who.what != "description":
            return False
        start = self._places.frames[number].passage.start
        return any(
            p.who.what in {"person", "name"}
            and " " in p.who.speaker
            and p.identity != who.speaker
            and agrees(pronoun.gender, p.who)
            for p in self._places.between(start, pronoun.span.start)
        )

    def _likely(
        self, number: int, pronoun: Mention, *, beside: bool, answers: bool
    ) -> Mention | None:
        """Who comes first to mind."""
        same = self._same_subject(number, pronoun)
        if same is not None:
            return same
        at = pronoun.span.start
        earlier = [s for s in self._places.spoken if s.at < at and s.frame >= number - 1]
        last = max(earlier, key=attrgetter("at"), default=None)
        last = last and replace(last, who=self._places.known(last.who))
        if pronoun.lemma == "it" or pronoun.plural:
            near = last is not None and (last.frame == number or beside)
            if last is not None and near and _fits_thing(pronoun, last.who):
                return last.who
            return self.subject_before(number, pronoun)
        if last is not None and self._just_named(last, number, pronoun) and beside:
            return last.who
        if last is not None and last.who.animate and agrees(pronoun.gender, last.who):
            return self._since(last, number, pronoun, beside=beside, answers=answers)
        return self._nearest(number, pronoun, beside=beside)

    def _just_named(self, last: Spoken, number: int, pronoun: Mention) -> bool:
        """“Ilvo Vasti said it was late. “…,” she said”: a full name that may be anything.

        Only if it spoke in the sentence before, and nobody else in this paragraph can be “she”.
        """
        frame, who = self._places.frames[number], last.who
        full = who.what == "name" and len(who.speaker.split()) > 1
        if not full or last.frame != number or pronoun.plural or pronoun.gender is None:
            return False
        if _is_institution(who):
            return False
        inside = (t for t in frame.doc if who.span.start <= frame.offset(t) < who.span.end)
        if any(t.tag_ == "NNPS" or t.ent_type_ not in {"", "PERSON"} for t in inside):
            return False
        start, at = frame.passage.start, pronoun.span.start
        here = self._places.between(start, at)
        known = any(p.who.gender == pronoun.gender for p in here)
        between = [s for s in frame.doc.sents if last.at < frame.offset(s[0]) < at]
        told = [s for s in between if any(frame.quoted[t.i] is None and t.is_alpha for t in s)]
        return not known and len(told) <= 1

    def _same_subject(self, number: int, pronoun: Mention) -> Mention | None:
        """“He took the chair. He …, he said”: who the sentence before begins with as well.

        Only where no other person is the subject of a clause since.
        """
        frame, at = self._places.frames[number], pronoun.span.start
        if pronoun.gender is None:
            return None
        first: int | None = None
        for sentence in reversed([s for s in frame.doc.sents if frame.offset(s[-1]) < at]):
            subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
            if subject is None or subject.lower_ != pronoun.lemma:
                break
            first = frame.offset(subject)
        if first is None or any(
            p.subject and agrees(pronoun.gender, p.who) for p in self._places.between(first, at)
        ):
            return None
        start = replace(pronoun, span=Span(start=first, end=first + len(pronoun.lemma)))
        return self.of(number, start, beside=False, answers=False)

    def _since(
        self, last: Spoken, number: int, pronoun: Mention, *, beside: bool, answers: bool
    ) -> Mention | None:
        """The last speaker, or who has come up since."""
        at = pronoun.span.start
        since = [
            p.at
            for p in self._places.between(last.at, at)
            if p.subject and p.identity == last.who.speaker
        ]
        others = [
            p
            for p in self._places.between(max([last.at, *since]), at)
            if p.identity != last.who.speaker and agrees(pronoun.gender, p.who)
        ]
        if answers or last.lemma == "ask":
            return others[0].who if len({p.identity for p in others}) == 1 else None
        if beside and last.frame == number and self._still_told(last, others):
            return last.who
        owners = [w for owner, w in self._places.owners if last.at < owner < at]
        unsure = last.who.gender is None and (
            any(p.who.gender for p in others) or any(w.speaker != last.who.speaker for w in owners)
        )
        topic = self._new_topic(number, others) if beside or last.frame != number else None
        if topic is not None:
            return topic
        if last.frame != number and not since and not others:
            owners_here = self._owners(number, pronoun)
            if owners_here:  # “Ray’s kitchen is full of letters. “…,” she said”
                return owners_here.pop() if len(owners_here) == 1 and beside else None
        alone = not others or (beside and not any(p.subject for p in others))
        return last.who if alone and not unsure else None

    def _still_told(self, last: Spoken, others: Sequence[Place]) -> bool:
        """“Lee said that Ray would go. “…,” he said”: nobody else has a sentence since."""
        return last.who.gender is not None and not any(p.main for p in others)

    def subject_before(self, number: int, pronoun: Mention) -> Mention | None:
        """“The company expects … It said”: the body that the sentence before is about.

        “They” may also be the subject of the same sentence: “The ministers hailed what they …”.
        """
        frame, at = self._places.frames[number], pronoun.span.start
        earlier = [s for s in frame.doc.sents if frame.offset(s[-1]) < at]
        here = [s for s in frame.doc.sents if frame.offset(s[0]) < at <= frame.offset(s[-1])]
        begins = self._places.text[at].isupper()  # the parser has missed the full stop before it
        for sentence in [*(here if pronoun.plural or begins else ()), *earlier[-1:]]:
            subject = next((c for c in sentence.root.children if c.dep_ == "nsubj"), None)
            if subject is None or frame.offset(subject) >= at:
                continue
            who = self._places.mention(frame, subject)
            if who is None or not who.speaker or not _fits_thing(pronoun, who):
                continue
            if not pronoun.plural or means_people(who.lemma) or who.lemma in words("bodies"):
                return who
        return None

    def _new_topic(self, number: int, others: Sequence[Place]) -> Mention | None:
        """The one person who is the subject of the last sentence, whoever spoke before it."""
        here = [p for p in others if p.frame == number and p.main]
        if not here:
            return None
        last = {p.identity for p in here if p.sentence == here[-1].sentence}
        later = [p for p in others if p.frame == number and p.sentence > here[-1].sentence]
        return here[-1].who if len(last) == 1 and not later else None

    def _nearest(self, number: int, pronoun: Mention, *, beside: bool) -> Mention | None:
        """The only fitting person in the nearest sentence that has one."""
        start = self._places.frames[max(0, number - 1)].passage.start
        window = [
            p
            for p in self._places.between(start, pronoun.span.start)
            if agrees(pronoun.gender, p.who)
        ]
        owners = self._owners(number, pronoun) if beside else set()
        if owners and not any(p.frame == number for p in window):
            return owners.pop() if len(owners) == 1 else None
        if not window:
            return self._only_one(pronoun) if beside else None
        nearest = (window[-1].frame, window[-1].sentence)
        group = [p for p in window if (p.frame, p.sentence) == nearest]
        if len({p.identity for p in group}) > 1:
            group = [p for p in group if p.main] if beside else []
        if len({p.identity for p in group}) != 1:
            return None
        return _surer(pronoun, group, window)

    def _owners(self, number: int, pronoun: Mention) -> set[Mention]:
        """“Ray’s voice is calm. “…,” he says”: whose things the paragraph tells of."""
        start = self._places.frames[number].passage.start
        found = [
            who
            for at, who in self._places.owners
            if start <= at < pronoun.span.start and agrees(pronoun.gender, who)
        ]
        return {next(w for w in found if w.speaker == name) for name in {w.speaker for w in found}}

    def _only_one(self, pronoun: Mention) -> Mention | None:
        """The only woman, or man, of the text so far, if nobody else was named last."""
        named = [
            p.who
            for p in self._places.between(0, pronoun.span.start)
            if p.who.what == "person" and agrees(pronoun.gender, p.who)
        ]
        known = {who.speaker for who in named if who.gender == pronoun.gender}
        return named[-1] if len(known) == 1 and named[-1].speaker in known else None


def _is_institution(who: Mention) -> bool:
    parts = {part.casefold() for part in who.speaker.split()}
    return bool(parts & (words("institutions") | words("firm_suffixes") | words("bodies")))


def agrees(gender: Gender | None, who: Mention) -> bool:
    """Whether a pronoun of ``gender`` can stand for ``who``."""
    return who.gender is None or gender is None or who.gender == gender


def _surer(pronoun: Mention, nearest: Sequence[Place], window: Sequence[Place]) -> Mention | None:
    """“Joan Park took over. She froze all payments to Larkspur. “…,” she said”: not Larkspur.

    Who is nearest and might be anything gives way to the one who is known to be a woman, or a man;
    where it is the subject of a clause, that is open.
    """
    who = nearest[0].who
    if pronoun.gender is None or who.gender is not None or who.what == "description":
        return who
    known = [p for p in window if p.who.gender == pronoun.gender]
    here = [p for p in known if p.frame == nearest[0].frame]
    if not known or (not here and any(p.main and " " in p.identity for p in nearest)):
        return who  # nobody surer, or the full name of whom this paragraph is about
    found = {p.identity: p.who for p in [p for p in here if p.main] or known}
    if len(found) > 1 or any(p.subject for p in nearest):
        return None
    return next(iter(found.values()))


def _fits_thing(pronoun: Mention, who: Mention) -> bool:
    if pronoun.plural:
        return who.plural
    return not who.plural and _is_body(who)


def _is_body(who: Mention) -> bool:
    if who.what in {"name", "document"}:
        return True
    return who.what == "description" and who.lemma in words("bodies")
