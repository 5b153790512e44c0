"""What set-up does, step by step; a step whose inputs have not changed is left out."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts import browser, llama_wheel, toolchain
from scripts.journal import Journal, SetupError, pip, say, tail

ROOT = Path(__file__).resolve().parent.parent


class Stamps:
    """Which steps are done, with the key of what each depended on. Kept in the environment."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            read = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            read = {}
        self._keys: dict[str, str] = read if isinstance(read, dict) else {}

    def once(self, step: str, key: str, do: Callable[[], None]) -> bool:
        """Do a step unless it was done with this key. Returns: whether it was done now."""
        if self._keys.get(step) == key:
            return False
        do()
        self._keys[step] = key
        self._write()
        return True

    def forget(self, step: str) -> None:
        """Make a step count as not done."""
        if self._keys.pop(step, None) is not None:
            self._write()

    def _write(self) -> None:
        beside = self._path.with_suffix(".new")
        beside.write_text(json.dumps(self._keys, indent=2) + "\n", "utf-8")
        beside.replace(self._path)


@dataclass(frozen=True)
class Setup:
    """A set-up of the checkout at ``root`` into its ``.venv``."""

    root: Path
    journal: Journal
    dev: bool = False
    rebuild: bool = False

    @property
    def venv(self) -> Path:
        """The environment."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.venv / "bin" / "python"

    def run(self) -> int:
        """Do what is not done yet. Returns: how many steps that were. Raises: SetupError."""
        if not self._is_ours():
            self._make_venv()
        stamps = Stamps(self.venv / "briefing-setup.json")
        build, runtime, dev = (self._lock(name) for name in ("build", "runtime", "dev"))
        todo: list[tuple[str, str, Callable[[], None]]] = [
            ("build", _digest(build), lambda: self._install("installing build tools", build)),
            ("runtime", _digest(runtime), lambda: self._install("installing libraries", runtime)),
            ("project", _digest(self.root / "pyproject.toml"), self._install_project),
        ]
        if self.dev:
            todo.append(("dev", _digest(dev), lambda: self._install("installing test tools", dev)))
        done = sum([stamps.once(*step) for step in todo])
        machine = self._machine()
        if self.rebuild:
            stamps.forget("llama")
            llama_wheel.discard(machine)
        done += stamps.once(
            "llama", machine.key, lambda: llama_wheel.provide(machine, self.journal)
        )
        return done

    def _is_ours(self) -> bool:
        """Whether ``.venv`` was made here and by this Python: it holds absolute paths of both."""
        try:
            made = (self.venv / "made-by").read_text("utf-8")
        except OSError:
            return False
        return made == self._maker() and self.python.exists()

    def _maker(self) -> str:
        base = Path(sys.base_prefix).resolve()
        return f"{self.root} {base} {platform.python_version()} {platform.machine()}\n"

    def _make_venv(self) -> None:
        self.journal.run(
            f"making an environment with Python {platform.python_version()} in {self.venv.name}",
            [sys.executable, "-m", "venv", "--clear", self.venv],
            hint="On Debian and Ubuntu the venv module is apart: apt-get install python3-venv",
        )
        (self.venv / "made-by").write_text(self._maker(), "utf-8")

    def _lock(self, name: str) -> Path:
        return self.root / "requirements" / f"{name}.txt"

    def _install(self, title: str, lock: Path) -> None:
        """``--no-deps``: the locks are complete, and llama-cpp-python is dealt with apart."""
        command = pip(self.python, "install", "--no-deps", "--require-hashes", "-r", lock)
        self.journal.run(title, command, hint="pip must reach its package index; see the log.")

    def _install_project(self) -> None:
        options = ("--no-deps", "--no-build-isolation", "--editable", self.root)
        self.journal.run("installing briefing", pip(self.python, "install", *options))

    def _machine(self) -> llama_wheel.Machine:
        return llama_wheel.Machine(
            root=self.root,
            python=self.python,
            cache=llama_wheel.cache_folder(),
            cpu=toolchain.read_cpu(),
            compiler=toolchain.find_compiler(),
            env=os.environ,
        )


def set_up(argv: list[str], root: Path = ROOT) -> int:
    """Set up the checkout and say so. Returns: exit status."""
    parser = argparse.ArgumentParser(prog="scripts.setup", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what the tests need")
    parser.add_argument("--rebuild", action="store_true", help="compile llama.cpp again")
    options = parser.parse_args(argv)
    start = time.monotonic()
    log = root / ".out" / "setup.log"
    try:
        done = Setup(root, Journal(log), options.dev, options.rebuild).run()
        if options.dev:
            browser.provide(Journal(log.with_name("browser.log")))
    except SetupError as problem:
        _explain(problem)
        return 1
    except KeyboardInterrupt:
        say("\nStopped. What is finished is kept; run the same command again to go on.")
        return 130
    seconds = time.monotonic() - start
    say(f"set-up: {'done' if done else 'nothing to do'} ({seconds:.1f} s)")
    return 0


def _explain(problem: SetupError) -> None:
    if problem.log and problem.log.exists():
        say(f"{tail(problem.log)}\n\n(the whole output is in {problem.log})")
    say(f"error: {problem.message}")
    if problem.hint:
        say(f"hint: {problem.hint}")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
