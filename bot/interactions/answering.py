"""Answer interactions in time: limit their number, keep the order of a reader's acts, defer slow answers.

Discord waits three seconds for an answer, and fifteen minutes for a deferred one
(https://discord.com/developers/docs/interactions/receiving-and-responding).

- In a process, a reader's acts run one after the other, in order of arrival. Lookups and forms store nothing, and do
  not wait for acts.
- At most `AT_ONCE` interactions run in parallel. Others wait in order of arrival.
- After two seconds an interaction is deferred, even while it waits. One that runs already gives its place to the next.
- An interaction too late to answer or defer is dropped, so that nothing changes without the reader's knowledge.
"""

import asyncio
import logging
import time
from functools import partial
from math import inf
from typing import Any, Final, Literal
from weakref import WeakValueDictionary

import discord

from bot.errors import ReaderError, TooOld
from bot.interactions.faults import is_lost, refer
from bot.store.done_interactions import answer_once
from bot.texts import say

log = logging.getLogger(__name__)

AT_ONCE: Final = 300
"""Maximum number of interactions that run in parallel. They mostly wait, for Discord or for the database."""

DEFER_SECONDS: Final = 2.0
"""Age in seconds at which an interaction is deferred."""

LAST_SECONDS: Final = 2.7
"""Age in seconds after which it is too late to begin an answer: Discord's limit is three seconds."""

ANSWER_SECONDS = 10.0
"""Timeout in seconds for pending answers when the bot stops."""

Work = Literal["act", "repeatable", "lookup", "form"]
"""Kind of work that an interaction causes. An act changes the store, but only once if Discord delivers the interaction
twice; a repeatable act may then change it twice. A lookup stores nothing. A form stores nothing either, and answers
with a modal, which cannot be deferred."""

LOOKUP: Final[dict[str, Work]] = {"work": "lookup"}
"""``extras`` of a command that stores nothing."""
FORM: Final[dict[str, Work]] = {"work": "form"}
"""``extras`` of a command that answers with a modal."""


class Ages:
    """Ages of interactions, from their creation times by Discord's clock and the arrival times by a monotonic clock.

    The clocks may differ, so the interaction with the smallest difference of both times has age 0. All ages are 0 until
    three interactions, at least a second apart, have about that difference: a Discord simulator may send any times.
    """

    def __init__(self) -> None:
        self._fastest, self._last_at = inf, 0.0
        self._agreed, self._compared = 0, -inf

    def of(self, made: float) -> float:
        """Return an interaction's age in seconds; *made* is its creation time in seconds since 1970."""
        now = time.perf_counter()  # unlike this clock, the others are set by the preview
        took = now - made
        if self._agreed < 3 and now - self._compared >= 1:
            self._agreed = self._agreed + 1 if abs(took - self._fastest) <= 0.5 else 0
            self._compared = now
        self._fastest = min(took, self._fastest + 0.001 * (now - self._last_at))  # clocks drift apart
        self._last_at = now
        return took - self._fastest if self._agreed >= 3 else 0.0


class Press:
    """A command, press or modal in progress: its task, its locks, and the timer that defers its answer."""

    def __init__(self, interaction: discord.Interaction[Any], task: asyncio.Task[Any], work: Work, age: float) -> None:
        loop = asyncio.get_running_loop()
        self.task, self.work = task, work
        self.is_private: bool | None = None
        """Whether a command's answer was deferred as ephemeral; None if it was not deferred."""
        self._interaction = interaction
        self._created_at = loop.time() - age
        self._locks: list[asyncio.Lock | asyncio.Semaphore] = []
        self._has_begun = self._is_answering = False
        self._deferring: asyncio.Task[None] | None = None
        self._timer = loop.call_later(max(0, DEFER_SECONDS - age), self._defer_soon)

    async def begin(self, *locks: asyncio.Lock | asyncio.Semaphore) -> None:
        """Acquire *locks* in order. Raises `TooOld` if it is then too late to answer."""
        for lock in locks:
            await lock.acquire()
            self._locks.append(lock)
        if self._deferring is not None:
            await asyncio.wait((self._deferring,))  # a failed deferral cancels the task
        elif (age := self._age()) > LAST_SECONDS:
            raise TooOld(f"interaction {self._interaction.id} is {age:.1f} seconds old")
        self._has_begun = True

    def release(self) -> None:
        """Release the locks for the next interactions, since this one is answered or deferred."""
        self._timer.cancel()
        while self._locks:
            self._locks.pop().release()

    async def settled(self) -> None:
        """Prevent a later deferral, and wait for one that has begun."""
        self._is_answering = True
        if self._deferring is not None:
            await asyncio.wait((self._deferring,))

    def _age(self) -> float:
        return asyncio.get_running_loop().time() - self._created_at

    def _defer_soon(self) -> None:
        if self._has_begun:
            self.release()
        if not self._is_answering and not self._interaction.response.is_done():
            self._deferring = asyncio.create_task(self._try_to_defer())

    async def _try_to_defer(self) -> None:
        try:
            if self._has_begun or self._age() <= LAST_SECONDS:
                await self._defer()
                return
        except (discord.HTTPException, OSError) as error:
            if is_lost(error):
                log.info("An answer could not be deferred: %s", error)
            else:
                log.warning("An answer could not be deferred: %s", error)
        if not self._has_begun:
            self.task.cancel()

    async def _defer(self) -> None:
        """Defer the answer, or refuse one that would open a modal; read no settings, since the database may be busy."""
        response = self._interaction.response
        if self._interaction.type is discord.InteractionType.autocomplete:
            await response.autocomplete([])
        elif self.work == "form":
            self.task.cancel()
            await response.send_message(say("busy"), ephemeral=True)
        elif self._interaction.message is not None:
            await response.defer()  # the answer edits the message
        else:
            options = self._interaction.namespace
            private = not (options.share or options.together)
            await response.defer(ephemeral=private, thinking=True)
            self.is_private = private


class Answering:
    """Limits and orders the interactions in progress, and waits for their answers when the bot stops."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()
        self._ages = Ages()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._reader_locks = WeakValueDictionary[int, asyncio.Lock]()
        """Locks by reader, held while one of the reader's acts runs."""
        self.closed = asyncio.Event()
        """Set when the bot stops; later interactions are refused."""

    async def begin(self, interaction: discord.Interaction[Any], work: Work) -> None:
        """Wait until the running task may answer *interaction*; from now on a slow answer is deferred.

        Raises `TooOld` if it is too late to answer, and `ReaderError` once the bot stops.
        """
        if self.closed.is_set():
            raise ReaderError("restarting")
        refer()
        age = self._ages.of(interaction.created_at.timestamp())
        task = asyncio.current_task()
        assert task is not None
        interaction.extras["press"] = press = Press(interaction, task, work, age)
        self._tasks.add(task)
        task.add_done_callback(partial(self._end, interaction, press, time.perf_counter()))
        if work == "act":
            answer_once(interaction.id)
        if work in ("act", "repeatable"):
            await press.begin(self._reader_locks.setdefault(interaction.user.id, asyncio.Lock()), self._places)
        else:
            await press.begin(self._places)

    def _end(self, interaction: discord.Interaction[Any], press: Press, begun: float, _: asyncio.Task[Any]) -> None:
        """Release the locks; dispatch ``timed`` with the interaction's type, its name and its duration in seconds."""
        press.release()
        self._tasks.discard(press.task)
        interaction.client.dispatch("timed", interaction.type.name, name_of(interaction), time.perf_counter() - begun)

    async def finish(self) -> None:
        """Refuse new interactions, and wait for those in progress; cancel them after `ANSWER_SECONDS`.

        A cancelled interaction has changed nothing, unless the database had already received its transaction.
        """
        await asyncio.sleep(0)  # the task of an interaction that has come begins in the loop's next round
        self.closed.set()
        if not self._tasks:
            return
        _, unanswered = await asyncio.wait(self._tasks, timeout=ANSWER_SECONDS)
        for task in unanswered:
            task.cancel()
        if unanswered:
            log.warning("%d presses or commands were not answered within %.0f seconds", len(unanswered), ANSWER_SECONDS)
            await asyncio.wait(unanswered, timeout=1)


async def settled(interaction: discord.Interaction[Any]) -> Press | None:
    """Prevent a later deferral of *interaction*, since its answer follows; return its `Press`, if it has one."""
    press: Press | None = interaction.extras.get("press")
    if press is not None:
        await press.settled()
    return press


def name_of(interaction: discord.Interaction[Any]) -> str:
    """Return the name of a command, or the prefix of a custom id without the ids of stories or readers in it."""
    if interaction.command is not None:
        return interaction.command.qualified_name
    return str((interaction.data or {}).get("custom_id", "")).partition(":")[0]
