"""`check`: how a file will be read, in words and as JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.importing.worker import FEW_FILES
from bot.operations.check import report
from tests.markdown_reference import MARK, reading
from tests.operations.checking import checked, said_of

ROOT = Path(__file__).parents[2]
LINE = "The {word} fox came down to the water at dusk, when the herons had gone, and drank for the {word} time.\n\n"
BANKS = (
    "Title: The *Other* Bank\nAuthor: Ilse Reed\nRating: T\nLanguage: English\n\nSummary: A fox wants to cross.\n\n"
    "A/N: My first!\n\n----\n\n"
    + "".join(LINE.format(word=f"{n}th") for n in range(40))
    + "***\n\nRoses are red\nfoxes are too\n\n"
    + LINE.format(word="*last*")
    + "-Fin-\n\nPlease review!\n"
)


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
    "number": (int, type(None)),
    "label": (str, type(None)),
    "notes_before": (list,),
    "notes_after": (list,),
    "prose": (str,),
    "verse_blocks": (int,),
    "scene_breaks": (int,),
    "pages": (list,),
}


@pytest.mark.usefixtures("quoted_samples")
async def test_the_object_has_the_fields_that_other_programs_are_promised(banks: Path, tmp_path: Path) -> None:
    void = tmp_path / "void.txt"
    void.write_bytes(b"")
    all_loaded, files = await checked(banks, void)
    assert not all_loaded
    for file in files:
        assert set(file) == {"file", "status", "problem", "warnings", "story", "decisions", "lines"}
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


async def test_the_object_says_what_the_file_says(banks: Path) -> None:
    all_loaded, [file] = await checked(banks)
    assert all_loaded
    story = file["story"]
    [chapter] = story["chapters"]
    assert story["key"] == "banks"
    assert (story["title"], story["author"]) == ("The Other Bank", "Ilse Reed")
    assert (story["summary"], story["language"]) == ("A fox wants to cross.", "English")
    assert story["metadata"] == {"rating": "T", "language": "English"}
    assert (story["notes_before"], story["notes_after"]) == (["My first!"], ["Please review!"])
    assert story["end_marker"] == "-Fin-"
    assert (chapter["scene_breaks"], chapter["verse_blocks"], chapter["title"]) == (1, 1, None)
    assert story["words"] == len(chapter["prose"].split())
    assert "\n\n\nRoses are red\nfoxes are too\n\nThe last fox" in chapter["prose"]


async def test_the_object_has_number_and_label_of_a_chapter(tmp_path: Path) -> None:
    file = tmp_path / "banks.txt"
    heads = ("Prologue", "Act 1", "Act 2: The Ferry")
    file.write_text(
        "Title: Banks\n\n" + "\n".join(f"{head}\n\n{LINE.format(word='red') * 3}" for head in heads), "utf-8"
    )
    _, [read] = await checked(file)
    names = [(chapter["number"], chapter["label"], chapter["title"]) for chapter in read["story"]["chapters"]]
    assert names == [(None, None, "Prologue"), (1, "Act 1", None), (2, "Act 2", "The Ferry")]


def test_a_check_loads_no_messages_for_members(banks: Path) -> None:
    code = "import sys; from bot.__main__ import main; main(); print('fluent.runtime' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code, "check", str(banks)], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert "Chapter 1" in said
    assert said.endswith("False\n")


async def test_the_pages_are_what_is_sent_and_hold_the_whole_prose(banks: Path) -> None:
    _, [file] = await checked(banks)
    [chapter] = file["story"]["chapters"]
    assert len(chapter["pages"]) > 2
    assert "The _last_ fox" in chapter["pages"][-1]
    shown = [token for page in chapter["pages"] for token in reading(page).split()]
    prose = chapter["prose"].replace(" last ", f" {MARK}italic{MARK} ")
    assert [token for token in shown if token != "✦"] == prose.split()


@pytest.mark.usefixtures("quoted_samples")
async def test_quotes_are_of_the_story_and_not_of_the_notes(banks: Path) -> None:
    _, [file] = await checked(banks)
    assert file["story"]["quotes"]
    assert all(quote in file["story"]["chapters"][0]["prose"] for quote in file["story"]["quotes"])


WISE = (
    "Nobody ever forgave the {word} fox, because the {word} fox had never once asked to be forgiven for anything, least"
    " of all for the hens.\n\n"
)
TALES = (
    "Title: Two Tales\n\nChapter 1: The Ferry\n\nIt rained.\n\n"
    + "".join(WISE.format(word=f"{n}th") for n in range(12))
    + "In a hundred years nobody had ever paid the ferryman twice, because the ferryman had never once arrived,"
    + " and nobody had ever loved him enough to wait.\n\n"
    + "Chapter 2: The Bell\n\n"
    + "".join(WISE.format(word=f"{n}th") for n in range(12, 24))
    + "Ring it for the ones you love, ring it for your dead,\nring it for the promise that nobody ever said,\n"
    + "ring it for the heart you broke, ring it for your life,\nring it for a love of yours and everything you hope.\n"
)


@pytest.mark.usefixtures("quoted_samples")
async def test_each_quote_comes_with_its_points_and_the_best_ten_with_where_they_are_from(tmp_path: Path) -> None:
    path = tmp_path / "tales.txt"
    path.write_text(TALES, "utf-8")
    _, [file] = await checked(path)
    worths = dict(zip(file["story"]["quotes"], file["story"]["worths"], strict=True))
    ferry, bell = (next(text for text in worths if words in text) for words in ("paid the ferryman", "Ring it"))
    assert len(worths) > 10
    assert worths[bell] == max(worths.values()) > min(worths.values())
    said, _ = await said_of(path)
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


async def test_the_language_is_null_where_the_source_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "fox.txt"
    path.write_text(LINE.format(word="red"), "utf-8")
    _, [file] = await checked(path)
    assert file["story"]["language"] is None
    assert file["story"]["author"] is None
    assert file["story"]["summary"] is None


@pytest.mark.parametrize("name", ["nowhere.txt", "nowhere", "deep/nowhere.txt"])
async def test_a_missing_path_is_refused_with_a_reason(tmp_path: Path, name: str) -> None:
    all_loaded, [file] = await checked(tmp_path / name)
    assert not all_loaded
    assert (file["status"], file["story"]) == ("refused", None)
    assert file["problem"]


async def test_a_folder_is_checked_with_its_subfolders_by_the_keys_that_a_load_gives(tmp_path: Path) -> None:
    for name in ("b.txt", "deep/a.txt", ".hidden.txt", "readme.md~", "picture.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(LINE.format(word="red"), "utf-8")
    all_loaded, files = await checked(tmp_path)
    assert all_loaded
    assert [file["story"]["key"] for file in files] == ["b", "deep/a"]


async def test_a_mature_story_and_a_guessed_encoding_are_warned_of(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rating: M\n\n" + LINE.format(word="red"), "utf-8")
    (tmp_path / "b.txt").write_bytes(
        ("Où vas-tu ? demanda la loutre au renard, déjà loin, près de la forêt.\n" * 5).encode("cp1252")
    )
    _, [mature, guessed] = await checked(tmp_path)
    assert any("mature" in warning for warning in mature["warnings"])
    assert any("UTF-8" in warning for warning in guessed["warnings"])


async def test_in_words_it_shows_all_that_a_writer_asks_about(banks: Path) -> None:
    said, all_loaded = await said_of(banks)
    assert all_loaded
    for part in (
        "The Other Bank",
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


async def test_in_words_a_refused_file_says_why(tmp_path: Path) -> None:
    (tmp_path / "void.txt").write_bytes(b"")
    said, all_loaded = await said_of(tmp_path / "void.txt")
    assert not all_loaded
    assert "the file is empty" in said


# -- why each thing was taken ----------------------------------------------------------


def row(said: str, name: str) -> str:
    """Return the one line of the list that begins with *name*."""
    [found] = [line for line in said.splitlines() if line.strip().startswith(f"{name:11} ")]
    return " ".join(found.split())


async def said_of_text(tmp_path: Path, text: str, name: str = "ferry_at_dusk.txt") -> str:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return (await said_of(path))[0]


BODY = "".join(LINE.format(word=f"{n}th") for n in range(8))
LOOK = re.compile(r"“[^”]+”")
"""A look; which one speaks most depends on what the scores were learnt from."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"\nTitle: Low Water\n\n{BODY}", "Title Low Water (line 2: has a label)"),
        (f"---\nauthor: Ilse\ntitle: Low Water\n---\n{BODY}", "Title Low Water (line 3: stands in the front matter)"),
        (f"LOW WATER\n\nby Ilse Reed\n\n{BODY}", "Title LOW WATER (line 1: by its looks: “…”)"),
        (f"Low Water\nRating: T\n\n{BODY}", "Title Low Water (line 1: by its looks: “…”)"),
        (f"Low Water\n\n{BODY}", "Title Low Water (line 1: by its looks: “…”)"),
        (f"LOW WATER\n\n{BODY}", "Title LOW WATER (line 1: by its looks: “…”)"),
        (f"Low Water by Ilse Reed\n\n{BODY}", "Title Low Water (line 1: by its looks: “…”)"),
        (BODY, "Title Ferry at Dusk (the file's name, since no line looks like a title)"),
    ],
)
async def test_the_title_comes_with_its_line_and_its_rule(tmp_path: Path, text: str, expected: str) -> None:
    assert LOOK.sub("“…”", row(await said_of_text(tmp_path, text), "Title")) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("LOW WATER\n\nby Ilse Reed", "Author Ilse Reed (line 3: by its looks: “…”)"),
        ("Low Water by Ilse Reed", "Author Ilse Reed (line 1: by its looks: “…”)"),
        ("Title: Low Water\nAuthor: Ilse Reed", "Author Ilse Reed (line 2: has a label)"),
        ("Title: Low Water", "Author — (nothing says it)"),
    ],
)
async def test_the_author_comes_with_a_line_and_a_rule(tmp_path: Path, head: str, expected: str) -> None:
    assert LOOK.sub("“…”", row(await said_of_text(tmp_path, f"{head}\n\n{BODY}"), "Author")) == expected


async def test_front_matter_is_advised_only_where_the_format_has_it(tmp_path: Path) -> None:
    html = "".join(f"<p>{line}</p>" for line in BODY.split("\n") if line)
    assert "front matter" in await said_of_text(tmp_path, f"Low Water\n\n{BODY}")
    said = await said_of_text(tmp_path, f"<p>Low Water</p>{html}", "low.html")
    assert "To have it otherwise" in said and "as lines at the top" in said and "front matter" not in said


async def test_without_a_title_and_with_a_number_for_a_name_the_opening_words_are_the_title(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, "\n\n" + BODY, "0042.txt")
    assert "(line 3: the opening words" in row(said, "Title")


async def test_a_heading_of_markdown_is_told_as_one(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, f"# Low Water\n\n## Out\n\n{BODY}\n## Home\n\n{BODY}", "low.md")
    assert row(said, "Title") == "Title Low Water (line 1: a heading)"
    assert "(line 3: a heading)" in row(said, "Chapter 1")
    assert "(line 22: a heading)" in row(said, "Chapter 2")


async def test_what_an_entry_of_stories_toml_says_comes_with_its_line_there(tmp_path: Path) -> None:
    (tmp_path / "stories.toml").write_text('["tide.txt"]\nrating = "M"\ntitle = "High Water"\n', "utf-8")
    said = await said_of_text(tmp_path, f"Title: Low Water\n\n{BODY}", "tide.txt")
    assert row(said, "Title") == "Title High Water (line 3: stands in stories.toml)"
    assert row(said, "Rating") == "Rating mature (line 2: stands in stories.toml)"


async def test_notes_chapters_and_the_end_come_with_their_lines(tmp_path: Path) -> None:
    said = await said_of_text(
        tmp_path,
        f"Title: Tides\n\nA/N: Written on a train.\n\n----\n\nChapter 1: Out\n\n{BODY}"
        f"Chapter 2: Home\n\n{BODY}The End\n\nA word about trains.\n",
    )
    assert row(said, "Note before") == "Note before Written on a train. (line 3: has a label)"
    assert row(said, "Chapter 1").endswith("(line 7: a heading)")
    assert row(said, "Chapter 2").endswith("(line 25: a heading)")
    assert row(said, "End mark") == "End mark The End (line 43: a line that marks the end)"
    assert row(said, "Note after") == "Note after A word about trains. (line 45: stands below the end mark)"


async def test_rating_language_status_and_length_are_in_the_list_each_once(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, f"Title: Tides\nRating: NC-17\nLanguage: en-GB\n\n{BODY}")
    assert row(said, "Rating") == "Rating explicit (line 2: has a label)"
    assert row(said, "Language") == "Language en-GB (line 3: has a label)"
    assert row(said, "Status") == "Status one-shot (it has one chapter)"
    assert row(said, "Length") == "Length one-shot, 168 words, about 1 min (counted by its words)"
    assert row(said, "ID") == "ID ferry_at_dusk (the file's path, since it states no id)"


async def test_quotes_that_are_not_wished_for_are_said_in_one_line_and_none_is_shown(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, f"Title: Tides\nQuotes: no\n\n{BODY}")
    assert re.fullmatch(
        r"Quotes no; \d+ passages? could be drawn otherwise \(line 2: has a label\)", row(said, "Quotes")
    )
    assert "not rated" not in said
    assert not re.search(r"^ +\d+ %|\(\d+ %\)$", said, re.M)


async def test_one_page_is_said_as_one(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, LINE.format(word="red"))
    assert " 1 page " in f"{row(said, 'Chapter 1')} "
    assert "1 pages" not in said


async def test_where_it_guessed_it_says_what_to_write(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, f"Please be kind, this is my first story!\n\n{BODY}")
    assert "  To have it otherwise, write\n" in said
    assert "title: …" in said and "rating: …" in said
    assert 'begins = "…"' in said


async def test_the_object_has_the_same_facts_with_the_same_reasons(tmp_path: Path) -> None:
    path = tmp_path / "tides.txt"
    path.write_text(f"Title: Tides\n\nPlease be kind, this is my first story!\n\n{BODY}", "utf-8")
    _, [file] = await checked(path)
    said, _ = await said_of(path)
    decisions = {decision["field"]: decision for decision in file["decisions"]}
    assert decisions["title"] == {
        "field": "title",
        "value": "Tides",
        "chapter": None,
        "line": 1,
        "rule": "label",
        "why": "line 1: has a label",
        "instead": "title: …",
    }
    assert (decisions["note before"]["line"], decisions["note before"]["rule"]) == (3, "telling")
    told = {"title", "author", "summary", "id", "rating", "language", "status", "note before", "chapter", "quotes"}
    assert told <= decisions.keys()
    assert all(f"({decisions[field]['why']})" in said for field in told)


LAW = "no sign of its author: stays in the story"
KEPT = "I was sorry about that afterwards"
NOTED = f"Low Water\n\nPlease be kind, this is my first story!\n\n{BODY}{KEPT}\n"


async def test_it_says_where_the_story_begins_and_ends_and_what_is_just_outside(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, f"{NOTED}\nThe End\n\nThanks for reading, please review!\n")
    shown = said.split("Your story ")[1].split("\n")
    assert shown[0].startswith("begins “The 0th fox came down")
    assert shown[1].startswith("    just above  line 3, note: Please be kind, this is my first story!  (says “be kind”")
    assert shown[2].endswith(f"the 7th time. {KEPT}”")
    assert shown[3].startswith("    just below  line 23, end mark: The End  (“")


async def test_it_says_which_lines_stay_in_the_story_by_a_law(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, NOTED)
    assert f"    also in it  line 21, story: {KEPT}  ({LAW})" in said


async def test_without_being_asked_it_does_not_explain_each_line(tmp_path: Path) -> None:
    assert "      looks " not in await said_of_text(tmp_path, NOTED)


async def test_asked_it_explains_the_role_of_each_line_around_the_story(tmp_path: Path) -> None:
    (tmp_path / "low.txt").write_text(NOTED, "utf-8")
    said, _ = await said_of(tmp_path / "low.txt", explain=True)
    blocks = re.findall(r"^    line (\d+), ([a-z ]+): (.*)\n((?:      .*\n)+)", said, re.M)
    assert [(number, role) for number, role, *_ in blocks] == [
        ("1", "title"),
        ("3", "note"),
        ("5", "story"),
        ("21", "story"),
    ]
    reasons = {number: reason for number, *_, reason in blocks}
    assert all(reason.startswith("      looks  “") for reason in reasons.values())
    assert "      words  “be kind”" in reasons["3"]
    assert f"      law    {LAW}" in reasons["21"]


async def test_the_object_explains_each_line_around_the_story(tmp_path: Path) -> None:
    (tmp_path / "low.txt").write_text(NOTED, "utf-8")
    _, [file] = await checked(tmp_path / "low.txt")
    *_, last = file["lines"]
    assert set(last) == {"line", "text", "role", "looks", "words", "law"}
    assert (last["line"], last["text"], last["role"], last["law"]) == (21, KEPT, "story", LAW)


async def test_where_the_writer_states_the_bounds_no_line_is_explained(tmp_path: Path) -> None:
    (tmp_path / "low.txt").write_text(f"---\nbegins: The 0th fox\n---\n{NOTED}", "utf-8")
    _, [file] = await checked(tmp_path / "low.txt")
    assert file["lines"] == []


def indented(text: str, first: str, end: str) -> str:
    """Return the indented block of a page that begins with the line *first*, up to *end*, without its indentation."""
    block = text[text.index(f"    {first}") :].split(end)[0]
    return "\n".join(line[4:] for line in block.rstrip().split("\n"))


async def test_the_page_on_check_shows_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "check.md").read_text("utf-8")
    (tmp_path / "long-way.txt").write_text(indented(page, "The Long Way Round", "\nit says") + "\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    said, _ = await said_of(Path("long-way.txt"), explain=True)
    said = LOOK.sub("“…”", said)
    for first, end in (("long-way.txt", "\nthen the best"), ("line 5, note", "\n- **Role**")):
        shown = LOOK.sub("“…”", indented(page, first, end))
        missing = [line for line in shown.split("\n") if line.strip() not in map(str.strip, said.split("\n"))]
        assert shown and missing == []


@pytest.mark.parametrize("key", ["publised", "tilte", "ratign", "languge", "notes_befor"])
async def test_a_key_of_front_matter_that_is_nearly_known_is_asked_about(tmp_path: Path, key: str) -> None:
    meant = {"publised": "published", "tilte": "title", "ratign": "rating"}
    meant |= {"languge": "language", "notes_befor": "notes_before"}
    said = await said_of_text(tmp_path, f"---\nauthor: Ilse\n{key}: x\n---\n{BODY}")
    assert f"line 3: `{key}` becomes a detail on the card; did you mean `{meant[key]}`?" in said


async def test_an_unknown_label_at_the_top_of_a_text_that_is_nearly_a_known_one_is_asked_about(tmp_path: Path) -> None:
    said = await said_of_text(tmp_path, f"Title: Lamp\nSumary: A lamp.\nFeel: blue\nBeta: Tove\n\n{BODY}")
    assert "`sumary` becomes a detail on the card; did you mean `summary`?" in said
    assert said.count("did you mean") == 1


async def test_a_key_of_stories_toml_that_is_nearly_known_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "stories.toml").write_text('["tide.txt"]\ntilte = "High Water"\nbegin = "The"\n', "utf-8")
    said = await said_of_text(tmp_path, BODY, "tide.txt")
    assert "stories.toml, line 2: `tilte` is no key; did you mean `title`?" in said
    assert "stories.toml, line 3: `begin` is no key; did you mean `begins`?" in said


@pytest.mark.parametrize("key", ["mood", "soundtrack", "titel", "beta", "warning", "draft"])
async def test_a_key_that_is_known_or_like_none_is_not_asked_about(tmp_path: Path, key: str) -> None:
    assert "did you mean" not in await said_of_text(tmp_path, f"---\n{key}: x\n---\n{BODY}")


# -- which files it looks at ------------------------------------------------------------


async def test_of_a_folder_beside_the_file_nothing_is_read(
    tmp_path: Path, banks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(*_: object) -> None:
        raise AssertionError("the folder was walked")

    (tmp_path / "stories.toml").write_text('["other.txt"]\ntitle = "x"\n["banks.txt"]\nrating = "K"\n', "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr("os.walk", walk)
        patched.setattr("os.scandir", walk)
        said, all_loaded = await said_of(banks)
    assert all_loaded
    assert row(said, "Rating") == "Rating general (line 4: stands in stories.toml)"
    assert "other.txt" not in said


async def test_a_closed_folder_and_one_that_vanishes_stop_nothing(
    banks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed", "gone"):
        (tmp_path / name).mkdir()
    listed = os.scandir

    def scandir(path: str) -> object:
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        if os.fspath(path).endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory")
        return listed(path)

    with monkeypatch.context() as patched:
        patched.setattr("os.scandir", scandir)
        all_loaded, files = await checked(tmp_path)
    assert all_loaded
    assert [file["story"]["key"] for file in files] == ["banks"]


async def test_a_folder_without_stories_says_so_and_fails(tmp_path: Path) -> None:
    said, all_loaded = await said_of(tmp_path)
    assert not all_loaded
    assert "no stories found" in said
    all_loaded, [file] = await checked(tmp_path)
    assert (all_loaded, file["problem"]) == (False, "no stories found")


async def test_many_files_are_told_in_the_order_of_their_names(tmp_path: Path) -> None:
    for n in range(FEW_FILES + 8):
        (tmp_path / f"{n:03}.txt").write_text(f"Title: Tale {n}\n\n{LINE.format(word='red')}", "utf-8")
    (tmp_path / "020.txt").write_bytes(b"")
    done: list[tuple[int, int]] = []

    async def progress(now: int, files: int) -> None:
        done.append((now, files))

    written: list[str] = []
    assert not await report([tmp_path], written.append, json=True, progress=progress)
    files = json.loads("".join(written))["files"]
    assert [Path(file["file"]).stem for file in files] == [f"{n:03}" for n in range(FEW_FILES + 8)]
    assert [file["file"] for file in files if file["status"] == "refused"] == [str(tmp_path / "020.txt")]
    assert done[-1] == (FEW_FILES + 8, FEW_FILES + 8)


async def test_notes_that_outweigh_the_story_are_shown_with_a_warning(tmp_path: Path) -> None:
    heavy = tmp_path / "heavy.txt"
    heavy.write_text("Title: Tide\n\n" + LINE * 2 + "A/N: " + "The bus was late. " * 9, "utf-8")
    light = tmp_path / "light.txt"
    light.write_text("Title: Tide\n\n" + LINE * 9 + "A/N: The bus was late.", "utf-8")
    _, [one, other] = await checked(heavy, light)
    assert [warning for warning in one["warnings"] if "the notes 36" in warning]
    assert one["story"]["notes_after"] == [("The bus was late. " * 9).strip()]
    assert 'begins = "…"' in (await said_of(heavy))[0]
    assert not [warning for warning in other["warnings"] if "notes" in warning]


async def test_a_very_short_story_under_long_notes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "short.txt"
    file.write_text("Title: Tide\n\nLow tide.\n\nA/N: " + "The bus was late. " * 9, "utf-8")
    all_loaded, [refused] = await checked(file)
    assert not all_loaded
    assert "`begins: …`" in refused["problem"]
    (tmp_path / "stories.toml").write_text('["short.txt"]\nbegins = "Low tide"\n', "utf-8")
    assert (await checked(file))[0]


async def test_where_a_file_has_no_front_matter_the_refusal_names_stories_toml(tmp_path: Path) -> None:
    file = tmp_path / "short.html"
    file.write_text("<h1>Tide</h1><p>Low tide.</p><p>A/N: " + "The bus was late. " * 9 + "</p>", "utf-8")
    _, [refused] = await checked(file)
    assert "stories.toml" in refused["problem"]


async def test_what_front_matter_leaves_out_of_the_story_is_told_by_its_keys(tmp_path: Path) -> None:
    keys = '---\nbegins: "The 1th fox"\nends: for the 2th time.\n---\n'
    text = f"{keys}Some words first.\n\n{LINE.format(word='1th')}{LINE.format(word='2th')}And some after it.\n"
    said = await said_of_text(tmp_path, text)
    assert row(said, "Note before").endswith("Some words first. (line 5: stands before the words of `begins`)")
    assert row(said, "Note after").endswith("And some after it. (line 11: stands after the words of `ends`)")


async def test_a_file_that_is_too_large_is_refused_with_its_size(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    with file.open("wb") as large:
        large.truncate(20_000_000)
    _, [refused] = await checked(file)
    assert refused["problem"] == "the file has 20,000,000 bytes; a story may have 8,388,608"
