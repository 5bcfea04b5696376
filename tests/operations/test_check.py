"""`check`: how a file will be read, in words and as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from bot.operations.check import check
from tests.markdown_reference import reading

LINE = "The {word} fox came down to the water at dusk, when the herons had gone, and drank for the {word} time.\n\n"
BANKS = (
    "Title: The *Other* Bank\nAuthor: Ilse Reed\nRating: T\nLanguage: English\n\nSummary: A fox wants to cross.\n\n"
    "A/N: My first!\n\n----\n\n"
    + "".join(LINE.format(word=f"{n}th") for n in range(40))
    + "***\n\nRoses are red\nfoxes are too\n\n"
    + LINE.format(word="*last*")
    + "-Fin-\n\nPlease review!\n"
)


def checked(*paths: Path) -> tuple[bool, list[dict[str, Any]]]:
    """Whether every file is loaded, and what the object says of each."""
    text, all_loaded = check(paths, as_json=True)
    said = json.loads(text)
    assert list(said) == ["files"]
    return all_loaded, said["files"]


@pytest.fixture
def banks(tmp_path: Path) -> Path:
    path = tmp_path / "banks.txt"
    path.write_text(BANKS, "utf-8")
    return path


KINDS: dict[str, tuple[type, ...]] = {
    "key": (str,),
    "title": (str,),
    "author": (str, type(None)),
    "summary": (str, type(None)),
    "language": (str, type(None)),
    "metadata": (dict,),
    "words": (int,),
    "notes_before": (list,),
    "notes_after": (list,),
    "end_marker": (str, type(None)),
    "chapters": (list,),
    "quotes": (list,),
    "worths": (list,),
}
CHAPTER_KINDS: dict[str, tuple[type, ...]] = {
    "title": (str, type(None)),
    "notes_before": (list,),
    "notes_after": (list,),
    "prose": (str,),
    "verse_blocks": (int,),
    "scene_breaks": (int,),
    "pages": (list,),
}


def test_the_object_has_the_fields_that_other_programs_are_promised(banks: Path, tmp_path: Path) -> None:
    void = tmp_path / "void.txt"
    void.write_bytes(b"")
    all_loaded, files = checked(banks, void)
    assert not all_loaded
    for file in files:
        assert set(file) == {"file", "status", "problem", "warnings", "story"}
    loaded, refused = files
    assert (loaded["file"], loaded["status"], loaded["problem"], loaded["warnings"]) == (str(banks), "loaded", None, [])
    assert (refused["status"], refused["story"], refused["warnings"]) == ("refused", None, [])
    assert "empty" in refused["problem"]
    story = loaded["story"]
    assert set(story) == set(KINDS)
    assert {name for name, kinds in KINDS.items() if not isinstance(story[name], kinds)} == set()
    for chapter in story["chapters"]:
        assert set(chapter) == set(CHAPTER_KINDS)
        assert {name for name, kinds in CHAPTER_KINDS.items() if not isinstance(chapter[name], kinds)} == set()
        assert all(isinstance(page, str) and page for page in chapter["pages"])
    assert all(isinstance(quote, str) for quote in story["quotes"])


def test_the_object_says_what_the_file_says(banks: Path) -> None:
    all_loaded, [file] = checked(banks)
    assert all_loaded
    story = file["story"]
    [chapter] = story["chapters"]
    assert story["key"] == "banks"
    assert (story["title"], story["author"]) == ("The *Other* Bank", "Ilse Reed")
    assert (story["summary"], story["language"]) == ("A fox wants to cross.", "English")
    assert story["metadata"] == {"rating": "T", "language": "English"}
    assert (story["notes_before"], story["notes_after"]) == (["My first!"], ["Please review!"])
    assert story["end_marker"] == "-Fin-"
    assert (chapter["scene_breaks"], chapter["verse_blocks"], chapter["title"]) == (1, 1, None)
    assert story["words"] == len(chapter["prose"].split())
    assert "\n\n\nRoses are red\nfoxes are too\n\nThe *last* fox" in chapter["prose"]


def test_the_pages_are_what_is_sent_and_hold_the_whole_prose(banks: Path) -> None:
    _, [file] = checked(banks)
    [chapter] = file["story"]["chapters"]
    assert len(chapter["pages"]) > 2
    assert "\\*last\\*" in chapter["pages"][-1]
    shown = [token for page in chapter["pages"] for token in reading(page).split()]
    assert [token for token in shown if token != "✦"] == chapter["prose"].split()


def test_quotes_are_of_the_story_and_not_of_the_notes(banks: Path) -> None:
    _, [file] = checked(banks)
    assert file["story"]["quotes"]
    assert all(quote in file["story"]["chapters"][0]["prose"] for quote in file["story"]["quotes"])


TALES = (
    "Title: Two Tales\n\nChapter 1: The Ferry\n\n"
    + "".join(LINE.format(word=f"{n}th") for n in range(12))
    + "In a hundred years nobody had ever paid the ferryman twice, because the ferryman had never once arrived.\n\n"
    + "Chapter 2: The Bell\n\n"
    + "".join(LINE.format(word=f"{n}th") for n in range(12, 24))
    + "Ring it for the ferry, ring it for the dead,\nring it for a reason that nobody has said.\n"
)


def test_each_quote_comes_with_its_points_and_the_best_ten_with_where_they_are_from(tmp_path: Path) -> None:
    path = tmp_path / "tales.txt"
    path.write_text(TALES, "utf-8")
    _, [file] = checked(path)
    worths = dict(zip(file["story"]["quotes"], file["story"]["worths"], strict=True))
    ferry, bell = (next(text for text in worths if words in text) for words in ("paid the ferryman", "Ring it"))
    assert len(worths) > 10
    assert worths[ferry] == max(worths.values()) > min(worths.values())
    said, _ = check([path], as_json=False)
    shown = re.findall(
        r"^    ( \d\d|100)  (.*)$((?:\n         .*)*?)\n         \(Chapter ([12]), (\d+) %\)$", said, re.M
    )
    assert [int(points) for points, *_ in shown] == sorted(worths.values(), reverse=True)[:10]
    places = {
        first + others.replace("\n         ", "\n"): (int(n), int(percent)) for _, first, others, n, percent in shown
    }
    assert {text: worths[text] for text in places}.keys() <= worths.keys()
    assert places[ferry][0] == 1 and 40 <= places[ferry][1] < 50
    assert places[bell][0] == 2 and 90 <= places[bell][1] < 100


def test_the_language_is_null_where_the_source_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "fox.txt"
    path.write_text(LINE.format(word="red"), "utf-8")
    _, [file] = checked(path)
    assert file["story"]["language"] is None
    assert file["story"]["author"] is None
    assert file["story"]["summary"] is None


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere", "deep/nowhere.txt"])
def test_a_missing_path_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    all_loaded, [file] = checked(tmp_path / name)
    assert not all_loaded
    assert (file["status"], file["story"]) == ("refused", None)
    assert file["problem"]


def test_a_folder_is_checked_with_its_subfolders_by_the_keys_that_a_load_gives(tmp_path: Path) -> None:
    for name in ("b.txt", "deep/a.txt", ".hidden.txt", "readme.md~", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(LINE.format(word="red"), "utf-8")
    all_loaded, files = checked(tmp_path)
    assert all_loaded
    assert [file["story"]["key"] for file in files] == ["b", "deep/a"]


def test_a_mature_story_and_a_guessed_encoding_are_warned_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rating: M\n\n" + LINE.format(word="red"), "utf-8")
    (tmp_path / "b.txt").write_bytes(
        ("Où vas-tu ? demanda la loutre au renard, déjà loin, près de la forêt.\n" * 5).encode("cp1252")
    )
    _, [mature, guessed] = checked(tmp_path)
    assert any("mature" in warning for warning in mature["warnings"])
    assert any("UTF-8" in warning for warning in guessed["warnings"])


def test_in_words_it_shows_all_that_a_writer_asks_about(banks: Path) -> None:
    said, all_loaded = check([banks], as_json=False)
    assert all_loaded
    for part in (
        "The *Other* Bank",
        "Ilse Reed",
        "A fox wants to cross.",
        "My first!",
        "Please review!",
        "-Fin-",
        "T",
        "pages",
        "Quotes",
        "words",
        "1 scene break",
        "1 verse",
    ):
        assert part in said, part


def test_in_words_a_refused_file_says_why(tmp_path: Path) -> None:
    (tmp_path / "void.txt").write_bytes(b"")
    said, all_loaded = check([tmp_path / "void.txt"], as_json=False)
    assert not all_loaded
    assert "the file is empty" in said
