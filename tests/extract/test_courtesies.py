"""What a house feels is no finding; what it is sorry for, or does, may be one."""

from __future__ import annotations

import pytest

from briefing.extract.courtesies import is_courtesy


@pytest.mark.parametrize(
    "text",
    [
        "Our thoughts are with the families of the two men.",
        "All of us at Holm Builders are deeply shaken by the collapse.",
        "All of us at Holm Builders are shaken by the deaths of two men.",
        "We thank the fire service of Orsa for its help.",
        "I am proud of the crew and of what it has done.",
    ],
)
def test_feelings_in_the_own_voice_are_courtesies(text: str) -> None:
    assert is_courtesy(text)


@pytest.mark.parametrize(
    "text",
    [
        "We are sorry that the lift was not checked.",
        "We have closed the mill and stopped all deliveries.",
        "The town was deeply shaken by the collapse.",
        "“Our thoughts are with them,” the mayor said.",
        "We told the board that the thought of a strike was remote.",
    ],
)
def test_apologies_deeds_and_others_are_none(text: str) -> None:
    assert not is_courtesy(text)
