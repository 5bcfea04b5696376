"""What goes wrong while interactions are answered: how it is found in the log, and what is no fault of ours."""

import random
from contextvars import ContextVar
from typing import Final

import aiohttp
import discord

from bot.errors import DatabaseAway

UNKNOWN_MESSAGE: Final = 10008
"""Discord's code for a message that was deleted."""

_TAKEN_BACK: Final = frozenset({UNKNOWN_MESSAGE, 10015, 10062, 40060})
"""Discord's codes for: the message, the webhook or the interaction is gone, or the interaction was answered before."""

_reference: ContextVar[str] = ContextVar("reference", default="")


def refer() -> str:
    """Give the running task a reference, and return it.

    All lines that the task and those that it starts write to the log bear it, and so does an apology to the reader.
    """
    reference = f"{random.getrandbits(24):06x}"  # the system is not asked for each press
    _reference.set(reference)
    return reference


def reference() -> str:
    """Return the reference of the running task; empty if it answers no interaction."""
    return _reference.get()


def taken_back(error: BaseException) -> bool:
    """Return whether *error* says that Discord took back what we meant to answer, or that the connection broke."""
    if isinstance(error, discord.HTTPException):
        return error.code in _TAKEN_BACK
    return isinstance(error, ConnectionError | aiohttp.ClientConnectionError)


def unexpected(error: Exception) -> Exception | None:
    """Return *error* if its traceback belongs in the log; None if Discord refused, or the network failed.

    A database that is away, or takes nothing, has a line of its own.
    """
    gone = discord.HTTPException | OSError | DatabaseAway  # TimeoutError is an OSError
    return None if isinstance(error, gone) else error
