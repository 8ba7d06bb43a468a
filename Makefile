# zhouzhouhui: every task a developer or a clerk runs. Needs Python 3.11 or later, Node 20 or later, npm, git, make.
# A second call of anything is quick: what is already in place is remembered under .make/.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
RESET ?=
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --no-input
export PYTHONDONTWRITEBYTECODE =
# A count that moves, and the whole story only when it fails.
pip_install = @mkdir -p .make; $(PIP) install --progress-bar off --require-hashes -r $(1) 2>.make/pip.log \
  | awk '/^Collecting /{n++; printf "\r  %d packages", n; fflush()} END{if (n) print ""}' \
  || { cat .make/pip.log >&2; exit 1; }
say = @printf '\033[2m· %s\033[0m\n' "$(1)"

.PHONY: help demo test check format bench messages docs screenshots vendor lock clean install dev journeys postgres

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sort | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

# -- what has to be in place ------------------------------------------------------------------------------

.make/venv:
	$(call say,Python environment in .venv)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed (set PYTHON=...)")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@mkdir -p .make && touch $@

.make/install: .make/venv requirements/base.txt pyproject.toml
	$(call say,Python packages (locked by hash))
	$(call pip_install,requirements/base.txt)
	@$(PIP) install --quiet --quiet --no-index --no-deps --no-build-isolation --editable .
	@touch $@

.make/dev: .make/install requirements/dev.txt
	$(call say,Packages for tests and checks (locked by hash))
	$(call pip_install,requirements/dev.txt)
	@touch $@

.make/vendor: package-lock.json scripts/vendor.py
	$(call say,Browser parts and fonts (npm$(,) locked by hash))
	@npm ci --no-progress --silent
	@$(PYTHON) scripts/vendor.py
	@mkdir -p .make && touch $@

PO := $(wildcard zhouzhouhui/locale/*/LC_MESSAGES/django.po) $(wildcard zhouzhouhui/locale/*/parts/*.po)
.make/messages: .make/install scripts/messages.py $(PO)
	$(call say,Messages)
	@$(BIN)/python scripts/messages.py compile
	@touch $@

, := ,

install: .make/install .make/vendor .make/messages ## everything the program needs to run
dev: install .make/dev ## and what tests and checks need
vendor: .make/vendor ## fetch browser parts and fonts

# -- running ----------------------------------------------------------------------------------------------

demo: install ## the demo town on 127.0.0.1:$PORT (8000); RESET=1 starts over
	@PORT=$(PORT) exec $(BIN)/zhouzhouhui demo --port $(PORT) $(if $(RESET),--reset)

test: dev ## the fast suite on SQLite, with branch coverage of rules/ and actions/ held at 100 %
	@$(BIN)/python -m pytest -q -n 2 --dist worksteal --ignore=tests/journeys --cov --cov-report= $(ARGS)
	@$(BIN)/coverage report --fail-under=100

postgres: dev ## the fast suite on a PostgreSQL of its own
	@scripts/with-postgres $(BIN)/python -m pytest -q -n 2 --dist worksteal --ignore=tests/journeys $(ARGS)

journeys: dev ## the browser journeys, in headless Chromium
	@$(BIN)/python -m pytest -q tests/journeys $(ARGS)

check: dev ## format, lint, types, order of the rooms, templates, messages, migrations, generated docs
	@scripts/check

format: dev ## put Python files into shape
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .

bench: dev ## measure; each figure beside a baseline of the same run
	@$(BIN)/python -m benchmarks $(ARGS)

# -- making -----------------------------------------------------------------------------------------------

messages: .make/install ## compile the translations, name what lacks English
	@$(BIN)/python scripts/messages.py compile
	@$(BIN)/python scripts/messages.py check
	@touch .make/messages

docs: .make/install ## regenerate the parts of docs/ that come from the code
	@$(BIN)/python scripts/docs.py write

screenshots: dev ## docs/screenshots/ from a demo town
	@$(BIN)/python scripts/screenshots.py $(ARGS)

lock: ## lock requirements and browser parts anew, without addresses
	@scripts/lock

clean: ## remove what was made here; var/ (records, keys) stays
	@rm -rf .venv .make node_modules build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis \
	  .import_linter_cache .coverage .coverage.* htmlcov zhouzhouhui/static/vendor zhouzhouhui/papers/fonts
	@find zhouzhouhui tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	@find zhouzhouhui -name '*.mo' -delete
	$(call say,clean; var/ was left alone)
