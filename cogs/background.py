"""What the bot does by itself: it delivers, posts, closes, counts and deletes what is due."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TypeVar

import discord
from discord.ext import commands

from bot.domain.reactions import Emoji, Post
from bot.errors import DatabaseAway
from bot.interactions.background import asks_by_itself
from bot.interactions.client import Oneshot
from bot.services import reactions
from bot.services.delivery import Delivery
from bot.services.departures import delete_due, look_round
from bot.services.due_work import DueWork
from bot.services.question_posts import QuestionPosting
from bot.services.schedules import ScheduledPosting

log = logging.getLogger(__name__)


class SendNotices(DueWork):
    """Also wakes when there may be a new notice, or news of stories that came."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, Delivery(bot).deliver_due, bot.store.outbox.next_due)

    @commands.Cog.listener("on_notice")
    @commands.Cog.listener("on_shelved")
    async def on_queued(self) -> None:
        self.wake()


class Schedules(DueWork):
    """Also wakes when a schedule was made or changed."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, ScheduledPosting(bot).post_due, bot.store.schedules.next_due)

    async def cog_load(self) -> None:
        await self._bot.store.schedules.realign()
        await super().cog_load()

    @commands.Cog.listener()
    async def on_planned(self) -> None:
        self.wake()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """End all schedules of a server that the bot was removed from."""
        await self._bot.store.schedules.leave(guild.id)


class DrawQuestions(DueWork):
    """Also wakes when a question was asked, answered or closed here, also by a chapter."""

    stop_seconds = 5.0

    def __init__(self, bot: Oneshot) -> None:
        posting = QuestionPosting(bot)
        super().__init__(bot, posting.work, posting.next_due)

    @commands.Cog.listener()
    async def on_questions_due(self) -> None:
        self.wake()

    @commands.Cog.listener()
    async def on_shelved(self) -> None:
        self.wake()


K = TypeVar("K")
V = TypeVar("V")


class SyncReactions(commands.Cog):
    """Runs whenever a new gateway session begins; in a resumed one Discord sends what was missed.

    It runs, too, for messages of which something could not be stored because the database was away.
    """

    def __init__(self, bot: Oneshot) -> None:
        self._sync = reactions.ReactionSync(bot)
        self._task: asyncio.Task[None] | None = None
        self._due = dict[Post | None, None]()
        """The messages to count; None stands for the latest of all."""
        self._unrecorded = dict[Post, Callable[[], Awaitable[object]]]()
        """What stores that a message is about a story."""

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self._due[None] = None
        self._begin()

    @commands.Cog.listener()
    async def on_emoji_missed(self, post: Post) -> None:
        self._due[post] = None
        self._begin()

    @commands.Cog.listener()
    async def on_post_missed(self, post: Post, record: Callable[[], Awaitable[object]]) -> None:
        self._unrecorded[post] = record
        self._begin()

    @commands.Cog.listener()
    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        if event.member is None or not event.member.bot:
            self._sync.hear(event.message_id, event.user_id, Emoji.read(str(event.emoji)), is_given=True)

    @commands.Cog.listener()
    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        self._sync.hear(event.message_id, event.user_id, Emoji.read(str(event.emoji)))

    @commands.Cog.listener()
    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        self._sync.hear(event.message_id)

    @commands.Cog.listener()
    async def on_raw_reaction_clear_emoji(self, event: discord.RawReactionClearEmojiEvent) -> None:
        self._sync.hear(event.message_id, emoji=Emoji.read(str(event.emoji)))

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._unrecorded or self._due:
            try:
                with asks_by_itself():
                    await self._next()
            except DatabaseAway:  # the log has it
                await asyncio.sleep(reactions.AGAIN_SECONDS)
            except Exception:  # whatever it is, the bot goes on
                log.exception("The reactions of the time away could not be counted")

    async def _next(self) -> None:
        if self._unrecorded:
            post = next(iter(self._unrecorded))
            with _taken(self._unrecorded, post) as record:
                await record()
            self._due[post] = None
            return
        due = next(iter(self._due))
        with _taken(self._due, due):
            await (self._sync.run() if due is None else self._sync.count(due, is_whole=True))

    async def cog_unload(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)


@contextmanager
def _taken(jobs: dict[K, V], key: K) -> Generator[V]:
    """Take one of *jobs*; it is there again where the database is away."""
    job = jobs.pop(key)
    try:
        yield job
    except DatabaseAway:
        jobs.setdefault(key, job)
        raise


class Departures(DueWork):
    """Listens to what Discord says of servers, and looks once a minute whether the data of one is due."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, self._look_for_due)
        self._is_sure = False
        """Whether all that Discord said of servers is stored."""

    async def _look_for_due(self) -> None:
        if not self._is_sure:
            self._is_sure = True  # what comes meanwhile may make it unsure
            try:
                await look_round(self._bot)
            except DatabaseAway:
                self._is_sure = False
                raise
        await delete_due(self._bot)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look which servers Discord lists: this is a full start, and no resumed connection."""
        self._look_round()

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Count from now; discord.py does not say this of a server that is only unavailable."""
        log.info("The bot left server %d, or was removed", guild.id)
        try:
            await self._bot.store.departures.leave([guild.id])
        except DatabaseAway:
            self._look_round()

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Find everything as it was."""
        log.info("The bot joined server %d", guild.id)
        try:
            await self._bot.store.departures.come_back([guild.id])
        except DatabaseAway:
            self._look_round()

    def _look_round(self) -> None:
        """Compare all servers with what is stored: at once, or when the database is back."""
        self._is_sure = False
        self.wake()


class Prune(DueWork):
    """What is kept for how long stands in `bot.store.pruning`."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, self._prune, bot.store.pruning.next_due)

    async def _prune(self) -> None:
        pruning = self._bot.store.pruning
        if await pruning.next_due() <= self._bot.clock():
            await pruning.prune()
