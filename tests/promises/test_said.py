"""What others wrote is only ever words: it pings nobody, leads nowhere and changes no look."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from tests.promises.conftest import Member, World
from tests.promises.ways import MORE, card, draft_of, end_of, let_all_submit, mine, review

HOSTILE = "@everyone *look* __here__ ||now|| `at` <@123456789012345678> <#5> [this](https://example.org/a_b)"
"""What somebody writes into each field."""

LOUDEST = "a_b_c"
"""Enough of the loudest title to find it."""

LIVE_MARKS = re.compile(
    r"(?<!\\)\*[Ll]ook(?<!\\)\*|(?<!\\)__[Hh]ere(?<!\\)__|(?<!\\)\|\|[Nn]ow(?<!\\)\|\||(?<!\\)`[Aa]t(?<!\\)`"
    r"|<@&?(?:123456789012345678|987654321098765432)>|<#5>|(?<!\\)\[[Tt]his\]\(https"
)
"""Marks of the hostile words that Discord would act upon."""


async def looks(world: World, reader: Member) -> AsyncIterator[str]:
    """What shows of a loud story and of what is said about it."""
    listed = await reader.types("stories")
    yield listed.rendered
    yield (await reader.press(listed, "More")).rendered
    for command in ("stories", "read", "vote", "react", "review"):
        yield (await reader.types(command, story=LOUDEST)).rendered
    yield (await card(reader, LOUDEST)).rendered
    page = await end_of(reader, LOUDEST)
    yield page.rendered
    unfolded = await reader.press(page, "More")
    yield unfolded.rendered
    yield (await reader.press(unfolded, "Info", "Share here")).rendered
    yield (await reader.types("search", text="whispered")).rendered
    yield (await reader.types("top")).rendered
    for tab in ("Finished", "Bookmarks", "Quotes", "Following", "Reviews", "Muted"):
        yield (await mine(reader, tab)).rendered
    yield (await world.mira.types("manage log")).rendered
    yield (await world.mira.types("manage uploads")).rendered


async def test_titles_notes_and_reviews_are_words_on_every_screen(world: World) -> None:
    ann = world.ann
    await let_all_submit(world.mira, approval=False)
    page = await end_of(ann, LOUDEST)
    await ann.press(page, MORE)
    await ann.press(page, "❤")
    await review(ann, HOSTILE, LOUDEST)
    await ann.fill(await ann.press(page, "More", "Bookmark"), note=HOSTILE)
    sentences = await ann.press(await end_of(ann, LOUDEST), "More", "Quote")
    chosen = await ann.pick(sentences, "1.")
    posted = await ann.press(chosen, "Share here")
    await ann.press(chosen, "Save")
    await ann.press(await ann.types("stories", story=LOUDEST), "Follow", "Follow story")
    await ann.fill(await ann.press(await mine(ann, "Muted"), "Mute…"), tag=HOSTILE.replace(",", ""))
    draft = await draft_of(ann, f"Title: {HOSTILE}\n\nIt rained, and the sign was quiet.\n", "sign.txt")
    sent = await ann.press(draft, "Publish")
    await end_of(world.ben, LOUDEST)
    seen = [each.rendered for each in (draft, sent, posted)]
    seen += [look for who in (ann, world.ben) async for look in looks(world, who)]
    assert {found.group() for look in seen for found in LIVE_MARKS.finditer(look)} == set()
    assert sum("everyone" in look for look in seen) > 20
    assert world.pinged == []


async def test_what_is_typed_comes_back_as_words(world: World) -> None:
    for command, option in (("read", "story"), ("quote", "author"), ("quote", "containing"), ("search", "text")):
        answer = await world.ann.types(command, **{option: HOSTILE})
        assert not LIVE_MARKS.search(answer.rendered), command
    assert not LIVE_MARKS.search((await world.ann.types("stories", tag=HOSTILE)).rendered)
    assert world.pinged == []
