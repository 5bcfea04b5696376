"""Old buttons answer: `custom_ids.txt` has one of every kind that the bot has written so far.

A message may be pressed years after it was sent, by anybody, and its ids may come changed from a client that was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.promises.conftest import Member, Screen, World
from tests.promises.old_ids import GONE, LIVE, WRITTEN, Written, one_of_each, press_all
from tests.promises.ways import JAR, KETTLE, LADDER, MORE, end_of, let_all_submit, mine, review, submit


def test_every_kind_that_the_bot_writes_is_listed(kinds: frozenset[str]) -> None:
    assert kinds - {each.begins for each in LIVE} == set()
    assert len({(each.id, each.values) for each in WRITTEN}) == len(WRITTEN)


async def furnish(world: World) -> None:
    """Something of each kind, so that the numbers of the list are those of real things."""
    ann, ben, mira = world.ann, world.ben, world.mira
    await let_all_submit(mira, approval=False)
    await submit(mira)
    await let_all_submit(mira, approval=True)
    await submit(ben, KETTLE.replace("The Kettle", "The Second Kettle"), "second.txt")
    page = await end_of(ann)
    await ann.press(page, MORE)
    await ann.press(page, "❤")
    await review(ann, "I turned the lid, and I am glad of it.")
    await ann.fill(await ann.press(page, "More", "Bookmark"), note="the lid")
    await ann.press(await ann.types("quote", story=JAR), "Save")
    await ann.press(await ann.types("stories", story=JAR), "Follow", "Follow story")
    await ann.fill(await ann.press(await mine(ann, "Muted"), "Mute…"), tag="slow mail")
    await ann.types("author claim", story=JAR)
    await ben.types("author claim", story="The Kettle")
    await ann.types("search", text="charter")
    daily = {"every": "every day", "time": "18:00", "timezone": "Europe/Paris"}
    await mira.types("manage serial start", story=LADDER, channel=world.room, **daily)


async def unknown(reader: Member, screen: Screen) -> str:
    """What is said of a button that no bot of ours ever wrote."""
    return (await reader.press_id(screen, "zz99:1")).text


@pytest.mark.parametrize("half", [0, 1])
async def test_every_button_select_and_form_of_the_list_answers(world: World, half: int) -> None:
    await furnish(world)
    kinds = sorted({each.begins for each in LIVE})[half::2]
    live = [each for each in LIVE if each.begins in kinds]
    ann, others = world.ann, (world.otto, world.mira)  # a reader; who manages another server, and who manages this one
    message = await ann.types("stories", story=JAR, share=True)
    there = [(each, await each.types("stories", story=JAR, share=True)) for each in others]
    no_more = await unknown(ann, message)
    found = await press_all(world, live, (ann, message)) + await press_all(world, one_of_each(live), *there)
    silent = [each.id for each, answers in found if not all(answer.answered for answer in answers)]
    known = {each.begins for each, answers in found if any(answer.text != no_more for answer in answers)}
    forgotten = set(kinds) - known
    assert silent == [] and forgotten == set()


async def pressed(world: World, custom_id: str) -> Screen:
    message = await world.ben.types("help")
    return await world.ben.press_id(message, custom_id)


async def test_an_old_button_does_what_it_did(world: World) -> None:
    """The numbers are those of the first story and its second page."""
    assert "That night the wind dropped" in (await pressed(world, "p1:n:0:1:346")).page
    assert "The jar stood between" in (await pressed(world, "p1:p:0:1:0")).page
    assert "The jar stood between" in (await pressed(world, "r1:1")).page
    assert JAR in (await pressed(world, "s1:1")).text
    assert "A Jar of Thunder by Wren Ostley" in (await pressed(world, "q1:1")).text
    assert "1 of 1 want more" in (await pressed(world, "v1:continue:1:page:1:346")).text
    assert "❤️ 1" in (await pressed(world, "e1:1:page:1:346:❤")).text
    assert "0% want more" in (await pressed(world, "v1:leave:1:card:0:0")).text
    assert "You voted: **Perfect as is**" in (await pressed(world, "vp1:1")).text
    await pressed(world, "fo1:story:1:1")
    assert JAR in (await mine(world.ben, "Following")).text
    assert (await pressed(world, "rva1:new:1:0")).form and (await pressed(world, "bk1:1:346")).form


async def test_a_kind_that_is_gone_is_answered_with_one_kind_sentence(world: World) -> None:
    message = await world.ann.types("stories", story=JAR, share=True)
    said = await unknown(world.ann, message)
    for each, [answer] in await press_all(world, GONE, (world.ann, message)):
        assert answer.text == said and answer.private and answer.form is None, each.id
    assert "/read" in said or "/help" in said
    assert len(said) < 150 and "\n" not in said and not re.search(r"error|invalid|custom|id\b", said, re.IGNORECASE)


NUMBERS = ("0", "999999999999999999", "99999999999999999999")
"""What no row has; the last is more than any database holds."""


def numbered(written: Written) -> Iterator[Written]:
    """An id with each of its numbers, and of those that are picked, one after the other, as it never was."""
    for place, part in enumerate(parts := written.id.split(":")):
        for number in NUMBERS if part.isdigit() else ():
            yield replace(written, id=":".join([*parts[:place], number, *parts[place + 1 :]]))
    for number in NUMBERS if any(value.isdigit() for value in written.values) else ():
        yield replace(written, values=(number,))


async def test_numbers_that_no_row_has_are_answered_kindly(world: World) -> None:
    await furnish(world)
    message = await world.mira.types("stories", story=JAR, share=True)
    forged = [each for written in one_of_each(LIVE) for each in numbered(written)]
    assert len(forged) > 300
    answers = await press_all(world, forged, (world.mira, message))
    assert [each for each, [answer] in answers if not answer.answered] == []
