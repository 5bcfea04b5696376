"""Quotes for several cogs: showing them privately or in context, saving, choosing and sharing them."""

from dataclasses import replace

from bot.domain.rights import may
from bot.errors import ForbiddenByAuthor
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.messages import is_private, page_owner, tell
from bot.interactions.permissions import allow_sharing, standing_of
from bot.interactions.replies import send
from bot.services.posts import post
from bot.services.reading import page_of
from bot.services.rights import allow
from bot.stories.emphasis import within
from bot.stories.model import OpenPage, QuoteInContext, Span, Spot, StorySummary
from bot.stories.sentences import sentences_in
from bot.texts import say
from bot.ui.ids import AnotherQuote
from bot.ui.quotes import quote_screen, saved_receipt, sentences_screen, taken_out_screen
from bot.ui.screen import Screen, notice


async def own_quote(
    interaction: Interaction, quote: QuoteInContext, another: AnotherQuote | None = None, *, unfolded: bool = False
) -> Screen:
    """Return a quote for one reader. Beyond their place it is marked as a spoiler, unless they asked for spoilers.

    *another* is the custom id of the button for another quote; *unfolded* shows the *More* buttons.
    """
    horizon = await store_for(interaction).places.horizon(interaction.user.id, [quote.story.id])
    may_spoil = not (another and another.spoilers) and horizon.hides(
        quote.story, quote.chapter, quote.spot, quote.percent
    )
    return quote_screen(
        quote,
        another,
        may_spoil=may_spoil,
        unfolded=unfolded,
        may_share=may_post(interaction, quote.story),
        may_take_out=unfolded and await may_take_out(interaction, quote.story),
    )


async def may_take_out(interaction: Interaction, story: StorySummary) -> bool:
    """Return whether the reader may take quotes of *story* out of what is posted."""
    return may("take-out-quote", await standing_of(interaction, story.id))


def may_post(interaction: Interaction, story: StorySummary) -> bool:
    """Return whether the reader may share a quote of *story*, which is possible from private messages in a server."""
    return is_private(interaction) and interaction.guild_id is not None and story.may_share


async def share_quote(interaction: Interaction, quote: int) -> Screen:
    """Return a quote to share in the channel, with the reader's name.

    It is marked as a spoiler if it is from beyond the story's first part. Raises `ReaderError` if the reader may not
    write here.
    """
    allow_sharing(interaction)
    found = await store_for(interaction).quotes.find(quote)
    screen = quote_screen(found, None, may_spoil=not found.is_first_part)
    shared = say("quote-shared", reader=interaction.user.mention)
    screen.embeds[0].description = f"{screen.embeds[0].description}\n{shared}"
    return screen


async def keep_quote(interaction: Interaction, quote: int) -> None:
    """Save a quote; the confirmation has a button to undo it."""
    store = store_for(interaction)
    found = await store.quotes.find(quote)
    is_new = await store.saved_quotes.keep(interaction.user.id, found.id, interaction.guild_id)
    line = say("saved-kept" if is_new else "saved-already")
    await tell(interaction, line, saved_receipt(found, is_new=is_new))


async def take_out(interaction: Interaction, quote: int, *, out: bool) -> Screen:
    """Take a quote out of what is posted, or undo that; return the receipt.

    Raises `ReaderError` if the reader may not.
    """
    store = store_for(interaction)
    found = await store.quotes.find(quote)
    await allow(interaction, found.story.id, "take-out-quote")
    if out:
        await store.quotes.take_out(found.id)
        return taken_out_screen(found.id)
    await store.quotes.put_back(found.id)
    return notice(say("quote-dealt-again"))


async def open_in_context(interaction: Interaction, quote: int) -> None:
    """Show the page of a quote privately, with the quote underlined. The reader's place does not change."""
    store = store_for(interaction)
    found = await store.quotes.find(quote)
    page = _underlined(await store.pages.open(found.spot, interaction.user.id), found)
    await post(interaction, await page_of(interaction, page, peek=True, alone=True), private=True)


def _underlined(page: OpenPage, quote: QuoteInContext) -> OpenPage:
    start = quote.spot.offset - page.spot.offset
    lines = within([Span(start, start + len(quote.text), "underline")], 0, len(page.text))
    return replace(page, spans=(*page.spans, *lines))


async def ask_sentences(interaction: Interaction, spot: Spot) -> None:
    """Show the sentences of the page at *spot*, for the reader to pick those to quote."""
    page = await quotable_page(interaction, spot)
    sentences = [page.text[start:end] for start, end in sentences_in(page.text)]
    await send(interaction, sentences_screen(page.spot, sentences), private=True)


async def quotable_page(interaction: Interaction, spot: Spot) -> OpenPage:
    """Return the page that contains *spot*. Raises `ForbiddenByAuthor` if its story may not be quoted."""
    store = store_for(interaction)
    page = await store.pages.open(spot, await page_owner(interaction))
    if not page.story.wishes.quote:
        raise ForbiddenByAuthor("quote")
    return page
