# Every target but `help` makes .venv first, once: .venv/.ready says that it is whole.
# A variable given to make reaches the program: make preview STORIES_DIR=path
PYTHON ?= python3

.PHONY: help setup preview test test-postgres run lint bench

help:
	@echo 'make preview   the bot in a browser page, no Discord account needed'
	@echo 'make run       the bot on Discord, with the settings in .env'
	@echo 'make test      the tests'
	@echo 'make test-postgres   those that open a store, on a PostgreSQL of their own'
	@echo 'make lint      style, format and types'
	@echo 'make bench     what it costs'
	@echo 'make setup     only .venv, which the others make too'

setup: .venv/.ready

preview: .venv/.ready
	.venv/bin/python -m bot preview

run: .venv/.ready
	.venv/bin/python -m bot

test: .venv/.ready
	.venv/bin/python -m pytest -n 4 --dist worksteal

test-postgres: .venv/.ready
	.venv/bin/python -m pytest -n 4 --dist worksteal --postgresql

lint: .venv/.ready
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m pyright

bench: .venv/.ready
	.venv/bin/python -m benchmarks

# A .venv whose Python has gone, by an upgrade say, is not whole.
$(shell .venv/bin/python -c '' 2>/dev/null || rm -f .venv/.ready)

# A whole .venv is brought up to date; one that was never finished is made anew.
.venv/.ready: pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Oneshot needs Python 3.11 or later and this is %d.%d: name a newer one, like make setup PYTHON=python3.13" % sys.version_info[:2])'
	@echo 'Setting up .venv. This fetches what the bot and its tests need, once.'
	@test -f $@ || $(PYTHON) -m venv --clear .venv
	@rm -f $@
	.venv/bin/python -m pip install --quiet -r requirements.txt
	.venv/bin/python -m pip install --quiet --no-deps -e .
	@touch $@
