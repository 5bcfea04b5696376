"""How many bytes a row takes with its indexes, in the tables that grow with readers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from bot.store import Store
from bot.store.database import Writing
from bot.store.engines import Values
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, read_story
from tests.postgresql import NoPostgresql, cluster
from tests.store.publishing import put_on_shelf

ROWS = 100_000
SERVER = 900_000_000_000_000_000
"""An id of Discord has so many digits."""

_WORDS = "The fox came down to the water at dusk, when the herons had gone, and drank. It"
"""As many characters as are kept of a passage."""

_TABLES: dict[str, Callable[[int, int, int], Values]] = {
    "places": lambda reader, story, chapter: (
        (reader, story, chapter, reader % 9_000, _WORDS, None, chapter, reader % 9_000, _WORDS, None, None, 0, reader)
    ),
    "reading_lists": lambda reader, story, _: (reader, story, "reading", 1_790_000_000_000_000_000 + reader),
    "ballots": lambda reader, question, _: (question, reader, 1, SERVER, 1_790_000_000),
    "reactions": lambda reader, story, chapter: (
        (reader, story, "🔥", reader, 0, chapter, 0, _WORDS, 1_790_000_000, SERVER, None)
    ),
    "posts": lambda reader, story, chapter: (reader, SERVER, SERVER, story, None, chapter, 0, 1_790_000_000),
}


def _fill(table: str, rows: Iterable[tuple[int, ...]], writing: Writing) -> None:
    writing.take_everything()
    values = [_TABLES[table](*row) for row in rows]
    writing.many(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)


async def _sizes(store: Store) -> dict[str, float]:
    story = read_story(b"Title: The Salt Tide\n\nIt came in, and it went out again.\n", "tide.txt")
    number = await put_on_shelf(store, "tide", story, Source("a", 0, 0, "", PARSER_VERSION))
    first, _ = await store.pages.ends(number)
    database = store._db  # pyright: ignore[reportPrivateUsage]
    is_file = database.engine.__class__.__name__ == "Sqlite"
    found: dict[str, float] = {}
    for table in _TABLES:
        sql = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        sql = sql if is_file else f"SELECT pg_total_relation_size('{table}')"
        before = await database.number(sql)
        rows = ((SERVER + 4_194_304 * row, number, first.chapter) for row in range(ROWS))
        await database.write(partial(_fill, table, rows))
        found[table] = (await database.number(sql) - before) / ROWS
    return found


async def measure() -> None:
    """Print the bytes on both engines."""
    async with AsyncExitStack() as stack:
        places: dict[str, Path | str] = {"SQLite": Path(stack.enter_context(tempfile.TemporaryDirectory())) / "a.db"}
        try:
            places["PostgreSQL"] = stack.enter_context(cluster())
        except NoPostgresql as error:
            print(f"  {error}")
        sizes = {
            name: await _sizes(await stack.enter_async_context(Store.open(where))) for name, where in places.items()
        }
        for table in _TABLES:
            print(f"  {table:<16}" + "".join(f" {name} {each[table]:5.0f} bytes" for name, each in sizes.items()))
