"""Whole books in plain text: chapters in every notation, lists of contents, verse, letters, plays, wrapped lines."""

from __future__ import annotations

import re
import textwrap
import tracemalloc
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused, Story, read_story
from bot.stories.sections.headings import read_numeral
from bot.ui.chapters import heading_of

FIRST = (
    "The clockmaker of Under Street had never owned a watch, and said so to\n"
    "anybody who would stop for long enough to hear it, which on a wet day in\n"
    "March was nobody at all, and on a dry one was the baker's second boy."
)
SECOND = (
    "What he had instead was a window, and in the window a shelf, and on the\n"
    "shelf eleven clocks that agreed with one another about nothing whatever,\n"
    "so that the street could choose what time it would like it to be."
)
CHAPTER = f"{FIRST}\n\n{SECOND}"
PROSE = CHAPTER.replace("\n\n", "¶").replace("\n", " ").replace("¶", "\n\n")


def read(text: str) -> Story:
    return read_story(text.encode(), "0001.txt")


def book(*headings: str) -> str:
    return "Title: Eleven Clocks\n\n\n\n" + "\n\n\n\n".join(f"{heading}\n\n{CHAPTER}" for heading in headings) + "\n"


def titles(story: Story) -> list[str | None]:
    """What stands over each chapter: None where that is but its number."""
    return [heading_of(chapter.name) for chapter in story.chapters]


def numbers(story: Story) -> list[int | None]:
    return [chapter.name.number for chapter in story.chapters]


# -- notations -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("CHAPTER I", "CHAPTER II", "CHAPTER III"), [None] * 3),
        (("CHAPTER I.", "CHAPTER II.", "CHAPTER III."), [None] * 3),
        (("Chapter 1", "Chapter 2", "Chapter 3"), [None] * 3),
        (("CHAPTER THE FIRST", "CHAPTER THE SECOND", "CHAPTER THE THIRD"), [None] * 3),
        (("Chapter the First", "Chapter the Second", "Chapter the Third"), [None] * 3),
        (("First Chapter", "Second Chapter", "Third Chapter"), [None] * 3),
        (("I", "II", "III"), [None] * 3),
        (("I.", "II.", "III."), [None] * 3),
        (("1", "2", "3"), [None] * 3),
        (("1.", "2.", "3."), [None] * 3),
        (("ONE", "TWO", "THREE"), [None] * 3),
        (("One", "Two", "Three"), [None] * 3),
        (("CHAPTER I. THE STORM", "CHAPTER II. THE CALM"), ["THE STORM", "THE CALM"]),
        (("CHAPTER I. The Storm.", "CHAPTER II. The Calm."), ["The Storm", "The Calm"]),
        (("CHAPTER I: THE STORM", "CHAPTER II: THE CALM"), ["THE STORM", "THE CALM"]),
        (("CHAPTER I.--The Storm", "CHAPTER II.--The Calm"), ["The Storm", "The Calm"]),
        (("CHAPTER I—THE STORM", "CHAPTER II—THE CALM"), ["THE STORM", "THE CALM"]),
        (("Chapter 1 COME AWAY, COME AWAY!", "Chapter 2 WHAT NOW?"), ["COME AWAY, COME AWAY!", "WHAT NOW?"]),
        (("CHAPTER I\nTHE STORM", "CHAPTER II\nTHE CALM"), ["THE STORM", "THE CALM"]),
        (("CHAPTER I\n\nTHE STORM", "CHAPTER II\n\nTHE CALM"), ["THE STORM", "THE CALM"]),
        (("CHAPTER I.\n\nTHE STORM.\n", "CHAPTER II.\n\nTHE CALM.\n"), ["THE STORM", "THE CALM"]),
        (("CHAPTER I\n\nThe Storm", "CHAPTER II\n\nThe Calm"), ["The Storm", "The Calm"]),
        (("I. The Storm", "II. The Calm", "III. The End of It"), ["The Storm", "The Calm", "The End of It"]),
        (("1. THE STORM", "2. THE CALM", "3. THE THAW"), ["THE STORM", "THE CALM", "THE THAW"]),
        (("I.\n\nTHE STORM", "II.\n\nTHE CALM", "III.\n\nTHE THAW"), ["THE STORM", "THE CALM", "THE THAW"]),
        (("LETTER I", "LETTER II"), ["LETTER I", "LETTER II"]),
        (("Letter 1", "Letter 2", "Letter 3"), ["Letter 1", "Letter 2", "Letter 3"]),
        (("STAVE ONE", "STAVE TWO"), ["STAVE ONE", "STAVE TWO"]),
        (("STAVE I: THE STORM", "STAVE II: THE CALM"), ["STAVE I: THE STORM", "STAVE II: THE CALM"]),
        (("ADVENTURE I. THE STORM", "ADVENTURE II. THE CALM"), ["ADVENTURE I: THE STORM", "ADVENTURE II: THE CALM"]),
        (("PROLOGUE", "CHAPTER I", "CHAPTER II", "EPILOGUE"), ["PROLOGUE", None, None, "EPILOGUE"]),
        (("PREFACE", "CHAPTER I", "CHAPTER II"), ["PREFACE", None, None]),
        (("PREFACE.", "CHAPTER I.", "CHAPTER II."), ["PREFACE", None, None]),
        (("Introduction", "CHAPTER I", "CHAPTER II"), ["Introduction", None, None]),
        (("FOREWORD", "CHAPTER I", "CHAPTER II"), ["FOREWORD", None, None]),
        (("DEDICATION", "CHAPTER I", "CHAPTER II"), ["DEDICATION", None, None]),
        (("CHAPTER I", "CHAPTER II", "APPENDIX"), [None, None, "APPENDIX"]),
        (("CHAPTER I", "CHAPTER II", "CONCLUSION"), [None, None, "CONCLUSION"]),
        (("CHAPITRE PREMIER", "CHAPITRE II"), [None] * 2),
        (("Erstes Kapitel", "Zweites Kapitel"), [None] * 2),
        (("CHAPTER XXI", "CHAPTER XXII"), [None] * 2),
        (("CHAPTER THE TWENTY-FIRST", "CHAPTER THE TWENTY-SECOND"), [None] * 2),
    ],
)  # fmt: skip
def test_chapters_are_known_in_every_notation(headings: tuple[str, ...], expected: list[str | None]) -> None:
    story = read(book(*headings))
    assert titles(story) == expected
    assert [chapter.prose for chapter in story.chapters] == [PROSE] * len(headings)


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("BOOK THE FIRST", "BOOK THE FIRST"),
        ("PART ONE", "PART ONE"),
        ("VOLUME II", "VOLUME II"),
        ("BOOK ONE: 1805", "BOOK ONE: 1805"),
        ("Book the First--Wound Up", "Book the First: Wound Up"),
        ("PART I\n\nTHE SHELF", "PART I: THE SHELF"),
        ("EPOCH THE FIRST", "EPOCH THE FIRST"),
        ("THE FIRST BOOK", "THE FIRST BOOK"),
    ],
)
def test_a_part_joins_the_title_of_its_first_chapter(part: str, shown: str) -> None:
    first, second = (f"CHAPTER {n}. THE {name}\n\n{CHAPTER}" for n, name in (("I", "STORM"), ("II", "CALM")))
    story = read(f"Title: Clocks\n\n{part}\n\n\n{first}\n\n\n{second}")
    assert titles(story) == [f"{shown} · THE STORM", "THE CALM"]


def test_bare_numbers_may_begin_again_under_a_new_part() -> None:
    chapters = "\n\n\n".join(f"{n}\n\n{CHAPTER}" for n in ("I", "II"))
    story = read(f"Title: Clocks\n\nPART ONE\n\n{chapters}\n\n\nPART TWO\n\n{chapters}")
    assert titles(story) == ["PART ONE · I", None, "PART TWO · I", None]
    assert numbers(story) == [1, 2, 1, 2] and story.last_number is None


def test_acts_hold_scenes_and_speeches_are_paragraphs() -> None:
    speech = "QUILL. Who has been at the keys? I ask it of the window, and of the shelf,\nand of you."
    scene = f"{speech}\n\n[_Enter_ MARTA.]\n\nMARTA.\nNobody has been at them."
    story = read(f"THE KEYS\n\nACT I\n\nSCENE I. A boat-house.\n\n{scene}\n\nSCENE II. The quay.\n\n{scene}\n\n"
                 f"ACT II\n\nSCENE I. The same.\n\n{scene}")  # fmt: skip
    assert titles(story) == ["ACT I", "ACT II"] and numbers(story) == [1, 2]
    assert [chapter.scene_breaks for chapter in story.chapters] == [1, 0]


@pytest.mark.parametrize(
    "text",
    [
        "We need:\n\n1.\n\nSalt.\n\n2.\n\nRope.\n\n3.\n\nA cat.",  # a list, not chapters
        f"{PROSE}\n\n4\n\n{PROSE}",
    ],
)
def test_numbers_that_do_not_run_through_a_book_are_prose(text: str) -> None:
    story = read(f"Title: Clocks\n\n{text}\n\n{PROSE}")
    assert len(story.chapters) == 1
    assert story.chapters[0].prose == f"{text}\n\n{PROSE}"


def test_numbers_within_a_chapter_are_its_sections_and_stay() -> None:
    inner = f"I.\n\n{CHAPTER}\n\nII.\n\n{CHAPTER}\n\nIII.\n\n{CHAPTER}"
    story = read(f"Title: Clocks\n\nCHAPTER I\n\n{inner}\n\nCHAPTER II\n\n{CHAPTER}")
    assert titles(story) == [None, None]
    assert "II." in story.chapters[0].prose.split("\n\n")


def test_a_first_line_that_only_some_chapters_have_is_prose() -> None:
    story = read(book("CHAPTER I\n\nThe Storm", "CHAPTER II", "CHAPTER III"))
    assert titles(story) == [None] * 3
    assert story.chapters[0].prose.startswith("The Storm\n\n")


# -- lists of contents ----------------------------------------------------------------


@pytest.mark.parametrize(
    "contents",
    [
        "CONTENTS\n\nThe Wet Day\nThe Dry Day\nThe Twelfth Clock",
        "CONTENTS\n\nThe Wet Day\n\nThe Dry Day\n\nThe Twelfth Clock",
        "Contents\n\n  The Wet Day          1\n  The Dry Day         23\n  The Twelfth Clock  101",
        "CONTENTS.\n\nThe Wet Day.......... 1\nThe Dry Day.......... 23\nThe Twelfth Clock.... 101",
        "TABLE OF CONTENTS\n\n                                 PAGE\nThe Wet Day . . . . . .  1\n"
        "The Dry Day . . . . . . 23\n"
        "The Twelfth Clock . . . 101",
    ],
)
def test_chapters_that_only_a_list_of_contents_names(contents: str) -> None:
    names = ("The Wet Day", "The Dry Day", "The Twelfth Clock")
    body = "\n\n\n\n".join(f"{name}\n\n{CHAPTER}" for name in names)
    story = read(f"Title: Clocks\n\n{contents}\n\n\n\n{body}")
    assert titles(story) == list(names)
    assert [chapter.prose for chapter in story.chapters] == [PROSE] * 3
    assert story.notes_before == ()


@pytest.mark.parametrize(
    ("contents", "heading"),
    [
        ("CHAPTER I. The Wet Day\nCHAPTER II. The Dry Day", "CHAPTER {n}. The {t} Day"),
        ("CHAPTER I. The Wet Day   1\n      II. The Dry Day   9", "CHAPTER {n}\n\nThe {t} Day"),
        ("  I. The Wet Day\n II. The Dry Day", "CHAPTER {n}\nTHE {u} DAY"),
        ("  I. THE WET DAY\n\n II. THE DRY DAY", "{n}.\n\nTHE {u} DAY."),
        ("Chapter I\nChapter II", "Chapter {n}"),
    ],
)
def test_a_list_of_contents_is_gone_where_the_chapters_say_the_same(contents: str, heading: str) -> None:
    bodies = [
        f"{heading.format(n=n, t=t, u=t.upper())}\n\n{CHAPTER}" for n, t in (("I", "Wet"), ("II", "Dry"))
    ]  # fmt: skip
    story = read(f"Title: Clocks\n\nCONTENTS\n\n{contents}\n\n\n\n" + "\n\n\n\n".join(bodies))
    assert [(title or "").casefold() for title in titles(story)] == (
        ["the wet day", "the dry day"] if "t}" in heading or "u}" in heading else ["", ""]
    )
    assert [chapter.prose for chapter in story.chapters] == [PROSE] * 2
    assert story.notes_before == ()


def test_a_list_of_contents_that_says_more_is_kept_as_a_note() -> None:
    contents = (
        "CONTENTS\n\nChapter I. In which it rains\nChapter II. In which it does not\nChapter III. In which it may"
    )
    story = read(f"Title: Clocks\n\n{contents}\n\n\nChapter I\n\n{CHAPTER}\n\n\nChapter II\n\n{CHAPTER}")
    assert titles(story) == [None, None]
    assert "In which it may" in "\n".join(story.notes_before)


# -- lines and white space --------------------------------------------------------------

WRAPPED_BOOK = f"Title: Clocks\n\nCHAPTER I\n\n{CHAPTER}\n\n{{}}\n\n{CHAPTER}\n"


def middle(text: str) -> str:
    """What becomes of *text* between the paragraphs of a book."""
    [chapter] = read(WRAPPED_BOOK.format(text)).chapters
    assert chapter.prose.startswith(PROSE)
    assert chapter.prose.endswith(PROSE)
    return chapter.prose[len(PROSE) : -len(PROSE)].strip("\n")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("He had wound it himself, he said, on the evening of the day before--\nand it had stopped at once.",
         "He had wound it himself, he said, on the evening of the day before--and it had stopped at once."),
        ("He had wound it himself, he said, on the evening of the day before—\nand it had stopped at once.",
         "He had wound it himself, he said, on the evening of the day before—and it had stopped at once."),
        ("He had wound it himself, he said, on the evening of the day before\n--and it had stopped at once.",
         "He had wound it himself, he said, on the evening of the day before--and it had stopped at once."),
        ("It was a clock with a face like that of a bull and with a well-\nmeaning tick to it.",
         "It was a clock with a face like that of a bull and with a well-meaning tick to it."),
        ("It was a clock that had belonged to two old men of the nineteenth-\nand the twentieth-century navy.",
         "It was a clock that had belonged to two old men of the nineteenth- and the twentieth-century navy."),
        ("    The evening of that same day was wet, and he sat down to write to\nthe baker about it, as a friend.",
         "The evening of that same day was wet, and he sat down to write to the baker about it, as a friend."),
    ],
)  # fmt: skip
def test_wrapped_lines_are_joined_as_they_were_meant(typed: str, meant: str) -> None:
    assert middle(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  Tick, said the first,\n    And tock the second,\n  And the third was late.",
         "Tick, said the first,\n  And tock the second,\nAnd the third was late."),
        ("  Tick, said the first,\n    And tock the second.\n\n  And the third,\n    The third was late.",
         "Tick, said the first,\n  And tock the second.\n\nAnd the third,\n  The third was late."),
        ("14 Under Street\nLower Quay\n3rd March", "14 Under Street\nLower Quay\n3rd March"),
        ("                                        UNDER STREET,\n                                          March 3rd.",
         "UNDER STREET,\n  March 3rd."),
        ("                      Your obedient servant,\n                                  T. QUILL.",
         "Your obedient servant,\n            T. QUILL."),
    ],
)  # fmt: skip
def test_verse_addresses_and_signatures_keep_their_lines(typed: str, meant: str) -> None:
    assert middle(typed) == meant


def test_a_quotation_set_in_on_both_sides_is_prose() -> None:
    words = FIRST.replace("\n", " ")
    quotation = textwrap.fill(words, 60, initial_indent="     ", subsequent_indent="     ")
    story = read(f"*** START OF THE PROJECT GUTENBERG EBOOK CLOCKS ***\n\n{CHAPTER}\n\n{quotation}\n\n{CHAPTER}")
    assert story.chapters[0].prose == f"{PROSE}\n\n{words}\n\n{PROSE}"


def test_paragraphs_that_only_an_indented_line_opens_are_parted() -> None:
    typed = "\n".join(f"   {FIRST}" for _ in range(3))
    assert middle(typed) == "\n\n".join([FIRST.replace("\n", " ")] * 3)


@pytest.mark.parametrize("rule", ["       *       *       *       *       *", "* * * * *", "-----", "\n"])
def test_a_thought_break_parts_scenes(rule: str) -> None:
    story = read(f"Title: Clocks\n\nCHAPTER I\n\n{CHAPTER}\n\n{rule}\n\n{CHAPTER}\n\n{CHAPTER}")
    assert story.chapters[0].prose == f"{PROSE}\n\n\n{PROSE}\n\n{PROSE}"


@pytest.mark.parametrize("text", ["A/N: Soon!\n\nA/N: Very soon.", "CHAPTER I\n\nCHAPTER II", "Title: X\n\n* * *"])
def test_a_file_of_notes_or_headings_alone_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="no story"):
        read(text)


# -- a round trip: what is written as Gutenberg's volunteers write comes back as it was ---------------------


@dataclass(frozen=True)
class Written:
    """A book, as it is typed and as it is meant."""

    text: str
    title: str
    author: str
    titles: list[str | None]
    prose: list[str]
    spans: list[list[str]]


PLAIN = "river lamp cold under seven letter harbour wind glass nobody evening keeper across stone winter bell".split()  # noqa: SIM905
COMPOUND = ["well-meaning", "half-open", "boat-house", "river--harbour", "glass--nobody", "mother-of-pearl"]
NAMES = ["Storm", "Calm", "Thaw", "Ferry", "Quay", "Keys", "Clock", "Window", "Shelf", "Baker", "Street", "Lantern"]
RULE = "       *       *       *       *       *"


@st.composite
def paragraphs(draw: st.DrawFn, least: int = 14) -> tuple[str, str]:
    """A paragraph as it is typed, wrapped, and as it is meant."""
    words = draw(st.lists(st.sampled_from([*PLAIN * 3, *COMPOUND]), min_size=least, max_size=60))
    words[0] = words[0].capitalize()
    words[-1] += "."
    if draw(st.booleans()):
        start = draw(st.integers(0, len(words) - 1))
        end = draw(st.integers(start, min(len(words) - 1, start + 12)))
        words[start] = f"_{words[start]}"
        words[end] = f"{words[end]}_"
    text = " ".join(words)
    return textwrap.fill(text, 72, break_long_words=False), text


@st.composite
def verses(draw: st.DrawFn) -> tuple[str, str]:
    lines = [
        "  " * draw(st.integers(0, 1)) + " ".join(words).capitalize()
        for words in draw(st.lists(st.lists(st.sampled_from(PLAIN), min_size=2, max_size=5), min_size=2, max_size=6))
    ]
    return "\n".join(f"    {line}" for line in lines), textwrap.dedent("\n".join(lines))


@st.composite
def letter_heads(draw: st.DrawFn) -> tuple[str, str]:
    lines = [f"{draw(st.integers(1, 99))} Under Street,", f"March {draw(st.integers(1, 30))}."]
    typed = "\n".join(" " * 46 + line for line in lines)
    return typed, "\n".join(lines)


@st.composite
def chapters(draw: st.DrawFn) -> tuple[str, str]:
    """The prose of a chapter as it is typed and as it is meant, with its italics still written."""
    typed, meant = draw(paragraphs(least=25))
    for _ in range(draw(st.integers(1, 5))):
        more = draw(st.one_of(paragraphs(), paragraphs(), verses(), letter_heads()))
        broken = draw(st.integers(0, 5)) == 0
        typed += (f"\n\n{RULE}\n\n" if broken else "\n\n") + more[0]
        meant += ("\n\n\n" if broken else "\n\n") + more[1]
    more = draw(paragraphs())
    return f"{typed}\n\n{more[0]}", f"{meant}\n\n{more[1]}"


ROMAN = ("I", "II", "III", "IV", "V", "VI")
FORMS = {
    "CHAPTER {n}": False,
    "CHAPTER {n}.": False,
    "{n}": False,
    "{n}.": False,
    "CHAPTER {n}. {t}": True,
    "CHAPTER {n}\n\n{t}": True,
    "CHAPTER {n}.\n{t}.": True,
    "{n}. {t}": True,
    "{t}": True,
}
"""Headings, and whether they give a title."""


@st.composite
def books(draw: st.DrawFn) -> Written:
    form = draw(st.sampled_from(sorted(FORMS)))
    bodies = draw(st.lists(chapters(), min_size=3, max_size=5))
    names = draw(st.permutations(NAMES))
    called = [f"The {one} of the {other}" for one, other in zip(names[:5], names[5:10], strict=True)]
    if draw(st.booleans()):
        called = [name.upper() for name in called]
    has_part = draw(st.booleans()) and form != "{t}"
    has_contents = form == "{t}" or draw(st.booleans())
    has_pages = draw(st.booleans())
    text = "THE ELEVEN CLOCKS\n\n\nBY\n\nWREN SALLOW\n\n\n\n\n"
    if has_contents:
        entry_form = form.replace("\n\n", ". ").replace(".\n", ". ")
        entries = [entry_form.format(n=n, t=t) for n, t in zip(ROMAN, called, strict=False)]
        lines = [f"{entry}      {10 * i + 1}" if has_pages else entry for i, entry in enumerate(entries[: len(bodies)])]
        text += "CONTENTS\n\n\n" + "\n".join(lines) + "\n\n\n\n\n"
    if has_part:
        text += "PART ONE\n\n\n\n"
    titles: list[str | None] = []
    for number, (body, title) in enumerate(zip(bodies, called, strict=False)):
        heading = form.format(n=ROMAN[number], t=title)
        text += f"{heading}\n\n\n{body[0]}\n\n\n\n\n"
        titles.append(title if FORMS[form] else None)
    if has_part:
        titles[0] = f"PART ONE · {titles[0] or form.format(n='I', t='').rstrip('.')}"
    return Written(
        text=text,
        title="The Eleven Clocks",
        author="Wren Sallow",
        titles=titles,
        prose=[meant.replace("_", "") for _, meant in bodies],
        spans=[re.findall(r"_([^_]+)_", meant) for _, meant in bodies],
    )


HEADER = """\
The Project Gutenberg eBook of The Eleven Clocks

Title: The Eleven Clocks

Author: Wren Sallow

Release date: March 3, 2020 [eBook #99999]

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE ELEVEN CLOCKS ***



"""
FOOTER = "\n\n*** END OF THE PROJECT GUTENBERG EBOOK THE ELEVEN CLOCKS ***\n\nThe licence.\n"


@given(books())
def test_a_book_written_as_gutenberg_does_comes_back_as_it_was(written: Written) -> None:
    story = read(HEADER + written.text + FOOTER)
    assert (story.title, story.author) == (written.title, written.author)
    assert titles(story) == written.titles
    assert [chapter.prose for chapter in story.chapters] == written.prose
    found = [[chapter.prose[span.start : span.end] for span in chapter.spans] for chapter in story.chapters]
    assert found == written.spans
    assert (story.notes_before, story.notes_after, story.end_marker) == ((), (), None)


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.lower()))


STEERING = frozenset("chapter contents part one by title the of eleven clocks wren sallow i ii iii iv v vi".split())  # noqa: SIM905


def steers(word: str) -> bool:
    """Whether a word may be part of a heading that only repeats where a chapter stands: a number alone on its line."""
    return word in STEERING or read_numeral(word.upper()) is not None


DEBRIS = ["\n", " ", "_", "\n\n", "CHAPTER I\n\n", "II.\n", "[", "CONTENTS\n"]


@given(books(), st.lists(st.tuples(st.sampled_from(DEBRIS), st.integers(0, 4000)), max_size=9))
def test_no_word_of_a_battered_book_is_lost(written: Written, debris: list[tuple[str, int]]) -> None:
    text = written.text
    for piece, place in debris:
        at = text.find(" ", place) + 1
        text = text[:at] + piece + text[at:] if at else text
    story = read(HEADER + text + FOOTER)
    said = [story.title, story.author or "", *story.all_notes, story.end_marker or ""]
    said += [part for chapter in story.chapters for part in (chapter.title or "", chapter.prose)]
    missing = words_of(" ".join(written.prose)) - words_of(" ".join(said))
    assert {word: count for word, count in missing.items() if not steers(word)} == {}
    lost = set(words_of(text)) - set(words_of(" ".join(said)))
    assert {word for word in lost if not steers(word)} == set()


def test_a_book_is_in_memory_once_beside_what_is_made_of_it() -> None:
    sentence = "The fox came down to the water at dusk, when the herons had gone, and drank without a sound. "
    chapters = (f"Chapter {number}\n\n" + f"{sentence * 4}\n\n" * 20 for number in range(1, 21))
    data = f"Title: Tide\nAuthor: Ilse Reed\n\n{''.join(chapters)}".encode()
    read_story(data, "tide.txt")  # the tables of the parser stay in memory
    tracemalloc.start()
    story = read_story(data, "tide.txt")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(story.chapters) == 20
    assert most < 8 * len(data)
