"""The interactions that are being answered, so that a stop cuts none of them.

What came before the stop is answered. What comes later is told that the bot restarts.
"""

import asyncio
import logging
import time
from functools import partial
from typing import Any

import discord

from bot.errors import ReaderError, TooOld
from bot.interactions.deferring import LAST_SECOND, watch
from bot.interactions.queueing import Ages, Queue
from bot.interactions.reference import refer

log = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
"""Seconds that the answers under way may take once the bot stops."""


class Answering:
    """The tasks that answer interactions."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()
        self._ages, self._queue = Ages(), Queue()
        self.closed = asyncio.Event()
        """Set when the bot stops: no answer begins any more."""

    async def begin(self, interaction: discord.Interaction[Any], *, opens_form: bool = False) -> None:
        """Wait until the running task may work on the answer to *interaction*; defer it where it takes too long.

        It counts as an answer under way until the task ends. Raises `TooOld`, and `ReaderError` once the bot stops.
        """
        if self.closed.is_set():
            raise ReaderError("restarting")
        if (age := self._ages.of(interaction.id)) > LAST_SECOND:
            raise TooOld(f"interaction {interaction.id} is {age:.1f} seconds old")
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(partial(_tell, interaction, time.perf_counter()))
        refer()
        press = self._queue.enter(interaction.id, interaction.user.id)
        task.add_done_callback(lambda _: self._queue.leave(press))
        watch(interaction, self._queue, press, age=age, opens_form=opens_form)
        await press.turn

    async def finish(self) -> None:
        """Begin no more answers, and wait for those under way; after `ANSWER_SECONDS` they are given up.

        An answer that is given up has changed nothing, unless its change was already on its way to the disk.
        """
        await asyncio.sleep(0)  # the task of an interaction that has come begins in the loop's next round
        self.closed.set()
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=ANSWER_SECONDS)
        for task in late:
            task.cancel()
        if late:
            log.warning("%d presses or commands were not answered within %.0f seconds", len(late), ANSWER_SECONDS)
            await asyncio.wait(late, timeout=1)


def name_of(interaction: discord.Interaction[Any]) -> str:
    """Return the name of a command, or of the kind of what was pressed or sent: never what it was about."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    return str((interaction.data or {}).get("custom_id", "")).partition(":")[0]


def _tell(interaction: discord.Interaction[Any], begun: float, _: asyncio.Task[object]) -> None:
    """Have whoever listens for ``timed`` know which kind of interaction was answered, and in how many seconds."""
    interaction.client.dispatch("timed", interaction.type.name, name_of(interaction), time.perf_counter() - begun)
