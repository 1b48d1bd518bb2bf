# Each target is a script of end2end/scripts; `make` alone lists them.
.PHONY: help run test e2e soak bench site screenshots
.DEFAULT_GOAL := help

help: ## muestra esta lista
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-12s%s\n", $$1, $$2 }' Makefile

run: ## instala lo que falte, compila y sirve la mesa (PORT=3000 DATA=data)
	@exec end2end/scripts/run.sh

test: ## corre todas las pruebas; la última línea dice cuántas pasaron
	@exec end2end/scripts/test.sh

e2e: ## corre solo las pruebas en el navegador (ARGS='-g "parte del nombre"')
	@exec end2end/scripts/e2e.sh $(ARGS)

screenshots: ## toma una imagen de cada pantalla, para mirarlas, en target/screenshots
	@exec end2end/scripts/screenshots.sh $(ARGS)

soak: ## corre las pruebas en su variante larga
	@exec end2end/scripts/soak.sh

bench: ## mide con la herramienta de carga, unos 35 min (MODES="steady kill" RUNS=3)
	@exec end2end/scripts/bench.sh

site: ## compila y empaqueta solo lo que carga el navegador, en target/site
	@exec end2end/scripts/site.sh release
