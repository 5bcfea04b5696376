"""Options of the poll commands: which poll, and when a poll closes."""

from contextlib import suppress

from discord import app_commands

from bot.domain.deadlines import read_deadline
from bot.domain.polls import Poll
from bot.errors import PollGone, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import number_in
from bot.services.polls import find_poll, may_see
from bot.ui.limits import CHOICE_NAME, CHOICES, clip
from bot.ui.poll_panels import DEADLINES, deadline_name

LATEST = 100
"""Polls of a server that are listed and offered."""


class PollOption(app_commands.Transformer):
    """A poll of this server that the member may see, by its question. Raises `ReaderError`."""

    async def transform(self, interaction: Interaction, value: str, /) -> Poll:  # type: ignore[override]
        if (number := number_in(value)) is not None:
            with suppress(PollGone):  # a question may be a number, too
                return await find_poll(interaction, number)
        found = next(iter(_fitting(await latest_polls(interaction), value)), None)
        if found is None:
            raise ReaderError("poll-not-found", typed=value[:100])
        return found

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        found = _fitting(await latest_polls(interaction), value)[:CHOICES]
        return [app_commands.Choice(name=_name(poll), value=str(poll.id)) for poll in found]


def _name(poll: Poll) -> str:
    return clip(f"{poll.question} · {poll.story.title}", CHOICE_NAME)


def _fitting(polls: list[Poll], typed: str) -> list[Poll]:
    return [poll for poll in polls if typed.casefold().strip() in _name(poll).casefold()]


async def latest_polls(interaction: Interaction) -> list[Poll]:
    """Return the latest polls of this server that the member may see."""
    polls = await store_for(interaction).polls.latest(interaction.guild_id or 0, LATEST)
    return [poll for poll in polls if may_see(interaction, poll)]


def offered_deadlines(typed: str, now: float) -> list[app_commands.Choice[str]]:
    """Return the deadline that was typed, as it is understood; if it is not, some that begin so."""
    typed = typed.strip()
    try:
        return [_offer(typed, now)]
    except ReaderError:
        return [_offer(each, now) for each in DEADLINES if each.startswith(typed.casefold())]


def _offer(typed: str, now: float) -> app_commands.Choice[str]:
    at = read_deadline(typed, now)
    return app_commands.Choice(name=deadline_name(None if at is None else at - now), value=typed[:CHOICE_NAME])


PollArgument = app_commands.Transform[Poll, PollOption]
