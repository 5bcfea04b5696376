"""Starts the bot against a stand-in: ``python -m tests.standin.launch URL [arguments of the bot]``.

It points discord.py at the stand-in, in the bot's own process. The bot has no setting for it.
"""

from __future__ import annotations

import os
import sys


def point_at(url: str) -> None:
    """Have discord.py take the stand-in at *url* for Discord."""
    from discord.gateway import DiscordWebSocket
    from discord.http import Route
    from discord.state import ConnectionState
    from yarl import URL

    from bot.interactions import connecting
    from bot.operations import lock
    from bot.services import reactions

    reactions.PAUSE_SECONDS = 0.01
    connecting.PAUSE_SECONDS = (0.01,)
    lock.WAIT_SECONDS = float(os.environ.get("STANDIN_LOCK_SECONDS", lock.WAIT_SECONDS))
    connecting.IDENTIFY_SECONDS = float(os.environ.get("STANDIN_IDENTIFY_SECONDS", "0"))
    Route.BASE = f"{url}/api/v10"
    # It takes itself for ready when no other server was told of for so long: two seconds, where Discord is far away.
    ConnectionState.guild_ready_timeout = property(lambda _: 0.1, lambda *_: None)  # type: ignore[assignment]
    DiscordWebSocket.DEFAULT_GATEWAY = URL(url.replace("http", "ws", 1) + "/gateway/")


def spare_nothing() -> None:
    """Let each reader ask without end: a few of them stand for thousands."""
    from bot.interactions import allowances

    allowances.ALLOWANCES = dict.fromkeys(allowances.ALLOWANCES, (10**9, 60))


if __name__ == "__main__":  # not in the processes that read files, which import this module
    from bot.__main__ import main

    point_at(sys.argv[1])
    spare_nothing()
    sys.exit(main(sys.argv[2:]))
