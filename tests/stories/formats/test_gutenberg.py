"""Project Gutenberg's plain text: what the site puts around a book, and the marks that it sets in it."""

from __future__ import annotations

import pytest

from bot.stories import Refused, Story, read_story

OPENING = (
    "The ferry did not run on Sundays, which was the only day that anybody on\n"
    "the island had a reason to leave it, and so nobody ever did."
)
SECOND = (
    "Marta Quill had the keys to the boat-house in her apron, where they had\n"
    "been since her father put them there, and she did not mean to give them up."
)
JOINED = (OPENING.replace("\n", " "), SECOND.replace("\n", " "))
NEW_HEADER = """\
The Project Gutenberg eBook of The Island of Sundays

This ebook is for the use of anyone anywhere in the United States and
most other parts of the world at no cost and with almost no restrictions
whatsoever. You may copy it, give it away or re-use it under the terms
of the Project Gutenberg License included with this ebook.

Title: The Island of Sundays
       Or, Nobody Leaves

Author: Ada Marsh

Translator: Noel Fenn

Release date: March 3, 2020 [eBook #99999]
                Most recently updated: April 14, 2023

Language: English

Credits: Ilse Orme and the Distributed Volunteers at
        example.org


*** START OF THE PROJECT GUTENBERG EBOOK THE ISLAND OF
SUNDAYS ***
"""
NEW_FOOTER = """


*** END OF THE PROJECT GUTENBERG EBOOK THE ISLAND OF SUNDAYS ***

Updated editions will replace the previous one—the old editions will
be renamed.

START: FULL LICENSE

THE FULL PROJECT GUTENBERG LICENSE
"""
OLD_HEADER = """\
Project Gutenberg Etext of The Island of Sundays, by Ada Marsh

Copyright laws are changing all over the world, be sure to check
the laws for your country before redistributing these files!!!

Title: The Island of Sundays

Author: Ada Marsh

Release Date: June, 2001  [Etext #9999]

*****This file should be named islnd10.txt or islnd10.zip******

***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***
Why is this "Small Print!" statement here? You know: lawyers.

*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*
"""
OLD_FOOTER = "\n\n\nEnd of Project Gutenberg's The Island of Sundays, by Ada Marsh\n\n"


def read(body: str, header: str = NEW_HEADER, footer: str = NEW_FOOTER) -> Story:
    return read_story(f"{header}\n\n\n{body}\n{footer}".encode(), "99999-0.txt")


def prose(story: Story) -> list[str]:
    return [chapter.prose for chapter in story.chapters]


def emphasised(story: Story) -> list[tuple[str, str]]:
    return [(span.kind, chapter.prose[span.start : span.end]) for chapter in story.chapters for span in chapter.spans]


# -- header and footer -----------------------------------------------------------


def test_the_header_gives_title_author_and_metadata_and_the_licence_is_gone() -> None:
    story = read(f"{OPENING}\n\n{SECOND}")
    assert (story.title, story.author) == ("The Island of Sundays: Or, Nobody Leaves", "Ada Marsh")
    assert story.metadata == {
        "translator": "Noel Fenn",
        "release date": "March 3, 2020 [eBook #99999]",
        "most recently updated": "April 14, 2023",
        "language": "English",
        "credits": "Ilse Orme and the Distributed Volunteers at example.org",
    }
    assert prose(story) == ["\n\n".join(JOINED)]
    assert (story.notes_before, story.notes_after, story.warnings) == ((), (), ())


@pytest.mark.parametrize(
    ("header", "footer"),
    [
        (NEW_HEADER, NEW_FOOTER),
        (NEW_HEADER.replace("START OF THE", "START OF THIS"), NEW_FOOTER.replace("END OF THE", "END OF THIS")),
        (NEW_HEADER.replace("*** START", "***START").replace("SUNDAYS ***", "SUNDAYS***"), NEW_FOOTER),
        (NEW_HEADER, OLD_FOOTER + NEW_FOOTER),
        (NEW_HEADER, ""),
        (OLD_HEADER, OLD_FOOTER),
        (OLD_HEADER, "\n\nEnd of The Project Gutenberg Etext of The Island of Sundays, by Ada Marsh\n"),
        (OLD_HEADER, "\n\nEND OF THE PROJECT GUTENBERG EBOOK, THE ISLAND OF SUNDAYS\n"),
        (OLD_HEADER.replace("Etext of", "EBook of"), ""),
    ],
)
def test_every_form_of_header_and_footer_is_taken_off(header: str, footer: str) -> None:
    story = read(f"{OPENING}\n\n{SECOND}", header, footer)
    assert prose(story) == ["\n\n".join(JOINED)]
    assert story.title.startswith("The Island of Sundays")
    assert story.author == "Ada Marsh"


def test_without_labels_the_first_line_gives_title_and_author() -> None:
    header = "The Project Gutenberg EBook of Low Water, by Ada Marsh\n\n*** START OF THE PROJECT GUTENBERG EBOOK ***\n"
    story = read(OPENING, header)
    assert (story.title, story.author) == ("Low Water", "Ada Marsh")


def test_a_story_that_only_speaks_of_gutenberg_keeps_every_word() -> None:
    text = f"I read it on Project Gutenberg.\n\nEnd of the Project Gutenberg, said the sign.\n\n{JOINED[0]}"
    assert prose(read_story(text.encode(), "a.txt")) == [text]


@pytest.mark.parametrize(
    "credit",
    [
        "Produced by Ilse Orme and the Online Distributed\nVolunteers at http://www.example.org",
        "E-text prepared by Ilse Orme",
        "This etext was prepared by Ilse Orme, orme@example.org",
        "Transcribed from the 1908 edition by Ilse Orme",
        "This eBook was produced by Ilse Orme.",
        "Scanned and proofed by Ilse Orme",
        "Produit par Ilse Orme et les volontaires",
        "Dieses E-Book wurde von Ilse Orme erstellt",
        "Producido por Ilse Orme",
        "Produzido por Ilse Orme",
        "Prodotto da Ilse Orme",
        "Geproduceerd door Ilse Orme",
    ],
)
def test_who_made_the_file_is_metadata(credit: str) -> None:
    story = read(f"{credit}\n\n\n\n\n{OPENING}\n\n{SECOND}", OLD_HEADER)
    assert story.metadata["credits"] == " ".join(credit.split())
    assert prose(story) == ["\n\n".join(JOINED)]


@pytest.mark.parametrize("body", ["", "   \n\n", "[Illustration]", "Produced by Ilse Orme\n\n"])
def test_a_file_with_nothing_between_header_and_footer_is_refused_or_keeps_its_words(body: str) -> None:
    try:
        story = read(body)
    except Refused as refusal:
        assert "no story" in str(refusal)
    else:
        assert prose(story) == ["Produced by Ilse Orme"]


# -- the title page -------------------------------------------------------------------


def test_a_title_page_repeats_title_and_author_and_the_rest_of_it_is_a_note() -> None:
    page = (
        "THE ISLAND OF SUNDAYS\n\n\nBY\nADA MARSH\n\nAUTHOR OF 'LOW WATER'\n\n"
        "          LONDON\n  PELL & SONS, 1911\n\n\n\n"
    )
    story = read(f"{page}CHAPTER I\n\n{OPENING}\n\n\n\nCHAPTER II\n\n{SECOND}")
    assert story.notes_before == ("AUTHOR OF 'LOW WATER'", "        LONDON\nPELL & SONS, 1911")
    assert prose(story) == list(JOINED)


def test_a_dedication_and_a_motto_before_the_first_chapter_are_notes() -> None:
    story = read(f"TO THE FERRYMAN\n\n  _O who will o'er the water,_\n    _And who will stay at home?_\n\n\n"
                 f"CHAPTER I\n\n{OPENING}\n\n\nCHAPTER II\n\n{SECOND}")  # fmt: skip
    assert story.notes_before == ("TO THE FERRYMAN", "O who will o'er the water,\n  And who will stay at home?")
    assert prose(story) == list(JOINED)


# -- pictures ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark",
    [
        "[Illustration]",
        "[Illustration: The ferry]",
        "[Illustration: _The ferry, from a drawing\nby the [late] author_]",
        "     [Illustration:\n\n          THE FERRY\n\n     _Page 12_]",
        "[Frontispiece: The ferry]",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n"])
def test_the_mark_of_a_picture_is_dropped_and_parts_no_scenes(mark: str, gap: str) -> None:
    story = read(f"{OPENING}{gap}{mark}{gap}{SECOND}\n\n{OPENING}\n\n{SECOND}")
    assert prose(story) == ["\n\n".join(JOINED * 2)]


def test_a_heading_that_stands_only_in_a_picture_stays() -> None:
    story = read(f"[Illustration:\n\nChapter I.]\n\n{OPENING}\n\n\n\nCHAPTER II.\n\n{SECOND}")
    assert prose(story) == list(JOINED)


def test_a_bracket_that_is_never_closed_loses_nothing() -> None:
    story = read(f"{OPENING}\n\n[Illustration: The ferry\n\n{SECOND}")
    assert "The ferry" in story.chapters[0].prose
    assert JOINED[1] in story.chapters[0].prose


def test_footnotes_stay_where_they_are() -> None:
    story = read(f"{OPENING[:-1]}.[1]\n\n[1] The ferry was later replaced by a bridge.\n\n{SECOND}")
    assert story.chapters[0].prose.split("\n\n")[1] == "[1] The ferry was later replaced by a bridge."


# -- emphasis -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown", "spans"),
    [
        ("It was _not_ so.", "It was not so.", [("italic", "not")]),
        ("It was late in the evening when he came down to the water, and it was _very,\nvery_ cold.",
         "It was late in the evening when he came down to the water, and it was very, very cold.",
         [("italic", "very, very")]),
        ("_All of it._", "All of it.", [("italic", "All of it.")]),
        ('"_Oh!_" she said--"_you_--"', '"Oh!" she said--"you--"', [("italic", "Oh!"), ("italic", "you")]),
        ("On the 13_th_ of May.", "On the 13th of May.", [("italic", "th")]),
        ("The =ferry= ran.", "The ferry ran.", [("bold", "ferry")]),
        ("a snake_case_word here", "a snake_case_word here", []),
        ("One _opened and not closed.", "One _opened and not closed.", []),
        ("Name: ______ Date: ___", "Name: ______ Date: ___", []),
        ("2 _ 2 and x = y = z", "2 _ 2 and x = y = z", []),
    ],
)  # fmt: skip
def test_underscores_around_words_are_italics(text: str, shown: str, spans: list[tuple[str, str]]) -> None:
    story = read(f"{OPENING}\n\n{text}\n\n{SECOND}")
    assert story.chapters[0].prose == f"{JOINED[0]}\n\n{shown}\n\n{JOINED[1]}"
    assert emphasised(story) == spans


def test_italics_over_the_lines_of_a_verse_keep_its_lines() -> None:
    story = read(f"{OPENING}\n\n  _Row, row,\n    And never stop,_\n  Said she.\n\n{SECOND}")
    assert story.chapters[0].prose == f"{JOINED[0]}\n\nRow, row,\n  And never stop,\nSaid she.\n\n{JOINED[1]}"
    assert emphasised(story) == [("italic", "Row, row,"), ("italic", "And never stop,")]


def test_emphasis_never_runs_into_the_next_paragraph() -> None:
    story = read(f"_It began here\n\nand ended_ there.\n\n{OPENING}")
    assert emphasised(story) == []
    assert story.chapters[0].prose.startswith("_It began here\n\nand ended_ there.")


def test_a_file_that_is_not_gutenbergs_has_italics_where_it_uses_underscores_for_nothing_else() -> None:
    text = "It was _not_ so, and _never_ had been.\n\nShe _knew_ it.\n\nSo did he."
    story = read_story(text.encode(), "a.txt")
    assert [span[1] for span in emphasised(story)] == ["not", "never", "knew"]
    assert story.chapters[0].prose == text.replace("_", "")
