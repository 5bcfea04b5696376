# Every target but `help` makes .venv first, once. .venv/.ready says that it has what the bot needs, .venv/.preview that
# it has what the preview needs, too, and .venv/.workshop that it has what the tests and the tools need, too.
# A variable given to make reaches the program: make preview STORIES_DIR=path
PYTHON ?= python3
SIDE_BY_SIDE = -n auto --dist worksteal

# The tests start dozens of processes, and each would compile the whole bot anew.
test test-postgres test-all: export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup preview test test-postgres test-all run lint licences bench faults

help:
	@echo 'make preview   the bot in a browser page, no Discord account needed'
	@echo 'make run       the bot on Discord, with the settings in .env'
	@echo 'make test      the tests, in three minutes'
	@echo 'make test-all  also what takes long, and all that opens a store on a PostgreSQL of its own'
	@echo 'make test-postgres   what PostgreSQL may do differently'
	@echo 'make lint      style, format and types'
	@echo 'make licences  the licence of each package that the bot needs'
	@echo 'make bench     what it costs'
	@echo 'make faults    which tests turn red with faults put into the code; takes hours'
	@echo 'make setup     only .venv, which the others make too'

setup: .venv/.workshop

preview: .venv/.preview
	.venv/bin/python -m tools.preview

run: .venv/.ready
	.venv/bin/python -m bot

test: .venv/.workshop
	.venv/bin/python -m pytest $(SIDE_BY_SIDE)

test-postgres: .venv/.workshop
	.venv/bin/python -m pytest $(SIDE_BY_SIDE) --postgresql

test-all: .venv/.workshop
	.venv/bin/python -m pytest $(SIDE_BY_SIDE) --all
	.venv/bin/python -m pytest $(SIDE_BY_SIDE) --all --postgresql

lint: .venv/.workshop
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check .
	.venv/bin/python -m pyright

licences: .venv/.ready
	.venv/bin/python -m tools.licences

bench: .venv/.workshop
	.venv/bin/python -m benchmarks

faults: .venv/.workshop
	.venv/bin/python -m tools.faults

# A .venv whose Python has gone, by an upgrade say, is not whole.
$(shell .venv/bin/python -c '' 2>/dev/null || rm -f .venv/.ready .venv/.preview .venv/.workshop)

.venv/.ready: requirements/bot.txt
	@echo 'Setting up .venv. This fetches what the bot needs, once.'
	@PYTHON='$(PYTHON)' sh tools/install.sh .venv

.venv/.preview: requirements/preview.txt
	@echo 'Setting up .venv. This fetches what the bot and its preview need, once.'
	@PYTHON='$(PYTHON)' sh tools/install.sh .venv preview
	@touch $@

.venv/.workshop: requirements/dev.txt
	@echo 'Setting up .venv. This fetches what the bot, its preview and its tests need, once.'
	@PYTHON='$(PYTHON)' sh tools/install.sh .venv dev
	@touch .venv/.preview $@
