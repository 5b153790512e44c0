"""Who is who: one actor a person, roles as the sources have them."""

from __future__ import annotations

import pytest

from briefing.types import Actor
from tests.across.chronicle import NAMES, Parse, chronicle, read

RECALL = 0.85


def roles(text: str, parse: Parse) -> dict[str, list[str]]:
    return {a.name: [r.text for r in a.roles] for a in read([text], parse).people()}


@pytest.mark.parametrize("name", NAMES)
def test_actors_and_roles_of_an_event_are_those_that_a_reader_finds(
    name: str, parse: Parse
) -> None:
    documents, raw = chronicle(name, parse)
    gold = {g["name"]: g for g in raw["actors"]}
    for actor in documents.people():
        assert actor.name in gold, actor.name
        wanted = {r.casefold() for r in gold[actor.name]["roles"]}
        assert {r.text.casefold() for r in actor.roles} <= wanted, actor.name
        assert set(actor.also) >= set(gold[actor.name].get("also", [])), actor.name
        assert exact(actor)


def exact(actor: Actor) -> bool:
    """Whether name and roles are the words of their evidence."""
    return actor.name == actor.evidence[0].text and all(
        role.text == role.evidence[0].text for role in actor.roles
    )


def test_most_actors_and_roles_are_found(parse: Parse) -> None:
    people = found = told = given = 0
    for name in NAMES:
        documents, raw = chronicle(name, parse)
        shown = {a.name: {r.text.casefold() for r in a.roles} for a in documents.people()}
        for gold in raw["actors"]:
            wanted = {r.casefold() for r in gold["roles"]}
            people += not gold.get("optional")
            found += not gold.get("optional") and gold["name"] in shown
            told += len(wanted) if gold["name"] in shown else 0
            given += len(wanted & shown.get(gold["name"], set()))
    assert found >= RECALL * people
    assert given >= RECALL * told


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("Mayor Ines Valk opened the bridge.", "Mayor"),
        ("Ines Valk, chief engineer of the water board, opened the bridge.",
         "chief engineer of the water board"),
        ("Ines Valk, who heads the water board, opened the bridge.", "who heads the water board"),
        ("The engineer Ines Valk opened the bridge.", "engineer"),
        ("The chief engineer, Ines Valk, opened the bridge.", "chief engineer"),
        ("Ines Valk, 52, a former pilot standing for the Civic List, opened the bridge.",
         "former pilot"),
        ("Norlund's chief executive, Ines Valk, opened the bridge.", "Norlund's chief executive"),
        ("The dam has a staff. Its director, Ines Valk, opened the bridge.", "director"),
        ("Ines Valk is the mayor of Tolm.", "mayor of Tolm"),
        ("On the steps of the court Chief Constable Ines Valk wept.", "Chief Constable"),
    ],
)  # fmt: skip
def test_a_role_is_cut_tightly(sentence: str, role: str, parse: Parse) -> None:
    assert roles(f"{sentence} Ines Valk said nothing more.", parse)["Ines Valk"] == [role]


@pytest.mark.parametrize(
    "sentence",
    [
        "His mother, Ines Valk, opened the bridge.",
        "Ines Valk, the mayor, and two engineers opened the bridge.",
        "Ines Valk, Mayor Ben Ott and two engineers opened the bridge.",
        "Ines Valk, once a pilot, opened the bridge.",
        "Ines Valk is not the mayor of Tolm.",
        "Ms. Ines Valk opened the bridge.",
        "“Ask the mayor, Ines Valk, about it and about the money,” said Ben Ott. Ines Valk left.",
    ],
)
def test_what_is_no_role_of_somebody_is_none(sentence: str, parse: Parse) -> None:
    found = roles(f"{sentence} Ines Valk said nothing more.", parse)
    assert found["Ines Valk"] == []


def test_who_is_not_there_is_nobodys_office(parse: Parse) -> None:
    said = (
        "Tess Ray had come to see her on Sunday, without a lawyer, Ines Valk, the archivist's "
        "daughter, said by telephone. Ines Valk said nothing more."
    )
    assert roles(said, parse)["Ines Valk"] == ["archivist's daughter"]


def test_two_people_of_one_surname_stay_two(parse: Parse) -> None:
    one = "Peter Denholm, the coach of Rovers, said goodbye. Peter Denholm wept."
    other = "Lee Denholm, an assistant, said he would stay. Lee Denholm smiled."
    assert {a.name for a in read([one, other], parse).people()} == {"Peter Denholm", "Lee Denholm"}


def test_a_bare_surname_joins_no_one(parse: Parse) -> None:
    one = "Peter Denholm said goodbye to the players. Peter Denholm wept."
    (actor,) = read([one, "Denholm said on Monday that the shop was closed."], parse).people()
    assert {e.source_id for e in actor.evidence} == {"S1"}


@pytest.mark.parametrize("short", ["Judge Sollow", "Ms. Sollow"])
def test_a_surname_with_the_title_or_gender_of_one_joins_him(short: str, parse: Parse) -> None:
    one = "Judge Mary Sollow said that the court would rise. Mary Sollow left at noon."
    (actor,) = read([one, f"{short} said that the ruling was final."], parse).people()
    assert [e.source_id for e in actor.evidence] == ["S1", "S2"]


def test_the_longest_form_is_shown_and_differing_roles_are_both_listed(parse: Parse) -> None:
    one = "Anna Lindgren, the prosecutor, said that nobody was under arrest."
    other = "Anna K. Lindgren, who heads the inquiry, said that two men were sought."
    (actor,) = read([one, other], parse).people()
    assert actor.name == "Anna K. Lindgren"
    assert actor.also == ("Anna Lindgren",)
    assert [r.text for r in actor.roles] == ["prosecutor", "who heads the inquiry"]


def test_a_name_spelt_otherwise_is_joined_only_with_the_same_role(parse: Parse) -> None:
    one = "Alan Tamarrov, director of the Sarn Institute, said that the talks had failed."
    same = "Alan Tamarov, director of the Sarn Institute, said that he was sad."
    other = "Alan Tamarov, a fisherman, said that the river was high."
    assert len(read([one, same], parse).people()) == 1
    assert len(read([one, other], parse).people()) == 2


def test_places_dates_and_outlets_are_no_actors(parse: Parse) -> None:
    text = (
        "Ana Ruiz told the Northern Echo on Monday that Tolm needs a bridge. Tolm is near Sarn. "
        "Monday was her last day in Tolm. The Northern Echo reported that Norlund Shipping "
        "had agreed. Norlund Shipping announced a sale."
    )
    assert {a.name for a in read([text], parse).people()} <= {"Ana Ruiz", "Norlund Shipping"}


def test_what_somebody_is_at_is_nobody(parse: Parse) -> None:
    text = (
        "Thornley Moss stands alone. The shop at Thornley Moss closed. Ana Ruiz said that "
        "Thornley Moss needs a bridge. Thornley Moss waits."
    )
    assert {a.name for a in read([text], parse).people()} <= {"Ana Ruiz"}


@pytest.mark.parametrize(
    "text",
    [
        "Through his lawyer Paul Dorn said that he accepted the findings. Paul Dorn was in Tolm.",
        "The then head of the mill, Paul Dorn, said that he knew. Paul Dorn was in Tolm.",
    ],
)
def test_what_somebody_was_or_who_speaks_for_him_is_no_role(text: str, parse: Parse) -> None:
    found = {person.name: person for person in read([text], parse).people()}
    assert found["Paul Dorn"].roles == ()


def test_whose_shops_somebody_runs_is_no_role(parse: Parse) -> None:
    text = "Norlund Shipping is sold. Ana Ruiz, who runs its shops in Tolm, said that she stays."
    found = {person.name: person for person in read([text], parse).people()}
    assert found["Ana Ruiz"].roles == ()


def test_a_role_does_not_end_before_a_death(parse: Parse) -> None:
    text = (
        "Ana Ruiz, 86, the resident of Tolm House who died on 12 March, had a weak heart. "
        "Ana Ruiz was buried on Monday."
    )
    (ana,) = read([text], parse).people()
    assert [role.text for role in ana.roles] == ["resident of Tolm House who died on 12 March"]


def test_a_common_noun_with_a_capital_is_no_actor(parse: Parse) -> None:
    text = (
        "The Parties said that they would meet. The Heads of Government announced a date. "
        "The Parties announced more. Norlund Shipping announced a sale."
    )
    assert {a.name for a in read([text], parse).people()} <= {"Norlund Shipping"}
