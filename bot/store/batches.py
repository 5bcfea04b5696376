"""Batches: simultaneous changes to one subject share a transaction.

A vote locks the row of its count until the commit, so fifty votes on one story would wait for fifty syncs to disk in
turn. In a batch they wait for one sync, and the row is updated once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from bot.errors import AlreadyDone
from bot.store.database import Database, Writing
from bot.store.done_interactions import InteractionChange, forget, next_change, note
from bot.store.engines import Turn

MOST_CHANGES = 100
"""Maximum number of changes in a batch. The database server keeps the locks of all of them in memory."""

Asked = TypeVar("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting(Generic[Asked, Made]):
    asked: Asked
    once: InteractionChange | None
    done: asyncio.Future[Made]


class Batches(Generic[Asked, Made]):
    """Queues of changes of one kind, one queue for each subject."""

    def __init__(
        self,
        db: Database,
        turns: Callable[[Sequence[Asked]], Iterable[Turn]],
        make: Callable[[Writing, Sequence[Asked]], Sequence[Made | Exception]],
    ) -> None:
        """*turns* returns the locks that a batch of changes needs.

        *make* applies a batch, and returns for each change its result, or the exception that refuses the change.
        """
        self._db = db
        self._turns = turns
        self._make = make
        self._waiting: dict[int, list[_Waiting[Asked, Made]]] = {}
        """Queues, by subject. A queue exists, even if it is empty, while the task that works on it runs."""
        self._tasks = set[asyncio.Task[None]]()

    async def make(self, about: int, asked: Asked) -> Made:
        """Apply a change in a batch with all queued changes to the subject *about*; return its result after the commit.

        Raises the exception that refuses the change, or `AlreadyDone` if the current interaction made this change
        before.
        """
        done: asyncio.Future[Made] = asyncio.get_running_loop().create_future()
        waiting = _Waiting(asked, next_change(), done)
        if about in self._waiting:
            self._waiting[about].append(waiting)
        else:
            self._waiting[about] = [waiting]
            task = asyncio.create_task(self._work(about))
            self._tasks.add(task)
            task.add_done_callback(partial(self._ended, about))
        return await waiting.done

    def _ended(self, about: int, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():  # possibly before `_work` began
            for each in self._waiting.pop(about, ()):
                each.done.cancel()

    async def _work(self, about: int) -> None:
        while queue := self._waiting[about]:
            batch, self._waiting[about] = queue[:MOST_CHANGES], queue[MOST_CHANGES:]
            await self._write([each for each in batch if not each.done.done()])  # skip cancelled callers
        del self._waiting[about]

    async def _write(self, batch: Sequence[_Waiting[Asked, Made]]) -> None:
        outcomes: Sequence[Made | Exception]
        is_once = all(each.once for each in batch)
        try:
            outcomes = await self._db.write_once(partial(self._make_all, batch), is_once=is_once) if batch else []
        except asyncio.CancelledError:  # callers must not wait forever
            for each in batch:
                each.done.cancel()
            raise
        except Exception as error:
            outcomes = [error] * len(batch)
        for each, outcome in zip(batch, outcomes, strict=True):
            if each.done.done():
                continue
            if isinstance(outcome, Exception):
                each.done.set_exception(outcome)
            else:
                each.done.set_result(outcome)

    def _make_all(self, batch: Sequence[_Waiting[Asked, Made]], writing: Writing) -> Sequence[Made | Exception]:
        writing.take(*self._turns([each.asked for each in batch]))
        noted = note(writing, [each.once for each in batch if each.once], self._db.now())
        is_new = [each.once is None or each.once in noted for each in batch]
        if not any(is_new):
            raise AlreadyDone("each of these interactions came again")
        made = iter(self._make(writing, [each.asked for each, new in zip(batch, is_new, strict=True) if new]))
        outcomes = [next(made) if new else AlreadyDone("it came again") for new in is_new]
        told = zip(batch, is_new, outcomes, strict=True)
        forget(writing, [each.once for each, new, why in told if new and each.once and isinstance(why, Exception)])
        return outcomes
