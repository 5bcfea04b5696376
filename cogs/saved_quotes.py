"""Saved quotes: a reader keeps quotes, shares and deletes them."""

from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked_id
from bot.interactions.replies import redraw
from bot.services.me import me_screen
from bot.services.posts import post
from bot.services.quotes import keep_quote, share_quote
from bot.texts import say
from bot.ui.ids.quotes import DeleteSavedQuote, PickSavedQuote, SaveQuote, ShareQuote
from bot.ui.saved_quotes import saved_quote_screen
from bot.ui.screen import notice


@component(SaveQuote)
async def save_quote(interaction: Interaction, press: SaveQuote) -> None:
    """Save a quote; a button of the receipt undoes it."""
    await keep_quote(interaction, press.quote)


@component(PickSavedQuote, work="lookup")
async def pick_saved(interaction: Interaction, press: PickSavedQuote) -> None:
    """Show the quote that was picked."""
    saved = await store_for(interaction).saved_quotes.find(interaction.user.id, picked_id(interaction))
    await redraw(interaction, saved_quote_screen(saved, press.page))


@component(DeleteSavedQuote)
async def drop_saved(interaction: Interaction, press: DeleteSavedQuote) -> None:
    """Delete a saved quote."""
    await store_for(interaction).saved_quotes.drop(interaction.user.id, press.quote)
    unsaved = notice(None, say("saved-dropped"), [])
    listed = press.shown == "list"
    await redraw(interaction, await me_screen(interaction, "quotes", press.page) if listed else unsaved)


@component(ShareQuote)
async def share_saved(interaction: Interaction, press: ShareQuote) -> None:
    """Post a saved quote for all to see."""
    await post(interaction, await share_quote(interaction, press.quote), private=False)
