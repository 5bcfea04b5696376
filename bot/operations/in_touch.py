"""Notifications between the bot's processes: when one adds work that is due, the others look for work immediately."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.errors import ReaderError
from bot.interactions.client import Oneshot

if TYPE_CHECKING:
    from bot.store.engines.postgresql_session import Session

log = logging.getLogger(__name__)


@asynccontextmanager
async def in_touch(bot: Oneshot, session: "Session | None") -> AsyncGenerator[None]:
    """Notify the processes of other shards of due work, and dispatch ``told`` on their notifications."""
    if session is None:
        yield
        return

    async def notify() -> None:
        try:
            await bot.store.tell()
        except ReaderError as error:  # the other processes look for due work once a minute anyway
            log.info("The other processes could not be told that something is due: %s", error)

    async def notified() -> None:
        bot.dispatch("told")

    async def reconnected() -> None:
        while True:
            try:
                await bot.store.heartbeats.queues()
                break
            except ReaderError:
                await asyncio.sleep(1)
        bot.dispatch("told")

    bot.add_listener(notify, "on_due")
    hearing = asyncio.create_task(session.hear(notified, reconnected))
    try:
        yield
    finally:
        hearing.cancel()
        await asyncio.wait({hearing})
