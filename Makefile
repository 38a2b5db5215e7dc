# Everything one types here, and what it does: `make help`. Works with GNU make 3.81 or newer.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help install serve test check lint format vendor screenshots bench wheel course-report clean

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet
# These files say that .venv holds what pyproject.toml asks for, to run and to test.
READY := .venv/.ready
TESTS := .venv/.ready-to-test
# As many processes as there are cores; more than four only wait for one another.
WORKERS ?= auto

help: ## this list
	@echo "Offramp: lessons and quizzes on crisis signalling and source evaluation"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  HOST= PORT= OFFRAMP_DATA=   where “make serve” listens, and its folder of data"
	@echo "  PYTHON=                     the Python, 3.11 or newer, that .venv is made with"

install: $(READY) ## make .venv with the command .venv/bin/offramp
	@echo "The command is $(BIN)/offramp; “$(BIN)/offramp --help” is its manual."

serve: $(READY) ## serve the course at http://127.0.0.1:8000
	@$(if $(HOST),OFFRAMP_HOST='$(HOST)') $(if $(PORT),OFFRAMP_PORT='$(PORT)') $(BIN)/offramp serve

test: lint ## run everything that proves the program
	@chromium=$$(sh .ci/find-chromium.sh $(BIN)/python) || exit 1; \
	CHROMIUM="$$chromium" $(BIN)/python -m pytest -q -n $(WORKERS) --maxprocesses 4 --dist loadfile

check: lint ## lint, types, imports and the pure tests: under a minute
	@$(BIN)/python -m pytest -q -m pure -n $(WORKERS) --maxprocesses 4

lint: $(TESTS)
	@$(BIN)/ruff format --check --quiet . || { echo "“make format” mends this."; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

format: $(TESTS) ## format the code, and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

vendor: $(READY) ## fetch fonts and icons again into static/ (needs the network)
	@$(INSTALL) -e '.[vendor]'
	@$(BIN)/python static/vendor/build.py

screenshots: $(TESTS) ## the README's pictures, and a contact sheet of every page
	@chromium=$$(sh .ci/find-chromium.sh $(BIN)/python) || exit 1; \
	CHROMIUM="$$chromium" $(BIN)/python docs/screenshots.py

bench: $(TESTS) ## measure: see benchmarks/README.md
	@$(BIN)/python benchmarks/save_answer.py
	@$(BIN)/python benchmarks/start.py
	@$(BIN)/python benchmarks/grade.py
	@$(BIN)/python benchmarks/bank.py

course-report: $(READY) ## measure the course into docs/course-report.md
	@$(BIN)/offramp check --report . > docs/course-report.md

wheel: $(READY) ## build dist/offramp-*.whl
	@$(PIP) wheel --quiet --no-deps --wheel-dir dist .
	@ls dist/*.whl

clean: ## remove .venv, caches and what was built; nobody's answers
	@rm -rf .venv dist build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A Python that is gone (after a system upgrade, the link leads nowhere) makes a new .venv.
$(BIN)/python:
	@python=$$(sh .ci/find-python.sh $(PYTHON)) || exit 1; \
	echo "Making .venv with $$python"; \
	"$$python" -m venv --clear .venv || { rm -rf .venv; exit 1; }

$(READY): pyproject.toml | $(BIN)/python
	@echo "Installing what Offramp needs into .venv: once, about a minute"
	@$(INSTALL) -e .
	@touch $@

$(TESTS): pyproject.toml | $(BIN)/python
	@echo "Installing what the tests need into .venv: once, a minute or two"
	@$(INSTALL) -e '.[test]'
	@touch $(READY) $@
