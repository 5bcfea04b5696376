"""What sites put around a post is left out, and no line of a story. All is made up."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Story, read_story
from bot.stories.sections.blocks import split
from bot.stories.sites import without_sites
from bot.stories.sites.lines import SITES, is_of_site

TALE = (
    "The harbour was empty by noon, and a gull walked the length of the wall as if it had been asked to measure it.\n\n"
    '"You came back," she said.\n\n'
    "The lamp turned once above them, and did not turn again, and nobody in the whole town thought to ask her why."
)


@pytest.mark.parametrize("site", SITES)
def test_a_line_of_a_site_is_known(site: str) -> None:
    assert [line for line in SITES[site]["site"] if not is_of_site(line)] == []


@pytest.mark.parametrize("site", SITES)
def test_a_line_of_a_story_is_none_of_a_site(site: str) -> None:
    assert [line for line in SITES[site]["story"] if is_of_site(line)] == []


@pytest.mark.parametrize("site", SITES)
def test_no_pattern_takes_an_empty_line(site: str) -> None:
    assert [pattern for pattern in SITES[site]["gone"] if re.fullmatch(pattern, "")] == []


def read(text: str) -> Story:
    return read_story(text.encode(), "a1.txt")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "\n\n1,204 notes"),
        ("Cover by @tidepaint\n\n", "\n\n[ 1.2k words ]\n★ vote if you liked it"),
        ("", "\n\nshare save hide report"),
        ("", "\n\nFavorite : Story Author\nFollow : Story Author\nReview this Chapter\nYour review has been posted."),
        ("Join Date: May 2019\nPosts: 1,204\n03-14-2019, 09:22 PM\n\n", "\n\nReply With Quote"),
        ("", "\n\nKudos ♥\n\nBookmark\n\ninkgull and 12 guests left kudos on this work!"),
    ],
    ids=["tumblr", "wattpad", "reddit", "fanfiction-net", "forum", "archive"],
)
def test_what_a_site_puts_around_a_story_is_not_the_story(before: str, after: str) -> None:
    story = read(before + TALE + after)
    assert [chapter.prose for chapter in story.chapters] == [TALE]
    assert story.all_notes == ()


@pytest.mark.parametrize("line", ["Share", "Reply", "Comments", "Review", "Next"])
def test_a_word_of_a_button_amid_a_story_is_story(line: str) -> None:
    assert read(f"{TALE}\n\n{line}\n\n{TALE}").chapters[0].prose == f"{TALE}\n\n{line}\n\n{TALE}"


def test_the_middle_of_a_story_is_not_looked_at() -> None:
    lines = [f"It was the {n}th day, and the lamp was lit." for n in range(30)]
    text = "\n\n".join([*lines[:15], "12 notes", *lines[15:]])
    assert "12 notes" in read(text).chapters[0].prose


def test_a_line_of_a_site_amid_talk_is_story() -> None:
    talk = '"You rang for it," said Ottilie.\n\nhttps://ferry.example/timetable\n\n"So I did," said the ferryman.'
    assert read(talk).chapters[0].prose == talk


def test_the_head_of_a_site_ends_above_the_story() -> None:
    story = "O barco chegou vazio.\n\nNinguém desceu.\n\nAviso: cuidado com o degrau, dizia a placa.\n\nNinguém leu."
    assert read(f"A lâmpada\nEscrita por: maresia\n\n{story}").chapters[0].prose == story


def test_a_rule_that_comes_again_heads_no_signature() -> None:
    text = f"{TALE}\n\n--\n\n{TALE}\n\n--\n\nMorning came, and he was gone."
    assert read(text).chapters[0].prose.endswith("\n\n\nMorning came, and he was gone.")


def test_nothing_but_lines_of_a_site_is_the_story() -> None:
    blocks = split("Keep reading\n\n12 notes")
    assert without_sites(blocks) == blocks


@given(
    st.lists(
        st.sampled_from([line for table in SITES.values() for line in (*table["site"], *table["story"])]), max_size=8
    )
)
def test_the_story_stays_whatever_lines_stand_above_it(lines: list[str]) -> None:
    tale = "Once there was a lamp, and it went out in the middle of the longest night of the year."
    kept = without_sites(split("\n\n".join([*lines, tale])))
    assert kept[-1].lines == (tale,)
