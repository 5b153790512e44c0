"""Files from the Hugging Face hub, without telemetry and without its cache.

huggingface-hub knows the user's hub, token and proxy and what the hub says of a file. The bytes are
fetched here, because its own download (2.4) begins anew after every interruption, and the largest
file of the catalogue has 19 GB.
"""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from types import ModuleType

from briefing.errors import ModelMissing, UserError
from briefing.model.catalogue import HubSource
from briefing.types import Sha256, Value

CONNECT_SECONDS = 5.0
READ_SECONDS = 30.0
RETRY_SECONDS = 1.0
ATTEMPTS = 5
"""Tries in a row that bring nothing, before giving up."""
_SPEC = re.compile(
    r"(?P<repo>[\w-][\w.-]*/[\w-][\w.-]*):(?P<file>[\w-][\w./-]*\.gguf)(?:@(?P<revision>[\w][\w./-]*))?"
)
_SPLIT = re.compile(r"-\d{5}-of-\d{5}\.gguf$")


class HubFile(Value):
    """What the hub says of a file: pinned commit, size and hash."""

    source: HubSource
    bytes: int
    sha256: Sha256


def parse(spec: str) -> HubSource | None:
    """Read ``owner/repo:file.gguf[@revision]``; None where it is something else.

    Raises: UserError for one part of a split file, which is no model by itself.
    """
    match = _SPEC.fullmatch(spec)
    if match is None or ".." in Path(match["file"]).parts:
        return None
    refuse_split(match["file"])
    return HubSource(repo=match["repo"], file=match["file"], revision=match["revision"] or "main")


def refuse_split(file: str) -> None:
    """Raise UserError where ``file`` is one part of several: its hash would not be the model's."""
    if _SPLIT.search(file):
        raise UserError(
            f"{file} is one part of a split model",
            "Merge the parts with llama.cpp's `llama-gguf-split --merge` and give the whole file.",
        )


def download(source: HubSource, folder: Path, endpoint: str | None = None) -> Path:
    """Download the file into ``folder``; what is there of it from an earlier try is continued.

    ``endpoint`` is the address of another hub than the user's configured one.

    Raises: ModelMissing where the hub cannot be reached or has no such file.
    """
    import httpx  # late, as in _append: `locate` and `--help` need none of it

    found = lookup(source, endpoint)  # fails within seconds where there is no way to the hub
    path = folder / source.file
    path.parent.mkdir(parents=True, exist_ok=True)
    patience = ATTEMPTS
    while (have := _size(path)) < found.bytes:
        try:
            _append(path, have, found.source, endpoint)
        except httpx.HTTPError as error:
            patience = patience - 1 if _size(path) <= have else ATTEMPTS
            if not patience or isinstance(error, httpx.HTTPStatusError):
                raise _unavailable(source, error) from error
            time.sleep(RETRY_SECONDS)
    return path


def lookup(source: HubSource, endpoint: str | None = None) -> HubFile:
    """Ask the hub for commit, size and hash of a file.

    Raises: ModelMissing where the hub cannot be reached or has no such file.
    """
    library = _library()
    url = library.hf_hub_url(source.repo, source.file, revision=source.revision, endpoint=endpoint)
    try:
        found = library.get_hf_file_metadata(
            url, timeout=CONNECT_SECONDS, token=library.get_token(), endpoint=endpoint
        )
        pinned = source.model_copy(update={"revision": found.commit_hash or source.revision})
        return HubFile(source=pinned, bytes=found.size, sha256=found.etag)
    except Exception as error:
        raise _unavailable(source, error) from error


def _append(path: Path, have: int, source: HubSource, endpoint: str | None) -> None:
    """Append what follows the first ``have`` bytes; start over where the server ignores that."""
    import httpx

    library = _library()
    url = library.hf_hub_url(source.repo, source.file, revision=source.revision, endpoint=endpoint)
    headers = {**library.utils.build_hf_headers(), "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    with (
        httpx.stream("GET", url, headers=headers, timeout=timeout, follow_redirects=True) as answer,
        path.open("ab") as file,
    ):
        answer.raise_for_status()
        if answer.status_code != httpx.codes.PARTIAL_CONTENT:
            file.truncate(0)
        for chunk in answer.iter_bytes():
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _library() -> ModuleType:
    """huggingface-hub, imported late (``--help`` needs none of it) and told to be quiet."""
    # subtle: its settings are read from the environment once, at import
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    import huggingface_hub

    return huggingface_hub


def _unavailable(source: HubSource, error: Exception) -> ModelMissing:
    # The library's errors derive from those of its HTTP client, which changed between versions, so
    # they are caught as Exception; the first line is the part meant for people.
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    return ModelMissing(
        f"the Hugging Face hub did not deliver {source.repo} {source.file}: {first}",
        "Check the network or proxy, and the names of repository, file and revision.",
    )
