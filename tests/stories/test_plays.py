"""Plays: acts, scenes, the list of characters, and who speaks."""

from __future__ import annotations

import pytest

from bot.stories import Story, read_story
from bot.stories.model import ChapterName

SPEECHES = (
    "KEEPER. You have let it go out again, and the boats are on the water.\n\n"
    "MARTA. I was gone for an hour. (She sits.) Nobody saw it.\n\n"
    "[Enter BAILIFF.]\n\n"
    "BAILIFF. I saw it from the road, and so did every man in the harbour.\n\n"
    "KEEPER. Then light it."
)
CAST = "DRAMATIS PERSONAE\n\nKEEPER, an old man\nMARTA, his daughter\nA BAILIFF"


def read(*paragraphs: str, name: str = "0001.txt") -> Story:
    return read_story("\n\n".join(paragraphs).encode(), name)


def names(story: Story) -> list[ChapterName]:
    return [chapter.name for chapter in story.chapters]


@pytest.mark.parametrize(
    ("acts", "scenes"),
    [
        (("ACT I", "ACT II"), ("SCENE I. A lamp room.", "SCENE II. The quay.")),
        (("Act One", "Act Two"), ("Scene One", "Scene Two")),
        (("ACTE PREMIER", "ACTE II"), ("SCÈNE PREMIÈRE", "SCÈNE II")),
        (("ERSTER AKT", "ZWEITER AKT"), ("ERSTE SZENE", "ZWEITE SZENE")),
        (("ACTO PRIMERO", "ACTO SEGUNDO"), ("ESCENA PRIMERA", "ESCENA SEGUNDA")),
        (("ATTO PRIMO", "ATTO SECONDO"), ("SCENA I", "SCENA II")),
        (("ДЕЙСТВИЕ ПЕРВОЕ", "ДЕЙСТВИЕ ВТОРОЕ"), ("ЯВЛЕНИЕ ПЕРВОЕ", "ЯВЛЕНИЕ ВТОРОЕ")),
        (("AKT I", "AKT II"), ("SCENA I", "SCENA II")),
        (("BABAK I", "BABAK II"), ("ADEGAN 1", "ADEGAN 2")),
        (("第一幕", "第二幕"), ("第一場", "第二場")),
    ],
)
def test_acts_are_chapters_and_scenes_are_scenes(acts: tuple[str, str], scenes: tuple[str, str]) -> None:
    act = "\n\n".join(f"{scene}\n\n{SPEECHES}" for scene in scenes)
    story = read("THE LAMP", acts[0], act, acts[1], act)
    assert names(story) == [ChapterName(None, 1, acts[0]), ChapterName(None, 2, acts[1])]
    for chapter in story.chapters:
        assert chapter.scene_breaks == 1
        assert chapter.prose == f"{scenes[0]}\n\n{SPEECHES}\n\n\n{scenes[1]}\n\n{SPEECHES}"


def test_a_list_of_acts_is_contents() -> None:
    acts = (f"ACT I\n\n{SPEECHES}", f"ACT II\n\n{SPEECHES}")
    story = read("THE LAMP", "by Ilse Marrow", "ACT I. A lamp room\n\nACT II. The quay", *acts)
    assert names(story) == [ChapterName("A lamp room", 1, "ACT I"), ChapterName("The quay", 2, "ACT II")]
    assert [chapter.prose for chapter in story.chapters] == [SPEECHES] * 2


def test_the_list_of_characters_and_directions_are_part_of_the_play_and_the_author_is_no_note() -> None:
    story = read("THE LAMP", "by Ilse Marrow", CAST, "ACT I", SPEECHES, "ACT II", SPEECHES)
    assert (story.title, story.author, story.all_notes) == ("THE LAMP", "Ilse Marrow", ())
    assert names(story)[0] == ChapterName("DRAMATIS PERSONAE")
    assert story.chapters[0].prose == "KEEPER, an old man\nMARTA, his daughter\nA BAILIFF"
    assert "[Enter BAILIFF.]" in story.chapters[1].prose


def test_a_play_of_one_act_begins_with_its_characters() -> None:
    story = read("The Lamp", "A trifle, written on a train", CAST, "A lamp room, at night.", SPEECHES)
    [chapter] = story.chapters
    assert chapter.prose == f"{CAST}\n\nA lamp room, at night.\n\n{SPEECHES}"
    assert story.notes_before == ("A trifle, written on a train",)


SAID = [("Keeper", "You have let it go out."), ("Marta", "(sitting) I was gone an hour.")] * 3
FORMS = {
    "cells": ("<table>", "<tr><td>{}</td><td>{}</td></tr>", "</table>"),
    "terms": ("<dl>", "<dt>{}</dt><dd>{}</dd>", "</dl>"),
}


@pytest.mark.parametrize("form", FORMS)
def test_in_html_a_speech_follows_its_speaker_and_no_stop_is_set(form: str) -> None:
    before, speech, after = FORMS[form]
    page = f"<h1>The Lamp</h1>{before}{''.join(speech.format(*said) for said in SAID)}{after}"
    [chapter] = read(page, name="lamp.html").chapters
    assert chapter.prose == "\n\n".join(f"{name} {words}" for name, words in SAID)


@pytest.mark.parametrize(
    ("page", "prose"),
    [
        ("<p><b>{}</b>: {}</p>", "{}: {}"),
        ("<p><b>{}.</b> {}</p>", "{}. {}"),
        ("<p><b>{}</b><br>{}</p>", "{}\n{}"),
    ],
)
def test_no_stop_is_set_where_the_page_parts_them(page: str, prose: str) -> None:
    [chapter] = read(f"<h1>The Lamp</h1>{''.join(page.format(*said) for said in SAID)}", name="lamp.html").chapters
    assert chapter.prose == "\n\n".join(prose.format(*said) for said in SAID)


@pytest.mark.parametrize(
    "paragraphs",
    [
        [("Salt", "is a word."), ("Rope", "is a word."), ("Lamp", "is a word."), ("Mud", "is a word.")],
        [("Never", "did she look back."), ("Never", "again."), ("Never", "once."), ("Never", "twice.")],
    ],
)
def test_bold_words_that_are_no_names_stay_in_their_sentence(paragraphs: list[tuple[str, str]]) -> None:
    page = "".join(f"<p><b>{word}</b> {words}</p>" for word, words in paragraphs)
    [chapter] = read(f"<h1>The Lamp</h1>{page}", name="lamp.html").chapters
    assert chapter.prose == "\n\n".join(" ".join(said) for said in paragraphs)
