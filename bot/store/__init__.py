"""All that is kept, in the words of the domain. The one place with SQL."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

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

    def __init__(self, db: Database) -> None:
        self.facts = Facts(db)
        self.library = Library(db)
        self.shelving = Shelving(db)
        self.places = Places(db)
        self.posts = Posts(db)
        self.quotes = Quotes(db)
        self.reactions = Reactions(db)
        self.votes = VoteBox(db)

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncGenerator[Store]:
        """Open the database file at *path*; closed on leaving. Raises `HostError` where it cannot be used."""
        async with Database.open(path) as db:
            yield cls(db)


__all__ = ["Store"]
