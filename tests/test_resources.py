from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from briefing import resources
from briefing.errors import InternalError

ROOT = Path(__file__).parents[1]
FIND = "from briefing.resources import *; print(prompts_dir()); print(templates_dir())"


def test_a_checkout_has_its_folders() -> None:
    assert resources.templates_dir() == ROOT / "templates"
    assert resources.prompts_dir() == ROOT / "prompts"


def test_the_package_folder_wins_and_none_is_a_bug(tmp_path: Path) -> None:
    package = tmp_path / "briefing"
    (package / "prompts").mkdir(parents=True)
    (tmp_path / "prompts").mkdir()
    assert resources.folder("prompts", package) == package / "prompts"
    with pytest.raises(InternalError, match="templates"):
        resources.folder("templates", package)


def test_a_wheel_carries_both_folders(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="hatchling is needed to build the wheel")
    target, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)  # noqa: S603
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(target)
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(target)!r}); {FIND}"],
        cwd=elsewhere,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert found == [str(target / "briefing" / name) for name in ("prompts", "templates")]
    assert (target / "briefing" / "templates" / "full.md.jinja").is_file()
