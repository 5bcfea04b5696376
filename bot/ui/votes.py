"""How a vote looks: a bar, its numbers in words, the answer to it, and the two buttons."""

import discord

from bot.domain.votes import (
    VOTE_CHOICES,
    Count,
    DecisionRole,
    VoteAnswer,
    VoteChoice,
    VoteCounts,
    VoteOutcome,
    VoteStatus,
)
from bot.stories.model import Spot, StorySummary
from bot.texts import say
from bot.ui.bars import bar
from bot.ui.chapters import short_name
from bot.ui.components import button
from bot.ui.custom_id import MessageKind, Snowflake
from bot.ui.ids.decisions import ShowDecision
from bot.ui.ids.follows import FollowFromVote
from bot.ui.ids.votes import CastVote, WithdrawVote
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen, notice, story_embed

LINE = 400
"""Characters of the line with an answer, escaped."""

ANSWER_LINE = 60
"""The same where it stands under the last page of a story."""


def choice_label(choice: VoteChoice) -> str:
    """What the button of a choice says."""
    return say(f"vote-choice-{choice}")


def share_bar(count: Count) -> str:
    """Return the share of votes to continue, as a bar and in percent."""
    return f"{bar(count.go_on, count.all)}  {say('vote-share', percent=round(100 * count.go_on / count.all))}"


def vote_text(vote: VoteStatus, line: int = LINE, *, may_vote: bool = True) -> str:
    """Return a vote in words: its answer, with at most *line* characters of the author's line, and its numbers.

    Where nobody has voted, one who *may vote* is invited to.
    """
    parts = [answer_text(vote.answer, line)] if vote.answer is not None else []
    if vote.answer is None and vote.is_closed and vote.outcome is not None:
        parts.append(say("vote-result", outcome=outcome_text(vote.outcome)))
    parts += _numbers(vote, may_vote=may_vote)
    if not vote.is_closed and (vote.rules.quorum or vote.rules.threshold != "half"):
        parts.append(say(f"vote-rules-{vote.rules.threshold}", quorum=vote.rules.quorum))
    return "\n".join(parts)


def _numbers(vote: VoteStatus, *, may_vote: bool) -> list[str]:
    parts: list[str] = []
    if vote.voters:
        parts = _counts(vote.numbers.votes) if vote.numbers else [say("vote-hidden", count=vote.voters)]
    elif not vote.is_closed:
        parts = [say("vote-none" if may_vote else "vote-none-yet")]
    if vote.numbers is None:
        return parts
    finished = vote.numbers.finished
    if finished.all:
        parts.append(say("vote-finished", go_on=finished.go_on, all=finished.all))
    if vote.numbers.silent:
        parts.append(say("vote-silent", count=vote.numbers.silent))
    return parts


def _counts(votes: VoteCounts) -> list[str]:
    """All votes and, where they are others, those of this server."""
    overall, here = votes.overall, votes.here
    parts = [share_bar(overall), say("vote-everywhere", go_on=overall.go_on, all=overall.all)]
    if here is not None and here.all and here != overall:
        parts.append(say("vote-here", go_on=here.go_on, all=here.all))
    return parts


def outcome_text(outcome: VoteOutcome) -> str:
    """Return the words for an outcome."""
    return say(f"vote-outcome-{outcome}")


def answer_text(answer: VoteAnswer, line: int = LINE) -> str:
    """Return the words for an answer, with the line that came with it."""
    parts = [say("vote-answer-author" if answer.by_author else "vote-answer-keeper", choice=answer.choice)]
    if answer.line:
        parts.append(say("vote-answer-line", line=clip(answer.line, line, escape)))
    if answer.chapter is not None:
        parts.append(say("vote-answer-chapter", chapter=clip(short_name(answer.chapter), 60, escape)))
    return " ".join(parts)


def vote_summary(vote: VoteStatus) -> str:
    """Return a vote in a few words, for a list."""
    if not vote.voters:
        return say("vote-short-none")
    if vote.numbers is None:
        return say("vote-short-hidden", count=vote.voters)
    return say("vote-short", go_on=vote.numbers.votes.overall.go_on, all=vote.voters)


def vote_line(vote: VoteStatus) -> str:
    """Return a vote in one line, for the end of a story: what came of it, its votes so far, or the question."""
    if vote.answer is not None:
        return answer_text(vote.answer, ANSWER_LINE)
    if vote.is_closed and vote.outcome is not None:
        return say("vote-result", outcome=outcome_text(vote.outcome))
    if not vote.voters:
        return say("vote-question")
    summary = vote_summary(vote)
    if vote.numbers is None:
        return summary
    overall = vote.numbers.votes.overall
    return f"{bar(overall.go_on, overall.all)} {summary}"


def vote_buttons(story: int, screen: MessageKind, spot: Spot | None, row: int) -> list[Item]:
    """The two choices, equal in colour, for a message that shows *screen*."""
    chapter, offset = (spot.chapter, spot.offset) if spot else (0, 0)
    return [
        button(CastVote(choice, story, screen, chapter, offset), choice_label(choice), row) for choice in VOTE_CHOICES
    ]


def vote_panel(
    story: StorySummary, vote: VoteStatus, own: VoteChoice | None, role: DecisionRole | None, *, follows: bool
) -> Screen:
    """The vote of a story by itself, with this reader's choice.

    A reader with a *role* has a button to the panel of decisions; an author does not vote.
    """
    text = vote_text(vote, may_vote=role != "author")
    embed = story_embed(story, f"**{say('vote-question')}**\n{text}\n\n{_own(own, vote, role)}")
    items: list[Item] = []
    if role != "author" and not vote.is_closed:
        items += vote_buttons(story.id, "vote", None, 0)
    if own is not None and not vote.is_closed:
        items.append(button(WithdrawVote(story.id, Snowflake(0), "vote", 0, 0), say("vote-withdraw"), 1))
    if role is not None:
        items.append(button(ShowDecision(story.id), say("vote-decide"), 1))
    if role != "author" and not follows and vote.answer is None:
        items.append(button(FollowFromVote(story.id), say("vote-tell-me"), 1))
    return Screen([embed], items, story)


def _own(own: VoteChoice | None, vote: VoteStatus, role: DecisionRole | None) -> str:
    if role == "author":
        return say("vote-own-writer")
    if own is None:
        return say("vote-own-closed-none" if vote.is_closed else "vote-own-none")
    return say("vote-own-closed" if vote.is_closed else "vote-own", choice=choice_label(own))


def vote_receipt(
    story: StorySummary, vote: VoteStatus, own: VoteChoice, withdraw: WithdrawVote, *, follows: bool
) -> Screen:
    """The private receipt for a vote, with the buttons that withdraw it and that follow the story."""
    text = f"**{escape(story.title)}**: {choice_label(own)}\n{vote_text(vote)}"
    embed = discord.Embed(title=say("vote-counted"), description=text, colour=ACCENT)
    items = [button(withdraw, say("vote-withdraw"), 0)]
    if not follows:
        items.append(button(FollowFromVote(story.id), say("vote-tell-me"), 0))
    return Screen([embed], items)


def withdrawn_receipt(story: StorySummary, vote: VoteStatus, had: bool) -> Screen:
    """The receipt for a vote that was withdrawn; *had* says whether there was one."""
    title = say("vote-withdrawn" if had else "vote-not-there")
    return notice(f"**{escape(story.title)}**\n{vote_text(vote, may_vote=False)}", title, [])
