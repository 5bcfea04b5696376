"""A writer that is busy for as long as a test wants."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from threading import Event

from bot.store.database import Change, Database, Writing


@asynccontextmanager
async def busy_writer(db: Database, change: Change[object] = lambda _: None) -> AsyncGenerator[None]:
    """Make *change*, and keep its transaction open while the block runs: what is written there waits until its end."""
    made, may_commit = Event(), Event()

    def hold(writing: Writing) -> None:
        change(writing)
        made.set()
        may_commit.wait()

    holding = asyncio.create_task(db.write(hold))
    try:
        await asyncio.to_thread(made.wait)
        yield
    finally:
        may_commit.set()
        await holding
