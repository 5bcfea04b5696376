"""Saved quotes: kept from any quote, listed, shared, deleted."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component, number_in, picked
from bot.interactions.replies import redraw, send
from bot.services.pages import post, share_quote
from bot.ui.ids.quotes import DropSaved, PickSaved, SavedPage, SaveQuote, ShareQuote
from bot.ui.quotes import dropped_screen, kept_screen
from bot.ui.saved_quotes import ROWS, saved_quote_screen, saved_screen
from bot.ui.screen import Screen


class Saved(commands.Cog):
    @app_commands.command()
    async def saved(self, interaction: Interaction) -> None:
        """The quotes that you have saved."""
        await send(interaction, await _list(interaction, 0), private=True)


async def _list(interaction: Interaction, page: int) -> Screen:
    """A page of the list; one past the end is the last, for a list that has become shorter."""
    saved, reader = store_for(interaction).saved_quotes, interaction.user.id
    total = await saved.count(reader)
    page = max(0, min(page, -(-total // ROWS) - 1))
    return saved_screen(await saved.list(reader, ROWS, page * ROWS), page, total)


@component(SaveQuote)
async def save(interaction: Interaction, press: SaveQuote) -> None:
    """Keep a quote; the receipt takes it off again."""
    store = store_for(interaction)
    drawn = await store.quotes.find(press.quote)
    is_new = await store.saved_quotes.keep(interaction.user.id, drawn.id, interaction.guild_id)
    await send(interaction, kept_screen(drawn, is_new=is_new), private=True)


@component(SavedPage)
async def turn_saved(interaction: Interaction, press: SavedPage) -> None:
    """Previous or next page of the list, or back to it."""
    await redraw(interaction, await _list(interaction, press.page))


@component(PickSaved)
async def pick_saved(interaction: Interaction, press: PickSaved) -> None:
    """A quote of the list."""
    quote = number_in(picked(interaction))
    if quote is None:
        raise ReaderError("saved-gone")
    found = await store_for(interaction).saved_quotes.find(interaction.user.id, quote)
    await redraw(interaction, saved_quote_screen(found, press.page))


@component(DropSaved)
async def drop(interaction: Interaction, press: DropSaved) -> None:
    """Keep it no more."""
    await store_for(interaction).saved_quotes.drop(interaction.user.id, press.quote)
    await redraw(interaction, dropped_screen() if press.shown == "receipt" else await _list(interaction, press.page))


@component(ShareQuote)
async def share(interaction: Interaction, press: ShareQuote) -> None:
    """Post it for all to see."""
    await post(interaction, await share_quote(interaction, press.quote), private=False)


async def setup(bot: Oneshot) -> None:
    await bot.add_cog(Saved())
