# The commands of the house. `make run` and `make test` are the two everybody needs.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(PY) -m pytest -n 2 --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help run test test-fast check bench torture week matrix screenshots format messages permissions lock clean

help:
	@echo "make run        start the house on this machine (PORT=8000)"
	@echo "make test       the whole suite, on SQLite and on PostgreSQL"
	@echo "make test-fast  the suite on SQLite only"
	@echo "make check      what every change must pass; CI runs it"
	@echo "make matrix     every page × five languages × light and dark × phone and desk, in a browser"
	@echo "make bench      measure pages and mails: time as ratios, weight on the line"
	@echo "make torture    kill, pause and cut off workers and web processes while mails leave; none may be lost or come twice"
	@echo "make week       a simulated week of 500 people: mailboxes to read, and what must not be in them"
	@echo "make screenshots  write the pictures of README and docs anew"
	@echo "make format     format the code"
	@echo "make messages   collect the sentences of the pages into the catalogues"
	@echo "make permissions  write docs/permissions.md from the policies"
	@echo "make lock       resolve the pinned requirements, with hashes"

# Debian's python3 may lack venv's own pip: the environment is made without it and filled from outside.
$(PY):
	@$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/installed: requirements.txt | $(PY)
	@echo "Installing what the house needs (once)…"
	@$(PYTHON) -m pip --python $(PY) --disable-pip-version-check install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt | $(PY)
	@echo "Installing what the tests need (once)…"
	@$(PYTHON) -m pip --python $(PY) --disable-pip-version-check install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/installed

run: $(VENV)/installed
	@exec $(PY) -m app.start

test: test-fast
	@if $(PY) -m tests.postgres; then \
	  $(PYTEST) --database postgresql -m "not browser"; \
	else \
	  echo "The suite did NOT run on PostgreSQL."; test -z "$$CI"; \
	fi

test-fast: $(VENV)/installed-dev
	$(PYTEST) --database sqlite -m "not matrix"

check: $(VENV)/installed-dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(PY) -m tests.weights
	$(MAKE) test

# Every page in five languages, light and dark, narrow and wide: too long for every day, and beside `make check` for CI.
matrix: $(VENV)/installed-dev
	$(PYTEST) --database sqlite -m matrix tests/browser

bench: $(VENV)/installed-dev
	$(PY) -m tests.bench

# Half an hour; TORTURE=--quick takes a few minutes.
torture: $(VENV)/installed-dev
	$(PY) -m tests.torture $(TORTURE)

# Two minutes on SQLite. WEEK="--database postgresql --of 7 20" says where it is played, and whose mailboxes are printed.
week: $(VENV)/installed-dev
	$(PY) -m tests.week $(WEEK)

# Needs chromium, as the browser tests do. A picture changes when the house does, not from day to day.
screenshots: $(VENV)/installed-dev
	$(PY) -m tests.screenshots

format: $(VENV)/installed-dev
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

messages: $(VENV)/installed-dev
	$(PY) -m app.core.catalogues

permissions: $(VENV)/installed-dev
	WRITE_PERMISSIONS=1 $(PY) -m pytest -q tests/architecture/test_permissions_page.py

# Needs uv (https://docs.astral.sh/uv/), which no other target does.
lock:
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --universal requirements.in -o requirements.txt
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11 --universal requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
