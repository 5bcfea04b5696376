"""The pages of a draft are all of its text, in order, wherever one enters."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.draft_pages import contents_of, open_page
from bot.domain.uploads import Draft, Upload
from bot.stories.added_chapters import AddedChapter
from bot.stories.model import OpenPage, PageLength, Spot, Story
from bot.stories.read import read_story

LINE = "The *tide* came in at ten past {number}, as it had the day before, and nobody on the quay looked up for it."


@cache
def story(chapters: int = 4) -> Story:
    parts = ["Title: Tide Tables", "Author's note: Written by the sea."]
    for chapter in range(1, chapters + 1):
        parts += [f"Chapter {chapter}: Day {chapter}", *(LINE.format(number=n) for n in range(1, 5 + 9 * chapter))]
    return read_story("\n\n".join([*parts, "Author's note: Thank you."]).encode(), "tide.txt")


def walked(length: PageLength) -> list[OpenPage]:
    pages = [open_page(story(), Spot(1, 0), length)]
    while (following := pages[-1].following) is not None:
        pages.append(open_page(story(), following, length))
    return pages


@pytest.mark.parametrize("length", get_args(PageLength))
def test_turning_the_pages_shows_every_word_once_with_its_emphasis(length: PageLength) -> None:
    pages = walked(length)
    for position, chapter in enumerate(story().chapters, 1):
        own = [page for page in pages if page.spot.chapter == position]
        assert "".join(page.text for page in own) == chapter.prose
        assert sum(len(page.spans) for page in own) == len(chapter.spans) == chapter.prose.count("tide")
        assert all(page.text[span.start : span.end] == "tide" for page in own for span in page.spans)
        assert [page.number for page in own] == list(range(1, own[0].chapter.pages + 1))
    assert len(pages) == pages[0].story.pages > len(story().chapters)
    assert [page.previous for page in pages[1:]] == [page.spot for page in pages[:-1]]
    assert pages[-1].words_before + pages[-1].words == story().words
    assert [page.notes_before for page in pages if page.notes_before] == [("Written by the sea.",)]
    assert [page.notes_after for page in pages if page.notes_after] == [("Thank you.",)] and pages[-1].is_last


@given(st.integers(0, 10**18), st.integers(0, 10**18), st.sampled_from(get_args(PageLength)))
def test_any_spot_opens_the_page_that_holds_it_or_the_nearest(chapter: int, offset: int, length: PageLength) -> None:
    page = open_page(story(), Spot(chapter, offset), length)
    assert page in walked(length)
    assert (page.spot.chapter, page.spot.offset) <= (max(chapter, 1), offset)


@given(st.integers(1, 4), st.data())
def test_a_spot_within_a_page_opens_that_page(chapter: int, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(story().chapters[chapter - 1].prose) - 1))
    page = open_page(story(), Spot(chapter, offset), "phone")
    assert page.spot.chapter == chapter
    assert page.spot.offset <= offset < page.spot.offset + len(page.text)


@given(st.integers(0, 10**18), st.integers(1, 30))
def test_the_contents_around_any_chapter_are_full_and_in_order(around: int, limit: int) -> None:
    positions = [chapter.position for chapter in contents_of(story(12), around, limit)]
    assert positions == list(range(positions[0], positions[0] + min(limit, 12)))
    assert min(max(around, 1), 12) in positions and positions[0] >= 1 and positions[-1] <= 12


# -- its edition -------------------------------------------------------------------------------------

ADDED = AddedChapter("two.txt", b"It went.")
SENT = Upload("tide.txt", b"The tide came in.", {"title": "Tide"}, (ADDED,))
DRAFT = Draft(7, 1, 2, SENT, {}, wrote=True)


def test_an_edition_is_the_same_for_what_a_restart_finds_and_fits_a_custom_id() -> None:
    again = Draft(7, 1, 2, Upload("tide.txt", b"The tide came in.", {"title": "Tide"}, (ADDED,)), {}, wrote=True)
    assert again.edition == DRAFT.edition and 0 <= DRAFT.edition < 10**17
    assert replace(again, understood={"tags": "sea"}).edition == DRAFT.edition  # the bot says so, not the sender


@pytest.mark.parametrize(
    "other",
    [
        replace(DRAFT, user=3),
        replace(DRAFT, wrote=None),
        *(
            replace(DRAFT, upload=replace(SENT, **changed))
            for changed in (
                {"name": "tide.md"},
                {"data": b"The tide came on."},
                {"details": {"title": "Tides"}},
                {"chapters": ()},
                {"chapters": (replace(ADDED, data=b"It wept."),)},
                {"chapters": (replace(ADDED, title="II"),)},
                {"chapters": (ADDED, ADDED)},
            )
        ),
    ],
)
def test_whatever_else_was_sent_or_said_is_another_edition(other: Draft) -> None:
    assert other.edition != DRAFT.edition
