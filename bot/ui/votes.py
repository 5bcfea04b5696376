"""How a vote looks: a bar, both counts, and the two buttons."""

from __future__ import annotations

import discord
from discord import ui

from bot.readers import CHOICES, Choice, Count, Votes
from bot.stories.model import Entry, Spot
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.custom_id import Shown, Snowflake
from bot.ui.ids.votes import Cast, Withdraw
from bot.ui.limits import EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Screen

_BAR = 12


def label(choice: Choice) -> str:
    """What the button of a choice says."""
    return say(f"vote-choice-{choice}")


def bar(count: Count) -> str:
    """The share of those who want more, drawn and said."""
    if not count.all:
        return say("vote-none")
    filled = round(_BAR * count.go_on / count.all)
    filled = min(max(filled, count.go_on > 0), _BAR - (count.leave > 0))
    return f"{'▰' * filled}{'▱' * (_BAR - filled)}  {say('vote-share', percent=round(100 * count.go_on / count.all))}"


def lines(votes: Votes) -> str:
    """A vote in words, everywhere and here."""
    text = bar(votes.overall)
    if votes.overall.all:
        text += f"\n{say('vote-everywhere', go_on=votes.overall.go_on, leave=votes.overall.leave)}"
        if votes.here is not None:
            text += f"\n{say('vote-here', go_on=votes.here.go_on, leave=votes.here.leave)}"
    return text


def short(count: Count) -> str:
    """A vote in a list."""
    return say("vote-short", go_on=count.go_on, all=count.all) if count.all else say("vote-short-none")


def vote_buttons(story: int, screen: Shown, spot: Spot | None, row: int) -> list[ui.Item[ui.View]]:
    """The two choices, for a message that shows *screen*."""
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(
            Cast(choice, story, screen, chapter, offset),
            label(choice),
            row,
            style=Style.success if choice == "continue" else Style.secondary,
        )
        for choice in CHOICES
    ]


def vote_panel(story: Entry, votes: Votes, own: Choice | None) -> Screen:
    """The vote of a story by itself, with what this reader chose."""
    embed = discord.Embed(
        title=clip(story.title, EMBED_TITLE, escape),
        description=f"**{say('vote-question')}**\n{lines(votes)}\n\n{_own(own)}",
        colour=ACCENT,
    )
    items = vote_buttons(story.id, "vote", None, 0)
    if own is not None:
        items.append(button(Withdraw(story.id, Snowflake(0), "vote", 0, 0), say("vote-withdraw"), 1))
    return Screen([embed], sent(items), story)


def _own(own: Choice | None) -> str:
    if own is None:
        return say("vote-own-none")
    return say("vote-own", choice=label(own))


def receipt(story: Entry, votes: Votes, own: Choice, withdraw: Withdraw) -> Screen:
    """What a reader privately gets for a vote: it is counted, and here it can be taken back."""
    embed = discord.Embed(
        title=say("vote-counted"),
        description=f"**{escape(story.title)}**: {label(own)}\n{lines(votes)}",
        colour=ACCENT,
    )
    return Screen([embed], sent([button(withdraw, say("vote-withdraw"), 0)]))


def withdrawn(story: Entry, votes: Votes, had: bool) -> Screen:
    """What the receipt becomes when the vote is taken back."""
    embed = discord.Embed(
        title=say("vote-withdrawn" if had else "vote-not-there"),
        description=f"**{escape(story.title)}**\n{lines(votes)}",
        colour=QUIET,
    )
    return Screen([embed], sent([]))
