"""The OpenAI chat format: from jobs to requests, from replies to results. Nothing here is sent.

A chat endpoint shows no log-probabilities of a whole choice, only of the likeliest first tokens of
its own answer. So a choice is scored by its first token: by the longest token in that list that
begins this choice and no other, summed over its spellings with and without leading space. A choice
whose first token is not in the list is at most as likely as the least likely token there and gets
that bound, which makes a margin smaller and never larger. Choices that begin alike, or of which
none is in the list, cannot be scored and fail.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import llguidance
from pydantic import BaseModel, ConfigDict, ValidationError

from briefing.config import EndpointOptions
from briefing.errors import CapabilityMissing
from briefing.model.jobs import Failure, Generate, Generated, Job, Prompt, Result, Score, Scored

Body = dict[str, Any]

_TOO_LONG = ("context_length_exceeded", "exceed_context_size", "maximum context length")
_FILTERED = ("content_filter", "content_policy", "responsibleaipolicyviolation")
_BYTES = llguidance.LLTokenizer("byte")
"""Every byte a token: grammars are checked without any model's vocabulary."""


class _Lenient(BaseModel):
    """Part of a reply: what is not used here is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Token(_Lenient):
    token: str
    logprob: float


class _Position(_Lenient):
    top_logprobs: tuple[_Token, ...] = ()


class _Logprobs(_Lenient):
    content: tuple[_Position, ...] | None = None


class _Message(_Lenient):
    content: str | None = None
    refusal: str | None = None


class _Choice(_Lenient):
    message: _Message
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Usage(_Lenient):
    completion_tokens: int | None = None


class _Reply(_Lenient):
    choices: tuple[_Choice, ...]
    usage: _Usage | None = None


def request(job: Job, model: str, options: EndpointOptions, top: int) -> Body:
    """The body of a chat request; ``top`` is how many likely tokens to ask for when scoring.

    Raises: CapabilityMissing for a likelihood: no chat endpoint scores a given text.
    """
    body: Body = {**options.extra, "model": model, "messages": _messages(job.prompt, options)}
    if job.prompt.answer and options.prefill:
        body |= {"add_generation_prompt": False, "continue_final_message": True}
    match job:
        case Score():
            asked = {"temperature": 0.0, "logprobs": True, "top_logprobs": top}
            return body | asked | {options.max_tokens_field: 1}
        case Generate():
            body |= {"temperature": job.temperature, options.max_tokens_field: job.max_tokens}
            if job.temperature > 0:
                body["seed"] = job.seed
            if job.grammar is not None and options.grammar_field:
                _put(body, options.grammar_field, options.grammar_prefix + job.grammar)
            return body
        case _:
            raise CapabilityMissing(f"a chat endpoint cannot do this: {job.kind}")


def result(job: Job, options: EndpointOptions, status: int, text: str) -> Result:
    """What a reply says in answer to ``job``; anything unexpected is a :class:`Failure`."""
    if status != 200:
        return _error(status, text)
    try:
        reply = _Reply.model_validate_json(text)
    except ValidationError:
        return Failure(why="endpoint", detail="the reply is no chat completion")
    if not reply.choices:
        return Failure(why="endpoint", detail="the reply holds no answer")
    choice = reply.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter":
        return Failure(why="refused", detail=choice.message.refusal or "stopped by a filter")
    if isinstance(job, Score):
        return _scored(job, options, choice)
    return _generated(job, choice, reply.usage) if isinstance(job, Generate) else _unasked(job)


def offers_logprobs(text: str) -> bool:
    """Whether the reply to a probe shows likely first tokens."""
    try:
        reply = _Reply.model_validate_json(text)
    except ValidationError:
        return False
    return bool(reply.choices) and bool(_first_tokens(reply.choices[0]))


def mismatch(grammar: str, text: str) -> str:
    """Why ``text`` is no complete answer under ``grammar`` (Lark); empty if it is one."""
    matcher = llguidance.LLMatcher(
        _BYTES, llguidance.LLMatcher.grammar_from_lark(grammar), log_level=0
    )
    if matcher.is_error():
        return f"the grammar is wrong: {matcher.get_error()}"
    data = text.encode("utf-8", "replace")
    followed = matcher.try_consume_tokens(list(data))
    if followed < len(data):
        return f"the grammar forbids what follows {data[:followed].decode('utf-8', 'ignore')!r}"
    return "" if matcher.is_accepting() else "the answer ends before the grammar allows it"


def first_token_scores(choices: Sequence[str], top: Sequence[tuple[str, float]]) -> list[float]:
    """Log-probability of each choice by its first token; see the top of this file.

    Raises: ValueError saying why these choices cannot be scored from this list.
    """
    tokens = [(token.lstrip(), logprob) for token, logprob in top if token.strip()]
    wanted = [choice.lstrip() for choice in choices]
    found = [_first_token_score(choice, wanted, tokens) for choice in wanted]
    if all(score is None for score in found):
        raise ValueError(f"none of the choices is among the {len(top)} likeliest beginnings")
    bound = min(logprob for _, logprob in top)
    return [bound if score is None else score for score in found]


def _first_token_score(
    choice: str, choices: Sequence[str], tokens: Sequence[tuple[str, float]]
) -> float | None:
    """None where no token of the list begins ``choice``. Raises: ValueError if it begins others."""
    begins = [token for token, _ in tokens if choice.startswith(token)]
    own = [token for token in begins if sum(other.startswith(token) for other in choices) == 1]
    if begins and not own:
        raise ValueError("the choices begin alike")
    if not own:
        return None
    longest = max(own, key=len)
    spellings = [logprob for token, logprob in tokens if token == longest]
    high = max(spellings)
    return high + math.log(sum(math.exp(logprob - high) for logprob in spellings))


def _messages(prompt: Prompt, options: EndpointOptions) -> list[dict[str, str]]:
    messages = [{"role": "system", "content": prompt.system}] if prompt.system else []
    user = prompt.user
    if prompt.answer and not options.prefill:
        user += f"\n\nBegin your answer with: {prompt.answer}"
    messages.append({"role": "user", "content": user})
    if prompt.answer and options.prefill:
        messages.append({"role": "assistant", "content": prompt.answer})
    return messages


def _put(body: Body, path: str, value: str) -> None:
    """Set the dotted ``path`` in ``body``, without changing what ``extra`` put there."""
    head, _, rest = path.partition(".")
    if not rest:
        body[head] = value
        return
    inner = dict(body.get(head) or {})
    _put(inner, rest, value)
    body[head] = inner


def _scored(job: Score, options: EndpointOptions, choice: _Choice) -> Result:
    if job.prompt.answer and not options.prefill:
        detail = "a choice after the beginning of an answer needs a server that continues answers"
        return Failure(why="endpoint", detail=detail)
    top = _first_tokens(choice)
    if not top:
        return Failure(why="endpoint", detail="the server shows no log-probabilities")
    try:
        scores = first_token_scores(job.choices, top)
    except ValueError as error:
        return Failure(why="grammar", detail=str(error))
    return Scored(logprobs=tuple(scores), tokens=(1,) * len(scores))


def _generated(job: Generate, choice: _Choice, usage: _Usage | None) -> Result:
    text = choice.message.content
    if choice.finish_reason == "length":
        return Failure(why="length", detail=f"cut at {job.max_tokens} tokens")
    if text is None:
        return Failure(why="endpoint", detail=f"no text, but {choice.finish_reason or 'nothing'}")
    text = text.removeprefix(job.prompt.answer)
    if job.grammar is not None:
        complaint = mismatch(job.grammar, text)
        # Free-running models end in a line end; that is no part of what they say.
        if complaint and mismatch(job.grammar, text.strip()):
            return Failure(why="grammar", detail=complaint)
        text = text.strip() if complaint else text
    tokens = usage.completion_tokens if usage and usage.completion_tokens else 0
    return Generated(text=text, tokens=tokens)


def _unasked(job: Job) -> Failure:
    return Failure(why="endpoint", detail=f"a chat endpoint cannot do this: {job.kind}")


def _first_tokens(choice: _Choice) -> list[tuple[str, float]]:
    positions = (choice.logprobs and choice.logprobs.content) or ()
    first = positions[0].top_logprobs if positions else ()
    return [(entry.token, entry.logprob) for entry in first if math.isfinite(entry.logprob)]


def _error(status: int, text: str) -> Failure:
    lowered = text.lower()
    if any(sign in lowered for sign in _TOO_LONG):
        return Failure(why="context", detail=f"HTTP {status}: {text}")
    if any(sign in lowered for sign in _FILTERED):
        return Failure(why="refused", detail=f"HTTP {status}: {text}")
    return Failure(why="endpoint", detail=f"HTTP {status}: {text}")
