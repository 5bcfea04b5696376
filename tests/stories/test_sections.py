"""Sections: every word of a file is in exactly one place, and notes stand apart from the story."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused, Story, read_story
from bot.stories.formats.encoding import decode
from bot.stories.model import ChapterName
from bot.stories.sections.assembly import read_sections
from bot.stories.sections.blocks import split

FOX = (
    "The fox came down to the water at dusk, when the herons had gone, and looked at the other bank for a long time.",
    '"You will not swim it," said the otter. "I have watched nine of you try."',
    "She drank, and shook her head, and went back up the hill the way that she had come.",
)
TALE = "\n\n".join(FOX)


def read(text: str, name: str = "0001.txt") -> Story:
    return read_story(text.encode(), name)


def prose(story: Story) -> str:
    return "\n\n\n\n".join(chapter.prose for chapter in story.chapters)


def texts(story: Story, *, has_title: bool) -> Iterator[str]:
    """Everything that the file says, as it was sorted; the name that signs a note below stays in it, too."""
    if has_title:
        yield story.title
    is_signed = story.author is not None and any(story.author in note for note in story.notes_after)
    yield from (text for text in ("" if is_signed else story.author, story.summary, story.end_marker) if text)
    yield from story.metadata.values()
    yield from (*story.notes_before, *story.notes_after)
    for chapter in story.chapters:
        yield from (chapter.title or "", chapter.prose, *chapter.notes_before, *chapter.notes_after)


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", text))


def sorted_words(text: str) -> Counter[str]:
    """The words of a file as they came out of it, the title only where the file itself gives it."""
    titled = read_sections(split(decode(text.encode())[0])).title is not None
    return words_of(" ".join(texts(read(text), has_title=titled)))


# -- properties --------------------------------------------------------------

LABELS = [
    "A/N:",
    "A/N -",
    "Author's note:",
    "Disclaimer:",
    "Summary:",
    "Background Info:",
    "Rating:",
    "Pairing:",
    "Title:",
    "Author:",
    "Status:",
    "Note:",
    "Summary:\n\n",
    "Author's Note\n",
    "**A/N:**",
]
TALK = [
    "please review",
    "I don't own",
    "hope you enjoy",
    "let me know if",
    "this is my first fanfic,",
    "Thanks for reading",
]
RULES = ["----", "* * *", "***", "xXx", "~*~", "-----------", "o0o", "_____", "#", "Line break", "⁂"]
CHAPTERS = [
    "Chapter {n}",
    "Chapter {n}: {t}",
    "CHAPTER {n}",
    "Chapter Three - {t}",
    "Prologue",
    "Epilogue",
    "Part Two: {t}",
]
ENDS = ["-Fin-", "The End", "TBC", "To be continued...", "~FIN~", "END"]


@st.composite
def composed(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A file of the pieces that people post, and its words that steer nothing, each of them unique."""
    made: list[str] = []

    def fresh(low: int, high: int) -> str:
        start, count = len(made), draw(st.integers(low, high))
        made.extend(f"{'Q' if draw(st.integers(0, 3)) == 0 else 'q'}uo{n}za" for n in range(start, start + count))
        return " ".join(made[start:])

    def piece() -> str:
        kind = draw(
            st.sampled_from(
                ["label", "note", "prose", "prose", "long", "speech", "verse", "rule", "chapter", "end", "byline"]
            )
        )
        if kind == "label":
            return f"{draw(st.sampled_from(LABELS))} {fresh(1, 8)}"
        if kind == "note":
            return f"{fresh(0, 5)} {draw(st.sampled_from(TALK))} {fresh(1, 5)}!".strip()
        if kind == "verse":
            return "\n".join(fresh(1, 5) for _ in range(draw(st.integers(2, 5))))
        if kind == "chapter":
            heading = draw(st.sampled_from(CHAPTERS))
            return heading.format(n=draw(st.integers(1, 4)), t=fresh(1, 4) if "{t}" in heading else "")
        if kind == "speech":
            return f'"{fresh(1, 6)}," said {fresh(1, 2)}.'
        if kind == "rule":
            return draw(st.sampled_from(RULES))
        if kind == "end":
            return draw(st.sampled_from(ENDS))
        if kind == "byline":
            return f"{fresh(1, 4)}\nby {fresh(1, 2)}"
        return fresh(*(61, 90) if kind == "long" else (1, 25)) + "."

    text = ""
    for _ in range(draw(st.integers(1, 14))):
        text += piece() + "\n" * draw(st.sampled_from([1, 2, 2, 2, 3, 4]))
    return text, made


@given(composed())
def test_every_word_of_a_composed_file_is_in_exactly_one_place(file: tuple[str, list[str]]) -> None:
    text, made = file
    try:
        found = sorted_words(text)
    except Refused:
        return  # only notes and labels: nothing is shown, nothing is lost
    assert {word: found[word] for word in made if found[word] != 1} == {}


STEERING = frozenset(
    re.findall(
        r"\w+",
        "a an n s author authors note notes summary background info disclaimer title by rating pairing"
        " chapter ch chap part prologue epilogue end fin the tbc to be continued line break page scene of"
        " three two one i ii iii x xx xxx xo ox o xox oxo ooo status",
    )
)
"""Words that a label, a rule, an end mark or a chapter's number is made of, in small letters."""

arbitrary = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=300),
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *LABELS,
                    *RULES,
                    *ENDS,
                    *TALK,
                    "\n",
                    "\n",
                    "\n\n",
                    "\n\n\n",
                    " ",
                    ": ",
                    '"',
                    "by ",
                    "Chapter 1",
                    "# ",
                    "* ",
                    "(",
                    ")",
                    "x",
                    "O",
                    "—",
                    "\t",
                    "    ",
                    "\u2028",
                    "\u3000",
                ]
            ),
            st.text("bgkpqzé物 .", min_size=1, max_size=30),
        ),
        max_size=40,
    ).map("".join),
)


@given(arbitrary)
def test_no_word_of_any_text_is_lost_or_doubled(text: str) -> None:
    try:
        found = sorted_words(text)
    except Refused:
        return
    there = words_of(text.replace("\ufeff", ""))
    assert dict(found - there) == {}, "doubled"
    lost = {word for word in there - found if word.lower() not in STEERING and not word.isdigit()}
    assert {word for word in lost if set(word.lower()) - set("xo0")} == set(), "lost"  # "o0o" is an ornament


@given(st.lists(st.sampled_from(FOX), min_size=1, max_size=8))
def test_a_file_of_nothing_but_story_is_all_prose(paragraphs: list[str]) -> None:
    story = read("\n\n".join(paragraphs))
    assert prose(story) == "\n\n".join(paragraphs)
    assert (story.notes_before, story.notes_after, story.metadata, story.end_marker) == ((), (), {}, None)


# -- labels ------------------------------------------------------------------

NOTES_BEFORE = [
    "A/N: Here is another one.",
    "a/n: Here is another one.",
    "A/N - Here is another one.",
    "A/N Here is another one.",
    "AN: Here is another one.",
    "(A/N: Here is another one.)",
    "[A/N: Here is another one.]",
    "**A/N:** Here is another one.",
    "*A/N: Here is another one.*",
    "_A/N:_ Here is another one.",
    "Author's note: Here is another one.",
    "Author's Note - Here is another one.",
    "AUTHOR’S NOTE: Here is another one.",
    "Authors note: Here is another one.",
    "Author's Notes:\nHere is another one.",
    "Author's Note:\n\nHere is another one.",
    "Note: Here is another one.",
    "Notes: Here is another one.",
    "Disclaimer: Here is another one.",
    "DISCLAIMER: Here is another one.",
    "Note de l'auteur : Here is another one.",
]


@pytest.mark.parametrize("note", NOTES_BEFORE)
def test_a_labelled_note_before_the_story_is_a_note_without_its_label(note: str) -> None:
    story = read(f"{note}\n\n{TALE}\n")
    assert story.notes_before == ("Here is another one.",)
    assert prose(story) == TALE


@pytest.mark.parametrize("note", [note for note in NOTES_BEFORE if "\n" not in note])
def test_a_labelled_note_after_the_story_is_a_note_without_its_label(note: str) -> None:
    story = read(f"{TALE}\n\n{note}\n")
    assert story.notes_after == ("Here is another one.",)
    assert prose(story) == TALE


@pytest.mark.parametrize(
    "label",
    [
        "Summary:",
        "SUMMARY:",
        "**Summary:**",
        "Summary -",
        "Background:",
        "Background Info:",
        "Background info:",
        "Synopsis:",
        "Résumé :",
        "Summary:\n",
        "Summary:\n\n",
    ],
)
def test_a_summary_is_taken_by_each_of_its_labels(label: str) -> None:
    story = read(f"{label} A fox wants to cross a river.\n\n{TALE}\n")
    assert story.summary == "A fox wants to cross a river."
    assert prose(story) == TALE


@pytest.mark.parametrize(
    ("line", "label", "value"),
    [
        ("Rating: T", "rating", "T"),
        ("RATING: PG-13", "rating", "PG-13"),
        ("**Rating:** K+", "rating", "K+"),
        ("Rated: T for language", "rated", "T for language"),
        ("Pairing: Fox/Otter", "pairing", "Fox/Otter"),
        ("Pairings: Fox/Otter, Heron/River", "pairings", "Fox/Otter, Heron/River"),
        ("Fandom: Rivers", "fandom", "Rivers"),
        ("Characters: Fox, Otter", "characters", "Fox, Otter"),
        ("Warnings: mud", "warnings", "mud"),
        ("Genre: Drama", "genre", "Drama"),
        ("Status: in progress", "status", "in progress"),
        ("Language: English", "language", "English"),
        ("Word Count: 70", "word count", "70"),
    ],
)
def test_other_labelled_lines_are_metadata(line: str, label: str, value: str) -> None:
    story = read(f"{line}\n\n{TALE}\n")
    assert story.metadata == {label: value}
    assert (story.summary, story.notes_before, prose(story)) == (None, (), TALE)


def test_the_language_is_what_the_source_says_and_nothing_where_it_says_nothing() -> None:
    assert read(f"Langue : français\n\n{TALE}").language == "français"
    assert read(TALE).language is None


def test_a_label_said_twice_keeps_both_values() -> None:
    assert read(f"Rating: T\nRating: for mud\n\n{TALE}").metadata == {"rating": "T; for mud"}


# -- titles ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("Title: The Other Bank", "The Other Bank", None),
        ("TITLE: The Other Bank", "The Other Bank", None),
        ("**Title:** The Other Bank", "The Other Bank", None),
        ("Title: The Other Bank\nAuthor: Ilse Reed", "The Other Bank", "Ilse Reed"),
        ("Title: The Other Bank\nBy: Ilse Reed", "The Other Bank", "Ilse Reed"),
        ("The Other Bank\nby Ilse Reed", "The Other Bank", "Ilse Reed"),
        ("The Other Bank\n\nby Ilse Reed", "The Other Bank", "Ilse Reed"),
        ("The Other Bank\nBy Ilse Reed", "The Other Bank", "Ilse Reed"),
        ("the other bank\nby Ilse Reed", "the other bank", "Ilse Reed"),
        ("THE OTHER BANK", "THE OTHER BANK", None),
        ("The Other Bank", "The Other Bank", None),
        ("~ the other bank ~", "the other bank", None),
        ("== The Other Bank ==", "The Other Bank", None),
        ("# The other bank", "The other bank", None),
    ],
)
def test_a_title_and_its_byline_are_taken_from_the_head(head: str, title: str, author: str | None) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author, prose(story)) == (title, author, TALE)


@pytest.mark.parametrize(
    "line",
    [
        "The fox was back.",
        '"The Other Bank"',
        "“The Other Bank”",
        "The Fox Who Came Down To The Water At Dusk When All The Herons Had Gone",
        "Dear Otter,",
        "The Fox, At Dusk:",
    ],
)
def test_a_first_line_that_may_be_a_sentence_is_prose(line: str) -> None:
    story = read(f"{line}\n\n{TALE}", "the-other-bank.txt")
    assert story.title == "The Other Bank"
    assert prose(story).startswith(line)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("the-other-bank.txt", "The Other Bank"),
        ("the_other_bank.txt", "The Other Bank"),
        ("The Other Bank.txt", "The Other Bank"),
        ("shelf/The Other Bank.TXT", "The Other Bank"),
        ("l'autre-rive.txt", "L'Autre Rive"),
        ("000_782f6b6d545a6a04.txt", "The fox was back, and alone"),
        ("12345.txt", "The fox was back, and alone"),
        ("d41d8cd98f00b204e9800998ecf8427e.txt", "The fox was back, and alone"),
    ],
)
def test_without_a_title_a_readable_file_name_is_one_or_else_the_opening_words(name: str, title: str) -> None:
    story = read(f"The fox was back, and alone.\n\n{TALE}", name)
    assert story.title.rstrip(".").casefold() == title.casefold()
    assert prose(story).startswith("The fox was back, and alone.")


# -- chapters ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "titles"),
    [
        (("Chapter 1", "Chapter 2"), (None, None)),
        (("Chapter 1: The Water", "Chapter 2: The Hill"), ("The Water", "The Hill")),
        (("Chapter 1 - The Water", "Chapter 2 - The Hill"), ("The Water", "The Hill")),
        (("Chapter One: The Water", "Chapter Two: The Hill"), ("The Water", "The Hill")),
        (("CHAPTER ONE", "CHAPTER TWO"), (None, None)),
        (("CHAPTER I", "CHAPTER II"), (None, None)),
        (("**Chapter 1**", "**Chapter 2**"), (None, None)),
        (("## Chapter 1: The Water", "## Chapter 2: The Hill"), ("The Water", "The Hill")),
        (("Prologue", "Chapter 1: The Hill"), ("Prologue", "The Hill")),
        (("Chapitre 1 : L'eau", "Chapitre 2 : La colline"), ("L'eau", "La colline")),
    ],
)
def test_chapters_begin_at_their_headings(headings: tuple[str, str], titles: tuple[str | None, str | None]) -> None:
    story = read(f"Title: The Other Bank\n\n{headings[0]}\n\n{TALE}\n\n{headings[1]}\n\n{TALE}\n")
    assert tuple(chapter.title for chapter in story.chapters) == titles
    assert [chapter.prose for chapter in story.chapters] == [TALE, TALE]


def test_chapter_three_alone_has_its_number() -> None:
    [chapter] = read(f"CHAPTER THREE\n\n{TALE}").chapters
    assert chapter.name == ChapterName(number=3)


def test_notes_of_a_chapter_stay_with_it() -> None:
    story = read(
        f"Title: Banks\n\nChapter 1\n\n{TALE}\n\nA/N: One down.\n\n"
        f"Chapter 2\n\nA/N: Here we go.\n\n{TALE}\n\nA/N: Two down."
    )
    first, second = story.chapters
    assert (first.notes_after, second.notes_before) == (("One down.",), ("Here we go.",))
    assert (*second.notes_after, *story.notes_after) == ("Two down.",)


def test_a_last_chapter_that_is_only_a_note_is_not_lost() -> None:
    text = f"Title: Banks\n\nChapter 1\n\n{TALE}\n\nChapter 2: Sorry\n\nA/N: No zebra this week, I have the flu."
    assert sorted_words(text)["zebra"] == 1


def test_a_last_heading_with_nothing_under_it_is_not_lost() -> None:
    assert sorted_words(f"{TALE}\n\nA/N: Bye for now.\n\nChapter 1: Zebras\n")["Zebras"] == 1


# -- rules, ends, pleas --------------------------------------------------------


@pytest.mark.parametrize(
    "rule", ["----", "***", "* * *", "xXx", "~*~", "-----", "___", "oOo", "⁂", "~~~~", "=====", "#"]
)
def test_a_rule_inside_the_story_is_a_scene_break_and_shows_nowhere(rule: str) -> None:
    story = read(f"{FOX[0]}\n\n{FOX[1]}\n\n{rule}\n\n{FOX[2]}\n\n{FOX[0]}\n")
    assert prose(story) == f"{FOX[0]}\n\n{FOX[1]}\n\n\n{FOX[2]}\n\n{FOX[0]}"
    assert story.chapters[0].scene_breaks == 1


@pytest.mark.parametrize("rule", ["----", "***", "xXx", "~*~"])
def test_a_rule_closes_the_notes_before_the_story(rule: str) -> None:
    story = read(f"A/N: Hello.\n\nIt rained when I wrote it.\n\n{rule}\n\n{TALE}\n")
    assert story.notes_before == ("Hello.", "It rained when I wrote it.")
    assert prose(story) == TALE


@pytest.mark.parametrize(
    "mark",
    [
        "-Fin-",
        "Fin",
        "~Fin~",
        "FIN",
        "The End",
        "THE END",
        "The End.",
        "-The End-",
        "TBC",
        "tbc...",
        "To be continued...",
        "*To Be Continued*",
        "End",
        "- end -",
    ],
)
def test_an_end_mark_is_neither_prose_nor_note(mark: str) -> None:
    story = read(f"{TALE}\n\n{mark}\n")
    assert (story.end_marker, prose(story), story.notes_after) == (mark.strip("*"), TALE, ())


def test_once_the_notes_after_begin_everything_after_them_is_notes() -> None:
    story = read(f"{TALE}\n\nA/N: That was it.\n\nThe next one has bears.\n\nPlease review!\n")
    assert story.notes_after == ("That was it.", "The next one has bears.", "Please review!")


def test_a_file_of_notes_alone_is_refused_with_a_reason() -> None:
    with pytest.raises(Refused, match="no story"):
        read("A/N: Nothing this week, sorry!\n")


# -- what people really post ---------------------------------------------------


@pytest.mark.parametrize(
    "note",
    [
        "Please review!",
        "please review",
        "R&R please!",
        "Read and review :)",
        "Let me know if I should go on!",
        "Reviews are love.",
        "Should I continue? Tell me in a review.",
        "So that's it, hope you liked it.",
        "Thanks for reading!",
        "R and R!",
        "Hope you guys enjoyed!",
        "I'll update when I get 5 reviews.",
        "Find me on tumblr @weirwatch",
        "Cross-posted on AO3 under the same name.",
        "*hides from angry readers*",
        "Word count: 812",
        "Obrigada por ler! Comentem!",
        "Grazie per aver letto! Lasciate una recensione!",
        "Спасибо за прочтение! Жду отзывов!",
        "Danke fürs Lesen, lasst mir einen Kommentar da!",
        "EDIT: fixed the typos, thank you all.",
    ],
)
def test_what_an_author_says_last_is_a_note(note: str) -> None:
    story = read(f"Title: Two Banks\n\n{TALE}\n\n{note}\n")
    assert (story.notes_after, prose(story)) == ((note.removeprefix("EDIT: ").strip("*"),), TALE)


@pytest.mark.parametrize(
    "note",
    [
        "Not mine, never will be.",
        "On with the story!",
        "So, without further ado...",
        "Okay, so this idea has been stuck in my head for weeks.",
        "Je ne possède rien, tout appartient à Meridian.",
        "Mir gehört nichts.",
        "Дисклеймер: ничего не моё.",
        "От автора: это мой первый рассказ.",
        "Thanks to Kestrel for the beta!",
    ],
)
def test_what_an_author_says_first_is_a_note(note: str) -> None:
    story = read(f"Title: Two Banks\n\n{note}\n\n{TALE}\n")
    assert prose(story) == TALE
    assert len(story.notes_before) == 1


FIRST, AMID, AT_BOTH_ENDS = "{line}\n\n{tale}", "{tale}\n\n{line}\n\n{tale}", "{line}\n\n{tale}\n\n{line}"


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (FIRST, '"Note: the river is cold," he had written.'),
        (FIRST, "He had one rule: never swim alone."),
        (FIRST, "Remember: she had never seen the sea."),
        (FIRST, "An otter, she thought, was no company."),
        (FIRST, "Notes of a song came over the water from the mill, and she turned one ear to them."),
        (AMID, "Chapter 3 of the book was missing, and so was the fox."),
        (AMID, "In chapter 3 she drowns."),
        (AMID, "Part of her wanted to swim."),
        (AMID, "Day after day she came."),
        (AMID, '"Please review the contract," said the otter.'),
        (AMID, "Let me know if the river rises, she had said, and gone."),
        (AMID, "She would tell him in the end."),
        (AMID, "It was the end."),
        (AT_BOTH_ENDS, "Thank you for reading to me, she wrote, and blew out the light."),
        (AT_BOTH_ENDS, "It was not mine. It had never been anybody's."),
        (AT_BOTH_ENDS, "Anyway, he said, the story goes like this."),
    ],
)
def test_what_only_looks_like_a_note_or_a_label_is_prose(form: str, line: str) -> None:
    text = form.format(line=line, tale=TALE)
    head = "Title: Two Banks\n\n" if form == AT_BOTH_ENDS else ""
    assert prose(read(f"{head}{text}\n")) == text


def test_a_rating_in_a_sentence_is_a_rating() -> None:
    assert read(f"Title: Two Banks\n\nRated M for language.\n\n{TALE}\n").metadata == {"rated": "M for language."}


@pytest.mark.parametrize(
    ("first", "title", "author"),
    [
        ("Half a Bridge by Tamsin Oake", "Half a Bridge", "Tamsin Oake"),
        ("*Half a bridge* by weirwatch", "Half a bridge", "weirwatch"),
        ("Half a Bridge by weirwatch_22", "Half a Bridge", "weirwatch_22"),
        ("Death by Chocolate", "Death by Chocolate", None),
        ("Saved by the Bell", "Saved by the Bell", None),
        ('"Half a Bridge"\nby Tamsin Oake', "Half a Bridge", "Tamsin Oake"),
        ("《灯塔》\n作者：落潮", "灯塔", "落潮"),
    ],
)
def test_a_title_and_who_wrote_it_stand_in_one_line_or_two(first: str, title: str, author: str | None) -> None:
    story = read(f"{first}\n\n{TALE}\n")
    assert (story.title, story.author, prose(story)) == (title, author, TALE)


@pytest.mark.parametrize(
    ("headings", "titles"),
    [
        (("Chapter 1 of 3", "Chapter 2/3: Snow", "Chapter 3 of 3"), [None, "Snow", None]),
        (("(1)", "(2)", "(3)"), [None, None, None]),
        (("i.", "ii.", "iii."), [None, None, None]),
        (("Глава 1", "Глава вторая: Снег", "Глава 3"), [None, "Снег", None]),
        (("第一章", "第二章 雪", "第三章"), [None, "雪", None]),
        (("Day 1", "Day 2", "Day 3"), None),
        (("Monday", "Tuesday", "Wednesday"), None),
    ],
    ids=lambda value: str(value[0]) if value else "",
)
def test_chapters_are_numbered_in_many_ways(headings: tuple[str, ...], titles: list[str | None] | None) -> None:
    story = read("Title: Two Banks\n\n" + "\n\n".join(f"{heading}\n\n{TALE}" for heading in headings))
    assert [chapter.title for chapter in story.chapters] == (titles or [None])
    if titles:
        assert all(chapter.prose == TALE for chapter in story.chapters)


def test_a_short_chapter_whose_notes_stand_behind_a_rule_is_a_chapter() -> None:
    story = read(f"Chapter 1\n\n{TALE}\n\nChapter 2\n\nA/N: Thanks!\n\n{FOX[2]}\n\nTBC\n\n----\n\nA/N: Soon.\n")
    assert [chapter.prose for chapter in story.chapters] == [TALE, FOX[2]]
    assert (story.chapters[1].notes_before, story.end_marker, story.notes_after) == (("Thanks!",), "TBC", ("Soon.",))


AO3 = """\
Rating:
    Teen And Up Audiences
Archive Warning:
    No Archive Warnings Apply
Language:
    English
Stats:
    Published:2021-03-04Words:81Chapters:1/1

Two Banks
weirwatch
Summary:

    A fox wants to cross.

Notes:

    For Kestrel.

(See the end of the work for more notes.)

Work Text:

"""
AO3_NARROW = AO3.replace(
    "Published:2021-03-04Words:81Chapters:1/1\n\n",
    "Published:\n2021-03-04\nWords:\n81\nChapters:\n1/1\nComments:\n3\nKudos:\n12\nHits:\n300\n",
)
AO3_CLOSE = AO3.replace("Chapters:1/1\n\n", "Chapters:1/1Comments:3Kudos:12Bookmarks:1Hits:300\n")
FFN = """\
Two Banks by weirwatch

A fox wants to cross.

Rated: Fiction T - English - Family - Chapters: 1 - Words: 81 - Published: 3-4-09 - id: 4711

"""


@pytest.mark.parametrize(
    ("head", "notes"),
    [
        (AO3, ("For Kestrel.",)),
        (AO3_CLOSE, ("For Kestrel.",)),
        (AO3_NARROW, ("For Kestrel.",)),
        (FFN, ()),
    ],
    ids=["ao3", "ao3-close", "ao3-narrow", "ffn"],
)
def test_a_page_that_somebody_copied_says_what_the_site_says(head: str, notes: tuple[str, ...]) -> None:
    story = read(f"{head}{TALE}\n")
    assert (story.title, story.author, story.summary) == ("Two Banks", "weirwatch", "A fox wants to cross.")
    assert (story.notes_before, prose(story)) == (notes, TALE)
    assert story.metadata["words"] == "81"
    assert story.metadata["language"] == "English"
    assert not story.metadata.keys() & {"comments", "kudos", "bookmarks", "hits"}


def test_a_download_from_the_archive_that_was_converted_to_text_is_read():
    tale = "\n\n".join(
        ["It was a long road, and it went on over the hills until it came to the sea, which was grey."] * 6
    )
    text = f"""Preface\n\nThe Lamp\n\nPosted originally on the Archive of Our Own at http://x/works/1.\n
Rating:\n    Mature\nFandom:\n    Harbour\nStats:\n    Published: 2020-01-02 Words: 1,234 Chapters: 2/2\n
The Lamp\n\nby Ann Oak\n\nSummary\n\nIt went out.\n\nNotes\n\nHello.\n\nSee the end of the work for more notes\n
Chapter 1: Dusk\n\nChapter Notes\n\nSee the end of the chapter for notes\n\n{tale}\n\nChapter End Notes\n\nThanks.\n
Chapter 2: Dawn\n\n{tale}\n\nAfterword\n\nEnd Notes\n\nBye.\n
Please drop by the Archive and comment to let the creator know if you enjoyed their work!\n"""
    story = read_story(text.encode(), "a1.txt")
    assert (story.title, story.author, story.summary) == ("The Lamp", "Ann Oak", "It went out.")
    assert [(chapter.title, chapter.prose) for chapter in story.chapters] == [("Dusk", tale), ("Dawn", tale)]
    assert story.all_notes == ("Hello.", "Thanks.", "Bye.")
    assert story.metadata["words"] == "1,234"
