"""Who wrote a story: the receipt of a link, a claim, the list of claims, and the answer to one."""

from collections.abc import Sequence
from typing import Literal

import discord

from bot.domain.authors import Claim
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button
from bot.ui.ids.authors import ClaimAction
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen, notice

CLAIMS_SHOWN = 5
"""As many rows of buttons a message has."""

TITLE_CHARS = 200

Answering = Literal["here", "here-or-host", "host", "elsewhere"]
"""Who answers a claim: those who manage this server, whoever runs the bot, or those who manage another server."""


def linked_screen(story: StorySummary, reader: int, *, linked: bool) -> Screen:
    """The receipt for a link between a story and its author, made or removed."""
    text = say("author-linked" if linked else "author-unlinked", reader=_mention(reader), title=_title(story))
    return notice(text)


def claim_screen(claim: Claim, answering: Answering, *, public: bool) -> Screen:
    """A claim; it has buttons where it is *public*, so that whoever may answer it sees them."""
    says = say("author-claims", reader=_mention(claim.reader), title=_title(claim.story))
    answers = say("author-answers", who=answering)
    embed = discord.Embed(description=f"{says}\n\n{answers}", colour=ACCENT)
    return Screen([embed], _answers(claim, 0) if public and answering != "elsewhere" else [])


def answered_screen(claim: Claim, *, approved: bool) -> Screen:
    """What replaces a claim that was answered."""
    text = say(
        "author-approved" if approved else "author-refused", reader=_mention(claim.reader), title=_title(claim.story)
    )
    return notice(text, items=[])


def claims_screen(claims: Sequence[Claim]) -> Screen:
    """The claims that somebody may answer, the oldest first; *claims* are `CLAIMS_SHOWN`, or one more."""
    shown = claims[:CLAIMS_SHOWN]
    rows = [
        f"**{number}.** {say('author-claims', reader=_mention(claim.reader), title=_title(claim.story))}"
        for number, claim in enumerate(shown, start=1)
    ]
    rows += [say("author-more-claims")] if len(claims) > CLAIMS_SHOWN else []
    text = "\n".join(rows) or say("author-no-claims")
    embed = discord.Embed(title=say("author-claims-title"), description=text, colour=ACCENT)
    items = [item for row, claim in enumerate(shown) for item in _answers(claim, row, numbered=True)]
    return Screen([embed], items)


def _answers(claim: Claim, row: int, *, numbered: bool = False) -> list[discord.ui.Button[discord.ui.View]]:
    approve = say("author-approve-numbered", number=row + 1) if numbered else say("author-approve")
    refuse = say("author-refuse-numbered", number=row + 1) if numbered else say("author-refuse")
    return [
        button(ClaimAction("approve", claim.id, numbered), approve, row, style=Style.success),
        button(ClaimAction("refuse", claim.id, numbered), refuse, row),
    ]


def _mention(reader: int) -> str:
    return f"<@{reader}>"


def _title(story: StorySummary) -> str:
    return clip(story.title, TITLE_CHARS, escape)
