"""From a :class:`~briefing.model.jobs.Prompt` to token ids, by the template in the model's file.

A document may contain ``<|im_end|>`` or whatever else a model takes for control tokens. So the
template is rendered with place holders, and only the template's own text is read for control
tokens; what people and documents wrote is tokenized as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.errors import ModelUnusable
from briefing.model.jobs import Prompt

Tokenize = Callable[[str, bool], list[int]]
_SYSTEM, _USER = "\ue0f0system\ue0f1", "\ue0f0user\ue0f1"
_HOLES = re.compile(f"({_SYSTEM}|{_USER})")
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "<|im_start|>assistant{{ '\\n' }}"  # Jinja drops a line end that ends a template
)


class ChatFormat:
    """A model's chat format. Thinking modes are turned off where the template has them.

    Raises: ModelUnusable where the template cannot be rendered.
    """

    def __init__(self, template: str | None, bos: str = "", eos: str = "") -> None:
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.loopcontrols"],  # some templates break and continue
        )
        environment.globals["raise_exception"] = _refuse
        # A fixed day: some templates print today's date, which would change results daily.
        environment.globals["strftime_now"] = date(2024, 1, 1).strftime
        try:
            self._template = environment.from_string(template or CHATML)
        except JinjaError as error:
            raise ModelUnusable(f"the model's chat template is broken: {error}") from error
        self._special = {"bos_token": bos, "eos_token": eos}
        self._frames: dict[bool, list[str]] = {}

    def tokens(self, prompt: Prompt, tokenize: Tokenize) -> list[int]:
        """Token ids of ``prompt`` up to where the answer goes on."""
        ids: list[int] = []
        for part in self._frame(bool(prompt.system)):
            if part == _SYSTEM:
                ids += tokenize(prompt.system, False)
            elif part == _USER:
                ids += tokenize(prompt.user, False)
            elif part:
                ids += tokenize(part, True)
        return ids + (tokenize(prompt.answer, False) if prompt.answer else [])

    def _frame(self, with_system: bool) -> list[str]:
        if with_system not in self._frames:
            self._frames[with_system] = _HOLES.split(self._render(with_system))
        return self._frames[with_system]

    def _render(self, with_system: bool) -> str:
        user = {"role": "user", "content": _USER}
        tries = [[{"role": "system", "content": _SYSTEM}, user]] if with_system else [[user]]
        if with_system:
            # Some templates refuse a system message: then it goes before the user's.
            tries.append([{"role": "user", "content": f"{_SYSTEM}\n\n{_USER}"}])
        reason = ""
        for messages in tries:
            try:
                text = self._template.render(
                    messages=messages,
                    add_generation_prompt=True,
                    enable_thinking=False,
                    **self._special,
                )
            except (JinjaError, TypeError, ValueError) as error:
                reason = str(error)
                continue
            if _USER in text and (_SYSTEM in text or not with_system):
                return text
            reason = "it drops messages"
        raise ModelUnusable(
            f"the model's chat template cannot be used: {reason}",
            "Take an instruction-tuned model from `briefing models list`.",
        )


def _refuse(message: str) -> None:
    raise ValueError(message)
