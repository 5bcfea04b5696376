"""What is stored of a reader is theirs: to see, to take along, to delete."""

from __future__ import annotations

import json
from pathlib import Path

from simcord.results import InteractionResult, ResponseMessage

from bot.domain.downloads import StoredFile, part_of
from bot.domain.questions import NewQuestion
from bot.domain.settings import ReaderSettings
from bot.domain.uploads import Upload
from bot.store.privacy import LOGGED, OWN, SHARED
from tests.databases import columns, rows_with
from tests.library import Library
from tests.linking import linked
from tests.screens import ask_question, mine, to_last
from tests.seen import shown, text_of
from tests.votes import answer_vote, cast_vote, votes_of


async def use(library: Library) -> None:
    """Leave a trace of each kind."""
    ann, store = library.ann, library.store
    page = shown(await ann.slash(library.channel, "read", story="Lighthouse"))
    last = await to_last(ann, page)
    await ann.click(last, label="I want more")
    await store.reactions.toggle(await library.id_of("Lighthouse"), ann.id, "🔥")
    await linked(store, await library.id_of("Ferry"), library.ben.id)
    for subject in ("story", "author"):
        await store.follows.follow(ann.id, subject, (await store.stories.find("Ferry")).id, library.guild_id)
    await store.reading_lists.put(ann.id, await library.id_of("Spoon"), "later")
    await store.settings.change_reader(ann.id, lambda _: ReaderSettings(page_length="desktop"))
    await answer_vote(store, await library.id_of("Spoon"), ann.id, "keeper", "leave", "It is whole.")
    await linked(store, await library.id_of("Ferry"), ann.id)
    await ask_question(ann, library.channel, "Row on?", "Yes|No", story="Ferry")
    question = await store.questions.asked(await library.id_of("Ferry"), None)
    for reader in (5001, 5002):
        await store.ballots.cast(question.id, reader, 2, library.guild_id)
    await linked(store, await library.id_of("Spoon"), 5003)
    spoon = await library.id_of("Spoon")
    salt = NewQuestion(spoon, 5003, library.guild_id, "Salt?", ("Some", "None"), "chapter", False)
    await store.ballots.cast(await store.questions.ask(salt), ann.id, 1, library.guild_id)
    await store.drafts.keep(library.guild_id, ann.id, Upload("a.txt", b"It rained."), {})


def left(path: Path, reader: int) -> dict[str, int]:
    """How many rows of each table hold *reader* in any column."""
    return rows_with(path, reader)


async def test_deleting_leaves_no_row_and_the_counts_fall(library: Library, tmp_path: Path) -> None:
    await use(library)
    await library.ben.slash(library.channel, "vote", story="Lighthouse")
    story = await library.id_of("Lighthouse")
    await cast_vote(library.store, story, library.ben.id, "leave", None)
    held = {
        "places",
        "reading_lists",
        "reactions",
        "settings",
        "drafts",
        "follows",
        "questions",
        "ballots",
    }
    assert held <= set(left(tmp_path / "oneshot.db", library.ann.id))
    panel = await mine(library.ann, library.channel, "data")
    assert panel.ephemeral
    asked = shown(await library.ann.click(panel, label="Delete data…"))
    await library.restart()
    assert "you start fresh" in text_of(shown(await library.ann.click(asked, label="Delete everything")))
    assert left(tmp_path / "oneshot.db", library.ann.id) == {}
    tally = await votes_of(library.store, story)
    assert (tally.overall[0], tally.overall[1]) == (0, 1)
    assert await library.store.reactions.tally(story) == []
    [_, theirs] = await library.store.questions.of(await library.id_of("Ferry"), None, 9)
    assert (theirs.asker, theirs.text, theirs.is_open, theirs.voters) == (0, "", False, 2)
    assert (await library.store.questions.asked(await library.id_of("Spoon"), None)).voters == 0


async def test_nothing_is_deleted_before_it_is_asked_once_more(library: Library, tmp_path: Path) -> None:
    await use(library)
    before = left(tmp_path / "oneshot.db", library.ann.id)
    asked = shown(await library.ann.click(await mine(library.ann, library.channel, "data"), label="Delete data…"))
    assert "Delete all your data" in text_of(asked)
    assert "Your data" in text_of(shown(await library.ann.click(asked, label="Keep it")))
    assert left(tmp_path / "oneshot.db", library.ann.id) == before


async def test_the_export_holds_all_rows_and_only_the_readers_own(library: Library) -> None:
    await use(library)
    await library.ben.slash(library.channel, "read", story="Ferry")
    panel = await mine(library.ann, library.channel, "data")
    answer = shown(await library.ann.click(panel, label="Download data"))
    assert answer.ephemeral
    [file] = answer.attachments
    data = json.loads(await file.read())
    answers = {(row["question"], row["number"], row["text"]) for row in data["answers"]}
    assert answers == {(None, 1, None), ("Salt?", 1, "Some")} and len(data["ballots"]) == 2
    assert [row["emoji"] for row in data["reactions"]] == ["🔥"]
    assert {row["list"] for row in data["reading_lists"]} == {"finished", "later"}
    assert data["settings"] == [{"guild_id": 0, "name": "page_length", "value": "desktop"}]
    assert data["files"][0]["name"] == "a.txt"
    assert [row["line"] for row in data["replies"]] == ["It is whole."]
    assert [row["text"] for row in data["questions"]] == ["Row on?"]
    assert len(data["follows"]) == 2 and [row["name"] for row in data["authors"]] == ["Tam Sell"]
    assert len(data["places"]) == 1 and any("Lighthouse" in row["title"] for row in data["stories"])
    assert str(library.ben.id) not in json.dumps(data)


async def test_every_table_that_knows_a_reader_is_known_to_privacy(library: Library, tmp_path: Path) -> None:
    knowing = {table for table, names in columns(tmp_path / "oneshot.db").items() if "user_id" in names}
    assert knowing == {*OWN, *SHARED, *LOGGED}


def answered(result: InteractionResult) -> ResponseMessage:
    """The answer to a press that took a moment."""
    return result.followups[-1] if result.followups else shown(result)


async def test_the_export_holds_the_draws_of_direct_messages(library: Library) -> None:
    await library.ann.user.slash("quote")
    decks = (await library.store.privacy.export(library.ann.id))["quote_decks"]
    assert decks and str(library.ann.id) not in json.dumps(decks)
    await library.ben.user.slash("quote")
    assert (await library.store.privacy.export(library.ann.id))["quote_decks"] == decks


async def test_own_files_are_handed_out_and_nobody_elses(library: Library) -> None:
    await use(library)
    panel = await mine(library.ann, library.channel, "data")
    sent = answered(await library.ann.click(panel, label="My files"))
    assert sent.ephemeral and [await each.read() for each in sent.attachments] == [b"It rained."]
    others = await mine(library.ben, library.channel, "data")
    assert "any files of yours" in text_of(answered(await library.ben.click(others, label="My files")))


def test_files_are_parted_by_what_discord_takes() -> None:
    files = [StoredFile(f"{number}.txt", str(number), 4) for number in range(25)]
    parts, more, number = list[StoredFile](), True, 0
    while more:
        part, more = part_of(files, number, 22)
        assert 1 <= len(part) <= 5
        parts, number = [*parts, *part], number + 1
    assert parts == files and part_of(files, number, 22) == ([], False)
    assert len(part_of(files, 0, 10**7)[0]) == 10
