"""Adding, replacing and hiding stories of the library. Readers' data stays.

Work that grows with the length of a text runs in threads, so that readers do not wait for it.

Long stories and the texts of drafts are written in several transactions. Until such a story is published, it is on the
shelf `UNPUBLISHED`, where no search finds it. It is deleted if it is refused, or a day after a crash.
"""

import asyncio
import json
import secrets
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TypeVar

from bot.domain.anonymity import DAY_SECONDS
from bot.domain.notices import STORY
from bot.store.audit import record
from bot.store.chapters import TextRow, add_chapters, digests_of, text_rows, write_chapters, write_pages, write_text
from bot.store.database import Family, Row, Writing, named_list, transaction
from bot.store.deleting import delete_story
from bot.store.engines import LIBRARY, ONE_STATEMENT, alone, shared, whole_story
from bot.store.follows import queue_news
from bot.store.limits import Room, stored_bytes
from bot.store.passages import (
    STORIES,
    IndexChanges,
    Named,
    index_changes,
    mark_partly_indexed,
    scope_of,
    write_indexes,
    write_passages,
)
from bot.store.questions import AT_ONCE, close_by_chapters, close_question_of_story, draw_posts_of, keep_default
from bot.store.quotes import add_quotes, new_quotes, write_quotes
from bot.store.reanchoring import move_bookmarks, move_places, move_reactions, move_serials
from bot.store.rows import as_value
from bot.store.search import write_facets
from bot.store.visibility import FOLDER, UNPUBLISHED, server_of
from bot.stories import Chapter, Story
from bot.stories.facets import facets_of
from bot.stories.folding import fold
from bot.stories.metadata import value_of
from bot.stories.ratings import is_gated, read_rating
from bot.stories.status import read_status
from bot.stories.voting import asks_vote
from bot.stories.wishes import read_wishes

_AT_ONCE = 100
"""Maximum number of stories hidden in one transaction. The database server keeps the locks of all in memory."""

LAST = 2**31
"""Sort position of a story whose file states none: after all stated positions."""


@dataclass(frozen=True, slots=True)
class Source:
    """Details of a story's file, stored to skip the file at the next load if it is unchanged."""

    file: str
    size: int
    modified_ns: int
    digest: str
    """Digest of the file's bytes; if ``stories.toml`` has an entry for it, a colon and the entry's digest follow."""
    parser: int


@dataclass(frozen=True, slots=True)
class Known:
    """A story on a shelf, and its source file."""

    story: int
    source: Source
    is_removed: bool
    is_mature: bool


@dataclass(frozen=True, slots=True)
class Publication:
    """A story to publish under *key* on a shelf."""

    key: str
    story: Story
    source: Source
    prepared: int | None = None
    """Id of the story if `Preparing` has written it already."""
    unrated_is_mature: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A published story, and the positions of its new chapters; for a new story, none."""

    story: int
    new_chapters: tuple[int, ...] = ()


class Publishing(Family):
    """Publishes stories to a shelf."""

    async def known(self, shelf: str) -> dict[str, Known]:
        """Return the stories of *shelf* by key, including removed ones."""
        rows = await self._db.rows(
            "SELECT s.key, s.id AS story, s.mature AS is_mature, o.file, o.size, o.modified_ns, o.digest, o.parser,"
            " CASE WHEN s.removed_at IS NULL THEN 0 ELSE 1 END AS is_removed"
            " FROM stories s JOIN sources o ON o.story_id = s.id WHERE s.shelf = :shelf",
            {"shelf": shelf},
        )
        return {row["key"]: as_value(row, Known, source=as_value(row, Source)) for row in rows}

    async def publish_all(self, shelf: str, publications: Sequence[Publication]) -> list[Published]:
        """Add or replace several stories in one transaction, and show removed ones again.

        Only one process at a time may publish to a shelf. `publish_story` describes what happens to readers' data.
        """
        known = await self._stories_of(shelf, [each.key for each in publications])
        stories = [*known, *(each.prepared for each in publications if each.prepared is not None)]
        return await self._publish_all(shelf, publications, stories)

    async def _stories_of(self, shelf: str, keys: Sequence[str]) -> list[int]:
        listed, values = named_list("key", keys)
        rows = await self._db.rows(
            f"SELECT id FROM stories WHERE shelf = :shelf AND key IN {listed}", {"shelf": shelf, **values}
        )
        return [int(row["id"]) for row in rows]

    @transaction
    def _publish_all(
        self, writing: Writing, shelf: str, publications: Sequence[Publication], stories: Sequence[int]
    ) -> list[Published]:
        writing.take(LIBRARY, *(turn for story in stories for turn in whole_story(story)))
        index: list[IndexChanges] = []
        published: list[Published] = []
        for each in publications:
            done = publish_story(writing, shelf, each, index, now=self._db.now())
            show_story(writing, done.story)
            published.append(done)
        write_indexes(writing, index)
        return published

    async def rekey(self, shelf: str, key: str, new: str) -> None:
        """Change a story's key to *new*, after its file has gained or lost an id, unless another story has that key."""
        await self._db.execute(
            "UPDATE stories SET key = :new WHERE shelf = :shelf AND key = :key"
            " AND NOT EXISTS (SELECT 1 FROM stories other WHERE other.shelf = :shelf AND other.key = :new)",
            {"shelf": shelf, "key": key, "new": new},
        )

    @transaction
    def hide(self, writing: Writing, story: int, guild: int, user: int | None = None) -> None:
        """Hide in *guild* a story of the folder or of another server; log this as an act of *user*, if given."""
        writing.take(shared("story", story))
        writing.execute(
            "INSERT INTO hidden_stories (guild_id, story_id) VALUES (:guild, :story)"
            " ON CONFLICT (guild_id, story_id) DO NOTHING",
            {"guild": guild, "story": story},
        )
        draw_posts_of(writing, story, AT_ONCE)
        if user is not None:
            record(writing, guild, user, "withdraw", story, "manager", now=self._db.now())

    @transaction
    def touch(self, writing: Writing, story: int, source: Source) -> None:
        """Store the details of a file with unchanged bytes, and show its story again if it was removed."""
        writing.take(*whole_story(story))
        _write_source(writing, story, source)
        show_story(writing, story)

    @transaction
    def restore(self, writing: Writing, story: int, guild: int, user: int | None = None) -> None:
        """Show a story again that *guild* hid; log this as an act of *user*, if given."""
        writing.take(shared("story", story))
        changed = writing.execute(
            "DELETE FROM hidden_stories WHERE story_id = :story AND guild_id = :guild", {"story": story, "guild": guild}
        )
        draw_posts_of(writing, story, AT_ONCE)
        if changed and user is not None:
            record(writing, guild, user, "restore", story, now=self._db.now())

    async def remove(self, stories: Sequence[int]) -> None:
        """Hide stories whose files are gone; readers' data is kept."""
        for first in range(0, len(stories), _AT_ONCE):
            await self._remove(stories[first : first + _AT_ONCE])

    @transaction
    def _remove(self, writing: Writing, stories: Sequence[int]) -> None:
        writing.take(*(turn for story in stories for turn in whole_story(story)))
        now = self._db.now()
        writing.many(
            "UPDATE stories SET removed_at = :now, removed_by = 'folder' WHERE id = :story AND removed_at IS NULL",
            [{"now": now, "story": story} for story in stories],
        )
        for story in stories:
            close_question_of_story(writing, story, now)

    async def gate_unrated(self, mature: bool) -> None:
        """Set whether stories without a rating count as mature (the setting ``UNRATED``)."""
        await self._db.execute(
            "UPDATE stories SET mature = :mature WHERE rating IS NULL AND mature <> :mature", {"mature": int(mature)}
        )

    @transaction
    def take_adult(self, writing: Writing, takes: bool) -> int:
        """Set whether stories for adults are shown (the setting ``ADULT_STORIES``); return how many are hidden."""
        writing.take(ONE_STATEMENT)
        if takes:
            writing.execute("DELETE FROM bot_state WHERE name = :name", {"name": _REFUSES_ADULT})
            return 0
        writing.execute(
            "INSERT INTO bot_state (name, value) VALUES (:name, 'yes') ON CONFLICT (name) DO NOTHING",
            {"name": _REFUSES_ADULT},
        )
        found = writing.row("SELECT count(*) AS hidden FROM stories WHERE mature = 1 AND removed_at IS NULL", {})
        return int(found["hidden"]) if found else 0


_REFUSES_ADULT = "refuses-adult"
"""Name in ``bot_state`` of the mark by which the views of visible stories leave out stories for adults."""


def publish_story(
    writing: Writing, shelf: str, publication: Publication, index: list[IndexChanges], *, now: int
) -> Published:
    """Add a story or replace the one with its key; append the changes of the text indexes to *index*.

    An upload shows in its server; a story of the folder shows in all servers, or in those that its file names. A
    removed story stays removed. Chapters that still exist keep their ids, and each reader's place is found again by the
    words there. Followers are notified of new chapters. Only `bot.store.authors.link_author` gives a story an author.
    """
    key, story, source = publication.key, publication.story, publication.source
    before = writing.rows(
        "SELECT s.id AS id, s.title AS title, s.author AS author, o.digest AS digest"
        " FROM stories s JOIN sources o ON o.story_id = s.id WHERE s.shelf = :shelf AND s.key = :key",
        {"shelf": shelf, "key": key},
    )
    prepared = publication.prepared
    if prepared is not None and not before and _show_prepared(writing, prepared, shelf, key, now):
        mark_partly_indexed(writing, prepared, is_left=True)
        _write_source(writing, prepared, source)
        queue_news(writing, prepared, _news(None, source.digest, ()), now)
        return Published(prepared)
    written = write_story(writing, shelf, key, story, now, unrated_is_mature=publication.unrated_is_mature)
    story_id = int(written["id"])
    ids, new = write_chapters(writing, story_id, story.chapters, digests_of(story.chapters), now)
    chapters = dict(zip(ids, story.chapters, strict=True))
    write_pages(writing, story_id, chapters)
    index += [
        index_changes(STORIES, before, [written]),
        write_quotes(writing, story_id, chapters),
        write_passages(writing, story_id, chapters),
    ]
    if before:  # a new story has no readers
        draw_posts_of(writing, story_id, AT_ONCE)  # where they may show depends on the rating
        prose = {chapter_id: chapter.prose for chapter_id, chapter in chapters.items()}
        move_places(writing, story_id, prose)
        move_bookmarks(writing, story_id, prose)
        move_reactions(writing, story_id, prose)
        move_serials(writing, story_id, prose)
    _write_source(writing, story_id, source)
    digest = next((row["digest"] for row in before), None)
    items = _news(digest, source.digest, [ids[position - 1] for position in new])
    close_by_chapters(writing, story_id, [int(item) for item in items if item.isdecimal()], now)
    queue_news(writing, story_id, items, now)
    return Published(story_id, new)


def _show_prepared(writing: Writing, story: int, shelf: str, key: str, now: int) -> bool:
    """Move a prepared story to *shelf*; return False if the story is gone."""
    return (
        writing.execute(
            "UPDATE stories SET shelf = :shelf, key = :key, added_at = :now, updated_at = :now, removed_at = NULL"
            " WHERE id = :story AND shelf = :unpublished",
            {"shelf": shelf, "key": key, "now": now, "story": story, "unpublished": UNPUBLISHED},
        )
        > 0
    )


def show_story(writing: Writing, story: int) -> None:
    """Show a removed story again."""
    if writing.execute(
        "UPDATE stories SET removed_at = NULL, removed_by = NULL WHERE id = :story AND removed_at IS NOT NULL",
        {"story": story},
    ):
        draw_posts_of(writing, story, AT_ONCE)


def _news(before: str | None, digest: str, new_chapters: Sequence[int]) -> list[str]:
    """Return the items of an update (`Notice.items`). *before* is the digest of the old file; None for a new story.

    A file with the same bytes is no news: only a newer parser or another entry in ``stories.toml`` changed the text.
    """
    if before is None:
        return [STORY]
    if before.partition(":")[0] == digest.partition(":")[0]:
        return []
    return [str(chapter) for chapter in new_chapters]


def write_story(writing: Writing, shelf: str, key: str, story: Story, now: int, *, unrated_is_mature: bool) -> Row:
    """Write a story's row, facets, servers and default question; return a row with its id, title and author."""
    rating = read_rating(story.metadata, story.all_notes)
    status = read_status(story.metadata, len(story.chapters), story.end_marker)
    wishes = read_wishes(story.metadata)
    servers = wishes.servers if shelf == FOLDER else None  # an upload belongs to its server, whatever its file says
    values = {
        "home": -1 if isinstance(servers, tuple) else server_of(shelf),
        "title": story.title,
        "title_key": fold(story.title),
        "author": story.author,
        "summary": story.summary,
        "language": story.language,
        "rating": rating,
        "mature": int(is_gated(rating, unrated=unrated_is_mature)),
        "status": status,
        "place": LAST if story.order is None else story.order,
        "metadata": json.dumps(story.metadata),
        "may_quote": int(wishes.quote),
        "may_vote": int(wishes.vote if value_of(story.metadata, "votes") else asks_vote(story, status)),
        "may_review": int(wishes.review),
        "may_download": int(wishes.download),
        "may_share": int(wishes.share),
        "notes_before": json.dumps(story.notes_before),
        "notes_after": json.dumps(story.notes_after),
        "words": story.words,
        "pages": sum(chapter.pages for chapter in story.chapters),
        "chapters": len(story.chapters),
        "stored": stored_bytes(story),
        "last_number": story.last_number,
        "updated_at": now,
    }
    [row] = writing.rows(
        f"INSERT INTO stories (shelf, key, added_at, {', '.join(values)})"
        f" VALUES (:shelf, :key, :updated_at, {', '.join(f':{column}' for column in values)})"
        f" ON CONFLICT (shelf, key) DO UPDATE SET {', '.join(f'{column} = excluded.{column}' for column in values)}"
        " RETURNING id, title, author",
        {"shelf": shelf, "key": key, **values},
    )
    story_id = int(row["id"])
    keep_default(writing, story_id, now)
    write_facets(writing, story_id, facets_of(story.metadata, story.author, story.words, rating, status))
    named = {*servers, 0} if isinstance(servers, tuple) else set[int]()
    writing.execute("DELETE FROM story_servers WHERE story_id = :story", {"story": story_id})
    writing.many(
        "INSERT INTO story_servers (guild_id, story_id) VALUES (:guild, :story)",
        [{"guild": guild, "story": story_id} for guild in named],
    )
    return row


def _write_source(writing: Writing, story_id: int, source: Source) -> None:
    writing.execute(
        "INSERT INTO sources (story_id, file, size, modified_ns, digest, parser)"
        " VALUES (:story, :file, :size, :modified_ns, :digest, :parser)"
        " ON CONFLICT (story_id) DO UPDATE SET file = excluded.file, size = excluded.size,"
        " modified_ns = excluded.modified_ns, digest = excluded.digest, parser = excluded.parser",
        {"story": story_id, **asdict(source)},
    )


LONG_STORY = 1_000
"""Minimum number of pages, for phones, of a long story. Shorter stories are written in a fiftieth of a second."""

ROWS_AT_ONCE = 2_000
"""Maximum number of rows of pages or prose written in one transaction."""

COSTLY_ROWS = 400
"""Maximum number of rows of chapters or indexed quotes, which take longer, written in one transaction."""

Sliced = TypeVar("Sliced")


class Preparing(Family):
    """Writes the text of stories before they are published."""

    @asynccontextmanager
    async def prepared(
        self, shelf: str, story: Story, *, unrated_is_mature: bool = False, member: int | None = None
    ) -> AsyncGenerator[int | None]:
        """Write a long story, for publication to *shelf* within the block; yield its id, or None for a short story.

        The story is deleted if the block does not publish it. Raises `ReaderError` if an upload exceeds a limit;
        *member* is the sender whose own limit applies, too, or None.
        """
        if sum(chapter.pages for chapter in story.chapters) < LONG_STORY:
            yield None
            return
        async with self.written(shelf, story, unrated_is_mature=unrated_is_mature, member=member) as written:
            yield written

    @asynccontextmanager
    async def written(
        self, shelf: str, story: Story, *, unrated_is_mature: bool = False, member: int | None = None
    ) -> AsyncGenerator[int]:
        """Write a story of any length, for publication within the block or as a draft's text; see `prepared`."""
        written, scope = await self._begin(shelf, story, unrated_is_mature, member)
        try:
            await self._write(written, story, scope)
            yield written
        finally:
            await self._drop(written)

    async def _write(self, written: int, story: Story, scope: str) -> None:
        digests = await asyncio.to_thread(digests_of, story.chapters)
        ids: list[int] = []
        for start in range(0, len(digests), COSTLY_ROWS):
            end = start + COSTLY_ROWS
            ids += await self._add_chapters(written, story.chapters[start:end], digests[start:end], start + 1)
        chapters = dict(zip(ids, story.chapters, strict=True))
        texts = text_rows(written, chapters)
        while some := await asyncio.to_thread(_next, texts, ROWS_AT_ONCE):
            await self._add_text(written, some)
        quotes = iter(await asyncio.to_thread(new_quotes, written, chapters, scope))
        while some_quotes := _next(quotes, COSTLY_ROWS):
            await self._add_quotes(written, some_quotes)

    @transaction
    def _begin(
        self, writing: Writing, shelf: str, story: Story, unrated_is_mature: bool, member: int | None
    ) -> tuple[int, str]:
        """Write the row of *story*, on the shelf `UNPUBLISHED`; return the story's id and the scope of its quotes."""
        writing.take(LIBRARY)
        if guild := server_of(shelf):
            room = Room(self._db, writing, guild, member or 0)
            room.hold(is_member=member is not None, more=stored_bytes(story))
        now = self._db.now()
        row = write_story(writing, shelf, secrets.token_hex(8), story, now, unrated_is_mature=unrated_is_mature)
        writing.execute(
            "UPDATE stories SET shelf = :unpublished, removed_at = :now WHERE id = :story",
            {"unpublished": UNPUBLISHED, "now": now, "story": row["id"]},
        )
        write_indexes(writing, [index_changes(STORIES, (), [row])])
        return int(row["id"]), scope_of(writing, row["id"])

    @transaction
    def _add_chapters(
        self, writing: Writing, story: int, chapters: Sequence[Chapter], digests: Sequence[str], first: int
    ) -> list[int]:
        writing.take(alone("story", story))
        return add_chapters(writing, story, chapters, digests, first, self._db.now())

    @transaction
    def _add_text(self, writing: Writing, story: int, rows: Sequence[TextRow]) -> None:
        writing.take(alone("story", story))
        write_text(writing, rows)

    @transaction
    def _add_quotes(self, writing: Writing, story: int, quotes: Sequence[Named]) -> None:
        writing.take(alone("story", story))
        add_quotes(writing, story, quotes)

    @transaction
    def _drop(self, writing: Writing, story: int) -> None:
        """Delete a story unless it is published or a draft's text."""
        writing.take(LIBRARY, alone("story", story))
        if writing.row(f"{_UNFINISHED} AND id = :story", {"unpublished": UNPUBLISHED, "story": story}) is not None:
            delete_story(writing, story)


_UNFINISHED = (
    "SELECT id FROM stories WHERE shelf = :unpublished"
    " AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.story_id = stories.id)"
)


def drop_unpublished(writing: Writing, now: int) -> None:
    """Delete stories that a crash left unpublished more than a day ago, except the texts of drafts."""
    values = {"unpublished": UNPUBLISHED, "since": now - DAY_SECONDS}
    for row in writing.rows(f"{_UNFINISHED} AND added_at <= :since", values):
        delete_story(writing, int(row["id"]))


def _next(rows: Iterator[Sliced], most: int) -> list[Sliced]:
    """Return at most *most* further rows, as a list, which a retried transaction can read again."""
    return list(islice(rows, most))
