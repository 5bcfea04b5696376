"""Decisions about a vote by the story's author or managers: its rules, its end, the answer to it."""

from dataclasses import replace

from bot.domain.votes import LINE_CHARS, QUORUMS, THRESHOLDS, VOTE_CHOICES, DecisionRole, VoteRuleName, VoteRules
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, modal, number_in, one_of, picked, typed
from bot.interactions.replies import ask, redraw
from bot.services.pages import post, votable, vote_role
from bot.stories.model import StorySummary
from bot.ui.decisions import answer_modal, decision_panel
from bot.ui.ids.decisions import AnswerModal, AskAnswer, CloseVote, SetVoteRule, ShowDecision
from bot.ui.limits import clip
from bot.ui.screen import Screen


async def _allowed(interaction: Interaction, story: int) -> tuple[StorySummary, DecisionRole]:
    """Return a story, and in which role the reader decides. Raises `ReaderError`: a custom id can be forged."""
    entry = await votable(interaction, story)
    role = await vote_role(interaction, entry.id)
    if role is None:
        raise ReaderError("may-not-decide")
    return entry, role


async def _panel(interaction: Interaction, story: StorySummary, role: DecisionRole) -> Screen:
    return decision_panel(story, await store_for(interaction).votes.standing(story.id, interaction.guild_id), role)


@component(ShowDecision)
async def show_decision(interaction: Interaction, press: ShowDecision) -> None:
    """Show what the reader can decide."""
    await post(interaction, await _panel(interaction, *await _allowed(interaction, press.story)), private=True)


@component(SetVoteRule)
async def set_rule(interaction: Interaction, press: SetVoteRule) -> None:
    """Set a rule of the vote."""
    story, role = await _allowed(interaction, press.story)
    store = store_for(interaction)
    rules = (await store.votes.standing(story.id, None)).rules
    await store.decisions.set_rules(story.id, _with_rule(rules, press.rule, picked(interaction)))
    await redraw(interaction, await _panel(interaction, story, role))


def _with_rule(rules: VoteRules, rule: VoteRuleName, option: str) -> VoteRules:
    """Return *rules* with one of them set to what was picked."""
    if rule == "quorum" and (quorum := number_in(option)) in QUORUMS:
        return replace(rules, quorum=quorum)
    if rule == "threshold" and (threshold := one_of(THRESHOLDS, option)):
        return replace(rules, threshold=threshold)
    if rule == "hidden" and option in ("yes", "no"):
        return replace(rules, hidden=option == "yes")
    raise ReaderError("button-unknown")


@component(CloseVote)
async def close_vote(interaction: Interaction, press: CloseVote) -> None:
    """Close the vote, or open it again."""
    story, role = await _allowed(interaction, press.story)
    if press.is_closed:
        await store_for(interaction).decisions.close(story.id)
    else:
        await store_for(interaction).decisions.reopen(story.id, role)
    await redraw(interaction, await _panel(interaction, story, role))


@component(AskAnswer, form=True)
async def ask_answer(interaction: Interaction, press: AskAnswer) -> None:
    """Ask for the answer to a vote."""
    story, role = await _allowed(interaction, press.story)
    vote = await store_for(interaction).votes.standing(story.id, interaction.guild_id)
    if role != "author" and vote.answer is not None and vote.answer.by_author:
        raise ReaderError("author-answered")
    await ask(interaction, answer_modal(story, vote))


@modal(AnswerModal)
async def take_answer(interaction: Interaction, submitted: AnswerModal) -> None:
    """Save the answer that was typed, show it, and have readers notified."""
    story, role = await _allowed(interaction, submitted.story)
    choice = known(VOTE_CHOICES, typed(interaction, "choice"))
    line = clip(" ".join(typed(interaction, "line").split()), LINE_CHARS)
    await store_for(interaction).decisions.answer(story.id, interaction.user.id, role, choice, line)
    await redraw(interaction, await _panel(interaction, story, role))
    interaction.client.dispatch("answered")
