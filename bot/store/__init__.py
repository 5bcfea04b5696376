"""All that is kept, in the words of the domain. The one place with SQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from copy import copy
from pathlib import Path

from bot.domain.audience import EVERYONE, Audience
from bot.store.author_stats import DeskCounts
from bot.store.authors import Writers
from bot.store.bookmarks import Bookmarks
from bot.store.bot_state import Facts
from bot.store.claims import Claims
from bot.store.daily import Dailies
from bot.store.database import Database
from bot.store.decisions import Decisions
from bot.store.facets import Marks
from bot.store.follows import Follows
from bot.store.instalments import Instalments
from bot.store.leaderboard import Top
from bot.store.mutes import Mutes
from bot.store.news import Notices
from bot.store.pages import Pages
from bot.store.places import Places
from bot.store.polls import Polls
from bot.store.posts import Posts
from bot.store.privacy import Privacy
from bot.store.publishing import Shelving
from bot.store.quotes import Quotes
from bot.store.reactions import Reactions
from bot.store.reading_lists import Lists
from bot.store.review_lists import ReviewLists
from bot.store.review_news import ReviewNotices
from bot.store.reviews import Reviews
from bot.store.saved_queries import Asked
from bot.store.saved_quotes import Saved
from bot.store.schedules import Plans
from bot.store.search import Search
from bot.store.serials import Serials
from bot.store.settings import Preferences
from bot.store.shared_reading import Sessions
from bot.store.stories import Library
from bot.store.story_lists import Findings
from bot.store.uploads import Uploads
from bot.store.votes import VoteBox


class Store:
    """What the bot remembers, one attribute for each family of questions."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.reactions = Reactions(db)
        self.facts = Facts(db)
        self.shelving = Shelving(db)
        self.uploads = Uploads(db)
        self.posts = Posts(db)
        self.votes = VoteBox(db)
        self.decisions = Decisions(db)
        self.sessions = Sessions(db)
        self.preferences = Preferences(db)
        self.privacy = Privacy(db)
        self.mutes = Mutes(db)
        self.asked = Asked(db)
        self.desk = DeskCounts(db)
        self.plans = Plans(db)
        self.dailies = Dailies(db)
        self.serials = Serials(db)
        self.reviews = Reviews(db)
        self.review_notices = ReviewNotices(db)
        self._see(EVERYONE)

    def _see(self, audience: Audience) -> None:
        self.library = Library(self._db, audience)
        self.findings = Findings(self._db, audience)
        self.marks = Marks(self._db, audience)
        self.places = Places(self._db, audience)
        self.lists = Lists(self._db, audience)
        self.bookmarks = Bookmarks(self._db, audience)
        self.follows = Follows(self._db, audience)
        self.notices = Notices(self._db, audience)
        self.pages = Pages(self._db, audience)
        self.instalments = Instalments(self._db, audience)
        self.polls = Polls(self._db, audience)
        self.quotes = Quotes(self._db, audience)
        self.saved = Saved(self._db, audience)
        self.top = Top(self._db, audience)
        self.review_lists = ReviewLists(self._db, audience)
        self.search = Search(self._db, audience)
        self.writers = Writers(self._db, audience)
        self.claims = Claims(self._db, audience)

    def seen_by(self, audience: Audience) -> Store:
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
