"""The Jinja environment that templates of strangers run in.

They cannot reach Python, change values, count for ever, or fill the memory. What one step makes of
what it is given is bounded before it is made where it could be many times as long (a width, a
repetition, a replacement); what all steps of a rendering make together is counted as it is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from string import Formatter
from typing import Any, Final, cast

import jinja2
from jinja2 import nodes, sandbox
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError

MAX_WORK: Final = 50_000_000
"""Characters that the steps of one rendering may make, whether they are written or not."""
_MAX_STEP: Final = 10_000_000
"""Characters, or parts of a list, that one step may make."""
_PART: Final = 200
"""Characters that a part of a list counts for, beside its own."""
_MAX_REPEAT: Final = 1_000_000
_MAX_BITS: Final = 10_000
_NUMBER: Final = re.compile(r"\d+")
_PERCENT: Final = re.compile(r"%(?:\([^)]*\))?[#0\- +]*(\*|\d*)(?:\.(\*|\d*))?")


class Sandbox(sandbox.ImmutableSandboxedEnvironment):
    """An environment for templates that nobody has vouched for; for one thread at a time."""

    intercepted_binops = frozenset(["+", "%", "*", "**"])

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Jinja's own)
        inner = options.pop("finalize", None)
        super().__init__(**options, finalize=lambda value: self._shown(value, inner))
        self.code_generator_class = _Generator
        self.globals["range"] = self._range
        del self.globals["lipsum"], self.filters["center"]  # any length for a small number
        self.begin()
        for name, made in list(self.filters.items()):
            self.filters[name] = self._guarded(name, made)

    def begin(self) -> None:
        """Count from nothing: a rendering begins."""
        self._steps = 0
        self._work = 0

    def made(self, value: Any) -> Any:  # noqa: ANN401 (templates make anything)
        """``value``, counted. Raises: SecurityError where it, or all together, is too much."""
        if isinstance(value, str | bytes | list | tuple):
            size = len(value)
            self._work += size
            if size > _MAX_STEP or self._work > MAX_WORK:
                raise SecurityError("it makes too long a text")
        return value

    def joined(self, join: Callable[[Iterable[Any]], str], parts: tuple[Any, ...]) -> str:
        """What ``~`` makes of ``parts``."""
        _weigh(parts)
        return cast("str", self.made(join(parts)))

    def call(
        self,
        context: jinja2.runtime.Context,
        function: Any,  # noqa: ANN401
        *args: Any,  # noqa: ANN401
        **options: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Call ``function`` unless what it is given asks for a huge result."""
        given = (*args, *options.values())
        _weigh(given)
        if any(isinstance(value, int) and value > _MAX_REPEAT for value in given):
            raise SecurityError("the result of a call may be too large")
        own = getattr(function, "__self__", None)
        if isinstance(own, str | bytes):
            _check_growth(getattr(function, "__name__", ""), own, given)
        return self.made(super().call(context, function, *args, **options))

    def call_binop(
        self,
        context: jinja2.runtime.Context,
        operator: str,
        left: Any,  # noqa: ANN401 (templates calculate with anything)
        right: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Calculate ``left operator right`` unless the result could be huge."""
        if operator == "%" and isinstance(left, str):
            _check_percent(left)
            _weigh(right)
        sizes = [len(side) for side in (left, right) if hasattr(side, "__len__")]
        times = [side for side in (left, right) if isinstance(side, int)]
        repeated = operator == "*" and any(n * t > _MAX_REPEAT for n in sizes for t in times)
        long = operator == "*" and sum(n.bit_length() for n in times) > _MAX_BITS
        if operator == "**" or repeated or long:
            raise SecurityError(f"the result of {operator!r} may be too large")
        return self.made(super().call_binop(context, operator, left, right))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:  # noqa: ANN401
        """``str.format`` without huge widths, nor widths that stand in values."""
        inner = super().wrap_str_format(value)
        if inner is None:
            return None
        pattern = str(value.__self__)

        @wraps(inner)
        def checked(*args: object, **options: object) -> str:
            for _, _, spec, _ in Formatter().parse(pattern):
                if spec and ("{" in spec or _huge(_NUMBER.findall(spec))):
                    raise SecurityError("a width in a format may be too large")
            return inner(*args, **options)

        return checked

    def _range(self, *limits: int) -> range:
        """``range``, with an end to the steps that all loops make together."""
        steps = sandbox.safe_range(*limits)
        self._steps += len(steps)
        if self._steps > _MAX_REPEAT:
            raise SecurityError(f"loops make more than {_MAX_REPEAT:,} steps")
        return steps

    def _guarded(self, name: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        """The filter ``inner`` with what it is given checked and what it makes counted."""
        first = int(hasattr(inner, "jinja_pass_arg"))

        @wraps(inner)
        def guarded(*args: Any, **options: Any) -> Any:  # noqa: ANN401
            own, given = args[first], (*args[first + 1 :], *options.values())
            if name == "join" and not isinstance(own, str):
                own = list(own)
                args = (*args[:first], own, *args[first + 1 :])
            _weigh((own, given))
            if name == "format":
                _check_percent(str(own))
            _check_growth(name, own, given)
            if any(isinstance(value, int) and value > _MAX_REPEAT for value in given):
                raise SecurityError(f"the result of {name!r} may be too large")
            return self.made(inner(*args, **options))

        return guarded

    def _shown(self, value: Any, inner: Callable[[Any], Any] | None) -> Any:  # noqa: ANN401
        """What ``{{ value }}`` writes."""
        _weigh(value)
        return self.made(inner(value) if inner else value)


class _Generator(CodeGenerator):
    """Lets the environment count what ``~`` makes."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 (Jinja's own)
        """Write the joining of texts as a call of :meth:`Sandbox.joined`."""
        escaping: object = frame.eval_ctx.autoescape
        if frame.eval_ctx.volatile:
            escaping = "context.eval_ctx.autoescape"
        self.write(f"environment.joined(markup_join if {escaping} else str_join, (")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _weigh(value: object, budget: int = _MAX_STEP) -> int:
    """What is left of ``budget`` after all of ``value``, lists in lists as often as they appear.

    Raises: SecurityError where nothing is: a list that holds another twice, and so on, is short and
    yet without end when it is written.
    """
    if isinstance(value, str | bytes):
        budget -= len(value)
    elif isinstance(value, dict):
        budget = _weigh(tuple(value.items()), budget)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            budget = _weigh(each, budget - _PART)
    if budget < 0:
        raise SecurityError("a value is too long")
    return budget


def _check_growth(name: str, own: Any, given: Iterable[Any]) -> None:  # noqa: ANN401
    """Refuse what can make a text many times as long. Raises: SecurityError."""
    values = list(given)
    sizes = [len(v) if hasattr(v, "__len__") else v for v in values if isinstance(v, str | int)]
    most = max(sizes, default=1)
    length = len(own) if hasattr(own, "__len__") else 1
    match name:
        case "replace" if len(values) > 1 and isinstance(own, str):
            made = (own.count(str(values[0])) + 1) * len(str(values[1]))
        case "indent" if isinstance(own, str):
            made = (own.count("\n") + 1) * most
        case "tojson":
            made = length * min(most, _MAX_STEP) if most > 100 else 0
        case "join" if isinstance(own, str | bytes) and values:
            made = length * len(values[0]) if hasattr(values[0], "__len__") else length * 1000
        case "join" | "expandtabs" | "wordwrap" | "urlize":
            made = length * most
        case "translate" if values and isinstance(values[0], Mapping):
            made = length * max((len(str(v)) for v in values[0].values()), default=1)
        case _:
            return
    if made > _MAX_STEP:
        raise SecurityError(f"the result of {name!r} may be too large")


def _check_percent(pattern: str) -> None:
    if any("*" in found or _huge(found) for found in _PERCENT.findall(pattern)):
        raise SecurityError("a width in a format may be too large")


def _huge(numbers: Iterable[str]) -> bool:
    return any(len(each) > 9 or int(each or 0) > _MAX_REPEAT for each in numbers)
