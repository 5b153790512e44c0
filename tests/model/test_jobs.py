from __future__ import annotations

import pytest
from pydantic import ValidationError

from briefing.model.jobs import Prompt, Score


@pytest.mark.parametrize("choices", [("Yes",), ("Yes", "")])
def test_a_choice_that_says_nothing_is_refused(choices: tuple[str, ...]) -> None:
    # Of no tokens, it would have probability 1 and win every time.
    with pytest.raises(ValidationError):
        Score(prompt=Prompt(user="Is ice cold?"), choices=choices)
