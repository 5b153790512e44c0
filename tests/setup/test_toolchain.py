"""CPU and compiler: what is read, what is probed, and what the build is told."""

from __future__ import annotations

import shlex
import stat
from pathlib import Path

import pytest

from scripts.journal import SetupError
from scripts.toolchain import (
    KEEP_STORES,
    PROBE,
    WITHOUT_AMX,
    Compiler,
    Cpu,
    cmake_args,
    find_compiler,
    flags_needed,
    instruction_sets,
    parse_cpuinfo,
    probe,
    read_cpu,
)

AMX = Cpu("x86_64 with AMX", frozenset({"avx512f", "amx_tile", "amx_int8"}))
PLAIN = Cpu("x86_64", frozenset({"avx2"}))


def script(path: Path, body: str) -> Path:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def compiler(folder: Path, program: str) -> Compiler:
    """A compiler whose every product is a shell script; ``$FLAGS`` in it are those of the call."""
    body = (
        'FLAGS="$*"\n'
        'while [ "$1" != -o ]; do shift; done\n'
        f'printf \'#!/bin/sh\\nFLAGS="%s"\\n%s\\n\' "$FLAGS" \'{program}\' > "$2"\n'
        'chmod +x "$2"'
    )
    return Compiler((str(script(folder / "c++", body)),), "a compiler 1.0")


def test_cpuinfo_of_x86_and_arm() -> None:
    x86 = parse_cpuinfo(
        "processor\t: 0\nmodel name\t: Some CPU\nflags\t\t: fpu avx2 amx_tile\n"
        "\nprocessor\t: 1\nmodel name\t: Some CPU\nflags\t\t: fpu avx2 amx_tile\n"
    )
    assert x86.model.endswith(" Some CPU")
    assert x86.features == {"fpu", "avx2", "amx_tile"}
    arm = parse_cpuinfo("Features : fp asimd i8mm\nCPU implementer : 0x41\nCPU part : 0xd4f\n")
    assert arm.model.endswith(" 0x41 0xd4f")
    assert "i8mm" in arm.features


def test_this_machine_has_a_cpu_that_has_a_name() -> None:
    assert len(read_cpu().model.split()) > 1


def test_a_cpu_without_amx_is_not_probed() -> None:
    assert probe(Compiler(("/nowhere/c++",), ""), PLAIN) == "not concerned"
    assert flags_needed(Compiler(("/nowhere/c++",), ""), PLAIN) == ()


@pytest.mark.parametrize(
    ("program", "finding"),
    [
        ("exit 0", "sound"),
        ("exit 1", "faulty"),
        ("exit 2", "not concerned"),
        ("kill -ILL $$", "faulty"),
        ("kill -SEGV $$", "faulty"),
    ],
)
def test_the_probe_says_what_the_compiled_program_shows(
    tmp_path: Path, program: str, finding: str
) -> None:
    assert probe(compiler(tmp_path, program), AMX) == finding


def test_a_compiler_that_does_not_know_amx_is_not_concerned(tmp_path: Path) -> None:
    refusing = Compiler((str(script(tmp_path / "c++", "exit 1")),), "")
    assert probe(refusing, AMX) == "not concerned"


def test_the_cure_is_used_only_where_it_is_needed_and_works(tmp_path: Path) -> None:
    assert flags_needed(compiler(tmp_path, "exit 0"), AMX) == ()
    assert flags_needed(compiler(tmp_path, "exit 1"), AMX) == WITHOUT_AMX
    # subtle: the flags must stand before -march=native, as in the real build.
    cured = 'case "$FLAGS" in *-fno-tree-dse*-march=native*) exit 0;; esac; exit 1'
    assert flags_needed(compiler(tmp_path, cured), AMX) == KEEP_STORES


def test_the_real_probe_agrees_with_itself_on_this_machine() -> None:
    try:
        real = find_compiler({"PATH": "/usr/bin:/bin:/usr/local/bin"})
    except SetupError:
        pytest.skip("no C++ compiler here")
    cpu = read_cpu()
    flags = flags_needed(real, cpu)
    assert PROBE.exists()
    assert probe(real, cpu, flags) != "faulty"


def test_the_compiler_is_that_of_cmake_args_then_cxx_then_the_path(tmp_path: Path) -> None:
    for name in ("c++", "g++", "mine", "theirs"):
        script(tmp_path / name, f"echo {name} 1.2")
    env = {"PATH": str(tmp_path)}
    assert find_compiler(env).version == "c++ 1.2\n"
    env["CXX"] = "mine -m64"
    assert find_compiler(env).command == (str(tmp_path / "mine"), "-m64")
    env["CMAKE_ARGS"] = f"-DX=1 -DCMAKE_CXX_COMPILER={tmp_path}/theirs"
    assert find_compiler(env).version == "theirs 1.2\n"


def test_no_compiler_is_a_message_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as caught:
        find_compiler({"PATH": str(tmp_path)})
    assert "build-essential" in caught.value.hint


def test_cmake_args_keep_what_the_user_gave() -> None:
    env = {"CMAKE_ARGS": "-DGGML_CUDA=on -DCMAKE_CXX_FLAGS='-g -O2'", "CFLAGS": "-pipe"}
    assert shlex.split(cmake_args(env, ("-DA=1",), ())) == [
        "-DA=1",
        "-DGGML_CUDA=on",
        "-DCMAKE_CXX_FLAGS=-g -O2",
    ]
    assert shlex.split(cmake_args(env, ("-DA=1",), ("-fx", "-fy"))) == [
        "-DA=1",
        "-DGGML_CUDA=on",
        "-DCMAKE_C_FLAGS=-pipe -fx -fy",
        "-DCMAKE_CXX_FLAGS=-g -O2 -fx -fy",
    ]


def test_instruction_sets_follow_the_compiler_else_the_cpu(tmp_path: Path) -> None:
    silent = Compiler((str(script(tmp_path / "c++", "exit 1")),), "")
    assert instruction_sets(silent, AMX) != instruction_sets(silent, PLAIN)
    speaking = Compiler((str(script(tmp_path / "g++", "echo '#define __AVX2__ 1'")),), "")
    assert instruction_sets(speaking, AMX) == instruction_sets(speaking, PLAIN)
