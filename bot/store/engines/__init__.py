"""Protocols of the database engines: `sqlite` for a bot in one process, `postgresql` for a bot in many.

Statements are the same for all engines: named parameters, columns read by name. Where the engines' SQL differs, such as
full-text search or a table's columns, a protocol has a method.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar

from bot.errors import HostError

if TYPE_CHECKING:
    from bot.stories.query import Query

Value = str | bytes | int | float | None
Values = Sequence[Value] | Mapping[str, Value]
"""Parameters of a statement: a mapping for ``:name``, a sequence for ``?``."""

Select = tuple[str, dict[str, Value]]
"""A SELECT, and its parameters by name."""

Indexed = dict[str, Value]
"""A row of a text index: its ``id``, and for each part of the index the folded words (see `searchable`)."""

LAST_ID = 2**63 - 1

Made = TypeVar("Made")


class Row(Protocol):
    """A row of a result, with values by column name or index."""

    def __getitem__(self, key: str | int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class TextIndex:
    """A full-text index: a table, and its *parts*, which are the searched columns, such as a title."""

    table: str
    parts: tuple[str, ...]


class TextSearch(Protocol):
    """An engine's full-text search, on any `TextIndex`."""

    def write(self, writing: Writing, index: TextIndex, gone: Sequence[Indexed], new: Sequence[Indexed]) -> None:
        """Delete the rows *gone* from *index*, then insert the rows *new*; *gone* has the texts that were inserted."""
        ...

    def matching(
        self,
        index: TextIndex,
        query: Query,
        parts: Sequence[str],
        limit: int,
        scopes: Sequence[str] = (),
        first: int = 0,
        last: int = LAST_ID,
    ) -> Select:
        """Return SQL for the ``id`` of at most *limit* rows that contain every term of *query*, in order of id.

        The ids are from *first* to *last*. The terms must be in *parts*; the part ``scope`` must contain one of
        *scopes*, if there are any.
        """
        ...

    def ranked(self, index: TextIndex, query: Query, limit: int, scopes: Sequence[str]) -> Select:
        """Return SQL for the ``id`` and ``score`` of at most *limit* rows, in any order; the lowest score is best.

        The rows contain every term of *query* in the part ``text``, and one of *scopes*, if there are any, in the part
        ``scope``.
        """
        ...


TurnKind = Literal[
    "server",
    "library",
    "story",
    "reader",
    "question",
    "quotes",
    "reviews",
    "claims",
    "outbox",
    "schedules",
    "reactions",
    "question posts",
]
"""Kinds of locks (turns), in the order in which every transaction takes them, to avoid deadlocks.

Some rare changes all take the same lock: changes of reviews (``reviews``), new claims (``claims``), and additions,
replacements or deletions of stories (``library``), which change the same counts of facets and the same free space. The
locks ``outbox``, ``schedules`` and ``question posts`` are for work queues, from which one process at a time takes work.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A lock that a transaction takes, shared or exclusive: on a story, a reader or another thing of some *kind*."""

    kind: TurnKind
    number: int
    """Id of the thing; 0 for a lock that all things of the kind share."""
    is_alone: bool
    found_by: str = ""
    """SELECT of the ids to lock, if *number* is not such an id but the ``:number`` in this query (see `OF_CHAPTER`)."""


def alone(kind: TurnKind, number: int, found_by: str = "") -> Turn:
    """Return an exclusive lock: to close, replace or remove something, or to read a value before changing it."""
    return Turn(kind, number, True, found_by)


def shared(kind: TurnKind, number: int, found_by: str = "") -> Turn:
    """Return a shared lock on something that must not change meanwhile, such as the story of a vote."""
    return Turn(kind, number, False, found_by)


LIBRARY = alone("library", 0)
"""The lock for adding, replacing or deleting stories."""


def whole_story(story: int) -> tuple[Turn, Turn]:
    """Return the locks for replacing or removing a story. They block turning its pages and answering its questions."""
    return alone("story", story), alone("question", story, _OPEN_QUESTIONS)


_OPEN_QUESTIONS = "SELECT id FROM questions WHERE story_id = :number AND closed_at IS NULL ORDER BY id"

OF_CHAPTER = "SELECT story_id FROM chapters WHERE id = :number"
OF_QUOTE = "SELECT story_id FROM quotes WHERE id = :number"
OF_QUESTION = "SELECT story_id FROM questions WHERE id = :number"
"""SQL: the story of a chapter, quote or question, which never changes."""


ONE_STATEMENT = shared("server", 0)
"""The lock for a transaction that needs no other, such as one of a single statement."""


Task = Literal["load", "commands", "backup"]
"""Tasks that only one process runs at a time: loading the folder, registering commands, a backup."""


class Reading(Protocol):
    """Queries on committed rows, for a plain function on the thread of a reading connection."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows that *sql* finds."""
        ...

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row that *sql* finds, or None."""
        ...


Look = Callable[[Reading], Made]
"""A plain function that runs SELECTs."""


class Writing(Reading, Protocol):
    """An open transaction, for a plain function on the thread of a writing connection.

    Queries include the transaction's own changes.
    """

    @property
    def search(self) -> TextSearch:
        """The engine's full-text search."""
        ...

    def take(self, *turns: Turn) -> None:
        """Take the locks *turns*, before the first statement; wait for other holders.

        Does nothing on an engine with one writer. With several writers, the locks must exclude every conflicting
        change.
        """
        ...

    def take_everything(self) -> None:
        """Lock the whole database, before the first statement. Always safe, but slow with many writers."""
        ...

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement; return the number of changed rows."""
        ...

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Run a statement once with each of *values*."""
        ...

    def keep_ids(self, table: str, last: int) -> None:
        """Make new rows of *table* get ids greater than *last*."""
        ...


Change = Callable[[Writing], Made]
"""A plain function that runs statements in one transaction."""


class Engine(Protocol):
    """An open database."""

    @property
    def search(self) -> TextSearch:
        """The engine's full-text search."""
        ...

    async def read(self, look: Look[Made], *, is_long: bool = False) -> Made:
        """Return the result of *look*. A long *look* (*is_long*), such as a search, delays no others."""
        ...

    async def write(self, change: Change[Made], *, is_once: bool = False) -> Made:
        """Run *change* in a transaction; return its result after the commit. An exception rolls it back.

        *is_once* means that *change* raises `AlreadyDone` if it was made before, so that it is safe to retry. Raises
        `NothingStored` from the engine's error if the disk is full or read-only.
        """
        ...

    async def columns(self, table: str) -> list[str]:
        """Return the column names of *table*."""
        ...

    async def primary_key(self, table: str) -> list[str]:
        """Return the columns of the primary key of *table*, in its order."""
        ...

    async def last_ids(self) -> dict[str, int]:
        """Return the last id that was given to a row, for each table that never reuses ids."""
        ...

    def only(self, task: Task, *, waits: bool = True) -> AbstractAsyncContextManager[bool]:
        """Hold the lock of *task*; yield whether this process got it. If *waits*, wait until it is free."""
        ...

    async def tell(self) -> None:
        """Wake the background tasks of all processes, since work may be due."""
        ...

    async def damage(self) -> HostError:
        """Wait until a statement finds the database damaged; return an error for the host."""
        ...
