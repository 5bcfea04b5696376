"""No title, label or note around a story makes prose of it into a note."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Story, read_story

NOUNS = ["lamp", "rope", "ferry", "kettle", "orchard", "ladder", "bell", "window", "goose", "ledger", "coat", "candle"]
VERBS = ["carried", "mended", "forgot", "counted", "watched", "painted", "followed", "buried", "remembered", "borrowed"]
PEOPLE = ["Mara", "Ines", "Penhale", "Tam", "Ruth", "Corin", "Wend"]
PLACES = ["by the wall", "in the yard", "under the stairs", "along the quay", "before the frost", "on the hill"]

nouns, verbs, people, places = (st.sampled_from(words) for words in (NOUNS, VERBS, PEOPLE, PLACES))
sentences = st.one_of(
    st.builds("{} {} the {} {}.".format, people, verbs, nouns, places),
    st.builds("The {} stood {}, and {} {} it.".format, nouns, places, people, verbs),
    st.builds("She {} the {}, and then she {} the {} {}.".format, verbs, nouns, verbs, nouns, places),
)
telling = st.lists(sentences, min_size=2, max_size=6).map(" ".join)
talk = st.builds('"You {} the {}," said {}.'.format, verbs, nouns, people)
in_dialogue = st.lists(st.one_of(telling, telling, talk), min_size=4, max_size=10)
narrated = st.lists(telling, min_size=4, max_size=10)
stories = st.one_of(narrated, in_dialogue).filter(lambda paragraphs: len(" ".join(paragraphs).split()) >= 80)

TITLES = st.sampled_from(
    (
        "The Ferry Left",
        "the last ferry out",
        "and then the sea...",
        "Hold the door!",
        "Who Feeds the Goose?",
        "HOLD THE LAMP!!!",
        '"Mind the Goose"',
        "1911",
        "Le jardin sous la gare",
        "Трамвай до моря",
        "卖风的人",
        "*Ink*",
        "a small account of the tide and of all who owed it something",
    )
)
LABELS = st.sampled_from(
    (
        "Rating: G",
        "Disclaimer: I own nothing.",
        "Author: inkgull\nRating: PG",
        "Summary: A ferry is late.",
        "Fandom: The Lantern Coast\nPairing: none",
        "by inkgull",
    )
)
NOTES_BEFORE = st.sampled_from(
    (
        "A/N: written on a bus.",
        "Author's Note: This is my first fic, please be gentle!",
        "Hi everyone! I hope you enjoy this one.",
        "(A/N: unbetaed, all mistakes are mine)",
    )
)
NOTES_AFTER = st.sampled_from(
    (
        "A/N: Thanks for reading!",
        "Please review!",
        "Let me know if I should go on.",
        "Beta'd by the lovely Sparrowgrass. Thank you!",
        "THE END",
    )
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def prose_of(story: Story) -> list[str]:
    return words("\n\n".join(chapter.prose for chapter in story.chapters))


def stands_in(part: list[str], whole: list[str]) -> bool:
    """Whether the words of *part* stand in *whole* one after the other, with nothing between."""
    return any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


@given(
    stories,
    st.none() | TITLES,
    st.none() | LABELS,
    st.none() | NOTES_BEFORE,
    st.none() | NOTES_AFTER,
    st.sampled_from(("\n", "\n\n")),
)
def test_prose_stays_prose_whatever_stands_around_it(
    paragraphs: list[str], title: str | None, labels: str | None, before: str | None, after: str | None, gap: str
) -> None:
    head = gap.join(filter(None, (title, labels)))
    post = "\n\n".join(filter(None, (head, before, *paragraphs, after)))
    story = read_story(post.encode(), "0001.txt")
    assert stands_in(words(" ".join(paragraphs)), prose_of(story)), post


@given(stories, st.integers(1, 100), st.sampled_from(("(A/N: song starts here)", "[A/N: cue the song!]")))
def test_a_note_in_brackets_amid_the_story_takes_no_prose_with_it(paragraphs: list[str], place: int, note: str) -> None:
    at = 1 + place % (len(paragraphs) - 1)
    post = "\n\n".join((*paragraphs[:at], note, *paragraphs[at:]))
    shown = iter(prose_of(read_story(post.encode(), "0001.txt")))
    lost = [word for word in words(" ".join(paragraphs)) if word not in shown]
    assert not lost, post
