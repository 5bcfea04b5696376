"""A quote, and where it is from."""

from __future__ import annotations

import discord

from bot.stories.model import Drawn
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.quotes import Another, InContext, ShowQuote
from bot.ui.ids.reading import ShowCard
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_FOOTER, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen


def quote_screen(drawn: Drawn, asked: int, *, spoilers: bool, veiled: bool = False) -> Screen:
    """The quote with its buttons; *asked* is the story that was asked for, 0 for any."""
    story = drawn.story
    quoted = "\n".join(f"> {escape(line)}" for line in drawn.text.split("\n"))
    source = say("title-by", title=story.title, author=story.author) if story.author else story.title
    if story.chapters > 1:
        source = say("quote-chapter", story=source, number=drawn.chapter.number)
    embed = discord.Embed(description=say("quote-veiled") if veiled else clip(quoted, EMBED_DESCRIPTION), colour=ACCENT)
    where = f" · {say('page-footer-percent', percent=drawn.percent)}" if veiled else ""
    embed.set_footer(text=clip(source, EMBED_FOOTER - 10) + where)
    items = [
        *([button(ShowQuote(drawn.id, asked, spoilers), say("quote-show"), 0)] if veiled else []),
        button(Another(asked, spoilers), say("quote-another"), 0, style=Style.primary),
        button(InContext(drawn.id), say("quote-context"), 0),
        button(ShowCard(story.id), say("page-about"), 0),
    ]
    return Screen([embed], sent(items), story)
