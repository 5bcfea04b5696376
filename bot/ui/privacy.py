"""What is stored of a reader, in plain words, and what they can do about it."""

from __future__ import annotations

import discord

from bot.ui.components import Style, button, sent
from bot.ui.ids.privacy import OnPrivacy
from bot.ui.screen import QUIET, Screen

_STORED = """\
With the number that Discord has for you, and nothing else about you, I keep

- where you are in each story, how far you have been, your lists, and your bookmarks with their notes
- the stories and authors that you follow, what I am still to tell you of them, and whether my messages reach you
- tags and authors that you muted, and what you searched and filtered for, for a while
- your votes and your reactions
- your settings
- which stories you uploaded, and uploads that wait to be published, for a day

I do not see what you write in channels, and keep no names. Nobody is shown what you read. Votes and reactions are \
shown as numbers.

A story that you uploaded belongs to its server and stays there, without a mark of who sent it; its managers remove \
it."""


def privacy_screen() -> Screen:
    """What is stored, with Export and Delete."""
    embed = discord.Embed(title="What I know of you", description=_STORED, colour=QUIET)
    items = [
        button(OnPrivacy("export"), "Export my data", 0),
        button(OnPrivacy("ask"), "Delete my data…", 0, style=Style.danger),
    ]
    return Screen([embed], sent(items))


def confirm_screen() -> Screen:
    """Asks once more before everything is deleted."""
    text = (
        "Your places, lists, bookmarks, follows, votes, reactions and settings go at once and for good,"
        " in every server."
    )
    embed = discord.Embed(title="Delete all that I know of you?", description=text, colour=QUIET)
    items = [
        button(OnPrivacy("delete"), "Delete everything", 0, style=Style.danger),
        button(OnPrivacy("keep"), "Keep it", 0),
    ]
    return Screen([embed], sent(items))


def deleted_screen() -> Screen:
    text = "Nothing about you is left. When you use me again, I begin to know you anew."
    return Screen([discord.Embed(title="Deleted", description=text, colour=QUIET)], sent([]))
