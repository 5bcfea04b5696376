"""What uploads take, as their limits count it: files, and the text that was packed in them."""

from __future__ import annotations

import logging
import random
import string
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.domain.uploads import Upload
from bot.errors import ReaderError
from bot.store import Store, limits
from bot.store.disk_space import FLOOR
from bot.store.limits import MEGABYTE, stored_bytes
from bot.store.publishing import LONG_STORY, Source
from bot.store.uploads import NewVersion, Publisher
from bot.stories import Story, read_story
from tests.databases import connected, database_at
from tests.postgresql import on_postgresql
from tests.sending import send
from tests.store.publishing import put_on_shelf
from tests.stories.formats.documents import dull_epub

GUILD, OTHER = 900, 901
ANN, BEN = 31, 32
Usage = namedtuple("Usage", "total used free")


def shapes() -> Iterator[tuple[str, bytes]]:
    """Files of each shape that takes much room, by its name."""
    chance = random.Random(5)
    yield "dull.epub", dull_epub(MEGABYTE)
    short = "\n\n".join(f"{word}." for word in chance.choices(["rain", "lamp", "stair"], k=20_000))
    yield "paragraphs.txt", f"Title: P\n\n{short}".encode()
    yield "chapters.txt", "\n\n".join(f"Chapter {n}\n\nIt rained, then slept." for n in range(1, 2_000)).encode()
    yield "emphasis.md", "\n\n".join(" ".join(["*a* b"] * 60) for _ in range(500)).encode()
    never = (" ".join("".join(chance.choices(string.ascii_lowercase, k=6)) for _ in range(60)) for _ in range(1_000))
    yield "words.txt", "\n\n".join(never).encode()
    signs = ("".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(120)) for _ in range(1_000))
    yield "signs.txt", "。\n\n".join(signs).encode()
    notes = "\n\n".join(f"A/N: thank you all {n}." for n in range(20_000))
    yield "notes.txt", f"{'It rained all day, and the kettle sang. ' * 40}\n\n----\n\n{notes}".encode()


SHAPES = dict(shapes())


async def put(store: Store, name: str, data: bytes, user: int = ANN, guild: int = GUILD) -> tuple[int, Story]:
    story = read_story(data, name)
    draft = await store.drafts.keep(guild, user, Upload(name, data), {})
    source = Source(name, len(data), 0, str(hash(data)), 1)
    async with store.preparing.prepared(str(guild), story, member=user) as prepared:
        published = await store.uploads.publish(draft, NewVersion(story, source, prepared=prepared), Publisher(user))
    await store.passages.index_rest()
    return published.story, story


GROWS = 4 if on_postgresql() else 2
"""How many times what is counted a database grows at most: PostgreSQL's index of words is larger, and has room left."""


def size_of(path: Path) -> int:
    """The bytes of the database of *path*, with nothing left beside it."""
    with connected(path) as db:
        if on_postgresql():
            return db.execute("SELECT pg_database_size(current_database())").fetchall()[0][0]
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


@pytest.mark.parametrize("name", SHAPES)
async def test_the_database_grows_by_little_more_than_what_is_counted(file: Path, name: str) -> None:
    data = SHAPES[name]
    async with Store.open(database_at(file)) as store:
        await store.settings.change_server(GUILD, lambda chosen: replace(chosen, member_megabytes=500))
        before = size_of(file)
        await put(store, name, data)
        counted, grown = await store.server_uploads.bytes_used(GUILD), size_of(file) - before
        assert counted / 4 < grown < GROWS * counted
        if name.endswith("epub"):
            assert grown > 20 * len(data), "the files alone say nothing of it"


async def test_what_counts_is_the_files_and_the_text_of_uploads_alone(empty_store: Store) -> None:
    store, text = empty_store, b"The kettle sang all day, and nobody had asked it to."
    story = read_story(text, "kettle.txt")
    await put_on_shelf(store, "k", story, Source("k", 1, 0, "k", 1))
    assert await store.server_uploads.bytes_used(GUILD) == 0
    first, _ = await put(store, "kettle.txt", text)
    one = len(text) + stored_bytes(story)
    assert await store.server_uploads.bytes_used(GUILD) == one
    await put(store, "kettle.txt", text, BEN)
    await put(store, "kettle.txt", text, BEN, OTHER)
    assert await store.server_uploads.bytes_used(GUILD) == one + stored_bytes(story)
    await store.uploads.take_off(first, GUILD, ANN, "author")
    assert await store.server_uploads.bytes_used(GUILD) == one + stored_bytes(story)
    await store.uploads.delete(first, GUILD, ANN)
    assert await store.server_uploads.bytes_used(GUILD) == one


@pytest.mark.sqlite("it reads SQLite's plans of queries")
async def test_the_sum_of_all_uploads_is_read_from_indexes(empty_store: Store) -> None:
    rows = await empty_store._db.rows(f"EXPLAIN QUERY PLAN {limits._ALL_BYTES}")
    looks = [row["detail"] for row in rows if "stories" in row["detail"] or "upload_bytes" in row["detail"]]
    assert len(looks) == 2 and all("USING COVERING INDEX" in look for look in looks)


async def test_all_servers_together_have_a_limit_and_nothing_is_left_of_what_goes_beyond(file: Path) -> None:
    book = dull_epub(MEGABYTE // 2)
    async with Store.open(database_at(file)) as store:
        store.uploads_megabytes = 3
        await put(store, "book.epub", book)
        with pytest.raises(ReaderError) as refused:
            await put(store, "book.epub", dull_epub(MEGABYTE // 2 + 1), BEN, OTHER)
        assert refused.value.message == "limit-bytes"
        said = refused.value.values
        assert (
            (said["whose"], said["most"]) == ("everywhere", 3)
            and "2." in str(said["used"])
            and "2." in str(said["more"])
        )
        assert await store.server_uploads.bytes_used(OTHER) == 0
        with connected(file) as db:
            [(stories,)] = db.execute("SELECT count(*) FROM stories").fetchall()
        assert stories == 1


async def test_a_draft_beyond_the_limit_of_all_is_not_kept(file: Path) -> None:
    noise = random.Random(6).randbytes(MEGABYTE)
    async with Store.open(database_at(file)) as store:
        store.uploads_megabytes = 1
        await store.drafts.keep(GUILD, ANN, Upload("a.txt", noise), {})
        with pytest.raises(ReaderError, match="limit-bytes"):
            await store.drafts.keep(OTHER, BEN, Upload("b.txt", b"one more"), {})
        with connected(file) as db:
            assert db.execute("SELECT count(*) FROM drafts").fetchall()[0][0] == 1


async def test_what_others_submit_takes_none_of_a_members_room(empty_store: Store) -> None:
    store, noise = empty_store, random.Random(7).randbytes(MEGABYTE * 3 // 4)
    await store.settings.change_server(GUILD, lambda chosen: replace(chosen, member_megabytes=1))
    for member in (ANN, BEN):
        await send(store, await store.drafts.keep(GUILD, member, Upload("a.txt", noise + bytes([member])), {}))
    more = await store.drafts.keep(GUILD, ANN, Upload("b.txt", noise), {})
    with pytest.raises(ReaderError) as refused:
        await send(store, more)
    assert (refused.value.message, refused.value.values["whose"]) == ("limit-bytes", "member")


@pytest.mark.parametrize("whose", ["member", "server", "everywhere"])
async def test_a_long_story_without_room_is_not_even_begun(file: Path, whose: str) -> None:
    """It is written before it is published, and may be a hundred megabytes."""
    data = "\n\n".join(["The kettle sang all day. " * 40] * LONG_STORY).encode()
    story, most = read_story(data, "long.txt"), 1 if whose == "everywhere" else 1000
    async with Store.open(database_at(file)) as store:
        store.uploads_megabytes = most
        if whose != "everywhere":
            limit: dict[str, Any] = {f"{whose}_megabytes": 1}
            await store.settings.change_server(GUILD, lambda chosen: replace(chosen, **limit))
        with pytest.raises(ReaderError) as refused:
            async with store.preparing.prepared(str(GUILD), story, member=ANN):
                raise AssertionError("begun")
        assert refused.value.values["whose"] == whose
        with connected(file) as db:
            assert db.execute("SELECT count(*) FROM stories").fetchall()[0][0] == 0


@pytest.mark.sqlite("the disk of a server is its own")
async def test_uploads_wait_where_the_disk_is_nearly_full_and_the_log_says_so_once(
    empty_store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store, upload = empty_store, Upload("kettle.txt", b"The kettle sang all day.")
    draft = await store.drafts.keep(GUILD, ANN, upload, {})
    story, source = read_story(upload.data, upload.name), Source("kettle.txt", 24, 0, "k", 1)

    def leave(free: int) -> None:
        monkeypatch.setattr("bot.store.disk_space.shutil.disk_usage", lambda _: Usage(10**12, 10**12 - free, free))

    leave(FLOOR - 1)
    with caplog.at_level(logging.WARNING):
        for refused in (
            store.drafts.keep(GUILD, BEN, upload, {}),
            send(store, draft),
            store.uploads.publish(draft, NewVersion(story, source), Publisher(ANN)),
        ):
            with pytest.raises(ReaderError, match="uploads-wait"):
                await refused
        [told] = caplog.messages
        assert "Nobody can upload until 200.0 MB are free" in told
        leave(FLOOR)
        published = await store.uploads.publish(draft, NewVersion(story, source), Publisher(ANN))
        leave(0)
        with pytest.raises(ReaderError, match="uploads-wait"):
            await store.drafts.keep(GUILD, BEN, upload, {})
        assert len(caplog.messages) == 2
    await store.uploads.delete(published.story, GUILD, ANN)
