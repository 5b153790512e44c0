from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from briefing import atomic
from briefing.errors import UserError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_text_is_written_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    atomic.write_text(path, "a\r\nb\né\n")
    assert path.read_bytes() == "a\r\nb\né\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_follows_the_umask_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    old.write_bytes(b"")
    old.chmod(0o640)
    before = os.umask(0o027)
    try:
        atomic.write_bytes(new, b"1")
        atomic.write_bytes(old, b"2")
    finally:
        os.umask(before)
    assert (mode(new), mode(old)) == (0o640, 0o640)
    assert old.read_bytes() == b"2"


def test_a_private_file_is_the_owners(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"")
    path.chmod(0o644)
    atomic.write_bytes(path, b"x", private=True)
    assert mode(path) == 0o600


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target = tmp_path / "real" / "briefing.md"
    target.write_bytes(b"old")
    link = tmp_path / "latest.md"
    link.symlink_to(target)
    atomic.write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "hint"), [("folder", "It is a folder"), ("missing/out.md", "folder exists")]
)
def test_what_cannot_be_written_is_named_and_leaves_nothing(
    name: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(UserError) as caught:
        atomic.write_bytes(tmp_path / name, b"x")
    assert str(tmp_path / name) in caught.value.message
    assert hint in caught.value.hint
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def test_a_text_that_is_no_utf8_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    path.write_bytes(b"old")
    with pytest.raises(UnicodeEncodeError):
        atomic.write_text(path, "\ud800")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 120 + ".md")
    atomic.write_bytes(path, b"x")
    assert path.read_bytes() == b"x"
