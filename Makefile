# make run: set up and watch the simulated site for three days.  make test, make check: see README.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test coverage check audit truth faults lock bench words clean

run: $(VENV)/run.stamp
	$(BIN)/iomwatch demo

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest

# The same tests, traced: more than twice the time.
coverage: $(VENV)/dev.stamp
	$(BIN)/python -m coverage run -m pytest
	$(BIN)/python -m coverage report --skip-covered --sort=cover

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: $(VENV)/dev.stamp
	$(BIN)/python -m tests.security.audit

truth: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.truth

faults: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -q -m "faults or not faults" tests/deliver/test_faults.py tests/faults \
		tests/fetch/test_hostile.py tests/fetch/test_private.py \
		tests/cycle/test_traps.py tests/cycle/test_apart.py tests/cycle/test_soak.py tests/fuzz

bench: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks.round --monitors .venv/monitors
	$(BIN)/python benchmarks/compare.py
	$(BIN)/python -m benchmarks.extraction
	$(BIN)/python -m benchmarks.families
	$(BIN)/python -m benchmarks.pacing

# The letter's own words: the catalogues follow the modules; what is new in them is to be translated.
words: $(VENV)/dev.stamp
	$(BIN)/python -m tests.digest.catalogues

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "iomwatch needs Python 3.11 or newer; name one with: make PYTHON=python3.13 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# --no-deps: the file names them all, and older versions of pip stumble over lxml[html_clean,html-clean].
$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/dev.stamp
	$(PIP) install --require-hashes --no-deps -r requirements/bench.txt
	@touch $@

# For every Python that is supported, whichever runs this.
LOCK := ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
lock: $(BIN)/python
	$(PIP) install --upgrade uv
	cd requirements && $(LOCK) --output-file run.txt ../pyproject.toml build.in >/dev/null
	cd requirements && $(LOCK) --constraint run.txt --output-file dev.txt dev.in ../pyproject.toml build.in >/dev/null
	cd requirements && $(LOCK) --constraint dev.txt --extra bench --output-file bench.txt ../pyproject.toml >/dev/null

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
