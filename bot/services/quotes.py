"""Quotes for several cogs: as their one reader sees them, and as a reader posts them for all."""

from bot.interactions.audience import store_for
from bot.interactions.channels import allow_sharing
from bot.interactions.client import Interaction
from bot.services.pages import is_private
from bot.stories.model import QuoteInContext, StorySummary
from bot.texts import say
from bot.ui.ids.quotes import AnotherQuote
from bot.ui.quotes import quote_screen
from bot.ui.screen import Screen


async def own_quote(
    interaction: Interaction, quote: QuoteInContext, another: AnotherQuote | None = None, *, unfolded: bool = False
) -> Screen:
    """Return a quote as its one reader sees it: further than they have read, a spoiler unless they asked for those.

    *Another* is the id of the button for the next; what is rarer may stand *unfolded*.
    """
    horizon = await store_for(interaction).places.horizon(interaction.user.id, [quote.story.id])
    may_spoil = not (another and another.spoilers) and horizon.hides(
        quote.story, quote.chapter, quote.spot, quote.percent
    )
    may_share = may_post(interaction, quote.story)
    return quote_screen(quote, another, may_spoil=may_spoil, unfolded=unfolded, may_share=may_share)


def may_post(interaction: Interaction, story: StorySummary) -> bool:
    """Return whether what a press shows is private, and of a story that may be shared with others who are there."""
    return is_private(interaction) and interaction.guild_id is not None and story.may_share


async def share_quote(interaction: Interaction, quote: int) -> Screen:
    """Return a quote that a reader posts for all, with their name; a spoiler if beyond its story's first part.

    Raises `ReaderError` if they may not write here.
    """
    allow_sharing(interaction)
    found = await store_for(interaction).quotes.find(quote)
    screen = quote_screen(found, None, may_spoil=not found.is_first_part)
    shared = say("quote-shared", reader=interaction.user.mention)
    screen.embeds[0].description = f"{screen.embeds[0].description}\n{shared}"
    return screen
