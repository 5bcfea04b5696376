"""All that is kept, in the words of the domain. The one place with SQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.readers import EVERYONE, Audience
from bot.store.database import Database
from bot.store.facts import Facts
from bot.store.library import Library
from bot.store.places import Places
from bot.store.posts import Posts
from bot.store.quotes import Quotes
from bot.store.reactions import Reactions
from bot.store.shelving import Shelving
from bot.store.votes import VoteBox


class Store:
    """What the bot remembers, one attribute for each family of questions."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._seen: dict[Audience, Store] = {audience: self}
        self.facts = Facts(db)
        self.library = Library(db, audience)
        self.shelving = Shelving(db)
        self.places = Places(db, audience)
        self.posts = Posts(db)
        self.quotes = Quotes(db, audience)
        self.reactions = Reactions(db, audience)
        self.votes = VoteBox(db)

    def seen_by(self, audience: Audience) -> Store:
        """The same store as *audience* may see it: a story that is not for them is not found in it at all."""
        if audience not in self._seen:
            self._seen[audience] = Store(self._db, audience)
        return self._seen[audience]

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncGenerator[Store]:
        """Open the database file at *path*; closed on leaving. Raises `HostError` where it cannot be used."""
        async with Database.open(path) as db:
            yield cls(db)


__all__ = ["Store"]
