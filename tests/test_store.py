import errno
import json
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import InternalError
from briefing.model.jobs import Generate, Prompt, Score
from briefing.store import NullStore, Store, key_of

PROMPT = Prompt(user="Was the ferry inspected?")


def aged(store: Store, key: str, days: float) -> None:
    path = next(store.root.rglob(key))
    moment = path.stat().st_mtime - days * 86_400
    os.utime(path, (moment, moment))


def file_of(store: Store, key: str) -> Path:
    return next(store.root.rglob(key))


def test_a_key_depends_on_all_parts_and_not_on_their_order() -> None:
    key = key_of("wave", model="a", seed=1)
    assert key == key_of("wave", seed=1, model="a")
    others = [
        key_of("wave", model="a", seed=2),
        key_of("wave", model="b", seed=1),
        key_of("other", model="a", seed=1),
        key_of("wave", model="a", seed="1"),
        key_of("wave", modela="", seed=1),
    ]
    assert len({key, *others}) == 6


def test_a_key_tells_jobs_of_different_kinds_apart() -> None:
    score = Score(prompt=PROMPT, choices=("Yes", "No"))
    assert key_of("wave", jobs=[score]) != key_of("wave", jobs=[Generate(prompt=PROMPT)])
    assert key_of("wave", jobs=[score]) == key_of("wave", jobs=[score.model_copy()])


def test_a_key_is_the_same_in_every_process() -> None:
    code = "from briefing.store import key_of\nprint(key_of('w', b=[1, 'é'], a={'y': 1, 'x': 2}))"
    environ = {**os.environ, "PYTHONHASHSEED": "7"}
    out = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ
    )
    assert out.stdout.strip() == key_of("w", a={"x": 2, "y": 1}, b=[1, "é"])


@pytest.mark.parametrize("kind", ["", "Wave", "../up", "a/b", "1a"])
def test_a_kind_is_a_name(kind: str) -> None:
    with pytest.raises(InternalError):
        key_of(kind, x=1)


@pytest.mark.parametrize("key", ["wave-00", "../../etc/passwd", "wave-" + "g" * 64, ""])
def test_what_is_no_key_is_never_a_path(tmp_path: Path, key: str) -> None:
    with pytest.raises(InternalError):
        Store(tmp_path).get(key)
    with pytest.raises(InternalError):
        Store(tmp_path).put(key, b"")


def test_a_value_nobody_can_hash_is_a_bug() -> None:
    with pytest.raises(TypeError, match="Path"):
        key_of("wave", path=Path("x"))


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_what_is_put_is_got(tmp_path_factory: pytest.TempPathFactory, value: bytes) -> None:
    root = tmp_path_factory.mktemp("store")
    key = key_of("wave", value=value.hex())
    assert Store(root).get(key) is None
    Store(root).put(key, value)
    assert Store(root).get(key) == value


def test_entries_are_private(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "store")
    (tmp_path / "deep" / "store" / "results").mkdir(parents=True, mode=0o755)
    store.put(key := key_of("wave", n=1), b"The witness gave her address.")
    path = file_of(store, key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "header"])
def test_a_damaged_entry_counts_as_missing_and_is_removed(tmp_path: Path, damage: str) -> None:
    store = Store(tmp_path)
    store.put(key := key_of("wave", n=1), b"twelve crew were rescued")
    path = file_of(store, key)
    data = path.read_bytes()
    path.write_bytes(
        {
            "flip": data[:-1] + bytes([data[-1] ^ 1]),
            "cut": data[:-3],
            "empty": b"",
            "header": b"X" + data[1:],
        }[damage]
    )
    assert store.get(key) is None
    assert not path.exists()
    assert len(store.warnings) == 1


def test_an_entry_under_another_key_is_damaged(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(key := key_of("wave", n=1), b"guilty")
    other = key_of("wave", n=2)
    store.put(other, b"not guilty")
    file_of(store, other).write_bytes(file_of(store, key).read_bytes())
    assert store.get(other) is None


def test_a_store_that_cannot_be_written_is_one_warning(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    store = Store(blocked / "store")
    for n in range(3):
        store.put(key_of("wave", n=n), b"x")
    assert len(store.warnings) == 1
    assert os.strerror(errno.ENOTDIR) in store.warnings[0]
    assert store.entries() == ()


def test_a_shard_that_cannot_be_written_is_one_warning(tmp_path: Path) -> None:
    store = Store(tmp_path)
    key = key_of("wave", n=1)
    (tmp_path / "results" / key.rpartition("-")[2][:2] / key).mkdir(parents=True)
    store.put(key, b"x")
    assert len(store.warnings) == 1
    assert str(tmp_path) in store.warnings[0]
    assert store.get(key) is None


def test_entries_name_kind_size_and_use(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(old := key_of("wave", n=1), b"a" * 100)
    store.put(new := key_of("parse", n=1), b"b" * 200)
    aged(store, old, days=3)
    assert [(e.key, e.kind) for e in store.entries()] == [(old, "wave"), (new, "parse")]
    assert store.size() == sum(e.bytes for e in store.entries())
    assert store.entries()[1].bytes - store.entries()[0].bytes == 100


def test_clear_removes_what_is_old_or_all(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(old := key_of("wave", n=1), b"a")
    store.put(new := key_of("wave", n=2), b"b")
    aged(store, old, days=40)
    assert [e.key for e in store.clear(timedelta(days=30))] == [old]
    assert store.get(new) == b"b"
    assert [e.key for e in store.clear()] == [new]
    assert store.size() == 0


def test_trim_removes_what_was_not_used_longest(tmp_path: Path) -> None:
    store = Store(tmp_path)
    keys = [key_of("wave", n=n) for n in range(4)]
    for age, key in enumerate(keys):
        store.put(key, b"x" * 100)
        aged(store, key, days=10 - age)
    assert store.get(keys[0]) is not None  # used now: the oldest becomes the latest
    each = store.entries()[0].bytes
    assert [e.key for e in store.trim(2 * each)] == [keys[1], keys[2]]
    assert store.trim(2 * each) == ()


def test_what_a_killed_process_left_is_swept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(key := key_of("wave", n=1), b"x")
    left = file_of(store, key).with_name(f".{key[:40]}.abc")
    left.write_bytes(b"half")
    store.trim()
    assert left.exists()  # it may be being written
    moment = left.stat().st_mtime - 7200
    os.utime(left, (moment, moment))
    store.trim()
    assert not left.exists()
    assert store.get(key) == b"x"


def test_two_processes_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from briefing.store import Store, key_of\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(60):\n"
        "    key = key_of('wave', n=n % 20)\n"
        "    store.put(key, b'v%d' % (n % 20) * 1000)\n"
        "    assert store.get(key) in (None, b'v%d' % (n % 20) * 1000)\n"
        "    if n % 15 == 0: store.trim(5000)\n"
        "print(store.warnings)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    running = [
        subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    outputs = [process.communicate(timeout=60) for process in running]
    assert outputs == [("[]\n", "")] * 3
    assert not list(tmp_path.rglob(".*"))


def test_the_null_store_keeps_nothing() -> None:
    store = NullStore()
    store.put(key := key_of("wave", n=1), b"x")
    assert store.get(key) is None
    assert store.trim() == ()
    assert json.dumps(store.warnings) == "[]"
