"""Quotes: a random passage, and the way from it into the story."""

from dataclasses import replace
from typing import cast

from discord import app_commands

from bot.domain.quotes import ANY, WORDS_CHARS, QuoteFilter, QuoteLength, quote_filter_of
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, id_on, ids_on
from bot.interactions.messages import is_alone, is_owner, is_private, page_owner
from bot.interactions.options import Author, QuoteLengthChoice, StoryArgument
from bot.interactions.replies import redraw, send
from bot.services.posts import post, update_or_copy
from bot.services.quotes import open_in_context, own_quote
from bot.stories.folding import clean
from bot.stories.model import StorySummary
from bot.ui.ids.quotes import AnotherQuote, AuthorQuote, QuoteContext, RandomQuote, UnfoldQuote
from bot.ui.quotes import more_screen, quote_screen
from bot.ui.screen import Screen


@app_commands.command()
@app_commands.describe(
    story="Only from this story",
    author="Only from this author",
    containing='Words, an "exact phrase" or the start of a word*',
    length="Short, medium or long",
    spoilers="Include quotes from later in a story",
)
async def quote(
    interaction: Interaction,
    story: StoryArgument | None = None,
    author: Author | None = None,
    containing: app_commands.Range[str, 1, WORDS_CHARS] | None = None,
    length: QuoteLengthChoice | None = None,
    spoilers: bool = False,
) -> None:
    """Get a random quote, with no repeats until you've seen them all"""
    words = clean(containing) if containing else None
    chosen = QuoteFilter(story.id if story else 0, author and clean(author), words, length, spoilers)
    await post(interaction, await _draw(interaction, chosen, story), private=False)


async def _draw(
    interaction: Interaction, chosen: QuoteFilter, story: StorySummary | None, query: int | None = None
) -> Screen:
    """Return the next quote of this server, or of this reader: in a direct message, or if they muted anything.

    A public quote is from the first part of a story, unless the filter says otherwise. *query* is the id of the filter,
    if it is stored already.
    """
    store, reader = store_for(interaction), interaction.user.id
    alone = is_alone(interaction) or (story is not None and not story.may_share)
    scope = f"user:{reader}" if interaction.guild_id is None else f"guild:{interaction.guild_id}"
    muting = 0 if story is not None else reader
    quote = await store.quotes.draw(scope, story, chosen, first_part=not (alone or chosen.spoilers), muting=muting)
    if query is None:
        text = chosen.write()
        query = await store.saved_queries.keep(reader, "quotes", text) if text else 0
    another = AnotherQuote(chosen.story, chosen.length or "any", chosen.spoilers, query)
    return await own_quote(interaction, quote, another) if alone else quote_screen(quote, another)


async def _story(interaction: Interaction, story: int) -> StorySummary | None:
    return await store_for(interaction).stories.entry(story) if story else None


@component(AnotherQuote)
async def another(interaction: Interaction, press: AnotherQuote) -> None:
    """Draw the next quote in place of this one; on someone else's message, as a copy."""
    owner = await page_owner(interaction)
    queries, reader = store_for(interaction).saved_queries, interaction.user.id
    text = await queries.find("quotes", press.query_id, reader, owner) if press.query_id else None
    length = None if press.length == "any" else cast("QuoteLength", press.length)
    if text:
        chosen = quote_filter_of(text, press.story, length, press.spoilers)
    else:
        chosen = replace(ANY, story=press.story, length=length, spoilers=press.spoilers)
    query = press.query_id if owner == reader else None  # a copy has a query of its own reader's
    screen = await _draw(interaction, chosen, await _story(interaction, press.story), query)
    await update_or_copy(interaction, screen)


@component(UnfoldQuote)
async def unfold_quote(interaction: Interaction, press: UnfoldQuote) -> None:
    """Unfold what is rarer under a quote, or fold it; under a quote that others see, it opens privately."""
    quote = await store_for(interaction).quotes.find(press.quote)
    if is_alone(interaction):
        another = id_on(interaction.message, AnotherQuote)
        await redraw(interaction, await own_quote(interaction, quote, another, unfolded=press.more))
    else:
        await send(interaction, more_screen(quote, ids_on(interaction.message)), private=True)


@component(RandomQuote)
async def quote_from_card(interaction: Interaction, press: RandomQuote) -> None:
    """Draw a quote of the story of a card or of a quote."""
    screen = await _draw(interaction, replace(ANY, story=press.story), await _story(interaction, press.story))
    await post(interaction, screen, private=is_private(interaction) or not await is_owner(interaction))


@component(AuthorQuote)
async def quote_of_author(interaction: Interaction, press: AuthorQuote) -> None:
    """Draw a quote of who wrote the story of a quote."""
    story = await store_for(interaction).stories.entry(press.story)
    screen = await _draw(interaction, replace(ANY, author=clean(story.author or "")), None)
    await post(interaction, screen, private=is_private(interaction) or not await is_owner(interaction))


@component(QuoteContext)
async def in_context(interaction: Interaction, press: QuoteContext) -> None:
    """Show the page that a quote is from."""
    await open_in_context(interaction, press.quote)
