"""The machine's CPU and compilers, and whether they build a sound llama.cpp.

GCC 12 drops most of the stores to the AMX tile configuration (``probe_amx.cpp`` tells why). A
probe compiled by the same compiler with the same flags finds that out; flags that keep the stores
cure it.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scripts.journal import SetupError

PROBE = Path(__file__).with_name("probe_amx.cpp")
BUILD_FLAGS = ("-O3", "-DNDEBUG", "-march=native", "-std=gnu++17")
"""How ggml's build compiles its kernels."""
KEEP_STORES = ("-fno-tree-dse", "-fno-dse")
"""The cure: no elimination of dead stores."""
WITHOUT_AMX = ("-U__AMX_TILE__", "-U__AMX_INT8__", "-U__AMX_BF16__")
"""ggml asks these macros. GGML_AMX_* does nothing in a native build, and -march=native, which
comes later on the command line, would override -mno-amx-tile."""

NO_COMPILER = (
    "Install one. Debian and Ubuntu: apt-get install build-essential; Fedora: dnf install gcc-c++ "
    "make; macOS: xcode-select --install"
)

Finding = Literal["sound", "faulty", "not concerned"]


@dataclass(frozen=True)
class Cpu:
    """A CPU by model name and the instruction sets it offers."""

    model: str
    features: frozenset[str]


@dataclass(frozen=True)
class Compiler:
    """A C++ compiler as CMake will call it, and what it says of its version."""

    command: tuple[str, ...]
    version: str


def read_cpu(cpuinfo: Path = Path("/proc/cpuinfo")) -> Cpu:
    """The CPU of this machine: /proc/cpuinfo on Linux, sysctl on macOS."""
    if cpuinfo.exists():
        return parse_cpuinfo(cpuinfo.read_text("utf-8", "replace"))
    model, features = platform.processor() or platform.machine(), ""
    if sys.platform == "darwin":
        model = _output(["sysctl", "-n", "machdep.cpu.brand_string"])
        features = _output(["sysctl", "hw.optional"])
    return Cpu(f"{platform.machine()} {model.strip()}", frozenset(features.splitlines()))


def parse_cpuinfo(text: str) -> Cpu:
    """The CPU that /proc/cpuinfo describes, on x86-64 or ARM."""
    fields: dict[str, str] = {}
    for line in text.splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip(), value.strip())
    names = ("model name", "CPU implementer", "CPU part", "CPU variant", "Hardware")
    model = " ".join(fields[name] for name in names if name in fields)
    features = fields.get("flags") or fields.get("Features") or ""
    return Cpu(f"{platform.machine()} {model}", frozenset(features.split()))


def find_compiler(env: Mapping[str, str] = os.environ) -> Compiler:
    """The C++ compiler that CMake will take: of CMAKE_ARGS, of CXX, or the first on the path.

    Raises: SetupError where there is none.
    """
    named = re.search(r"-DCMAKE_CXX_COMPILER(?::\w+)?=(\S+)", env.get("CMAKE_ARGS", ""))
    words = [named[1]] if named else shlex.split(env.get("CXX", ""))
    candidates = [words] if words else [["c++"], ["g++"], ["clang++"]]
    for first, *rest in candidates:
        path = shutil.which(first, path=env.get("PATH"))
        if path:
            return Compiler((path, *rest), _output([path, *rest, "--version"]))
    raise SetupError(
        f"no C++ compiler ({', '.join(words[0] for words in candidates)} not found)", NO_COMPILER
    )


def instruction_sets(compiler: Compiler, cpu: Cpu) -> str:
    """A digest of the instruction sets that a native build uses here.

    The compiler's own view of ``-march=native``, because the kernel's list changes with kernels;
    that list where the compiler does not know the option.
    """
    native = ["-march=native", "-dM", "-E", "-x", "c++", "/dev/null"]
    macros = _output([*compiler.command, *native]) or " ".join(sorted(cpu.features))
    return hashlib.sha256(macros.encode()).hexdigest()


def probe(compiler: Compiler, cpu: Cpu, flags: tuple[str, ...] = ()) -> Finding:
    """Whether what ``compiler`` makes with ``flags`` hands AMX its whole tile configuration."""
    if "amx_tile" not in cpu.features:
        return "not concerned"
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "probe"
        # subtle: the flags stand before -march=native, as CMAKE_CXX_FLAGS do in the real build.
        command = [*compiler.command, *flags, *BUILD_FLAGS, str(PROBE), "-o", str(program)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            return "not concerned"
        code = subprocess.run([program], capture_output=True, check=False).returncode
    findings: dict[int, Finding] = {0: "sound", 2: "not concerned"}
    return findings.get(code, "faulty")


def flags_needed(compiler: Compiler, cpu: Cpu) -> tuple[str, ...]:
    """The compiler flags that make a sound build here: none, the cure, or no AMX at all."""
    if probe(compiler, cpu) != "faulty":
        return ()
    return KEEP_STORES if probe(compiler, cpu, KEEP_STORES) == "sound" else WITHOUT_AMX


def cmake_args(env: Mapping[str, str], ours: tuple[str, ...], flags: tuple[str, ...]) -> str:
    """CMAKE_ARGS for the build: ``ours``, then the user's, with ``flags`` added to the user's."""
    theirs = shlex.split(env.get("CMAKE_ARGS", ""))
    if not flags:
        return shlex.join([*ours, *theirs])
    added = []
    for language, variable in (("C", "CFLAGS"), ("CXX", "CXXFLAGS")):
        pattern = re.compile(rf"-DCMAKE_{language}_FLAGS(?::\w+)?=(.*)", re.DOTALL)
        given = [found[1] for found in map(pattern.fullmatch, theirs) if found]
        theirs = [arg for arg in theirs if not pattern.fullmatch(arg)]
        # CMake reads CFLAGS and CXXFLAGS only where no -D is given, so carry them over.
        base = given[-1] if given else env.get(variable, "")
        added.append(f"-DCMAKE_{language}_FLAGS={' '.join([base, *flags]).strip()}")
    return shlex.join([*ours, *theirs, *added])


def cores() -> int:
    """How many CPU cores this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "replace")
