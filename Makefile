# The one door to everything: people, the CI and pre-commit all call these targets.
# On a fresh machine Python 3.11+ and make are enough: `make run`, `make test`.

PORT ?= 8501
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check

# Stamps carry a checksum, not a time: a checkout changes times, only a new version needs pip.
RUN_SUM := $(shell cat requirements.txt requirements.lock | cksum | cut -d ' ' -f 1)
DEV_SUM := $(shell cat requirements.txt requirements-dev.txt requirements.lock | cksum | cut -d ' ' -f 1)
RUN_READY := $(VENV)/ready-to-run-$(RUN_SUM)
DEV_READY := $(VENV)/ready-to-test-$(DEV_SUM)

CHECKED := $(wildcard app.py ctai pages migrations benchmarks tests)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# `make -j test` must still stop at the first broken stage, and the tests time themselves.
.NOTPARALLEL:
.PHONY: help run test lint types rooms catalogues unit browser bench messages format lock clean

help:  ## Show this list
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(RUN_READY)  ## Start the app (PORT=8501); the first time, set it up and print the administrator's password
	@$(BIN)/python -m ctai init
	@echo "ctai is at http://localhost:$(PORT) (stop with Ctrl+C)"
	@exec $(BIN)/streamlit run app.py --server.port $(PORT)

test: lint types rooms catalogues unit browser  ## Everything the CI checks, in this order
	@echo "All checks passed."

lint: $(DEV_READY)  ## Layout and style of the code (ruff)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEV_READY)  ## Types (mypy --strict)
	$(BIN)/mypy --strict $(CHECKED)

rooms: $(DEV_READY)  ## Which room may import which (import-linter)
	$(BIN)/lint-imports --no-logo

catalogues: $(DEV_READY)  ## Every visible word is in every language's catalogue
	$(BIN)/python -m ctai.i18n.messages --check

unit: $(DEV_READY)  ## Unit, property, page and database tests, on SQLite and PostgreSQL
	$(BIN)/python -m pytest tests --ignore=tests/browser -p no:playwright -n auto --dist worksteal

# A run of its own: Playwright keeps an event loop in the main thread, in the way of other tests.
browser: $(DEV_READY)  ## Tests in a real Chromium, installed if there is none
	$(BIN)/python -m tests.browser.install_chromium
	$(BIN)/python -m pytest tests/browser -n auto --dist loadfile

bench: $(DEV_READY)  ## Speed, as ratios
	$(BIN)/python -m benchmarks

messages: $(DEV_READY)  ## Collect new visible words into the catalogues
	$(BIN)/python -m ctai.i18n.messages

format: $(DEV_READY)  ## Lay the code out and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(BIN)/python  ## Pin what the requirements bring along, from a new environment
	$(BIN)/python -m venv --clear build/lock
	grep -hvE '^(-|#|$$)' requirements.txt requirements-dev.txt > build/lock/wanted.txt
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check -r build/lock/wanted.txt
	{ echo '# Every version that the app and its tests were tried with; written by `make lock`.'; \
	  build/lock/bin/python -m pip freeze; } > requirements.lock

clean:  ## Remove the environment and all caches; the database stays
	rm -rf $(VENV) build test-results .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none is on PATH." >&2; exit 1; }
	@echo "Creating $(VENV) …"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(RUN_READY): | $(BIN)/python
	@echo "Installing what the app needs …"
	@$(INSTALL) -r requirements.txt
	@rm -f $(VENV)/ready-to-run-*
	@touch $@

$(DEV_READY): | $(BIN)/python
	@echo "Installing what the tests need …"
	@$(INSTALL) -r requirements-dev.txt
	@rm -f $(VENV)/ready-to-test-*
	@touch $@
