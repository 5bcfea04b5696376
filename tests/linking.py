"""Readers who are linked to a story as its authors."""

from __future__ import annotations

from bot.store import Store

HOST = 0
"""Who approves: whoever has the command line."""


async def linked(store: Store, story: int, reader: int) -> None:
    """Link a reader to a story: their claim is approved. They are not told, so that tests see other messages alone."""
    await store.claims.approve(await store.claims.make(story, reader), HOST)
    await store._db.execute("DELETE FROM outbox WHERE kind LIKE 'claim%'")  # pyright: ignore[reportPrivateUsage]
