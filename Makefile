# The two commands: `make gallery` and `make test`. Each sets up what it needs on a fresh clone with Python 3.11+.
PYTHON ?= python3
GALLERY ?= galleries/paris
BIN := .venv/bin
VIEWER := $(wildcard site_templates/viewer/*.json site_templates/viewer/*.mjs site_templates/viewer/src/*)

.PHONY: gallery test lint types picture clean
.DEFAULT_GOAL := gallery

gallery: .venv/.offline  ## Build the Paris gallery offline and say where it is.
	@$(BIN)/splatelier "build a 3D Paris gallery" --offline --into $(GALLERY) < /dev/null

test: .venv/.dev  ## Run every test, in a real browser too.
	@sh tests/setup.sh
	@$(BIN)/python tests/tools/splats/formats/readers/install.py
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/.dev
	$(BIN)/mypy

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Splatelier needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up (a minute the first time) ..."
	@$(PYTHON) -m venv .venv

.venv/.offline: .venv/bin/python pyproject.toml hatch_build.py $(VIEWER)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[offline]'
	@touch $@

.venv/.dev: .venv/.offline
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[offline,dev]'
	@touch $@

picture: .venv/.dev  ## Take the README's picture of the gallery.
	@$(BIN)/python -m benchmarks.screenshots $(GALLERY) docs/paris.png --columns 3

clean:
	rm -rf .venv artefacts site_templates/viewer/dist site_templates/viewer/node_modules
