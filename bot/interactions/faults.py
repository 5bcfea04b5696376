"""Errors while an interaction is answered: references to log lines, and which errors are not the bot's fault."""

import random
from contextvars import ContextVar
from typing import Final

import aiohttp
import discord

from bot.errors import DatabaseAway

UNKNOWN_MESSAGE: Final = 10008
"""Discord's code for a message that was deleted."""

_GONE: Final = frozenset({UNKNOWN_MESSAGE, 10015, 10062, 40060})
"""Discord's codes for an unknown message, webhook or interaction, and for an interaction already acknowledged."""

_reference: ContextVar[str] = ContextVar("reference", default="")


def refer() -> str:
    """Set a new reference for the running task, and return it.

    Log lines of the task and of its child tasks contain the reference, as does the message about an unexpected error.
    """
    reference = f"{random.getrandbits(24):06x}"  # unlike `secrets`, needs no system call
    _reference.set(reference)
    return reference


def reference() -> str:
    """Return the reference of the running task; empty if it answers no interaction."""
    return _reference.get()


def is_lost(error: BaseException) -> bool:
    """Return whether *error* means that the interaction or its message is gone, or that the connection broke."""
    if isinstance(error, discord.HTTPException):
        return error.code in _GONE
    return isinstance(error, ConnectionError | aiohttp.ClientConnectionError)


def unexpected(error: Exception) -> Exception | None:
    """Return *error* if its traceback belongs in the log.

    None for a refusal by Discord, a network failure, or an unavailable database, which the store logs.
    """
    gone = discord.HTTPException | OSError | DatabaseAway  # TimeoutError is an OSError
    return None if isinstance(error, gone) else error
