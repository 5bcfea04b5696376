"""How reactions look: buttons with counts, and a line of all emoji that readers gave."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import discord
from discord import ui

from bot.readers import Emoji, Reaction, plain_emoji
from bot.stories.model import Entry, Spot
from bot.ui.components import Style, button, sent
from bot.ui.ids import React, Read, ShowCard
from bot.ui.ids import Screen as Shown
from bot.ui.limits import EMBED_FIELD_VALUE, EMBED_TITLE, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen

OFFERED: dict[str, str] = {
    "❤": "Loved it",
    "😭": "I cried",
    "😂": "I laughed",
    "🔥": "Wow",
    "🤔": "It made me think",
}
"""The reactions on buttons, and what each says."""


def emoji_text(emoji: Emoji) -> str:
    """*emoji* as it shows in a text: one that the bot cannot use by its name."""
    if not emoji.key.isdigit():
        return styled(emoji.key)
    name = emoji.name or "emoji"
    return f"<{'a' if emoji.animated else ''}:{name}:{emoji.key}>" if emoji.usable else escape(f":{name}:")


def styled(emoji: str) -> str:
    """An emoji that would otherwise show as a letter, with the selector that colours it."""
    return emoji + "\ufe0f" if len(emoji) == 1 and emoji < "\U0001f000" else emoji


def tally_line(tally: Sequence[Reaction], limit: int = EMBED_FIELD_VALUE) -> str:
    """All emoji with their counts, the most given first, as many as fit."""
    shown: list[str] = []
    for i, reaction in enumerate(tally):
        part = f"{emoji_text(reaction.emoji)} {reaction.readers:,}"
        if size(" · ".join([*shown, part])) > limit - 20:
            shown.append(f"and {len(tally) - i:,} more")
            break
        shown.append(part)
    return " · ".join(shown)


def reaction_buttons(
    story: int, tally: Sequence[Reaction], screen: Shown, spot: Spot | None, row: int
) -> list[ui.Item[ui.View]]:
    """The reactions on offer with their counts, for a message that shows *screen*."""
    counts = {reaction.emoji.key: reaction.readers for reaction in tally}
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(
            React(story, screen, chapter, offset, plain_emoji(emoji)),
            f"{counts[emoji]:,}" if counts.get(emoji) else None,
            row,
            emoji=styled(emoji),
        )
        for emoji in OFFERED
    ]


def unoffered(tally: Sequence[Reaction]) -> list[Reaction]:
    """The reactions that no button counts: emoji that readers put on the bot's messages."""
    return [reaction for reaction in tally if reaction.emoji.key not in OFFERED]


def react_panel(story: Entry, tally: Sequence[Reaction], own: Collection[str]) -> Screen:
    """The reactions of a story by themselves, in words, with what this reader gave."""
    given = tally_line(tally, 1500)
    embed = discord.Embed(
        title=clip(story.title, EMBED_TITLE, escape),
        description=(f"{given}\n\n" if given else "")
        + "What did it do to you? Press to give a reaction, press again to take it back.",
        colour=ACCENT,
    )
    counts = {reaction.emoji.key: reaction.readers for reaction in tally}
    items = [
        button(
            React(story.id, "react", 0, 0, emoji),
            f"{words} · {counts[emoji]:,}" if counts.get(emoji) else words,
            row // 3,
            style=Style.primary if emoji in own else Style.secondary,
            emoji=styled(emoji),
        )
        for row, (emoji, words) in enumerate(OFFERED.items())
    ]
    return Screen([embed], sent(items), story)


def tally_screen(story: Entry, tally: Sequence[Reaction]) -> Screen:
    """What readers gave to a story."""
    embed = discord.Embed(
        title=clip(story.title, EMBED_TITLE, escape),
        description=tally_line(tally, 3500) or "No reactions yet. /react gives the first.",
        colour=ACCENT,
    )
    if tally:
        total = sum(reaction.readers for reaction in tally)
        embed.set_footer(text=f"{total:,} {'reaction' if total == 1 else 'reactions'}, once per reader and emoji")
    items = [button(Read(story.id), "Read", 0, style=Style.primary), button(ShowCard(story.id), "About", 0)]
    return Screen([embed], sent([*items, *reaction_buttons(story.id, tally, "tally", None, 1)]), story)


def most_loved(stories: Sequence[tuple[Entry, int]]) -> Screen:
    """The stories with the most reactions."""
    rows = [
        f"**{place}.** {clip(entry.title, 80, escape)}"
        + (f", by {clip(entry.author, 40, escape)}" if entry.author else "")
        + f" · {given:,} {'reaction' if given == 1 else 'reactions'}"
        for place, (entry, given) in enumerate(stories, start=1)
    ]
    embed = discord.Embed(
        title="Most loved stories",
        description="\n".join(rows) or "No reactions yet. Open a story with /read and give the first.",
        colour=ACCENT,
    )
    return Screen([embed])
