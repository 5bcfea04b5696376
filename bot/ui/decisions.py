"""The panel of those who decide about a vote: its rules, its end, and the answer to it."""

from collections.abc import Iterable

from discord import ui

from bot.domain.votes import LINE_CHARS, QUORUMS, THRESHOLDS, VOTE_CHOICES, DecisionRole, VoteStatus
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button, modal, option, select, text_field
from bot.ui.custom_id import CustomId
from bot.ui.ids.decisions import AnswerModal, AskAnswer, CloseVote, SetVoteRule
from bot.ui.screen import QUIET, Item, Screen, story_embed
from bot.ui.votes import outcome_text, vote_text


def decision_panel(story: StorySummary, vote: VoteStatus, role: DecisionRole) -> Screen:
    """What a reader in a *role* may decide: the rules until somebody votes, whether it is open, and the answer."""
    parts = [f"**{say('vote-question')}**", say(f"decide-role-{role}")]
    if vote.voters or vote.is_closed:
        parts[0] += f"\n{vote_text(vote)}"
    if not vote.is_closed:
        parts.append(_now(vote))
    embed = story_embed(story, "\n\n".join(parts), colour=QUIET).set_footer(text=say("decide-footer"))
    items: list[Item] = [] if vote.voters or vote.is_closed else [*_rules(story.id, vote)]
    answer = say("decide-answer" if vote.answer is None else "decide-answer-again")
    items.append(button(AskAnswer(story.id), answer, 3, style=Style.primary))
    ends = say("decide-reopen" if vote.is_closed else "decide-close")
    items.append(button(CloseVote(story.id, not vote.is_closed), ends, 3))
    return Screen([embed], items, story)


def _now(vote: VoteStatus) -> str:
    """How an open vote stands."""
    if not vote.voters:
        return say("decide-now-none")
    outcome = vote.outcome
    now = say("decide-hidden") if outcome is None else say("decide-now", outcome=outcome_text(outcome))
    return f"{now}\n{say('decide-rules-stand')}"


def _rules(story: int, vote: VoteStatus) -> Iterable[ui.Select[ui.View]]:
    quorums = [(say("decide-quorum", votes=votes), str(votes)) for votes in QUORUMS]
    yield _select(SetVoteRule("quorum", story), quorums, str(vote.rules.quorum), 0)
    shares = [(say(f"decide-threshold-{threshold}"), threshold) for threshold in THRESHOLDS]
    yield _select(SetVoteRule("threshold", story), shares, vote.rules.threshold, 1)
    hidden = [(say(f"decide-hidden-{option}"), option) for option in ("no", "yes")]
    yield _select(SetVoteRule("hidden", story), hidden, "yes" if vote.rules.hidden else "no", 2)


def _select(custom_id: CustomId, options: Iterable[tuple[str, str]], chosen: str, row: int) -> ui.Select[ui.View]:
    return select(custom_id, [option(label, value, default=value == chosen) for label, value in options], row)


def answer_modal(story: StorySummary, vote: VoteStatus) -> ui.Modal:
    """The modal for the answer to a vote, which begins with the last answer or else with what readers want."""
    likely = {"continues": "continue", "stays": "leave"}.get(vote.outcome or "")
    chosen = vote.answer.choice if vote.answer is not None else likely
    options = [option(say(f"answer-{choice}"), choice, default=choice == chosen) for choice in VOTE_CHOICES]
    choices = ui.Select[ui.Modal](custom_id="choice", options=options)
    line = vote.answer.line if vote.answer is not None else ""
    fields = [
        ui.Label[ui.Modal](text=say("answer-choice"), component=choices),
        text_field("line", say("answer-line"), LINE_CHARS, hint=say("answer-line-hint"), default=line),
    ]
    return modal(AnswerModal(story.id), say("answer-title"), fields)
