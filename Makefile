# make demo   installs what is missing, fetches the model, writes briefing.md from seeds/
# make test   installs what is missing, then checks what CI checks
#
# Everything goes into .venv here, and models and compiled wheels into your user folders. A second
# run does nothing twice. PYTHON=... chooses the Python, CMAKE_ARGS=-DGGML_CUDA=on a GPU build.

PYTHON ?= python3
BIN := .venv/bin
SETUP := $(PYTHON) -m scripts.setup
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo test setup setup-dev rebuild lint format types test-fast test-model lock clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: setup
	$(BIN)/briefing models pull
	$(BIN)/briefing generate seeds -o briefing.md --json briefing.json

test: setup-dev
	$(BIN)/briefing models pull smollm2-135m-instruct
	$(MAKE) --no-print-directory lint types test-fast test-model

setup:
	@$(SETUP)

setup-dev:
	@$(SETUP) --dev

# Compiles llama.cpp again, whatever is cached.
rebuild:
	@$(SETUP) --rebuild

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: setup-dev
	$(BIN)/mypy

# No model, no network, no browser: a minute or two. What one process compiles the others use.
test-fast: export PYTHONDONTWRITEBYTECODE =
test-fast: setup-dev
	$(PYTEST) -q -n auto --dist loadfile

# With the small real model, and with a browser where there is one. Status 5: no such tests.
test-model: setup-dev
	@if $(PYTHON) -m scripts.browser; then only="(model or browser) and not network"; else only="model and not network"; fi; \
	echo "$(PYTEST) -q -m '$$only'"; \
	$(PYTEST) -q -m "$$only" || [ $$? -eq 5 ]

# Pins the newest versions that pyproject.toml allows; needs uv.
lock:
	$(PYTHON) -m scripts.lock --upgrade

clean:
	rm -rf .venv .out .mypy_cache .ruff_cache .pytest_cache .hypothesis
