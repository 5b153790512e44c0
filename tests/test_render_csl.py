"""The bibliography: CSL-JSON that names what is known of each source and invents nothing."""

from __future__ import annotations

import json

from briefing.render import render
from tests.example import example, source


def test_each_source_is_an_entry_in_order() -> None:
    entries = json.loads(render(example(), format="csl"))
    assert [entry["id"] for entry in entries] == ["S1", "S2", "S3"]
    gazette, herald, report = entries
    assert gazette["title"] == "Dam gates reopened"
    assert gazette["publisher"] == "Orsa Gazette"
    assert "issued" not in gazette
    assert herald["type"] == "webpage"
    assert herald["URL"] == "https://herald.example/orsa?id=1&x=2"
    assert herald["issued"] == {"date-parts": [[2031, 4, 2]]}
    assert report["title"] == "note.pdf"
    assert report["note"] == f"sha256: {example().sources[2].sha256}"


def test_dates_and_authors_are_given_as_they_stand() -> None:
    odd = source(
        1, "T\n", author="Rell, Oda", published="spring 2031", path="mail.eml", format="eml"
    )
    (entry,) = json.loads(render(example(sources=(odd,)), format="csl"))
    assert entry["author"] == [{"literal": "Rell, Oda"}]
    assert entry["issued"] == {"raw": "spring 2031"}
    assert entry["type"] == "personal_communication"


def test_only_addresses_of_the_web_become_links() -> None:
    odd = source(1, "T\n", url="javascript:alert(1)")
    (entry,) = json.loads(render(example(sources=(odd,)), format="csl"))
    assert "URL" not in entry
