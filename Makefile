# Every target sets up what it needs first; ARGS are handed on: make check ARGS=--strict

# Nothing of the caller's own Python may leak in; nor is every process to compile all of ours anew.
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP VIRTUAL_ENV CONDA_PREFIX PIP_TARGET PIP_PREFIX
unexport PYTHONDONTWRITEBYTECODE
export PYTHONNOUSERSITE := 1
export PIP_USER := 0
export PYTHON

bin := .venv/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help briefs check test proofs format catalogues tables looks bench bench-check lock clean run-setup test-setup

help: ## show these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

briefs: run-setup ## build the briefs of this desk into build/
	$(bin)/briefings build $(ARGS)

check: run-setup ## check facts.yaml against the source documents
	$(bin)/briefings check $(ARGS)

test: test-setup ## ruff, mypy and pytest
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/pytest -n auto --dist worksteal --durations 10 --durations-min 1 $(ARGS)

proofs: test-setup ## pytest in full breadth: all topics, languages, papers and vices, more drawn examples
	$(bin)/pytest -n auto --dist worksteal --proofs $(ARGS)

format: test-setup ## put the code into its form
	$(bin)/ruff check --fix-only --quiet .
	$(bin)/ruff format .

catalogues: test-setup ## bring the words of the pages in other languages up to date
	$(bin)/python tools/catalogues.py $(ARGS)

tables: test-setup ## make the tables of docs/ from the code
	$(bin)/python tools/diagnostics_page.py $(ARGS)
	$(bin)/python tools/fact_base.py $(ARGS)
	$(bin)/python tools/gate_page.py $(ARGS)
	$(bin)/python tools/limits_page.py $(ARGS)
	$(bin)/python tools/templates_page.py $(ARGS)

looks: test-setup ## keep the pictures of pages as they look now, after you have looked at them
	$(bin)/pytest -q tests/test_looks.py --new-looks $(ARGS)

bench: test-setup ## measure what speeds are promised, beside their peers, and write docs/bench.md
	$(bin)/python -m pip --disable-pip-version-check --quiet install --require-hashes \
		--requirement requirements-bench.txt
	$(bin)/python benchmarks/bench.py $(ARGS)

bench-check: test-setup ## fail where a ratio of these is above the stated one
	$(bin)/python benchmarks/bench.py --check $(ARGS)

lock: test-setup ## write the requirements files anew (ARGS=--upgrade for new versions)
	$(bin)/uv $(compile) pyproject.toml --group build -o requirements.txt $(ARGS)
	$(bin)/uv $(compile) pyproject.toml --group build --group dev -c requirements.txt -o requirements-dev.txt $(ARGS)
	$(bin)/uv $(compile) --group bench -o requirements-bench.txt $(ARGS)

# Headers and addresses stay out, so that the files name no machine and no registry.
compile := pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

clean: ## remove what was made: build/, .venv/ and the caches
	rm -rf build dist .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find briefings tests -name __pycache__ -type d -prune -exec rm -rf {} +

run-setup:
	@sh .ci/setup run

test-setup:
	@sh .ci/setup test
