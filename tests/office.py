"""Tests that need the extra ``office``, which set-up for tests installs."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

HERE = all(map(find_spec, ("pypandoc", "typst")))
with_office = pytest.mark.skipif(not HERE, reason="the extra `office` is not installed")
