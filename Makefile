# Everything that a newcomer or a contributor types; `make` alone lists it.
# A machine needs Python 3.11 or newer, make and a connection to the package index. Nothing else is assumed.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# The Python that makes the virtual environment. Later ones are not preferred: the pins were compiled with 3.11.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
PORT ?= 8765
WORKSPACE ?= desireline-data
DEMO_ARGS ?=
BENCH_ARGS ?=
SCORECARD_ARGS ?=
PYTEST_ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
PINNED := $(VENV)/.pinned
PACKAGE := $(VENV)/.package
KERNELS := $(VENV)/.kernels
DEVELOP := $(VENV)/.develop
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
NODE_MODULES := web/node_modules/.package-lock.json
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -name '*.test.ts' 2>/dev/null)

##@ Use it
help: ## list these targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(KERNELS) ## install, run on real data and serve it (PORT, WORKSPACE, DEMO_ARGS=--no-serve)
	@$(BIN)/desireline --workspace '$(WORKSPACE)' demo --port $(PORT) $(DEMO_ARGS)

##@ Work on it
test: $(PACKAGE) ## everything that CI runs
	@$(MAKE) --no-print-directory -j2 $(SYNC) $(KERNELS) wheel web-test lint
	@$(MAKE) --no-print-directory pytest
lint: ruff mypy imports deptry rules docs-check ## style, types, layers, dependencies, house rules, docs
docs: $(PACKAGE) $(DEVELOP) ## rewrite the generated reference pages and check all links
	@$(BIN)/python tools/docs.py --write
web: ## build the front end again if anything in web/ has changed
	@rm -f $(PACKAGE)
	@$(MAKE) --no-print-directory $(PACKAGE)
bench: $(KERNELS) .venv-bench/.ready ## run the benchmarks, peers included (BENCH_ARGS)
	@.venv-bench/bin/python benchmarks/run.py $(BENCH_ARGS)
scorecard: $(KERNELS) ## grade every method by planted truth (SCORECARD_ARGS=--quick)
	@$(BIN)/desireline scorecard $(SCORECARD_ARGS)
hooks: $(DEVELOP) ## install the pre-commit hooks
	@$(BIN)/pre-commit install
constraints: ## compile the pinned dependencies again
	@PYTHON='$(PYTHON)' tools/compile_constraints.sh
screenshots: $(KERNELS) $(DEVELOP) ## take the pictures of the documentation from the demo
	@chromium="$$(tools/ensure_chromium.sh)" && CHROMIUM="$$chromium" $(BIN)/python tools/screenshots.py --workspace '$(WORKSPACE)'
clean: ## remove what was built and installed here; the workspace stays
	rm -rf $(VENV) .venv-bench .venv-constraints web/node_modules src/desireline/web dist build site
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -path ./.git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# --- single checks ----------------------------------------------------------------------------------------------

ruff: $(DEVELOP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
mypy: $(PACKAGE) $(DEVELOP)
	@$(BIN)/mypy
imports: $(PACKAGE) $(DEVELOP)
	@$(BIN)/lint-imports
deptry: $(PACKAGE) $(DEVELOP)
	@$(BIN)/deptry src
rules: $(DEVELOP)
	@$(BIN)/python tools/rules.py
docs-check: $(PACKAGE) $(DEVELOP)
	@$(BIN)/python tools/docs.py
web-test: $(PACKAGE) $(NODE_MODULES)
	@$(BIN)/python tools/npm.py run check
	@$(BIN)/python tools/npm.py test
wheel: $(DEVELOP)
	@$(BIN)/python tools/check_wheel.py
pytest: $(KERNELS) $(DEVELOP) $(NODE_MODULES)
	@chromium="$$(tools/ensure_chromium.sh)" && CHROMIUM="$$chromium" $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# --- what is installed where ------------------------------------------------------------------------------------

$(BIN)/python:
	@[ -n '$(PYTHON)' ] || { echo 'Desireline needs Python 3.11 or newer, and none is on the PATH.' \
		'Install one, or name it: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(PINNED): constraints.txt | $(BIN)/python
	@echo 'Installing the pinned packages …'
	@$(PIP) --require-hashes -r constraints.txt
	@touch $@

$(DEVELOP): constraints-dev.txt $(PINNED)
	@echo "Installing the developers' tools …"
	@$(PIP) --require-hashes -r constraints-dev.txt
	@touch $@

# Editable: a change in src/ counts at once, and the tests measure src/ itself. The build hook makes the front end.
$(PACKAGE): pyproject.toml $(wildcard hatch_build.py) $(WEB_SOURCES) $(PINNED)
	@echo 'Installing Desireline and building its front end …'
	@$(PIP) --no-deps -e .
	@touch $@

$(KERNELS): $(wildcard src/desireline/kernels/*.py) | $(PACKAGE)
	@echo 'Compiling the kernels …'
	@$(BIN)/python -c 'from desireline.kernels.warm import warm; warm()'
	@touch $@

# The build hook may have filled it already.
$(NODE_MODULES): web/package-lock.json | $(PACKAGE) $(DEVELOP)
	@$(BIN)/python tools/npm.py ci --no-audit --no-fund
	@touch $@

.venv-bench/.ready: benchmarks/requirements.txt $(PINNED)
	@[ -x .venv-bench/bin/python ] || $(PYTHON) -m venv .venv-bench
	@echo 'Installing the peers that the benchmarks compare with …'
	@.venv-bench/bin/python -m pip --disable-pip-version-check install --quiet -r constraints.txt
	@.venv-bench/bin/python -m pip --disable-pip-version-check install --quiet -r benchmarks/requirements.txt
	@.venv-bench/bin/python -m pip --disable-pip-version-check install --quiet --no-deps -e .
	@touch $@

.PHONY: help demo test lint docs web bench scorecard hooks constraints screenshots clean \
	ruff mypy imports deptry rules docs-check web-test wheel pytest
