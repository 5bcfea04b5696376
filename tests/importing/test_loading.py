"""Loading: idempotent, one bad file stops no other, and what readers did stays."""

import asyncio
import multiprocessing
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.domain.reactions import Emoji, Post
from bot.errors import HostError, NoQuotes
from bot.importing import worker as reader_process
from bot.importing.loading import load_folder, summary
from bot.importing.worker import FEW_FILES, read_here, reading_processes
from bot.store import Store
from bot.stories import Refused, Story
from bot.stories.formats.encoding import MAX_BYTES
from bot.stories.model import Spot, StorySummary
from tests.importing.shelf import never_read, outcomes, put, titles
from tests.votes import cast_vote, votes_of

ANN, BEN, GUILD = 101, 102, 900
PARAGRAPH = (
    "The {word} fox came down to the water at dusk, when the herons had gone, and drank for the {word} time.\n\n"
)


def tale(*words: str, head: str = "") -> str:
    return head + "".join(PARAGRAPH.format(word=word) for word in words)


def long_tale(word: str, count: int = 60) -> str:
    return tale(*(f"{word}{n}th" for n in range(count)))


def chapters(*named: tuple[str, str]) -> str:
    return "Title: Banks\n\n" + "".join(
        f"Chapter {n}: {title}\n\n{long_tale(word, 30)}" for n, (title, word) in enumerate(named, start=1)
    )


def remove_folder(path: Path) -> None:
    path.rmdir()


def block(path: Path) -> None:
    """Make a file where the folder was."""
    path.write_text("not a folder")


def touch(path: Path) -> None:
    """Give *path* another time of change."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 2_000_000_000))


async def entry(library: Store, title: str) -> StorySummary:
    return await library.stories.find(title)


async def chapter_ids(library: Store, title: str) -> dict[str | None, int]:
    story = await entry(library, title)
    return {chapter.name.title: chapter.id for chapter in await library.stories.contents(story.id, 1, 25)}


# -- idempotent ----------------------------------------------------------------


async def test_a_second_load_changes_nothing_and_opens_no_file(library: Store, shelf: Path) -> None:
    put(shelf, "red.txt", tale("red", head="Title: Red\n\n"))
    put(shelf, "deep/blue.txt", tale("blue", head="Title: Blue\n\n"))
    assert outcomes(await load_folder(library, shelf, read_here)) == {"deep/blue.txt": "added", "red.txt": "added"}
    before = await library.stories.search("", 10)
    assert set(outcomes(await load_folder(library, shelf, never_read)).values()) == {"unchanged"}
    assert await library.stories.search("", 10) == before


async def test_a_file_touched_but_not_changed_is_unchanged_and_then_not_read_again(library: Store, shelf: Path) -> None:
    path = put(shelf, "red.txt", tale("red"))
    await load_folder(library, shelf, read_here)
    touch(path)
    assert outcomes(await load_folder(library, shelf, read_here)) == {"red.txt": "unchanged"}
    assert outcomes(await load_folder(library, shelf, never_read)) == {"red.txt": "unchanged"}


async def test_a_newer_parser_reads_every_file_once_more(
    library: Store, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shelf, "red.txt", tale("red"))
    await load_folder(library, shelf, read_here)
    monkeypatch.setattr("bot.importing.loading.PARSER_VERSION", 10**6)
    assert outcomes(await load_folder(library, shelf, read_here)) == {"red.txt": "updated"}
    assert outcomes(await load_folder(library, shelf, never_read)) == {"red.txt": "unchanged"}


async def test_the_report_has_a_line_for_each_file_and_a_summary(library: Store, shelf: Path) -> None:
    put(shelf, "red.txt", tale("red"))
    put(shelf, "void.txt", b"")
    report = await load_folder(library, shelf, read_here)
    assert [str(line).split()[:2] for line in report] == [["added", "red.txt"], ["refused", "void.txt:"]]
    assert all(len(str(line).splitlines()) == 1 for line in report)
    assert "empty" in str(report[1])
    assert summary(report) == "1 added, 1 refused"


# -- what readers did stays ------------------------------------------------------


async def test_a_changed_text_keeps_its_id_votes_reactions_places_and_posts(library: Store, shelf: Path) -> None:
    path = put(shelf, "red.txt", "Title: Red\n\n" + long_tale("red"))
    await load_folder(library, shelf, read_here)
    story = await entry(library, "Red")
    await cast_vote(library, story.id, ANN, "continue", GUILD)
    await library.reactions.toggle(story.id, ANN, "🦊")
    await library.posts.record(Post(77, 1, GUILD), story.id)
    await library.message_emoji.give(77, BEN, Emoji("🦊"))
    page = await library.pages.open((await library.pages.ends(story.id))[1])
    await library.places.move(ANN, page)

    put(shelf, "red.txt", "Title: Redder\n\n" + tale("brand new") + long_tale("red"))
    assert outcomes(await load_folder(library, shelf, read_here)) == {path.name: "updated"}

    again = await entry(library, "Redder")
    assert again.id == story.id
    assert (await votes_of(library, story.id, GUILD)).overall == (1, 0)
    assert [(r.emoji.key, r.readers) for r in await library.reactions.tally(story.id)] == [("🦊", 2)]
    place = await library.places.of(ANN, story.id)
    assert place is not None
    assert place.spot.chapter == page.spot.chapter
    assert place.spot.offset == page.spot.offset + len(tale("brand new"))
    assert place.finished
    with pytest.raises(Exception, match="Red"):
        await library.stories.find("Red is gone")


async def test_a_removed_file_hides_its_story_and_brings_it_back_with_all_that_readers_did(
    library: Store, shelf: Path
) -> None:
    path = put(shelf, "red.txt", tale("red", head="Title: Red\n\n"))
    put(shelf, "blue.txt", tale("blue", head="Title: Blue\n\n"))
    await load_folder(library, shelf, read_here)
    red = await entry(library, "Red")
    await cast_vote(library, red.id, ANN, "leave", None)
    text = path.read_bytes()
    path.unlink()
    assert outcomes(await load_folder(library, shelf, read_here)) == {"blue.txt": "unchanged", "red.txt": "hidden"}
    assert await titles(library) == ["Blue"]
    assert outcomes(await load_folder(library, shelf, never_read)) == {"blue.txt": "unchanged"}
    put(shelf, "red.txt", text)
    assert outcomes(await load_folder(library, shelf, read_here))["red.txt"] == "added"
    assert await entry(library, "Red") == red
    assert (await votes_of(library, red.id)).overall == (0, 1)
    assert set(outcomes(await load_folder(library, shelf, never_read)).values()) == {"unchanged"}


async def drawn(library: Store, story: StorySummary, count: int) -> list[str]:
    return [(await library.quotes.draw("guild:1", story)).text for _ in range(count)]


def proverbs(*words: str, head: str) -> str:
    """Return a story of which each paragraph but the first is a quote."""
    return f"{head}It rained.\n\n" + "".join(
        f"Nobody ever forgave the {word} fox, because the {word} fox "
        "had never once asked to be forgiven for anything, least of all for the hens.\n\n"
        for word in words
    )


@pytest.mark.usefixtures("quoted_samples")
@pytest.mark.parametrize("change", ["a paragraph more", "the last paragraph gone", "another title"])
async def test_a_quote_dealt_before_a_change_of_the_text_does_not_come_again_before_all_have(
    library: Store, shelf: Path, change: str
) -> None:
    names = [f"{n}th" for n in range(12)]
    put(shelf, "red.txt", proverbs(*names, head="Title: Red\n\n"))
    await load_folder(library, shelf, read_here)
    story = await entry(library, "Red")
    dealt = await drawn(library, story, 6)
    if change == "a paragraph more":
        names.append("very last")
    elif change == "the last paragraph gone":
        names.pop()
    head = "Title: Redder\n\n" if change == "another title" else "Title: Red\n\n"
    put(shelf, "red.txt", proverbs(*names, head=head))
    await load_folder(library, shelf, read_here)
    still_there = [text for text in dealt if any(f" {name} fox" in text for name in names)]
    rest = await drawn(library, story, len(names) - len(still_there))
    assert len(set(rest)) == len(rest)
    assert not set(rest) & set(dealt)


async def test_chapters_keep_their_ids_when_one_is_inserted_moved_or_renamed(library: Store, shelf: Path) -> None:
    put(shelf, "banks.txt", chapters(("One", "red"), ("Two", "green"), ("Three", "blue")))
    await load_folder(library, shelf, read_here)
    first = await chapter_ids(library, "Banks")

    put(shelf, "banks.txt", chapters(("Zero", "grey"), ("One", "red"), ("Two", "green"), ("Three", "blue")))
    await load_folder(library, shelf, read_here)
    inserted = await chapter_ids(library, "Banks")
    assert {title: inserted[title] for title in first} == first
    assert inserted["Zero"] not in first.values()

    put(shelf, "banks.txt", chapters(("Three", "blue"), ("One", "red"), ("Zero", "grey"), ("Two", "green")))
    await load_folder(library, shelf, read_here)
    assert await chapter_ids(library, "Banks") == inserted

    put(shelf, "banks.txt", chapters(("Drei", "blue"), ("One", "red"), ("Zero", "grey"), ("Two", "olive")))
    await load_folder(library, shelf, read_here)
    renamed = await chapter_ids(library, "Banks")
    assert (renamed["Drei"], renamed["Two"]) == (inserted["Three"], inserted["Two"])


async def test_a_place_in_a_chapter_that_moved_is_found_again_by_its_words(library: Store, shelf: Path) -> None:
    put(shelf, "banks.txt", chapters(("One", "red"), ("Two", "green")))
    await load_folder(library, shelf, read_here)
    story = await entry(library, "Banks")
    two = (await chapter_ids(library, "Banks"))["Two"]
    page = await library.pages.open(Spot(two, 1500))
    await library.places.move(ANN, page)
    words = page.text[:60]

    put(shelf, "banks.txt", "Title: Banks\n\n" + long_tale("grey", 20) + long_tale("green", 30) + long_tale("red", 30))
    await load_folder(library, shelf, read_here)
    place = await library.places.of(ANN, story.id)
    assert place is not None
    now = await library.pages.open(place.spot)
    assert now.text[place.spot.offset - now.spot.offset :].startswith(words)


# -- one bad file stops no other ---------------------------------------------------

BAD = {
    "binary.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
    "nul.txt": b"Once upon\x00 a time",
    "empty.txt": b"",
    "blank.txt": b" \r\n\n\t ",
    "broken-utf16.txt": b"\xff\xfea\x00b",
    "notes.txt": b"A/N: Nothing this week!",
    "huge.txt": b"x" * (MAX_BYTES + 1),
}


async def test_bad_files_are_refused_with_a_reason_and_stop_no_other(library: Store, shelf: Path) -> None:
    put(shelf, "aaa.txt", tale("red"))
    put(shelf, "zzz.txt", tale("blue"))
    for name, data in BAD.items():
        put(shelf, name, data)
    (shelf / "folder.txt").mkdir()
    (shelf / "gone.txt").symlink_to(shelf / "nowhere")
    (shelf / "round.txt").symlink_to(shelf / "round.txt")
    report = await load_folder(library, shelf, read_here)
    result = outcomes(report)
    assert {name for name in result if result[name] == "refused"} == {*BAD, "gone.txt", "round.txt"}
    assert all(line.remarks and line.remarks[0] for line in report if line.outcome == "refused")
    assert {result["aaa.txt"], result["zzz.txt"]} == {"added"}


async def test_a_link_is_followed_within_the_folder_and_not_out_of_it(
    library: Store, shelf: Path, tmp_path: Path
) -> None:
    put(shelf, "real/fox.txt", tale("red"))
    put(tmp_path, "outside/secret.txt", tale("blue"))
    (shelf / "inner.txt").symlink_to(shelf / "real" / "fox.txt")
    (shelf / "outer.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (shelf / "climbing.txt").symlink_to(Path("..") / "outside" / "secret.txt")
    (shelf / "folder").symlink_to(tmp_path / "outside")
    report = await load_folder(library, shelf, read_here)
    assert outcomes(report) == {
        "real/fox.txt": "added", "inner.txt": "added", "outer.txt": "refused", "climbing.txt": "refused"
    }  # fmt: skip
    assert all("leads out of the folder" in str(line) for line in report if line.outcome == "refused")


async def test_a_file_that_changes_while_it_is_read_is_refused(
    library: Store, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it is while a long file is being copied into the folder."""
    path = put(shelf, "fox.txt", tale("red"))
    await load_folder(library, shelf, read_here)
    path.write_text(tale("blue", "green"))
    real = os.fstat

    def growing(number: int) -> os.stat_result:
        found = real(number)
        with path.open("a") as file:
            file.write("More of it.\n")
        return found

    monkeypatch.setattr(os, "fstat", growing)
    [line] = await load_folder(library, shelf, read_here)
    assert line.outcome == "refused" and "changed while" in str(line) and "stays as it was" in str(line)
    monkeypatch.undo()
    assert outcomes(await load_folder(library, shelf, read_here)) == {"fox.txt": "updated"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads any file")
async def test_a_file_that_may_not_be_read_is_refused(library: Store, shelf: Path) -> None:
    put(shelf, "aaa.txt", tale("red"))
    put(shelf, "secret.txt", tale("blue")).chmod(0)
    assert outcomes(await load_folder(library, shelf, read_here)) == {"aaa.txt": "added", "secret.txt": "refused"}


@pytest.mark.parametrize(
    "fault", [FileNotFoundError("gone"), PermissionError("no"), Refused("no", "no"), MemoryError(), IndexError("ours")]
)
async def test_whatever_goes_wrong_with_one_file_the_rest_is_loaded(
    library: Store, shelf: Path, fault: Exception
) -> None:
    for name in ("aaa.txt", "mid.txt", "zzz.txt"):
        put(shelf, name, tale(name))

    async def read(path: Path, name: str) -> tuple[Story, str]:
        if name == "mid.txt":
            raise fault
        return await read_here(path, name)

    result = outcomes(await load_folder(library, shelf, read))
    assert result == {"aaa.txt": "added", "mid.txt": "refused", "zzz.txt": "added"}


async def test_a_story_whose_file_went_bad_stays_as_it_was(library: Store, shelf: Path) -> None:
    put(shelf, "red.txt", tale("red", head="Title: Red\n\n"))
    await load_folder(library, shelf, read_here)
    before = await entry(library, "Red")
    put(shelf, "red.txt", b"\x00\x01\x02")
    [line] = await load_folder(library, shelf, read_here)
    assert line.outcome == "refused"
    assert "stays as it was" in str(line)
    assert await entry(library, "Red") == before


async def test_two_files_of_one_key_are_told_apart_by_name(library: Store, shelf: Path) -> None:
    put(shelf, "red.TXT", tale("red"))
    put(shelf, "red.txt", tale("blue"))
    report = await load_folder(library, shelf, read_here)
    if len(report) == 1:
        pytest.skip("this file system does not tell red.TXT from red.txt")
    assert [(line.file, line.outcome) for line in report] == [("red.TXT", "added"), ("red.txt", "refused")]
    assert "red.TXT" in report[1].remarks[0]


async def test_one_name_in_two_folders_is_two_stories(library: Store, shelf: Path) -> None:
    put(shelf, "a/red.txt", tale("red", head="Title: A\n\n"))
    put(shelf, "b/red.txt", tale("blue", head="Title: B\n\n"))
    await load_folder(library, shelf, read_here)
    assert await titles(library) == ["A", "B"]


@pytest.mark.parametrize("name", [".hidden.txt", ".git/red.txt", "red.doc", "README", "red.txt~"])
async def test_what_is_no_story_file_is_left_alone(library: Store, shelf: Path, name: str) -> None:
    put(shelf, name, tale("red"))
    put(shelf, "blue.txt", tale("blue"))
    assert outcomes(await load_folder(library, shelf, read_here)) == {"blue.txt": "added"}


# -- the folder ----------------------------------------------------------------------


@pytest.mark.parametrize("state", ["missing", "empty", "a file"])
async def test_a_folder_without_stories_hides_no_library(library: Store, shelf: Path, state: str) -> None:
    path = put(shelf, "red.txt", tale("red", head="Title: Red\n\n"))
    await load_folder(library, shelf, read_here)
    path.unlink()
    if state != "empty":
        remove_folder(shelf)
    if state == "a file":
        block(shelf)
    with pytest.raises(HostError, match="shelf"):
        await load_folder(library, shelf, read_here)
    assert await titles(library) == ["Red"]


async def test_an_empty_folder_is_no_fault_while_nothing_is_loaded(library: Store, shelf: Path) -> None:
    assert await load_folder(library, shelf, read_here) == []


async def test_a_missing_folder_is_named(library: Store, tmp_path: Path) -> None:
    with pytest.raises(HostError, match="nowhere"):
        await load_folder(library, tmp_path / "nowhere", read_here)


# -- ratings -----------------------------------------------------------------------


@pytest.mark.parametrize("rating", ["M", "MA", "NC-17", "E", "Mature", "explicit"])
async def test_a_mature_story_is_loaded_and_shown_nowhere_and_the_report_says_so(
    library: Store, shelf: Path, rating: str
) -> None:
    put(shelf, "velvet.txt", tale("red", "dark", "deep", head=f"Title: Velvet\n\nRating: {rating}\n\n"))
    [line] = await load_folder(library, shelf, read_here)
    assert line.outcome == "added"
    assert "adults" in str(line)
    assert await library.stories.count() == 0
    assert await library.stories.search("velvet", 25) == []
    with pytest.raises(NoQuotes):
        await library.quotes.draw("guild:1")
    [again] = await load_folder(library, shelf, never_read)
    assert "adults" in str(again)


async def test_unrated_stories_are_gated_and_shown_again_as_the_setting_says(library: Store, shelf: Path) -> None:
    put(shelf, "red.txt", tale("red", head="Title: Red\n\n"))
    put(shelf, "teen.txt", tale("blue", head="Title: Teen\n\nRating: T\n\n"))
    put(shelf, "velvet.txt", tale("dark", head="Title: Velvet\n\nRating: M\n\n"))
    for unrated_is_mature, shown in [
        (False, ["Red", "Teen"]),
        (True, ["Teen"]),
        (True, ["Teen"]),
        (False, ["Red", "Teen"]),
    ]:
        await load_folder(library, shelf, read_here, unrated_is_mature=unrated_is_mature)
        assert await titles(library) == shown


async def test_an_unrated_story_is_not_shown_for_a_moment_where_it_counts_as_mature(
    library: Store, shelf: Path
) -> None:
    put(shelf, "aaa.txt", tale("red"))
    put(shelf, "zzz.txt", tale("blue"))
    seen: list[int] = []

    async def read(path: Path, name: str) -> tuple[Story, str]:
        seen.append(await library.stories.count())
        return await read_here(path, name)

    await load_folder(library, shelf, read, unrated_is_mature=True)
    assert seen == [0, 0]


@pytest.mark.parametrize(("encoding", "bom"), [("cp1252", b""), ("utf-16-le", b"\xff\xfe"), ("utf-8", b"\xef\xbb\xbf")])
async def test_a_file_in_another_encoding_is_loaded_with_its_accents(
    library: Store, shelf: Path, encoding: str, bom: bytes
) -> None:
    text = (
        "Titre : Été\n\n" + "« Où vas-tu ? » demanda la loutre au renard, déjà loin, là-bas, près de la forêt.\n\n" * 3
    )
    put(shelf, "ete.txt", bom + text.encode(encoding))
    [line] = await load_folder(library, shelf, read_here)
    assert line.outcome == "added"
    assert ("UTF-8" in str(line)) == (encoding == "cp1252")
    story = await entry(library, "Été")
    page = await library.pages.open((await library.pages.ends(story.id))[0])
    assert page.text.startswith("« Où vas-tu ? » demanda la loutre au renard, déjà loin")


# -- the process that reads ----------------------------------------------------------


async def test_files_are_read_in_another_process(library: Store, shelf: Path) -> None:
    put(shelf, "red.txt", tale("red"))
    put(shelf, "void.txt", b"")
    async with reading_processes() as processes:
        report = await load_folder(library, shelf, processes.read)
        assert len(multiprocessing.active_children()) == 1
    assert outcomes(report) == {"red.txt": "added", "void.txt": "refused"}
    assert "empty" in report[1].remarks[0]


async def test_a_file_that_kills_its_reader_is_refused_and_the_next_one_is_read(shelf: Path) -> None:
    path = put(shelf, "red.txt", tale("red"))
    trap = shelf / "trap.txt"
    os.mkfifo(trap)  # opening it waits for a writer that never comes
    async with reading_processes() as processes:
        story, _ = await processes.read(path, path.name)
        [worker] = multiprocessing.active_children()
        assert worker.pid is not None

        trapped = asyncio.ensure_future(processes.read(trap, trap.name))
        behind_it = asyncio.ensure_future(processes.read(path, path.name))
        await asyncio.sleep(0)
        os.kill(worker.pid, signal.SIGKILL)
        with pytest.raises(Refused, match="time or memory"):
            await trapped
        assert (await behind_it)[0] == story
        assert (await processes.read(path, path.name))[0] == story


def no_start(_: int) -> None:
    raise OSError("no more processes")


async def test_a_process_that_does_not_start_is_no_fault_of_the_file(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(shelf, "red.txt", tale("red"))
    async with reading_processes() as processes:
        with monkeypatch.context() as broken:
            broken.setattr(reader_process, "_set_up_process", no_start)
            with pytest.raises(HostError, match="does not start"):
                await processes.read(path, path.name)
        assert (await processes.read(path, path.name))[0].title


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is kept to its share of memory")
async def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_one_is_read(
    library: Store, shelf: Path
) -> None:
    put(shelf, "crumbs.txt", "A crumb fell, and another.\n\n" * 100_000)
    put(shelf, "red.txt", tale("red"))
    async with reading_processes(memory=64 * 1024**2) as processes:
        report = await load_folder(library, shelf, processes.read)
    assert outcomes(report) == {"crumbs.txt": "refused", "red.txt": "added"}
    assert "memory" in report[0].remarks[0]


async def test_no_process_is_started_before_there_is_a_file_to_read_and_none_is_left(shelf: Path) -> None:
    path = put(shelf, "red.txt", tale("red"))
    async with reading_processes() as processes:
        assert not multiprocessing.active_children()
        await processes.read(path, path.name)
        assert len(multiprocessing.active_children()) == 1
    assert not multiprocessing.active_children()


async def test_the_reading_process_says_what_is_wrong_as_this_one_does(shelf: Path) -> None:
    async with reading_processes() as processes:
        with pytest.raises(Refused, match="empty"):
            await processes.read(put(shelf, "void.txt", b""), "void.txt")
        with pytest.raises(FileNotFoundError):
            await processes.read(shelf / "nowhere.txt", "nowhere.txt")


async def test_a_file_that_is_stuck_holds_up_no_other_members_file(shelf: Path) -> None:
    path = put(shelf, "red.txt", tale("red"))
    trap = shelf / "trap.txt"
    os.mkfifo(trap)  # opening it waits for a writer that never comes
    async with reading_processes() as processes:
        stuck = asyncio.ensure_future(processes.read(trap, trap.name, member=ANN))
        behind_it = asyncio.ensure_future(processes.read(path, path.name, member=ANN))
        story, _ = await processes.read(path, path.name, member=BEN)
        assert story.title == "Red"
        assert not stuck.done() and not behind_it.done()
        # opening it waits for the reader, whose process may have yet to be told of the file: by the loop that runs on
        await asyncio.to_thread(trap.write_bytes, tale("blue").encode())
        await asyncio.wait([stuck])
        assert (await behind_it)[0] == story


async def test_a_large_folder_is_loaded_in_order_by_several_processes(library: Store, shelf: Path) -> None:
    for n in range(FEW_FILES + 5):
        put(shelf, f"{n:03}.txt", tale(f"{n}th", head=f"Title: Tale {n}\n\n"))
    put(shelf, "030.txt", b"")
    put(shelf, "031.txt", tale("x", head="---\nid: 032\n---\n"))
    shown: list[tuple[int, int]] = []

    async def progress(done: int, files: int) -> None:
        shown.append((done, files))

    async with reading_processes() as processes:
        report = await load_folder(library, shelf, processes.read, progress=progress)
    assert [line.file for line in report] == [f"{n:03}.txt" for n in range(FEW_FILES + 5)]
    assert {line.file for line in report if line.outcome == "refused"} == {"030.txt", "032.txt"}
    assert "031.txt has the same key" in report[32].remarks[0]
    assert len(await titles(library)) == FEW_FILES + 3
    assert shown == [(n, FEW_FILES + 5) for n in range(1, FEW_FILES + 6)]


# -- chapters that come, ids that come and go, and the order --------------------------------


async def loaded(library: Store, shelf: Path) -> str:
    """The report of a load."""
    return "\n".join(map(str, await load_folder(library, shelf, read_here)))


TWO = "Title: Long\n\nChapter 1: Rain\n\nIt rained on the mill.\n\nChapter 2: Sun\n\nThe sun came out again.\n"


async def test_a_new_chapter_is_noticed_and_places_stay(library: Store, shelf: Path) -> None:
    put(shelf, "long.txt", TWO)
    await load_folder(library, shelf, read_here)
    story = await library.stories.find("Long")
    second = (await library.stories.contents(story.id, 1, 5))[1]
    await library.places.move(7, await library.pages.open(Spot(second.id, 0)))
    put(shelf, "long.txt", TWO + "\nChapter 3: Snow\n\nAnd then it snowed.\n\nChapter 4: Ice\n\nAll froze.\n")
    assert "2 chapters are new: 3, 4" in await loaded(library, shelf)
    place = await library.places.of(7, story.id)
    assert place is not None and place.spot == Spot(second.id, 0)


async def test_the_first_load_and_an_edit_bring_no_new_chapter(library: Store, shelf: Path) -> None:
    put(shelf, "long.txt", TWO)
    assert "new" not in await loaded(library, shelf)
    put(shelf, "long.txt", TWO.replace("rained on the mill", "rained on the old mill"))
    assert "new" not in await loaded(library, shelf)


async def test_a_file_that_gains_an_id_or_loses_it_is_the_same_story(library: Store, shelf: Path) -> None:
    put(shelf, "long.txt", TWO)
    await load_folder(library, shelf, read_here)
    story = await library.stories.find("Long")
    for text in (f"---\nid: the-long-one\n---\n{TWO}", TWO):
        put(shelf, "long.txt", text)
        report = await loaded(library, shelf)
        assert report.startswith("updated") and "hidden" not in report
        assert (await library.stories.find("Long")).id == story.id


async def test_an_id_that_another_story_has_had_goes_on_with_that_story(library: Store, shelf: Path) -> None:
    put(shelf, "old.txt", f"---\nid: the-long-one\n---\n{TWO}")
    await load_folder(library, shelf, read_here)
    story = await library.stories.find("Long")
    (shelf / "old.txt").unlink()
    put(shelf, "new.txt", f"---\nid: the-long-one\n---\n{TWO}")
    await load_folder(library, shelf, read_here)
    assert (await library.stories.find("Long")).id == story.id


async def test_stories_stand_in_the_order_that_is_given(library: Store, shelf: Path) -> None:
    for name in ("alder", "birch", "cedar"):
        put(shelf, f"{name}.txt", f"Title: {name.capitalize()}\n\nIt grew by the water for years.\n")
    put(shelf, "stories.toml", '["cedar.txt"]\norder = 1\n["birch.txt"]\norder = -2\n')
    await load_folder(library, shelf, read_here)
    titles = [entry.title for entry in await library.stories.search("", 50)]
    assert titles[:2] == ["Birch", "Cedar"] and titles[2:] == sorted(titles[2:], key=str.casefold)
