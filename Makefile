# Everything this project does by command. `make` lists the targets; PYTHON=python3.12 make ... picks another interpreter (3.11 or newer).

PYTHON  ?= python3
WORKERS ?= auto

UV      := .tools/bin/uv
RUN     := .venv/bin/python
PEERS   := .peers/bin/python
INSTALL := $(UV) pip install --quiet --no-deps
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade

# Interpreters are never downloaded, and a Python path set for something else stays out.
export UV_PYTHON_DOWNLOADS := never
unexport PYTHONPATH VIRTUAL_ENV UV_PROJECT_ENVIRONMENT

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint fuzz train model docs quality bench peers requirements clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.runtime  ## extract the example letters and print what was promised, when and by whom
	@.venv/bin/toezeggingen demo

test: lint .venv/.debian  ## check style, types and import contracts, then run all tests
	@$(RUN) -m pytest --numprocesses $(WORKERS) --dist loadgroup

lint: .venv/.dev  ## check style, types and import contracts only
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(RUN) -m mypy
	@.venv/bin/lint-imports --no-cache

fuzz: .venv/.dev  ## read 10,000 mutants of files of every format; what fails is kept in fuzz-failures
	@cd tests && ../$(RUN) -m fuzzing --folder ../fuzz-failures

quality: .venv/.runtime  ## score the extraction on real letters and write docs/quality.md
	@$(RUN) -m toezeggingen.training.quality

bench: .venv/.runtime  ## time the whole trip against blank tokenising and a base model's components, on one core
	@$(RUN) -m toezeggingen.training.bench

peers: .peers/.installed  ## score on the same letters what a user would have without this project
	@$(PEERS) -m toezeggingen.training.peers

train: .venv/.runtime  ## check the corpus, train the judge on it, and assemble, score and document the pipeline anew
	@PATH="$(CURDIR)/.venv/bin:$$PATH" $(RUN) -m weasel run all

model: .venv/.runtime  ## write the pipeline's folder in models/ from pipelines/ and the lexicons
	@$(RUN) -m toezeggingen.training.assemble

docs: .venv/.runtime  ## write again the pages of docs/ that are made from code and lexicons
	@$(RUN) -m toezeggingen.training.docs

requirements: $(UV)  ## pin all dependencies anew, with hashes
	$(COMPILE) --group tools --output-file requirements/tools.txt
	$(COMPILE) pyproject.toml --group build --output-file requirements/runtime.txt
	$(COMPILE) pyproject.toml --group build --extra dev --extra ocr --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(COMPILE) pyproject.toml --group build --group peers --constraint requirements/runtime.txt --output-file requirements/peers.txt

clean:  ## remove the environments and everything that was built
	rm -rf .venv .peers .tools dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +

# Environments. A stamp is newer than the files it was made from; .dev adds to .runtime, so `make demo` after `make test` builds nothing.

$(UV): requirements/tools.txt
	@echo "Building the environment; the first time takes about a minute." >&2
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; say which: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv --clear .tools
	@.tools/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

.venv/.runtime: requirements/runtime.txt pyproject.toml $(UV)
	@test -x $(RUN) || $(UV) venv --quiet --clear --python $(PYTHON) .venv
	@$(INSTALL) --python .venv --require-hashes --requirement $<
	@$(INSTALL) --python .venv --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@$(INSTALL) --python .venv --require-hashes --requirement $<
	@touch $@

# Programs that tests run: what is there is used, what is not comes from Debian.
.venv/.debian: .venv/.dev
	@tesseract --list-langs 2>/dev/null | grep -qx nld || { \
	  SUDO=$$(test "$$(id -u)" = 0 || echo sudo); \
	  $$SUDO apt-get -qq update && $$SUDO apt-get -qq install -y --no-install-recommends tesseract-ocr tesseract-ocr-nld >/dev/null; }
	@touch $@

.peers/.installed: requirements/peers.txt pyproject.toml $(UV)
	@test -x $(PEERS) || $(UV) venv --quiet --clear --python $(PYTHON) .peers
	@$(INSTALL) --python .peers --require-hashes --requirement $<
	@$(INSTALL) --python .peers --no-build-isolation --editable .
	@touch $@
