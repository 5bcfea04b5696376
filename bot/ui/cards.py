"""A story's card: what it is, how long, and what readers say."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.readers import Emoji, Reaction, Votes, minutes
from bot.stories.model import Card, Contents
from bot.stories.wishes import Wishes
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.details import details_text
from bot.ui.ids.finding import AnotherStory
from bot.ui.ids.follows import ShowFollow
from bot.ui.ids.lists import ShowLists
from bot.ui.ids.quotes import DrawQuote
from bot.ui.ids.reactions import ShowReact
from bot.ui.ids.reading import Read
from bot.ui.ids.votes import ShowVote
from bot.ui.limits import EMBED_AUTHOR, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.notes import joined
from bot.ui.pages import chapter_name
from bot.ui.reactions import OFFERED, reaction_buttons, tally_line, unoffered
from bot.ui.screen import ACCENT, Screen
from bot.ui.votes import lines

SUMMARY = 1500
NOTES = 500
DETAILS = 700
CHAPTERS_SHOWN = 12


def card_screen(
    card: Card,
    *,
    contents: Sequence[Contents],
    votes: Votes | None,
    wishes: Wishes,
    reactions: Sequence[Reaction],
    offered: Sequence[Emoji] = OFFERED,
    by_chance: int | None = None,
) -> Screen:
    """The card with its buttons; *by_chance* is what was asked for where it came by chance."""
    embed = discord.Embed(title=clip(card.entry.title, EMBED_TITLE, escape), colour=ACCENT)
    if card.entry.author:
        embed.set_author(name=clip(f"by {card.entry.author}", EMBED_AUTHOR))
    if card.summary:
        embed.description = clip(card.summary, SUMMARY, escape)
    embed.add_field(name="Length", value=_length(card), inline=False)
    if details := details_text(card.metadata, card.rating, card.status, DETAILS):
        embed.add_field(name="Details", value=details, inline=False)
    if card.entry.chapters > 1:
        embed.add_field(name="Chapters", value=_chapters(card, contents), inline=False)
    for name, notes in (
        ("Author's note", card.notes_before),
        ("Author's note, at the end", card.notes_after),
    ):
        if notes:
            embed.add_field(name=name, value=clip(joined(notes), NOTES, escape), inline=False)
    if votes is not None:
        embed.add_field(name=say("vote-question"), value=lines(votes), inline=False)
    if others := unoffered(reactions, offered):
        embed.add_field(name="Also given", value=tally_line(others, 500), inline=False)
    items = [
        button(Read(card.entry.id), "Read", 0, style=Style.primary),
        *([button(DrawQuote(card.entry.id), "Quote", 0)] if wishes.quote else []),
        button(ShowReact(card.entry.id), "React", 0),
        *([button(ShowVote(card.entry.id), "Vote", 0)] if votes is not None else []),
        *reaction_buttons(card.entry.id, reactions, "card", None, 1, offered),
        button(ShowLists(card.entry.id), "Add to a list", 2),
        button(ShowFollow(card.entry.id), "Follow", 2),
        *([button(AnotherStory(by_chance), "Another story", 2)] if by_chance is not None else []),
    ]
    return Screen([embed], sent(items), card.entry)


def _length(card: Card) -> str:
    pages = "1 page" if card.entry.pages == 1 else f"{card.entry.pages:,} pages"
    chapters = f"{card.entry.chapters:,} chapters · " if card.entry.chapters > 1 else ""
    return f"{card.entry.words:,} words · {chapters}{pages} · about {minutes(card.entry.words):,} min"


def _chapters(card: Card, contents: Sequence[Contents]) -> str:
    rows = [f"{clip(escape(chapter_name(chapter)), 70)}" for chapter in contents[:CHAPTERS_SHOWN]]
    more = card.entry.chapters - len(rows)
    return "\n".join([*rows, *([f"and {more:,} more"] if more > 0 else [])])
