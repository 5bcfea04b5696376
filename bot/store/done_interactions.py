"""Each interaction takes effect once, even if Discord delivers it twice or to two processes.

Discord may repeat an interaction after a reconnect, and two processes of one bot may both receive it. So a change made
for an interaction stores the interaction's id in its own transaction. A repeat finds the id and changes nothing.

`Database.write` does this for every change. Ids are snowflakes, so old ones are deleted by their timestamp:
https://discord.com/developers/docs/reference#snowflakes
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple, TypeVar

from bot.errors import AlreadyDone
from bot.store.engines import Writing

KEPT_SECONDS = 15 * 60
"""Seconds for which ids are kept, which is the lifetime of an interaction's token.

https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
"""

_PRUNE_AFTER = 100
"""Number of changes between two deletions of expired ids."""

Made = TypeVar("Made")


class InteractionChange(NamedTuple):
    """The id of one change made for an interaction."""

    interaction: int
    number: int
    """Number of the change among those of the interaction, from 1."""


@dataclass(slots=True)
class _Answered:
    """The interaction that a task handles, and the number of changes made for that interaction so far."""

    interaction: int
    changes: int = 0


_answered: ContextVar[_Answered | None] = ContextVar("answered", default=None)
_stored = count(1)


def answer_once(interaction: int) -> None:
    """Let all later changes of the running task, and of tasks that it starts, belong to *interaction*."""
    _answered.set(_Answered(interaction))


def next_change() -> InteractionChange | None:
    """Return the id of the running task's next change; None outside an interaction.

    A repeated interaction gets the same ids in the same order.
    """
    if (answered := _answered.get()) is None:
        return None
    answered.changes += 1
    return InteractionChange(answered.interaction, answered.changes)


def checked_once(make: Callable[[Writing], Made], now: int) -> Callable[[Writing], Made]:
    """Wrap *make* so that it raises `AlreadyDone`, which rolls it back, if the change was made before.

    Outside an interaction, *make* is returned as it is. *now* is in epoch seconds.
    """
    if (change := next_change()) is None:
        return make

    def made(writing: Writing) -> Made:
        result = make(writing)  # first, since it takes locks, which is only possible before the first statement
        if not note(writing, [change], now):
            raise AlreadyDone(f"interaction {change.interaction} came again")
        return result

    return made


def note(writing: Writing, changes: Sequence[InteractionChange], now: int) -> set[InteractionChange]:
    """Store the ids of *changes*, in the same transaction; return those that were not stored before.

    *now* is in epoch seconds.
    """
    new = {
        change
        for change in sorted(changes)  # in one order, to avoid deadlocks
        if writing.execute(
            "INSERT INTO done_interactions (interaction_id, change) VALUES (:interaction, :number)"
            " ON CONFLICT (interaction_id, change) DO NOTHING",
            change._asdict(),
        )
    }
    if any(next(_stored) % _PRUNE_AFTER == 0 for _ in new):
        forget_old(writing, now)
    return new


def forget(writing: Writing, changes: Iterable[InteractionChange]) -> None:
    """Delete the ids of *changes*, which were refused in the same transaction, so that they may be repeated."""
    for change in changes:
        writing.execute(
            "DELETE FROM done_interactions WHERE interaction_id = :interaction AND change = :number", change._asdict()
        )


def forget_old(writing: Writing, now: int) -> None:
    """Delete the ids of interactions whose tokens have expired."""
    oldest = first_id(now - KEPT_SECONDS)
    writing.execute("DELETE FROM done_interactions WHERE interaction_id < :oldest", {"oldest": oldest})


_DISCORD_EPOCH_MS = 1_420_070_400_000


def first_id(at: int) -> int:
    """Return the lowest snowflake of the epoch second *at*; all ids of earlier seconds are lower."""
    return (at * 1000 - _DISCORD_EPOCH_MS) << 22
