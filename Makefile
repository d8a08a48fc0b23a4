# `make` lists the targets. `make run` and `make test` need only Python 3.11 or later.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3.14 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv)
ifeq ($(UV),)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
MAKE_VENV := $(PYTHON) -m venv $(VENV)
else
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
MAKE_VENV := $(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
endif

.DEFAULT_GOAL := help
.PHONY: help run test slow golden check lint fmt types imports docs files coverage mutants drills abuse valkey cluster browser screenshots node js-client coding-agent examples models schemas frameworks oldest genai recorded go java bench scaling growth clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/run ## set up, then serve on http://127.0.0.1:8090 (options: ARGS="--port 0 --quiet")
	@exec $(BIN)/mockgem serve $(ARGS)

test: $(VENV)/test ## set up, then run the quick tests on all cores (some: ARGS="tests/faults -k stall")
	$(BIN)/python -m pytest -n auto -m "not slow and not valkey" $(ARGS)

slow: $(VENV)/test ## run the slow tests: other programs, many servers, laws with all examples
	$(BIN)/python -m pytest -n auto -m "(slow or law) and not valkey" $(ARGS)

golden: $(VENV)/test ## write the answers in tests/golden again (some: ARGS=NAME); check the diff
	$(BIN)/python -m tests.golden.record $(ARGS)

check: lint types imports docs files drills valkey cluster browser models schemas node js-client coding-agent examples go java frameworks oldest genai recorded slow ## run all checks of CI except the quick tests

lint: $(VENV)/dev ## check rules and layout with ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fmt: $(VENV)/dev ## correct rules and layout with ruff
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/dev ## check types with mypy --strict
	$(BIN)/mypy

imports: $(VENV)/dev ## check that imports follow the layers
	$(BIN)/lint-imports

docs: $(VENV)/dev ## build the documentation to build/docs, and test its links and code
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	$(BIN)/python -m tests.docs.search
	$(BIN)/python -m pytest tests/docs

files: $(VENV)/dev ## lint the Dockerfile, the action, deploy/, the compose files and .github
	$(BIN)/python -m tests.docs.linted

drills: $(VENV)/dev ## attack servers, break their disk and upstream, kill them: the short version (some: ARGS=NAME)
	$(BIN)/python -m tests.abuse $(ARGS)

abuse: $(VENV)/dev ## the drills in full, for about half an hour; writes the table in docs/security.md
	$(BIN)/python -m tests.abuse --full --write $(ARGS)

valkey: $(VENV)/dev ## test with a Valkey or Redis server as shared state (some: ARGS="-k outage")
	$(BIN)/python tests/judge.py valkey $(ARGS)

cluster: $(VENV)/dev ## test with SDKs and three servers behind nginx, of which one is killed again and again
	$(BIN)/python tests/judge.py cluster $(ARGS)

browser: $(VENV)/dev ## test the console in Chromium (some: ARGS="-k axe")
	$(BIN)/python tests/judge.py browser $(ARGS)

screenshots: $(VENV)/dev ## take the pictures of the console and the terminal in docs/images
	$(BIN)/python -m tests.console.screenshots
	$(BIN)/python -m tests.docs.terminal

coverage: $(VENV)/dev ## measure what the tests reach; without ARGS, write it to CONTRIBUTING.md
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest $(ARGS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --skip-covered
	$(if $(ARGS),,$(BIN)/python -m tests.docs.coverage_figure)

mutants: $(VENV)/dev ## change mockgem in small ways: do the tests notice? (some: ARGS="storage --sample 40")
	$(BIN)/python -m tests.mutation $(ARGS)

node: $(VENV)/dev ## test with openai, google-genai, the Agents SDK and the Vercel AI SDK for Node
	$(BIN)/python tests/judge.py node

js-client: $(VENV)/dev ## test the npm package in clients/js with Vitest, Jest, node:test and Playwright
	$(BIN)/python tests/judge.py js-client

examples: $(VENV)/dev ## run the tests of the projects in examples/
	$(BIN)/python tests/judge.py examples

coding-agent: $(VENV)/dev ## test with Codex, a coding agent, through its client library (400 MB)
	$(BIN)/python tests/judge.py coding-agent

models: $(VENV)/dev ## compare the catalogue with the models that the newest SDKs list
	$(BIN)/python tests/judge.py models

schemas: $(VENV)/dev ## compare with the schemas that Google's newest packages publish
	$(BIN)/python tests/judge.py schemas

frameworks: $(VENV)/dev ## test with LangChain's standard tests and other frameworks
	$(BIN)/python tests/judge.py frameworks

oldest: $(VENV)/dev ## test with the oldest supported major version of openai for Python
	$(BIN)/python tests/judge.py oldest

genai: $(VENV)/dev ## test with three major versions of google-genai for Python
	$(BIN)/python tests/judge.py genai

recorded: $(VENV)/dev ## test the official SDKs through a recorder, then with its cassette
	$(BIN)/python tests/judge.py recorded

go: $(VENV)/dev ## test with google-genai for Go, if Go is installed
	$(BIN)/python tests/judge.py go

java: $(VENV)/dev ## test with google-genai for Java, if Maven is installed
	$(BIN)/python tests/judge.py java

bench: $(VENV)/dev ## measure mockgem against a bare aiohttp server (some: ARGS="rates memory")
	$(BIN)/python benchmarks/run.py $(ARGS)

scaling: $(VENV)/dev ## measure workers, state on Valkey and what state takes; writes docs/scaling.md
	@command -v wrk >/dev/null || { echo "This needs wrk: apt-get install -y wrk" >&2; exit 1; }
	$(BIN)/python -m benchmarks.cores --write $(ARGS)
	$(BIN)/python -m benchmarks.shared_state --write
	$(BIN)/python -m benchmarks.footprint --write
	$(BIN)/python -m benchmarks.sizes

growth: $(VENV)/dev ## find fields whose work grows too fast or blocks others (some: ARGS="chat images")
	$(BIN)/python benchmarks/growth.py $(ARGS)

clean: ## remove the environments and caches
	rm -rf $(VENV) .envs clients/js/dist clients/js/node_modules tests/node/node_modules tests/coding_agent/node_modules tests/console/node_modules examples/*/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* tests/java/target tests/java/*/target

$(BIN)/python:
	@$(if $(PYTHON),,echo "mockgem needs Python 3.11 or later. Install one, or give its path: make run PYTHON=/path/to/python" >&2; exit 1)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mockgem needs Python 3.11 or later; $(PYTHON) is older. Give the path of another one: make run PYTHON=/path/to/python")'
	@echo "Creating $(VENV) with $$($(PYTHON) --version) …"
	@$(MAKE_VENV)

$(VENV)/run: pyproject.toml | $(BIN)/python
	@echo "Installing mockgem (up to a minute the first time) …"
	@$(INSTALL) -e .
	@touch $@

$(VENV)/test: pyproject.toml | $(BIN)/python
	@echo "Installing mockgem and its test tools (about a minute the first time) …"
	@$(INSTALL) -e '.[test]'
	@touch $@ $(VENV)/run

$(VENV)/dev: pyproject.toml | $(BIN)/python
	@echo "Installing mockgem with its tools for tests and documentation (about two minutes the first time) …"
	@$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/test $(VENV)/run
