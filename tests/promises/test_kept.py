"""What a reader was shown is stored: it is there after a restart, and after a kill at any moment."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from tests.promises.conftest import Living, Reader, World
from tests.promises.ways import (
    GOOSE,
    JAR,
    KETTLE,
    LADDER,
    MORE,
    card,
    end_of,
    let_all_submit,
    mine,
    panel,
    queue,
    review,
    submit,
)

REVIEW = "I kept the jar on my own shelf for a week before I read on."
NOTE = "where the sash comes in"


@dataclass(frozen=True)
class People:
    """Who acts, and who manages the server."""

    reader: Reader
    manager: Reader


Look = Callable[[], Awaitable[bool]]
"""Whether what was shown still shows."""

ACTS: dict[str, Callable[[People], Awaitable[Look]]] = {}
"""What readers do: each does it, sees that it was done, and says where it shows from then on."""


def act(does: Callable[[People], Awaitable[Look]]) -> Callable[[People], Awaitable[Look]]:
    ACTS[does.__name__.replace("_", " ")] = does
    return does


@act
async def a_vote(people: People) -> Look:
    shown = await people.reader.press(await end_of(people.reader), MORE)
    assert "1 of 1 want more" in shown.text

    async def look() -> bool:
        return f"You voted: **{MORE}**" in (await people.reader.types("vote", story=JAR)).text

    return look


@act
async def a_reaction(people: People) -> Look:
    await people.reader.press(await end_of(people.reader), "❤")

    async def look() -> bool:
        return "❤️ 1" in (await card(people.reader)).text

    assert await look()
    return look


@act
async def a_review(people: People) -> Look:
    assert REVIEW in (await review(people.reader, REVIEW)).text

    async def look() -> bool:
        return REVIEW in (await people.reader.types("review", story=JAR)).text

    return look


@act
async def a_place(people: People) -> Look:
    page = await people.reader.press(await people.reader.types("read", story=GOOSE), "Next", "Next")
    words = page.page[:60]

    async def look() -> bool:
        return words in (await people.reader.types("read", story=GOOSE)).page

    return look


@act
async def an_end_that_was_reached(people: People) -> Look:
    await end_of(people.reader, LADDER)

    async def look() -> bool:
        return LADDER in (await mine(people.reader, "Finished")).text

    return look


@act
async def a_bookmark(people: People) -> Look:
    page = await people.reader.press(await people.reader.types("read", story="Lamp"), "Next")
    form = await people.reader.press(page, "More", "Bookmark")
    assert NOTE in (await people.reader.fill(form, note=NOTE)).text

    async def look() -> bool:
        return NOTE in (await mine(people.reader, "Bookmarks")).text

    return look


@act
async def a_story_for_later(people: People) -> Look:
    await people.reader.press(await people.reader.types("stories", story="Piano"), "Later")

    async def look() -> bool:
        return "Piano" in (await mine(people.reader, "Later")).text

    assert await look()
    return look


@act
async def a_saved_quote(people: People) -> Look:
    quote = await people.reader.types("quote", story=JAR)
    words = quote.text.removeprefix("\n> ")[:40]
    assert "saved" in (await people.reader.press(quote, "Save")).text

    async def look() -> bool:
        return words in (await mine(people.reader, "Quotes")).text

    return look


@act
async def a_follow(people: People) -> Look:
    story = await people.reader.types("stories", story=LADDER)
    await people.reader.press(story, "Follow", "Follow story")

    async def look() -> bool:
        return LADDER in (await mine(people.reader, "Following")).text

    assert await look()
    return look


@act
async def a_mute(people: People) -> Look:
    form = await people.reader.press(await mine(people.reader, "Muted"), "Mute…")
    assert "slow mail" in (await people.reader.fill(form, tag="slow mail")).text

    async def look() -> bool:
        return "slow mail" in (await mine(people.reader, "Muted")).text

    return look


@act
async def a_setting(people: People) -> Look:
    await people.reader.pick(await people.reader.types("settings"), "desktop screen")

    async def look() -> bool:
        return "Pages: one desktop screen" in (await people.reader.types("settings")).chosen

    assert await look()
    return look


@act
async def a_submission_that_waits(people: People) -> Look:
    await let_all_submit(people.manager, approval=True)
    assert "Sent to the mods" in (await submit(people.reader)).text

    async def look() -> bool:
        return "The Kettle" in (await queue(people.manager)).text

    return look


@act
async def a_story_that_was_published(people: People) -> Look:
    text = KETTLE.replace("The Kettle", "The Spare Kettle")
    assert "Published" in (await submit(people.manager, text, "spare.txt")).text

    async def look() -> bool:
        return "the kettle had said" in (await people.reader.types("read", story="The Spare Kettle")).text

    return look


@act
async def a_story_that_was_withdrawn(people: People) -> Look:
    await submit(people.manager, KETTLE.replace("The Kettle", "The Cold Kettle"), "cold.txt")
    await people.manager.press(await panel(people.manager, "The Cold Kettle"), "Withdraw")

    async def look() -> bool:
        gone = "can't find" in (await people.reader.types("read", story="The Cold Kettle")).text
        return gone and "Restore" in (await panel(people.manager, "The Cold Kettle")).labels

    assert await look()
    return look


@pytest.mark.parametrize("ending", ["kill", "restart"])
async def test_what_was_shown_is_there_after_the_bot_ended(world: World, ending: str) -> None:
    people = People(world.ann, world.mira)
    looks = {name: await does(people) for name, does in ACTS.items()}
    await (world.kill() if ending == "kill" else world.restart())
    assert [name for name, look in looks.items() if not await look()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
async def test_a_process_that_is_killed_while_it_answers_others_has_kept_all_it_showed(living: Living) -> None:
    """Every kind of act, in two rounds; each ends with kill -9, while another reader's pages are on their way."""
    reader, reading, *_ = living.readers
    people, looks = People(reader, living.owner), dict[str, Look]()
    for start in range(2):
        looks |= {name: await does(people) for name, does in list(ACTS.items())[start::2]}
        page = await reading.types("read", story=GOOSE)
        under_way = [asyncio.create_task(reading.press(page, "Next")) for _ in range(8)]
        await under_way[0]
        await living.kill()
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
    assert [name for name, look in looks.items() if not await look()] == []


async def test_a_page_that_all_turn_together_is_turned_by_the_same_reader_after_a_restart(world: World) -> None:
    await world.ann.types("read", story=GOOSE, together=True)
    [thread] = world.room.threads
    await world.restart()
    [page] = [post for post in world.posts(thread) if "Next" in post.labels]
    first = page.page
    turned = await world.ann.press(page, "Next")
    assert not turned.private and turned.page != first
    [seen_by_all] = [post.page for post in world.posts(thread) if "Next" in post.labels]
    assert seen_by_all == turned.page
    assert (await world.ben.press(page, "Next")).private
    [unmoved] = [post.page for post in world.posts(thread) if "Next" in post.labels]
    assert unmoved == seen_by_all
