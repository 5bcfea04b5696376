"""What whoever runs the bot presses: custom ids."""

from typing import Literal

from bot.ui.custom_id import CustomId, Snowflake


class ServersPage(CustomId, prefix="hos1"):
    """The servers whose ids come after one; 0 for the first of them."""

    after: Snowflake


class PickServer(CustomId, prefix="hop1"):
    """A select of the servers of a page."""


class LeaveServer(CustomId, prefix="hol1"):
    """Leave a server, after asking once more."""

    action: Literal["ask", "leave"]
    server: Snowflake
