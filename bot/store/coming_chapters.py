"""Coming chapters: what authors added to their stories for a later time, each published once.

A coming chapter is a draft with a row of its own. Publishing deletes the draft and changes the story in one
transaction, so that a kill, or a second process, neither loses nor doubles it. Who begins to publish one has a lease;
when that is over and the chapter is still there, it is handed out once more.
"""

from __future__ import annotations

from bot.domain.coming_chapters import COMING_AT_MOST, LEASE_SECONDS, ComingChapter, ComingFault
from bot.domain.notices import Notice
from bot.domain.uploads import Draft
from bot.errors import ReaderError
from bot.store.audit import record
from bot.store.database import Family, Row, Writing, transaction
from bot.store.drafts import DRAFT, draft_of, take_draft
from bot.store.engines import alone
from bot.store.limits import Room
from bot.store.notices import queue_notice
from bot.store.upload_files import FILES

_COMING = (
    "SELECT c.draft_id, c.story_id, c.guild_id, c.user_id, c.name, c.fault, c.tries, d.time, d.comes_at"
    " FROM coming_chapters c JOIN drafts d ON d.id = c.draft_id"
)


class ComingChapters(Family):
    """The chapters that wait for their time, or were held back when it came."""

    @transaction
    def schedule(self, writing: Writing, draft: Draft, name: str, *, unlimited: bool = False) -> None:
        """Have a draft wait for its time, once. *unlimited* spares managers a member's limit.

        Raises `ReaderError` where the draft is gone, too many chapters of its story wait, or it goes beyond a limit.
        """
        writing.take_everything()
        guild, user, now = draft.guild, draft.user, self._db.now()
        room = Room(self._db, writing, guild, user)
        scheduled = writing.execute(
            "INSERT INTO coming_chapters (draft_id, story_id, guild_id, user_id, name, due_at)"
            " SELECT d.id, s.id, d.guild_id, d.user_id, :name, :at FROM drafts d JOIN stories s ON s.id = d.replaces"
            " WHERE d.id = :draft ON CONFLICT (draft_id) DO NOTHING",
            {"draft": draft.id, "name": name, "at": draft.comes_at},
        )
        if not scheduled:
            raise ReaderError("draft-gone")
        writing.execute(
            "UPDATE drafts SET time = :time, comes_at = :at WHERE id = :draft",
            {"time": draft.time, "at": draft.comes_at, "draft": draft.id},
        )
        story = {"story": draft.replaces}
        [waiting] = writing.rows("SELECT count(*) AS chapters FROM coming_chapters WHERE story_id = :story", story)
        if waiting["chapters"] > COMING_AT_MOST:
            raise ReaderError("too-many-coming", most=COMING_AT_MOST)
        record(writing, guild, user, "schedule-chapter", draft.replaces, now=now)
        room.hold(is_member=not unlimited)

    async def of(self, story: int) -> list[ComingChapter]:
        """Return what comes to a story, the soonest first."""
        rows = await self._db.rows(f"{_COMING} WHERE c.story_id = :story ORDER BY d.comes_at, d.id", {"story": story})
        return [_coming(row) for row in rows]

    async def find(self, chapter: int) -> ComingChapter:
        """Return a chapter that waits, or was held back. Raises `ReaderError` where it is out, or was dropped."""
        row = await self._db.row(f"{_COMING} WHERE c.draft_id = :chapter", {"chapter": chapter})
        if row is None:
            raise ReaderError("coming-gone")
        return _coming(row)

    async def draft(self, chapter: int) -> Draft:
        """Return the draft of a coming chapter, with its text. Raises `ReaderError` where it is gone."""
        row = await self._db.row(
            f"SELECT {DRAFT} FROM coming_chapters c JOIN drafts d ON d.id = c.draft_id WHERE c.draft_id = :chapter",
            {"chapter": chapter},
        )
        files = await self._db.rows(FILES.format(owner="draft"), {"id": chapter})
        if row is None or not files:
            raise ReaderError("coming-gone")
        return draft_of(row, files)

    @transaction
    def move(self, writing: Writing, chapter: ComingChapter, time: str, at: int) -> None:
        """Have a chapter come at another time, also one that was held back. Raises `ReaderError` where it is gone."""
        writing.take_everything()
        values = {"chapter": chapter.id, "time": time, "at": at}
        moved = writing.execute(
            "UPDATE coming_chapters SET due_at = :at, tries = 0, fault = NULL, held_at = NULL"
            " WHERE draft_id = :chapter",
            values,
        )
        if not moved:
            raise ReaderError("coming-gone")
        writing.execute("UPDATE drafts SET time = :time, comes_at = :at WHERE id = :chapter", values)

    @transaction
    def drop(self, writing: Writing, chapter: ComingChapter, by: int) -> None:
        """Delete a chapter before it is out. Raises `ReaderError` where it is out, or was dropped."""
        writing.take_everything()
        if not take_draft(writing, chapter.id):
            raise ReaderError("coming-gone")
        record(writing, chapter.guild, by, "drop-chapter", chapter.story, now=self._db.now())

    async def next_due(self) -> float | None:
        """Return when one is due next in this process's servers, in seconds since 1970; None for never."""
        own = self._db.own("guild_id")
        row = await self._db.row(
            f"SELECT due_at FROM coming_chapters WHERE due_at IS NOT NULL AND {own} ORDER BY due_at LIMIT 1"
        )
        return row["due_at"] if row else None

    @transaction
    def begin(self, writing: Writing, now: float) -> ComingChapter | None:
        """Begin to publish a chapter that is due, or take over one whose lease is over; nobody else has it meanwhile.

        Of one story the chapter that was to come first is handed out first.
        """
        writing.take(alone("chapters", 0))
        row = writing.row(
            f"{_COMING} WHERE c.due_at <= :now AND {self._db.own('c.guild_id')} ORDER BY d.comes_at, d.id LIMIT 1",
            {"now": int(now)},
        )
        if row is None:
            return None
        writing.execute(
            "UPDATE coming_chapters SET tries = tries + 1, due_at = :until WHERE draft_id = :chapter",
            {"until": int(now) + LEASE_SECONDS, "chapter": row["draft_id"]},
        )
        return _coming(row)

    async def put_off(self, chapter: ComingChapter, at: float) -> None:
        """Hand a chapter out again from *at* on: it could not be published just now."""
        await self._db.execute(
            "UPDATE coming_chapters SET due_at = :at WHERE draft_id = :chapter AND due_at IS NOT NULL",
            {"at": int(at), "chapter": chapter.id},
        )

    @transaction
    def hold_back(self, writing: Writing, chapter: ComingChapter, fault: ComingFault) -> None:
        """Keep a chapter from coming out, and have whoever added it told why."""
        writing.take_everything()
        now = self._db.now()
        held = writing.execute(
            "UPDATE coming_chapters SET due_at = NULL, fault = :fault, held_at = :now"
            " WHERE draft_id = :chapter AND due_at IS NOT NULL",
            {"fault": fault, "now": now, "chapter": chapter.id},
        )
        if held:
            notice = Notice("held", chapter.guild, chapter.user, chapter.story, chapter.name, fault)
            queue_notice(writing, notice, now)


def _coming(row: Row) -> ComingChapter:
    return ComingChapter(
        row["draft_id"],
        row["story_id"],
        row["guild_id"],
        row["user_id"],
        row["name"],
        row["time"],
        row["comes_at"],
        row["fault"],
        row["tries"],
    )
