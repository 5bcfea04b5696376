"""What labels are about, whether there is more to come, and what the writer wishes."""

from __future__ import annotations

import pytest

from bot.stories import read_story
from bot.stories.metadata import field_of, value_of
from bot.stories.status import read_status
from bot.stories.wishes import Servers, read_wishes

# Labels that Archive of Our Own's downloads and FanFicFare's title pages have.
EXPORTED = {
    "rating": "rating",
    "archive warning": "warnings",
    "archive warnings": "warnings",
    "fandom": "fandoms",
    "fandoms": "fandoms",
    "relationship": "relationships",
    "relationships": "relationships",
    "characters": "characters",
    "additional tags": "tags",
    "freeform tags": "tags",
    "language": "language",
    "series": "series",
    "genre": "genres",
    "status": "status",
    "published": "published",
    "updated": "updated",
    "completed": "completed",
    "chapters": "chapters",
}


@pytest.mark.parametrize(("label", "field"), EXPORTED.items())
def test_what_archives_export_maps_one_to_one(label: str, field: str) -> None:
    assert field_of(label, "x") == field


@pytest.mark.parametrize(
    ("value", "field"),
    [("F/F", "categories"), ("Gen, M/M", "categories"), ("Multi", "categories"), ("Harbour Tales", "fandoms")],
)
def test_a_category_is_who_loves_whom_or_a_fandom(value: str, field: str) -> None:
    assert field_of("category", value) == field


def test_what_several_labels_say_is_kept_together() -> None:
    assert value_of({"tags": "Rain", "fandom": "Reeds", "additional tags": "Tea", "cw": " "}, "tags") == "Rain; Tea"
    assert value_of({"cw": " "}, "warnings") is None


@pytest.mark.parametrize(
    ("stated", "status"),
    [
        ("Complete", "complete"),
        ("COMPLETED!", "complete"),
        ("Incomplete", "in progress"),
        ("not complete", "in progress"),
        ("WIP", "in progress"),
        ("In-Progress", "in progress"),
        ("work in progress, updates Mondays", "in progress"),
        ("One-shot, complete", "one-shot"),
        ("oneshot", "one-shot"),
        ("Abandoned", "abandoned"),
        ("Discontinued", "abandoned"),
        ("on hiatus", "on hiatus"),
        ("en cours", "in progress"),
        ("Abgeschlossen", "complete"),
        ("who knows", None),
    ],
)
def test_a_stated_status_is_understood(stated: str, status: str | None) -> None:
    assert read_status({"status": stated}, 3, "The End") == status


@pytest.mark.parametrize(
    ("metadata", "chapters", "end", "status"),
    [
        ({}, 1, None, "one-shot"),
        ({}, 1, "TBC", "in progress"),
        ({}, 1, "-To be continued...-", "in progress"),
        ({}, 4, None, None),
        ({}, 4, "The End", "complete"),
        ({"chapters": "3/?"}, 3, None, "in progress"),
        ({"chapters": "3/7"}, 3, "The End", "in progress"),
        ({"chapters": "7/7"}, 7, None, "complete"),
        ({"chapters": "1/1"}, 1, None, "one-shot"),
        ({"chapters": "12"}, 12, None, None),
        ({"completed": "2020-01-02"}, 5, None, "complete"),
        ({"complete": "no"}, 5, None, "in progress"),
    ],
)
def test_without_a_status_the_file_lets_one_see(
    metadata: dict[str, str], chapters: int, end: str | None, status: str | None
) -> None:
    assert read_status(metadata, chapters, end) == status


@pytest.mark.parametrize(
    ("said", "servers"),
    [
        ("all", "all"),
        ("Everywhere", "all"),
        ("this one", "this"),
        ("123456789012345678", (123456789012345678,)),
        ("123456789012345678, 223456789012345678 and 123456789012345678", (123456789012345678, 223456789012345678)),
        ("this one and 123456789012345678", (123456789012345678,)),
        ("my friends'", "this"),
    ],
)
def test_where_a_story_shows_is_a_wish(said: str, servers: Servers) -> None:
    assert read_wishes({"servers": said}).servers == servers


def test_what_is_not_said_is_not_wished() -> None:
    wishes = read_wishes({})
    assert (wishes.quote, wishes.vote, wishes.share, wishes.download, wishes.servers) == (True, True, True, False, None)
    unclear = read_wishes(dict.fromkeys(("quotes", "votes", "sharing", "downloads"), "perhaps"))
    assert not (unclear.quote or unclear.vote or unclear.share or unclear.download)


@pytest.mark.parametrize(
    ("said", "wished"),
    [("no", False), ("No", False), ("false", False), ("yes", True), ("1,204", True), ("please!", True)],
)
def test_readers_may_leave_reviews_unless_a_plain_no_says_otherwise(said: str, wished: bool) -> None:
    assert read_wishes({"reviews": said}).review is wished
    assert (field_of("reviews", said) is None) is (said in ("1,204", "please!"))


def test_the_wishes_of_a_text_file_are_labelled_lines() -> None:
    text = "Title: Tea\nQuotes: no\nSharing: no\nServers: this one\n\nThe tea was cold, and nobody said so.\n"
    wishes = read_wishes(read_story(text.encode(), "tea.txt").metadata)
    assert not wishes.quote and not wishes.share and wishes.servers == "this"
