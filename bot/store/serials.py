"""Serials: stories that a server reads by instalments, and where the next instalment begins."""

from bot.domain.recurrence import Schedule
from bot.domain.schedules import SERIALS_AT_MOST, RunLease, Serial
from bot.errors import ReaderError
from bot.store.database import Family, Row, Writing, transaction
from bot.store.engines import shared
from bot.store.rows import as_value
from bot.store.schedules import PLAN, SCHEDULES, end_run, plan_of, write_plan
from bot.stories.instalments import Instalment, Size
from bot.stories.model import Spot

_SELECT = (
    f"SELECT {PLAN}, r.story_id, r.size, r.in_thread, r.thread_id, r.role_id, r.chapter_id, r.start"
    " FROM schedules p JOIN serials r ON r.plan_id = p.id"
)


class Serials(Family):
    """A server reads a story by instalments once at a time."""

    @transaction
    def start(
        self,
        writing: Writing,
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
        """Post *story* in *channel* from *now* on, beginning at *first*.

        Raises `ReaderError` where the story runs there already, and for one serial too many.
        """
        writing.take(shared("story", story), SCHEDULES)
        serials = writing.rows(
            "SELECT p.id, p.state, r.story_id FROM schedules p"
            " JOIN serials r ON r.plan_id = p.id WHERE p.guild_id = :guild AND p.kind = 'serial'",
            {"guild": guild},
        )
        going = [row["story_id"] for row in serials if row["state"] in ("running", "paused")]
        if story in going:
            raise ReaderError("serial-runs")
        if len(going) >= SERIALS_AT_MOST:
            raise ReaderError("too-many-serials", most=SERIALS_AT_MOST)
        ended = [{"plan": row["id"]} for row in serials if row["story_id"] == story]
        writing.many("DELETE FROM schedules WHERE id = :plan", ended)
        plan = write_plan(writing, None, "serial", guild, channel, by, schedule, now)
        writing.execute(
            "INSERT INTO serials (plan_id, story_id, size, in_thread, role_id, chapter_id, start, passage)"
            " VALUES (:plan, :story, :size, :in_thread, :role, :chapter, :start, '')",
            {
                "plan": plan,
                "story": story,
                "size": size,
                "in_thread": int(in_thread),
                "role": role,
                "chapter": first.chapter,
                "start": first.offset,
            },
        )
        [row] = writing.rows(f"{_SELECT} WHERE p.id = :plan", {"plan": plan})
        return _serial(row)

    async def of(self, guild: int) -> list[Serial]:
        """Return all serials of a server, the latest first; also those that have stopped."""
        rows = await self._db.rows(
            f"{_SELECT} WHERE p.guild_id = :guild AND p.kind = 'serial' ORDER BY p.id DESC LIMIT 100", {"guild": guild}
        )
        return [_serial(row) for row in rows]

    async def find(self, plan: int) -> Serial | None:
        row = await self._db.row(f"{_SELECT} WHERE p.id = :plan", {"plan": plan})
        return _serial(row) if row else None

    async def open_thread(self, plan: int, thread: int | None) -> None:
        """Post all further instalments in *thread*; None: the next instalment opens another."""
        await self._db.execute(
            "UPDATE serials SET thread_id = :thread WHERE plan_id = :plan", {"thread": thread, "plan": plan}
        )

    @transaction
    def finish(self, writing: Writing, run: RunLease, posted: Instalment, message: int) -> None:
        """Record that *message* shows the instalment. The next begins after it; after the last the serial has ended."""
        writing.take(shared("story", posted.story.id), SCHEDULES)
        after = posted.following or Spot(posted.chapter.id, posted.end)
        if not end_run(writing, run, message):
            return
        writing.execute(
            "UPDATE serials SET chapter_id = :chapter, start = :start, passage = :passage, has_ended = :has_ended"
            " WHERE plan_id = :plan",
            {
                "chapter": after.chapter,
                "start": after.offset,
                "passage": posted.passage,
                "has_ended": int(posted.following is None),
                "plan": run.plan,
            },
        )
        if posted.following is None:
            writing.execute("UPDATE schedules SET state = 'ended', due_at = NULL WHERE id = :plan", {"plan": run.plan})


def _serial(row: Row) -> Serial:
    return as_value(row, Serial, plan=plan_of(row), spot=Spot(row["chapter_id"], row["start"]))
