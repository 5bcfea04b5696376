"""Headings of chapters in twelve languages: their numbers, their titles, and the words with the number."""

from __future__ import annotations

import pytest

from bot.stories import Refused, Story, read_story
from bot.stories.model import ChapterName
from bot.stories.sections.headings import read_chapter

TALE = "The keeper went up at dusk and came down at dawn, and nobody asked him what he did there between the two."

Name = ChapterName


def read(*headings: str) -> Story:
    return read_story("\n\n".join(f"{heading}\n\n{TALE}" for heading in headings).encode(), "0001.txt")


def names(story: Story) -> list[ChapterName]:
    return [chapter.name for chapter in story.chapters]


def called(*titles: str) -> list[ChapterName]:
    """Names as a short list has them: ``2`` and ``2 Ice`` have a number, ``Prologue`` has none."""
    found: list[ChapterName] = []
    for title in titles:
        number, _, rest = title.partition(" ")
        found.append(Name(rest or None, int(number)) if number.isdigit() else Name(title))
    return found


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("Prologue", "Chapter 1", "Interlude: Rain", "Chapter 2: Ice", "Epilogue"),
         called("Prologue", "1", "Interlude: Rain", "2 Ice", "Epilogue")),
        (("Prologue: Snow", "Chapter One: Ice", "Chapter Two"), called("Prologue: Snow", "1 Ice", "2")),
        (("Prologue", "1. Brass", "2. Steel", "Epilogue"), called("Prologue", "1 Brass", "2 Steel", "Epilogue")),
        (("Chapter 12: The End", "Epilogue"), called("12 The End", "Epilogue")),
        (("Chapter 0", "Chapter 1"), called("0", "1")),
        (("Chapter 3.5: Snow", "Chapter 4"), called("Chapter 3.5: Snow", "4")),
        (("Chapter 1 & 2: Snow", "Chapter 3"), called("1 Snow", "3")),
        (("Chapter 1 of 3", "Chapter 2 of 3"), called("1", "2")),
        (("- 1 -", "- 2 -", "- 3 -"), called("1", "2", "3")),
        (("[1/3]", "[2/3]", "[3/3]"), called("1", "2", "3")),
        (("Chapter 1\n\nMIRA", "Chapter 2\n\nTOMAS"), called("1 MIRA", "2 TOMAS")),
        (("Prologue", "Chapitre premier", "Chapitre 2 : La neige", "Épilogue"),
         called("Prologue", "1", "2 La neige", "Épilogue")),
        (("CHAPITRE I La fille du gardien", "CHAPITRE II Le feu"), called("1 La fille du gardien", "2 Le feu")),
        (("1. La fille du gardien", "2. Le feu", "3. La mer et le sel"),
         called("1 La fille du gardien", "2 Le feu", "3 La mer et le sel")),
        (("Prólogo", "Capítulo 1: La sal", "Capítulo segundo"), called("Prólogo", "1 La sal", "2")),
        (("Prólogo", "Capítulo Um", "Interlúdio", "Capítulo Dois"), called("Prólogo", "1", "Interlúdio", "2")),
        (("Prolog", "Erstes Kapitel", "Kapitel 2: Das Meer", "Zwischenspiel"),
         called("Prolog", "1", "2 Das Meer", "Zwischenspiel")),
        (("Prologo", "Capitolo primo", "Capitolo 2 - Il mare"), called("Prologo", "1", "2 Il mare")),
        (("Пролог", "Глава 1. Буря", "Глава вторая", "Глава четвёртая"), called("Пролог", "1 Буря", "2", "4")),
        (("Prolog", "Rozdział pierwszy", "Rozdział 2: Morze"), called("Prolog", "1", "2 Morze")),
        (("プロローグ", "第一章　砂", "第２話　火", "終章"), called("プロローグ", "1 砂", "2 火", "終章")),
        (("一", "二", "三"), called("1", "2", "3")),
        (("楔子", "第一章 来信", "第二章", "番外：冬"), called("楔子", "1 来信", "2", "番外：冬")),
        (("تمهيد", "الفصل الأول", "الفصل ٢: البحر", "خاتمة"), called("تمهيد", "1", "2 البحر", "خاتمة")),
        (("Prolog", "Bab Satu", "BAB II", "Bab 3: Laut"), called("Prolog", "1", "2", "3 Laut")),
        (("Part 1", "Part 2"), [Name(None, 1, "Part 1"), Name(None, 2, "Part 2")]),
        (("Letter 1", "Letter 2: Home"), [Name(None, 1, "Letter 1"), Name("Home", 2, "Letter 2")]),
        (("Letter 1", "Letter 2", "Chapter 1", "Chapter 2"), called("Letter 1", "Letter 2", "1", "2")),
        (("Part One\n\nChapter 1: Snow", "Chapter 2", "Part Two\n\nChapter 1: Mud"),
         [Name("Part One · Snow", 1), Name(None, 2), Name("Part Two · Mud", 1)]),
        (("Часть первая", "Часть вторая"), [Name(None, 1, "Часть первая"), Name(None, 2, "Часть вторая")]),
    ],
    ids=lambda value: value[0] if isinstance(value[0], str) else "",
)  # fmt: skip
def test_a_chapter_is_called_what_its_author_calls_it(headings: tuple[str, ...], expected: list[ChapterName]) -> None:
    story = read(*headings)
    assert names(story) == expected
    assert [chapter.prose for chapter in story.chapters] == [TALE] * len(headings)


def test_what_stands_before_the_second_chapter_is_the_first_and_before_the_first_has_no_name() -> None:
    opening = " ".join([TALE] * 10)
    for first in (opening, "The ferry had no bell."):
        story = read_story(f"Title: Ferry\n\n{first}\n\nChapter 2\n\n{TALE}".encode(), "0001.txt")
        assert names(story) == called("1", "2")
        assert story.chapters[0].prose == first
    story = read_story(f"{opening}\n\nChapter 1\n\n{TALE}\n\nChapter 2\n\n{TALE}".encode(), "0001.txt")
    assert names(story) == [Name(), *called("1", "2")]


def test_numbers_that_begin_anew_have_no_last() -> None:
    assert read("Chapter 1", "Chapter 2", "Epilogue").last_number == 2
    assert read("Part One\n\nChapter 1", "Chapter 2", "Part Two\n\nChapter 1", "Chapter 2").last_number is None


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 3 of the book was missing, and so was the fox.",
        "Part two of the plan went wrong.",
        "Bab i was what the sheep said.",
        "第二天",
        "三夜",
        "Глава семьи молчал весь вечер.",
        "الفصل جميل هذا العام.",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert read_chapter(line) is None


# -- lists of contents ------------------------------------------------------------------


def listed(entries: list[str], headings: list[str]) -> Story:
    body = "\n\n".join(f"{heading}\n\n{' '.join([TALE] * 4)}" for heading in headings)
    lines = "\n".join(entries)
    return read_story(f"The Lamp House\n\nContents\n\n{lines}\n\n{body}".encode(), "0001.txt")


@pytest.mark.parametrize(
    ("entries", "headings", "expected"),
    [
        (["1. The Keeper", "2. The Rope", "3. Chapter 3"], None, called("1 The Keeper", "2 The Rope", "3")),
        (["1. The Keeper", "2. Chapter 2", "3. The Rope"], None, called("1 The Keeper", "2", "3 The Rope")),
        (["I. The Keeper", "II. Chapter II", "III. The Rope"], None, called("1 The Keeper", "2", "3 The Rope")),
        (["1. The Keeper", "2.", "3. The Rope"], None, called("1 The Keeper", "2", "3 The Rope")),
        (["1. The Keeper", "2. Chapter 2", "3. The Rope"], ["The Keeper", "Chapter 2", "The Rope"],
         called("1 The Keeper", "2", "3 The Rope")),
        (["Prologue", "Chapter 1", "Epilogue"], None, called("Prologue", "1", "Epilogue")),
    ],
)  # fmt: skip
def test_a_list_of_contents_names_the_chapters(
    entries: list[str], headings: list[str] | None, expected: list[ChapterName]
) -> None:
    story = listed(entries, headings or entries)
    assert story.title == "The Lamp House"
    assert names(story) == expected


def test_more_chapters_than_any_story_has_are_refused() -> None:
    with pytest.raises(Refused, match="the file has 20,001 chapters; a story may have 20,000"):
        read_story("\n\n".join(f"Chapter {n % 100}\n\nSo." for n in range(20_001)).encode(), "a.txt")
