"""Stories that a server reads by instalments, and where the next one begins."""

from __future__ import annotations

from bot.domain.recurrence import Schedule
from bot.domain.schedules import SERIALS_AT_MOST, RunLease, Serial
from bot.errors import ReaderError
from bot.store.database import Database, Row
from bot.store.schedules import PLAN, PLAN_WIDTH, end_run, plan_of, write_plan
from bot.stories.instalments import Instalment, Size
from bot.stories.model import Spot

_FOUND = (
    f"SELECT {PLAN}, r.story_id, r.size, r.in_thread, r.thread_id, r.role_id, r.chapter_id, r.start"
    " FROM schedules p JOIN serials r ON r.plan_id = p.id"
)


class Serials:
    """A server reads a story by instalments once at a time."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def start(
        self,
        guild: int,
        channel: int,
        by: int,
        schedule: Schedule,
        story: int,
        first: Spot,
        now: float,
        *,
        size: Size = "page",
        in_thread: bool = False,
        role: int | None = None,
    ) -> Serial:
        """Post *story* in *channel* from *now* on, from its beginning. Raises `ReaderError`."""
        async with self._db.transaction() as db:
            rows = await db.execute_fetchall(
                "SELECT p.id, r.story_id, p.state IN ('running', 'paused') FROM schedules p"
                " JOIN serials r ON r.plan_id = p.id WHERE p.guild_id = ? AND p.kind = 'serial'",
                (guild,),
            )
            there = list(rows)
            if any(row[1] == story and row[2] for row in there):
                raise ReaderError("serial-runs")
            if sum(row[2] for row in there) >= SERIALS_AT_MOST:
                raise ReaderError("too-many-serials", most=SERIALS_AT_MOST)
            await db.executemany("DELETE FROM schedules WHERE id = ?", [(row[0],) for row in there if row[1] == story])
            plan = await write_plan(db, None, "serial", guild, channel, by, schedule, now)
            await db.execute(
                "INSERT INTO serials (plan_id, story_id, size, in_thread, role_id, chapter_id, start, passage)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, '')",
                (plan, story, size, in_thread, role, first.chapter, first.offset),
            )
        serial = await self.find(plan)
        assert serial is not None
        return serial

    async def of(self, guild: int) -> list[Serial]:
        """All serials of a server, also those that do not run any more; the latest first."""
        rows = await self._db.rows(
            f"{_FOUND} WHERE p.guild_id = ? AND p.kind = 'serial' ORDER BY p.id DESC LIMIT 100", (guild,)
        )
        return [_serial(row) for row in rows]

    async def find(self, plan: int) -> Serial | None:
        row = await self._db.row(f"{_FOUND} WHERE p.id = ?", (plan,))
        return _serial(row) if row else None

    async def open_thread(self, plan: int, thread: int | None) -> None:
        """The thread that all further instalments go into; None: the next opens another."""
        async with self._db.transaction() as db:
            await db.execute("UPDATE serials SET thread_id = ? WHERE plan_id = ?", (thread, plan))

    async def finish(self, begun: RunLease, posted: Instalment, message: int) -> None:
        """The instalment is there: the next begins after it, or, after the last, the serial has ended."""
        after = posted.following or Spot(posted.chapter.id, posted.end)
        async with self._db.transaction() as db:
            if not await end_run(db, begun, message):
                return
            await db.execute(
                "UPDATE serials SET chapter_id = ?, start = ?, passage = ?, has_ended = ? WHERE plan_id = ?",
                (after.chapter, after.offset, posted.passage, posted.following is None, begun.plan),
            )
            if posted.following is None:
                await db.execute("UPDATE schedules SET state = 'ended', due_at = NULL WHERE id = ?", (begun.plan,))


def _serial(row: Row) -> Serial:
    story, size, in_thread, thread, role, chapter, start = row[PLAN_WIDTH:]
    return Serial(plan_of(row), story, size, bool(in_thread), thread, role, Spot(chapter, start))
