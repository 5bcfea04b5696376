"""Who wrote a story, as claimants see it and those who answer them: a claim, the list of claims, and the answer."""

from collections.abc import Sequence

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


def unlinked_screen(story: StorySummary, reader: int) -> Screen:
    """The receipt for a link that was removed."""
    return notice(say("author-unlinked", reader=_mention(reader), title=_title_text(story)))


def left_screen() -> Screen:
    """What replaces the panel of a story from which its author unlinked themself."""
    return notice(say("author-left"), items=[])


def claimed_screen(claim: Claim, *, here: bool) -> Screen:
    """The receipt for a claim, which only whoever made it sees; *here*: the story was uploaded in this server."""
    sent = say("author-claim-sent", title=_title_text(claim.story))
    answers = say("author-answers", who="here" if claim.answers == "manager" and here else claim.answers)
    return notice(f"{sent} {answers}\n\n{say('author-means')}")


def claim_post(claim: Claim, *, adult: bool) -> Screen:
    """A claim, as those are asked who answer it; its title shows where all who read there are *adult*."""
    return Screen([discord.Embed(description=_claim_text(claim, adult=adult), colour=ACCENT)], _answers(claim, 0))


def answered_screen(claim: Claim, *, approved: bool, adult: bool) -> Screen:
    """What replaces a claim that was answered."""
    answer = say("author-approved" if approved else "author-refused", reader=_mention(claim.reader))
    text = f"{_claim_text(claim, adult=adult)}\n\n{answer}"
    return notice(text, items=[])


def claims_screen(claims: Sequence[Claim]) -> Screen:
    """The claims that somebody may answer, the oldest first; *claims* are `CLAIMS_SHOWN`, or one more.

    Only they see it, and they are told of stories for adults anywhere.
    """
    shown = claims[:CLAIMS_SHOWN]
    rows = [f"**{number}.** {_claim_text(claim, adult=True)}" for number, claim in enumerate(shown, start=1)]
    rows += [say("author-more-claims")] if len(claims) > CLAIMS_SHOWN else []
    text = "\n".join(rows) or say("author-no-claims")
    embed = discord.Embed(title=say("author-claims-title"), description=text, colour=ACCENT)
    items = [item for row, claim in enumerate(shown) for item in _answers(claim, row, numbered=True)]
    return Screen([embed], items)


def claimant_screen(story: StorySummary, *, approved: bool, veiled: bool) -> Screen:
    """What whoever made a claim is told of its answer; the title of a story for adults may be *veiled*."""
    if veiled:
        return notice(say("claim-approved-veiled" if approved else "claim-refused-veiled"))
    return notice(say("claim-approved" if approved else "claim-refused", title=_title_text(story)))


def _title_text(story: StorySummary) -> str:
    """A story's title, as it stands in a sentence."""
    return clip(story.title, TITLE_CHARS, escape)


def _claim_text(claim: Claim, *, adult: bool) -> str:
    if claim.is_mature and not adult:
        return say("author-claims-veiled", reader=_mention(claim.reader))
    return say("author-claims", reader=_mention(claim.reader), title=_title_text(claim.story))


def _answers(claim: Claim, row: int, *, numbered: bool = False) -> list[discord.ui.Button[discord.ui.View]]:
    approve = say("author-approve-numbered", number=row + 1) if numbered else say("author-approve")
    refuse = say("author-refuse-numbered", number=row + 1) if numbered else say("author-refuse")
    return [
        button(ClaimAction("approve", claim.id, numbered), approve, row, style=Style.success),
        button(ClaimAction("refuse", claim.id, numbered), refuse, row),
    ]


def _mention(reader: int) -> str:
    return f"<@{reader}>"
