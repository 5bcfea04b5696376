"""How polls are opened and managed: the modal, a server's list, the panel of one, and who chose what."""

import re
from collections.abc import Collection, Sequence
from itertools import groupby

import discord
from discord import ui

from bot.domain.paging import count_pages
from bot.domain.polls import CHOICE_CHARS, CHOICES_CHARS, QUESTION_CHARS, Ballot, Poll, Tally
from bot.texts import listed, say
from bot.ui.components import Style, button, modal, option, private_list, select, text_field
from bot.ui.ids.polls import AskPoll, PickPoll, PollAction, PollModal, PollsPage, ShowVoters
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.polls import own_vote, poll_embed
from bot.ui.screen import QUIET, Item, Screen, notice

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
    return say("deadline-in", length=listed(parts, "unit"))


def poll_modal(custom_id: PollModal, question: str, choices: str) -> ui.Modal:
    """The modal for the question and the choices of a poll, with what was typed before."""
    fields = [
        text_field(
            "question",
            say("poll-ask-question"),
            2 * QUESTION_CHARS,  # an emoji may count as two
            hint=say("poll-ask-question-hint"),
            default=question[:QUESTION_CHARS],
            required=True,
        ),
        text_field(
            "choices",
            say("poll-ask-choices"),
            2 * CHOICES_CHARS,
            hint=say("poll-ask-choices-hint", most=CHOICE_CHARS),
            default=choices[:CHOICES_CHARS],
            is_long=True,
            required=True,
        ),
    ]
    return modal(custom_id, say("poll-ask"), fields)


def correct_poll_screen(ask: AskPoll | None, question: str, choices: str, why: str) -> Screen:
    """What is wrong with a poll, and all that was typed: to be copied or, by the button *ask*, to be corrected."""
    text = escape(why)
    if question or choices:
        text += "\n".join(["\n", say("poll-mend-typed"), _fenced(question), _fenced(choices)])
    items = [button(ask, say("poll-mend"), 0, style=Style.primary)] if ask else []
    return notice(text, say("poll-mend-title"), items)


def _fenced(text: str) -> str:
    """*text* as it was typed, in a frame that nothing in it can close."""
    return f"{_FENCE}\n{clip(text, TYPED_SHOWN, lambda kept: kept.replace('`', _TICK)) or ' '}\n{_FENCE}"


def typed_poll(message: discord.Message | None) -> tuple[str, str]:
    """The question and the choices that `correct_poll_screen` shows."""
    text = message.embeds[0].description or "" if message is not None and message.embeds else ""
    found = [each.replace(_TICK, "`").strip() for each in _FENCED.findall(text)]
    return (found[0], found[1]) if len(found) == 2 else ("", "")


def polls_screen(polls: Sequence[Poll], page: int) -> Screen:
    """One page, counted from 0, of the polls of a server."""
    pages = count_pages(len(polls), ROWS)
    page = min(page, pages - 1)
    on_page = polls[page * ROWS : (page + 1) * ROWS]
    lines = [*map(_line, on_page)] or [say("polls-none")]
    options = [option(poll.question, poll.id, poll.story.title) for poll in on_page]
    items = [select(PickPoll(page), options, 0, say("polls-choose"))] if options else []
    return private_list(say("polls-title"), lines, items, PollsPage, page, pages, row=1)


def _line(poll: Poll) -> str:
    if poll.closed_at is not None:
        state = say("poll-state-closed", until=f"<t:{poll.closed_at}:R>")
    elif poll.closes_at is not None:
        state = say("poll-state-open", until=f"<t:{poll.closes_at}:R>")
    else:
        state = say("poll-state-never")
    return f"**{clip(poll.question, 150, escape)}**\n{clip(poll.story.title, 80, escape)} · <#{poll.channel}> · {state}"


def poll_panel(poll: Poll, tally: Tally, chosen: Collection[int], *, tended: bool, names: bool) -> Screen:
    """A poll for one reader, with what they chose and a link to it.

    A reader who manages it (*tended*) may close and export it; one who may see *names* may see who chose what.
    """
    embed = poll_embed(poll, tally)
    if chosen:
        embed.description = f"{embed.description}\n\n{own_vote(tally, chosen)}"
    items: list[Item] = []
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
    return Screen([embed], items)


def voters_screen(poll: Poll, tally: Tally, ballots: Sequence[Ballot], page: int) -> Screen:
    """One page, counted from 0, of who chose what."""
    pages = count_pages(sum(choice.votes for choice in tally.choices), VOTERS_A_PAGE)
    texts = {choice.number: choice.text for choice in tally.choices}
    parts = [f"**{escape(poll.question)}**"]
    for number, made in groupby(ballots, key=lambda ballot: ballot.number):
        readers = " · ".join(f"<@{ballot.reader}>" for ballot in made)
        parts.append(f"**{number}. {escape(texts.get(number, ''))}**\n{readers}")
    if not ballots:
        parts.append(say("voters-none"))
    screen = private_list(
        say("voters-title"), parts, [], lambda way, to: ShowVoters(way, poll.id, to), page, pages, row=0
    )
    screen.embeds[0].colour = QUIET
    return screen
