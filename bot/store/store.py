"""The store: all of the bot's data, one attribute per noun."""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import Self, TypeVar

from bot.domain.host import ALL_SHARDS, Shards
from bot.domain.rights import EVERYONE, Audience
from bot.errors import HostError
from bot.store.audit import AuditLog
from bot.store.author_stats import AuthorCounts, Heats
from bot.store.authors import Authors
from bot.store.ballots import Ballots
from bot.store.database import Access, Database
from bot.store.departures import Departures
from bot.store.drafts import Drafts
from bot.store.engines import Task
from bot.store.follows import Follows, StoryNews
from bot.store.host import BotState, GivenTimes, Heartbeats, Servers
from bot.store.leaderboard import Leaderboard
from bot.store.me import Bookmarks, Mutes, ReadingLists, SavedQuotes
from bot.store.outbox import Outbox
from bot.store.pages import Instalments, Pages
from bot.store.passages import Passages
from bot.store.places import Places, SharedReadings
from bot.store.privacy import Privacy
from bot.store.pruning import Pruning
from bot.store.publishing import Preparing, Publishing
from bot.store.question_posts import QuestionPosts
from bot.store.questions import Questions
from bot.store.quotes import Quotes
from bot.store.reactions import MessageEmoji, Posts, Reactions
from bot.store.reviews import ReviewLists, Reviews
from bot.store.schedules import DailyQuotes, Schedules, Serials
from bot.store.search import Facets, SavedQueries, Search
from bot.store.settings import StoredSettings
from bot.store.stories import Stories
from bot.store.story_lists import NextStories, StoryLists
from bot.store.uploads import ServerUploads, Uploads
from bot.store.versions import Versions

Family = TypeVar("Family")


def _family(make: Callable[[Database, Audience], Family]) -> cached_property[Family]:
    """Return a property that creates a family (a class of queries) for the store's audience on first use."""
    return cached_property(lambda store: make(store._db, store._audience))


class Store:
    """The bot's data, one attribute per noun.

    The attributes made by `_family` return only stories that the store's audience may see. The other attributes have
    no audience.
    """

    authors = _family(Authors)
    bookmarks = _family(Bookmarks)
    facets = _family(Facets)
    follows = _family(Follows)
    instalments = _family(Instalments)
    leaderboard = _family(Leaderboard)
    news = _family(StoryNews)
    next_stories = _family(NextStories)
    pages = _family(Pages)
    places = _family(Places)
    questions = _family(Questions)
    quotes = _family(Quotes)
    reading_lists = _family(ReadingLists)
    review_lists = _family(ReviewLists)
    saved_quotes = _family(SavedQuotes)
    search = _family(Search)
    stories = _family(Stories)
    story_lists = _family(StoryLists)

    def __init__(self, db: Database) -> None:
        self._db = db
        self._audience = EVERYONE
        self.clock = db.clock
        self.shards = db.shards
        """Shards of this process. Other processes do the work for servers on other shards."""
        self.audit = AuditLog(db)
        self.author_stats = AuthorCounts(db)
        self.ballots = Ballots(db)
        self.bot_state = BotState(db)
        self.daily = DailyQuotes(db)
        self.departures = Departures(db)
        self.drafts = Drafts(db)
        self.heartbeats = Heartbeats(db)
        self.heats = Heats(db)
        self.identify_times = GivenTimes(db, "identify")
        self.message_emoji = MessageEmoji(db)
        self.mutes = Mutes(db)
        self.outbox = Outbox(db)
        self.posts = Posts(db)
        self.preparing = Preparing(db)
        self.privacy = Privacy(db)
        self.pruning = Pruning(db)
        self.publishing = Publishing(db)
        self.passages = Passages(db)
        self.question_posts = QuestionPosts(db)
        self.reactions = Reactions(db)
        self.reviews = Reviews(db)
        self.saved_queries = SavedQueries(db)
        self.schedules = Schedules(db)
        self.sending_times = GivenTimes(db, "send")
        self.serials = Serials(db)
        self.server_uploads = ServerUploads(db)
        self.servers = Servers(db)
        self.settings = StoredSettings(db)
        self.shared_readings = SharedReadings(db)
        self.uploads = Uploads(db)
        self.versions = Versions(db)
        self._shared = dict(self.__dict__)

    def for_audience(self, audience: Audience) -> Self:
        """Return the same store for *audience*, limited to the stories that they may see.

        This only creates one small object; attributes for the audience are created on first use.
        """
        visible = object.__new__(type(self))
        visible.__dict__.update(self._shared, _shared=self._shared, _audience=audience)
        return visible

    async def damage(self) -> HostError:
        """Wait until a statement finds the database damaged; return the error for the host."""
        return await self._db.damage()

    def only(self, task: Task, *, waits: bool = True) -> AbstractAsyncContextManager[bool]:
        """Hold the lock on *task* in the context, so that no other process does it; yield whether this process has it.

        If *waits*, wait until the lock is free.
        """
        return self._db.engine.only(task, waits=waits)

    async def tell(self) -> None:
        """Wake all processes, since something may be due; a process that misses the call looks once a minute anyway."""
        await self._db.engine.tell()

    @property
    def uploads_megabytes(self) -> int:
        """Maximum size of the uploads of all servers together, in megabytes."""
        return self._db.uploads_megabytes

    @uploads_megabytes.setter
    def uploads_megabytes(self, megabytes: int) -> None:
        self._db.uploads_megabytes = megabytes

    def tell_times(self, timed: Callable[[Access, float], None]) -> None:
        """Call *timed* after each read and write of the database, with its kind and its duration in seconds."""
        self._db.timed = timed

    @classmethod
    @asynccontextmanager
    async def open(
        cls, where: Path | str, clock: Callable[[], float] = time.time, shards: Shards = ALL_SHARDS
    ) -> AsyncGenerator[Self]:
        """Open the database file *where*, or the PostgreSQL database at that URL; close it on exit.

        *clock* returns seconds since 1970; the store takes all times from it. Raises `HostError` if the database cannot
        be used.
        """
        async with Database.open(where, clock, shards) as db:
            yield cls(db)
