from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.prefixes import MIN_SHARED, plan_prefixes

PROMPTS = st.lists(st.lists(st.integers(0, 1), min_size=1, max_size=40), min_size=1, max_size=12)


def replay(prompts: list[list[int]]) -> tuple[list[list[int]], int]:
    """What each prompt's sequence holds after the plan, and how many tokens were decoded."""
    held: dict[int, list[int]] = {}
    decoded = 0
    for level in plan_prefixes(prompts):
        for node in level:
            held[node.sequence] = held.get(node.parent, [])[: node.start] + node.tokens
            decoded += len(node.tokens)
    return [held[i + 1] for i in range(len(prompts))], decoded


@given(PROMPTS)
def test_every_prompt_is_whole_and_no_more_is_decoded_than_without_sharing(
    prompts: list[list[int]],
) -> None:
    held, decoded = replay(prompts)
    assert held == prompts
    assert decoded <= sum(map(len, prompts))


def test_what_two_questions_share_is_decoded_once() -> None:
    head, first, second = [1] * 50, [2] * 30, [3] * 30
    prompts = [[*head, *first, 7], [*head, *first, 8], [*head, *second, 7], [*head, *second, 8]]
    _, decoded = replay(prompts)
    assert decoded == 50 + 30 + 30 + 4


def test_short_shared_stretches_take_no_round_of_their_own() -> None:
    prompts = [[0] * 50 + [i] + [9] * (MIN_SHARED - 2) + [k] for i in (1, 2) for k in (3, 4)]
    assert len(plan_prefixes(prompts)) == 2
