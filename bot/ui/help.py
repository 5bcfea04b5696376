"""What can be done, in one screen."""

from __future__ import annotations

import discord

from bot.ui.screen import ACCENT, Screen

_SECTIONS = (
    (
        "Read",
        "**/stories** lists the library, or what fits: by tag, fandom, author, length and more\n"
        "**/random** shows a story that you have not begun\n"
        "**/muted** keeps tags and authors out of your lists and quotes\n"
        "**/story** shows a story's card\n"
        "**/download** gives it as a file, where its writer allows it\n"
        "**/read** opens a story; with no title it goes on where you stopped\n"
        "**/reading** shows your own lists: what you have begun, keep for later, have finished\n"
        "**/bookmarks** lists the passages that you keep\n"
        "**/following** shows what you follow; **Follow** on a story's card tells you of new chapters\n"
        "**/settings**: how long pages are, who sees those you open, spoilers\n"
        "**/privacy** says what I know of you, hands it out, deletes it",
    ),
    (
        "Find a line",
        "**/search** finds passages, stories and authors by their words; only you see what it finds\n"
        "**/quote** draws a passage, from one story or from all; none comes twice before all have come",
    ),
    (
        "Say what you think",
        "**/react** or the buttons under a story, or any emoji you put on my messages about it\n"
        "**/reactions** shows what moved readers\n"
        "**/vote** says whether a story should go on; change it or take it back whenever you like",
    ),
    (
        "If you write",
        "**/submit** adds a story of yours to this server, where its managers let you",
    ),
    (
        "If you run this server",
        "**/library** adds stories of this server's own, and changes or removes them; you see how each reads first\n"
        "**/server** sets the news channel, who may add stories, and the reactions on offer",
    ),
)


def help_screen() -> Screen:
    embed = discord.Embed(
        title="What you can do here",
        description="I read stories with you. Your place is kept in every story, on every device. "
        "Turn someone else's page and you get your own copy, so you never lose their place or yours.",
        colour=ACCENT,
    )
    for name, value in _SECTIONS:
        embed.add_field(name=name, value=value, inline=False)
    return Screen([embed])
