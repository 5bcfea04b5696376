"""Polls as they are asked for and looked after: the modal, a server's list, one of them, who chose what."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import groupby

import discord
from discord import ui

from bot.domain.polls import CHOICE_CHARS, CHOICES_CHARS, QUESTION_CHARS, Ballot, Poll, Tally
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.polls import AskPoll, PickPoll, PollAction, PollModal, PollsPage, ShowVoters
from bot.ui.limits import OPTION_DESCRIPTION, OPTION_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.polls import own_vote, poll_embed
from bot.ui.screen import ACCENT, QUIET, Screen

ROWS = 8
"""Polls on a page of the list."""

VOTERS_A_PAGE = 25

DEADLINES = ("1 hour", "6 hours", "1 day", "3 days", "1 week", "never")
"""What is offered before anything is typed; as `bot.domain.deadlines.read_deadline` reads it."""

TYPED_SHOWN = 1700
"""Characters that are given back of what was typed; it is not more, but for marks that are doubled."""

_LENGTHS = (("weeks", 7 * 24 * 60 * 60), ("days", 24 * 60 * 60), ("hours", 60 * 60), ("minutes", 60))
_FENCE = "```"
_TICK = "`\u200b"
_FENCED = re.compile(rf"{_FENCE}\n(.*?)\n{_FENCE}", re.S)


def deadline_name(seconds: float | None) -> str:
    """How long from now something ends; None for never."""
    if seconds is None:
        return say("deadline-never")
    left, parts = round(seconds / 60) * 60, list[str]()
    for unit, length in _LENGTHS:
        if left >= length and (unit != "weeks" or left % length == 0):
            parts.append(say(f"length-{unit}", count=left // length))
            left %= length
    return say("deadline-in", length=" ".join(parts))


# -- asking ---------------------------------------------------------------------


def poll_modal(asked: PollModal, question: str, choices: str) -> ui.Modal:
    """Asks for the question and the choices, beginning with what is there of them."""
    modal = ui.Modal(title=say("poll-ask"), custom_id=str(asked), timeout=15 * 60)
    room = 2 * QUESTION_CHARS  # an emoji may count as two
    line = ui.TextInput[ui.Modal](custom_id="question", default=question[:QUESTION_CHARS] or None, max_length=room)
    lines = ui.TextInput[ui.Modal](
        custom_id="choices",
        style=discord.TextStyle.paragraph,
        default=choices[:CHOICES_CHARS] or None,
        max_length=2 * CHOICES_CHARS,
    )
    hint = say("poll-ask-choices-hint", most=CHOICE_CHARS)
    modal.add_item(ui.Label(text=say("poll-ask-question"), description=say("poll-ask-question-hint"), component=line))
    modal.add_item(ui.Label(text=say("poll-ask-choices"), description=hint, component=lines))
    return modal


def correct_poll_screen(asked: AskPoll | None, question: str, choices: str, why: str) -> Screen:
    """What is wrong with a poll, with all that was typed, to be copied, or asked for again by a button."""
    embed = discord.Embed(title=say("poll-mend-title"), colour=QUIET)
    embed.description = escape(why)
    if question or choices:
        embed.description += "\n".join(["\n", say("poll-mend-typed"), _fenced(question), _fenced(choices)])
    return Screen([embed], sent([button(asked, say("poll-mend"), 0, style=Style.primary)] if asked else []))


def _fenced(text: str) -> str:
    """*text* as it was typed, in a frame that nothing in it can close."""
    return f"{_FENCE}\n{clip(text, TYPED_SHOWN, lambda kept: kept.replace('`', _TICK)) or ' '}\n{_FENCE}"


def typed_poll(message: discord.Message | None) -> tuple[str, str]:
    """The question and the choices that `correct_poll_screen` shows."""
    text = message.embeds[0].description or "" if message is not None and message.embeds else ""
    found = [each.replace(_TICK, "`").strip() for each in _FENCED.findall(text)]
    return (found[0], found[1]) if len(found) == 2 else ("", "")


# -- looking after --------------------------------------------------------------


def polls_screen(polls: Sequence[Poll], page: int) -> Screen:
    """One page, counted from 0, of the polls of a server."""
    pages = max(1, -(-len(polls) // ROWS))
    page = min(page, pages - 1)
    shown = polls[page * ROWS : (page + 1) * ROWS]
    embed = discord.Embed(title=say("polls-title"), colour=ACCENT)
    embed.description = "\n\n".join(map(_line, shown)) or say("polls-none")
    embed.set_footer(text=say("only-you-see-this", page=page + 1, pages=pages))
    items: list[ui.Item[ui.View]] = []
    if shown:
        options = [
            discord.SelectOption(
                label=clip(poll.question, OPTION_LABEL),
                value=str(poll.id),
                description=clip(poll.story.title, OPTION_DESCRIPTION),
            )
            for poll in shown
        ]
        placeholder = say("polls-choose")
        items.append(ui.Select(custom_id=str(PickPoll(page)), placeholder=placeholder, options=options, row=0))
    if pages > 1:
        items += [
            button(PollsPage("p", max(0, page - 1)), say("page-previous"), 1, disabled=page == 0),
            button(PollsPage("n", page + 1), say("page-next"), 1, disabled=page >= pages - 1),
        ]
    return Screen([embed], sent(items))


def _line(poll: Poll) -> str:
    if poll.closed_at is not None:
        state = say("poll-state-closed", until=f"<t:{poll.closed_at}:R>")
    elif poll.closes_at is not None:
        state = say("poll-state-open", until=f"<t:{poll.closes_at}:R>")
    else:
        state = say("poll-state-never")
    return f"**{clip(poll.question, 150, escape)}**\n{clip(poll.story.title, 80, escape)} · <#{poll.channel}> · {state}"


def poll_panel(poll: Poll, tally: Tally, chosen: Collection[int], *, tended: bool, names: bool) -> Screen:
    """A poll for one reader, with what they chose and the way to it.

    *tended*: they may look after it, so that they can close and export it; *names*: they may see who chose what.
    """
    embed = poll_embed(poll, tally)
    if chosen:
        embed.description = f"{embed.description}\n\n{own_vote(tally, chosen)}"
    items: list[ui.Item[ui.View]] = []
    if poll.message is not None:
        link = f"https://discord.com/channels/{poll.guild}/{poll.channel}/{poll.message}"
        items.append(ui.Button(url=link, label=say("poll-go"), row=0))
    items.append(button(PollsPage("b", 0), say("polls-back"), 0))
    if tended and poll.closed_at is None:
        items.append(button(PollAction("close", poll.id), say("poll-close"), 1, style=Style.danger))
    if tended:
        items.append(button(PollAction("export", poll.id), say("poll-export"), 1))
    if names:
        items.append(button(ShowVoters("o", poll.id, 0), say("poll-who"), 1))
    return Screen([embed], sent(items))


def voters_screen(poll: Poll, tally: Tally, ballots: Sequence[Ballot], page: int) -> Screen:
    """One page, counted from 0, of who chose what."""
    pages = max(1, -(-sum(choice.votes for choice in tally.choices) // VOTERS_A_PAGE))
    texts = {choice.number: choice.text for choice in tally.choices}
    embed = discord.Embed(title=say("voters-title"), colour=QUIET)
    parts = [f"**{escape(poll.question)}**"]
    for number, made in groupby(ballots, key=lambda ballot: ballot.number):
        readers = " · ".join(f"<@{ballot.reader}>" for ballot in made)
        parts.append(f"**{number}. {escape(texts.get(number, ''))}**\n{readers}")
    embed.description = "\n\n".join(parts if ballots else [*parts, say("voters-none")])
    embed.set_footer(text=say("only-you-see-this", page=page + 1, pages=pages))
    items: list[ui.Item[ui.View]] = []
    if pages > 1:
        items += [
            button(ShowVoters("p", poll.id, max(0, page - 1)), say("page-previous"), 0, disabled=page == 0),
            button(ShowVoters("n", poll.id, page + 1), say("page-next"), 0, disabled=page >= pages - 1),
        ]
    return Screen([embed], sent(items))


def closing_screen() -> Screen:
    """A poll was closed by hand."""
    embed = discord.Embed(title=say("poll-closing"), description=say("poll-closing-text"), colour=QUIET)
    return Screen([embed], sent([]))


def opened_screen(channel: int) -> Screen:
    """A poll was opened in another channel."""
    text = say("poll-open-there", channel=f"<#{channel}>")
    return Screen([discord.Embed(title=say("poll-opened"), description=text, colour=QUIET)])
