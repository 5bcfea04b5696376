"""Settings of readers: a panel where they choose how the bot works for them."""

from dataclasses import replace
from functools import partial

from discord import app_commands

from bot.domain.settings import LANGUAGES, NOTICES, ReaderSettings
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, picked
from bot.interactions.replies import redraw, send
from bot.store.chapters import LENGTHS
from bot.ui.ids.settings import ReaderSection, SetReaderOption, ShowReaderSection
from bot.ui.screen import Screen
from bot.ui.settings import SECTIONS, read_yes_no, reader_panel


@app_commands.command(extras=LOOKUP)
async def settings(interaction: Interaction) -> None:
    """Change page length, spoilers and notifications"""
    await send(interaction, await _screen(interaction, "first"), private=True)


@component(ShowReaderSection, work="lookup")
async def show_section(interaction: Interaction, press: ShowReaderSection) -> None:
    """Show the other screen of the settings."""
    await redraw(interaction, await _screen(interaction, press.section))


@component(SetReaderOption)
async def set_reader(interaction: Interaction, press: SetReaderOption) -> None:
    """Change one setting of the reader who pressed."""
    settings, value = store_for(interaction).settings, picked(interaction)
    await settings.change_reader(interaction.user.id, partial(_reader, what=press.option, value=value))
    await redraw(interaction, await _screen(interaction, "more" if press.option in SECTIONS["more"] else "first"))


async def _screen(interaction: Interaction, section: ReaderSection) -> Screen:
    store, reader = store_for(interaction), interaction.user.id
    writes = section == "more" and await store.authors.writes(reader)
    chosen = await store.settings.of_reader(reader)
    return reader_panel(chosen, section, writes=writes, takes_adult=interaction.client.takes_adult)


def _reader(chosen: ReaderSettings, what: str, value: str) -> ReaderSettings:
    match what:
        case "length":
            return replace(chosen, page_length=known(LENGTHS, value))
        case "private":
            return replace(chosen, private=read_yes_no(value))
        case "adult":
            return replace(chosen, adult=value == "yes")
        case "veil":
            return replace(chosen, veil=value != "no")
        case "language":
            return replace(chosen, language=value if value in LANGUAGES else None)
        case _:
            return replace(chosen, notices=known(NOTICES, value))
