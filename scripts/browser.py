"""The Chromium or Chrome that the browser tests drive: found, or installed where that is simple."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.journal import Journal, SetupError, say

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
BY_HAND = "The browser tests are left out: install Chromium or Chrome to run them."


def find(path: str | None = None) -> str | None:
    """A Chromium or Chrome on ``path``, by default the user's PATH, if there is one."""
    found = [hit for hit in (shutil.which(name, path=path) for name in NAMES) if hit]
    found += [app for app in MAC if Path(app).exists()]
    return found[0] if found else None


def provide(journal: Journal) -> None:
    """Install Debian's Chromium where none is found and that needs no password."""
    if find():
        return
    apt = _apt_get()
    if apt is None:
        say(f"  {BY_HAND}")
        return
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        journal.run("reading Debian's package lists", [*apt, "update"], env=quiet)
        install = [*apt, "install", "-y", "--no-install-recommends", "chromium"]
        journal.run("installing Chromium for the browser tests", install, env=quiet)
    except SetupError as problem:
        say(f"  {problem.message} (see {journal.log}). {BY_HAND}")


def _apt_get() -> list[str] | None:
    """How to call apt-get on Debian as root; None elsewhere (Ubuntu's chromium is a stub)."""
    if not shutil.which("apt-get") or "ID=debian" not in _os_release():
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = ["sudo", "-n"]
    if shutil.which("sudo") and subprocess.run([*sudo, "true"], check=False).returncode == 0:
        return [*sudo, "apt-get"]
    return None


def _os_release() -> list[str]:
    try:
        return Path("/etc/os-release").read_text("utf-8").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    sys.exit(0 if find() else 1)
