"""``briefing doctor``: each check with made-up findings, the child process, and the command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from briefing.cli.doctor import doctor, table
from briefing.config import Settings
from briefing.cpu import features, unused_features, used_features
from briefing.doctor import Diagnosis, Memory, Probes, Trial, diagnose, works
from briefing.errors import ModelCorrupt, ModelMissing, UserError
from briefing.model.fetch import ModelFile
from briefing.probes import this_machine, trial

SYSTEM = "CUDA : ARCHS = 900 | CPU : SSE3 = 1 | AVX2 = 1 | AVX512 = 0 | REPACK = 1 | "
GB = 10**9


def raising(error: Exception) -> Callable[..., object]:
    def look(*_: object) -> object:
        raise error

    return look


@pytest.fixture
def probes(tmp_path: Path) -> Probes:
    """A machine on which all is well."""
    model = ModelFile(
        path=tmp_path / "m.gguf", name="tiny", sha256="0" * 64, size=2 * GB, catalogued=True
    )
    return Probes(
        python=(3, 12, 1),
        version=lambda package: {"llama-cpp-python": "0.3", "llguidance": "1.9"}.get(package, "3"),
        cpu_features=lambda: frozenset({"avx2"}),
        trial=lambda: Trial(ok=True, detail="computes", system=SYSTEM),
        locate=lambda _: model,
        kv_bytes=lambda _: 100_000,
        pipeline=lambda: "en_core_web_sm-3.8.0",
        encoder=lambda: "all-minilm-l6-v2-0.1.0",
        memory=lambda: Memory(total=16 * GB, available=8 * GB),
        store=lambda: tmp_path,
        readable_by_others=lambda _: False,
        free_disk=lambda _: 50 * GB,
    )


def named(found: tuple[Diagnosis, ...], name: str) -> Diagnosis:
    (one,) = [one for one in found if one.name == name]
    return one


def test_a_machine_on_which_all_is_well(probes: Probes) -> None:
    found = diagnose(Settings(), probes)
    assert works(found)
    assert {one.status for one in found} == {"ok"}
    assert named(found, "CPU features").detail == "SSE3, AVX2, REPACK"


@pytest.mark.parametrize(
    ("change", "name", "status", "said"),
    [
        ({"python": (3, 10, 9)}, "Python", "fail", "3.10.9"),
        ({"version": lambda _: None}, "llama.cpp", "fail", "not installed"),
        ({"version": lambda _: None}, "llguidance", "fail", "not installed"),
        ({"trial": lambda: Trial(ok=False, detail="SIGILL")}, "self-test", "fail", "SIGILL"),
        (
            {"cpu_features": lambda: frozenset({"avx2", "avx512f", "amx_int8"})},
            "CPU features",
            "warn",
            "without AVX512, AMX_INT8",
        ),
        (
            {"trial": lambda: Trial(ok=True, detail="", system=SYSTEM, gpus=("A Card",))},
            "runs on",
            "ok",
            "A Card, all layers",
        ),
        ({"pipeline": lambda: None}, "language", "fail", "English pipeline"),
        ({"pipeline": raising(ModelCorrupt("ner/model differs"))}, "language", "fail", "ner/model"),
        ({"encoder": lambda: None}, "encoder", "warn", "not on this machine"),
        ({"encoder": raising(ModelCorrupt("it differs"))}, "encoder", "fail", "it differs"),
        ({"locate": raising(ModelMissing("tiny is not here"))}, "model", "fail", "tiny"),
        ({"memory": lambda: Memory(total=3 * GB, available=GB)}, "memory", "fail", "3.8 GB"),
        ({"memory": lambda: Memory(total=8 * GB, available=GB)}, "memory", "warn", "1.0 GB of 8"),
        ({"store": raising(UserError("/x cannot be written"))}, "store", "fail", "/x"),
        ({"readable_by_others": lambda _: True}, "store", "warn", "read by others"),
    ],
)
def test_what_is_wrong_is_said_with_a_cure(
    probes: Probes, change: dict[str, object], name: str, status: str, said: str
) -> None:
    found = diagnose(Settings(), replace(probes, **change))
    one = named(found, name)
    assert one.status == status
    assert said in one.detail
    assert bool(one.cure) == (status != "ok")
    assert works(found) == (status != "fail")


def test_memory_counts_weights_cache_and_program(probes: Probes) -> None:
    small = named(diagnose(Settings(context=1000), probes), "memory").detail
    large = named(diagnose(Settings(context=100_000), probes), "memory").detail
    assert "1000 tokens of context needs about 3.1 GB" in small
    assert "100000 tokens of context needs about 13.0 GB" in large


def test_the_model_asked_for_is_the_one_looked_for(probes: Probes) -> None:
    asked: list[str] = []

    def locate(name: str) -> ModelFile:
        asked.append(name)
        raise ModelMissing(name)

    diagnose(Settings(model="mine.gguf"), replace(probes, locate=locate))
    assert asked == ["mine.gguf"]


def test_offline_the_cure_says_so(probes: Probes) -> None:
    missing = replace(probes, pipeline=lambda: None)
    assert "--offline" not in named(diagnose(Settings(), missing), "language").cure
    assert "--offline" in named(diagnose(Settings(offline=True), missing), "language").cure


def test_no_store_is_a_warning_and_not_looked_at(probes: Probes) -> None:
    blind = replace(probes, store=raising(AssertionError("looked")))
    assert named(diagnose(Settings(store=False), blind), "store").status == "warn"


def test_cpu_features_by_both_names(tmp_path: Path) -> None:
    assert used_features(SYSTEM) == ("SSE3", "AVX2", "REPACK")
    assert unused_features(SYSTEM, frozenset({"avx2", "fma"})) == ("FMA",)
    listing = tmp_path / "cpuinfo"
    listing.write_text("processor : 0\nFeatures\t: asimd i8mm\n", encoding="utf-8")
    assert features(listing) == {"asimd", "i8mm"}
    assert features(tmp_path / "none") == frozenset()


REPORT = '{"ok": true, "detail": "fine", "system": "CPU : AVX = 1", "gpus": ["A Card"]}'


@pytest.mark.parametrize(
    ("code", "ok", "said"),
    [
        (f"print('{REPORT}')", True, "fine"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGILL)", False, "SIGILL"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", False, "SIGSEGV"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", False, "memory"),
        ("raise SystemExit('cannot load')", False, "cannot load"),
        ("raise SystemExit(7)", False, "exit status 7"),
        ("import time; time.sleep(60)", False, "within 2 s"),
    ],
)
def test_the_self_test_in_a_child_never_takes_us_with_it(code: str, ok: bool, said: str) -> None:
    found = trial([sys.executable, "-c", code], timeout=2)
    assert found.ok == ok
    assert said in found.detail
    assert found.gpus == (("A Card",) if ok else ())


def test_this_machines_probes_look_without_a_model(tmp_path: Path) -> None:
    real = this_machine(tmp_path / "store")
    assert real.version("pydantic")
    assert real.version("no-such-package-anywhere") is None
    assert real.memory().total >= real.memory().available > 0
    folder = real.store()
    assert not real.readable_by_others(folder)
    folder.chmod(0o755)
    assert real.readable_by_others(folder)
    assert real.free_disk(folder) > 0
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        this_machine(tmp_path / "file" / "store").store()


def test_the_table_is_aligned_and_has_cures() -> None:
    lines = table(
        (
            Diagnosis(name="Python", status="ok", detail="3.12"),
            Diagnosis(name="self-test", status="fail", detail="word " * 40, cure="Do this."),
        )
    )
    assert lines[0] == "ok    Python     3.12"
    assert lines[1].startswith("FAIL  self-test  word")
    assert lines[-1].strip() == "→ Do this."
    assert all(len(line) <= 100 for line in lines)


@pytest.mark.model
def test_the_command_prints_json_and_fails_where_something_is_missing(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(doctor)
    runner = CliRunner(env={"BRIEFING_HOME": str(tmp_path)})
    result = runner.invoke(app, ["--json"])
    found = {one["name"]: one["status"] for one in json.loads(result.stdout)}
    assert found["self-test"] == "ok"
    assert found["model"] == "fail"
    assert result.exit_code == 1
