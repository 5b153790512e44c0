"""llama-cpp-python for this machine: compiled once, kept in a cache of ours, tried out in a child.

pip's own wheel cache is not used: it knows nothing of CPU, compiler and CMAKE_ARGS, so it may hold
a wheel that another CPU or a faulty compiler made.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.journal import Journal, SetupError, pip
from scripts.toolchain import (
    KEEP_STORES,
    WITHOUT_AMX,
    Compiler,
    Cpu,
    cmake_args,
    cores,
    flags_needed,
    instruction_sets,
)

BUILD_CORE_MINUTES = 8
"""User time on a server CPU of 2023; measured."""
SELF_TEST_S = 300
PORTABLE = "-DGGML_NATIVE=OFF"
_GIB = 1 << 30
_HEARD = ("CMAKE_ARGS", "CC", "CFLAGS", "CXX", "CXXFLAGS", "LDFLAGS", "CUDACXX", "CMAKE_GENERATOR")


@dataclass(frozen=True)
class Machine:
    """What set-up builds on and with.

    ``python`` is that of the environment, ``cache`` our folder of wheels, ``env`` the variables
    of the user, of which CMAKE_ARGS and those that compilers heed matter here.
    """

    root: Path
    python: Path
    cache: Path
    cpu: Cpu
    compiler: Compiler
    env: Mapping[str, str]

    @property
    def lock(self) -> Path:
        """The requirement file that pins llama-cpp-python."""
        return self.root / "requirements" / "llama.txt"

    @property
    def recipe(self) -> dict[str, str]:
        """Everything that a wheel depends on: where it is equal, the wheel is as good as built."""
        return {
            "lock": _sha256(self.lock),
            "compiler": " ".join(self.compiler.command),
            "compiler version": self.compiler.version,
            "CPU": self.cpu.model,
            "CPU features": instruction_sets(self.compiler, self.cpu),
            "system": " ".join([platform.system(), platform.machine(), *platform.libc_ver()]),
            "python": f"py{sys.version_info[0]}",
            **{name: self.env[name] for name in _HEARD if name in self.env},
        }

    @property
    def key(self) -> str:
        """The name of the wheel's folder in the cache."""
        text = json.dumps(self.recipe, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Variant:
    """One way to compile: compiler flags and CMake arguments, and why so, in words."""

    reason: str
    flags: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()


SelfTest = Callable[[Path, Path], "str | None"]
"""Tries the llama.cpp of a Python from a folder; returns what went wrong, or None."""


def provide(machine: Machine, journal: Journal, self_test: SelfTest | None = None) -> None:
    """Install a llama-cpp-python that passes the self-test: from our cache, or compiled here.

    Raises: SetupError when no variant compiles, or none passes.
    """
    test = self_test or run_self_test
    home = machine.cache / machine.key
    wheel = cached_wheel(home)
    if wheel:
        journal.say(f"  llama.cpp was compiled on this machine before ({home})")
        problem = _try_out(machine, journal, wheel, test)
        if problem is None:
            return
        journal.say(f"  {problem}\n  The wheel is discarded; compiling anew.")
    problems = []
    for variant in variants(machine):
        shutil.rmtree(home, ignore_errors=True)
        journal.say(f"  {variant.reason}")
        problem = _try_out(machine, journal, _build(machine, journal, home, variant), test)
        if problem is None:
            return
        problems.append(problem)
        journal.say(f"  {problem}")
    shutil.rmtree(home, ignore_errors=True)
    raise SetupError(
        f"no build of llama.cpp works here: {problems[-1]}",
        "Try another compiler: CC=clang CXX=clang++ make setup",
        journal.log,
    )


def discard(machine: Machine) -> None:
    """Remove the wheel of this machine from the cache."""
    shutil.rmtree(machine.cache / machine.key, ignore_errors=True)


def variants(machine: Machine) -> tuple[Variant, ...]:
    """The ways to compile here, the fastest that should work first, the most careful last."""
    reasons = {
        (): "Compiler and CPU: nothing to work around.",
        KEEP_STORES: f"{_first_line(machine.compiler.version)} miscompiles the AMX set-up of this "
        f"CPU (a probe shows it); {' '.join(KEEP_STORES)} cures it (the probe passes).",
        WITHOUT_AMX: "The compiler cannot use this CPU's AMX soundly; compiling without AMX.",
    }
    flags = flags_needed(machine.compiler, machine.cpu)
    found = [Variant(reasons[flags], flags)]
    if "amx_tile" in machine.cpu.features and flags != WITHOUT_AMX:
        found.append(Variant("Compiling again, without AMX.", WITHOUT_AMX))
    portable = Variant("Compiling again, for any CPU of this kind.", (), (PORTABLE,))
    return (*found, portable)


def cached_wheel(home: Path) -> Path | None:
    """The wheel in a folder of the cache, if it is there and whole."""
    try:
        record = json.loads((home / "recipe.json").read_text("utf-8"))
        wheel = home / str(record["wheel"])
        return wheel if _sha256(wheel) == record["sha256"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def run_self_test(python: Path, root: Path) -> str | None:
    """Decode with llama.cpp in a child process: what went wrong, in words, or None."""
    command = [str(python), "-m", "briefing.model.selftest"]
    try:
        done = subprocess.run(
            command, cwd=root, capture_output=True, timeout=SELF_TEST_S, check=False
        )
    except subprocess.TimeoutExpired:
        return f"The self-test of llama.cpp did not end within {SELF_TEST_S} s."
    if done.returncode < 0:
        name = signal.Signals(-done.returncode).name
        return f"The self-test of llama.cpp was killed by {name}: this build does not fit the CPU."
    if done.returncode > 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return f"The self-test of llama.cpp failed: {lines[-1] if lines else 'no reason given'}"
    return None


def cache_folder(env: Mapping[str, str] = os.environ) -> Path:
    """Our folder of wheels; the same rules as in ``briefing.paths``, without its libraries."""
    if env.get("BRIEFING_HOME"):
        base = Path(env["BRIEFING_HOME"]).expanduser().absolute() / "cache"
    elif sys.platform == "darwin":
        base = Path("~/Library/Caches/briefing").expanduser()
    else:
        base = Path(env.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "briefing"
    base.mkdir(parents=True, exist_ok=True, mode=0o700)
    return base / "wheels"


def _build(machine: Machine, journal: Journal, home: Path, variant: Variant) -> Path:
    """Compile and put the wheel into the cache, whole or not at all."""
    jobs = build_jobs(machine.env)
    machine.cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=machine.cache) as folder:
        made = Path(folder) / "made"
        options = ("-v", "--no-cache-dir", "--no-deps", "--no-build-isolation", "--require-hashes")
        source = ("--no-binary", "llama-cpp-python", "-r", machine.lock)
        journal.run(
            f"compiling llama.cpp: about {max(1, BUILD_CORE_MINUTES // jobs)} minutes on {jobs} "
            f"{'core' if jobs == 1 else 'cores'}, once per machine",
            pip(machine.python, "wheel", *options, *source, "-w", made),
            env={
                "CMAKE_ARGS": _arguments(machine, variant),
                "CMAKE_BUILD_PARALLEL_LEVEL": str(jobs),
            },
            hint="A compiler, 2 GB of memory and 2 GB of disk are needed, and pip must reach its "
            "package index.",
        )
        (wheel,) = made.glob("*.whl")
        record = {"wheel": wheel.name, "sha256": _sha256(wheel), "why": variant.reason}
        text = json.dumps({**record, "recipe": machine.recipe}, indent=2)
        (made / "recipe.json").write_text(text + "\n", "utf-8")
        shutil.rmtree(home, ignore_errors=True)
        made.replace(home)
    return home / wheel.name


def build_jobs(env: Mapping[str, str] = os.environ) -> int:
    """How many files to compile at once: one a core, and a gigabyte of memory for each."""
    given = env.get("CMAKE_BUILD_PARALLEL_LEVEL", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(1, min(cores(), memory // _GIB))


def _arguments(machine: Machine, variant: Variant) -> str:
    leave_out = machine.root / "scripts" / "only_llama.cmake"
    ours = ("-DLLAVA_BUILD=OFF", f"-DCMAKE_PROJECT_llama.cpp_INCLUDE={leave_out}")
    return cmake_args(machine.env, (*ours, *variant.arguments), variant.flags)


def _try_out(machine: Machine, journal: Journal, wheel: Path, test: SelfTest) -> str | None:
    options = ("--no-deps", "--force-reinstall", "--no-cache-dir")
    journal.run("installing llama-cpp-python", pip(machine.python, "install", *options, wheel))
    journal.say("  self-test of llama.cpp …")
    return test(machine.python, machine.root)


def _first_line(text: str) -> str:
    return text.strip().splitlines()[0] if text.strip() else "The compiler"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
