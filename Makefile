# Everything is done in .venv, which `setup` makes; the first python below that is 3.11 or newer makes it.
PYTHON ?= $(shell for p in python3.11 python3 python; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
KB := $(BIN)/kb --db demo.sqlite3

.PHONY: help setup demo test check schema questions quality linking shares outlets calibrate baselines bench-annotate bench-attribute bench-merge bench-query bench-reingest bench-export bench-start clean
help:
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: .venv/ready ## make the environment in .venv

.venv/ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "kb needs Python 3.11; name one: make setup PYTHON=/path/to/python3.11" >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: setup ## ingest the sample articles into demo.sqlite3 and ask three questions
	@rm -f demo.sqlite3 demo.sqlite3-*
	$(KB) ingest seeds/articles
	$(KB) who-said "Ushakov"
	$(KB) who-said "Ratna Wiyasa" --kind direct
	$(KB) entity "Kim Jong-un"

test: setup ## run every test
	$(BIN)/pytest -m 'slow or not slow' --numprocesses 2 --dist loadfile

check: setup ## lint, types, import rules, migrations against tables
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m kb.store.check

schema: setup ## write the data dictionary, docs/schema.md
	$(BIN)/python -m kb.store.dictionary > docs/schema.md

questions: setup ## answer the worked questions of docs/questions.md anew
	$(BIN)/python tests/quality/questions.py

quality: setup ## score against gold articles: make quality BENCH=DIR [ERRORS=N]
	@test -n "$(BENCH)" || { echo "name the benchmark's folder: make quality BENCH=DIR" >&2; exit 2; }
	$(BIN)/python tests/quality/run.py "$(BENCH)" $(if $(ERRORS),--errors $(ERRORS))

linking: setup ## score linking across gold articles: make linking BENCH=DIR [ERRORS=N]
	@test -n "$(BENCH)" || { echo "name the benchmark's folder: make linking BENCH=DIR" >&2; exit 2; }
	$(BIN)/python tests/quality/linking.py "$(BENCH)" $(if $(ERRORS),--errors $(ERRORS))

shares: setup ## attribution with gold mentions, by source and by rule: make shares BENCH=DIR
	@test -n "$(BENCH)" || { echo "name the benchmark's folder: make shares BENCH=DIR" >&2; exit 2; }
	$(BIN)/python tests/quality/shares.py "$(BENCH)"

outlets: setup ## score against our annotation of other outlets: make outlets BENCH=DIR DATA=DIR
	@test -n "$(BENCH)" -a -n "$(DATA)" || { echo "name both folders: make outlets BENCH=DIR DATA=DIR" >&2; exit 2; }
	$(BIN)/python tests/quality/outlets.py "$(BENCH)" "$(DATA)"

calibrate: setup ## fit confidence and print how reliable it is: make calibrate BENCH=DIR [DATA=DIR]
	@test -n "$(BENCH)" || { echo "name the benchmark's folder: make calibrate BENCH=DIR [DATA=DIR]" >&2; exit 2; }
	$(BIN)/python tests/quality/calibrate.py "$(BENCH)" $(DATA) --write

baselines: setup ## what simple programs reach beside kb: make baselines BENCH=DIR
	@test -n "$(BENCH)" || { echo "name the benchmark's folder: make baselines BENCH=DIR" >&2; exit 2; }
	$(BIN)/python tests/quality/baselines.py "$(BENCH)"

bench-annotate: setup ## words a second, and the ratio to plain Stanza: make bench-annotate [BENCH=DIR]
	$(BIN)/python tests/quality/bench_annotate.py $(BENCH)

bench-attribute: setup ## articles a second without the models: make bench-attribute [BENCH=DIR]
	$(BIN)/python tests/quality/bench_attribute.py $(BENCH)

bench-merge: setup ## seconds that a merge takes in a large base: make bench-merge [QUOTES=1000000]
	$(BIN)/python tests/quality/bench_merge.py $(if $(QUOTES),--quotes $(QUOTES))

bench-query: setup ## seconds that questions take in a large base, a bulk load, a cold start: make bench-query [QUOTES=10000000]
	$(BIN)/python tests/quality/bench_query.py $(if $(QUOTES),--quotes $(QUOTES))
	$(BIN)/python tests/quality/bench_start.py

bench-reingest: setup ## seconds that reading unchanged articles again takes: make bench-reingest [ARTICLES=20000]
	$(BIN)/python tests/quality/bench_reingest.py $(if $(ARTICLES),--articles $(ARTICLES))

bench-export: setup ## rows a second and memory of exports of a large base: make bench-export [QUOTES=1000000]
	$(BIN)/python tests/quality/bench_export.py $(if $(QUOTES),--quotes $(QUOTES))

bench-start: setup ## seconds that kb who-said takes from call to answer, beside smaller programs: make bench-start
	$(BIN)/python tests/quality/bench_start.py

clean: ## remove the environment, caches and the demo's database
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist demo.sqlite3*
