"""The sources of one judged document while they are being found, by every name it uses for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from briefing.evals.given import Given, canonical, find, read, try_read
from briefing.types import Source

IN_ORDER = "Sources are numbered in the order of the files of the given folder."


class Library:
    """Sources by id. What the command line gives comes before what the document names.

    ``missing`` says why a source that the document names is not here.
    """

    def __init__(self, given: Given, home: Path) -> None:
        """``home`` is the folder of the document. Raises: SourceError for a given file."""
        self._given = given
        self._home = home
        self._by_path: dict[Path, str] = {}
        self._aliases: dict[str, str] = {}
        self._listed: set[str] = set()
        self.sources: dict[str, Source] = {}
        self.missing: dict[str, str] = {}
        for key, path in given.named.items():
            self._put(read(path, key), path)

    @property
    def names(self) -> frozenset[str]:
        """Every id and name under which a source can be cited."""
        return frozenset((*self.sources, *self.missing, *self._aliases))

    def id_of(self, key: str) -> str:
        """The id of the source that is called ``key``; ``key`` itself where there is none."""
        key = canonical(key)
        return key if key in self.sources or key in self.missing else self._aliases.get(key, key)

    def listed(self, key: str, places: Sequence[str]) -> str:
        """The document says that ``key`` is at the first of ``places`` that leads to a file.

        Returns: the id of that source.
        """
        key = canonical(key)
        if key not in self.sources:
            self._name(key, places)
        return self.id_of(key)

    def noted(self, key: str, places: Sequence[str]) -> str:
        """The same for a footnote, which may repeat the id or the file of another source."""
        if canonical(key) in self._given.named:
            return canonical(key)
        known = next((place for place in places if self.id_of(place) in self.sources), None)
        return self.id_of(known) if known else self.listed(f"note {key}", places)

    def add(self, source: Source) -> None:
        """A source whose text the document holds itself."""
        if source.id not in self.sources:
            self.sources[source.id] = source

    def in_order(self) -> tuple[Source, ...]:
        """The sources, numbered ones in the order of their numbers, then the others by name."""

        def place(key: str) -> tuple[bool, int, str]:
            number = key[1:] if key[:1] == "S" and key[1:].isdigit() else ""
            return not number, int(number or 0), key

        return tuple(self.sources[key] for key in sorted(self.sources, key=place))

    def take_folder(self) -> bool:
        """Add the files of ``--sources`` that the document does not name itself.

        They are numbered in their order where no source that the document lists is here, and go
        by their file names otherwise. Returns: whether they were numbered.
        """
        numbered = not self._given.named and not self._listed
        for number, path in enumerate(self._given.files, 1):
            if path.resolve() in self._by_path:
                continue
            key = canonical(str(number)) if numbered else canonical(path.name)
            source = try_read(path, key)
            if isinstance(source, str):
                self.missing[key] = source
            else:
                self.missing.pop(key, None)
                self._put(source, path)
        return numbered and bool(self._given.files)

    def _name(self, key: str, places: Sequence[str]) -> None:
        reasons: list[str] = []
        for place in places:
            path = find(place, self._given, self._home)
            if isinstance(path, str):
                reasons.append(path)
                continue
            self._listed.add(key)
            if path.resolve() in self._by_path:
                self._aliases[key] = self._by_path[path.resolve()]
                return
            source = try_read(path, key)
            if not isinstance(source, str):
                self._put(source, path)
                return
            reasons.append(source)
        told = next((r for r in reasons if "is an address" in r or "lies outside" in r), None)
        self.missing[key] = told or next(iter(reasons), "nothing says which file it is")

    def _put(self, source: Source, path: Path) -> None:
        self.sources[source.id] = source
        self._by_path.setdefault(path.resolve(), source.id)
        for name in (path.name, path.stem):
            self._aliases.setdefault(canonical(name), source.id)
