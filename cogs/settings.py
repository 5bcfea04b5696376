"""Settings of readers: panels where they choose how the bot works for them, and how authors hear of reviews."""

from dataclasses import replace
from functools import partial

from discord import app_commands

from bot.domain.settings import LANGUAGES, NOTICES, REVIEWS, ReaderSettings
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, picked
from bot.interactions.replies import redraw, send
from bot.services import pages
from bot.store.chapters import LENGTHS
from bot.ui.ids.reviews import SetReviewNews, ShowReviewNews
from bot.ui.ids.settings import ReaderSection, SetReaderOption, ShowReaderSection
from bot.ui.screen import Screen
from bot.ui.settings import SECTIONS, read_yes_no, reader_panel


@app_commands.command()
async def settings(interaction: Interaction) -> None:
    """Change page length, spoilers and notifications"""
    await send(interaction, await _screen(interaction, "first"), private=True)


@component(ShowReaderSection)
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


@component(ShowReviewNews)
async def show_review_news(interaction: Interaction, _: ShowReviewNews) -> None:
    """Show how a writer is notified of reviews."""
    await pages.show_review_news(interaction)


@component(SetReviewNews)
async def set_review_news(interaction: Interaction, _: SetReviewNews) -> None:
    """Change how a writer is notified of reviews."""
    way = known(REVIEWS, picked(interaction))
    settings = store_for(interaction).settings
    await settings.change_reader(interaction.user.id, lambda chosen: replace(chosen, reviews=way))
    await redraw(interaction, await pages.review_news_of(interaction))
