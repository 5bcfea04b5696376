"""What belongs to one server or one reader is nobody else's to see or to change, by any road or button."""

from __future__ import annotations

import pytest

from tests.promises.conftest import Screen, World
from tests.promises.old_ids import LIVE, press_all
from tests.promises.ways import (
    KETTLE,
    MORE,
    end_of,
    let_all_submit,
    mine,
    panel,
    queue,
    review,
    settings,
    submit,
)

STORY = "The Kettle and the Zubeneschamali"
NOTE, WAITS = "a note about syzygy", "The Waiting Quincunx"
RARE = ("Zubeneschamali", "believed", "syzygy", "Quincunx", "xyzzy")
"""Words of what one server and its readers have, which nothing else has."""


@pytest.fixture
def on_the_shelf() -> list[str]:
    """The stories folder is empty, so that number 1 of everything belongs to one server and its readers."""
    return []


async def furnish(world: World) -> None:
    """One of everything: published by the manager, read by ann, waiting from ben."""
    ann, ben, mira = world.ann, world.ben, world.mira
    await let_all_submit(mira, approval=False)
    await submit(mira)
    page = await end_of(ann, STORY)
    await ann.press(page, MORE)
    await ann.press(page, "❤")
    await review(ann, "I laughed, and I said xyzzy to the stairs.", STORY)
    await ann.fill(await ann.press(page, "More", "Bookmark"), note=NOTE)
    await ann.press(await ann.types("quote", story=STORY), "Save")
    await ann.press(await ann.types("stories", story=STORY), "Follow", "Follow story")
    await ann.fill(await ann.press(await mine(ann, "Muted"), "Mute…"), tag="syzygy")
    await ben.types("author claim", story=STORY)
    await let_all_submit(mira, approval=True)
    await submit(ben, KETTLE.replace(STORY, WAITS).replace("believed", "heard"), "waits.txt")


def shown(screen: Screen) -> str:
    return "\n".join([screen.text, *screen.chosen])


async def belongings(world: World) -> dict[str, str]:
    """What ann has, and what the manager rules, as they see it."""
    tabs = ("Reading", "Later", "Finished", "Bookmarks", "Quotes", "Following", "Reviews", "Muted")
    found = {tab: shown(await mine(world.ann, tab)) for tab in tabs}
    found |= {
        part: shown(await settings(world.mira, f"Settings: {part}")) for part in ("updates", "reading", "reviews")
    }
    found |= {part: shown(await settings(world.mira, f"Settings: {part}")) for part in ("reviews", "authors")}
    found["their settings"] = shown(await world.ann.types("settings"))
    found["the panel"] = shown(await panel(world.mira, STORY))
    found["what waits"] = shown(await queue(world.mira))
    found["the claims"] = shown(await world.mira.types("manage author claims"))
    found["the text"] = (await world.ann.types("read", story=STORY)).page
    assert WAITS in found["what waits"] and NOTE in found["Bookmarks"] and STORY in found["the panel"]
    return found


async def public(world: World) -> dict[str, str]:
    """What all see of the story."""
    looks = {name: shown(await world.ann.types(name, story=STORY)) for name in ("stories", "vote", "react", "review")}
    return looks | {"the log": shown(await world.mira.types("manage log"))}


def tells(screens: list[Screen], words: tuple[str, ...] = RARE) -> list[str]:
    return [word for screen in screens for word in screen.tells(*words)]


async def test_no_button_of_a_server_tells_or_changes_anything_in_another(world: World) -> None:
    await furnish(world)
    before = await belongings(world) | await public(world)
    message = await world.otto.types("help")
    found = await press_all(world, [each.first(world.mira) for each in LIVE], (world.otto, message))
    assert {each.id: words for each, answers in found if (words := tells(answers))} == {}
    assert await belongings(world) | await public(world) == before


async def test_no_button_lets_a_member_see_or_change_what_is_anothers(world: World) -> None:
    await furnish(world)
    before = await belongings(world)
    message = await world.cleo.types("help")
    found = await press_all(world, [each.first(world.mira) for each in LIVE], (world.cleo, message))
    told = {each.id: words for each, answers in found if (words := tells(answers, ("syzygy", "Quincunx")))}
    assert told == {}
    assert await belongings(world) == before


async def test_no_command_of_a_server_finds_or_changes_what_another_has(world: World) -> None:
    await furnish(world)
    before = await belongings(world) | await public(world)
    otto = world.otto
    file = ("kettle.txt", b"Title: Mine Now\n\nIt is mine now, said the other server.\n")
    for command in ("read", "stories", "quote", "react", "vote", "review", "author claim"):
        assert tells([await otto.types(command, story="The Kettle")]) == []
        assert "Kettle" not in await otto.offered(command, "story", "kettle")
    for command, more in (
        ("manage story remove", {}),
        ("manage story restore", {}),
        ("manage story edit", {}),
        ("manage story replace", {"file": file}),
        ("manage author unlink", {"user": otto.member}),
    ):
        assert tells([await otto.types(command, story=typed, **more) for typed in ("The Kettle", "1")]) == []
    for listed in ("stories", "top", "quote", "manage uploads", "manage log", "manage author claims", "author stories"):
        assert tells([await otto.types(listed)]) == []
    assert tells([await otto.types("search", text=typed) for typed in ("kettle", "tense")]) == []
    assert await belongings(world) | await public(world) == before


async def test_a_story_of_a_server_shows_to_its_members_alone_with_the_bot_and_to_no_stranger(world: World) -> None:
    await furnish(world)
    assert tells([await world.otto.alone().types("stories")]) == []
    assert tells([await world.otto.alone().types("read", story="The Kettle")]) == []


async def test_a_page_that_others_see_turns_for_nobody_but_who_opened_it(world: World) -> None:
    await furnish(world)
    page = await world.ann.types("read", story=STORY, share=True)
    before = page.text
    for label in page.labels:
        if label not in ("❤", "😭", "😂", "🔥", "🤔", MORE, "Perfect as is"):
            answer = await world.ben.press(page, label)
            assert answer.private or answer.form, label
    assert page.text == before
