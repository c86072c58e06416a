# Besluitroute. `make` alone lists what can be done.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
DATABASE ?= besluitroute-demo.db
MODULE ?= workflow/engine

.DEFAULT_GOAL := help
.PHONY: help setup run browser test check format bench soak mutants lock routes picture clean

help: ## list these targets
	@echo "Besluitroute: make <target>"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## make .venv with everything that is needed (asks nothing, installs nothing elsewhere)
	@echo "Ready: .venv holds what requirements.lock says. Next: make run"

run: $(STAMP) ## start the demo on this machine and say what to do first
	@$(BIN)/besluitroute demo

browser: $(STAMP) ## find a browser for the tests, or fetch one
	@$(BIN)/python -m tests.tools.browser

test: browser check ## everything that must hold: checks, all tests, both databases, a real browser
	@$(BIN)/python -m pytest -n 2 --dist worksteal -q

check: $(STAMP) ## what can be said without running: ruff, mypy, import-linter
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports > .venv/lint-imports.log || { cat .venv/lint-imports.log; exit 1; }

format: $(STAMP) ## bring the code into the house style
	@$(BIN)/ruff check -q --fix-only .
	@$(BIN)/ruff format -q .

bench: $(STAMP) ## measure, and print what came out
	@$(BIN)/python -m tests.bench

soak: $(STAMP) ## the long campaigns that `make test` samples: kills, concurrency
	@$(BIN)/python -m pytest -m soak -q

mutants: .venv/mutants ## put faults in the engine and see which no test finds (MODULE=workflow/engine/place.py: one file)
	@$(BIN)/mutmut run --max-children 2 '$(subst /,.,$(MODULE:.py=)).*'
	@$(BIN)/mutmut results

routes: $(STAMP) ## draw the routes anew: docs/routes.md and the golden files of the tests
	@$(BIN)/python -m tests.tools.routes

picture: browser ## draw the picture of the dossier page for the README
	@$(BIN)/python -m tests.tools.picture

lock: ## write requirements.lock from pyproject.toml (needs uv; remove it first to renew all)
	@uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.11 --extra postgresql --extra dev pyproject.toml -o requirements.lock
	@test -e requirements-mutants.lock || cp requirements.lock requirements-mutants.lock
	@uv pip compile -q --universal --generate-hashes --no-header --no-annotate \
		--python-version 3.11 --extra postgresql --extra dev --extra mutants \
		-c requirements.lock pyproject.toml -o requirements-mutants.lock

clean: ## remove what was made here: .venv, caches (never a database)
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist mutants .mutmut-cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/mutants: $(STAMP) requirements-mutants.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes \
		-r requirements-mutants.lock
	@touch .venv/mutants

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Besluitroute needs Python 3.11 or newer; '$(PYTHON)' is not."; \
		echo "Install one, or name another: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "'$(PYTHON)' has no venv module. Debian, Ubuntu: apt-get install python3-venv"; \
		exit 1; }
	@echo "Setting up .venv; the first time this takes about a minute."
	@$(BIN)/python -c '' 2>/dev/null || { rm -rf .venv && $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)
