"""What a server's managers look at: custom ids."""

from typing import Literal

from bot.domain.audit import LogFilter
from bot.ui.custom_id import CustomId


class LogPage(CustomId, prefix="ml1"):
    """A page of the log of a server."""

    button: Literal["p", "n"]
    which: LogFilter
    page: int


class PickLog(CustomId, prefix="mlf1"):
    """A select of which acts of the log show."""
