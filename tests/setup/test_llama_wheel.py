"""The wheel of llama-cpp-python: compiled once, tried out, and compiled otherwise where it fails.

A stand-in for the environment's Python answers ``-m pip wheel`` with a made-up wheel.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.journal import Journal, SetupError
from scripts.llama_wheel import (
    PORTABLE,
    Machine,
    build_jobs,
    cache_folder,
    cached_wheel,
    provide,
    run_self_test,
)
from scripts.toolchain import Compiler, Cpu

STAND_IN = """#!{python}
import json, os, sys
from pathlib import Path
args = sys.argv[1:]
with Path({calls!r}).open("a") as calls:
    calls.write(json.dumps([*args, os.environ.get("CMAKE_ARGS", "")]) + "\\n")
if args[2] == "wheel":
    folder = Path(args[args.index("-w") + 1])
    folder.mkdir()
    if Path({refuse!r}).exists():
        sys.exit("no compiler")
    (folder / "llama_cpp_python-1-py3-none-any.whl").write_text("a wheel")
"""


class Calls:
    """What pip was asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def of(self, verb: str) -> list[list[str]]:
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        return [call for call in map(json.loads, lines) if call[2] == verb]

    @property
    def cmake_args(self) -> list[str]:
        return [call[-1] for call in self.of("wheel")]


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    return Calls(tmp_path / "calls")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    python = tmp_path / "python"
    python.write_text(
        STAND_IN.format(
            python=sys.executable, calls=str(tmp_path / "calls"), refuse=str(tmp_path / "refuse")
        ),
        encoding="utf-8",
    )
    python.chmod(0o755)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "llama.txt").write_text("llama-cpp-python==1", encoding="utf-8")
    return Machine(
        root=tmp_path,
        python=python,
        cache=tmp_path / "wheels",
        cpu=Cpu("some CPU", frozenset({"avx2"})),
        compiler=Compiler(("/nowhere/c++",), "c++ 1.0"),
        env={"CMAKE_ARGS": "-DGGML_CUDA=on"},
    )


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "setup.log", lambda _: None)


def verdicts(*problems: str | None) -> Callable[[Path, Path], str | None]:
    """A self-test that ends so, one after another."""
    left = list(problems)
    return lambda _python, _root: left.pop(0)


def test_it_is_compiled_once_and_then_taken_from_the_cache(
    machine: Machine, journal: Journal, calls: Calls
) -> None:
    provide(machine, journal, verdicts(None))
    provide(machine, journal, verdicts(None))
    assert len(calls.of("wheel")) == 1
    assert len(calls.of("install")) == 2


def test_pip_compiles_from_the_locked_source_and_never_from_its_own_cache(
    machine: Machine, journal: Journal, calls: Calls
) -> None:
    provide(machine, journal, verdicts(None))
    (call,) = calls.of("wheel")
    assert {"--no-cache-dir", "--no-binary", "--require-hashes", "--no-deps"} <= set(call)
    assert "-DGGML_CUDA=on" in call[-1]


def test_another_cpu_compiler_lock_or_wish_is_another_wheel(machine: Machine) -> None:
    others = [
        replace(machine, cpu=Cpu("another CPU", machine.cpu.features)),
        replace(machine, cpu=Cpu("some CPU", frozenset({"avx512f"}))),
        replace(machine, compiler=Compiler(("/nowhere/c++",), "c++ 2.0")),
        replace(machine, compiler=Compiler(("/nowhere/clang++",), "c++ 1.0")),
        replace(machine, env={"CMAKE_ARGS": ""}),
        replace(machine, env={**machine.env, "CXXFLAGS": "-O1"}),
    ]
    before = machine.key
    assert len({before, *(other.key for other in others)}) == 7
    assert before == replace(machine, env={**machine.env, "TERM": "dumb"}).key
    machine.lock.write_text("llama-cpp-python==2", encoding="utf-8")
    assert machine.key != before


def test_a_cached_wheel_that_fails_is_replaced(
    machine: Machine, journal: Journal, calls: Calls
) -> None:
    provide(machine, journal, verdicts(None))
    provide(machine, journal, verdicts("killed by SIGILL", None))
    assert len(calls.of("wheel")) == 2
    assert cached_wheel(machine.cache / machine.key)


def test_a_wheel_altered_in_the_cache_is_not_used(
    machine: Machine, journal: Journal, calls: Calls
) -> None:
    provide(machine, journal, verdicts(None))
    wheel = cached_wheel(machine.cache / machine.key)
    assert wheel
    wheel.write_text("something else", encoding="utf-8")
    assert cached_wheel(wheel.parent) is None
    provide(machine, journal, verdicts(None))
    assert len(calls.of("wheel")) == 2


def test_a_build_that_fails_its_test_is_followed_by_a_careful_one_that_is_kept(
    machine: Machine, journal: Journal, calls: Calls
) -> None:
    provide(machine, journal, verdicts("killed by SIGILL", None))
    assert [PORTABLE in args for args in calls.cmake_args] == [False, True]
    provide(machine, journal, verdicts(None))
    assert len(calls.of("wheel")) == 2


def test_a_cpu_with_amx_has_one_more_way_without_it(
    machine: Machine, journal: Journal, calls: Calls
) -> None:
    refuses_the_probe = Compiler((str(shutil.which("false")),), "")
    amx = replace(machine, cpu=Cpu("AMX", frozenset({"amx_tile"})), compiler=refuses_the_probe)
    provide(amx, journal, verdicts("killed", "killed", None))
    assert ["-U__AMX_TILE__" in args for args in calls.cmake_args] == [False, True, False]
    assert [PORTABLE in args for args in calls.cmake_args] == [False, False, True]


def test_where_no_way_works_nothing_is_kept_and_the_reason_is_said(
    machine: Machine, journal: Journal
) -> None:
    with pytest.raises(SetupError, match="killed by SIGILL"):
        provide(machine, journal, verdicts("killed by SIGILL", "killed by SIGILL"))
    assert cached_wheel(machine.cache / machine.key) is None


def test_a_failed_compilation_leaves_nothing_behind(
    machine: Machine, journal: Journal, tmp_path: Path
) -> None:
    (tmp_path / "refuse").touch()
    with pytest.raises(SetupError, match=r"compiling llama\.cpp"):
        provide(machine, journal, verdicts())
    assert list(machine.cache.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("exit 0", None),
        ("kill -ILL $$", "SIGILL"),
        ("kill -SEGV $$", "SIGSEGV"),
        ("echo 'numbers differ' >&2; exit 1", "numbers differ"),
        ("exit 1", "no reason given"),
    ],
)
def test_how_the_self_test_ended_is_said(tmp_path: Path, body: str, expected: str | None) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    python.chmod(0o755)
    problem = run_self_test(python, tmp_path)
    assert problem is None if expected is None else expected in str(problem)


def test_the_cache_is_where_the_product_keeps_its_own(tmp_path: Path) -> None:
    home = cache_folder({"BRIEFING_HOME": str(tmp_path / "home")})
    assert home == tmp_path / "home" / "cache" / "wheels"
    assert (tmp_path / "home" / "cache").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform != "linux", reason="XDG folders are of Linux")
def test_the_cache_follows_xdg(tmp_path: Path) -> None:
    assert cache_folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "briefing" / "wheels"


def test_the_user_can_say_how_many_files_to_compile_at_once() -> None:
    assert build_jobs({"CMAKE_BUILD_PARALLEL_LEVEL": "3"}) == 3
    assert build_jobs({"CMAKE_BUILD_PARALLEL_LEVEL": "many"}) >= 1
