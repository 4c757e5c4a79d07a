# Project commands, also used by CI. `make help` lists them.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
ARGS ?=

.PHONY: help site serve test check format quality package manual bench fuzz torture screenshots train lock clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: $(VENV)/.installed ## build the site from sources/ into site/
	$(PY) build.py build $(ARGS)

serve: $(VENV)/.installed ## serve the site at http://127.0.0.1:8000/ and rebuild it when a file changes
	$(PY) build.py serve $(ARGS)

test: $(VENV)/.installed-dev ## run all tests
	$(PY) -m pytest -n auto --dist loadgroup $(ARGS)

check: $(VENV)/.installed-dev ## run the linter, formatter, type checker and content check
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) build.py check

format: $(VENV)/.installed-dev ## format the code
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

quality: $(VENV)/.installed-dev ## measure extraction on our labelled articles; fail if a score drops
	$(PY) -m tests.quality $(ARGS)

package: $(VENV)/.installed-dev ## build the wheel and the source package into dist/
	$(PY) -m hatchling build -d dist

manual: $(VENV)/.installed-dev ## write the reference and build the manual into .cache/manual/
	$(PY) -m briefing.cli.reference
	$(VENV)/bin/mkdocs build --quiet --strict -f manual/mkdocs.yml

bench: $(VENV)/.installed-dev ## measure the cost of our code relative to the models
	$(PY) -m bench $(ARGS)
	$(PY) -m bench.linking
	$(PY) -m bench.growth
	$(PY) -m bench.sizes
	$(PY) -m bench.archive
	$(PY) -m bench.data

fuzz: $(VENV)/.installed-dev ## feed damaged files to everything that reads contributions: make fuzz ARGS="--seconds 600 html"
	$(PY) -m fuzz $(ARGS)

torture: $(VENV)/.installed-dev ## end builds at random moments, fill the disk, damage the cache; takes half an hour
	$(PY) -m tests.torture $(ARGS)

screenshots: $(VENV)/.installed-dev ## take screenshots of every type of page, on desktop and phone, light and dark
	$(PY) -m tests.screenshots $(ARGS)

train: $(VENV)/.installed-train ## retrain the reader's weights: make train POLNEAR=f.jsonl NAMES=f.jsonl DEV=f.jsonl SCORE=dir
	$(PY) -m training.train .cache/training --polnear $(POLNEAR) --names $(NAMES) --seeds 1 2 3
	$(PY) -m training.train .cache/training --polnear $(POLNEAR) --names $(NAMES) --share 0.25
	$(PY) -m training.train .cache/training --polnear $(POLNEAR) --names $(NAMES) --share 0.5
	$(PY) -m training.report .cache/training/seed-?.onnx .cache/training/share-*.onnx --polnear $(DEV) --score $(SCORE)
	$(PY) -m training.name_folds .cache/training --names $(NAMES)

lock: $(VENV)/.installed-dev ## pin all dependencies by version and hash after changing pyproject.toml
	$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --python-version 3.11 --extra import --extra data pyproject.toml -o requirements.lock
	$(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --python-version 3.11 --extra import --extra data --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## remove everything that can be regenerated
	-[ ! -x $(PY) ] || $(PY) build.py clean
	rm -rf $(VENV) site .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- environments -------------------------------------------------------------------------

$(VENV)/.installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is required; $(PYTHON) is $$($(PYTHON) --version). Choose another: make PYTHON=python3.12 site"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed-train: $(VENV)/.installed-dev pyproject.toml
	$(PY) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]["train"], sep="\n")' \
		| $(PY) -m pip install --quiet --disable-pip-version-check -r /dev/stdin
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
