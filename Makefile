# Each target is a script of end2end/scripts; `make` alone lists them.
.PHONY: help run test e2e soak audit bench site screenshots
.DEFAULT_GOAL := help

help: ## shows this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-12s%s\n", $$1, $$2 }' Makefile

run: ## instala lo que falte, compila y sirve la mesa (PORT=3000 DATA=data)
	@exec end2end/scripts/run.sh

test: ## runs all tests; the last line says how many passed
	@exec end2end/scripts/test.sh

e2e: ## runs only the browser tests (ARGS='-g "part of the name"')
	@exec end2end/scripts/e2e.sh $(ARGS)

screenshots: ## takes a picture of every screen, to be looked at, in target/screenshots
	@exec end2end/scripts/screenshots.sh $(ARGS)

soak: ## runs the long variants of the tests
	@exec end2end/scripts/soak.sh

audit: ## checks licences, sources and known weaknesses of all dependencies
	@exec end2end/scripts/audit.sh

bench: ## measures with the load tool, some 35 min (MODES="steady kill" RUNS=3)
	@exec end2end/scripts/bench.sh

site: ## builds and packs only what browsers load, in target/site
	@exec end2end/scripts/site.sh
