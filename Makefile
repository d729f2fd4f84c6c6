# The two commands: `make gallery` and `make test`. Each sets up what it needs on a fresh clone with Python 3.11+.
PYTHON ?= python3
GALLERY ?= galleries/paris
BIN := .venv/bin
VIEWER := site_templates/fonts.json $(wildcard site_templates/viewer/*.json site_templates/viewer/*.mjs) $(shell find site_templates/viewer/src -type f)

.PHONY: help gallery test quick lint lint-js types imports dependencies wheel mutants schema picture clean
.DEFAULT_GOAL := gallery

help:  ## Say what there is to make.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

gallery: .venv/.offline  ## Build the Paris gallery offline and say where it is.
	@$(BIN)/splatelier "build a 3D Paris gallery" --offline --into $(GALLERY) < /dev/null

test: .venv/.dev  ## Run every test, in a real browser too.
	@sh tests/setup.sh
	@$(BIN)/python tests/tools/splats/formats/readers/install.py
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

quick: .venv/.dev  ## Run the tests that need no server, no browser and no npm: the inner loop.
	$(BIN)/python -m pytest --numprocesses auto -m "not slow"

lint: .venv/.dev  ## Check the format and the habits of the code.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

lint-js: .venv/.dev  ## Check the viewer's JavaScript: format, habits, types, and the tests of what is pure.
	$(BIN)/python hatch_build.py lint types test

types: .venv/.dev  ## Check the types.
	$(BIN)/mypy

imports: .venv/.dev  ## Check that the arrows between the rooms point one way.
	$(BIN)/lint-imports --no-logo

dependencies: .venv/.dev  ## Check that the dependencies are those that the code imports.
	$(BIN)/deptry .

mutants: .venv/.dev  ## Plant faults in the pure modules, one at a time, and say which ones the tests find (slow).
	nice -n 19 $(BIN)/python -m tests.mutants $(MODULES)

schema: .venv/.dev  ## Write docs/gallery.schema.json from the models; a test says when it is not current.
	$(BIN)/python -m splatelier.tools.gallery.schema > docs/gallery.schema.json

wheel: .venv/.dev  ## Build the wheel, install it in an empty environment and start it.
	sh tests/try_wheel.sh $(BIN)/python

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Splatelier needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up (a minute the first time) ..."
	@$(PYTHON) -m venv .venv

.venv/.offline: .venv/bin/python pyproject.toml hatch_build.py $(VIEWER)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[offline]'
	@touch $@

.venv/.dev: .venv/.offline
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[offline,check,dev]'
	@touch $@

picture: .venv/.dev  ## Take the README's picture of the gallery.
	@$(BIN)/python -m benchmarks.screenshots $(GALLERY) docs/paris.png --columns 3

clean:  ## Take away what was set up and built; galleries stay.
	rm -rf .venv .dev artefacts site_templates/viewer/dist site_templates/viewer/node_modules
