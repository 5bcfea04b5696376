"""The quotes that a reader keeps: the list, and one by itself."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.quotes import SavedQuote
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.quotes import DeleteSavedQuote, PickSavedQuote, QuoteContext, SavedQuotesPage, ShareQuote
from bot.ui.limits import OPTION_DESCRIPTION, OPTION_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.quotes import quote_embed, source
from bot.ui.screen import ACCENT, Screen

ROWS = 5
"""Quotes on a page."""

WORDS_CHARS = 300


def saved_quotes_screen(saved: Sequence[SavedQuote], page: int, total: int) -> Screen:
    """One page of a reader's quotes, counted from 0."""
    pages = max(1, -(-total // ROWS))
    first = page * ROWS + 1
    lines = [_line(first + i, each) for i, each in enumerate(saved)]
    embed = discord.Embed(title=say("saved-title"), description="\n\n".join(lines) or say("saved-none"), colour=ACCENT)
    embed.set_footer(text=say("only-you-see-this", page=page + 1, pages=pages))
    items: list[ui.Item[ui.View]] = []
    if saved:
        options = [
            discord.SelectOption(
                label=clip(f"{first + i}. {_flat(each)}", OPTION_LABEL),
                value=str(each.quote.id),
                description=clip(source(each.quote), OPTION_DESCRIPTION),
            )
            for i, each in enumerate(saved)
        ]
        items.append(
            ui.Select(custom_id=str(PickSavedQuote(page)), placeholder=say("saved-choose"), options=options, row=0)
        )
    if pages > 1:
        items += [
            button(SavedQuotesPage("p", max(0, page - 1)), say("page-previous"), 1, disabled=page == 0),
            button(SavedQuotesPage("n", page + 1), say("page-next"), 1, disabled=page >= pages - 1),
        ]
    return Screen([embed], sent(items))


def _line(number: int, saved: SavedQuote) -> str:
    return f"**{number}.** {clip(_flat(saved), WORDS_CHARS, escape)}\n{clip(source(saved.quote), 150, escape)}"


def _flat(saved: SavedQuote) -> str:
    return " ".join(saved.quote.text.split())


def saved_quote_screen(saved: SavedQuote, page: int) -> Screen:
    """One of them; *page* of the list leads back."""
    drawn = saved.quote
    embed = quote_embed(drawn)
    if not saved.is_current:
        embed.add_field(name=say("saved-edited"), value=say("saved-edited-since", since=f"<t:{saved.saved_at}:D>"))
    items = [
        *([button(QuoteContext(drawn.id), say("quote-context"), 0)] if saved.is_current else []),
        *([button(ShareQuote(drawn.id), say("saved-share"), 0, style=Style.primary)] if saved.is_current else []),
        button(DeleteSavedQuote("list", drawn.id, page), say("saved-delete"), 0),
        button(SavedQuotesPage("back", page), say("saved-back"), 0),
    ]
    return Screen([embed], sent(items))
