# Two commands on a fresh machine with Python 3.11 and make: `make demo` and `make test`.
PYTHON ?= $(shell python3.11 --version >/dev/null 2>&1 && echo python3.11 || echo python3)
VENV := .venv
PIP := $(VENV)/bin/pip install --quiet --disable-pip-version-check

.PHONY: demo test lint bench lock clean

demo: $(VENV)/run.stamp
	$(VENV)/bin/helseradar demo

test: lint
	$(VENV)/bin/python -m pytest

lint: $(VENV)/dev.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/run.stamp
	$(VENV)/bin/python -m bench.speed
	$(VENV)/bin/python -m bench.collecting
	$(VENV)/bin/python -m bench.extraction

# What was tested is what is installed: exact versions with their hashes, and nothing that a resolver adds.
$(VENV)/run.stamp: requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once; about two minutes) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] not in {(3, 11), (3, 12)} and "Helseradar needs Python 3.11 or 3.12; name it: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --no-deps --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

# Needs uv on the path. Afterwards: make test.
lock:
	uv -q pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock
	uv -q pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) demo-data build *.egg-info
