"""Saved quotes: a reader keeps quotes, lists, shares and deletes them."""

from discord import app_commands

from bot.domain.paging import page_within
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked_id
from bot.interactions.replies import redraw, send
from bot.services.pages import post, share_quote
from bot.texts import say
from bot.ui.ids.quotes import DeleteSavedQuote, PickSavedQuote, SavedQuotesPage, SaveQuote, ShareQuote
from bot.ui.quotes import saved_receipt
from bot.ui.saved_quotes import ROWS, saved_quote_screen, saved_quotes_screen
from bot.ui.screen import Screen, notice


@app_commands.command()
async def saved(interaction: Interaction) -> None:
    """The quotes that you have saved."""
    await send(interaction, await _list(interaction, 0), private=True)


async def _list(interaction: Interaction, page: int) -> Screen:
    saved, reader = store_for(interaction).saved_quotes, interaction.user.id
    total = await saved.count(reader)
    page = page_within(page, total, ROWS)
    return saved_quotes_screen(await saved.list(reader, ROWS, page * ROWS), page, total)


@component(SaveQuote)
async def save_quote(interaction: Interaction, press: SaveQuote) -> None:
    """Save a quote; a button of the receipt undoes it."""
    store = store_for(interaction)
    quote = await store.quotes.find(press.quote)
    is_new = await store.saved_quotes.keep(interaction.user.id, quote.id, interaction.guild_id)
    await send(interaction, saved_receipt(quote, is_new=is_new), private=True)


@component(SavedQuotesPage)
async def turn_saved(interaction: Interaction, press: SavedQuotesPage) -> None:
    """Turn the list to another page, or go back to it."""
    await redraw(interaction, await _list(interaction, press.page))


@component(PickSavedQuote)
async def pick_saved(interaction: Interaction, press: PickSavedQuote) -> None:
    """Show the quote that was picked."""
    saved = await store_for(interaction).saved_quotes.find(interaction.user.id, picked_id(interaction))
    await redraw(interaction, saved_quote_screen(saved, press.page))


@component(DeleteSavedQuote)
async def drop_saved(interaction: Interaction, press: DeleteSavedQuote) -> None:
    """Delete a saved quote."""
    await store_for(interaction).saved_quotes.drop(interaction.user.id, press.quote)
    unsaved = notice(None, say("saved-dropped"), [])
    await redraw(interaction, unsaved if press.shown == "receipt" else await _list(interaction, press.page))


@component(ShareQuote)
async def share_saved(interaction: Interaction, press: ShareQuote) -> None:
    """Post a saved quote for all to see."""
    await post(interaction, await share_quote(interaction, press.quote), private=False)
