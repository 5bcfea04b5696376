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
    loop, made, may_commit = asyncio.get_running_loop(), asyncio.Event(), Event()

    def hold(writing: Writing) -> None:
        change(writing)
        loop.call_soon_threadsafe(made.set)
        may_commit.wait()

    holding, begun = asyncio.create_task(db.write(hold)), asyncio.create_task(made.wait())
    try:
        await asyncio.wait({holding, begun}, return_when=asyncio.FIRST_COMPLETED)
        if not made.is_set():
            await holding  # it failed
        yield
    finally:
        begun.cancel()
        may_commit.set()
        await holding
