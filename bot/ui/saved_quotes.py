"""The quotes that a reader saved: the list, and a single one."""

from collections.abc import Sequence

from bot.domain.paging import count_pages
from bot.domain.quotes import SavedQuote
from bot.texts import say
from bot.ui.components import Style, button, option, private_list, select
from bot.ui.ids.quotes import DeleteSavedQuote, PickSavedQuote, QuoteContext, SavedQuotesPage, ShareQuote
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.quotes import quote_embed, source
from bot.ui.screen import Screen

ROWS = 5
"""Quotes on a page."""

WORDS_CHARS = 300


def saved_quotes_screen(saved: Sequence[SavedQuote], page: int, total: int) -> Screen:
    """One page of a reader's saved quotes, counted from 0."""
    numbered = [*enumerate(saved, start=page * ROWS + 1)]
    lines = [_line(number, each) for number, each in numbered] or [say("saved-none")]
    options = [option(f"{number}. {_one_line(each)}", each.quote.id, source(each.quote)) for number, each in numbered]
    items = [select(PickSavedQuote(page), options, 0, say("saved-choose"))] if options else []
    return private_list(say("saved-title"), lines, items, SavedQuotesPage, page, count_pages(total, ROWS), row=1)


def _line(number: int, saved: SavedQuote) -> str:
    return f"**{number}.** {clip(_one_line(saved), WORDS_CHARS, escape)}\n{clip(source(saved.quote), 150, escape)}"


def _one_line(saved: SavedQuote) -> str:
    return " ".join(saved.quote.text.split())


def saved_quote_screen(saved: SavedQuote, page: int) -> Screen:
    """A single saved quote, with a button back to *page* of the list."""
    quote = saved.quote
    embed = quote_embed(quote)
    if not saved.is_current:
        embed.add_field(name=say("saved-edited"), value=say("saved-edited-since", since=f"<t:{saved.saved_at}:D>"))
    items = [
        *([button(QuoteContext(quote.id), say("quote-context"), 0)] if saved.is_current else []),
        *([button(ShareQuote(quote.id), say("saved-share"), 0, style=Style.primary)] if saved.is_current else []),
        button(DeleteSavedQuote("list", quote.id, page), say("saved-delete"), 0),
        button(SavedQuotesPage("back", page), say("saved-back"), 0),
    ]
    return Screen([embed], items)
