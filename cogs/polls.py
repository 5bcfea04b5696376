"""Polls on what comes next in a story: managers and writers open them, all who see them vote."""

from dataclasses import astuple
from functools import partial

import discord
from discord import app_commands

from bot.domain.deadlines import read_deadline
from bot.domain.paging import page_within
from bot.domain.polls import OPEN_SECONDS, Poll
from bot.errors import MayNotPoll, NotWished, PollClosed, ReaderError
from bot.interactions.allowances import spend
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, number_in, picked_id, picks, typed
from bot.interactions.deferring import OPENS_FORM
from bot.interactions.groups import author, manage_poll
from bot.interactions.options import StoryArgument
from bot.interactions.replies import ask, redraw, redraw_or_send, send, send_files, sentence
from bot.services.pages import allow_vote
from bot.services.poll_options import PollArgument, latest_polls, offered_deadlines
from bot.services.polls import check_poll, find_poll, may_manage, open_poll, poll_screen_of, redraw_poll
from bot.texts import say
from bot.ui.custom_id import Snowflake
from bot.ui.ids.polls import (
    AskPoll,
    PickChoice,
    PickChoices,
    PickPoll,
    PollAction,
    PollModal,
    PollsPage,
    ShowPoll,
    ShowPolls,
    ShowVoters,
    WithdrawBallot,
)
from bot.ui.limits import CHOICE_NAME
from bot.ui.poll_export import ballots_file, counts_file
from bot.ui.poll_panels import (
    VOTERS_A_PAGE,
    correct_poll_screen,
    poll_modal,
    poll_panel,
    polls_screen,
    typed_poll,
    voters_screen,
)
from bot.ui.polls import ballot_receipt
from bot.ui.screen import Screen, notice

MOST_EXPORTED = 100_000
"""Ballots in a file: more than any server has voters."""


@author.command(name="poll", extras=OPENS_FORM)
@app_commands.describe(
    story="Title or author",
    closes="12 h, 3 days or never (default: 3 days)",
    channel="Where to post it (default: here)",
    several="Let people pick more than one choice",
    anonymous="Nobody sees who voted for what. If off, you can, and the poll says so",
)
async def new_poll(
    interaction: Interaction,
    story: StoryArgument,
    closes: app_commands.Range[str, 1, CHOICE_NAME] | None = None,
    channel: discord.TextChannel | discord.Thread | None = None,
    several: bool = False,
    anonymous: bool = True,
) -> None:
    """Ask readers what comes next in your story (mods can, too)"""
    if interaction.guild_id is None:
        raise ReaderError("poll-in-server")
    now = interaction.client.clock()
    at = int(now) + OPEN_SECONDS if closes is None else read_deadline(closes, now) or 0
    where = Snowflake(channel.id if channel else interaction.channel_id or 0)
    settings = AskPoll(story.id, where, at, several, anonymous)
    await check_poll(interaction, settings)
    await ask(interaction, poll_modal(_modal_id(settings), "", ""))


@new_poll.autocomplete("closes")
async def _deadlines(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return offered_deadlines(typed, interaction.client.clock())


@manage_poll.command()
@app_commands.describe(poll="The poll's question. Leave empty for all polls")
async def show(interaction: Interaction, poll: PollArgument | None = None) -> None:
    """See this server's polls"""
    screen = await _panel(interaction, poll) if poll else polls_screen(await latest_polls(interaction), 0)
    await send(interaction, screen, private=True)


@manage_poll.command()
@app_commands.describe(poll="The poll's question")
async def close(interaction: Interaction, poll: PollArgument) -> None:
    """Close a poll now"""
    await _close(interaction, poll)
    await send(interaction, notice(say("poll-closing-text"), say("poll-closing"), []), private=True)


@manage_poll.command()
@app_commands.describe(poll="The poll's question")
async def export(interaction: Interaction, poll: PollArgument) -> None:
    """Download a poll's votes as CSV"""
    await _export(interaction, poll)


def _modal_id(settings: AskPoll) -> PollModal:
    return PollModal(*astuple(settings))


async def _open(interaction: Interaction, settings: AskPoll, question: str, choices: str) -> None:
    """Open a poll; if the reader can mend what is wrong, say what, and give back what they typed."""
    try:
        await open_poll(interaction, settings, question, choices)
    except (MayNotPoll, NotWished):
        raise
    except ReaderError as why:
        await send(interaction, correct_poll_screen(settings, question, choices, sentence(why)), private=True)


@modal(PollModal)
async def poll_typed(interaction: Interaction, submitted: PollModal) -> None:
    """Open a poll with the question and the choices that were typed."""
    settings = AskPoll(*astuple(submitted))
    await _open(interaction, settings, typed(interaction, "question"), typed(interaction, "choices"))


@component(AskPoll, form=True)
async def ask_again(interaction: Interaction, press: AskPoll) -> None:
    """Show the form once more, filled with what was typed."""
    await ask(interaction, poll_modal(_modal_id(press), *typed_poll(interaction.message)))


@component(PickChoice)
async def choose(interaction: Interaction, press: PickChoice) -> None:
    """Save a vote, draw the poll again for all, and send a private receipt."""
    store, now = store_for(interaction), interaction.client.clock()
    poll = await find_poll(interaction, press.poll)
    allow_vote(poll.story)
    again = partial(poll_screen_of, interaction, poll.id)
    try:
        chosen = await store.polls.cast(poll.id, interaction.user.id, press.choice, now)
    except PollClosed:
        if poll.closed_at is not None:  # its message was not drawn when it closed
            await interaction.client.refresher.answer(interaction, again)
        raise
    await interaction.client.refresher.answer(interaction, again)
    await send(interaction, ballot_receipt(poll, await store.polls.tally(poll.id), chosen), private=True)


@component(PickChoices)
async def choose_all(interaction: Interaction, press: PickChoices) -> None:
    """Change a vote to the choices picked on its receipt."""
    numbers = {number for value in picks(interaction) if (number := number_in(value)) is not None}
    await _change(interaction, press.poll, numbers)


@component(WithdrawBallot)
async def take_back(interaction: Interaction, press: WithdrawBallot) -> None:
    """Withdraw a vote."""
    await _change(interaction, press.poll, set())


async def _change(interaction: Interaction, number: int, choices: set[int]) -> None:
    """Change a vote from its receipt, and draw both the receipt and the poll again."""
    store, now = store_for(interaction), interaction.client.clock()
    poll = await find_poll(interaction, number)
    allow_vote(poll.story)
    chosen = await store.polls.choose(poll.id, interaction.user.id, choices, now)
    await redraw(interaction, ballot_receipt(poll, await store.polls.tally(poll.id), chosen))
    if poll.message is not None:
        interaction.client.refresher.soon(poll.message, partial(redraw_poll, interaction, poll))


async def _panel(interaction: Interaction, poll: Poll) -> Screen:
    polls, reader = store_for(interaction).polls, interaction.user.id
    return poll_panel(
        poll,
        await polls.tally(poll.id),
        await polls.chosen(poll.id, reader),
        tended=await may_manage(interaction, poll),
        names=_may_see_names(interaction, poll),
    )


def _may_see_names(interaction: Interaction, poll: Poll) -> bool:
    """Return whether the member may see who chose what: only who opened a poll that is not anonymous."""
    return not poll.anonymous and poll.opener == interaction.user.id


async def _close(interaction: Interaction, poll: Poll) -> None:
    if not await may_manage(interaction, poll):
        raise MayNotPoll
    await store_for(interaction).polls.close(poll.id, interaction.client.clock())
    interaction.client.dispatch("poll_due")


async def _export(interaction: Interaction, poll: Poll) -> None:
    """Send the counts, and to who may see it also who chose what."""
    if not await may_manage(interaction, poll):
        raise MayNotPoll
    spend(interaction, "export")
    polls = store_for(interaction).polls
    tally = await polls.tally(poll.id)
    files = {f"poll-{poll.id}.csv": counts_file(poll, tally)}
    if _may_see_names(interaction, poll):
        files[f"poll-{poll.id}-voters.csv"] = ballots_file(tally, await polls.ballots(poll.id, MOST_EXPORTED))
    await send_files(interaction, files, say("poll-exported"))


@component(PollAction)
async def on_poll(interaction: Interaction, press: PollAction) -> None:
    """Close or export a poll from its panel."""
    poll = await find_poll(interaction, press.poll)
    if press.action == "export":
        await _export(interaction, poll)
    else:
        await _close(interaction, poll)
        await redraw(interaction, await _panel(interaction, await find_poll(interaction, press.poll)))


@component(ShowPoll)
async def show_poll(interaction: Interaction, press: ShowPoll) -> None:
    """Show privately what the member may do with a poll: who looks after it closes it, and has its votes as CSV."""
    screen = await _panel(interaction, await find_poll(interaction, press.poll))
    await send(interaction, screen, private=True)


@component(ShowPolls)
async def show_polls(interaction: Interaction, _: ShowPolls) -> None:
    """Show the polls of this server, privately."""
    await send(interaction, polls_screen(await latest_polls(interaction), 0), private=True)


@component(PollsPage)
async def turn_polls(interaction: Interaction, press: PollsPage) -> None:
    """Turn the list to another page."""
    await redraw(interaction, polls_screen(await latest_polls(interaction), press.page))


@component(PickPoll)
async def pick_poll(interaction: Interaction, _: PickPoll) -> None:
    """Show the poll that was picked."""
    await redraw(interaction, await _panel(interaction, await find_poll(interaction, picked_id(interaction))))


@component(ShowVoters)
async def show_voters(interaction: Interaction, press: ShowVoters) -> None:
    """Show who chose what, to who may see it; its buttons turn its pages."""
    polls, poll = store_for(interaction).polls, await find_poll(interaction, press.poll)
    if not _may_see_names(interaction, poll):
        raise MayNotPoll
    tally = await polls.tally(poll.id)
    page = page_within(press.page, sum(choice.votes for choice in tally.choices), VOTERS_A_PAGE)
    screen = voters_screen(poll, tally, await polls.ballots(poll.id, VOTERS_A_PAGE, page * VOTERS_A_PAGE), page)
    await redraw_or_send(interaction, screen, again=press.button != "o")
