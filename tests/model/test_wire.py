import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.config import EndpointOptions
from briefing.errors import CapabilityMissing
from briefing.model.jobs import Generate, Likelihood, Prompt
from briefing.model.wire import first_token_scores, mismatch, request


def test_spellings_with_leading_space_are_one_choice() -> None:
    top = [("Yes", math.log(0.5)), (" Yes", math.log(0.2)), ("No", math.log(0.1))]
    yes, no = first_token_scores(["Yes", "No"], top)
    assert yes == pytest.approx(math.log(0.7))
    assert no == pytest.approx(math.log(0.1))


def test_a_server_may_mark_the_impossible_by_a_large_number() -> None:
    assert first_token_scores(["Yes", "No"], [("Yes", 0.0), ("No", -9999.0)]) == [0.0, -9999.0]


def test_the_longest_token_that_is_a_choices_own_counts() -> None:
    top = [("supp", -0.5), ("s", -4.0), ("contr", -1.0), ("x", -9.0)]
    assert first_token_scores(["supported", "contradicted"], top) == [-0.5, -1.0]


def test_a_choice_that_is_not_shown_gets_the_smallest_as_bound() -> None:
    top = [("No", -0.1), ("Hm", -4.0), ("Well", -7.0)]
    assert first_token_scores(["Yes", "No"], top) == [-7.0, -0.1]


def test_choices_of_which_none_is_shown_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="none of the choices"):
        first_token_scores(["Yes", "No"], [("<think>", -0.01), ("Well", -5.0)])


@pytest.mark.parametrize(
    "choices", [["not clear", "not true"], ["Yes", "Yes, partly"], ["same", "same"]]
)
def test_choices_that_begin_alike_cannot_be_scored(choices: list[str]) -> None:
    with pytest.raises(ValueError, match="alike"):
        first_token_scores(choices, [("not", -0.1), ("Yes", -0.2), ("same", -1.0)])


def test_a_shared_beginning_does_no_harm_where_each_choice_shows_its_own() -> None:
    top = [("unclear", -1.0), ("unlikely", -2.0), ("un", -5.0)]
    assert first_token_scores(["unclear", "unlikely"], top) == [-1.0, -2.0]


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text("YesNo ", min_size=1, max_size=4), st.floats(-30, 0), min_size=1, max_size=8
    )
)
def test_a_score_is_never_below_the_bound(top: dict[str, float]) -> None:
    try:
        scores = first_token_scores(["Yes", "No"], list(top.items()))
    except ValueError:
        return
    assert all(score >= min(top.values()) - 1e-9 for score in scores)


@pytest.mark.parametrize(
    ("grammar", "text", "fits"),
    [
        ('start: "a"+', "aaa", True),
        ('start: "a"+', "aab", False),
        ('start: "a"+', "", False),
        ('start: "a"*', "", True),
        ('start: /[^.]+/ "."', "Zürich – gewählt.", True),
        ('start: /[^.]+/ "."', "Zürich. Bern.", False),
    ],
)
def test_grammars_are_checked_byte_by_byte(grammar: str, text: str, fits: bool) -> None:
    assert (mismatch(grammar, text) == "") is fits


def test_a_wrong_grammar_is_named_as_such() -> None:
    assert "the grammar is wrong" in mismatch("start: nowhere", "x")


def test_a_grammar_leaves_the_configured_extras_alone() -> None:
    extra = {"structured_outputs": {"strict": True}}
    options = EndpointOptions.model_validate(
        {"extra": extra, "grammar_field": "structured_outputs.grammar"}
    )
    body = request(Generate(prompt=Prompt(user="x"), grammar='start: "a"'), "m", options, 20)
    assert body["structured_outputs"] == {"strict": True, "grammar": 'start: "a"'}
    assert options.extra == extra


def test_a_likelihood_is_no_request() -> None:
    with pytest.raises(CapabilityMissing):
        request(Likelihood(prompt=Prompt(user="x"), text="y"), "m", EndpointOptions(), 20)
