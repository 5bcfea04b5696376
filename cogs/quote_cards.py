"""Quotes as pictures."""

import asyncio

from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.services.pages import is_owner, is_private, post, update_or_copy
from bot.ui.ids.quotes import QuoteCard
from bot.ui.quotes import card_screen, card_text

AT_ONCE_SECONDS = 1.5
"""Seconds that a press waits for its picture before it is deferred; Discord gives three."""


@component(QuoteCard)
async def draw_card(interaction: Interaction, press: QuoteCard) -> None:
    """Draw a quote as a picture, or draw it anew in another design; a public one that may spoil is veiled."""
    quote = await store_for(interaction).quotes.find(press.quote)
    own = await is_owner(interaction)
    private = is_private(interaction) or not own or not quote.story.may_share
    drawing = asyncio.ensure_future(interaction.client.studio.card(card_text(quote), press.design))
    await asyncio.wait({drawing}, timeout=AT_ONCE_SECONDS)
    again = press.shows == "again" and own
    if not drawing.done():
        await interaction.response.defer(thinking=not again, ephemeral=private)
    may_spoil = not private and not quote.is_first_part
    screen = card_screen(quote, await drawing, press.design, may_spoil=may_spoil)
    if again:
        await update_or_copy(interaction, screen)
    else:
        await post(interaction, screen, private=private)
