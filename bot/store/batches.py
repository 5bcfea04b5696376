"""Changes about one thing that are asked for at once are made in one transaction.

Each transaction that counts something locks the row of the count until it is on disk. Fifty who vote on one story would
wait for fifty syncs, one after the other. Together they wait for one, and the count changes once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from bot.errors import AlreadyDone
from bot.store.database import Database, Writing
from bot.store.done_interactions import Change, forget, next_change, note
from bot.store.engines import Turn

MOST = 100
"""Changes in one transaction: a server keeps each one's turn in memory."""

Asked = TypeVar("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting(Generic[Asked, Made]):
    asked: Asked
    once: Change | None
    done: asyncio.Future[Made]


class Batches(Generic[Asked, Made]):
    """The changes of one kind that wait, by what they are about."""

    def __init__(
        self,
        db: Database,
        turns: Callable[[Sequence[Asked]], Iterable[Turn]],
        make: Callable[[Writing, Sequence[Asked]], Sequence[Made | Exception]],
    ) -> None:
        """*make* makes several changes; for each it returns what came of it, or why it was not made."""
        self._db = db
        self._turns = turns
        self._make = make
        self._waiting: dict[int, list[_Waiting[Asked, Made]]] = {}
        """Also of what is being made: an empty list, until nobody waits any more."""
        self._tasks = set[asyncio.Task[None]]()

    async def make(self, about: int, asked: Asked) -> Made:
        """Make a change with all others about the same that wait; return what came of it once it is on disk.

        Raises why it was not made, and `AlreadyDone` where it is made for an interaction that came before.
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
        if task.cancelled():  # maybe before it began, when it ran nothing of `_work`
            for each in self._waiting.pop(about, ()):
                each.done.cancel()

    async def _work(self, about: int) -> None:
        while queue := self._waiting[about]:
            batch, self._waiting[about] = queue[:MOST], queue[MOST:]
            await self._write([each for each in batch if not each.done.done()])  # some were cancelled
        del self._waiting[about]

    async def _write(self, batch: Sequence[_Waiting[Asked, Made]]) -> None:
        outcomes: Sequence[Made | Exception]
        is_once = all(each.once for each in batch)
        try:
            outcomes = await self._db.write_once(partial(self._make_all, batch), is_once=is_once) if batch else []
        except asyncio.CancelledError:  # who waits for it must not wait for ever
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
