"""The quotes that a reader saved: the list, and a single one."""

from collections.abc import Sequence

from bot.domain.paging import count_pages
from bot.domain.quotes import SavedQuote
from bot.texts import say
from bot.ui.components import Style, button, option, packed, select
from bot.ui.ids.quotes import DeleteSavedQuote, PickSavedQuote, QuoteContext, ShareQuote
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.me import tab_list, to_tab
from bot.ui.quotes import quotation, quote_embed, source
from bot.ui.screen import Screen

ROWS = 5
"""Quotes on a page."""

WORDS_CHARS = 120


def saved_quotes_screen(saved: Sequence[SavedQuote], page: int, total: int) -> Screen:
    """One page of a reader's saved quotes, counted from 0."""
    lines = [_line(each) for each in saved] or [say("saved-none")]
    options = [option(_one_line(each), each.quote.id, source(each.quote)) for each in saved]
    items = [select(PickSavedQuote(page), options, 1, say("saved-choose"))] if options else []
    return tab_list("quotes", lines, items, page, count_pages(total, ROWS), row=2)


def _line(saved: SavedQuote) -> str:
    return f"{quotation(_one_line(saved), WORDS_CHARS)}\n-# {clip(source(saved.quote), 150, escape)}"


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
        *([button(ShareQuote(quote.id), say("quote-share"), 0, style=Style.primary)] if saved.is_current else []),
        button(DeleteSavedQuote("list", quote.id, page), say("saved-delete"), 0),
        button(to_tab("quotes", page), say("me-back"), 0),
    ]
    return Screen([embed], packed(items, 0))
