"""Quotes as pictures."""

from __future__ import annotations

import asyncio

from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component
from bot.services.pages import is_owner, is_private, post, update_or_copy
from bot.ui.ids.quotes import CardOf
from bot.ui.quotes import card_screen, card_text

AT_ONCE_SECONDS = 1.5
"""Seconds that a press waits for its picture before it says that one is being drawn; Discord gives three."""


@component(CardOf)
async def card(interaction: Interaction, press: CardOf) -> None:
    """The picture, or the same in another design; where it may spoil and all see it, it is veiled."""
    drawn = await store_for(interaction).quotes.find(press.quote)
    own = await is_owner(interaction)
    private = is_private(interaction) or not own or not drawn.story.may_share
    drawing = asyncio.ensure_future(interaction.client.studio.card(card_text(drawn), press.design))
    await asyncio.wait({drawing}, timeout=AT_ONCE_SECONDS)
    again = press.shows == "again" and own
    if not drawing.done():
        await interaction.response.defer(thinking=not again, ephemeral=private)
    may_spoil = not private and not drawn.is_first_part
    screen = card_screen(drawn, await drawing, press.design, may_spoil=may_spoil)
    if again:
        await update_or_copy(interaction, screen)
    else:
        await post(interaction, screen, private=private)
