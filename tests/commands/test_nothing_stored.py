"""A full disk, or one that may not be written to: reading goes on, and what would store something says why not."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import cast, get_args

import pytest
from simcord.results import InteractionResult

from bot.errors import NothingStored
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from tests import samples
from tests.full_disk import Trouble, nothing_stored
from tests.library import Library
from tests.reviewing import GOOD
from tests.screens import behind_more, go_to, read_at, surprise, to_last
from tests.seen import Message, buttons_of, footer_of, ids_by_label, options_of, reaction_id, shown, text_of
from tests.votes import votes_of

UNKEPT = "I can't keep your place right now"
UNSTORED = "I can't store anything right now. You can still read. Try this again later."


@pytest.fixture(params=get_args(Trouble))
async def disk(
    request: pytest.FixtureRequest, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Disk]:
    monkeypatch.setattr("bot.services.reactions.AGAIN_SECONDS", 60.0)  # longer than an answer is waited for
    async with AsyncExitStack() as trouble:
        yield Disk(library, tmp_path / "oneshot.db", cast("Trouble", request.param), trouble)


class Disk:
    """The disk with the database."""

    def __init__(self, library: Library, path: Path, trouble: Trouble, stack: AsyncExitStack) -> None:
        self._library, self._path, self._stack = library, path, stack
        self._trouble: Trouble = trouble

    async def fill(self) -> None:
        """From now on it takes nothing."""
        await self._stack.enter_async_context(nothing_stored(self._library.store, self._path, self._trouble))

    async def free(self) -> None:
        """It takes everything again."""
        await self._stack.aclose()


@pytest.fixture(autouse=True)
def short_log(library: Library, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does while the clock stands, the log says once what is wrong, and has no traceback."""
    yield
    said = [each for each in caplog.get_records("call") if each.levelno >= logging.WARNING]
    assert [each.getMessage().split(":")[0] for each in said if each.name == "bot.store.database"] in (
        [],
        ["Nothing can be stored"],
    )
    assert not any(each.exc_info for each in said)


async def place_of(library: Library, reader: int, story: str = "Lighthouse") -> int | None:
    """Where a reader is in a story, in characters."""
    place = await library.store.places.of(reader, await library.id_of(story))
    return place.spot.offset if place else None


async def test_a_story_opens_and_turns_and_each_page_says_that_its_place_is_not_kept(
    library: Library, disk: Disk
) -> None:
    await read_at(library, library.ann, story="Lighthouse", page=2)
    kept = await place_of(library, library.ann.id)
    await disk.fill()

    page = shown(await library.ann.slash(library.channel, "read"))
    assert "Page 2 of 6" in footer_of(page) and footer_of(page).endswith(UNKEPT)
    for label, number in (("Next", 3), ("Next", 4), ("Back", 3)):
        page = shown(await library.ann.click(page, label=label))
        assert f"Page {number} of 6" in footer_of(page) and footer_of(page).endswith(UNKEPT)
    first = shown(await library.ben.slash(library.channel, "read", story="Ferry"))
    assert "Page 1 of" in footer_of(first) and footer_of(first).endswith(UNKEPT)
    assert await place_of(library, library.ann.id) == kept and await place_of(library, library.ben.id, "Ferry") is None

    await disk.free()
    page = shown(await library.ann.click(page, label="Next"))
    assert "Page 4 of 6" in footer_of(page) and UNKEPT not in footer_of(page)
    again = shown(await library.ann.slash(library.channel, "read"))
    assert "Page 4 of 6" in footer_of(again) and UNKEPT not in footer_of(again)


async def test_a_story_is_read_to_its_end_and_jumped_in(library: Library, disk: Disk) -> None:
    await library.store.reading_lists.put(library.ann.id, await library.id_of("Ferry"), "later")
    await disk.fill()
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    there = await go_to(library.ann, page, "5")
    assert footer_of(there) == "Visiting page 5 of 6", "a visit keeps no place anyway"
    last = await to_last(library.ann, page)
    assert "The end" in footer_of(last) and footer_of(last).endswith(UNKEPT)
    offered = shown(await library.ann.click(last, label="Next"))
    assert offered.embeds[0].title == "What next?"
    picked = shown(await library.ann.select(offered, [options_of(offered)["The Ferry of Words"]]))
    assert "Chapter 1 of 3" in footer_of(picked) and footer_of(picked).endswith(UNKEPT)
    assert await place_of(library, library.ann.id) is None


async def test_a_warned_story_opens(library: Library, disk: Disk) -> None:
    grim = samples.sized("Grim", 4).replace("\n\n", "\n\nWarnings: Major Character Death\n\n", 1)
    await library.load({"grim.txt": grim})
    settings = shown(await library.ann.slash(library.channel, "settings"))
    modal = await library.ann.click(shown(await library.ann.click(settings, label="More")), label="Warnings…")
    await library.ann.submit_modal(modal, {"warnings": "all"})
    await disk.fill()
    asked = shown(await library.ann.slash(library.channel, "read", story="Grim"))
    page = shown(await library.ann.click(asked, label="Show me"))
    assert "Page 1 of 5" in footer_of(page) and footer_of(page).endswith(UNKEPT)


async def test_quotes_are_drawn_though_no_deck_is_kept(library: Library, disk: Disk) -> None:
    await disk.fill()
    for options in (
        {},
        {"story": "Lighthouse"},
        {"author": "Orla Venn"},
        {"containing": "bottle"},
        {"length": "short"},
    ):
        quote = shown(await library.ann.slash(library.channel, "quote", spoilers=True, **options))
        assert text_of(quote) and "Another" in buttons_of(quote), options
    drawn = {text_of(shown(await library.ann.slash(library.channel, "quote", spoilers=True))) for _ in range(12)}
    assert len(drawn) > 3, "by chance"
    quote = shown(await library.ann.slash(library.channel, "quote", story="Lighthouse"))
    others = {text_of(shown(await library.ann.click(quote, label="Another"))) for _ in range(12)}
    assert len(others) > 1 and all("The Lighthouse Post" in each for each in others)


async def test_a_story_without_quotes_is_still_told(library: Library, disk: Disk) -> None:
    await library.load({"hm.txt": samples.QUIET})
    await disk.fill()
    assert "quote" in library.refused(await library.ann.slash(library.channel, "quote", story="Hm"))


async def test_searches_and_lists_come_and_their_other_pages_are_refused_in_one_sentence(
    library: Library, disk: Disk
) -> None:
    await library.load(samples.shelf(8))
    await disk.fill()
    found = shown(await library.ann.slash(library.channel, "search", text="letter"))
    assert "letter" in text_of(found).casefold()
    assert "expired" in library.refused(await library.ann.click(found, label="Next"))
    card = shown(await surprise(library.ann, library.channel))
    assert "Read" in buttons_of(card)
    listed = shown(await library.ann.slash(library.channel, "stories", author="Tam Sell"))
    assert "The Ferry of Words" in text_of(listed)
    assert "expired" in library.refused(await library.ann.click(listed, label="More"))
    whole = shown(await library.ann.slash(library.channel, "stories"))
    assert "Letter" in text_of(shown(await library.ann.click(whole, label="Next"))), "it has no filter to keep"


async def test_a_list_whose_filter_is_kept_already_is_turned(library: Library, disk: Disk) -> None:
    await library.load(samples.shelf(8))
    options = {"sort": "longest"}
    await library.ann.slash(library.channel, "stories", **options)
    library.clock.forward(2 * 24 * 60 * 60)
    await disk.fill()
    listed = shown(await library.ann.slash(library.channel, "stories", **options))
    assert "Letter" in text_of(shown(await library.ann.click(listed, label="Next")))


def says_so(library: Library, result: InteractionResult) -> bool:
    return library.refused(result) == UNSTORED


async def test_what_would_store_something_says_in_one_sentence_that_it_cannot(library: Library, disk: Disk) -> None:
    last = shown(await read_at(library, library.ann, story="Lighthouse", page=6))
    page = shown(await read_at(library, library.ben, story="Lighthouse", page=2))
    bookmark = await behind_more(library.ben, page, "Bookmark")
    review = await library.ann.click(last, label="Review")
    await disk.fill()
    for _ in range(2):
        assert says_so(library, await library.ann.click(last, label="I want more"))
        assert says_so(library, await library.ann.click(last, custom_id=reaction_id(last, "🔥")))
    assert says_so(library, await library.ben.submit_modal(bookmark, {"note": "here"}))
    handed_back = text_of(shown(await library.ann.submit_modal(review, {"text": GOOD})))
    assert UNSTORED in handed_back and GOOD in handed_back
    story = await library.id_of("Lighthouse")
    assert (await votes_of(library.store, story)).all == 0
    assert not await library.store.reactions.tally(story)

    await disk.free()
    await library.ann.click(last, label="I want more")
    await library.ann.click(last, custom_id=reaction_id(last, "🔥"))
    assert (await votes_of(library.store, story)).all == 1
    assert [each.readers for each in await library.store.reactions.tally(story)] == [1]


async def test_nobody_opens_a_thread_to_read_together(library: Library, disk: Disk) -> None:
    await disk.fill()
    before = len(library.env.backend.channels)
    assert says_so(library, await library.ann.slash(library.channel, "read", story="Lighthouse", together=True))
    assert len(library.env.backend.channels) == before


async def test_emoji_on_a_page_that_was_posted_meanwhile_count_when_there_is_room(library: Library, disk: Disk) -> None:
    await disk.fill()
    page: Message = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    assert not page.ephemeral and "Next" in ids_by_label(page)
    await library.ben.react(page, "🌟")
    await disk.free()
    await library.env.advance_time(60)
    tally = await library.store.reactions.tally(await library.id_of("Lighthouse"))
    assert [(each.emoji.key, each.readers) for each in tally] == [("🌟", 1)]


async def test_stories_that_cannot_be_written_stay_as_they_were(library: Library, disk: Disk) -> None:
    await disk.fill()
    (library.folder / "late.txt").write_text("Title: Late\n\nIt came when there was no room for it.\n", "utf-8")
    with pytest.raises(NothingStored):
        await load_folder(library.store, library.folder, read_here)
    assert "can't find" in library.refused(await library.ann.slash(library.channel, "read", story="Late"))
    assert "Page 1 of 6" in footer_of(shown(await library.ann.slash(library.channel, "read", story="Lighthouse")))
    await disk.free()
    await load_folder(library.store, library.folder, read_here)
    assert "no room for it" in text_of(shown(await library.ann.slash(library.channel, "read", story="Late")))
