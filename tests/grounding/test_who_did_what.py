"""Rates over a table: what of the false statements is caught, and what of the true ones refused."""

from __future__ import annotations

import pytest

from briefing.grounding import attribution, names, roles
from briefing.grounding.claims import split_claims
from briefing.grounding.reading import read, read_all
from tests.grounding.who_did_what import Case, false_cases, true_cases, verbatim_cases

MOST_REFUSED = 0.02
LEAST_CAUGHT = {"name": 0.95, "attribution": 0.75, "role": 0.75, "fusion": 0.65}


@pytest.fixture(scope="module", autouse=True)
def _parsed(parse: object) -> None:  # noqa: ARG001 (the pipeline is there)
    """Parse all texts in one go, which takes a third of the time; then they are remembered."""
    cases = [*true_cases(), *verbatim_cases(), *false_cases()]
    read_all((text, None) for case in cases for text in (case.statement, *case.passages))
    split = [split_claims(read(case.statement)) for case in cases]
    read_all((claim.text, None) for claims in split for claim in claims)


def certain(case: Case) -> list[str]:
    grounds = [read(passage) for passage in case.passages]
    claims = [read(claim.text) for claim in split_claims(read(case.statement))]
    checks = (names.objections, roles.objections, attribution.objections)
    found = [o for claim in claims for check in checks for o in check(claim, grounds)]
    return [o.reason for o in found if o.certain]


def test_true_statements_are_hardly_ever_refused() -> None:
    cases = true_cases()
    refused = {case.statement: found for case in cases if (found := certain(case))}
    assert len(refused) <= MOST_REFUSED * len(cases), refused


def test_sentences_of_the_passages_are_never_refused() -> None:
    assert {c.statement: found for c in verbatim_cases() if (found := certain(c))} == {}


@pytest.mark.parametrize("kind", LEAST_CAUGHT)
def test_false_statements_are_caught(kind: str) -> None:
    cases = [case for case in false_cases() if case.kind == kind]
    missed = [case.statement for case in cases if not certain(case)]
    assert len(missed) <= (1 - LEAST_CAUGHT[kind]) * len(cases), missed


def test_the_table_is_large_enough_to_tell() -> None:
    assert len(true_cases()) >= 120
    assert len(false_cases()) >= 60
