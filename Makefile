# Resource Hub. Needs python3 (3.11 or newer) and make; everything else is put into .venv and node_modules.
BIN := .venv/bin
UV := $(BIN)/uv
STATIC := resource_hub/web/shared/static/build/site.css
POSTAL := resource_hub/core/data/postal_codes.csv
MESSAGES := $(patsubst %.po,%.mo,$(wildcard resource_hub/translations/*/LC_MESSAGES/*.po))
# The one without a window first: the same pages take it a third less time.
CHROMIUM ?= $(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome)
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
# The tests start Python again and again: what is compiled once is kept.
unexport PYTHONDONTWRITEBYTECODE
.DELETE_ON_ERROR:
.PHONY: help setup run test sure check style types contracts markup format bench browser-test assets messages lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

setup: .venv/.synced assets $(MESSAGES) ## install the locked dependencies, build the assets, compile the translations
	@:

run: setup ## set up, migrate, load the demo markets if there are none, serve on http://127.0.0.1:8000
	@$(BIN)/resource-hub db upgrade
	@$(BIN)/resource-hub seed demo --if-empty
	@$(BIN)/resource-hub run

test: setup ## set up and run the whole default test suite
	@$(BIN)/pytest -q -n 2 --dist worksteal

sure: check test ## format, lint, types, imports, templates, tests

check: types style contracts markup # all of sure but the tests; with -j2 side by side

types: setup
	$(BIN)/mypy

style: setup
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .

contracts: setup
	$(BIN)/lint-imports

markup: setup
	$(BIN)/djlint --quiet --lint templates

format: setup ## put the code into the house's format
	$(BIN)/ruff format -q .
	$(BIN)/ruff check -q --fix .

# RESOURCE_HUB_BENCH_DATABASE_URL names a PostgreSQL server to measure beside; without it PostgreSQL is reported missing.
bench: setup ## run the benchmarks in small sizes and print how we compare; benchmarks/README.md has the large ones
	@for what in "match --services 10000" "find --services 10000" hold web; do \
		echo "== bench $$what"; $(BIN)/resource-hub bench $$what || exit 1; echo; done
	@echo "== allocation"; $(BIN)/python benchmarks/allocate.py 1

browser-test: setup ## run the tests that need Chromium
	@test -n "$(CHROMIUM)" || { echo "The browser tests need Chromium: install it, or say where it is with CHROMIUM=path." >&2; exit 1; }
	@RESOURCE_HUB_TEST_CHROMIUM="$(CHROMIUM)" $(BIN)/pytest -q -n 2 --dist worksteal -m browser tests/browser

assets: $(STATIC) $(POSTAL) ## build styles, scripts, icons, fonts and the postal code table

messages: setup ## collect the texts of code and templates into the catalogues, to be translated there
	@mkdir -p instance
	@$(BIN)/pybabel -q extract -F pyproject.toml -k "lazy_gettext marked translate t Sentence" --add-location=file \
		--sort-by-file --no-wrap --omit-header -o instance/messages.pot resource_hub templates
	@for language in es; do $(BIN)/pybabel -q update -N --no-wrap --ignore-obsolete -l $$language \
		-i instance/messages.pot -o resource_hub/translations/$$language/LC_MESSAGES/messages.po; done
	@sed -i -E '/^"(Project|Report|POT|PO-|Last|Language-Team|Generated)/d' resource_hub/translations/*/LC_MESSAGES/messages.po
	@rm instance/messages.pot

lock: $(UV) ## resolve the dependencies anew into the lock files
	$(UV) pip compile -q -U --universal --generate-hashes --no-header pyproject.toml -o requirements.lock
	$(UV) pip compile -q -U --universal --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.lock
	$(UV) pip compile -q -U --universal --generate-hashes --no-header --group pyproject.toml:node -o requirements-node.lock
	$(UV) pip compile -q -U --universal --generate-hashes --no-header --group pyproject.toml:postgres -o requirements-postgres.lock
	tools/with-node npm install --package-lock-only --loglevel=error

$(UV):
	@echo "Making .venv …"
	@tools/make-venv

# What is installed is compiled now, so that every later start is quick.
# sync takes the project's own editable install away, so it is put back every time.
.venv/.synced: requirements-dev.lock pyproject.toml | $(UV)
	@echo "Installing the Python packages …"
	@$(UV) pip sync -q --compile-bytecode --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json .npmrc | $(UV)
	@echo "Installing the front-end packages …"
	@tools/with-node npm ci --loglevel=error >/dev/null
	@touch $@

$(STATIC): node_modules/.package-lock.json $(shell find assets -type f)
	@echo "Building the assets …"
	@tools/with-node node assets/build.mjs

$(POSTAL): node_modules/.package-lock.json assets/postal_codes.mjs
	@tools/with-node node assets/postal_codes.mjs

%.mo: %.po | .venv/.synced
	@$(BIN)/pybabel -q compile -i $< -o $@
