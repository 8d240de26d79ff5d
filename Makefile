# The commands of the e-toolbox; docs/operations.md explains them. `make` alone prints this list.

PORT ?= 8000
SHELL := /bin/sh
.SHELLFLAGS := -euc
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

INSTALLED := .venv/.installed
MANAGE := .venv/bin/python manage.py
PYTEST := .venv/bin/pytest
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=inducci.settings.test

run dev: export PORT := $(PORT)
run dev: export INDUCCI_BASE_URL ?= http://127.0.0.1:$(PORT)
dev: export DJANGO_SETTINGS_MODULE ?= inducci.settings.dev

.PHONY: help setup run dev seed test guide bench lint format check lock clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) .env ## Make the virtual environment and the local settings in .env
	@:

run: setup ## Serve the complete site as in production (PORT=8000)
	@$(MANAGE) prepare --local-admin
	@exec .venv/bin/gunicorn --config inducci/gunicorn.py inducci.wsgi

dev: setup ## Serve with reload and debug pages (PORT=8000)
	@$(MANAGE) prepare --local-admin --no-static
	@exec $(MANAGE) runserver 127.0.0.1:$(PORT)

seed: setup ## Bring the content that the repository carries into the local database
	@$(MANAGE) prepare --no-static

test: setup ## Test on SQLite, on PostgreSQL and in Chromium
	@bin/system-packages
	@echo "Tests on SQLite"
	@env -u INDUCCI_TEST_DATABASE_URL $(PYTEST) -m "not browser" -n auto
	@echo "The same tests on PostgreSQL"
	@bin/with-postgres $(PYTEST) -m "not browser" -n auto
	@echo "Tests in Chromium"
	@env -u INDUCCI_TEST_DATABASE_URL $(PYTEST) -m browser -n auto

guide: setup ## Take the pictures of the guide for editors anew
	@bin/system-packages
	@$(PYTEST) -m browser tests/browser/test_guide.py --keep-guide

bench: setup ## Measure pages with 1,000 to 100,000 synthetic test cases (SIZES="1000 10000")
	@.venv/bin/python bin/bench $(SIZES)

lint: setup ## Judge code, types, templates, layers and migrations; change nothing
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/djlint --quiet --check templates
	.venv/bin/djlint --quiet --lint templates
	.venv/bin/lint-imports
	$(TEST_SETTINGS) $(MANAGE) makemigrations --check --dry-run

format: setup ## Put code and templates into the house's form
	.venv/bin/ruff format
	.venv/bin/ruff check --fix
	.venv/bin/djlint --quiet --reformat templates || .venv/bin/djlint --quiet --check templates

# The settings are judged as a public site would have them, whatever .env says.
check: lint ## Lint, and judge the production settings
	INDUCCI_BASE_URL=https://e-toolbox.example INDUCCI_ALLOWED_HOSTS=e-toolbox.example \
		$(MANAGE) check --deploy --fail-level WARNING

lock: setup ## Pin the dependencies anew in requirements.lock (UPGRADE=1 takes newer ones)
	UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip compile pyproject.toml --group dev --universal \
		--generate-hashes --no-emit-index-url --no-header --quiet $(if $(UPGRADE),--upgrade) -o requirements.lock

clean: ## Remove the virtual environment, the local content and all caches
	@rm -rf .venv var htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Removed: .venv, var (the local database, uploads and static files) and all caches."
	@if [ -e .env ]; then echo "Kept: .env, your local settings."; fi

.env: | $(INSTALLED)
	@.venv/bin/python -I inducci/localenv.py

# uv where it is at hand, since it is quicker; it may not fetch a Python of its own.
$(INSTALLED): requirements.lock
	@python=; \
	for candidate in python3.11 python3 python; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; \
		then python=$$candidate; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "The e-toolbox needs Python 3.11, and this machine offers: $$(python3 -V 2>/dev/null || echo none)." >&2; \
		exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip' 2>/dev/null; then bin/system-packages python3.11-venv; fi; \
	echo "Installing the locked packages into .venv"; \
	$$python -m venv .venv; \
	if command -v uv >/dev/null && UV_PYTHON_DOWNLOADS=never uv pip install --quiet --compile-bytecode \
		--python .venv/bin/python --require-hashes -r requirements.lock; \
	then :; else \
		.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
			--require-hashes -r requirements.lock; \
	fi; \
	touch $@
