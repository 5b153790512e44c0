from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.jobs import Generate, Prompt, Score
from briefing.model.prefixes import common
from briefing.model.waves import FIRST_TAIL, MARGIN, WAVE, Work, waves

SCORE = Score(prompt=Prompt(user="Is it?"), choices=("Yes", "No"))


def written(prompt: list[int], most: int) -> Work:
    return Work(Generate(prompt=Prompt(user="Say."), max_tokens=most), prompt)


def scored(prompt: list[int], *tails: list[int]) -> Work:
    return Work(SCORE, prompt, list(tails))


PROMPTS = st.lists(st.integers(0, 3), min_size=1, max_size=30)
WORKS = st.one_of(
    st.builds(written, PROMPTS, st.integers(1, 20)),
    st.builds(scored, PROMPTS, st.lists(st.integers(0, 3), min_size=1, max_size=5)),
)
CONTEXT, SEQUENCES = 80, FIRST_TAIL + 3


@given(st.lists(WORKS, max_size=90))
def test_waves_keep_the_order_and_fit(works: list[Work]) -> None:
    assert all(work.fits(CONTEXT, SEQUENCES) for work in works)
    cut = list(waves(works, CONTEXT, SEQUENCES))
    assert [w for wave in cut for w in wave] == works
    for wave in cut:
        assert 1 <= len(wave) <= WAVE
        assert sum(len(w.tails) for w in wave) <= SEQUENCES - FIRST_TAIL
        shared = sum(common(a.prompt, b.prompt) for a, b in itertools.pairwise(wave))
        assert sum(w.cells for w in wave) - shared <= CONTEXT - MARGIN


@given(st.lists(WORKS, max_size=90))
def test_a_wave_ends_only_where_the_next_job_does_not_fit(works: list[Work]) -> None:
    cut = list(waves(works, CONTEXT, SEQUENCES))
    for wave, following in itertools.pairwise(cut):
        longer = [*wave, following[0]]
        assert len(list(waves(longer, CONTEXT, SEQUENCES))) == 2


def test_a_shared_beginning_is_counted_once() -> None:
    prompt = list(range(60))
    works = [scored([*prompt, n], [1]) for n in range(3)]
    assert [len(w) for w in waves(works, 80, SEQUENCES)] == [3]
    apart = [scored([n, *prompt], [1]) for n in range(3)]
    assert [len(w) for w in waves(apart, 80, SEQUENCES)] == [1, 1, 1]


def test_what_a_job_needs_is_prompt_choices_and_answer() -> None:
    assert written([1, 2, 3], 10).cells == 13
    assert scored([1, 2, 3], [4, 5], [6]).cells == 6
    assert written([1] * 62, 10).fits(80, SEQUENCES)
    assert not written([1] * 63, 10).fits(80, SEQUENCES)
    assert not scored([1], [2], [3], [4], [5]).fits(80, SEQUENCES)
