"""Ways that a reader goes, by commands and buttons, to what the promises are about."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from tests.promises.conftest import Member, Reader, Screen

JAR, LADDER, DOOR, GOOSE = "A Jar of Thunder", "Ladder Street", "The Quillwort Door", "The Goose Has the Deciding Vote"
"""Titles in the stories folder: a one-shot of two pages, one with chapters, one for adults, a long one."""

MORE, ENOUGH = "I want more", "Perfect as is"

KETTLE = (
    "Title: The Kettle and the Zubeneschamali\n\n"
    "It rained the whole day, and the kettle had said that it would, and nobody in the house had listened to it.\n\n"
    "In the evening it said so again, in the past tense, which is the tense in which kettles are usually believed.\n"
)
"""A story that somebody submits."""


async def pages(reader: Reader, story: str, **options: Any) -> AsyncIterator[Screen]:
    """A story from where `/read` opens it, page by page, to its last."""
    page = await reader.types("read", story=story, **options)
    while True:
        yield page
        if is_last(page):
            return
        page = await reader.press(page, "Next")


def is_last(page: Screen) -> bool:
    """Whether a page is the last of its story, which is where it says so."""
    return "The end" in page.footer


async def end_of(reader: Reader, story: str = JAR, **options: Any) -> Screen:
    """The last page of a story, come to by turning."""
    return [page async for page in pages(reader, story, **options)][-1]


async def mine(reader: Reader, tab: str) -> Screen:
    """A tab of what is a reader's own."""
    return await reader.pick(await reader.types("me"), tab)


async def card(reader: Reader, story: str = JAR) -> Screen:
    """A story's card, with what is rarer on it."""
    return await reader.press(await reader.types("stories", story=story), "More")


async def review(reader: Reader, words: str, story: str = JAR) -> Screen:
    """Leave a review of a whole story, from its last page."""
    return await reader.fill(await reader.press(await end_of(reader, story), "Review"), text=words)


async def settings(manager: Reader, section: str) -> Screen:
    """A subject of a server's settings."""
    shown = await manager.types("manage settings")
    if "All settings" in shown.labels:
        shown = await manager.press(shown, "All settings")
    return await manager.pick(shown, section)


async def let_all_submit(manager: Reader, *, approval: bool) -> None:
    shown = await manager.pick(await settings(manager, "submissions"), "everyone")
    if approval:
        await manager.pick(shown, "Approval: by a mod")


async def draft_of(sender: Reader, text: str = KETTLE, name: str = "kettle.txt") -> Screen:
    """Upload a story; what its sender sees of it before it is published."""
    return await sender.types("author submit", file=(name, text.encode()))


async def submit(sender: Reader, text: str = KETTLE, name: str = "kettle.txt") -> Screen:
    """Send a story to the server; what its sender is answered."""
    draft = await draft_of(sender, text, name)
    return await sender.press(draft, "Submit" if "Submit" in draft.labels else "Publish")


async def panel(owner: Reader, story: str = "The Kettle") -> Screen:
    """The panel of one's own story."""
    return await owner.pick(await owner.types("author stories"), story)


async def queue(manager: Reader) -> Screen:
    """The submissions that wait."""
    uploads = await manager.types("manage uploads")
    [waiting] = [label for label in uploads.labels if label.startswith("Waiting")]
    return await manager.press(uploads, waiting)


async def leave_all(member: Member) -> Screen:
    """Have all that is stored of a reader deleted."""
    return await member.press(await mine(member, "My data"), "Delete data…", "Delete everything")
