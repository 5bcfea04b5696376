"""Databases that can be read and take nothing: the errors are the engine's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from bot.store import Store
from tests.databases import columns, connected, connections
from tests.postgresql import on_postgresql

Trouble = Literal["full", "read-only"]

_EVENTS = ("INSERT", "UPDATE", "DELETE")


@asynccontextmanager
async def nothing_stored(store: Store, path: Path, trouble: Trouble) -> AsyncIterator[None]:
    """Have the database of *path*, which *store* has open, take nothing until this is left."""
    how = {
        ("full", False): _full_file,
        ("full", True): _full_server,
        ("read-only", False): _read_only_file,
        ("read-only", True): _read_only_server,
    }
    async with how[trouble, on_postgresql()](store, path):
        yield


@asynccontextmanager
async def _full_file(store: Store, path: Path) -> AsyncIterator[None]:
    """The file may not grow, and each change of a row needs a page more."""
    writer = connections(store)[0]
    triggers = {f"full_{table}_{event}": (table, event) for table in columns(path) for event in _EVENTS}
    await writer.execute("CREATE TABLE filler (data BLOB)")
    for name, (table, event) in triggers.items():
        await writer.execute(
            f"CREATE TEMP TRIGGER {name} BEFORE {event} ON main.{table}"
            " BEGIN INSERT INTO filler VALUES (zeroblob(100000)); END"
        )
    async with writer.execute("PRAGMA page_count") as found:
        [pages] = await found.fetchone() or [0]
    await writer.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        await writer.execute(f"PRAGMA max_page_count = {2**30}")
        for name in triggers:
            await writer.execute(f"DROP TRIGGER temp.{name}")
        await writer.execute("DROP TABLE filler")


@asynccontextmanager
async def _read_only_file(store: Store, _: Path) -> AsyncIterator[None]:
    writer = connections(store)[0]
    await writer.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        await writer.execute("PRAGMA query_only = OFF")


@asynccontextmanager
async def _full_server(_: Store, path: Path) -> AsyncIterator[None]:
    tables = columns(path)
    with connected(path) as db:
        db.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " 'BEGIN RAISE EXCEPTION USING ERRCODE = ''disk_full''; END'"
        )
        for table in tables:
            db.execute(
                f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE OR DELETE ON {table} EXECUTE FUNCTION no_room()"
            )
    try:
        yield
    finally:
        with connected(path) as db:
            db.execute("DROP FUNCTION no_room CASCADE")


@asynccontextmanager
async def _read_only_server(store: Store, _: Path) -> AsyncIterator[None]:
    writers: Any = store._db.engine.writers  # type: ignore[attr-defined]  # of PostgreSQL
    settings, statement = writers._settings, "SET default_transaction_read_only = {}"
    writers._settings = f"{settings}; {statement.format('on')}"
    for connection in writers._open:
        connection.execute(statement.format("on"))
    try:
        yield
    finally:
        writers._settings = settings
        for connection in writers._open:
            connection.execute(statement.format("off"))
