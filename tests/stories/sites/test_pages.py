"""Pages copied from sites: the story and who wrote it are read, what others say is not; other texts stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Story, read_story
from bot.stories.metadata import value_of
from bot.stories.sections.blocks import split
from bot.stories.sites import without_sites
from tests.stories.sites.pasted import (
    COUNTED_FICBOOK,
    DISCORD,
    EFP,
    EFP_BELOW,
    FANFIKTION,
    FICBOOK,
    OLD_REDDIT,
    REDDIT,
    REDDIT_POST,
    SPIRIT,
    TALE,
    TITLED_EFP,
    WATTPAD,
)


def read(text: str) -> Story:
    return read_story(text.encode(), "0001.txt")


@pytest.mark.parametrize(
    ("page", "title", "author"),
    [
        (OLD_REDDIT, "The Lamp That Rested", "wick_fen"),
        (FICBOOK, "Лампа отдыхает", "Тихая Заводь"),
        (EFP, "La lampada riposa", "Ninfa di mare"),
        (SPIRIT, "A lâmpada descansa", "maresia"),
        (FANFIKTION, "Die Lampe ruht", "Wattfaden"),
        (TITLED_EFP, "La lampada riposa", "Ninfa di mare"),
        (EFP_BELOW, "La lampada riposa", "Ninfa di mare"),
        (COUNTED_FICBOOK, "Лампа отдыхает", "Тихая Заводь"),
        (REDDIT_POST, "The Lamp That Rested", "wick_fen"),
    ],
    ids=[
        *("old-reddit", "ficbook", "efp", "spirit", "fanfiktion", "titled-efp", "efp-below"),
        *("counted-ficbook", "reddit-post"),
    ],
)
def test_a_page_is_read_as_its_author_posted_it(page: str, title: str, author: str) -> None:
    story = read(page)
    assert (story.title, story.author) == (title, author)
    assert story.chapters[0].prose == TALE
    assert len(story.chapters) == 1


def test_the_story_among_comments_is_the_longest_and_what_others_say_is_left_out() -> None:
    story = read(REDDIT)
    assert (story.author, story.chapters[0].prose) == ("wick_fen", TALE)
    notes = " ".join(story.all_notes)
    assert "[WP] You are the last keeper" in notes
    assert "Glad you liked it" in notes
    assert "The kettle! Thank you" not in notes


def test_of_a_discord_channel_only_what_the_author_posted_is_taken() -> None:
    story = read(DISCORD)
    assert (story.author, story.chapters[0].prose, story.is_named) == ("wick_fen", TALE, False)
    assert story.notes_before == ("ok so this is unedited and I'm on mobile, sorry",)
    assert "omg" not in " ".join(story.all_notes)


@pytest.mark.parametrize(
    ("page", "rating"), [(FICBOOK, "PG-13"), (SPIRIT, "12 anos"), (FANFIKTION, "P12")], ids=["ficbook", "spirit", "de"]
)
def test_a_page_says_for_whom_the_story_is(page: str, rating: str) -> None:
    assert value_of(read(page).metadata, "rating") == rating


@pytest.mark.parametrize(
    ("page", "summary"),
    [
        (FICBOOK, "Лампа не горит неделю."),
        (EFP, "[La lampada è spenta da una settimana.]"),
        (SPIRIT, "A lâmpada está apagada há uma semana."),
        (FANFIKTION, "Die Lampe ist seit einer Woche aus."),
    ],
    ids=["ficbook", "efp", "spirit", "fanfiktion"],
)
def test_a_page_says_what_the_story_is_about(page: str, summary: str) -> None:
    assert read(page).summary == summary


CHAT = """[9:02 PM] wick: is anybody up
[9:02 PM] mara: no
[9:03 PM] wick: the lamp has gone out again
[9:03 PM] mara: then light it
[9:04 PM] wick: it says it is resting"""


def test_a_chat_in_a_story_keeps_every_voice() -> None:
    assert all(line.split(": ")[1] in read(CHAT).chapters[0].prose for line in CHAT.splitlines())


def test_a_message_in_a_story_is_the_story() -> None:
    letter = "From: Ann\nTo: Elm\nSubject: the river\n"
    assert "From: Ann" in read(f"{TALE}\n\n{letter}\n{TALE}\n").chapters[0].prose


def test_a_page_of_a_phone_says_title_author_rating_and_chapter() -> None:
    head = "Home > Books > Harbour > The Lamp\nby wick-fen"
    details = "K+, English, Humor, Mara, words: 2k+, favs: 8, follows: 2, updated: 3/4/2021"
    story = read(f"{head}\n{details}\n\n4. Kettles\n\n{TALE}\n\n« Prev   Ch 4 of 6   Next »")
    assert (story.title, story.author, value_of(story.metadata, "rating")) == ("The Lamp", "wick-fen", "K+")
    assert (story.chapters[0].title, story.chapters[0].prose) == ("Kettles", TALE)


@pytest.mark.parametrize("text", [TALE, f"The Lamp\nby wick_fen\n\n{TALE}", f"Title: Snow\nRating: G\n\n{TALE}"])
def test_what_is_no_page_stays_as_it_is(text: str) -> None:
    blocks = split(text)
    assert without_sites(blocks) == blocks


PAGES = (
    *(REDDIT, OLD_REDDIT, FICBOOK, EFP, SPIRIT, FANFIKTION, TITLED_EFP, EFP_BELOW),
    *(COUNTED_FICBOOK, REDDIT_POST, WATTPAD),
)


@given(st.sampled_from(PAGES), st.integers(0, 60), st.integers(0, 60))
def test_of_a_page_cut_anywhere_the_story_stays(page: str, above: int, below: int) -> None:
    """Whoever copies a page begins and ends where they like; no sentence of the story may be lost."""
    lines = page.splitlines()
    first, last = (
        next(n for n, line in enumerate(lines) if line == end) for end in (TALE.split("\n")[0], TALE.split("\n")[-1])
    )
    kept = "\n".join(lines[min(above, first) : max(len(lines) - below, last + 1)])
    story = read(kept)
    said = "\n".join([*(chapter.prose for chapter in story.chapters), *story.all_notes, story.summary or ""])
    assert all(sentence in said for sentence in TALE.split("\n\n"))
