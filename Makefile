# What a newcomer types. Stamps let the second run start at once; all of them lie in what they
# vouch for, so that removing .venv, node_modules or static/dist is enough to have it made again.

PYTHON ?= python3
export PYTHON
export RUAMKHIT_ENV ?= demo
PIP := .venv/bin/python -m pip install -q --disable-pip-version-check
PYTEST := .venv/bin/python -m pytest
WORKERS ?= 2

ASSET_SOURCES := $(shell find static/css static/js translations -name '*.css' -o -name '*.js' -o -name '*.po' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset verify test test-long bench-consult check assets lock format clean
.DELETE_ON_ERROR:

help: ## this list
	@echo "Ruamkhit (ร่วมคิด). PORT and DATABASE_URL are honoured."
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24

demo: .venv/.runtime assets ## install what is needed, then run the product with its demo content
	@exec .venv/bin/ruamkhit demo

demo-reset: .venv/.runtime assets ## wipe the demo's data; `make demo` writes it anew
	@exec .venv/bin/ruamkhit demo --reset

verify: .venv/.runtime assets ## recompute the demo's ledger and name what does not hold
	@test -n "$$DATABASE_URL" -o -f "$${RUAMKHIT_VAR:-var/demo}/ruamkhit.db" || { echo "There is no demo to verify yet: run make demo first."; exit 1; }
	@exec .venv/bin/ruamkhit verify

test: .venv/.dev assets ## the whole suite, on SQLite and PostgreSQL, with Chromium
	@sh scripts/install_lanes.sh
	RUAMKHIT_ENV=test $(or $(RUNNER),$(PYTEST)) -n $(WORKERS) --dist loadgroup $(ARGS)

test-long: .venv/.dev assets ## the tests that take longer than a coffee
	@sh scripts/install_lanes.sh
	RUAMKHIT_ENV=test $(PYTEST) -m long $(ARGS)

bench-consult: .venv/.dev assets ## what pages cost at 1,000 and at 100,000 comments, 200,000 answers
	RUAMKHIT_ENV=test nice .venv/bin/python -m scripts.bench $(ARGS)

check: .venv/.dev assets ## lint, format, types, stale translations, migration drift
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/python scripts/messages.py check
	RUAMKHIT_ENV=test .venv/bin/ruamkhit migrate --check

format: .venv/.dev ## put the code in the house's shape
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

assets: static/dist/manifest.json ## fonts, style sheets and translations for the browser

lock: .venv/.dev ## resolve all dependencies anew and write the hashed lock files
	.venv/bin/python scripts/lock.py

clean: ## remove what was built (not the data in var/)
	rm -rf .venv .venv-node node_modules static/dist *.egg-info
	find translations -name '*.mo' -delete

.venv/.made:
	@sh scripts/make_venv.sh .venv
	@touch $@

.venv/.runtime: .venv/.made requirements.lock setup.cfg pyproject.toml
	@echo "Installing the locked packages ..."
	@$(PIP) --require-hashes -r requirements.lock
	@PYTHONWARNINGS=ignore $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@echo "Installing the locked tools for development ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/.made: package.json package-lock.json .npmrc | .venv/.made
	@sh scripts/fetch_fonts.sh
	@touch $@

static/dist/manifest.json: node_modules/.made scripts/assets.py scripts/messages.py $(ASSET_SOURCES) | .venv/.runtime
	@.venv/bin/python scripts/assets.py
