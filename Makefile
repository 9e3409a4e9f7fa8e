# `make run` and `make test` are all a newcomer needs; docs/development.md explains the rest.
PYTHON ?= python3
PY := .venv/bin/python

.PHONY: help setup setup-dev run test quick explore bench docs clean lint types walls reference messages new-domain

help:
	@echo "make run     set everything up and serve http://127.0.0.1:8000"
	@echo "make test    set everything up and run every test"
	@echo "make quick   lint, types, walls, migrations, unit tests: under a minute"
	@echo "make explore look for examples that break a property, with new ones each time"
	@echo "make bench   measure"
	@echo "make walls   check the floors, doors, budgets and translations of the house"
	@echo "make new-domain NAME=x ABOVE=y   make an empty domain one floor above y"
	@echo "make docs    build the documentation, warnings are errors"

setup:
	@$(PYTHON) tools/setup.py

setup-dev:
	@$(PYTHON) tools/setup.py --dev

run: setup
	@exec .venv/bin/linli up

test: setup-dev
	@$(PY) tools/run_tests.py

quick: setup-dev
	@$(PY) tools/run_tests.py --quick

# What it finds is a fault of long standing: it gets a test of its own beside the mend.
explore: setup-dev
	@for round in 1 2 3 4 5; do EXPLORE=1 $(PY) -m pytest -n 2 -m hypothesis || exit 1; done

lint:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m djlint linli --lint --quiet

types:
	@$(PY) -m mypy

walls:
	@$(PY) -m pytest tests/house

# What is written from the code: the page of doors and the state diagrams.
reference:
	@$(PY) tools/reference.py
	@$(PY) tools/state_diagram.py

# Entries for new messages, waiting for their Chinese.
messages:
	@$(PY) tools/messages.py update

new-domain:
	@$(PY) tools/new_domain.py $(NAME) --above $(or $(ABOVE),events)

bench: setup
	@$(PY) tools/run_bench.py

docs: setup-dev
	@$(PY) -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache docs/_build
