"""PostgreSQL: turns, what is in the way, a server that goes away, and a password that is said nowhere."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, LiteralString

import pytest

from bot.config import Settings
from bot.domain.notices import Notice
from bot.errors import HostError, ReaderError
from bot.operations import lock
from bot.operations.lock import alone_with, one_bot
from bot.store import Store
from bot.store.database import Database, Writing
from bot.store.done_interactions import answer_once, first_id
from bot.store.engines import Change, Turn, alone, postgresql_session, shared
from bot.store.engines.postgresql import PostgresqlWriting
from bot.store.outbox import queue_notice
from tests.databases import connected, database_at
from tests.postgresql import on_postgresql

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="it is about PostgreSQL: make test-postgres")

ANN, GUILD = 101, 5


@pytest.fixture
async def db(file: Path) -> AsyncIterator[Database]:
    async with Database.open(database_at(file)) as opened:
        for name in ("a", "b"):
            await opened.execute("INSERT INTO bot_state (name, value) VALUES (:name, '0')", {"name": name})
        yield opened


def add(writing: Writing, name: str) -> None:
    """Count one more, as no two may who do it at once."""
    [(value,)] = writing.rows("SELECT value FROM bot_state WHERE name = :name", {"name": name})
    writing.execute(
        "UPDATE bot_state SET value = :value WHERE name = :name", {"name": name, "value": str(int(value) + 1)}
    )


async def value(db: Database, name: str) -> int:
    return await db.number("SELECT value FROM bot_state WHERE name = :name", {"name": name})


@pytest.mark.parametrize("turns", [[], [alone("reader", ANN)], [alone("story", 7), shared("reader", ANN)]])
async def test_who_has_a_turn_alone_reads_and_writes_as_if_there_were_no_other(db: Database, turns: list[Turn]) -> None:
    def change(writing: Writing) -> None:
        if turns:
            writing.take(*turns)
        add(writing, "a")

    await asyncio.gather(*(db.write(change) for _ in range(40)))
    assert await value(db, "a") == 40


async def test_who_takes_no_turn_waits_for_all_who_took_one(db: Database) -> None:
    def one(writing: Writing) -> None:
        writing.take(alone("reader", ANN))
        add(writing, "a")

    def all_alone(writing: Writing) -> None:
        add(writing, "a")

    await asyncio.gather(*(db.write(change) for _ in range(20) for change in (one, all_alone)))
    assert await value(db, "a") == 40


async def test_two_who_share_a_turn_are_at_it_at_once(db: Database) -> None:
    both = threading.Barrier(2, timeout=10)

    def change(writing: Writing) -> None:
        writing.take(shared("story", 7))
        both.wait()

    await asyncio.gather(db.write(change), db.write(change))


async def test_turns_that_are_taken_late_are_refused(db: Database) -> None:
    def change(writing: Writing) -> None:
        add(writing, "a")
        writing.take(alone("reader", ANN))

    with pytest.raises(RuntimeError, match="before the first statement"):
        await db.write(change)
    assert await value(db, "a") == 0


async def test_a_change_that_begins_with_many_rows_and_fails_has_changed_nothing(db: Database) -> None:
    def change(writing: Writing) -> None:
        writing.many("UPDATE bot_state SET value = '1' WHERE name = :name", [{"name": "a"}, {"name": "b"}])
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        await db.write(change)
    assert (await value(db, "a"), await value(db, "b")) == (0, 0)


async def test_two_in_each_others_way_are_both_made(db: Database) -> None:
    met = [threading.Event(), threading.Event()]

    def change(first: str, then: str, mine: int) -> Change[None]:
        def made(writing: Writing) -> None:
            writing.take(shared("story", 7))
            writing.execute("UPDATE bot_state SET value = value || '1' WHERE name = :name", {"name": first})
            met[mine].set()
            met[1 - mine].wait(10)
            writing.execute("UPDATE bot_state SET value = value || '1' WHERE name = :name", {"name": then})

        return made

    await asyncio.gather(db.write(change("a", "b", 0)), db.write(change("b", "a", 1)))
    assert (await value(db, "a"), await value(db, "b")) == (11, 11)


async def test_a_reader_does_not_wait_for_who_writes(db: Database) -> None:
    may_end = threading.Event()

    def hold(writing: Writing) -> None:
        add(writing, "a")
        may_end.wait(10)

    writing = [asyncio.create_task(db.write(hold)) for _ in range(9)]
    assert [await value(db, "a") for _ in range(20)] == [0] * 20
    may_end.set()
    await asyncio.gather(*writing)


def cut_all(file: Path) -> None:
    """End every connection but the one that says so."""
    with connected(file) as db:
        db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_server_that_was_away_is_found_again(db: Database, file: Path) -> None:
    await asyncio.gather(*(db.write(lambda writing: add(writing, "a")) for _ in range(9)))
    cut_all(file)
    assert await value(db, "a") == 9
    await asyncio.gather(*(db.write(lambda writing: add(writing, "a")) for _ in range(9)))
    assert await value(db, "a") == 18


async def test_a_transaction_whose_connection_is_lost_is_made_once(db: Database, file: Path) -> None:
    cut = threading.Event()

    def change(writing: Writing) -> None:
        add(writing, "a")
        if not cut.is_set():
            cut.set()
            cut_all(file)
        add(writing, "a")

    await db.write(change)
    assert await value(db, "a") == 2


async def test_a_server_that_stays_away_is_said_to_the_reader(db: Database, file: Path) -> None:
    def change(writing: Writing) -> None:
        add(writing, "a")
        cut_all(file)
        add(writing, "a")

    with pytest.raises(ReaderError, match="database-away"):
        await db.write(change)
    assert await value(db, "a") == 0


@pytest.mark.parametrize("interaction", [0, 77])
async def test_a_commit_without_an_answer_is_found_by_the_interaction(
    db: Database, file: Path, interaction: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    end, lost = PostgresqlWriting.end, list[str]()

    def lose_the_answer(writing: PostgresqlWriting, how: LiteralString) -> None:
        end(writing, how)
        if how == "COMMIT" and not lost:
            lost.append(how)
            cut_all(file)
            end(writing, how)  # there is nobody any more

    def change(writing: Writing) -> str:
        add(writing, "a")
        return "made"

    monkeypatch.setattr(PostgresqlWriting, "end", lose_the_answer)
    if interaction:
        answer_once(first_id(db.now()) + interaction)
        assert await db.write(change) == "made"
    else:
        with pytest.raises(ReaderError, match="database-away"):
            await db.write(change)
    assert await value(db, "a") == 1 and lost


async def test_one_bot_holds_a_database(file: Path) -> None:
    settings = Settings(server=database_at(file))
    async with one_bot(settings):
        with pytest.raises(HostError, match="in use"):
            async with alone_with(database_at(file), "{database} is in use"):
                pass
    async with one_bot(settings):
        pass


async def refused(file: Path, **settings: Any) -> str:
    """Why a process with these settings may not run now."""
    with pytest.raises(HostError) as error:
        async with one_bot(Settings(server=database_at(file), **settings)):
            pass
    return str(error.value)


async def test_each_process_holds_its_shards(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.0)
    settings = Settings(server=database_at(file), shard_count=4, shards=(0, 1))
    async with one_bot(settings), one_bot(replace(settings, shards=(2,))):
        assert "Shard 2 is another process's already" in await refused(file, shard_count=4, shards=(2, 3))
        assert "SHARD_COUNT=4 run on DATABASE" in await refused(file, shard_count=8, shards=(6,))
        assert "Another bot runs" in await refused(file)
        assert "Shard 0 is" in await refused(file, shard_count=4)
        with pytest.raises(HostError, match="in use"):
            async with alone_with(database_at(file), "in use"):
                pass
        async with one_bot(replace(settings, shards=(3,))):
            pass
    async with one_bot(replace(settings, shard_count=8)):
        pass


@pytest.mark.parametrize("what", ["a process", "a task"])
async def test_locks_are_free_before_their_connection_closes(
    file: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server may take its time to see that a connection has ended."""
    import psycopg

    left: list[int] = []
    close = psycopg.Connection[object].close

    def closing(connection: psycopg.Connection[object]) -> None:
        monkeypatch.undo()
        left.append(locks(file))
        close(connection)

    async with Database.open(database_at(file)) as db:
        held = one_bot(Settings(server=database_at(file))) if what == "a process" else db.engine.only("load")
        async with held:
            assert locks(file) == 1
            monkeypatch.setattr(psycopg.Connection, "close", closing)
        assert left == [0]


def locks(file: Path) -> int:
    """Return how many places of processes are held."""
    with connected(file) as db:
        [(count,)] = db.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        ).fetchall()
    return count


async def test_what_is_lost_with_the_connection_is_taken_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.0)
    monkeypatch.setattr(postgresql_session, "RETURN_SECONDS", (0.0,))
    heard = asyncio.Event()

    async def told() -> None:
        heard.set()

    settings = Settings(server=database_at(file), shard_count=2, shards=(0,))
    async with one_bot(settings) as session, Database.open(database_at(file)) as db:
        assert session is not None
        hearing = asyncio.create_task(session.hear(told, told))
        cut_all(file)
        await heard.wait()
        assert "Shard 0 is" in await refused(file, shard_count=2, shards=(0,))
        heard.clear()
        await db.engine.tell()
        await heard.wait()
        hearing.cancel()
        await asyncio.wait({hearing})


async def test_who_lost_its_shards_to_another_hears_of_it(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql_session, "RETURN_SECONDS", (0.0,))
    settings = Settings(server=database_at(file), shard_count=2, shards=(0,))
    async with one_bot(settings) as session, AsyncExitStack() as stack:
        assert session is not None
        cut_all(file)
        await stack.enter_async_context(one_bot(settings))
        hearing = asyncio.create_task(session.hear(_nothing, _nothing))
        assert "Shard 0 is another process's" in str(await session.taken())
        hearing.cancel()
        await asyncio.wait({hearing})


async def _nothing() -> None:
    pass


async def test_one_process_does_what_one_is_to_do(file: Path) -> None:
    async with Database.open(database_at(file)) as one, Database.open(database_at(file)) as other:
        async with one.engine.only("load") as is_ours, other.engine.only("load", waits=False) as is_theirs:
            assert is_ours and not is_theirs
            async with other.engine.only("commands", waits=False) as is_apart:
                assert is_apart
        async with other.engine.only("load", waits=False) as is_theirs:
            assert is_theirs


SECRET = "pa55word"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://ann:{SECRET}@127.0.0.1:1/oneshot",
        f"postgresql://ann:{SECRET}@/oneshot?host=/nowhere",
        f"postgresql://ann:{SECRET}@127.0.0.1:port/oneshot",
        f"postgresql://ann@127.0.0.1:1/oneshot?password={SECRET}&unknown=1",
    ],
)
async def test_the_password_is_said_nowhere(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(HostError, match="DATABASE postgresql://") as refused:
        async with Store.open(address):
            pass
    error: BaseException | None = refused.value
    while error is not None:
        assert SECRET not in f"{error} {error!r}"
        error = None if error.__suppress_context__ else error.__cause__ or error.__context__
    assert SECRET not in caplog.text


async def test_what_is_due_is_handed_out_once_however_many_ask(file: Path) -> None:
    def queue(writing: Writing) -> None:
        for number in range(20):
            queue_notice(writing, Notice("lapsed", GUILD, ANN, number), 1)

    async with Store.open(database_at(file)) as one, Store.open(database_at(file)) as other:
        await one._db.write(queue)
        claimed = await asyncio.gather(*(store.outbox.claim(5) for _ in range(13) for store in (one, other)))
    assert sorted(notice.subject for notice in claimed if notice) == list(range(20))
