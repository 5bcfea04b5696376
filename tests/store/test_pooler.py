"""Through a pooler that lends a connection for one transaction, the store works as without one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from bot.domain.host import Shards
from bot.errors import DatabaseAway, HostError
from bot.store import Store
from tests import pooler
from tests.acts import Acts
from tests.databases import connected, database_at
from tests.postgresql import on_postgresql
from tests.votes import default_of

pytestmark = [
    pytest.mark.skipif(not on_postgresql(), reason="it is about PostgreSQL: make test-postgres"),
    pytest.mark.skipif(pooler.program() is None, reason="PgBouncer is not there: on Debian, apt install pgbouncer"),
]

READERS = range(101, 121)
AT_ONCE, ACTS = 12, 40


@pytest.fixture
def pooled(store: Store, tmp_path: Path) -> Iterator[str]:
    """The address of the database of *store* through a pooler."""
    with pooler.pooler(database_at(tmp_path / "oneshot.db")) as address:
        yield address


async def test_two_processes_work_through_a_pooler(pooled: str, tmp_path: Path) -> None:
    async with Store.open(pooled) as one, Store.open(pooled) as other:
        for store in (one, other):
            acts = [Acts(store, 1, 2, READERS, Random(number)) for number in range(AT_ONCE)]
            for each in acts:
                await each.begin()

            async def live(each: Acts) -> None:
                for _ in range(ACTS):
                    await each.one()

            await asyncio.gather(*map(live, acts))
        story = await one.stories.find("Lighthouse")
        standing = await default_of(other, story.id, 1)
    with connected(tmp_path / "oneshot.db") as db:
        [(voters,)] = db.execute("SELECT count(*) FROM ballots WHERE question_id = ?", (standing.id,)).fetchall()
    assert standing.voters == voters > 0


async def test_a_shard_is_held_through_a_pooler(pooled: str) -> None:
    from bot.store.engines.postgresql_session import session

    async with session(pooled, Shards(4, (0, 1)), "whole"):
        with pytest.raises(HostError, match="Shard 1 is another"):
            async with session(pooled, Shards(4, (1, 2)), "whole"):
                pass
        async with session(pooled, Shards(4, (2,)), "whole"), Store.open(pooled) as store:
            await store.bot_state.write("works", "beside")
    async with session(pooled, None, "whole"):
        pass


async def test_a_slow_statement_of_a_change_ends_there_too(pooled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.store.engines.postgresql.STATEMENT_SECONDS", 1)
    async with Store.open(pooled) as store:
        with pytest.raises(DatabaseAway, match="busy"):
            await store._db.execute("INSERT INTO bot_state (name, value) SELECT 'slow', CAST(pg_sleep(3) AS TEXT)")
