"""Counts the reactions that came while the bot was away, in the background."""

import asyncio
import logging

from discord.ext import commands

from bot.errors import ReaderError
from bot.interactions.background import asks_by_itself
from bot.interactions.client import Oneshot
from bot.services.reaction_sync import ReactionSync

log = logging.getLogger(__name__)


class SyncReactions(commands.Cog):
    """Runs whenever a new gateway session begins; in a resumed one Discord sends what was missed.

    It runs, too, when the database is back: what was given meanwhile could not be counted.
    """

    def __init__(self, bot: Oneshot) -> None:
        self._sync = ReactionSync(bot)
        self._task: asyncio.Task[None] | None = None
        self._is_due = False

    @commands.Cog.listener("on_ready")
    @commands.Cog.listener("on_database_back")
    async def count(self) -> None:
        self._is_due = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._is_due:
            self._is_due = False
            try:
                with asks_by_itself():
                    await self._sync.run()
            except ReaderError as error:  # the database is away, and says when it is back
                log.info("The reactions of the time away are counted later: %s", error)
            except Exception:  # whatever it is, the bot goes on
                log.exception("The reactions of the time away could not be counted")

    async def cog_unload(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
