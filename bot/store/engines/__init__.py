"""Protocols of the database engines: `sqlite` for one process, `postgresql` for many.

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
"""A row of a text index: its ``id``, and the folded words of each part (see `searchable`)."""

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
    """A full-text index: a table, and its searched columns, such as a title."""

    table: str
    parts: tuple[str, ...]


class TextSearch(Protocol):
    """An engine's full-text search, on any `TextIndex`."""

    def write(self, writing: Writing, index: TextIndex, gone: Sequence[Indexed], new: Sequence[Indexed]) -> None:
        """Delete the rows *gone* from *index*, with the same texts as inserted, then insert the rows *new*."""
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
        """Select the ``id`` of at most *limit* rows that contain every term of *query*, in order of id.

        The ids lie between *first* and *last*. The terms must be in one of *parts*; the part ``scope`` must contain one
        of *scopes*, if there are any.
        """
        ...

    def ranked(self, index: TextIndex, query: Query, limit: int, scopes: Sequence[str]) -> Select:
        """Select ``id`` and ``score`` of *limit* rows with one of *scopes*; the lowest score is best."""
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

Rare changes share one lock: changes of reviews, new claims of authors, and adding, replacing or deleting stories, which
change the same counts of facets and the free space. The last kinds are work queues: one process at a time claims work.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A lock that a transaction takes: on one thing, shared or exclusive."""

    kind: TurnKind
    number: int
    """Id of the thing; 0 for a queue."""
    is_alone: bool
    found_by: str = ""
    """A SELECT of the ids to lock. Its ``:number`` is the id of something related, such as a chapter of the story."""


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
"""SQL: the story of a chapter, quote or question. It never changes."""


ONE_STATEMENT = shared("server", 0)
"""The lock for a single statement."""


Task = Literal["load", "commands", "backup"]
"""Tasks that only one process runs at a time: loading the folder, registering commands, a backup."""


class Reading(Protocol):
    """Committed rows, as a plain function reads them on a reader's thread."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows that *sql* finds."""
        ...

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row that *sql* finds, or None."""
        ...


Look = Callable[[Reading], Made]
"""A plain function that runs SELECTs."""


class Writing(Reading, Protocol):
    """An open transaction, for a plain function on a writer's thread.

    Reads include the transaction's own changes.
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
        """Run one statement for each of *values*."""
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
        """Return the result of *look*. A long one (*is_long*), like a search, delays no other."""
        ...

    async def write(self, change: Change[Made], *, is_once: bool = False) -> Made:
        """Run *change* in a transaction; return its result after the commit. An exception rolls it back.

        *is_once*: the change raises `AlreadyDone` if it was made before, so it is safe to retry. Raises `NothingStored`
        from the engine's error if the disk is full or read-only.
        """
        ...

    async def columns(self, table: str) -> list[str]:
        """Return the column names of *table*."""
        ...

    async def primary_key(self, table: str) -> list[str]:
        """Return the columns of the primary key of *table*, in its order."""
        ...

    async def last_ids(self) -> dict[str, int]:
        """Return the last id given by each table that never reuses ids."""
        ...

    def only(self, task: Task, *, waits: bool = True) -> AbstractAsyncContextManager[bool]:
        """Hold the lock of *task*; yield whether this process got it. If *waits*, wait until it is free."""
        ...

    async def tell(self) -> None:
        """Wake all processes: something may be due."""
        ...

    async def damage(self) -> HostError:
        """Wait until a statement finds the database damaged; return an error for the host."""
        ...
