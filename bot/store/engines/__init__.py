"""What a database engine does for the store: `sqlite` for one process, `postgresql` for many.

A statement is written once for all engines: named parameters, rows read by name. What one of them says in its own way
has a method here: the search by words, the columns of a table.
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
"""The values of a statement's parameters ``:name``, by name. (A sequence is for ``?`` in their order.)"""

Select = tuple[str, dict[str, Value]]
"""A SELECT, and the values of its parameters by name."""

Indexed = dict[str, Value]
"""A row of a text index: its ``id``, and the words of each part, as `searchable` says them."""

LAST_ID = 2**63 - 1

Made = TypeVar("Made")


class Row(Protocol):
    """A row that was found: its values by the names of columns, or by their places."""

    def __getitem__(self, key: str | int, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> Iterable[str]: ...


@dataclass(frozen=True, slots=True)
class TextIndex:
    """An index of words: a table, and the parts of each row that are searched, such as a title."""

    table: str
    parts: tuple[str, ...]


class TextSearch(Protocol):
    """How an engine keeps a `TextIndex`, and how it is asked."""

    def write(self, writing: Writing, index: TextIndex, gone: Sequence[Indexed], new: Sequence[Indexed]) -> None:
        """Take rows out of *index*, given as they were put in, then put others in."""
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
        """Select the ``id`` of at most *limit* rows from *first* to *last*, in that order, that hold all of *query*.

        The words must stand in one of *parts*, and one of *scopes* in the part ``scope``, where any are given.
        """
        ...

    def ranked(self, index: TextIndex, query: Query, limit: int, scopes: Sequence[str]) -> Select:
        """Select ``id`` and ``score`` of *limit* texts in one of *scopes*; the lowest score is the best."""
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
"""What a turn is about. Turns are taken in this order, so that no two wait for each other.

Some take one turn for all, since they are few: changes of reviews, new claims of authors, and whatever adds a story,
replaces its text or deletes it (they change the same counts of tags and languages, and the room that is left). The last
are queues of work that is due: who takes work out of one has it alone.
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a transaction is about, and whether nobody else may change things about it meanwhile."""

    kind: TurnKind
    number: int
    """Its id; 0 for a queue."""
    is_alone: bool
    found_by: str = ""
    """A SELECT of the ids, where ``:number`` is the id of something else, such as a chapter of the story."""


def alone(kind: TurnKind, number: int, found_by: str = "") -> Turn:
    """Return the turn of one who closes, replaces or removes this, or reads what they then write."""
    return Turn(kind, number, True, found_by)


def shared(kind: TurnKind, number: int, found_by: str = "") -> Turn:
    """Return the turn of one who needs this to stay what it is, such as the story on which they vote."""
    return Turn(kind, number, False, found_by)


LIBRARY = alone("library", 0)
"""The turn of who adds stories, replaces their texts, or deletes them."""


def whole_story(story: int) -> tuple[Turn, Turn]:
    """Return the turns of one who replaces or removes a story: nobody changes a place in it, nor answers under it."""
    return alone("story", story), alone("question", story, _OPEN_QUESTIONS)


_OPEN_QUESTIONS = "SELECT id FROM questions WHERE story_id = :number AND closed_at IS NULL ORDER BY id"

OF_CHAPTER = "SELECT story_id FROM chapters WHERE id = :number"
OF_QUOTE = "SELECT story_id FROM quotes WHERE id = :number"
"""What finds the story of a chapter or of a quote, which is always the same."""


ONE_STATEMENT = shared("server", 0)
"""The turn of a single statement."""


Task = Literal["load", "commands", "backup"]
"""What one process does at a time, though all begin it: loading the folder, registering the commands, a backup."""


class Reading(Protocol):
    """The committed rows, on a reader's thread: with it a plain function looks up what it needs, in one hop."""

    def rows(self, sql: str, values: Values = ()) -> list[Row]:
        """Return all rows that *sql* finds."""
        ...

    def row(self, sql: str, values: Values = ()) -> Row | None:
        """Return the first row that *sql* finds, or None."""
        ...


Look = Callable[[Reading], Made]
"""A plain function of a few SELECTs, and what it returns."""


class Writing(Reading, Protocol):
    """A transaction under way: with it a plain function makes its change, on the writer's thread.

    What it reads is with what it changed.
    """

    @property
    def search(self) -> TextSearch:
        """How the engine keeps the indexes of words."""
        ...

    def take(self, *turns: Turn) -> None:
        """Wait for these *turns*, before the first statement.

        An engine with one writer has no need of it. One that takes turns must write nothing that two could spoil who
        both may.
        """
        ...

    def take_everything(self) -> None:
        """Wait until nobody else writes, before the first statement: always right, and slow where many write."""
        ...

    def execute(self, sql: str, values: Values = ()) -> int:
        """Run one statement; return how many rows it changed."""
        ...

    def many(self, sql: str, values: Iterable[Values]) -> None:
        """Run one statement for each of *values*."""
        ...

    def keep_ids(self, table: str, last: int) -> None:
        """Give no new row of *table* an id up to *last*."""
        ...


Change = Callable[[Writing], Made]
"""A transaction: a plain function of a few statements, and what it returns."""


class Engine(Protocol):
    """A database that is open."""

    @property
    def search(self) -> TextSearch:
        """How the engine keeps the indexes of words."""
        ...

    async def read(self, look: Look[Made], *, is_long: bool = False) -> Made:
        """Return what *look* finds; for one that *is_long*, as a search, nobody else waits."""
        ...

    async def write(self, change: Change[Made], *, is_once: bool = False) -> Made:
        """Make *change* in a transaction; return once it is on disk. One that raises has changed nothing.

        One that *is_once* raises `AlreadyDone` where it was made before, so it may be tried again without harm. Raises
        `NothingStored` from the engine's own error where there is no room, or nothing may be written.
        """
        ...

    async def columns(self, table: str) -> list[str]:
        """Return the names of the columns of *table*."""
        ...

    async def primary_key(self, table: str) -> list[str]:
        """Return the columns of the primary key of *table*, in its order."""
        ...

    async def last_ids(self) -> dict[str, int]:
        """Return the last id that each table gave, of those that use none again."""
        ...

    def only(self, task: Task, *, waits: bool = True) -> AbstractAsyncContextManager[bool]:
        """Provide whether this process alone does *task* meanwhile; where it *waits*, as soon as no other does it."""
        ...

    async def tell(self) -> None:
        """Tell all processes at once that something may be due."""
        ...

    async def damage(self) -> HostError:
        """Wait until some statement finds the database damaged; return what to tell the host."""
        ...
