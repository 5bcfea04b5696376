"""An interaction takes effect once, however often it comes and in however many processes.

Discord may send an interaction again to a bot that connects anew, and two processes of one bot may both get it. So each
change that is made for an interaction keeps the interaction's id in the same transaction. Of two that are made for the
same one, the second finds the id and changes nothing.

`Database.write` asks for it: no change of an interaction can leave it out.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from bot.errors import AlreadyDone
from bot.store.engines import Change, Writing

KEPT_SECONDS = 15 * 60
"""As long as an interaction's token lives
(https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages)."""

_DISCORD_EPOCH_MS = 1_420_070_400_000
_LOOK_AFTER = 100
"""Changes after which ids that are too old are deleted."""

Made = TypeVar("Made")


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


def made_once(change: Change[Made], now: int) -> Change[Made]:
    """Return *change*, which raises `AlreadyDone` and changes nothing where it was made for the same interaction.

    An interaction may make several changes: each is its first, its second and so on both times. *now* is in seconds.
    """
    if (answered := _answered.get()) is None:
        return change
    answered.changes += 1
    row = {"interaction": answered.interaction, "change": answered.changes}

    def made(writing: Writing) -> Made:
        result = change(writing)  # first, since it takes its turns before any statement
        noted = writing.execute(
            "INSERT INTO done_interactions (interaction_id, change) VALUES (:interaction, :change)"
            " ON CONFLICT (interaction_id, change) DO NOTHING",
            row,
        )
        if not noted:
            raise AlreadyDone(f"interaction {row['interaction']} came again")
        if next(_noted) % _LOOK_AFTER == 0:
            forget_old(writing, now)
        return result

    return made


def forget_old(writing: Writing, now: int) -> None:
    """Delete the ids that no interaction can have any more: an id holds the milliseconds of its making."""
    oldest = ((now - KEPT_SECONDS) * 1000 - _DISCORD_EPOCH_MS) << 22
    writing.execute("DELETE FROM done_interactions WHERE interaction_id < :oldest", {"oldest": oldest})
