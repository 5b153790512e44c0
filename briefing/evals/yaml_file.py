"""YAML files written by hand, read strictly, with the line of each entry for complaints.

Aliases are refused: a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import ValidationError

from briefing.errors import DocumentError
from briefing.types import Value

MAX_BYTES: Final = 1 << 24
_Kind = TypeVar("_Kind", bound=Value)


@dataclass(frozen=True)
class YamlFile:
    """A mapping that was read from ``path``; ``hint`` says where its format is described."""

    path: Path
    content: Mapping[str, Any]
    root: yaml.Node
    hint: str

    def as_value(self, kind: type[_Kind]) -> _Kind:
        """The content as a ``kind``. Raises: DocumentError naming file, line and entry."""
        try:
            return kind.model_validate(self.content)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            place = first["loc"]
            reason = first["msg"].removeprefix("Value error, ")
            if first["type"] == "extra_forbidden":
                reason = "there is no such key"
            raise self.wrong(place, reason) from error

    def wrong(self, place: Sequence[int | str], reason: str) -> DocumentError:
        """A complaint about the entry at ``place``, keys and indices from the top."""
        line, known = _line(self.root, place)
        name = ".".join(str(part) for part in known)
        where = f"{self.path}, line {line}: {name}: " if name else f"{self.path}: "
        return DocumentError(f"{where}{reason[:1].lower()}{reason[1:]}", self.hint)


def read(path: Path, hint: str) -> YamlFile:
    """Read the mapping in ``path``. Raises: DocumentError naming the file."""
    try:
        if path.is_file() and path.stat().st_size > MAX_BYTES:
            raise DocumentError(f"{path} is too large", f"At most {MAX_BYTES:,} bytes are read.")
        loader = PlainLoader(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}", hint) from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is not UTF-8 text", "Save it as UTF-8.") from error
    except yaml.YAMLError as error:
        raise _invalid(path, error, hint) from error
    try:
        root = loader.get_single_node()
        content = loader.construct_document(root) if root is not None else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # ValueError: no such date
        raise _invalid(path, error, hint) from error
    finally:
        loader.dispose()
    if root is None or not isinstance(content, dict):
        raise DocumentError(f"{path} has no keys: it is not a mapping", hint)
    return YamlFile(path, content, root, hint)


def _invalid(path: Path, error: Exception, hint: str) -> DocumentError:
    return DocumentError(f"{path} is not valid YAML: {' '.join(str(error).split())}", hint)


class PlainLoader(yaml.SafeLoader):
    """Safe YAML without aliases, in which no key is given twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse an alias, compose anything else."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not allowed")
        node: yaml.Node | None = super().compose_node(parent, index)
        return node

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a second value for a key: YAML would take the last in silence."""
        keys = [key.value for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                line = node.value[number][0].start_mark.line + 1
                raise yaml.YAMLError(f"line {line}: {key!r} is given twice")
        return super().construct_mapping(node, deep)


def _line(node: yaml.Node, place: Sequence[int | str]) -> tuple[int, tuple[int | str, ...]]:
    """The line of the entry at ``place``, and the part of ``place`` that leads to an entry.

    pydantic ends some places with the name of a type or of a key that is missing.
    """
    line, known = node.start_mark.line, list[int | str]()
    for part in place:
        key, found = _entry(node, part)
        if found is None or key is None:
            missing = isinstance(node, yaml.MappingNode) and part == place[-1]
            return line + 1, (*known, part) if missing else tuple(known)
        node, line = found, key.start_mark.line
        known.append(part)
    return line + 1, tuple(known)


def _entry(node: yaml.Node, part: int | str) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The node that begins an entry, and its value."""
    if isinstance(node, yaml.MappingNode):
        return next(((k, v) for k, v in node.value if k.value == str(part)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None, None
