"""Stories as they were posted to newsgroups and mailing lists."""

from __future__ import annotations

import pytest

from bot.stories import Story, read_story

FOX = "The fox came down to the water at dusk, when the herons had gone, and looked across for a long time."
TALE = "\n\n".join([FOX] * 6)
HEAD = """Path: news.example.org!not-for-mail
From: {sender}
Newsgroups: alt.river.creative
Subject: {subject}
Date: 3 Mar 1997 10:11:12 GMT
References: <1@example.org>
    <2@example.org>
Lines: 120

"""


def read(text: str) -> Story:
    return read_story(text.encode(), "a1.txt")


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ("oak@example.org (Ann Oak)", "Ann Oak"),
        ("Ann Oak <oak@example.org>", "Ann Oak"),
        ('"Ann Oak" <oak@example.org>', "Ann Oak"),
        ("oak@example.org", "oak@example.org"),
    ],
)
@pytest.mark.parametrize("subject", ["Reed Song", "NEW: Reed Song (1/1) [PG]", "[River] Re: Reed Song 1/2"])
def test_the_head_of_a_message_says_title_and_author(sender: str, author: str, subject: str):
    story = read(HEAD.format(sender=sender, subject=subject) + f"{FOX}\n\n{FOX}\n")
    assert (story.title, story.author) == ("Reed Song", author)
    assert story.metadata == {"posted": "alt.river.creative", "published": "3 Mar 1997 10:11:12 GMT"}
    assert (story.chapters[0].prose, story.all_notes) == (f"{FOX}\n\n{FOX}", ())


def test_what_the_author_says_wins_over_the_head_and_a_signature_is_a_note():
    head = HEAD.format(sender="x@example.org", subject="story!!")
    story = read(f"{head}Title: Reed Song\nAuthor: Ann Oak\n\n{TALE}\n\n-- \nAnn Oak, by the river\n")
    assert (story.title, story.author) == ("Reed Song", "Ann Oak")
    assert (story.chapters[0].prose, story.notes_after) == (TALE, ("Ann Oak, by the river",))


def test_a_message_in_a_story_is_the_story():
    letter = "From: Ann\nTo: Elm\nSubject: the river\n"
    assert "From: Ann" in read(f"{FOX}\n\n{letter}\n{FOX}\n").chapters[0].prose
