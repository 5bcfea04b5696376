"""What a turn of a page changes is in no index: PostgreSQL then writes the new row beside the old one, and no more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.reactions import Post
from bot.store import Store
from bot.store.database import Database, Writing
from bot.store.engines import Change, Values
from tests.databases import connected
from tests.postgresql import on_postgresql

ANN, GUILD, MESSAGE = 101, 5, 9

UPDATED = re.compile(
    r"(?:INSERT INTO|UPDATE) (?P<table>\w+) .*?\bSET (?P<columns>.*?)(?: WHERE | RETURNING |$)", re.DOTALL
)


def updated(sql: str) -> tuple[str, set[str]] | None:
    """Return the table that *sql* changes rows of, and the columns that it sets."""
    if not (found := UPDATED.fullmatch(sql) or UPDATED.match(sql)):
        return None
    outside = re.sub(r"CASE .*? END|\([^()]*\)", "", found["columns"])
    return found["table"], set(re.findall(r"(?:^|, ?)(\w+) ?=", outside))


def indexed(file: Path) -> dict[str, set[str]]:
    """Return the columns of all indexes, those that choose the rows of one too, by table."""
    found: dict[str, set[str]] = {}
    with connected(file) as db:
        if on_postgresql():
            rows = db.execute(
                "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
                " JOIN pg_attribute a ON a.attrelid = c.oid AND (a.attnum = ANY (i.indkey)"
                "  OR pg_get_expr(i.indpred, c.oid) ~ ('\\m' || a.attname || '\\M'))"
            ).fetchall()
        else:
            rows = db.execute(
                "SELECT m.name, x.name FROM sqlite_schema m, pragma_index_list(m.name) l, pragma_index_xinfo(l.name) x"
                " WHERE m.type = 'table' AND x.\"key\" = 1"
                " UNION SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c, sqlite_schema i"
                "  WHERE i.type = 'index' AND i.tbl_name = m.name AND i.sql LIKE '% WHERE %' || c.name || '%'"
            ).fetchall()
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


@pytest.fixture
def written(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that change something."""
    statements: list[str] = []
    write = Database.write

    class Noting:
        def __init__(self, writing: Writing) -> None:
            self._writing = writing

        def __getattr__(self, name: str) -> object:
            return getattr(self._writing, name)

        def execute(self, sql: str, values: Values = ()) -> int:
            statements.append(sql)
            return self._writing.execute(sql, values)

    async def noting(db: Database, change: Change[object]) -> object:
        return await write(db, lambda writing: change(Noting(writing)))  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Database, "write", noting)
    return statements


async def test_no_index_has_a_column_that_a_turn_of_a_page_changes(
    store: Store, written: list[str], tmp_path: Path
) -> None:
    story = await store.stories.find("Ferry")
    first, _ = await store.pages.ends(story.id)
    page = await store.pages.open(first)
    await store.posts.record(Post(MESSAGE, 1, GUILD), story.id, page=first)
    written.clear()
    for spot in (first, page.following, first):
        assert spot is not None
        turned = await store.places.turn(ANN, spot, GUILD, MESSAGE)
        assert turned is not None and not turned.is_last
    changes = [change for sql in written if (change := updated(sql))]
    assert {table for table, _ in changes} == {"places", "reading_lists", "posts"}
    indexes = indexed(tmp_path / "oneshot.db")
    assert [(table, columns & indexes[table]) for table, columns in changes if columns & indexes[table]] == []


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("UPDATE a SET b = 1, c = CASE WHEN d = 1 THEN 2 END, e = coalesce(f, 1) WHERE g = 1", {"b", "c", "e"}),
        ("INSERT INTO a (b) VALUES (:b) ON CONFLICT (b) DO UPDATE SET c = excluded.c, d = 1", {"c", "d"}),
    ],
)
def test_what_a_statement_sets_is_read(sql: str, columns: set[str]) -> None:
    assert updated(sql) == ("a", columns)


def test_indexed_columns_are_read(store: Store, tmp_path: Path) -> None:
    indexes = indexed(tmp_path / "oneshot.db")
    assert {"user_id", "story_id"} <= indexes["places"]
    assert {"message_id", "story_id", "quote_id"} <= indexes["posts"] | {"message_id"}
    assert "due_at" in indexes["schedules"]
