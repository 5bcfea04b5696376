"""An interaction takes effect once, however often it comes and in however many processes.

Discord may send an interaction again to a bot that connects anew, and two processes of one bot may both get it. So each
change that is made for an interaction keeps the interaction's id in the same transaction. Of two that are made for the
same one, the second finds the id and changes nothing.

`Database.write` asks for it: no change of an interaction can leave it out.

(https://discord.com/developers/docs/reference#snowflakes).
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
"""As long as an interaction's token lives
(https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages)."""

_LOOK_AFTER = 100
"""Changes after which ids that are too old are deleted."""

Made = TypeVar("Made")


class Change(NamedTuple):
    """A change that is made for an interaction."""

    interaction: int
    number: int
    """1 for the first that the interaction makes, 2 for its second, and so on."""


@dataclass(slots=True)
class _Answered:
    """The interaction that a task answers, and how many changes it has made so far."""

    interaction: int
    changes: int = 0


_answered: ContextVar[_Answered | None] = ContextVar("answered", default=None)
_noted = count(1)


def answer_once(interaction: int) -> None:
    """Make every change of the running task, and of tasks that it starts, for *interaction*, and so only once."""
    _answered.set(_Answered(interaction))


def next_change() -> Change | None:
    """Return the change that the running task makes next, which comes in the same order both times; None for none."""
    if (answered := _answered.get()) is None:
        return None
    answered.changes += 1
    return Change(answered.interaction, answered.changes)


def made_once(make: Callable[[Writing], Made], now: int) -> Callable[[Writing], Made]:
    """Return *make*, which raises `AlreadyDone` and changes nothing where it was made for the same interaction.

    *now* is in seconds.
    """
    if (change := next_change()) is None:
        return make

    def made(writing: Writing) -> Made:
        result = make(writing)  # first, since it takes its turns before any statement
        if not note(writing, [change], now):
            raise AlreadyDone(f"interaction {change.interaction} came again")
        return result

    return made


def note(writing: Writing, changes: Sequence[Change], now: int) -> set[Change]:
    """Keep *changes*, within the transaction that makes them; return those that are new. *now* is in seconds."""
    new = {
        change
        for change in sorted(changes)  # as all do, so that no two wait for each other
        if writing.execute(
            "INSERT INTO done_interactions (interaction_id, change) VALUES (:interaction, :number)"
            " ON CONFLICT (interaction_id, change) DO NOTHING",
            change._asdict(),
        )
    }
    if any(next(_noted) % _LOOK_AFTER == 0 for _ in new):
        forget_old(writing, now)
    return new


def forget(writing: Writing, changes: Iterable[Change]) -> None:
    """Let *changes* come again, which were not made; within the transaction that noted them."""
    for change in changes:
        writing.execute(
            "DELETE FROM done_interactions WHERE interaction_id = :interaction AND change = :number", change._asdict()
        )


def forget_old(writing: Writing, now: int) -> None:
    """Delete the ids that no interaction can have any more."""
    oldest = first_id(now - KEPT_SECONDS)
    writing.execute("DELETE FROM done_interactions WHERE interaction_id < :oldest", {"oldest": oldest})


_DISCORD_EPOCH_MS = 1_420_070_400_000


def first_id(at: int) -> int:
    """Return the least id that Discord gives at a time, in seconds since 1970: those made before are smaller."""
    return (at * 1000 - _DISCORD_EPOCH_MS) << 22
