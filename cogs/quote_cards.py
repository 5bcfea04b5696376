"""Quotes as pictures."""

import asyncio

from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.channels import allow_sharing
from bot.interactions.client import Interaction
from bot.interactions.components import component, ids_on
from bot.interactions.messages import is_alone, is_owner, is_private
from bot.interactions.replies import acknowledge, redraw, send, think
from bot.services.posts import post, update_or_copy
from bot.services.quotes import may_post
from bot.ui.ids.quotes import QuoteCard, UnfoldQuoteCard
from bot.ui.quotes import card_screen, card_text, more_screen

AT_ONCE_SECONDS = 1.5
"""Seconds that a press waits for its picture before it is deferred; Discord gives three."""


@component(QuoteCard)
async def draw_card(interaction: Interaction, press: QuoteCard) -> None:
    """Draw a quote as a picture, draw it anew in another design, or post it; a public one that may spoil is hidden."""
    quote = await store_for(interaction).quotes.find(press.quote)
    shares = press.shows == "share"
    if shares:
        allow_sharing(interaction)
    spend(interaction, "image")
    own = await is_owner(interaction)
    private = not quote.story.may_share or (not shares and (is_private(interaction) or not own))
    drawing = asyncio.ensure_future(interaction.client.studio.card(card_text(quote), press.design))
    await asyncio.wait({drawing}, timeout=AT_ONCE_SECONDS)
    again = press.shows == "again" and own
    if not drawing.done():
        if again:
            await acknowledge(interaction)
        else:
            await think(interaction, private=private)
    may_spoil = not private and not quote.is_first_part
    screen = card_screen(quote, await drawing, press.design, may_spoil=may_spoil)
    if again:
        await update_or_copy(interaction, screen)
    else:
        await post(interaction, screen, private=private)


@component(UnfoldQuoteCard, work="lookup")
async def unfold_card(interaction: Interaction, press: UnfoldQuoteCard) -> None:
    """Unfold what is rarer under a picture, or fold it; under one that others see, it opens privately."""
    quote = await store_for(interaction).quotes.find(press.quote)
    if is_alone(interaction):
        may_share = may_post(interaction, quote.story)
        await redraw(interaction, card_screen(quote, None, press.design, unfolded=press.more, may_share=may_share))
    else:
        await send(interaction, more_screen(quote, ids_on(interaction.message), is_card=True), private=True)
