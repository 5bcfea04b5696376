"""Readers who are linked to a story as its authors, and those who claimed it and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.store import Store

if TYPE_CHECKING:
    from simcord.actors import MemberActor

    from tests.library import Library

NOT_LINKED = ("claimed", "refused", "withdrawn")
"""The states of a link in which a reader has no right to a story."""

HOST = 0
"""Who approves: whoever has the command line."""


async def linked(store: Store, story: int, reader: int) -> None:
    """Link a reader to a story, unless they are: their claim is approved. They are not told of it.

    So tests see other messages alone.
    """
    if await store.authors.wrote(reader, story):
        return
    await store.authors.approve(await store.authors.claim(story, reader), HOST)
    await store._db.execute("DELETE FROM outbox WHERE kind LIKE 'claim%'")  # pyright: ignore[reportPrivateUsage]


async def joined_author(library: Library, *titles: str) -> MemberActor:
    """Have Orla join, who wrote the stories with these *titles*."""
    member = library.join("orla")
    for title in titles:
        await linked(library.store, await library.id_of(title), member.id)
    return member


async def not_linked(store: Store, story: int, reader: int, state: str) -> None:
    """Bring a reader's link to a story to one of `NOT_LINKED`."""
    claim = await store.authors.claim(story, reader)
    if state == "refused":
        await store.authors.refuse(claim, HOST)
    if state == "withdrawn":
        await store.authors.approve(claim, HOST)
        await store.authors.unlink(story, reader)
