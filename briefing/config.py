"""Settings: defaults < ``briefing.toml`` < environment (``BRIEFING_*``) < flags.

Every complaint names the key and where it was given. A ``briefing.toml`` that merely lies in the
working folder may have come with the documents, so it cannot lift what keeps documents on the
machine (``allow_remote``, ``allow_private_urls``): a flag, the environment, or a file named with
``--config`` can.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, JsonValue, ValidationError, field_validator

from briefing.errors import ConfigError
from briefing.types import Value

FILE_NAME = "briefing.toml"
PREFIX = "BRIEFING_"
API_KEY_VARIABLE = "BRIEFING_API_KEY"
"""Where an endpoint's key is looked for unless ``endpoint_options.api_key_env`` names another."""

_OTHER_VARIABLES = frozenset({"BRIEFING_HOME", "BRIEFING_DEBUG", API_KEY_VARIABLE})
_DELIBERATE = frozenset({"allow_remote", "allow_private_urls"})
_PATHS = ("model", "prompts", "template", "store_dir")
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class EndpointOptions(Value):
    r"""How to talk to an endpoint; table ``[endpoint_options]`` of ``briefing.toml``.

    ``api_key_env`` names the environment variable that holds the key. ``grammar_field`` is the
    request field that takes grammars, dotted where it is nested, and ``grammar_prefix`` what the
    server wants before a Lark grammar: ``grammar`` and ``%llguidance {}\n`` for a llama.cpp server
    built with llguidance, ``structured_outputs.grammar`` for vLLM. ``prefill`` says that the server
    continues an answer that the request begins. ``logprobs`` None is found out by asking.
    ``extra`` goes into every request as it is. Times are seconds.
    """

    api_key_env: str | None = None
    concurrency: int = Field(default=4, ge=1, le=256)
    timeout: float = Field(default=120.0, gt=0)
    retries: int = Field(default=4, ge=0, le=20)
    backoff: float = Field(default=0.5, ge=0)
    grammar_field: str | None = None
    grammar_prefix: str = ""
    prefill: bool = False
    logprobs: bool | None = None
    max_tokens_field: str = "max_tokens"
    extra: dict[str, JsonValue] = Field(default_factory=dict)

    @field_validator("api_key_env")
    @classmethod
    def _a_name(cls, value: str | None) -> str | None:
        if value is not None and not _NAMED.fullmatch(value):
            # Somebody may have put the key itself here: the value is not repeated.
            raise ValueError("this is the name of an environment variable, not the key itself")
        return value


class Settings(Value):
    """All that can be set.

    ``model`` None is the catalogue's default, or what the endpoint serves. ``prompts`` and
    ``template`` are names of ours or paths. ``threads`` None: the machine's physical cores.
    ``gpu_layers`` -1: all that fit. ``context`` is in tokens, None: planned from memory and jobs.
    ``max_read`` bounds the passages that the model reads, the other ``max_*`` the items of a
    section. ``language`` None: detected for each source.
    """

    model: str | None = None
    endpoint: str | None = None
    endpoint_options: EndpointOptions = EndpointOptions()
    allow_remote: bool = False
    offline: bool = False
    prompts: str = "default"
    template: str = "full"
    threads: int | None = Field(default=None, ge=1, le=1024)
    gpu_layers: int = Field(default=-1, ge=-1)
    context: int | None = Field(default=None, ge=512)
    seed: int = Field(default=0, ge=0, lt=2**32)
    store: bool = True
    store_dir: Path | None = None
    max_read: int = Field(default=400, ge=1)
    max_outcomes: int | None = Field(default=None, ge=1)
    max_quotes: int = Field(default=60, ge=0)
    max_questions: int | None = Field(default=None, ge=0)
    topic: str | None = None
    title: str | None = None
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    allow_private_urls: bool = False
    include_text: bool = True


_VARIABLES = {
    PREFIX + key.upper(): key for key in Settings.model_fields if key != "endpoint_options"
}


@dataclass(frozen=True)
class _Given:
    """A value, and where it was given, in words; ``inner`` says it for the keys of a table."""

    value: object
    origin: str
    inner: Mapping[str, str] = field(default_factory=dict)


def load(
    flags: Mapping[str, object],
    environ: Mapping[str, str],
    folder: Path,
    file: Path | None = None,
) -> Settings:
    """The settings that hold: ``flags`` (None: not given) over ``environ`` over the file.

    The file is ``file`` or, where it exists, ``briefing.toml`` in ``folder``. Relative paths in it
    that exist beside it are taken from there.

    Raises: ConfigError naming the key and its file and line, variable, or flag.
    """
    given = _from_file(folder, file)
    given |= _from_environment(environ)
    given |= {
        key: _Given(value, f"the flag {_flag(key)}")
        for key, value in flags.items()
        if value is not None
    }
    for key, item in given.items():
        if key not in Settings.model_fields:
            raise _unknown(key, item.origin, Settings.model_fields)
    try:
        settings = Settings.model_validate({key: item.value for key, item in given.items()})
    except ValidationError as error:
        raise _invalid(error, given) from error
    _check_variables(environ, settings)
    return settings


def _from_file(folder: Path, named: Path | None) -> dict[str, _Given]:
    path = named or folder / FILE_NAME
    text = _read(path, required=named is not None)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error
    given = {}
    for key, value in table.items():
        origin = f"{path}{_line(text, key)}"
        if named is None and key in _DELIBERATE and value:
            raise ConfigError(
                f"{key} ({origin}) is not taken from a {FILE_NAME} that lies in the working folder:"
                " it may have come with the documents",
                f"Give the flag {_flag(key)}, or name the file with --config.",
            )
        inner = value if isinstance(value, dict) else {}
        given[key] = _Given(
            _beside(path.parent, folder, key, value) if key in _PATHS else value,
            origin,
            {name: f"{path}{_line(text, name, table=key)}" for name in inner},
        )
    return given


def _read(path: Path, *, required: bool) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        if not required:
            return ""
        raise ConfigError(f"{path} does not exist", "Check the path after --config.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error


def _beside(home: Path, folder: Path, key: str, value: object) -> object:
    """``value`` as a path from the file's folder, if it is one there; names stay names."""
    if not isinstance(value, str):
        return value
    path = home / Path(value).expanduser()
    if home.resolve() != folder.resolve() and (key == "store_dir" or path.exists()):
        return str(path.absolute())
    return value


def _from_environment(environ: Mapping[str, str]) -> dict[str, _Given]:
    return {
        key: _Given(environ[variable], f"the environment variable {variable}")
        for variable, key in _VARIABLES.items()
        if environ.get(variable)
    }


def _check_variables(environ: Mapping[str, str], settings: Settings) -> None:
    """A misspelt variable would be ignored in silence."""
    known = {*_VARIABLES, *_OTHER_VARIABLES, settings.endpoint_options.api_key_env}
    for variable in environ:
        if variable.startswith(PREFIX) and variable not in known:
            raise ConfigError(
                f"the environment variable {variable} is no setting",
                _nearest(variable, _VARIABLES),
            )


def _unknown(key: str, origin: str, known: Mapping[str, object]) -> ConfigError:
    return ConfigError(f"{key} ({origin}) is no setting", _nearest(key, known))


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(sorted(known))}."


def _invalid(error: ValidationError, given: Mapping[str, _Given]) -> ConfigError:
    """The first complaint, in words; a value is repeated only where it can be no secret."""
    first = error.errors(include_url=False)[0]
    key, *inner = (str(part) for part in first["loc"])
    origin = given[key].inner.get(inner[0], given[key].origin) if inner else given[key].origin
    if first["type"] == "extra_forbidden":
        return _unknown(inner[-1], origin, EndpointOptions.model_fields)
    value = first["input"]
    shown = f" = {value!r}" if isinstance(value, bool | int | float) else ""
    reason = first["msg"].removeprefix("Value error, ")
    name = ".".join([key, *inner])
    return ConfigError(f"{name}{shown} ({origin}): {reason[:1].lower()}{reason[1:]}")


def _flag(key: str) -> str:
    return f"--{key.replace('_', '-')}"


def _line(text: str, key: str, table: str = "") -> str:
    """``, line 3`` where ``key`` of ``table`` is set; empty where that is not plain to see."""
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[+([^\]]*)\]", line)
        inside = header[1].strip() if header else inside
        if (inside == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line)) or (
            header and inside == key and not table
        ):
            return f", line {number}"
    return ""
