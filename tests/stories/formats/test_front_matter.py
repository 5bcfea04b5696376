"""Front matter: what a writer states before the story wins over its text, and nothing hostile in it does harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused, Story, read_story
from bot.stories.formats.front_matter import MAX_BYTES, read_front_matter
from bot.stories.visible import visible_line

FOX = "The fox came down to the water at dusk, when the herons had gone, and looked across for a long time."


def read(front: str, text: str = FOX, name: str = "a.md") -> Story:
    return read_story(f"---\n{front}\n---\n\n{text}\n".encode(), name)


FULL = """\
id: the-other_Bank2
title: "The Other Bank: a tale"
author: [Ilse Reed, Tom Sell]
summary: >
  A fox wants
  to cross.
language: English
rating: T
tags: [Fluff, "Angst: light"]
warnings:
  - None
fandom: Original Work
characters: [Fox]
relationships: Fox/Otter
status: complete
published: 2024-05-01
updated: 2024-06-02
series: {name: Rivers, part: 2}
genre: Fable
content_warnings: rain
notes_before: |
  My first!

  Be kind.
notes_after: [Thanks., Bye.]
"""


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.txt"])
def test_every_key_says_what_it_says(name: str) -> None:
    story = read(FULL, name=name)
    assert (story.id, story.title, story.author) == ("the-other_Bank2", "The Other Bank: a tale", "Ilse Reed, Tom Sell")
    assert (story.summary, story.language) == ("A fox wants to cross.", "English")
    assert story.metadata == {
        "language": "English",
        "rating": "T",
        "tags": "Fluff, Angst: light",
        "warnings": "None",
        "fandom": "Original Work",
        "characters": "Fox",
        "relationships": "Fox/Otter",
        "status": "complete",
        "published": "2024-05-01",
        "updated": "2024-06-02",
        "series": "name: Rivers; part: 2",
        "genre": "Fable",
        "content warnings": "rain",
    }
    assert (story.notes_before, story.notes_after) == (("My first!", "Be kind."), ("Thanks.", "Bye."))
    assert story.chapters[0].prose == FOX
    assert story.warnings == ()


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("1984", "1984"),
        ("No", "No"),
        ("1:30", "1:30"),
        ("0x1F", "0x1F"),
        ("2024-05-01", "2024-05-01"),
        ("1.10", "1.10"),
        ("Letter #4", "Letter #4"),
        ("Letter # a comment", "Letter"),
        ('"Letter #4" # a comment', "Letter #4"),
        ('"a\\nb  c"', "a b c"),
        ("a\n  b", "a b"),
        ('"\\0a\\uFDD0b\\uFEFF"', "ab"),
        ("Été 🦊 العربية", "Été 🦊 العربية"),
        ("'it''s'", "it's"),
    ],
)
def test_a_value_is_the_text_that_stands_there(written: str, title: str) -> None:
    assert read(f"title: {written}").title == title


@pytest.mark.parametrize("empty", ["", "~", "null", '""', "[]"])
def test_an_empty_value_says_nothing(empty: str) -> None:
    story = read(f"summary: {empty}\nrating: {empty}\nnotes_before: {empty}")
    assert (story.summary, story.metadata, story.notes_before) == (None, {}, ())


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("Titre", "title"),
        ("Written By", "author"),
        ("description", "summary"),
        ("A/N", "before"),
        ("end notes", "after"),
    ],
)
def test_keys_may_be_the_labels_of_a_text(key: str, kind: str) -> None:
    story = read(f"{key}: Zebra")
    said = {
        "title": story.title,
        "author": story.author,
        "summary": story.summary,
        "before": "".join(story.notes_before),
        "after": "".join(story.notes_after),
    }
    assert said[kind] == "Zebra"


def test_front_matter_wins_and_the_words_it_takes_the_place_of_are_kept() -> None:
    text = f"# Old\n\nby Tom Sell\n\nSummary: It was so.\n\nRating: K\n\nA/N: Hi.\n\n----\n\n{FOX}\n\nA/N: Bye."
    story = read("title: New\nauthor: Ilse\nsummary: So.\nrating: M\nnotes_before: First\nnotes_after: Last", text)
    assert (story.title, story.author, story.summary) == ("New", "Ilse", "So.")
    assert story.metadata == {"rating": "M; K", "title": "Old", "author": "Tom Sell", "summary": "It was so."}
    assert (story.notes_before, story.notes_after) == (("First", "Hi."), ("Bye.", "Last"))


def test_what_the_text_says_again_is_said_once() -> None:
    story = read(
        "title: The Bank\nauthor: Ilse Reed, Tom Sell\nrating: T", f"# The bank\n\nby Ilse Reed\n\nRating: T\n\n{FOX}"
    )
    assert (story.title, story.metadata) == ("The Bank", {"rating": "T"})


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: T\nid: a b", r"line 3: `id` must be"),
        ("id: ../../etc", r"line 2: `id` must be"),
        (f"id: {'a' * 65}", r"line 2: `id` must be"),
        ("id: [a]", r"line 2: `id` must be text"),
        ("\ntitle: [a, b]", r"line 3: `title` must be text"),
        ("title: {a: b}", r"line 2: `title` must be text"),
        ("summary: {a: b}", r"line 2: `summary` must be text"),
        ("title: a\nTitle: b", r"line 3: `Title` is given twice"),
        ("title: a: b", r"line 2: .*quotation marks"),
        ("title: a\nauthor: 'b", r"line \d+: "),
        ("title: @a", r"line 2: "),
        ("title: *The Fox*", r"line 2: .*quotation marks"),
        ("a: &a [x, x]\nb: *a", r"line 2: .*quotation marks"),
        ("title: !!python/object/apply:os.system ['true']", r"line 2: .*quotation marks"),
        ("title: !new", r"line 2: .*quotation marks"),
        ("title: \ttab\n\tb: c", r"line 2: "),
        (f"tags: {'[' * 500}", r"line 2: lists in lists"),
        (f"tags: {'- ' * 500}", r"line 2: "),
        ("title: a\n? [b]\n: c", r"line 3: a key must be a word"),
        (f"title: {'a' * MAX_BYTES}", r"65,5\d\d bytes"),
        ("title: \x7f", r"characters that YAML does not allow"),
    ],
)
def test_what_is_wrong_is_refused_by_key_and_line(front: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        read(front)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{FOX}\n\n---\n\n{FOX}",
        f'---\n"No," she said: "never."\n---\n\n{FOX}',
        f"---\n{FOX}",
        f"---\ntitle: Zebra\n\n{FOX}",
        f"--- title: Zebra\n---\n\n{FOX}",
        f"\n---\ntitle: Zebra\n---\n\n{FOX}",
        "---\n" + "\n" * 45 + f"{FOX}\n---\n\n{FOX}",  # many ways to part blank lines, of which one is enough
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_a_rule_at_the_start_is_no_front_matter(text: str, name: str) -> None:
    assert read_front_matter(text.encode(), or_text=name == "a.txt") == (None, text.encode())
    assert "The fox came down" in "".join(chapter.prose for chapter in read_story(text.encode(), name).chapters)


def test_labelled_lines_between_rules_of_a_plain_text_are_read_as_before() -> None:
    story = read("Title: Banks: a tale\nRating: M\nSummary: A fox\nwants to cross", name="a.txt")
    assert (story.title, story.metadata, story.summary) == ("Banks: a tale", {"rating": "M"}, "A fox wants to cross")


@pytest.mark.parametrize("end", ["---", "...", "---  "])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_ends_of_lines_and_of_front_matter_may_differ(end: str, line: str) -> None:
    text = f"---\ntitle: Zebra\n{end}\n{FOX}\n".replace("\n", line)
    assert read_story(text.encode(), "a.md").title == "Zebra"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_front_matter_is_read_in_the_encoding_of_the_file(encoding: str) -> None:
    text = f"---\ntitle: Été à la forêt\n---\n\n{FOX} « Où vas-tu ? » demanda la loutre, déjà loin, près de la forêt."
    story = read_story(text.encode(encoding), "a.md")
    assert story.title == "Été à la forêt"
    assert "« Où vas-tu ? »" in story.chapters[0].prose
    assert any("UTF-8" in warning for warning in story.warnings) == (encoding == "cp1252")


def test_front_matter_alone_is_no_story() -> None:
    with pytest.raises(Refused, match="no story"):
        read("title: Zebra", "")


@given(st.text(st.sampled_from("ab:-#[]{}&*!|>'\"%@`,?~ \n\t\\é🦊"), max_size=120))
def test_any_front_matter_is_read_or_refused_in_one_line(front: str) -> None:
    try:
        story = read(f"a: {front}")
    except Refused as refusal:
        assert "\n" not in str(refusal)
    else:
        assert story.chapters


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufeff\u2028\u2029"), min_size=1)
)
def test_any_title_in_quotation_marks_comes_back(title: str) -> None:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    wanted = visible_line(" ".join(title.split()))
    assert wanted is None or read(f'title: "{quoted}"\nauthor: A').title == wanted


# -- other ways to write it ----------------------------------------------------


def test_plus_signs_without_a_key_are_an_ornament() -> None:
    assert read_story(b"+++\n\nThe fox came.\n\n+++\n\nThe otter slept.\n", "a.md").title != "+++"
    assert len(read_story(b"The fox.\n\n+++\n\nThe otter.\n", "a.txt").chapters) == 1
