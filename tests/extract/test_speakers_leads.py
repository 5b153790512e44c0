"""Who speaks where no “he said” stands beside the quotation: leads, documents, epithets, gender."""

from __future__ import annotations

import pytest

from briefing.extract.articles import Parse, analyse
from briefing.types import NOT_ESTABLISHED
from tests.example import source

_BOARD = "The port of Lower Brill shut on Monday after a crane fell into the dock.\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A paragraph that leads on to the next one.
        ("Mr Anton Reiss said the board, told by a court to meet, erred:\n\n“{}”", "Reiss"),
        ("Our director, Greta Holm, has recorded a message for staff:\n\n“{}”", "Greta Holm"),
        ("Statement by Chief Harbour Officer Greta Holm\n\n“{}”", "Greta Holm"),
        # A colon without a verb of saying.
        ("Anton Reiss, the harbour master, was blunt: “{}”", "Anton Reiss"),
        ("A docker sent the paper two lines: “{}”", "a docker"),
        ("In the summary which she wrote for the board Greta Holm concludes: “{}”", "Greta Holm"),
        # Documents: held by something, or with a verb that is theirs alone.
        ("Dockers have hung a banner over the gate: “{}”", "a banner"),
        ("The harbour permit was clear. It provides: “{}”", "harbour permit"),
        ("Section 12 of the lease requires work “without any delay”.", "Section 12 of the lease"),
        ("“{},” says a notice on the gate.", "a notice on the gate"),
        ("“{},” said the automatic reply.", "automatic reply"),
        # Epithets and descriptions.
        ("Greta Holm, 38, ran. The mother of three hid. “{},” she said.", "Greta Holm"),
        ("A person close to the talks called it “too old”.", "a person close to the talks"),
        ("One, a girl of 12 who had seen it fall, wept. “{},” she said.", "a girl of 12"),
        # One of several, who are told of before.
        ("Two guards have left, and one of them said “a lot of this was luck”.", "two guards"),
        # What is written, whatever its word; what is law, with a capital.
        ("The receipt slip came. “{},” the receipt slip reads.", "receipt slip"),
        ("“{},” the public assessment report states.", "assessment report"),
        ("We cite Article 3 of the Treaty, which provides: “{}”", "Treaty"),
        ("A 64-page report names Holm. “{},” the report says.", "report"),
        ("Holm welcomed the dockers, whom the Preamble describes as follows: “{}”", "Preamble"),
        # The sentence before is about one who can speak.
        ("Greta Holm, the harbour master, saw it all.\n\n“{}”", "Greta Holm"),
        ("On the quay Dr Greta Holm, who lost a son, stopped to look up.\n\n“{}”", "Greta Holm"),
        ("Asked whether it would happen again, Greta Holm shrugged.\n\n“{}”", "Greta Holm"),
        # Names that are part of what a thing is called, and subjects that a parser loses.
        ("Supt Jon Reiss spoke outside the Ardwen village hall. “{},” he said.", "Jon Reiss"),
        ("Holm, 61, whose firm owns the rest of the quay, called it “the last straw”.", "Holm"),
        ("Greta Holm asks men not to run and promises to act “in good order”.", "Greta Holm"),
        # Who a sentence is about, and whose gender its pronouns tell.
        ("Professor Ivo Lindqvar, a judge, would have freed her. “{},” he wrote.", "Ivo Lindqvar"),
        ("Chief Executive Han Su-min said: “{}”", "Han Su-min"),
        ("Dr Greta Holm has asked that nothing be moved.\n\n“{},” she said.", "Greta Holm"),
        ("I rang the port and a Mr Reiss told me it was “in another state of repair”.", "Reiss"),
        ("The cranes, says the release, were “inspected early and with great care”.", "release"),
        ("They did not stay, although the log states that “a crew is to stay”.", "log"),
    ],
)  # fmt: skip
def test_the_speaker_is_found(text: str, speaker: str, parse: Parse) -> None:
    article = analyse(source(1, _BOARD + text.format("It fell on us like a tree")), parse)
    found = [a.speaker for a in article.attributions]
    assert found
    assert found[0].removeprefix("the ").endswith(speaker)


@pytest.mark.parametrize(
    "text",
    [
        # Somebody else shouts.
        "Greta Holm said that the port would open soon. “Not in my life!” came a shout.",
        # A byline is nobody's words.
        "Monday // posted by Greta Holm, Year 12\n\n“Imagine working in a port like this”",
        # What is read is no document that stands further up.
        "He works under contract. The answer came at once. “We will keep an eye on it,” it reads.",
        # Who receives words has not said them.
        "Greta Holm received a call in the night: “It fell on us like a tree.”",
        # Two could have said it; one is silent; one is told of by her own name.
        "Greta Holm pulled Anton Reiss out of the dock.\n\n“It fell on us like a tree.”",
        "Greta Holm declined to comment.\n\n“It fell on us like a tree.”",
        "Greta Holm had left early.\n\n“Holm always goes when cranes fall.”",
        # Nobody has said it.
        "Asked what his uncle would have said, he thought. “It fell on us like a tree.”",
    ],
)
def test_nobody_is_named_where_the_text_is_open(text: str, parse: Parse) -> None:
    article = analyse(source(1, _BOARD + text), parse)
    assert [a.speaker for a in article.attributions] == [NOT_ESTABLISHED]


def test_what_is_said_to_be_in_a_document_is_said_by_who_says_so(parse: Parse) -> None:
    text = "Greta Holm said that the lease contained “no clause of any kind about cranes”."
    article = analyse(source(1, _BOARD + text), parse)
    assert [a.speaker for a in article.attributions] == ["Greta Holm"]
