# make demo: the whole system with a small model, on this machine alone. `make` lists the rest.

VENV   ?= .venv
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell $(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
BIN    := $(VENV)/bin
# Tests wait for one another's timers a third of the time: one process more than there are cores, and four at most.
MANY   := $(shell $(PYTHON) -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.DEFAULT_GOAL := help
.PHONY: help demo run test services lint chaos clean

help: ## this list
	@echo "make <target>:"
	@sed -n 's/^\([a-z]*\):.*## /  \1|/p' $(firstword $(MAKEFILE_LIST)) | while IFS='|' read -r name what; do printf '%-8s %s\n' "$$name" "$$what"; done

demo: $(VENV)/.runs ## start everything with the demo model and show it working (ONCE=1: one round, then stop)
	@$(BIN)/python -m assistant demo $(if $(ONCE),--once)

run: $(VENV)/.runs ## start the assistant with the settings of assistant.toml and the environment
	@$(BIN)/assistant up

test: $(VENV)/.tests services lint ## everything that must hold: style, types, floors, tests
	@echo "pytest"
	@$(BIN)/python -m pytest -p no:cacheprovider -n $(or $(JOBS),$(MANY)) --dist loadfile

lint: $(VENV)/.tests ## style, types and floors only
	@echo "ruff"
	@$(BIN)/ruff check --quiet .
	@echo "mypy (the first run takes a minute or two)"
	@$(BIN)/mypy
	@echo "import-linter"
	@$(BIN)/lint-imports --no-logo

# Tests start private servers from these programs and never touch one that already runs here.
services:
	@missing() { \
	    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || echo postgresql; \
	    command -v redis-server >/dev/null || command -v valkey-server >/dev/null || echo redis-server; \
	    test -n "$$ASSISTANT_CHROMIUM" || command -v chromium >/dev/null || command -v chromium-browser >/dev/null \
	        || command -v google-chrome >/dev/null || echo chromium; \
	}; \
	need=$$(missing); \
	test -n "$$need" || exit 0; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	    echo "Installing for the tests:" $$need "(chromium takes a few minutes)"; \
	    apt-get update -qq >/dev/null 2>&1 || true; \
	    for package in $$need; do \
	        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$package </dev/null >/dev/null 2>&1 || true; \
	    done; \
	fi; \
	need=$$(missing); \
	test -z "$$need" || echo "Not here:" $$need "- the tests that need it are skipped and say so"

chaos: $(VENV)/.tests services ## kill everything 2,000 times on each database; nothing may get lost (KILLS=200: less)
	@$(BIN)/python -m tests.faults.chaos --kills $(or $(KILLS),2000) $(if $(SEED),--seed $(SEED))

clean: ## remove the virtual environment, caches and build output; data stays
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=…" >&2; exit 2; }
	@echo "Creating $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)

# A stamp each: nothing is installed again until pyproject.toml or constraints.txt change.
#
# constraints.txt pins torch without a local version. Where pip is offered CPU wheels (a local folder, a mirror,
# PyTorch's CPU wheel index in PIP_EXTRA_INDEX_URL) it takes torch+cpu, about 200 MB; the plain wheel brings several
# gigabytes of CUDA libraries that a machine without a GPU never uses.
$(VENV)/.runs: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the assistant; torch is large and takes a few minutes the first time"
	@$(PIP) --editable '.[local]'
	@touch $@

$(VENV)/.tests: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing the assistant and its test tools; torch is large and takes a few minutes the first time"
	@$(PIP) --editable '.[local,quantize,dev]'
	@$(PIP) --no-deps aiogram aiofiles magic-filter
	@touch $(VENV)/.runs $@
