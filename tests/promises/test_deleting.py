"""Deleting leaves no trace of a reader, and what others did counts on."""

from __future__ import annotations

import json

import pytest

from tests.promises.conftest import Member, World
from tests.promises.ways import (
    GOOSE,
    JAR,
    LADDER,
    MORE,
    card,
    draft_of,
    end_of,
    leave_all,
    let_all_submit,
    mine,
    review,
)

NAME = "wilhelmina-of-zubenelgenubi"
RARE = (NAME, "syzygial", "quokkaesque", "xanthoriate", "borborygmus", "tatterdemalion")
"""The reader's name, and a word of all that they write: a review, a note, a mute, a filter, a draft."""


async def use(world: World, reader: Member) -> None:
    """Leave a trace of each kind."""
    page = await end_of(reader)
    await reader.press(page, MORE)
    await reader.press(page, "❤")
    await review(reader, "A syzygial jar, all in all.")
    await review(world.ben, "I had another jar in mind.")
    [report] = [label for label in (await reader.types("review", story=JAR)).labels if label.startswith("Report")]
    form = await reader.press(await reader.types("review", story=JAR), report)
    await reader.fill(form, reason="It tells the end.")
    await reader.fill(await reader.press(page, "More", "Bookmark"), note="a quokkaesque lid")
    await reader.press(await reader.types("quote", story=JAR), "Save")
    await reader.press(await reader.types("stories", story=LADDER), "Follow", "Follow story")
    await reader.press(await reader.types("stories", story="Piano"), "Later")
    await reader.fill(await reader.press(await mine(reader, "Muted"), "Mute…"), tag="xanthoriate")
    await reader.pick(await reader.types("settings"), "desktop screen")
    await reader.types("stories", without="borborygmus")
    await reader.types("read", story=GOOSE, together=True)
    await reader.types("author claim", story=GOOSE)
    await draft_of(reader, "Title: Tatterdemalion\n\nIt was all tatterdemalion from end to end, and nobody minded.\n")


def traces(world: World, reader: Member) -> list[str]:
    """What of a reader is anywhere in the database."""
    held = world.bytes().lower()
    ids = [str(reader.id).encode(), reader.id.to_bytes(8, "big")]
    return [*(word for word in RARE if word.encode() in held), *("the id" for number in ids if number in held)]


@pytest.fixture
async def gone(world: World) -> Member:
    """Who leaves."""
    await let_all_submit(world.mira, approval=False)
    reader = world.join(NAME)
    await use(world, reader)
    return reader


async def test_deleting_leaves_no_byte_of_a_reader(world: World, gone: Member) -> None:
    assert {*RARE, "the id"} - {*traces(world, gone)} == set()
    assert "Data deleted" in (await leave_all(gone)).text
    await world.restart()
    assert traces(world, gone) == []


async def test_after_deleting_a_reader_is_as_one_who_never_came(world: World, gone: Member) -> None:
    await leave_all(gone)
    newcomer = world.cleo
    for tab in ("Reading", "Finished", "Later", "Bookmarks", "Quotes", "Following", "Reviews", "Muted"):
        assert (await mine(gone, tab)).text == (await mine(newcomer, tab)).text, tab
    settings, fresh = [await each.types("settings") for each in (gone, newcomer)]
    assert settings.text == fresh.text and settings.chosen == fresh.chosen


async def test_the_export_has_what_a_reader_did_and_nothing_once_it_is_deleted(world: World, gone: Member) -> None:
    async def exported() -> str:
        shown = await gone.press(await mine(gone, "My data"), "Download data")
        return "\n".join([(await file.read()).decode() for file in shown.files])

    kept = await exported()
    assert [word for word in RARE[1:5] if word not in kept] == []
    assert JAR in kept and "I had another jar in mind." not in kept and str(world.ben.id) not in kept
    await leave_all(gone)
    left = json.loads(await exported())
    assert [name for name, rows in left.items() if isinstance(rows, list) and rows] == []
    assert [word for word in (*RARE, JAR) if word in json.dumps(left)] == []


async def test_counts_are_without_who_deleted_and_with_all_others(world: World, gone: Member) -> None:
    for reader in (world.ann, world.ben):
        page = await end_of(reader)
        await reader.press(page, MORE)
        await reader.press(page, "❤")
    assert "**3** of **3**" in (await world.cleo.types("vote", story=JAR)).text
    await leave_all(gone)
    text = (await card(world.cleo)).text
    assert (
        "❤️ 2" in text and "**2** of **2** want more" in text and "1 review" in "".join((await card(world.cleo)).labels)
    )
    assert "another jar in mind" in (await world.ben.types("review", story=JAR)).text


async def test_who_deleted_and_comes_back_counts_once(world: World, gone: Member) -> None:
    await leave_all(gone)
    page = await end_of(gone)
    await gone.press(page, MORE)
    await gone.press(page, "❤")
    text = (await card(world.cleo)).text
    assert "❤️ 1" in text and "**1** of **1** want more" in text


async def test_a_story_outlives_who_sent_it_without_their_name(world: World, gone: Member) -> None:
    draft = await draft_of(gone, "Title: The Left Behind\n\nIt was left on the stair, and stayed.\n", "left.txt")
    await gone.press(draft, "Publish")
    await leave_all(gone)
    assert "left on the stair" in (await world.cleo.types("read", story="The Left Behind")).page
    for seen in (await world.mira.types("manage uploads"), await world.mira.types("manage log")):
        assert str(gone.id) not in seen.text and NAME not in seen.text
    await world.restart()
    assert traces(world, gone) == []
