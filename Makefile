# One command each. `make help` lists them. Needs Python 3.11 or newer; everything else goes into .venv/.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
INSTALLED_FOR_TESTS := $(VENV)/installed-for-tests
PEER := .venv-peer/installed
# Processes that run the tests, some of which wait for others.
WORKERS := 3
# Those that run the tests in a browser, which mostly wait for it.
BROWSERS := 3
PYTEST := $(BIN)/python -m pytest

# No step may take the environment of whoever called make for ours.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

# An environment names its own folder in its scripts: in a checkout that was moved it is made anew.
ifneq ($(shell cat $(VENV)/checkout 2>/dev/null),$(CURDIR))
.PHONY: $(INSTALLED)
endif

.PHONY: help install run test format format-check lint types unit gate browser docs site benchmarks fuzz soak \
	bundle wheel-check lock translations debian clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

install: $(INSTALLED)  ## Make .venv from the lock and put geotrack in it

$(INSTALLED): requirements.lock pyproject.toml scripts/setup_venv.sh
	@sh scripts/setup_venv.sh $(VENV) requirements.lock
	@touch $@

$(INSTALLED_FOR_TESTS): $(INSTALLED) requirements-dev.lock
	@sh scripts/setup_venv.sh $(VENV) requirements-dev.lock
	@touch $@

run: $(INSTALLED)  ## Read the example reports and start the app
	@$(BIN)/geotrack ingest seeds data/reports || test $$? -eq 1
	@$(BIN)/geotrack app $(ARGS)

debian:
	@sh scripts/setup_debian.sh

test: $(INSTALLED_FOR_TESTS) debian  ## Install what the tests need and run all of them
	@sh scripts/run_stages.sh "$(MAKE)" format-check lint types unit browser

format: $(INSTALLED_FOR_TESTS)  ## Lay the code out
	@$(BIN)/ruff format
	@$(BIN)/python scripts/format_lexicon.py

format-check: $(INSTALLED_FOR_TESTS)
	@$(BIN)/ruff format --check
	@$(BIN)/python scripts/format_lexicon.py --check

lint: $(INSTALLED_FOR_TESTS)  ## Check the code's style
	@$(BIN)/ruff check

types: $(INSTALLED_FOR_TESTS)  ## Check the types
	@$(BIN)/mypy

unit: $(INSTALLED_FOR_TESTS)  ## All tests but those in a browser: also gold documents, docs, notebooks
	@$(PYTEST) -n $(WORKERS) --dist worksteal -m "not browser" $(ARGS)

browser: $(INSTALLED_FOR_TESTS)  ## The tests in Chromium
	@$(PYTEST) -n $(BROWSERS) --dist loadfile -m browser $(ARGS)

gate: $(INSTALLED_FOR_TESTS)  ## What the reader must find in the annotated documents
	@$(PYTEST) $(wildcard tests/test_gold*.py tests/test_seeds*.py) $(ARGS)

docs: $(INSTALLED_FOR_TESTS)  ## Run what the documentation and the notebooks show
	@$(PYTEST) $(wildcard tests/test_project_docs.py tests/test_notebook*.py) $(ARGS)

site: $(INSTALLED_FOR_TESTS)  ## Build the documentation as a site in site/
	@$(BIN)/python -m sphinx -W --keep-going -q -b html docs site

$(PEER): benchmarks/peer.lock
	@test -x .venv-peer/bin/python || $(BIN)/python -m venv .venv-peer
	@.venv-peer/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r benchmarks/peer.lock
	@touch $@

benchmarks: $(INSTALLED_FOR_TESTS) $(PEER)  ## Measure what the docs claim, beside what a user would take instead, into docs/benchmarks.md
	@$(BIN)/python -m benchmarks $(ARGS)

fuzz: $(INSTALLED_FOR_TESTS)  ## Fuzz the reader; `make fuzz MINUTES=60`
	@$(BIN)/python -m pip install -qq --disable-pip-version-check atheris==3.0.0
	@$(BIN)/python tests/fuzz_reader.py -max_total_time=$$((60 * $(or $(MINUTES),5))) -timeout=30

soak: $(INSTALLED_FOR_TESTS)  ## Kill ingest and review 200 times each on each database; `make soak KILLS=2000 SEED=7`
	@GEOTRACK_TEST_KILLS=$(or $(KILLS),200) GEOTRACK_TEST_SEED=$(or $(SEED),20240601) \
		$(PYTEST) --timeout 7200 tests/test_store_killed.py $(ARGS)

bundle: $(INSTALLED)  ## Fill wheelhouse/ with all that an installation without a network needs
	@sh scripts/setup_bundle.sh $(VENV) wheelhouse

wheel-check: $(INSTALLED)  ## Install the wheel in a fresh environment and use it outside the checkout
	@sh scripts/check_wheel.sh $(VENV)

lock: $(INSTALLED)  ## Rebuild both locks; `make lock UPGRADE=--upgrade` takes the newest versions
	@sh scripts/setup_lock.sh $(VENV) $(UPGRADE)

translations: $(INSTALLED)  ## Bring the catalogues up to date with the texts in the code
	@$(BIN)/python scripts/translations.py

clean:  ## Remove what was made here; your database stays
	@rm -rf $(VENV) .venv-peer build dist wheelhouse .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
