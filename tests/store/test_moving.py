"""A library that is moved to another database is the same there, and goes on; and back again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.config import Settings
from bot.domain.reactions import Emoji
from bot.domain.rights import Audience
from bot.errors import HostError
from bot.operations.lock import one_bot
from bot.operations.move import move_all
from bot.store import Store, moving
from bot.store.engines import Writing
from bot.store.migrations import FOLDER, read_steps
from bot.store.moving import TABLES, move
from bot.stories.query import read_query
from tests.databases import columns, database_at, dump
from tests.postgresql import on_postgresql
from tests.votes import cast_vote, votes_of

ANN, BEN, GUILD = 101, 102, 5


@pytest.fixture
async def used(store: Store) -> Store:
    """A library that readers have used."""
    for title, reader in (("Lighthouse", ANN), ("Spoon", BEN)):
        story = await store.stories.find(title)
        first, last = await store.pages.ends(story.id)
        await store.places.move(reader, await store.pages.open(last), GUILD)
        await cast_vote(store, story.id, reader, "continue", GUILD)
        await store.reactions.toggle(story.id, reader, Emoji("🔥").key, GUILD, await store.pages.open(first))
        quote = await store.quotes.draw("guild:5", story)
        await store.saved_quotes.keep(reader, quote.id, GUILD)
        await store.mutes.add(reader, "tag", ["Angst"])
    await store.mutes.drop(BEN, 2)  # the last id is in no row
    return store


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty database: on PostgreSQL's run a file, so that all goes from one engine to the other."""
    async with Store.open(tmp_path / "other.db") as opened:
        yield opened


async def shown(store: Store) -> list[object]:
    """What readers see."""
    audience = store.for_audience(Audience(guild=GUILD))
    hits = await audience.search.find(read_query("the"), None, 0, 50)
    lighthouse = await store.stories.find("Lighthouse")
    return [
        sorted((repr(hit.story.id), repr(hit.spot)) for hit in hits.hits),
        await store.stories.search("light", 25),
        await votes_of(store, lighthouse.id, GUILD),
        await store.reactions.tally(lighthouse.id),
        await store.places.of(ANN, lighthouse.id),
        await audience.leaderboard.stories("reactions", "ever", 9, GUILD),
    ]


def test_all_tables_are_moved_and_each_after_those_that_it_names(tmp_path: Path, used: Store) -> None:
    assert {*columns(tmp_path / "oneshot.db"), "migrations"} == {*TABLES, "migrations"}
    for step in read_steps(FOLDER, "sqlite"):
        assert "REFERENCES" not in step.own


async def test_what_is_moved_is_the_same_and_goes_on(used: Store, other: Store) -> None:
    seen: list[str] = []
    moved = await move(used._db, other._db, lambda table, _: seen.append(table))
    assert {each.table for each in moved if each.rows} == set(seen) and "places" in seen
    assert await shown(other) == await shown(used)
    before = await used._db.engine.last_ids()
    assert before.items() <= {**await other._db.engine.last_ids(), **before}.items()
    await other.mutes.add(BEN, "tag", ["Fluff"])
    [mute] = await other.mutes.of(BEN)
    assert mute.id == 3  # no id is used twice
    await cast_vote(other, (await other.stories.find("Lighthouse")).id, BEN, "leave", GUILD)
    assert (await votes_of(other, (await other.stories.find("Lighthouse")).id)).all == 2


async def test_and_back_again(used: Store, other: Store, tmp_path: Path) -> None:
    before = dump(tmp_path / "oneshot.db")
    await move(used._db, other._db, lambda *_: None)
    third = tmp_path / "third.db"
    async with Store.open(database_at(third)) as back:
        await move(other._db, back._db, lambda *_: None)
        assert await shown(back) == await shown(used)
    assert [line for line in dump(third) if "migrations" not in line] == [
        line for line in before if "migrations" not in line
    ]


async def test_a_database_that_is_not_empty_is_left_as_it_is(used: Store, other: Store) -> None:
    await other.mutes.add(ANN, "tag", ["Fluff"])
    with pytest.raises(HostError, match="not empty: there are mutes"):
        await move(used._db, other._db, lambda *_: None)
    assert await other._db.number("SELECT count(*) FROM stories") == 0


async def test_what_fails_half_way_leaves_nothing(used: Store, other: Store) -> None:
    def stop(table: str, _: int) -> None:
        if table == "ballots":
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        await move(used._db, other._db, stop)
    assert await other._db.number("SELECT count(*) FROM stories") == 0


async def test_rows_that_came_out_different_are_found(
    used: Store, other: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = moving._copy  # pyright: ignore[reportPrivateUsage]

    def spoiled(reading: Any, writing: Writing, tell: Any) -> None:
        copy(reading, writing, tell)
        writing.execute("UPDATE ballots SET number = 2 WHERE user_id = :reader", {"reader": BEN})

    monkeypatch.setattr(moving, "_copy", spoiled)
    with pytest.raises(HostError, match="ballots is not the same in both: 2 rows in the old database, 2 in the new"):
        await move(used._db, other._db, lambda *_: None)


async def test_a_host_moves_by_a_command(used: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    to = tmp_path / "moved.db"
    settings = Settings(database=tmp_path / "oneshot.db")
    if on_postgresql():
        settings = Settings(server=database_at(tmp_path / "oneshot.db"))
    async with one_bot(settings):
        with pytest.raises(HostError, match=r"The bot runs on DATABASE .* then move"):
            await move_all(settings, str(to), None)
    assert await move_all(settings, str(to), None) == 0
    assert "All is the same in both" in capsys.readouterr().out
    with pytest.raises(HostError, match="not empty"):
        await move_all(settings, str(to), None)
    with pytest.raises(HostError, match="There is no database"):
        await move_all(Settings(database=tmp_path / "none.db"), str(to), None)
    with pytest.raises(HostError, match="It is there already"):
        await move_all(settings, str(settings.store), None)
    with pytest.raises(HostError, match="PGPASSWORD") as refused:
        await move_all(settings, "postgresql://ann:pa55word@host/db", None)
    assert "pa55word" not in str(refused.value)
