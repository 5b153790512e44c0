"""A model behind an address: what is asked, in which order, and what is made of replies."""

from __future__ import annotations

import math
import time

import pytest

from briefing.errors import CapabilityMissing, UserError
from briefing.model.jobs import (
    Failure,
    Generate,
    Generated,
    Likelihood,
    Prompt,
    Score,
    Scored,
)
from tests.model.chat_server import (
    Answer,
    Body,
    Server,
    ask,
    engine,
    failing,
    ordinary,
    reply,
    write,
)

YES_NO = Score(prompt=Prompt(system="Be exact.", user="Did it sink?"), choices=("Yes", "No"))


def test_results_come_in_the_order_of_jobs_and_not_of_replies(server: Server) -> None:
    def later_first(body: Body) -> Answer:
        text = body["messages"][-1]["content"]
        time.sleep(0.1 if text.endswith("0") else 0.0)
        return ordinary(body)

    server.chat = later_first
    seen: list[tuple[int, int]] = []
    jobs = [write(f"item {n}") for n in range(12)]
    results = engine(server).run(jobs, lambda done, total: seen.append((done, total)))
    assert [r.text for r in results if isinstance(r, Generated)] == [
        f"You said: item {n}" for n in range(12)
    ]
    assert seen == [(n, 12) for n in range(1, 13)]


def test_no_more_requests_at_once_than_allowed(server: Server) -> None:
    def slow(body: Body) -> Answer:
        time.sleep(0.03)
        return ordinary(body)

    server.chat = slow
    engine(server, concurrency=3).run([write(f"item {n}") for n in range(12)])
    assert server.busiest == 3


def test_a_request_says_what_the_job_says(server: Server) -> None:
    job = Generate(
        prompt=Prompt(system="Be brief.", user="Sum up."), max_tokens=9, temperature=0.5, seed=11
    )
    assert ask(server, job, model="mine", extra={"top_p": 0.9}) == Generated(
        text="You said: Sum up.", tokens=7
    )
    assert server.documents == [
        {
            "model": "mine",
            "messages": [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": "Sum up."},
            ],
            "max_tokens": 9,
            "temperature": 0.5,
            "seed": 11,
            "top_p": 0.9,
        }
    ]


def test_a_greedy_request_sends_no_seed(server: Server) -> None:
    ask(server, write("Sum up.", seed=3))
    assert server.documents[0]["temperature"] == 0.0
    assert "seed" not in server.documents[0]


def test_the_model_is_the_one_served_unless_named(server: Server) -> None:
    server.models = Answer({"data": [{"id": "served-7b", "meta": {"size": 4_000_000}}]})
    host = server.url.removeprefix("http://").removesuffix("/v1")
    model = {"sha256": None, "host": host, "served": "served-7b", "size": 4_000_000}
    assert engine(server).info.model == {**model, "name": "served-7b"}
    assert engine(server, model="alias").info.model == {**model, "name": "alias"}
    assert engine(server).info.local


def test_a_server_without_a_list_of_models_needs_a_name(server: Server) -> None:
    server.models = Answer(b"not found", status=404)
    assert engine(server, model="mine").info.model["name"] == "mine"
    with pytest.raises(UserError, match="names no model"):
        engine(server).run([write("x")])


def test_a_choice_is_scored_by_its_first_token(server: Server) -> None:
    result = ask(server, YES_NO)
    assert isinstance(result, Scored)
    assert result.logprobs == pytest.approx((math.log(math.exp(-0.25) + math.exp(-3.0)), -1.5))
    assert server.documents[0]["max_tokens"] == 1
    assert server.documents[0]["top_logprobs"] == 20


def test_a_server_that_shows_no_logprobs_cannot_score(server: Server) -> None:
    server.chat = lambda body: reply("Yes") if body.get("logprobs") else ordinary(body)
    remote = engine(server)
    assert remote.info.can == ("generate",)
    with pytest.raises(CapabilityMissing, match="score"):
        remote.run([YES_NO])
    assert server.documents == []


def test_a_server_that_shows_five_is_asked_for_five(server: Server) -> None:
    server.chat = lambda body: (
        Answer({"error": {"message": "top_logprobs at most 5"}}, status=400)
        if body.get("top_logprobs", 0) > 5
        else ordinary(body)
    )
    assert isinstance(ask(server, YES_NO), Scored)
    assert server.documents[0]["top_logprobs"] == 5


def test_a_server_that_refuses_logprobs_can_still_write(server: Server) -> None:
    server.chat = lambda body: (
        Answer(b"logprobs unsupported", status=400) if "logprobs" in body else ordinary(body)
    )
    assert engine(server).info.can == ("generate",)
    assert isinstance(ask(server, write("x")), Generated)


def test_what_is_configured_is_not_asked_for(server: Server) -> None:
    assert engine(server, logprobs=False).info.can == ("generate",)
    assert engine(server, logprobs=True).info.can == ("score", "generate")
    assert server.asked == []


def test_a_likelihood_is_never_offered(server: Server) -> None:
    with pytest.raises(CapabilityMissing, match="likelihood"):
        ask(server, Likelihood(prompt=Prompt(user="x"), text="y"))


GRAMMAR = 'start: "The court " ("upheld" | "overturned") " the ruling."'


@pytest.mark.parametrize("text", ["The court upheld the ruling.", "The court upheld the ruling.\n"])
def test_an_answer_that_follows_its_grammar(server: Server, text: str) -> None:
    server.chat = failing(reply(text))
    result = ask(server, write("x", grammar=GRAMMAR))
    assert result == Generated(text="The court upheld the ruling.", tokens=7)
    assert "grammar" not in server.documents[0]


@pytest.mark.parametrize(
    "text",
    ["Sure! The court upheld the ruling.", "The court upheld the ruling. It", "The court", ""],
)
def test_an_answer_that_breaks_its_grammar_is_a_failure(server: Server, text: str) -> None:
    server.chat = failing(reply(text))
    result = ask(server, write("x", grammar=GRAMMAR))
    assert isinstance(result, Failure)
    assert result.why == "grammar"


@pytest.mark.parametrize(
    ("grammar_field", "sent"),
    [
        ("grammar", {"grammar": f"%llguidance {{}}\n{GRAMMAR}"}),
        (
            "structured_outputs.grammar",
            {"structured_outputs": {"grammar": f"%llguidance {{}}\n{GRAMMAR}"}},
        ),
    ],
)
def test_a_server_that_takes_grammars_gets_them(
    server: Server, grammar_field: str, sent: Body
) -> None:
    options = {"grammar_field": grammar_field, "grammar_prefix": "%llguidance {}\n"}
    ask(server, write("x", grammar=GRAMMAR), **options)
    assert sent.items() <= server.documents[0].items()


def test_the_beginning_of_an_answer_is_continued_or_asked_for(server: Server) -> None:
    job = Generate(prompt=Prompt(user="Who won?", answer="The winner is "))
    server.chat = failing(reply("The winner is Oslo."), reply("Oslo."))
    asked, continued = ask(server, job), ask(server, job, prefill=True)
    assert asked == continued == Generated(text="Oslo.", tokens=7)
    assert "Begin your answer with: The winner is " in server.documents[0]["messages"][0]["content"]
    assert server.documents[1]["messages"][-1] == {
        "role": "assistant",
        "content": "The winner is ",
    }


def test_a_choice_inside_an_answer_needs_a_server_that_continues(server: Server) -> None:
    job = Score(prompt=Prompt(user="Who?", answer="It was "), choices=("Yes", "No"))
    result = ask(server, job)
    assert isinstance(result, Failure)
    assert result.why == "endpoint"
    assert isinstance(ask(server, job, prefill=True), Scored)
