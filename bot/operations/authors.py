"""`claims`, `answer`, `unlink`: authors of the folder's stories, for hosts without an owner server.

A running bot sends the resulting notices within a minute.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Literal

from bot.config import Settings
from bot.errors import HostError, ReaderError
from bot.interactions.permissions import FOLDER
from bot.interactions.replies import sentence
from bot.store import Store
from bot.stories.model import StorySummary

HOST = 0
"""Actor id of the host. No Discord user has it."""

MOST = 100


async def claims(settings: Settings) -> int:
    """Print the open claims; return the exit status."""
    async with Store.open(settings.store) as store:
        waiting = await store.authors.claims(HOST, [FOLDER], MOST)
    for claim in waiting:
        print(f"{claim.id}: user {claim.reader} says that they wrote “{claim.story.title}”")
    print(f"{len(waiting)} claims wait. Answer one: python -m bot answer NUMBER yes|no")
    return 0


async def answer(settings: Settings, number: int, decision: Literal["yes", "no"]) -> int:
    """Answer a claim on a story of the folder; return the exit status. Raises `HostError`."""
    async with _opened(settings) as store:
        claim = await store.authors.find_claim(number)
        await _of_folder(store, claim.story)
        authors = store.authors
        await (authors.approve(claim, HOST) if decision == "yes" else authors.refuse(claim, HOST))
    print(f"{'Approved' if decision == 'yes' else 'Declined'}: “{claim.story.title}”, user {claim.reader}")
    return 0


async def unlink(settings: Settings, title: str, user: int) -> int:
    """Unlink a user from a story of the folder; return the exit status. Raises `HostError`."""
    async with _opened(settings) as store:
        story = await store.stories.find(title)
        await _of_folder(store, story)
        was_linked = await store.authors.unlink(story.id, user, HOST)
    print(f"User {user} is {'not linked any more' if was_linked else 'not linked'} to “{story.title}”.")
    return 0


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncGenerator[Store]:
    """Open the store; raise a `ReaderError` as a `HostError` with its text."""
    async with Store.open(settings.store) as store:
        try:
            yield store
        except ReaderError as error:
            raise HostError(sentence(error)) from error


async def _of_folder(store: Store, story: StorySummary) -> None:
    if await store.authors.shelf(story.id) != FOLDER:
        raise ReaderError("not-of-folder", title=story.title)
