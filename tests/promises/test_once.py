"""Each thing counts once: when Discord delivers it twice, when it comes to another process, when many press at once."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from tests.promises.conftest import Member, Screen, World
from tests.promises.ways import (
    ENOUGH,
    GOOSE,
    JAR,
    LADDER,
    MORE,
    card,
    end_of,
    let_all_submit,
    mine,
    queue,
    submit,
)

REVIEW = "I turned the lid, too, and I am glad of it."

Do = Callable[[Member], Awaitable[Screen]]
"""The act itself, from what was opened before."""


@dataclass(frozen=True)
class Once:
    """An act that changes something, and where it shows how often that was done."""

    do: Do
    counts: Callable[[], Awaitable[int]]


MADE: dict[str, Callable[[World], Awaitable[Once]]] = {}


def made(prepare: Callable[[World], Awaitable[Once]]) -> Callable[[World], Awaitable[Once]]:
    MADE[prepare.__name__.replace("_", " ")] = prepare
    return prepare


async def shows(screen: Awaitable[Screen], words: str) -> int:
    return (await screen).text.count(words)


@made
async def a_vote(world: World) -> Once:
    page = await end_of(world.ann)
    return Once(
        lambda ann: ann.press(page, MORE), lambda: shows(world.ben.types("vote", story=JAR), "**1** of **1** want more")
    )


@made
async def a_vote_that_is_removed(world: World) -> Once:
    await world.ben.press(await end_of(world.ben), MORE)
    await world.ann.press(await end_of(world.ann), ENOUGH)
    receipt = await world.ann.types("vote", story=JAR)
    return Once(
        lambda ann: ann.press(receipt, "Remove vote"),
        lambda: shows(world.ben.types("vote", story=JAR), "**1** of **1** want more"),
    )


@made
async def a_reaction(world: World) -> Once:
    page = await end_of(world.ann)
    return Once(lambda ann: ann.press(page, "❤"), lambda: shows(card(world.ben), "❤️ 1"))


@made
async def a_review(world: World) -> Once:
    form = await world.ann.press(await end_of(world.ann), "Review")
    return Once(lambda ann: ann.fill(form, text=REVIEW), lambda: shows(world.ann.types("review", story=JAR), REVIEW))


@made
async def a_bookmark(world: World) -> Once:
    form = await world.ann.press(await world.ann.types("read", story=GOOSE), "More", "Bookmark")
    return Once(
        lambda ann: ann.fill(form, note="by the sash"), lambda: shows(mine(world.ann, "Bookmarks"), "by the sash")
    )


@made
async def a_story_for_later(world: World) -> Once:
    story = await world.ann.types("stories", story=GOOSE)
    return Once(lambda ann: ann.press(story, "Later"), lambda: shows(mine(world.ann, "Later"), GOOSE))


@made
async def a_saved_quote(world: World) -> Once:
    quote = await world.ann.types("quote", story=JAR)
    return Once(lambda ann: ann.press(quote, "Save"), lambda: shows(mine(world.ann, "Quotes"), JAR))


@made
async def a_follow(world: World) -> Once:
    opened = await world.ann.press(await world.ann.types("stories", story=LADDER), "Follow")
    return Once(
        lambda ann: ann.press(opened, "Follow story"), lambda: shows(mine(world.ann, "Following"), f"**{LADDER}**")
    )


@made
async def a_story_that_is_published(world: World) -> Once:
    await let_all_submit(world.mira, approval=False)
    draft = await world.ann.types(
        "author submit", file=("kettle.txt", b"Title: The Kettle\n\nIt rained all day long.\n")
    )
    return Once(lambda ann: ann.press(draft, "Publish"), lambda: shows(world.ann.types("author stories"), "The Kettle"))


@made
async def a_submission_that_is_approved(world: World) -> Once:
    await let_all_submit(world.mira, approval=True)
    await submit(world.ann)
    waiting = await world.mira.pick(await queue(world.mira), "Kettle")
    return Once(
        lambda _: world.mira.press(waiting, "Approve"),
        lambda: shows(world.ben.types("stories", story="The Kettle"), "Zubeneschamali"),
    )


@pytest.mark.parametrize("name", MADE)
async def test_an_act_that_is_delivered_twice_and_again_to_another_process_counts_once(world: World, name: str) -> None:
    once = await MADE[name](world)
    with world.twice():
        await once.do(world.ann)
    act = world.last
    assert await once.counts() == 1
    await world.kill()
    await world.again(act)
    assert await once.counts() == 1


def tally(screen: Screen) -> tuple[int, int]:
    """How many of how many want more, as a screen says."""
    found = re.search(r"(\d+) of (\d+) want more", screen.text.replace("*", ""))
    assert found is not None, screen.text
    return int(found[1]), int(found[2])


async def test_votes_of_many_in_one_moment_are_counted_exactly_and_a_change_of_mind_moves_one(world: World) -> None:
    page = await end_of(world.ann, share=True)
    many = [world.join(f"reader{number}") for number in range(12)]
    pressed = await world.at_once(*((each, page, MORE if number % 3 else ENOUGH) for number, each in enumerate(many)))
    assert all("Your vote is in" in each.text for each in pressed)
    assert tally(await world.ben.types("vote", story=JAR)) == (8, 12) == tally(page)
    await world.at_once(*((each, page, MORE) for each in many[:4] for _ in range(3)))
    assert tally(await world.ben.types("vote", story=JAR)) == (10, 12) == tally(page)


async def test_a_button_that_is_pressed_many_times_in_one_moment_counts_its_reader_once(world: World) -> None:
    page = await end_of(world.ann)
    await world.at_once(*[(world.ann, page, MORE)] * 6)
    assert tally(await world.ben.types("vote", story=JAR)) == (1, 1)


async def test_readers_are_counted_by_emoji_once_each_and_an_emoji_pressed_again_is_taken_back(world: World) -> None:
    page = await end_of(world.ann, share=True)
    for reader in (world.ann, world.ben, world.cleo):
        await reader.press(page, "❤")
        await reader.press(page, "🔥")
    assert "❤️ 3" in (await card(world.mira)).text and "🔥 3" in (await card(world.mira)).text
    await world.ben.press(page, "❤")
    text = (await card(world.mira)).text
    assert "❤️ 2" in text and "🔥 3" in text


async def test_who_wrote_a_story_is_not_counted(world: World) -> None:
    await let_all_submit(world.mira, approval=False)
    draft = await world.ann.types(
        "author submit", file=("kettle.txt", b"Title: The Kettle\n\nIt rained all day long.\n")
    )
    await world.ann.press(await world.ann.press(draft, "I wrote it"), "Publish")
    page = await end_of(world.ben, "The Kettle", share=True)
    await world.ben.press(page, MORE)
    await world.ann.press_id(page, page.id_of(MORE))
    await world.ann.press_id(page, page.id_of("❤"))
    assert tally(await world.cleo.types("vote", story="The Kettle")) == (1, 1)
    assert "❤️" not in (await card(world.cleo, "The Kettle")).text
