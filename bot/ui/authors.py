"""Who wrote a story: linked, claimed, answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import discord

from bot.domain.authors import Claim
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.authors import ClaimAction
from bot.ui.limits import EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Screen

CLAIMS_SHOWN = 5
"""As many rows of buttons a message has."""

TITLE_CHARS = 200

Answering = Literal["here", "here-or-host", "host", "elsewhere"]
"""Who answers a claim: those who manage this server, whoever runs the bot, or those who manage another server."""


def linked_screen(story: StorySummary, reader: int, *, linked: bool) -> Screen:
    """What became of a link."""
    text = say("author-linked" if linked else "author-unlinked", reader=_mention(reader), title=_title(story))
    return Screen([discord.Embed(description=text, colour=QUIET)])


def claim_screen(claim: Claim, answering: Answering, *, public: bool) -> Screen:
    """A claim, with its buttons where those may see it who answer it."""
    says = say("author-claims", reader=_mention(claim.reader), title=_title(claim.story))
    answers = say("author-answers", who=answering)
    embed = discord.Embed(description=f"{says}\n\n{answers}", colour=ACCENT)
    return Screen([embed], sent(_answers(claim, 0) if public and answering != "elsewhere" else []))


def answered_screen(claim: Claim, *, approved: bool) -> Screen:
    """What a claim becomes when it is answered."""
    text = say(
        "author-approved" if approved else "author-refused", reader=_mention(claim.reader), title=_title(claim.story)
    )
    return Screen([discord.Embed(description=text, colour=QUIET)], sent([]))


def claims_screen(claims: Sequence[Claim]) -> Screen:
    """The claims that somebody may answer, the oldest first; *claims* are `CLAIMS_SHOWN`, or one more."""
    shown = claims[:CLAIMS_SHOWN]
    rows = [
        f"**{number}.** {say('author-claims', reader=_mention(claim.reader), title=_title(claim.story))}"
        for number, claim in enumerate(shown, start=1)
    ]
    rows += [say("author-more-claims")] if len(claims) > CLAIMS_SHOWN else []
    embed = discord.Embed(
        title=clip(say("author-claims-title"), EMBED_TITLE),
        description="\n".join(rows) or say("author-no-claims"),
        colour=ACCENT,
    )
    items = [item for row, claim in enumerate(shown) for item in _answers(claim, row, numbered=True)]
    return Screen([embed], sent(items))


def _answers(claim: Claim, row: int, *, numbered: bool = False) -> list[discord.ui.Button[discord.ui.View]]:
    approve, refuse = (
        (say("author-approve-numbered", number=row + 1), say("author-refuse-numbered", number=row + 1))
        if numbered
        else (say("author-approve"), say("author-refuse"))
    )
    return [
        button(ClaimAction("approve", claim.id, numbered), approve, row, style=Style.success),
        button(ClaimAction("refuse", claim.id, numbered), refuse, row),
    ]


def _mention(reader: int) -> str:
    return f"<@{reader}>"


def _title(story: StorySummary) -> str:
    return clip(story.title, TITLE_CHARS, escape)
