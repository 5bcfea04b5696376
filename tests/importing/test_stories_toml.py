"""``stories.toml``: what it gives or corrects, and that a wrong entry is reported with its line and stops no other."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.loading import load_folder
from bot.importing.worker import read_here, reading_processes
from bot.store import Store
from bot.stories import Story, read_story
from bot.stories.formats.corrections import Correction
from bot.stories.formats.stories_toml import MAX_BYTES, read_corrections
from bot.stories.wishes import Wishes, read_wishes
from tests.importing.shelf import never_read, outcomes, put, titles
from tests.operations.checking import checked, said_of
from tests.votes import cast_vote, votes_of

FOX = "The fox came down to the water at dusk, when the herons had gone, and looked across for a long time."
OTTER = "An otter turned over in the reeds, saw who it was, and went back to sleep with one eye open, as they do."
FILES = ["a.txt", "b.md", "deep/c.txt", "été.txt"]
ANN, GUILD = 101, 900


def entry(toml: str, file: str = "a.txt") -> Correction:
    found = read_corrections(f'["{file}"]\n{toml}\n'.encode(), FILES)
    assert found.problems == ()
    return found.entries[file]


def corrected(toml: str, text: str, name: str = "a.txt") -> Story:
    return read_story(text.encode(), name, entry(toml))


def problems(toml: str) -> list[str]:
    return [str(problem) for problem in read_corrections(toml.encode(), FILES).problems]


# -- what an entry says ------------------------------------------------------------


def test_an_entry_gives_what_front_matter_gives() -> None:
    story = corrected(
        'id = "fox"\ntitle = "New"\nauthor = ["Ilse", "Tom"]\nsummary = """\nOne.\n\nTwo."""\nrating = "M"\n'
        'tags = ["a", "b"]\npublished = 2024-05-01\nnotes_before = "Hi."\nnotes_after = ["Bye.", "Soon."]\norder = 3',
        FOX,
    )
    assert (story.id, story.title, story.author, story.summary) == ("fox", "New", "Ilse, Tom", "One.\n\nTwo.")
    assert story.metadata == {"rating": "M", "tags": "a, b", "published": "2024-05-01"}
    assert story.order == 3
    assert (story.notes_before, story.notes_after) == (("Hi.",), ("Bye.", "Soon."))


def test_an_entry_wins_over_front_matter_and_that_over_the_text() -> None:
    text = f"---\nid: x\ntitle: Front\nrating: T\nauthor: F\n---\nTitle: Text\n\nRating: K\n\nFandom: None\n\n{FOX}"
    story = corrected('title = "Entry"\nrating = "M"', text)
    assert (story.id, story.title, story.author) == ("x", "Entry", "F")
    assert story.metadata["rating"] == "M"
    assert story.metadata["fandom"] == "None"
    assert {story.metadata["title in the file"], story.metadata["title"]} == {"Front", "Text"}


def test_an_entry_says_what_may_be_done_with_a_story() -> None:
    story = corrected('quotes = false\ndownloads = true\nvotes = "no"', f"Quotes: yes\n\n{FOX}")
    assert read_wishes(story.metadata) == Wishes(quote=False, vote=False, download=True)


NOTED = f"It is snowing as I write.\n\n{FOX}\n\nSo it was.\n\n{OTTER}\n\nI wrote it by hand.\n\nIt took a day."


@pytest.mark.parametrize(
    ("toml", "before", "prose", "after"),
    [
        ('begins = "The fox came"', ("It is snowing as I write.",), NOTED.split("\n\n", 1)[1], ()),
        (
            'ends = "as they do."',
            (),
            NOTED.rsplit("\n\n", 2)[0],
            ("I wrote it by hand.", "It took a day."),
        ),
        (
            'begins = "The  fox\\n came down"\nends = "one eye open, as they do."',
            ("It is snowing as I write.",),
            f"{FOX}\n\nSo it was.\n\n{OTTER}",
            ("I wrote it by hand.", "It took a day."),
        ),
        (
            'begins = "So it was."\nends = "So it was."',
            ("It is snowing as I write.", FOX),
            "So it was.",
            (OTTER, "I wrote it by hand.", "It took a day."),
        ),
    ],
)
def test_begins_and_ends_part_the_story_from_notes(
    toml: str, before: tuple[str, ...], prose: str, after: tuple[str, ...]
) -> None:
    story = corrected(toml, NOTED)
    assert (story.notes_before, story.notes_after) == (before, after)
    assert story.chapters[0].prose == prose


def test_begins_and_ends_take_back_what_was_read_as_a_note() -> None:
    text = f"A/N: Dear reader, I own nothing.\n\n----\n\n{FOX}\n\nPlease review!\n\n{OTTER[:40]}"
    found = read_story(text.encode(), "a.txt")
    assert found.notes_before
    story = corrected('begins = "Dear reader"\nends = "Please review!"', text)
    assert story.notes_before == ()
    assert story.chapters[0].prose == f"Dear reader, I own nothing.\n\n{FOX}\n\nPlease review!"
    assert story.notes_after == (OTTER[:40],)


def test_begins_and_ends_may_stand_within_a_verse() -> None:
    text = f"For Tom,\nwho asked\n“So, long ago\nthe fox was red”\nand he said no more\n\n{FOX}"
    story = corrected('begins = "\\"So, long"\n', text)
    assert story.chapters[0].prose.startswith("“So, long ago\nthe fox was red”\nand")
    assert story.notes_before == ("For Tom,\nwho asked",)
    story = corrected('ends = "fox was red\\""', text)
    assert story.chapters[0].prose.endswith("the fox was red”")


@pytest.mark.parametrize("key", ["begins", "ends"])
def test_words_that_are_not_found_are_a_warning_with_the_line(key: str) -> None:
    story = corrected(f'\n{key} = "a zebra"', NOTED)
    [warning] = story.warnings
    assert warning.startswith("stories.toml, line 3: ")
    assert "a zebra" in warning
    assert story.chapters[0].prose == NOTED


def test_begins_is_for_a_story_of_one_chapter() -> None:
    text = f"Chapter 1: Snow\n\n{FOX}\n\nChapter 2: Rain\n\n{OTTER}"
    story = corrected('begins = "The fox"', text)
    assert len(story.chapters) == 2
    assert "one chapter" in story.warnings[0]


# -- what is wrong with it ---------------------------------------------------------

GOOD = '["deep/c.txt"]\ntitle = "Good"\n'


@pytest.mark.parametrize(
    ("toml", "line", "said"),
    [
        ('["a.txt"]\ntitle = 1984', 2, "`title` must be text"),
        ('["a.txt"]\n\ntitle = ["a", "b"]', 3, "`title` must be text"),
        ('["a.txt"]\ntags = [1, 2]', 2, "`tags` must be text"),
        ('["a.txt"]\nauthor = true', 2, "`author` must be text"),
        ('["a.txt"]\nid = "a b"', 2, "`id` must be"),
        ('["a.txt"]\norder = "3"', 2, "`order` must be"),
        ('["a.txt"]\norder = true', 2, "`order` must be"),
        ('["a.txt"]\norder = 99999999999', 2, "`order` must be"),
        ('["a.txt"]\nbegins = 3', 2, "`begins` must be"),
        ('["a.txt"]\ntitel_x = "a"', 2, "`titel_x` is no key"),
        ('["a.txt"]\ntitle.x = "a"\nauthor = "b"', 2, "`title` must be text"),
        ('["zebra.txt"]\ntitle = "a"', 1, "no story file “zebra.txt”"),
        ('["../a.txt"]\ntitle = "a"', 1, "no story file “../a.txt”"),
        ('title = "a"', 1, "belongs to no file"),
        ('["a.txt"]\ntitle = "a\nauthor = "b"', 2, ""),
        ('["a.txt"]\nauthor = "b"\ntitle = a', 3, ""),
        ('["a.txt"]\ntitle = "a"\ntitle = "b"', 3, ""),
        ('["a.txt"]\ntitle = "a"\n["a.txt"]\ntitle = "b"', 3, "has an entry already"),
        ('["a.txt"\ntitle = "a"', 1, "table's name"),
        ('[deep/x.txt]\ntitle = "a"', 1, ""),
        ('[["a.txt"]]\ntitle = "a"', 1, ""),
        ("x y z", 1, "belongs to no file"),
        ("# x\n\nx y z", 3, "belongs to no file"),
        (f'["a.txt"]\ntags = {"[" * 5000}', 2, ""),
        (f'["a.txt"]\norder = {"9" * 5000}', 2, ""),
    ],
)
def test_a_wrong_entry_is_reported_with_its_line_and_stops_no_other(toml: str, line: int, said: str) -> None:
    for text, at in ((f"{toml}\n{GOOD}", line), (f"{GOOD}{toml}\n", line + 2)):
        if toml[0] not in "[" and at > line:
            continue
        found = read_corrections(text.encode(), FILES)
        assert any(problem.line == at and said in str(problem) for problem in found.problems), found.problems
        assert found.entries["deep/c.txt"].stated.title == "Good"
        assert all("\n" not in str(problem) for problem in found.problems)


@pytest.mark.parametrize("name", ['"a.txt"', "'a.txt'", "a.txt", '"./a.txt"', ' "a.txt" ', '"a.txt"] # [x'])
def test_a_file_may_be_named_in_many_ways(name: str) -> None:
    found = read_corrections(f'[{name}]\ntitle = "A"\n'.encode(), FILES)
    assert found.entries["a.txt"].stated.title == "A"


@pytest.mark.parametrize("name", ["deep\\\\c.txt", "deep/c.txt", "e\u0301te\u0301.txt"])
def test_folders_and_accents_may_be_written_either_way(name: str) -> None:
    assert len(read_corrections(f'["{name}"]\ntitle = "A"\n'.encode(), FILES).entries) == 1


@pytest.mark.parametrize(
    ("toml", "rating"),
    [
        ("rating = true", "True"),
        ("rating = Explicit", "Explicit"),
        ('rating = "E\ntitle = "x"', "E"),
        ('title = "x\nrating = "E"', "E"),
    ],
)
def test_a_rating_in_a_wrong_entry_still_gates(toml: str, rating: str) -> None:
    found = read_corrections(f'["a.txt"]\n{toml}\n'.encode(), FILES)
    assert found.problems
    assert found.entries["a.txt"].stated.metadata["rating"] == rating


@pytest.mark.parametrize("data", [b"\x00", b"\xff\xfe\x00", b"#" * (MAX_BYTES + 1)])
def test_a_file_that_cannot_be_read_says_so(data: bytes) -> None:
    found = read_corrections(data, FILES)
    assert (found.entries, found.is_read) == ({}, False)
    assert found.problems


@pytest.mark.parametrize("data", [b"", b"\n", b"# nothing yet\n", b'\xef\xbb\xbf["a.txt"]\n'])
def test_an_empty_file_is_no_problem(data: bytes) -> None:
    assert read_corrections(data, FILES).problems == ()


@given(st.text(st.sampled_from("abt.x\"'[]{}=,#\n \\10é"), max_size=120))
def test_any_text_is_read_or_reported(text: str) -> None:
    found = read_corrections(f'{text}\n["deep/c.txt"]\ntitle = "Good"\n'.encode(), FILES)
    assert all(problem.line >= 1 for problem in found.problems)
    if '"""' not in text and "'''" not in text and "deep" not in text:
        assert "deep/c.txt" in found.entries


@given(st.text(st.sampled_from("abt.x\"'[]{}=,#\n \\10é")) | st.text() | st.binary())
def test_whatever_the_file_holds_it_is_read_or_reported(held: str | bytes) -> None:
    data = held if isinstance(held, bytes) else held.encode("utf-8", "surrogatepass")
    found = read_corrections(data, FILES)
    assert all(1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1 for problem in found.problems)


@pytest.mark.parametrize(
    "toml",
    [f"{'a.' * 4_000}a = 1", f"order = 0x{'f' * 5000}", f"rating = 0x{'f' * 5000}"],
    ids=["deep", "long", "rating"],
)
def test_values_beyond_what_python_writes_are_reported(toml: str) -> None:
    assert problems(f'["a.txt"]\n{toml}')


@pytest.mark.parametrize(
    ("toml", "line"), [("title=Fox and friends", 1), ("\n# corrections\ntitle = 'Fox\n\n", 3), ("a = 1\nb = 2\nc d", 3)]
)
def test_a_file_without_tables_that_is_no_toml_counts_as_unread_and_its_line_is_said(toml: str, line: int) -> None:
    found = read_corrections(toml.encode(), FILES)
    assert (found.entries, found.is_read, [problem.line for problem in found.problems]) == ({}, False, [line])


def test_the_digest_of_an_entry_changes_with_what_it_says_alone() -> None:
    assert entry('title = "A"').digest == entry('\n# so\ntitle   = "A"').digest
    assert entry('title = "A"').digest != entry('title = "B"').digest


# -- in the folder -----------------------------------------------------------------


async def test_a_changed_entry_reads_its_file_alone_again(library: Store, shelf: Path) -> None:
    put(shelf, "a.txt", FOX)
    put(shelf, "b.txt", OTTER)
    put(shelf, "stories.toml", '["a.txt"]\ntitle = "Fox"\n["b.txt"]\ntitle = "Otter"\n')
    assert outcomes(await load_folder(library, shelf, read_here)) == {"a.txt": "added", "b.txt": "added"}
    assert await titles(library) == ["Fox", "Otter"]
    assert set(outcomes(await load_folder(library, shelf, never_read)).values()) == {"unchanged"}
    put(shelf, "stories.toml", '["b.txt"]\ntitle = "Otter"\n["a.txt"]\ntitle = "Red Fox"\n')
    assert outcomes(await load_folder(library, shelf, read_here)) == {"a.txt": "updated", "b.txt": "unchanged"}
    assert await titles(library) == ["Otter", "Red Fox"]
    (shelf / "stories.toml").unlink()
    await load_folder(library, shelf, read_here)
    assert [title.split()[0] for title in await titles(library)] == ["An", "The"]
    assert set(outcomes(await load_folder(library, shelf, never_read)).values()) == {"unchanged"}


async def test_entries_reach_the_process_that_reads(library: Store, shelf: Path) -> None:
    put(shelf, "a.txt", FOX)
    put(shelf, "stories.toml", '["a.txt"]\ntitle = "Fox"\nbegins = "zebra"\n')
    async with reading_processes() as processes:
        [line] = await load_folder(library, shelf, processes.read)
    assert (line.outcome, await titles(library)) == ("added", ["Fox"])
    assert any("stories.toml, line 3" in remark for remark in line.remarks)


async def test_wrong_entries_have_a_line_of_the_report_at_every_load(library: Store, shelf: Path) -> None:
    put(shelf, "a.txt", FOX)
    put(shelf, "stories.toml", '["a.txt"]\ntitle = 3\n["zebra.txt"]\ntitle = "Zebra"\n')
    for outcome in ("added", "unchanged"):
        problem, line = await load_folder(library, shelf, read_here)
        assert (problem.file, problem.outcome, line.outcome) == ("stories.toml", "refused", outcome)
        assert "line 2" in problem.remarks[0]
        assert "line 3" in problem.remarks[1]


@pytest.mark.parametrize("broken", [b"\x00", b"title=Fox and friends"])
async def test_a_stories_toml_that_cannot_be_read_changes_no_story_that_it_spoke_of(
    library: Store, shelf: Path, broken: bytes
) -> None:
    put(shelf, "a.txt", FOX)
    put(shelf, "b.txt", OTTER)
    put(shelf, "stories.toml", '["a.txt"]\ntitle = "Fox"\nrating = "M"\n')
    await load_folder(library, shelf, read_here)
    (shelf / "stories.toml").write_bytes(broken)
    assert set(outcomes(await load_folder(library, shelf, never_read)).values()) == {"refused", "unchanged"}
    put(shelf, "a.txt", f"{FOX} {OTTER}")
    put(shelf, "b.txt", f"{OTTER} {FOX}")
    result = outcomes(await load_folder(library, shelf, read_here))
    assert result == {"stories.toml": "refused", "a.txt": "refused", "b.txt": "updated"}


async def test_a_stories_toml_that_leads_out_of_the_folder_is_not_read(
    library: Store, shelf: Path, tmp_path: Path
) -> None:
    put(shelf, "a.txt", FOX)
    (tmp_path / "secret.env").write_text('DISCORD_TOKEN = "hush"\nlantern_oil = 3\n["a.txt"]\ntitle = "Stolen"\n')
    (shelf / "stories.toml").symlink_to(tmp_path / "secret.env")
    refused, line = await load_folder(library, shelf, read_here)
    assert (line.outcome, refused.outcome, refused.file) == ("added", "refused", "stories.toml")
    assert "a link that leads out of the folder" in str(refused)
    assert not any(word in str(refused) for word in ("TOKEN", "hush", "lantern"))
    assert await titles(library) != ["Stolen"]
    (shelf / "stories.toml").unlink()
    put(shelf, "kept/corrections", '["a.txt"]\ntitle = "Fox"\n')
    (shelf / "stories.toml").symlink_to(shelf / "kept" / "corrections")
    await load_folder(library, shelf, read_here)
    assert await titles(library) == ["Fox"]


# -- a story's id -------------------------------------------------------------------


async def test_a_file_that_moves_keeps_what_readers_did_while_its_id_stays(library: Store, shelf: Path) -> None:
    path = put(shelf, "old.txt", f"---\nid: fox\ntitle: Fox\n---\n{FOX}\n\n{OTTER}")
    put(shelf, "other.txt", OTTER)
    await load_folder(library, shelf, read_here)
    before = await library.stories.find("Fox")
    await cast_vote(library, before.id, ANN, "continue", GUILD)
    await library.places.move(ANN, await library.pages.open((await library.pages.ends(before.id))[1]))
    place = await library.places.of(ANN, before.id)
    text = path.read_text("utf-8")
    path.unlink()
    put(shelf, "deep/new name.md", text)
    report = outcomes(await load_folder(library, shelf, read_here))
    assert report == {"deep/new name.md": "updated", "other.txt": "unchanged"}
    assert await library.stories.find("Fox") == before
    assert (await votes_of(library, before.id, GUILD)).overall == (1, 0)
    assert await library.places.of(ANN, before.id) == place
    assert set(outcomes(await load_folder(library, shelf, never_read)).values()) == {"unchanged"}


async def test_of_two_files_with_one_id_the_first_loads_and_the_other_is_refused_by_name(
    library: Store, shelf: Path
) -> None:
    put(shelf, "b.txt", f"---\nid: fox\ntitle: B\n---\n{FOX}")
    put(shelf, "c.md", f"---\nid: fox\ntitle: C\n---\n{FOX}")
    put(shelf, "fox.txt", OTTER)
    for _ in range(2):
        report = await load_folder(library, shelf, read_here)
        assert [line.outcome for line in report][1:] == ["refused", "refused"]
        assert all("b.txt" in line.remarks[0] and "fox" in line.remarks[0] for line in report[1:])
        assert await titles(library) == ["B"]
    put(shelf, "a.txt", f"---\nid: fox\ntitle: A\n---\n{FOX}")
    report = outcomes(await load_folder(library, shelf, read_here))
    assert report == {"a.txt": "updated", "b.txt": "refused", "c.md": "refused", "fox.txt": "refused"}
    assert await titles(library) == ["A"]


async def test_an_id_may_come_from_stories_toml(library: Store, shelf: Path) -> None:
    put(shelf, "a.txt", FOX)
    put(shelf, "stories.toml", '["a.txt"]\nid = "fox"\n')
    await load_folder(library, shelf, read_here)
    (shelf / "a.txt").rename(shelf / "z.txt")
    put(shelf, "stories.toml", '["z.txt"]\nid = "fox"\n')
    assert outcomes(await load_folder(library, shelf, read_here)) == {"z.txt": "updated"}


async def test_a_file_with_an_id_that_goes_bad_hides_nothing(library: Store, shelf: Path) -> None:
    path = put(shelf, "a.txt", f"---\nid: fox\ntitle: Fox\n---\n{FOX}")
    put(shelf, "b.txt", OTTER)
    await load_folder(library, shelf, read_here)
    path.write_bytes(b"\x00")
    report = await load_folder(library, shelf, read_here)
    assert outcomes(report) == {"a.txt": "refused", "b.txt": "unchanged"}
    assert "stays as it was" in str(report[0])
    assert "Fox" in await titles(library)


@pytest.mark.parametrize(
    "name", ["README.md", "Readme.markdown", "LICENSE.md", "CHANGELOG.md", "_draft.md", "_d/a.md", ".a.md"]
)
async def test_files_about_the_folder_and_drafts_are_no_stories(library: Store, shelf: Path, name: str) -> None:
    put(shelf, name, OTTER)
    put(shelf, "license to fish.md", FOX)
    assert outcomes(await load_folder(library, shelf, read_here)) == {"license to fish.md": "added"}
    _, said = await checked(shelf)
    assert [Path(file["file"]).name for file in said] == ["license to fish.md"]


# -- check ---------------------------------------------------------------------------


async def test_check_applies_the_entries_of_the_folder_and_warns_of_wrong_ones(shelf: Path) -> None:
    path = put(shelf, "deep/c.txt", FOX)
    put(shelf, "stories.toml", '["deep/c.txt"]\nid = "fox"\ntitle = "Fox"\nsumary = "x"\nbegins = "zebra"\n')
    all_loaded, [file] = await checked(shelf)
    assert all_loaded
    assert (file["story"]["key"], file["story"]["title"]) == ("fox", "Fox")
    assert any("line 4" in warning for warning in file["warnings"])
    assert any("line 5" in warning for warning in file["warnings"])
    assert "line 4" in (await said_of(shelf))[0]
    put(path.parent, "stories.toml", '["c.txt"]\ntitle = "Other"\n')
    assert (await checked(path))[1][0]["story"]["title"] == "Other"


async def test_check_reports_what_belongs_to_no_file_and_refuses_a_second_key(shelf: Path) -> None:
    put(shelf, "a.txt", f"---\nid: fox\n---\n{FOX}")
    put(shelf, "fox.txt", OTTER)
    put(shelf, "stories.toml", '["zebra.txt"]\ntitle = "Zebra"\n')
    all_loaded, [toml, first, second] = await checked(shelf)
    assert not all_loaded
    assert "zebra.txt" in toml["problem"]
    assert (first["status"], second["status"]) == ("loaded", "refused")
    assert "a.txt" in second["problem"]
