"""A password of a PostgreSQL server is found where the host keeps it, and is seen nowhere."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bot.config import Settings
from bot.errors import HostError
from bot.importing.worker import reading_processes
from bot.store import Store
from tests.databases import database_at
from tests.postgresql import on_postgresql

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="it is about PostgreSQL: make test-postgres")

SECRET = "pa55word"


@pytest.fixture
def guarded(file: Path) -> Iterator[str]:
    """An address without its password, of a user whom the server asks for one."""
    address, user = database_at(file), f"keeper_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as db:
        db.execute(f"CREATE ROLE {user} LOGIN PASSWORD '{SECRET}' IN ROLE pg_read_all_data, pg_write_all_data".encode())
        [(rules,)] = db.execute("SHOW hba_file").fetchall()
        [(text,)] = db.execute("SELECT pg_read_file(%s)", [rules]).fetchall()
        rule = f"local all {user} scram-sha-256"
        lines = "SELECT unnest(string_to_array({}, chr(10)))"
        db.execute(
            sql.SQL(f"COPY ({lines}) TO {{}}").format(sql.Literal(f"{rule}\n{text.strip()}"), sql.Literal(rules))
        )
        db.execute("SELECT pg_reload_conf()")
    yield address.replace("postgres@", f"{user}@")
    with psycopg.connect(address, autocommit=True) as db:
        db.execute(f"DROP ROLE {user}".encode())


def command_lines() -> str:
    """What everybody on this machine sees of its processes."""
    found: list[bytes] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            found.append(path.read_bytes())
    return b"\n".join(found).decode("utf-8", "replace")


@pytest.mark.parametrize("way", ["PGPASSWORD", "PGPASSFILE", "DATABASE_FILE"])
async def test_a_password_is_found_where_the_host_keeps_it_and_seen_by_nobody(
    guarded: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(HostError, match="no password supplied"):
        async with Store.open(guarded):
            pass
    env, kept = {"DATABASE": guarded}, tmp_path / "kept"
    if way == "PGPASSWORD":
        monkeypatch.setenv(way, SECRET)
    elif way == "PGPASSFILE":  # as ~/.pgpass
        kept.write_text(f"*:*:*:*:{SECRET}\n")
        kept.chmod(0o600)
        monkeypatch.setenv(way, str(kept))
    else:
        kept.write_text(guarded.replace("@", f":{SECRET}@", 1))
        env = {way: str(kept)}
    settings = Settings.from_env(env)
    async with Store.open(settings.store) as store, reading_processes():
        await store.bot_state.write("way", way)
        assert await store.bot_state.read("way") == way
        shown = await store._db.rows("SELECT * FROM pg_stat_activity WHERE datname = current_database()")
        assert SECRET not in f"{[tuple(row) for row in shown]}{command_lines()}{settings!r}{store!r}{caplog.text}"
