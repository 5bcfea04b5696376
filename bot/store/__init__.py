"""All that is kept, in the words of the domain. The one place with SQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from copy import copy
from pathlib import Path

from bot.domain.audience import EVERYONE, Audience
from bot.store.author_stats import AuthorCounts
from bot.store.authors import Authors
from bot.store.bookmarks import Bookmarks
from bot.store.bot_state import BotState
from bot.store.claims import Claims
from bot.store.daily import DailyQuotes
from bot.store.database import Database
from bot.store.decisions import Decisions
from bot.store.facets import Facets
from bot.store.follows import Follows
from bot.store.instalments import Instalments
from bot.store.leaderboard import Leaderboard
from bot.store.mutes import Mutes
from bot.store.news import NewsOutbox
from bot.store.pages import Pages
from bot.store.places import Places
from bot.store.polls import Polls
from bot.store.posts import Posts
from bot.store.privacy import Privacy
from bot.store.publishing import Publishing
from bot.store.quotes import Quotes
from bot.store.reactions import Reactions
from bot.store.reading_lists import ReadingLists
from bot.store.review_lists import ReviewLists
from bot.store.review_news import ReviewOutbox
from bot.store.reviews import Reviews
from bot.store.saved_queries import SavedQueries
from bot.store.saved_quotes import SavedQuotes
from bot.store.schedules import Schedules
from bot.store.search import Search
from bot.store.serials import Serials
from bot.store.settings import StoredSettings
from bot.store.shared_reading import SharedReadings
from bot.store.stories import Stories
from bot.store.story_lists import StoryLists
from bot.store.uploads import Uploads
from bot.store.votes import Votes


class Store:
    """What the bot remembers, one attribute for each family of questions."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.reactions = Reactions(db)
        self.bot_state = BotState(db)
        self.publishing = Publishing(db)
        self.uploads = Uploads(db)
        self.posts = Posts(db)
        self.votes = Votes(db)
        self.decisions = Decisions(db)
        self.shared_readings = SharedReadings(db)
        self.settings = StoredSettings(db)
        self.privacy = Privacy(db)
        self.mutes = Mutes(db)
        self.saved_queries = SavedQueries(db)
        self.author_stats = AuthorCounts(db)
        self.schedules = Schedules(db)
        self.daily = DailyQuotes(db)
        self.serials = Serials(db)
        self.reviews = Reviews(db)
        self.review_news = ReviewOutbox(db)
        self._see(EVERYONE)

    def _see(self, audience: Audience) -> None:
        self.stories = Stories(self._db, audience)
        self.story_lists = StoryLists(self._db, audience)
        self.facets = Facets(self._db, audience)
        self.places = Places(self._db, audience)
        self.reading_lists = ReadingLists(self._db, audience)
        self.bookmarks = Bookmarks(self._db, audience)
        self.follows = Follows(self._db, audience)
        self.news = NewsOutbox(self._db, audience)
        self.pages = Pages(self._db, audience)
        self.instalments = Instalments(self._db, audience)
        self.polls = Polls(self._db, audience)
        self.quotes = Quotes(self._db, audience)
        self.saved_quotes = SavedQuotes(self._db, audience)
        self.leaderboard = Leaderboard(self._db, audience)
        self.review_lists = ReviewLists(self._db, audience)
        self.search = Search(self._db, audience)
        self.authors = Authors(self._db, audience)
        self.claims = Claims(self._db, audience)

    def for_audience(self, audience: Audience) -> Store:
        """The same store as *audience* may see it: a story that is not for them is not found in it at all."""
        seen = copy(self)
        seen._see(audience)
        return seen

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncGenerator[Store]:
        """Open the database file at *path*; closed on leaving. Raises `HostError` where it cannot be used."""
        async with Database.open(path) as db:
            yield cls(db)


__all__ = ["Store"]
