"""Uploads and their versions: whose they are, how they come and go, and what is left of them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from bot.domain.rights import Audience
from bot.domain.uploads import KEPT_VERSIONS, Losses, Remover
from bot.errors import ReaderError, StoryGone
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.store import Store
from bot.store.audit import KEPT_SECONDS
from bot.stories.added_chapters import AddedChapter
from tests.clock import Clock
from tests.databases import columns, connected
from tests.sending import send
from tests.store.publishing import ANN, BEN, GUILD, KETTLE, OTHER, drafted, publish, put
from tests.votes import cast_vote


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with connected(path) as db:
        return db.execute(sql).fetchall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "oneshot.db"


async def test_a_draft_is_published_once_however_often_it_is_sent(store: Store) -> None:
    draft = await drafted(store)
    done = await asyncio.gather(*(publish(store, draft) for _ in range(5)), return_exceptions=True)
    assert sum(isinstance(each, int) for each in done) == 1
    assert sum(isinstance(each, ReaderError) and each.message == "draft-gone" for each in done) == 4
    assert len(await store.uploads.own_stories(ANN, 9)) == 1


async def test_a_draft_that_was_sent_is_not_published_by_its_sender(store: Store) -> None:
    draft = await drafted(store)
    waiting = await send(store, draft)
    with pytest.raises(ReaderError, match="draft-gone"):
        await publish(store, draft)
    with pytest.raises(ReaderError, match="draft-gone"):
        await send(store, draft)
    assert await store.uploads.own_stories(ANN, 9) == []
    assert (await store.uploads.own_story(await publish(store, waiting))).story.title == "The Kettle"


async def test_whoever_replaces_a_text_does_not_become_its_uploader(store: Store) -> None:
    story = await put(store)
    assert await put(store, KETTLE + b"\nBen was here.\n", BEN, "replace", story) == story
    assert (await store.uploads.ownership(story)).uploader == ANN
    assert [version.user for version in await store.versions.of(story)] == [BEN, ANN]


async def test_no_upload_takes_the_key_of_another(store: Store) -> None:
    text = b"---\nid: kettle\n---\n" + KETTLE
    story = await put(store, text)
    with pytest.raises(ReaderError, match="id-taken"):
        await put(store, text.replace(b"kettle sang", b"spout sang"), BEN)
    assert [version.user for version in await store.versions.of(story)] == [ANN]
    assert await put(store, text, BEN, guild=OTHER) != story


async def test_a_story_of_another_server_is_not_replaced(store: Store) -> None:
    story = await put(store)
    with pytest.raises(StoryGone):
        await put(store, KETTLE, BEN, "replace", story, OTHER)


@pytest.mark.parametrize("servers", ["all", str(OTHER), "everywhere"])
async def test_a_file_puts_itself_on_no_other_shelf(store: Store, servers: str) -> None:
    story = await put(store, f"Servers: {servers}\n".encode() + KETTLE)
    assert (await store.for_audience(Audience(guild=GUILD)).stories.entry(story)).id == story
    for guild in (OTHER, 0):
        with pytest.raises(StoryGone):
            await store.for_audience(Audience(guild=guild)).stories.entry(story)


async def test_ten_versions_are_kept_and_each_can_be_had_again(store: Store, path: Path) -> None:
    story = await put(store)
    for number in range(KEPT_VERSIONS + 3):
        await put(store, KETTLE + f"\nLine {number}.\n".encode(), BEN, "replace", story)
    versions = await store.versions.of(story)
    assert len(versions) == KEPT_VERSIONS
    assert (await store.versions.upload(versions[1].id)).data.endswith(b"Line 11.\n")
    assert (await store.versions.last(story)) == await store.versions.upload(versions[0].id)
    assert rows(path, "SELECT count(*) FROM upload_bytes") == [(KEPT_VERSIONS,)]


async def test_versions_with_the_same_bytes_share_them(store: Store, path: Path) -> None:
    story = await put(store)
    added = AddedChapter("more.txt", b"It woke at six.\n", "Six", "For Ben.")
    await put(store, chapters=(added,), change="add-chapter", replaces=story)
    last = await store.versions.last(story)
    assert last is not None and last.chapters == (added,) and last.data == KETTLE
    assert rows(path, "SELECT count(*) FROM upload_bytes") == [(2,)]
    assert [version.chapters for version in await store.versions.of(story)] == [2, 1]


async def test_a_story_that_is_off_its_shelf_stays_off_it_with_a_new_text(store: Store) -> None:
    story = await put(store)
    await store.uploads.take_off(story, GUILD, BEN, "manager")
    await put(store, KETTLE + b"\nMore.\n", ANN, "replace", story)
    assert (await store.uploads.ownership(story)).removed_by == "manager"
    with pytest.raises(StoryGone):
        await store.for_audience(Audience(guild=GUILD)).stories.entry(story)


async def test_what_managers_removed_stays_theirs(store: Store) -> None:
    story = await put(store)
    await store.uploads.take_off(story, GUILD, BEN, "manager")
    await store.uploads.take_off(story, GUILD, ANN, "author")
    assert (await store.uploads.ownership(story)).removed_by == "manager"
    assert await store.audit.total(GUILD, "all") == 2, "what changed nothing is not in the log"
    await store.uploads.restore(story, GUILD, BEN, "manager")
    await store.uploads.take_off(story, GUILD, ANN, "author")
    await store.uploads.take_off(story, GUILD, BEN, "manager")
    assert (await store.uploads.ownership(story)).removed_by == "manager"


async def test_each_brings_back_only_what_they_took_off(store: Store) -> None:
    story = await put(store)

    async def left_by(change: Literal["off", "on"], by: Remover) -> Remover | None:
        await (store.uploads.take_off if change == "off" else store.uploads.restore)(story, GUILD, BEN, by)
        return (await store.uploads.ownership(story)).removed_by

    assert await left_by("off", "author") == "author"
    assert await left_by("on", "manager") == "author"
    assert await left_by("off", "manager") == "manager"
    assert await left_by("on", "author") == "manager"
    assert await left_by("on", "manager") == "author"
    assert await left_by("on", "manager") == "author"
    assert await left_by("on", "author") is None
    assert await left_by("off", "manager") == "manager"
    assert await left_by("on", "manager") is None
    assert await store.audit.total(GUILD, "all") == 7, "it was published, and six of these changed something"


async def test_what_managers_remove_changes_nothing_of_what_authors_withdrew(store: Store) -> None:
    here, there, removed = await put(store), await put(store, guild=OTHER), await put(store, user=BEN)
    await store.uploads.take_off(here, GUILD, ANN, "author")
    await store.uploads.take_off(there, OTHER, ANN, "author")
    await store.uploads.take_off(removed, GUILD, BEN, "manager")
    by = [(await store.uploads.ownership(each)).removed_by for each in (here, there, removed)]
    assert by == ["author", "author", "manager"]


async def test_a_file_that_is_gone_is_the_folders_doing(store: Store, folder: Path) -> None:
    story = (await store.stories.find("Ferry")).id
    (folder / "ferry.txt").unlink()
    await load_folder(store, folder, read_here)
    assert (await store.uploads.ownership(story)).removed_by == "folder"


async def test_the_same_file_again_is_known_by_its_bytes_or_its_title(store: Store) -> None:
    story = await put(store)
    digest = str(hash(KETTLE))
    for twin in (
        await store.uploads.twin(GUILD, ANN, digest, "X"),
        await store.uploads.twin(GUILD, ANN, "x", "the kettle"),
    ):
        assert twin is not None and twin.id == story
    assert await store.uploads.twin(GUILD, BEN, digest, "The Kettle") is None
    assert await store.uploads.twin(OTHER, ANN, digest, "The Kettle") is None
    assert not await store.uploads.removed_by_managers(GUILD, digest)
    await store.uploads.take_off(story, GUILD, ANN, "author")
    assert await store.uploads.twin(GUILD, ANN, digest, "The Kettle") is not None
    assert not await store.uploads.removed_by_managers(GUILD, digest)
    await store.uploads.take_off(story, GUILD, BEN, "manager")
    assert await store.uploads.twin(GUILD, ANN, digest, "The Kettle") is None
    assert await store.uploads.removed_by_managers(GUILD, digest)


async def test_deleting_for_good_leaves_no_row_and_no_byte(store: Store, path: Path) -> None:
    other = await put(store, KETTLE.replace(b"Kettle", b"Spout"), BEN)
    before = {table: rows(path, f"SELECT count(*) FROM {table}") for table in columns(path)}
    story = await put(store)
    await put(store, KETTLE + b"\nMore.\n", ANN, "replace", story)
    await cast_vote(store, story, BEN, "continue", GUILD)
    await store.reactions.toggle(story, BEN, "🔥")
    await store.follows.follow(BEN, "story", story, GUILD)
    await store.reading_lists.put(BEN, story, "later")
    assert await store.uploads.losses(story) == Losses(0, 0, 1, 1, 0)
    await store.uploads.delete(story, GUILD, ANN)
    after = {table: rows(path, f"SELECT count(*) FROM {table}") for table in columns(path)}
    changed = {table for table in after if after[table] != before[table]}
    assert changed <= {"audit_log"}
    assert [each.story.id for each in await store.uploads.own_stories(ANN, 9)] == []
    with pytest.raises(StoryGone):
        await store.uploads.delete(story, GUILD, ANN)
    with pytest.raises(StoryGone):
        await store.uploads.delete(other, OTHER, BEN)
    [(title, act)] = rows(path, f"SELECT title, act FROM audit_log WHERE story_id = {story} ORDER BY id DESC LIMIT 1")
    assert (title, act) == ("The Kettle", "delete")


async def test_each_act_is_in_the_log_for_ninety_days(store: Store, path: Path, clock: Clock) -> None:
    story = await put(store)
    await store.uploads.take_off(story, GUILD, ANN, "author")
    await store.uploads.restore(story, GUILD, ANN, "author")
    log = "SELECT guild_id, user_id, act, title FROM audit_log ORDER BY id"
    assert rows(path, log) == [(GUILD, ANN, act, "The Kettle") for act in ("publish", "withdraw", "restore")]
    clock.at = clock() + KEPT_SECONDS
    await store.uploads.take_off(story, GUILD, BEN, "manager")
    assert rows(path, log) == [(GUILD, BEN, "withdraw", "The Kettle")]


async def test_who_deletes_their_data_becomes_a_former_member(store: Store, path: Path) -> None:
    story = await put(store)
    await drafted(store, b"It was a draft.\n")
    await store.privacy.delete(ANN)
    assert (await store.uploads.ownership(story)).uploader is None
    assert [version.user for version in await store.versions.of(story)] == [None]
    assert rows(path, "SELECT user_id, act FROM audit_log") == [(None, "publish")]
    assert rows(path, "SELECT count(*) FROM upload_bytes") == [(1,)]


async def test_the_export_has_what_somebody_uploaded(store: Store) -> None:
    await put(store)
    data = await store.privacy.export(ANN)
    assert [row["title"] for row in data["versions"]] == ["The Kettle"]
    assert [row["name"] for row in data["files"]] == ["kettle.txt"]
    assert [row["act"] for row in data["audit_log"]] == ["publish"]


async def test_a_draft_is_its_makers_alone_and_for_a_day(store: Store, clock: Clock) -> None:
    draft = await drafted(store)
    with pytest.raises(ReaderError, match="draft-gone"):
        await store.drafts.find(draft.id, BEN)
    changed = replace(draft, upload=replace(draft.upload, details={"title": "Spout"}), change="edit", replaces=7)
    await store.drafts.change(changed)
    assert await store.drafts.find(draft.id, ANN) == changed
    clock.forward(24 * 60 * 60)
    assert await store.drafts.find(draft.id, ANN) == changed
    clock.forward(1)
    with pytest.raises(ReaderError, match="draft-gone"):
        await store.drafts.find(draft.id, ANN)
