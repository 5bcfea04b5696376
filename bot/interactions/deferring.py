"""An interaction that is not answered in time is deferred, or told that the bot is busy.

Discord waits for an answer for three seconds, and for a deferred one for fifteen minutes
(https://discord.com/developers/docs/interactions/receiving-and-responding). How an answer is deferred is known without
the database: a press edits its message; a command that shares is public; any other is private. A form cannot be
deferred: who asked for it hears that the bot is busy.

A press that still waits to be worked on (`bot.interactions.queueing`) is deferred, too, so that nobody loses it. If
that fails, nobody can be told what came of it, and it is not worked on.

An answer and its deferral never cross: each answer first asks `settled`.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final

import discord

from bot.interactions.queueing import Press, Queue
from bot.interactions.refusals import taken_back
from bot.texts import say

log = logging.getLogger(__name__)

LAST_SECOND = 3.0
"""Seconds after which Discord takes no answer."""

DEFER_SECONDS = 2.0
"""Seconds without an answer after which it is deferred; the rest of Discord's three are for the way there."""

WAY_SECONDS = 0.3
"""What an answer may take on its way to Discord."""

FORM: Final = "form"
OPENS_FORM: Final = {FORM: True}
"""The ``extras`` of a command that opens a form."""

_KEY: Final = "deferral"
_PUBLIC_OPTIONS = ("share", "together")
"""Options of commands that, set to True, make the answer public."""


class Deferral:
    """What becomes of one interaction that is not answered in time."""

    def __init__(
        self,
        interaction: discord.Interaction[Any],
        task: asyncio.Task[Any],
        queue: Queue,
        press: Press,
        *,
        age: float,
        opens_form: bool,
    ) -> None:
        self._interaction = interaction
        self._task = task
        self._queue, self._press = queue, press
        self._made = asyncio.get_running_loop().time() - age
        self._deferring: asyncio.Task[None] | None = None
        self._is_answering = False
        self.opens_form = opens_form
        self.is_private: bool | None = None
        """Whether a command's answer was deferred for its reader alone; None if it was not deferred."""
        self._timer = asyncio.get_running_loop().call_later(max(0, DEFER_SECONDS - age), self._begin)
        task.add_done_callback(lambda _: self._timer.cancel())

    def let_go(self) -> None:
        """Let others be worked on: this one has time now."""
        self._queue.has_time(self._press)

    def _begin(self) -> None:
        self.let_go()
        if not self._is_answering and not self._interaction.response.is_done():
            self._deferring = asyncio.create_task(self._defer() if self._press.has_begun else self._defer_in_turn())

    async def _defer_in_turn(self) -> None:
        async with self._queue.first():
            if asyncio.get_running_loop().time() - self._made < LAST_SECOND - WAY_SECONDS:
                await self._defer()
            elif not self._press.has_begun:
                self._task.cancel()

    async def _defer(self) -> None:
        response = self._interaction.response
        try:
            if self._interaction.type is discord.InteractionType.autocomplete:
                await response.autocomplete([])
            elif self.opens_form:
                self._task.cancel()  # it only reads
                await response.send_message(say("busy"), ephemeral=True)
            elif self._interaction.message is not None:
                await response.defer()
            else:
                private = not _is_shared(self._interaction)
                await response.defer(ephemeral=private, thinking=True)
                self.is_private = private
        except (discord.HTTPException, OSError) as error:
            if taken_back(error):
                log.info("An answer could not be deferred: %s", error)
            else:
                log.warning("An answer could not be deferred: %s", error)
            if not self._press.has_begun:
                self._task.cancel()

    async def settled(self) -> None:
        """Defer nothing from now on; wait for a deferral that is under way."""
        self._is_answering = True
        if self._deferring is not None:
            await asyncio.wait((self._deferring,))


def watch(interaction: discord.Interaction[Any], queue: Queue, press: Press, *, age: float, opens_form: bool) -> None:
    """Defer *interaction* if the running task has not answered it in time; it is *age* seconds old already."""
    task = asyncio.current_task()
    assert task is not None
    interaction.extras[_KEY] = Deferral(interaction, task, queue, press, age=age, opens_form=opens_form)


async def settled(interaction: discord.Interaction[Any]) -> Deferral | None:
    """Return how *interaction* was deferred, if it was, and defer it no more: its answer is on the way."""
    deferral: Deferral | None = interaction.extras.get(_KEY)
    if deferral is not None:
        await deferral.settled()
    return deferral


def _is_shared(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the options of a command say that all see its answer."""
    options = (interaction.data or {}).get("options")
    while isinstance(options, list) and options and isinstance(options[0], dict) and "options" in options[0]:
        options = options[0]["options"]  # those of a subcommand
    given: list[Any] = options if isinstance(options, list) else []
    return any(
        isinstance(each, dict) and each.get("name") in _PUBLIC_OPTIONS and each.get("value") is True for each in given
    )
