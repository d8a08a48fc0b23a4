# `make` lists the targets. On a machine with Python 3.11 or later, `make run` and `make test` need nothing else.

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
.PHONY: help run test slow golden check lint fmt types imports docs files coverage node frameworks oldest genai recorded go java bench clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(VENV)/run ## set up, then serve on http://127.0.0.1:8090 (ARGS="--port 0 --quiet" adds options)
	@exec $(BIN)/mockgem serve $(ARGS)

test: $(VENV)/test ## set up, then run the quick tests on all cores (ARGS="tests/cli -k port" for some)
	$(BIN)/python -m pytest -n auto -m "not slow" $(ARGS)

slow: $(VENV)/test ## run the slow tests: other programs, many servers, laws with all examples
	$(BIN)/python -m pytest -n auto -m "slow or law" $(ARGS)

golden: $(VENV)/test ## write the golden answers of tests/golden again (ARGS=NAME for some), to be looked at in the diff
	$(BIN)/python -m tests.golden.record $(ARGS)

check: slow lint types imports docs files node go java frameworks oldest genai recorded ## all that CI runs behind the tests

lint: $(VENV)/dev ## ruff: rules and layout
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

fmt: $(VENV)/dev ## ruff: correct what it can, and lay out the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/dev ## mypy --strict
	$(BIN)/mypy

imports: $(VENV)/dev ## the layers, and no import that goes up or sideways
	$(BIN)/lint-imports

docs: $(VENV)/dev ## build the documents to build/docs with their links checked, and try what they claim
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict
	$(BIN)/python -m pytest tests/docs

files: $(VENV)/dev ## lint the Dockerfile, the action, the compose file and what is in .github
	$(BIN)/python -m tests.docs.linted

coverage: $(VENV)/dev ## measure which lines all tests reach, quick and slow; without ARGS, write the figure to CONTRIBUTING.md
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest $(ARGS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --skip-covered
	$(if $(ARGS),,$(BIN)/python -m tests.docs.coverage_figure)

node: $(VENV)/dev ## the official openai and google-genai SDKs for Node and the Vercel AI SDK against a server
	$(BIN)/python tests/judge.py node

frameworks: $(VENV)/dev ## LangChain's standard tests and other frameworks, each in an environment of its own
	$(BIN)/python tests/judge.py frameworks

oldest: $(VENV)/dev ## the samples with the oldest supported major of the openai SDK
	$(BIN)/python tests/judge.py oldest

genai: $(VENV)/dev ## the documented samples with three majors of google-genai, and openai beside it
	$(BIN)/python tests/judge.py genai

recorded: $(VENV)/dev ## the official SDKs through a recorder, and once more from what it recorded
	$(BIN)/python tests/judge.py recorded

go: $(VENV)/dev ## the documented samples with google-genai for Go, where there is a Go
	$(BIN)/python tests/judge.py go

java: $(VENV)/dev ## the documented samples with google-genai for Java, where there is a Maven
	$(BIN)/python tests/judge.py java

bench: $(VENV)/dev ## ratios against a bare aiohttp server, measured side by side
	$(BIN)/python benchmarks/run.py $(ARGS)

clean: ## remove what was set up
	rm -rf $(VENV) .envs tests/node/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage* tests/java/target

$(BIN)/python:
	@$(if $(PYTHON),,echo "mockgem needs Python 3.11 or later. Install one, or name it: make run PYTHON=/path/to/python" >&2; exit 1)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "mockgem needs Python 3.11 or later; $(PYTHON) is older. Name another one: make run PYTHON=/path/to/python")'
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
	@echo "Installing mockgem, its test tools and the tools for its documents (about two minutes the first time) …"
	@$(INSTALL) -e '.[dev]'
	@touch $@ $(VENV)/test $(VENV)/run
