from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.grounding.claims import MAX_CLAIMS, split_claims
from briefing.grounding.reading import Reading, read
from briefing.language import Pipeline
from briefing.lexical import content_words


def texts(statement: str) -> list[str]:
    return [claim.text for claim in split_claims(read(statement))]


SPLIT = {
    "The governor signed the law and fired Bob Smith.": [
        "The governor signed the law.",
        "The governor fired Bob Smith.",
    ],
    "Sales rose by five percent but profits fell.": [
        "Sales rose by five percent.",
        "Profits fell.",
    ],
    "He said that the bank failed and that customers lost money.": [
        "He said that the bank failed.",
        "He said that customers lost money.",
    ],
    "Sales rose 5% and profits fell, the company said.": [
        "Sales rose 5%, the company said.",
        "Profits fell, the company said.",
    ],
    "On Monday, the man was arrested and charged with murder, according to police.": [
        "On Monday, the man was arrested, according to police.",
        "On Monday, the man was charged with murder, according to police.",
    ],
    "The firm agreed to close two plants and cut 300 jobs.": [
        "The firm agreed to close two plants.",
        "The firm agreed to cut 300 jobs.",
    ],
    "Jane Doe, the mayor of Springfield, said the bridge would reopen in May.": [
        "Jane Doe said the bridge would reopen in May.",
        "Jane Doe is the mayor of Springfield.",
    ],
    "The governor fired Bob Smith, who had led the agency since 2010.": [
        "The governor fired Bob Smith.",
        "Bob Smith had led the agency since 2010.",
    ],
    "The vessel, built in 1998, sank off Crete.": [
        "The vessel sank off Crete.",
        "The vessel was built in 1998.",
    ],
    "Born in Oslo, Lee studied law and became a judge.": [
        "Lee was born in Oslo.",
        "Lee studied law.",
        "Lee became a judge.",
    ],
    "Anna Lee, 45, a former judge, was arrested in Oslo.": [
        "Anna Lee was arrested in Oslo.",
        "Anna Lee is 45.",
        "Anna Lee is a former judge.",
    ],
    "The vessel sank off Crete, killing 12 people.": [
        "The vessel sank off Crete.",
        "The vessel sank off Crete, killing 12 people.",
    ],
    "A guard was shot in the leg and later died in hospital.": [
        "A guard was shot in the leg.",
        "A guard later died in hospital.",
    ],
    "Ann Berg, who led the fund and wrote the report, resigned.": [
        "Ann Berg resigned.",
        "Ann Berg led the fund.",
        "Ann Berg wrote the report.",
    ],
    "Ann Berg accepted she had struck the cyclist but denies the charge.": [
        "Ann Berg accepted she had struck the cyclist.",
        "Ann Berg denies the charge.",
    ],
    "The trial ended. The judge left.": ["The trial ended.", "The judge left."],
}

WHOLE = (
    "The mayor did not sign the law or fire the chief.",
    "The mayor did not sign the law and fire the chief.",
    "No minister signed the letter and resigned.",
    "If it rains, the match is off and fans get refunds.",
    "The court will either uphold the fine or reduce the damages.",
    "Toyota denied that it hid the flaw and misled buyers.",
    "The minister refused to resign and apologise.",
    "Police asked whether the driver had slept and eaten.",
    "“We won and they lost,” said Lee.",
    "'We trained hard and we won the cup,' said Lee.",
    "The players who trained hard and slept well won the cup.",
    "Officials said the dam, which was built in 1960, failed.",
    "The team hired a coach, who later resigned.",
    "They visited Paris, Texas, in June.",
    "The volunteers kept explaining that the illness was real and it was deadly.",
    "The suspect was held when he left the station and was carrying a knife.",
)


@pytest.mark.parametrize(("statement", "claims"), SPLIT.items())
def test_splits(statement: str, claims: list[str]) -> None:
    assert texts(statement) == claims


@pytest.mark.parametrize("statement", WHOLE)
def test_stays_one_claim(statement: str) -> None:
    assert texts(statement) == [statement]


def test_offsets_cover_what_a_claim_adds() -> None:
    statement = "The court upheld the fine, but it reduced the damages. Lee, the captain, wept."
    spans = [statement[c.start : c.end] for c in split_claims(read(statement))]
    assert spans == [
        "The court upheld the fine",
        "it reduced the damages",
        "Lee, the captain, wept",
        "the captain",
    ]


_SENTENCES = st.sampled_from([*SPLIT, *WHOLE])
_SUBJECTS = st.sampled_from(
    ["The minister", "Ann Berg", "Ann Berg, 52,", "The two firms", "The storm, which hit Cuba,"]
)
_VERBS = st.sampled_from(
    [
        "closed a plant in Ohio",
        "said that prices fell",
        "did not pay the fine",
        "was warned by experts",
        "plans to rebuild the harbour and widen the road",
        "wrote to Bill Moe, the chief of the fund",
    ]
)


@st.composite
def _statements(draw: st.DrawFn) -> str:
    verbs = draw(st.lists(_VERBS, min_size=1, max_size=3, unique=True))
    joint = draw(st.sampled_from([" and ", ", but ", " or ", ", and "]))
    end = draw(st.sampled_from([".", ", officials said.", ", according to the report.", "!"]))
    made = f"{draw(_SUBJECTS)} {joint.join(verbs)}{end}"
    return " ".join([made, *draw(st.lists(_SENTENCES, max_size=2))])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_statements())
def test_no_content_word_is_lost(statement: str) -> None:
    claims = split_claims(read(statement))
    said = {word for claim in claims for word in content_words(claim.text)}
    assert set(content_words(statement)) <= said
    assert len(claims) <= MAX_CLAIMS
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(statement)
        assert claim.text[0].isupper() or not claim.text[0].isalpha()


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aA b,.;“”\"'()—-\n12", min_size=1, max_size=80))
def test_any_text_has_a_claim(statement: str) -> None:
    claims = split_claims(read(statement))
    assert claims
    assert all(claim.end <= len(statement) for claim in claims)


def test_without_a_parser_each_sentence_is_a_claim() -> None:
    import spacy

    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    text = "Das Gericht tagte und vertagte sich. Der Richter ging."
    reading = Reading(text, Pipeline(nlp).parse(text))
    assert [claim.text for claim in split_claims(reading)] == [
        "Das Gericht tagte und vertagte sich.",
        "Der Richter ging.",
    ]
