# Needs Python 3.11 or later and make; everything else is installed from the locks into .venv.
PYTHON ?= python3
ENGINE ?=
venv   := .venv/bin
press  := $(venv)/python -m press

.DEFAULT_GOAL := book
.PHONY: book test pdf preview check bench lint format lock clean help

book: .venv/book  ## set up everything and render: site, PDF, EPUB, notebooks -> _book/  (ENGINE=quarto|press forces one)
	@$(press) book --engine "$(ENGINE)"

test: .venv/test  ## set up everything and run every test
	@$(venv)/python -m pytest -n auto --dist loadfile

pdf: .venv/book  ## the PDFs alone: A4 and US Letter
	@$(press) render --to pdf --to second-pdf

preview: .venv/book  ## serve the book, and render again what a save touches
	@$(press) preview

check: .venv/book  ## read every chapter and refuse what is wrong, running nothing
	@$(press) check

bench: .venv/test  ## measure press beside Quarto, where it is there, the speeds that chapters quote, and how figures follow the pointer
	@$(venv)/python benchmarks/render.py
	@$(venv)/python benchmarks/timings.py
	@$(venv)/python benchmarks/figures.py

lint: .venv/test  ## format, lint and types
	@$(venv)/ruff format --check --quiet
	@$(venv)/ruff check --quiet
	@$(venv)/mypy --no-error-summary

format: .venv/test  ## format the code
	@$(venv)/ruff format --quiet && $(venv)/ruff check --fix --quiet

lock:  ## write the locks anew (needs uv)
	@requirements/lock

clean:  ## remove what builds made; .venv stays
	@rm -rf _book .press .quarto figures/built

help:  ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Set-up: a stamp is as new as what was installed.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "The book needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.13" >&2; exit 1; }
	@echo "Set-up, once: a virtual environment in .venv"
	@$(PYTHON) -m venv .venv

.venv/book: requirements/book.txt pyproject.toml | .venv/bin/python
	@echo "Set-up, once: the packages that render the book"
	@$(venv)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/book.txt
	@$(venv)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test: requirements/test.txt .venv/book
	@echo "Set-up, once: the packages that test it"
	@$(venv)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@
