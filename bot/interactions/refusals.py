"""What Discord refuses that is no fault of ours, by the codes of its API (*Opcodes and Status Codes*)."""

from typing import Final

import aiohttp
import discord

from bot.errors import DatabaseAway

UNKNOWN_MESSAGE: Final = 10008
"""The message was deleted."""

_TAKEN_BACK: Final = frozenset({UNKNOWN_MESSAGE, 10015, 10062, 40060})
"""The message, the webhook or the interaction is gone, or the interaction was answered before."""


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
