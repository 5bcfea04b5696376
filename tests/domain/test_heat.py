"""Heat: which parts of a story moved readers, told of five readers or more."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from bot.domain.anonymity import SMALLEST_GROUP, k_anonymous
from bot.domain.author_stats import PARTS, Heat
from bot.stories.model import ChapterName, OpenPage
from bot.ui.bars import heat_strip
from tests import samples
from tests.library import Library
from tests.screens import card_for, read_at
from tests.seen import reaction_id, shown, text_of


def parts_of(page: OpenPage, words: int) -> set[int]:
    """By the rule: every part whose middle the page has, or the one part that has the page's own middle."""
    first, beyond = page.words_before, page.words_before + page.words
    inside = {part for part in range(PARTS) if first <= (part + 0.5) * words / PARTS < beyond}
    return inside or {int((first + beyond) / 2 * PARTS / words)}


@pytest.mark.parametrize("pages", [3, 6, 30, 100])
async def test_each_part_counts_the_readers_who_reacted_in_it_and_few_are_not_told(
    library: Library, pages: int
) -> None:
    await library.load({"kettle.txt": samples.sized("Kettle", pages)})
    story, cut = await library.id_of("Kettle"), await library.pages_of("Kettle")
    words = sum(page.words for page in cut)
    chance, readers = random.Random(pages), defaultdict[int, set[int]](set)
    for reader in range(40):
        for page in set(chance.choices(cut[: (len(cut) + 1) // 2], k=5)):
            for emoji in chance.sample("🔥😭😂", 2):
                await library.store.reactions.toggle(story, reader, emoji, page=page)
            for part in parts_of(page, words):
                readers[part].add(reader)
    heat = await library.store.heats.find(story)
    assert heat is not None and heat.most >= SMALLEST_GROUP and heat.parts[-1] is None
    assert heat.parts == tuple(k_anonymous(len(readers[part])) for part in range(PARTS))


async def give(library: Library, title: str, number: int, readers: int, first: int = 1000) -> None:
    """So many readers react to a page."""
    page = (await library.pages_of(title))[number - 1]
    for reader in range(first, first + readers):
        await library.store.reactions.toggle(await library.id_of(title), reader, "🔥", page=page)


async def card_text(library: Library, title: str) -> str:
    return text_of(await card_for(library.ann, library.channel, title))


async def test_the_card_shows_what_moved_readers_from_five_on(library: Library) -> None:
    await give(library, "Lighthouse", 3, 4)
    await library.store.reactions.toggle(await library.id_of("Lighthouse"), 7, "🔥")  # to the story, not to a page
    assert "Most-loved moments" not in await card_text(library, "Lighthouse")
    page = shown(await read_at(library, library.ben, story="Lighthouse", page=3))
    panel = shown(await library.ben.click(page, label="React"))
    await library.ben.click(panel, custom_id=reaction_id(panel, "😭"))
    said = await card_text(library, "Lighthouse")
    assert "Most-loved moments\n▁▁▁███▁▁▁▁▁▁\nThe biggest reaction is about 40% in." in said


async def test_readers_who_were_moved_in_different_places_are_not_told_apart(library: Library) -> None:
    for number in range(1, 7):
        await give(library, "Lighthouse", number, 4, 1000 * number)
    assert await library.store.heats.find(await library.id_of("Lighthouse")) is None


async def test_the_hottest_part_is_named_with_its_chapter(library: Library) -> None:
    await give(library, "Ferry", 3, 6)
    await give(library, "Ferry", 5, 11, 2000)
    said = await card_text(library, "Ferry")
    assert "▁▁▁▁▅▅▁▁███▁\nThe biggest reaction is about 75% in, in Chapter 3." in said


async def test_taken_back_reactions_cool_a_story(library: Library) -> None:
    await give(library, "Lighthouse", 3, 6)
    await give(library, "Lighthouse", 3, 1)
    assert await library.store.heats.find(await library.id_of("Lighthouse")) is not None, "five are left"
    await give(library, "Lighthouse", 3, 1, 1001)
    assert await library.store.heats.find(await library.id_of("Lighthouse")) is None


async def test_a_part_keeps_its_heat_when_the_text_before_it_grows(library: Library) -> None:
    await give(library, "Lighthouse", 4, 5)
    before = await library.store.heats.find(await library.id_of("Lighthouse"))
    more = "\n\n".join(f"On day {day} it rained, and nobody wrote it down but Orla." for day in range(200))
    await library.load({"lighthouse.txt": samples.LIGHTHOUSE.replace("----\n\n", f"----\n\n{more}\n\n")})
    after = await library.store.heats.find(await library.id_of("Lighthouse"))
    assert before is not None and after is not None and after.percent > before.percent


def test_a_bar_is_as_high_as_its_part_is_hot() -> None:
    counts = {3: 70, 4: 35, 5: 5, 6: 5, 8: 69, 9: 1}
    assert heat_strip(Heat(tuple(counts.get(part) for part in range(PARTS)), ChapterName(number=1))) == "▁█▅▂█▁▁▁▁▁▁▁"
