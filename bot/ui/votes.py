"""How a vote looks: a bar, both counts, and the two buttons."""

from __future__ import annotations

import discord
from discord import ui

from bot.readers import Choice, Count, Votes
from bot.stories.model import Entry, Spot
from bot.ui.components import Style, button, sent
from bot.ui.custom_id import Shown, Snowflake
from bot.ui.ids.votes import Cast, Withdraw
from bot.ui.limits import EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Screen

QUESTION = "Should this story go on?"
LABELS: dict[Choice, str] = {"continue": "Continue it", "leave": "Leave it as it is"}

_BAR = 12


def bar(count: Count) -> str:
    """The share of those who want more, drawn and said."""
    if not count.all:
        return "No votes yet: yours would be the first."
    filled = round(_BAR * count.go_on / count.all)
    filled = min(max(filled, count.go_on > 0), _BAR - (count.leave > 0))
    return f"{'▰' * filled}{'▱' * (_BAR - filled)}  {round(100 * count.go_on / count.all)}% want more"


def lines(votes: Votes) -> str:
    """A vote in words, everywhere and here."""
    text = bar(votes.overall)
    if votes.overall.all:
        text += f"\n{_counts('Everywhere', votes.overall)}"
        if votes.here is not None:
            text += f"\n{_counts('This server', votes.here)}"
    return text


def _counts(where: str, count: Count) -> str:
    return f"{where}: {LABELS['continue']} **{count.go_on:,}** · {LABELS['leave']} **{count.leave:,}**"


def short(count: Count) -> str:
    """A vote in a list."""
    return f"{count.go_on:,} of {count.all:,} want more" if count.all else "no votes yet"


def vote_buttons(story: int, screen: Shown, spot: Spot | None, row: int) -> list[ui.Item[ui.View]]:
    """The two choices, for a message that shows *screen*."""
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(
            Cast(choice, story, screen, chapter, offset),
            LABELS[choice],
            row,
            style=Style.success if choice == "continue" else Style.secondary,
        )
        for choice in LABELS
    ]


def vote_panel(story: Entry, votes: Votes, own: Choice | None) -> Screen:
    """The vote of a story by itself, with what this reader chose."""
    embed = discord.Embed(
        title=clip(story.title, EMBED_TITLE, escape),
        description=f"**{QUESTION}**\n{lines(votes)}\n\n{_own(own)}",
        colour=ACCENT,
    )
    items = vote_buttons(story.id, "vote", None, 0)
    if own is not None:
        items.append(button(Withdraw(story.id, Snowflake(0), "vote", 0, 0), "Withdraw my vote", 1))
    return Screen([embed], sent(items), story)


def _own(own: Choice | None) -> str:
    if own is None:
        return "You have not voted. One vote each; you can change it or take it back."
    return f"Your vote: **{LABELS[own]}**. Press the other to change it."


def receipt(story: Entry, votes: Votes, own: Choice, withdraw: Withdraw) -> Screen:
    """What a reader privately gets for a vote: it is counted, and here it can be taken back."""
    embed = discord.Embed(
        title="Your vote is counted",
        description=f"**{escape(story.title)}**: {LABELS[own]}\n{lines(votes)}",
        colour=ACCENT,
    )
    return Screen([embed], sent([button(withdraw, "Withdraw my vote", 0)]))


def withdrawn(story: Entry, votes: Votes, had: bool) -> Screen:
    """What the receipt becomes when the vote is taken back."""
    embed = discord.Embed(
        title="Your vote is withdrawn" if had else "You have no vote here",
        description=f"**{escape(story.title)}**\n{lines(votes)}",
        colour=QUIET,
    )
    return Screen([embed], sent([]))
