"""Quotes: random or chosen by a reader, as text or as a picture, with buttons to open the story."""

import asyncio
from dataclasses import replace
from typing import cast

from discord import app_commands

from bot.domain.quotes import ANY_QUOTE, MOST_CHARS, WORDS_CHARS, QuoteFilter, QuoteLength, quote_filter_of
from bot.errors import ReaderError
from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, id_on, ids_on, number_in, picks
from bot.interactions.messages import is_alone, is_owner, is_private, page_owner
from bot.interactions.options import Author, QuoteLengthChoice, StoryArgument
from bot.interactions.permissions import allow_sharing
from bot.interactions.replies import acknowledge, redraw, send, think
from bot.services.posts import post, update_or_copy
from bot.services.quotes import (
    ask_sentences,
    keep_quote,
    may_post,
    may_take_out,
    open_in_context,
    own_quote,
    quotable_page,
    share_quote,
    take_out,
)
from bot.stories.folding import clean
from bot.stories.model import OpenPage, QuoteInContext, Spot, StorySummary
from bot.stories.sentences import sentences_in
from bot.ui.ids import (
    AnotherQuote,
    AskSentences,
    AuthorQuote,
    PickSentences,
    QuoteCard,
    QuoteContext,
    RandomQuote,
    SentencesAction,
    TakeOutQuote,
    UnfoldQuote,
    UnfoldQuoteCard,
)
from bot.ui.quotes import (
    SENTENCES_FROM,
    SENTENCES_SHOWN,
    card_screen,
    card_text,
    chosen_sentences_screen,
    more_screen,
    quote_screen,
    sentences_screen,
)
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
    """Return the server's next quote; in a direct message, or if the reader muted anything, the reader's next quote.

    A public quote is from the first part of a story, unless the filter *chosen* allows spoilers. *query* is the id of
    the stored filter; None stores the filter.
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
    """Replace the quote with the next one; for another reader's message, show the next quote privately."""
    owner = await page_owner(interaction)
    queries, reader = store_for(interaction).saved_queries, interaction.user.id
    text = await queries.find("quotes", press.query_id, reader, owner) if press.query_id else None
    length = None if press.length == "any" else cast("QuoteLength", press.length)
    if text:
        chosen = quote_filter_of(text, press.story, length, press.spoilers)
    else:
        chosen = replace(ANY_QUOTE, story=press.story, length=length, spoilers=press.spoilers)
    query = press.query_id if owner == reader else None  # a copy stores a query for its own reader
    screen = await _draw(interaction, chosen, await _story(interaction, press.story), query)
    await update_or_copy(interaction, screen)


@component(UnfoldQuote)
async def unfold_quote(interaction: Interaction, press: UnfoldQuote) -> None:
    """Unfold or fold the *More* buttons of a quote; if others see the quote, show the buttons privately."""
    quote = await store_for(interaction).quotes.find(press.quote)
    if is_alone(interaction):
        another = id_on(interaction.message, AnotherQuote)
        await redraw(interaction, await own_quote(interaction, quote, another, unfolded=press.more))
    else:
        own = await may_take_out(interaction, quote.story)
        await send(interaction, more_screen(quote, ids_on(interaction.message), may_take_out=own), private=True)


@component(TakeOutQuote)
async def take_out_quote(interaction: Interaction, press: TakeOutQuote) -> None:
    """Deal a quote no more, or again."""
    await send(interaction, await take_out(interaction, press.quote, out=press.out), private=True)


@component(RandomQuote)
async def quote_from_card(interaction: Interaction, press: RandomQuote) -> None:
    """Show, in a new message, a random quote from the story of a card or quote."""
    screen = await _draw(interaction, replace(ANY_QUOTE, story=press.story), await _story(interaction, press.story))
    await post(interaction, screen, private=is_private(interaction) or not await is_owner(interaction))


@component(AuthorQuote)
async def quote_of_author(interaction: Interaction, press: AuthorQuote) -> None:
    """Show, in a new message, a random quote from any story by the author of a quote's story."""
    story = await store_for(interaction).stories.entry(press.story)
    screen = await _draw(interaction, replace(ANY_QUOTE, author=clean(story.author or "")), None)
    await post(interaction, screen, private=is_private(interaction) or not await is_owner(interaction))


@component(QuoteContext)
async def show_context(interaction: Interaction, press: QuoteContext) -> None:
    """Show the page that contains a quote, privately."""
    await open_in_context(interaction, press.quote)


@component(AskSentences)
async def choose_sentences(interaction: Interaction, press: AskSentences) -> None:
    """Ask which sentences of the page to quote."""
    await ask_sentences(interaction, press.spot)


@component(PickSentences)
async def pick_sentences(interaction: Interaction, press: PickSentences) -> None:
    """Show the passage from the first picked sentence to the last, or list other sentences."""
    page = await quotable_page(interaction, press.spot)
    places = list(sentences_in(page.text))
    sentences = [page.text[start:end] for start, end in places]
    values = picks(interaction)
    others = [number_in(value.removeprefix(SENTENCES_FROM)) for value in values if value.startswith(SENTENCES_FROM)]
    if others:
        await redraw(interaction, sentences_screen(page.spot, sentences, min(others[0] or 0, len(sentences) - 1)))
        return
    numbers = [number for value in values if (number := number_in(value)) is not None and number < len(sentences)]
    if not numbers:
        raise ReaderError("passage-gone")
    chosen = _passage(page, places[min(numbers)][0], places[max(numbers)][1])
    first = min(numbers) // SENTENCES_SHOWN * SENTENCES_SHOWN
    await redraw(interaction, chosen_sentences_screen(page.spot, sentences, chosen, first))


def _passage(page: OpenPage, start: int, end: int) -> QuoteInContext:
    """Return a part of a page as an unsaved quote. Raises `ReaderError` if the part is empty or too long."""
    text = page.text[start:end].strip()
    if len(text) > MOST_CHARS:
        raise ReaderError("too-long-a-quote", most=MOST_CHARS)
    if not text:
        raise ReaderError("passage-gone")
    return QuoteInContext(
        0, page.story, page.chapter, Spot(page.spot.chapter, page.spot.offset + start), text, page.percent
    )


@component(SentencesAction)
async def on_passage(interaction: Interaction, press: SentencesAction) -> None:
    """Post or save the chosen passage as a quote."""
    store = store_for(interaction)
    page = await quotable_page(interaction, Spot(press.chapter, press.start))
    start = press.start - page.spot.offset
    words = _passage(page, start, start + press.end - press.start)
    quote = await store.quotes.choose(page.story.id, words.spot, words.text)
    if press.action == "post":
        await post(interaction, await share_quote(interaction, quote), private=False)
    else:
        await keep_quote(interaction, quote)


DRAWING_SECONDS = 1.5
"""Maximum seconds that a press waits for its picture before it is deferred; Discord allows three."""


@component(QuoteCard)
async def draw_card(interaction: Interaction, press: QuoteCard) -> None:
    """Draw a quote as a picture, redraw the picture in another design, or post it; a public spoiler is marked."""
    quote = await store_for(interaction).quotes.find(press.quote)
    shares = press.shows == "share"
    if shares:
        allow_sharing(interaction)
    spend(interaction, "image")
    own = await is_owner(interaction)
    private = not quote.story.may_share or (not shares and (is_private(interaction) or not own))
    drawing = asyncio.ensure_future(interaction.client.studio.card(card_text(quote), press.design))
    await asyncio.wait({drawing}, timeout=DRAWING_SECONDS)
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
    """Unfold or fold the *More* buttons of a picture; if others see the picture, show the buttons privately."""
    quote = await store_for(interaction).quotes.find(press.quote)
    if is_alone(interaction):
        may_share = may_post(interaction, quote.story)
        await redraw(interaction, card_screen(quote, None, press.design, unfolded=press.more, may_share=may_share))
    else:
        own = await may_take_out(interaction, quote.story)
        shown = ids_on(interaction.message)
        await send(interaction, more_screen(quote, shown, is_card=True, may_take_out=own), private=True)
