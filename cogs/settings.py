"""Settings of readers: a panel where they choose how the bot works for them."""

from dataclasses import replace
from functools import partial

from discord import app_commands

from bot.domain.settings import NOTICES, ReaderSettings
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, picked
from bot.interactions.replies import redraw
from bot.services.pages import post, show_review_news
from bot.store.chapters import LENGTHS
from bot.ui.ids.settings import SetReaderOption
from bot.ui.settings import read_yes_no, reader_panel


@app_commands.command()
async def settings(interaction: Interaction) -> None:
    """Change page length, spoilers and notifications"""
    chosen = await store_for(interaction).settings.of_reader(interaction.user.id)
    await post(interaction, reader_panel(chosen), private=True)
    if await store_for(interaction).authors.writes(interaction.user.id):
        await show_review_news(interaction)


@component(SetReaderOption)
async def set_reader(interaction: Interaction, press: SetReaderOption) -> None:
    """Change one setting of the reader who pressed."""
    settings, value = store_for(interaction).settings, picked(interaction)
    chosen = await settings.change_reader(interaction.user.id, partial(_reader, what=press.option, value=value))
    await redraw(interaction, reader_panel(chosen))


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
        case _:
            return replace(chosen, notices=known(NOTICES, value))
