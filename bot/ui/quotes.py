"""A quote, and where it is from."""

from __future__ import annotations

import discord

from bot.stories.model import Drawn
from bot.ui.components import Style, button, sent
from bot.ui.ids.quotes import Another, InContext, ShowQuote
from bot.ui.ids.reading import ShowCard
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_FOOTER, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen

VEILED = (
    "This passage is from beyond where you have read. **Show** lifts the veil; /settings says whether there is one."
)


def quote_screen(drawn: Drawn, asked: int, *, spoilers: bool, veiled: bool = False) -> Screen:
    """The quote with its buttons; *asked* is the story that was asked for, 0 for any."""
    story = drawn.story
    quoted = "\n".join(f"> {escape(line)}" for line in drawn.text.split("\n"))
    by = f", by {story.author}" if story.author else ""
    chapter = f" · chapter {drawn.chapter.number:,}" if story.chapters > 1 else ""
    embed = discord.Embed(description=VEILED if veiled else clip(quoted, EMBED_DESCRIPTION), colour=ACCENT)
    where = f" · {drawn.percent}%" if veiled else ""
    embed.set_footer(text=clip(f"{story.title}{by}{chapter}", EMBED_FOOTER - 10) + where)
    items = [
        *([button(ShowQuote(drawn.id, asked, spoilers), "Show", 0)] if veiled else []),
        button(Another(asked, spoilers), "Another", 0, style=Style.primary),
        button(InContext(drawn.id), "Read in context", 0),
        button(ShowCard(story.id), "About", 0),
    ]
    return Screen([embed], sent(items), story)
