"""A review that moderators should check, as it is posted in their reports channel."""

from collections.abc import Sequence

import discord

from bot.domain.reviews import Review
from bot.texts import say
from bot.ui.components import Style, button
from bot.ui.ids.reviews import CheckReview
from bot.ui.limits import EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.reviews import REASON, REASONS, head_of, text_of
from bot.ui.screen import ACCENT, QUIET, Screen

WORDS = 3000
"""Characters, escaped, of the words that show."""


def check_screen(review: Review, reasons: Sequence[str]) -> Screen:
    """A review that was held or reported, with its words under a spoiler, and a button for each answer."""
    embed = _embed(review, say("check-title"))
    lines = [say("check-held") if review.state == "held" else say("review-reported", count=review.reports)]
    lines += [f"“{clip(reason, REASON, escape)}”" for reason in reasons[:REASONS]]
    embed.add_field(name=say("check-why"), value="\n".join(lines), inline=False)
    keep = say("check-approve" if review.state == "held" else "check-keep")
    items = [
        button(CheckReview("show", review.id), keep, 0),
        button(CheckReview("hide", review.id), say("check-hide"), 0, style=Style.danger),
    ]
    return Screen([embed], items)


def checked_screen(review: Review, by: int) -> Screen:
    """The same once a moderator has answered; nothing is left to press."""
    embed = _embed(review, say("check-done-title"))
    embed.colour = QUIET
    embed.add_field(
        name=say("check-answer"),
        value=say("check-hidden" if review.state == "hidden" else "check-shown", user=f"<@{by}>"),
        inline=False,
    )
    return Screen([embed], [])


def _embed(review: Review, title: str) -> discord.Embed:
    head = head_of(review, mention=True)
    story = f"**{clip(review.story.title, EMBED_TITLE, escape)}**\n" if review.story else ""
    text = text_of(review, WORDS)
    words = f"||{text}||" if review.story else text
    return discord.Embed(title=title, description=f"{story}{head}\n\n{words}", colour=ACCENT)
