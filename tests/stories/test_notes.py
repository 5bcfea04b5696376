"""Notes, titles and labels of posts: the story is never small print, and where it is unclear, it is story."""

from __future__ import annotations

from itertools import permutations

import pytest

from bot.stories import Refused, Story, read_story
from bot.stories.formats.corrections import Correction
from bot.stories.note_weight import weigh

HARBOUR = (
    "The harbour was empty by noon, and the tide had left the boats lying on their sides like cattle.",
    "A gull walked the length of the wall as if it had been asked to measure it and meant to be paid by the yard.",
    "Nobody spoke of the lamp, though all of them had seen it go out.",
    "Old Maren carried the oil up the stairs herself, a can in each hand, and counted the steps aloud.",
    "At the top she sat down on the last step and looked at the glass, which was black from within.",
    "The wind came round to the north before the light was lit, and the window shook in its lead.",
    "She wiped the glass with her sleeve, then with her apron, then with the flag.",
    "When it burned at last she did not go down again for three days.",
)
TALE = "\n\n".join(HARBOUR)


def read(text: str, name: str = "0001.txt") -> Story:
    return read_story(text.encode(), name)


def prose(story: Story) -> str:
    return "\n\n\n\n".join(chapter.prose for chapter in story.chapters)


# -- a title over labels, notes and bylines -------------------------------------

TITLES = [
    "the last ferry out",
    "Hold the door!",
    "Where did the lamp go?",
    "and then the sea...",
    "and then the sea…",
    "1848",
    "HOLD THE LAMP!!!",
    "Le dernier bac du soir",
    "El último barco de la noche",
    "O último barco da noite",
    "Последний паром на север",
    "港の灯",
    "灯塔的最后一夜",
    "منارة البحر القديمة",
    "A small account of the tide, the lamp, the wall, the gull and of everybody who was late for the ferry that night",
]
HEADS = ["A/N: written on a bus.", "Disclaimer: written on a bus.", "Note de l'auteur : written on a bus."]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_any_kind_over_a_note_leaves_the_story_whole(title: str, head: str) -> None:
    story = read(f"{title}\n\n{head}\n\n{TALE}\n")
    assert (story.title, prose(story)) == (title, TALE)
    assert (story.notes_before, story.notes_after) == (("written on a bus.",), ())


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("title", TITLES)
def test_the_line_right_above_labels_is_the_title(title: str, gap: str) -> None:
    story = read(f"{title}{gap}Rating: M\nFandom: Harbours\n\n{TALE}\n")
    assert (story.title, prose(story)) == (title, TALE)
    assert story.metadata == {"rating": "M", "fandom": "Harbours"}


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("title", TITLES)
def test_the_line_right_above_a_byline_is_the_title(title: str, gap: str) -> None:
    story = read(f"{title}{gap}by inkgull\n\n{TALE}\n")
    assert (story.title, story.author, prose(story)) == (title, "inkgull", TALE)


@pytest.mark.parametrize("title", TITLES)
def test_the_line_right_above_a_note_without_a_label_is_the_title(title: str) -> None:
    story = read(f"{title}\n\nMy first fanfic, please review!\n\n{TALE}\n")
    assert (story.title, story.notes_before, prose(story)) == (title, ("My first fanfic, please review!",), TALE)


def test_a_title_may_stand_below_the_notes() -> None:
    story = read(f"A/N: written on a bus.\n\nThe Last Ferry\n\n{TALE}\n")
    assert (story.title, story.notes_before, prose(story)) == ("The Last Ferry", ("written on a bus.",), TALE)


@pytest.mark.parametrize("line", ['"Hold the Lamp"', "“Hold the Lamp”", "« Hold the Lamp »", "( Hold the Lamp )"])
def test_a_title_loses_the_marks_around_it(line: str) -> None:
    story = read(f"{line}\nRating: G\n\n{TALE}\n")
    assert (story.title, prose(story), story.metadata) == ("Hold the Lamp", TALE, {"rating": "G"})


def test_a_title_in_round_brackets_that_stands_alone_loses_them() -> None:
    story = read(f"( The Keeper's Daughter )\n\n{TALE}\n")
    assert (story.title, prose(story)) == ("The Keeper's Daughter", TALE)


def test_a_title_may_say_more_in_brackets() -> None:
    title = "Five Times Wick Did Not Say It (And One Time He Did)"
    story = read(f"{title}\n\n{TALE}\n")
    assert (story.title, prose(story)) == (title, TALE)


def test_what_happens_in_a_chat_is_no_title() -> None:
    chat = f"[Wick has added 4 people to the chat]\n\n{TALE}"
    story = read(f"Kettle Day\n\nchatfic because I have an exam tomorrow, sorry\n\n---\n\n{chat}\n")
    assert (story.title, prose(story)) == ("Kettle Day", chat)


def test_a_key_to_the_marks_of_a_story_is_a_note() -> None:
    story = read(f"The Lamp\nby wick_fen\n\nKey:\n\"talking\"\n'thinking'\n\nxXxXxXx\n\n{TALE}\n")
    assert prose(story) == TALE


def test_the_address_of_a_mailing_list_below_two_rules_is_not_the_story() -> None:
    story = read(f"{TALE}\n\n* * * * *\n\n--\nTo unsubscribe, send a mail to harbour-request@lists.example\n")
    assert prose(story) == TALE


@pytest.mark.parametrize(("title", "author"), [("港の灯", "灯台守"), ("最后的渡船", "落潮"), ("港の灯", "海猫 渡")])
def test_two_short_lines_in_a_script_without_case_are_title_and_author(title: str, author: str) -> None:
    text = "港は昼には空だった。誰も灯のことを話さなかった。\n\n「もう遅い」と彼女は言った。\n\n波は壁を打ち続けた。"
    story = read(f"{title}\n{author}\n\n{text}\n")
    assert (story.title, story.author, prose(story)) == (title, author, text)


def test_a_verse_in_a_script_without_case_is_no_title() -> None:
    text = "古い港に\n灯がともる\n\n港は昼には空だった。誰も灯のことを話さなかった。\n\n波は壁を打ち続けた。"
    assert read(f"題名: 港\n\n{text}\n").chapters[0].prose.endswith("波は壁を打ち続けた。")


def test_a_shout_over_the_story_is_its_title() -> None:
    story = read(f"HOLD THE LAMP!!!\n\n{TALE}\n")
    assert (story.title, prose(story)) == ("HOLD THE LAMP!!!", TALE)


@pytest.mark.parametrize("name", ["0001.txt", "message.txt", "the-lamp.txt"])
def test_a_short_first_line_in_small_letters_is_the_title_whatever_the_name_of_the_file(name: str) -> None:
    story = read(f"the last ferry out\n\n{TALE}\n", name)
    assert (story.title, prose(story)) == ("the last ferry out", TALE)


def test_a_paste_from_the_chat_is_called_by_its_opening_words() -> None:
    assert read(TALE, "message.txt").title.startswith("The harbour was empty")


# -- notes amid the story and at its end ----------------------------------------


@pytest.mark.parametrize("note", ["(A/N: song starts here)", "[A/N: song starts here]", "A/N: song starts here"])
def test_a_note_amid_the_story_stays_there_and_the_end_is_story(note: str) -> None:
    text = f'{TALE}\n\n{note}\n\n"You came back," she said.\n\nThe lamp turned once, and did not turn again.'
    story = read(f"Title: Lamp\n\n{text}\n")
    assert (prose(story), story.notes_after) == (text, ())


def test_a_note_amid_a_very_short_story_stays_there() -> None:
    text = f'{HARBOUR[0]}\n\n(A/N: song starts here)\n\n"You came back," she said.\n\nThe lamp turned once.'
    assert prose(read(f"Title: Lamp\n\n{text}\n")) == text


def test_a_closed_bracket_ends_its_note() -> None:
    text = f"{TALE}\n\n(A/N: the bell is real!)\n\nThe lamp turned once, and did not turn again."
    assert prose(read(f"Title: Lamp\n\n{text}\n")) == text


def test_a_writers_note_in_the_story_before_the_end_mark_is_story() -> None:
    text = f"{TALE}\n\nNote: the lamp is to be kept till six."
    story = read(f"Title: Lamp\n\n{text}\n\nEND\n")
    assert (prose(story), story.end_marker, story.notes_after) == (text, "END", ())


def test_a_story_told_by_one_who_writes_stories_is_no_note() -> None:
    lines = [f"My {n} fic got no reviews, and I put the phone in the drawer." for n in ("first", "second", "third")]
    text = "\n\n".join([*lines, "Nobody came.", "It rained on my fanfiction.", "I wrote another one shot anyway."])
    assert prose(read(f"{text}\n")) == text


@pytest.mark.parametrize("unseen", ["\u200d", "\u200b\u200b\n\n\u200b", "\u2060", "\ufe0f\u200d", "\u3164"])
def test_unseen_characters_alone_are_no_story(unseen: str) -> None:
    with pytest.raises(Refused, match="empty"):
        read(unseen)


# -- labels ---------------------------------------------------------------------


def test_a_gift_says_to_whom_and_from_whom() -> None:
    story = read(f"Saltwater\nTo: kestrel\nFrom: inkgull\n\n{TALE}\n")
    assert (story.title, story.author, story.metadata) == ("Saltwater", "inkgull", {"to": "kestrel"})
    assert prose(story) == TALE


@pytest.mark.parametrize("below", ["Dear Mara,", "4 May 1848", "May 4th, 1848"])
def test_a_letter_is_no_gift(below: str) -> None:
    text = f"To: Mara\nFrom: the keeper\n\n{below}\n\n{TALE}"
    assert prose(read(f"Title: Saltwater\n\n{text}\n")) == text


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("[b]Title:[/b] Saltwater", "Saltwater"),
        ("<b>Title:</b> Saltwater", "Saltwater"),
        ("العنوان: المنارة", "المنارة"),
    ],
)
def test_a_label_within_marks_is_one(line: str, title: str) -> None:
    story = read(f"{line}\n\n{TALE}\n")
    assert (story.title, prose(story)) == (title, TALE)


@pytest.mark.parametrize(
    "line",
    [
        "<i>Author's Note:</i> written on a bus.",
        "[i]A/N:[/i] written on a bus.",
        "Notas iniciais\nwritten on a bus.",
        "ملاحظة: written on a bus.",
    ],
)
def test_a_note_within_marks_is_one(line: str) -> None:
    story = read(f"Title: Lamp\n\n{line}\n\n{TALE}\n")
    assert (story.notes_before, prose(story)) == (("written on a bus.",), TALE)


def test_more_lines_with_labels_than_any_head_has_are_the_story() -> None:
    told = [f"Maren: the tide has {n} words for it" for n in range(1_001)]
    assert prose(read("\n".join(told))).split("\n") == told
    assert read("\n".join(["Title: Lamp", "Author: Maren", "", TALE])).title == "Lamp"


def test_of_notes_and_lines_in_turn_few_are_taken_below_the_story() -> None:
    words = ["tide", "lamp", "wall", "gull", "boat", "stair", "glass", "wind"]
    turns = [
        f"A/N: sorry for the wait, {a}!\n\n{a.capitalize()} {b} and {c}, all cold."
        for a, b, c in permutations(words, 3)
    ]
    story = read("\n\n".join(turns[:100]))
    assert sum("all cold" in note for note in story.notes_after) <= 8


# -- how notes weigh against the story --------------------------------------------

LONG_NOTE = "A/N: " + "I wrote this on a bus, and the bus was late, and so am I. " * 3


def test_notes_that_outweigh_a_very_short_story_refuse_it_until_the_writer_says_so() -> None:
    text = f"Title: Lamp\n\nThe lamp went out.\n\n{LONG_NOTE}\n"
    with pytest.raises(Refused, match="begins"):
        read(text)
    stated = read(f"---\nbegins: The lamp\n---\n{text}", "lamp.md")
    assert (prose(stated), len(stated.notes_after)) == ("The lamp went out.", 1)
    typed = read_story(text.encode(), "0001.txt", Correction.of({"whole": "yes"}, "typed"))
    assert prose(typed) == "The lamp went out."


def test_a_very_short_story_alone_is_one() -> None:
    weight = weigh(read("Title: Lamp\n\nThe lamp went out."))
    assert (weight.story, weight.notes, weight.is_short, weight.is_heavy, weight.is_doubtful) == (
        4,
        0,
        True,
        False,
        False,
    )


def test_notes_of_more_than_half_of_the_words_are_heavy() -> None:
    weight = weigh(read(f"Title: Lamp\n\n{HARBOUR[0]}\n\n{HARBOUR[1]}\n\n{LONG_NOTE}\n"))
    assert weight.is_heavy and not weight.is_short and not weight.is_doubtful
    assert weight.texts == (LONG_NOTE.removeprefix("A/N: ").strip(),)
    assert not weigh(read(f"Title: Lamp\n\n{TALE}\n\nA/N: On a bus.\n")).is_heavy


def test_words_without_spaces_are_counted_by_their_signs() -> None:
    assert 10 <= weigh(read("題名: 港\n\n港は昼には空だった。誰も灯のことを話さなかった。")).story <= 24
