"""Schedules: what is posted when, each run begun by one process, once. The quote of the day and serials are posted so.

Beginning a run is one transaction, which also moves the schedule on: no run of that date or an earlier one begins
again. The process that began a run has a lease. When the lease is over and the run is not known to be, the run is
handed out once more, and whoever takes it over looks for its message before sending one.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from bot.domain.schedules import (
    LATE_SECONDS,
    LEASE_SECONDS,
    SERIALS_AT_MOST,
    Daily,
    DailyStyle,
    Plan,
    PlanFault,
    PlanKind,
    PlanState,
    RunLease,
    Schedule,
    Serial,
)
from bot.domain.settings import SERVER
from bot.errors import ReaderError
from bot.store.database import Family, Row, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.outbox import lease, next_due
from bot.store.rows import as_value
from bot.store.settings import change_settings, server_chosen_sql, server_settings
from bot.stories.instalments import Instalment, Size
from bot.stories.model import Spot

PLAN = (
    "p.id AS plan_id, p.kind, p.guild_id, p.channel_id, p.user_id AS by, p.days, p.time, p.state, p.next_at,"
    f" p.posted_id, {server_chosen_sql('zone', 'p.guild_id')} AS zone"
)
"""The columns of a schedule *p* that `plan_of` reads."""

_SCHEDULE = f"days, time, last_day, {server_chosen_sql('zone', 'schedules.guild_id')} AS zone"
"""The columns of a schedule that `_schedule` reads, and the date of its last run."""

_OVER = "begun_at = NULL, tries = 0, due_at = CASE WHEN state = 'running' THEN next_at END"
"""No run is under way any more."""

_THIS_RUN = "id = :plan AND run = :run AND begun_at IS NOT NULL"

_LEASE = "id AS plan, kind, run AS number, run_at AS due_at, begun_at, next_at, tries"
"""The columns of a `RunLease`."""


def plan_of(row: Row) -> Plan:
    """Return the plan that a row holds in the columns `PLAN`."""
    return as_value(row, Plan, id=row["plan_id"], schedule=_schedule(row))


def _schedule(row: Row) -> Schedule:
    zone = str(SERVER["zone"].read(row["zone"]) or "UTC")  # UTC: a newer database of time zones has it no more
    return Schedule(frozenset(map(int, row["days"])), time.fromisoformat(row["time"]), zone)


def write_plan(
    writing: Writing,
    plan: int | None,
    kind: PlanKind,
    guild: int,
    channel: int,
    by: int,
    schedule: Schedule,
    now: float,
) -> int:
    """Make a plan that runs from *now* on, or change one; return its id.

    Its zone becomes the server's where it has none; raises `ReaderError` where it has another. Runs that were due
    meanwhile are not made up for. A date that had a run has no second one, whatever the new time.
    """
    chosen = server_settings(writing, guild).zone
    if chosen is None:
        _move_to(writing, guild, schedule.zone, by, now)
    elif chosen != schedule.zone:
        raise ReaderError("zone-differs", zone=chosen)
    before = None
    if plan is not None:
        [(before,)] = writing.rows("SELECT last_day FROM schedules WHERE id = :plan", {"plan": plan})
    values = {
        "channel_id": channel,
        "user_id": by,
        "days": "".join(map(str, sorted(schedule.days))),
        "time": schedule.time.isoformat("minutes"),
        "state": "running",
        **_next_run(schedule, before, now),
    }
    if plan is None:
        values |= {"kind": kind, "guild_id": guild}
        names = ", ".join(f":{name}" for name in values)
        statement = f"INSERT INTO schedules ({', '.join(values)}) VALUES ({names})"
    else:
        statement = f"UPDATE schedules SET {', '.join(f'{name} = :{name}' for name in values)} WHERE id = :plan"
    [(written,)] = writing.rows(f"{statement} RETURNING id", values | {"plan": plan})
    writing.execute("UPDATE schedules SET due_at = next_at WHERE id = :plan AND begun_at IS NULL", {"plan": written})
    return int(written)


def _next_run(schedule: Schedule, last_day: str | None, now: float) -> dict[str, str | int]:
    """Return the columns of a schedule from *now* on, whose last run, if any, was on *last_day*."""
    latest = schedule.latest(now).day
    last = max(latest, date.fromisoformat(last_day)) if last_day else latest
    return {"last_day": last.isoformat(), "next_at": schedule.after(last).at}


def _move_to(writing: Writing, guild: int, zone: str, by: int, now: float) -> None:
    """Make *zone* the server's, and its plans due at the same time of day there; a date has no second run."""
    change_settings(writing, guild, lambda chosen: replace(chosen, zone=zone), by, int(now))
    rows = writing.rows(f"SELECT id, {_SCHEDULE} FROM schedules WHERE guild_id = :guild", {"guild": guild})
    writing.many(
        "UPDATE schedules SET last_day = :last_day, next_at = :next_at,"
        " due_at = CASE WHEN begun_at IS NULL AND due_at IS NOT NULL THEN :next_at ELSE due_at END WHERE id = :plan",
        [{"plan": row["id"], **_next_run(_schedule(row), row["last_day"], now)} for row in rows],
    )


def end_run(writing: Writing, run: RunLease, message: int) -> bool:
    """Record that *message* is there and the run over; return False where the plan was changed meanwhile."""
    ended = writing.execute(
        f"UPDATE schedules SET posted_id = :message, {_OVER} WHERE {_THIS_RUN}",
        {"message": message, "plan": run.plan, "run": run.number},
    )
    return ended > 0


SCHEDULES = alone("schedules", 0)


class Schedules(Family):
    """The plans of all servers, and the runs that are under way."""

    async def next_due(self) -> int | None:
        """Return when something is due next in this process's servers, in seconds since 1970; None for never."""
        return await next_due(self._db, "schedules", self._db.own("guild_id"))

    @transaction
    def begin(self, writing: Writing, now: float) -> RunLease | None:
        """Begin a run that is due here, or take over one whose lease is over; nobody else gets it meanwhile.

        Of several runs that were missed it is the latest; a quote of the day that is too late is skipped.
        """
        writing.take(SCHEDULES)
        columns, own = f"{_LEASE}, {_SCHEDULE}", self._db.own("guild_id")
        while (row := lease(writing, "schedules", "id", columns, own, now, LEASE_SECONDS)) is not None:
            run = self._begin(writing, row, now) if row["begun_at"] is None else as_value(row, RunLease)
            if run is not None:
                return run
        return None

    def _begin(self, writing: Writing, row: Row, now: float) -> RunLease | None:
        """Begin the latest run. None where its date had one (a zone's rules may have changed), or it is too late."""
        schedule, last_day = _schedule(row), date.fromisoformat(row["last_day"])
        run = schedule.latest(now)
        values = {
            "plan": row["plan"],
            "day": max(run.day, last_day).isoformat(),
            "next_at": schedule.after(max(run.day, last_day)).at,
            "run_at": run.at,
            "now": int(now),
        }
        if run.day <= last_day or (row["kind"] == "daily" and now - run.at >= LATE_SECONDS):
            writing.execute(
                "UPDATE schedules SET last_day = :day, next_at = :next_at, due_at = :next_at, tries = 0"
                " WHERE id = :plan",
                values,
            )
            return None
        [begun] = writing.rows(
            "UPDATE schedules SET run = run + 1, run_at = :run_at, last_day = :day, next_at = :next_at,"
            f" begun_at = :now, tries = 0 WHERE id = :plan RETURNING {_LEASE}",
            values,
        )
        return as_value(begun, RunLease)

    @transaction
    def begin_now(self, writing: Writing, plan: int, now: float) -> RunLease | None:
        """Begin a run beside those of the schedule; None where one is under way."""
        writing.take(SCHEDULES)
        rows = writing.rows(
            "UPDATE schedules SET run = run + 1, run_at = :now, begun_at = :now, tries = 0, due_at = :until"
            f" WHERE id = :plan AND begun_at IS NULL RETURNING {_LEASE}",
            {"now": int(now), "until": int(now) + LEASE_SECONDS, "plan": plan},
        )
        return next((as_value(row, RunLease) for row in rows), None)

    @transaction
    def finish(self, writing: Writing, run: RunLease, message: int) -> None:
        """Record that *message* is there, and the run over."""
        writing.take(SCHEDULES)
        end_run(writing, run, message)

    async def put_off(self, run: RunLease, at: float) -> None:
        """Hand the run out again from *at* on: its message may not have got through."""
        await self._db.execute(
            f"UPDATE schedules SET due_at = :at WHERE {_THIS_RUN}", {"at": int(at), "plan": run.plan, "run": run.number}
        )

    async def drop(self, run: RunLease) -> None:
        """Give the run up: its message is not there, and will not be."""
        await self._db.execute(f"UPDATE schedules SET {_OVER} WHERE {_THIS_RUN}", {"plan": run.plan, "run": run.number})

    @transaction
    def fail(self, writing: Writing, plan: int, fault: PlanFault) -> bool:
        """Stop a plan because of *fault*; return whether this stopped it."""
        writing.take(SCHEDULES)
        stopped = writing.execute(
            "UPDATE schedules SET state = :fault WHERE id = :plan AND state IN ('running', 'paused')",
            {"fault": fault, "plan": plan},
        )
        writing.execute("UPDATE schedules SET begun_at = NULL, due_at = NULL WHERE id = :plan", {"plan": plan})
        return stopped > 0

    async def rest(self, plan: int, state: PlanState) -> None:
        """Pause or stop a plan; a run that is under way is finished."""
        await self._db.execute(
            "UPDATE schedules SET state = :state, due_at = CASE WHEN begun_at IS NOT NULL THEN due_at END"
            " WHERE id = :plan",
            {"state": state, "plan": plan},
        )

    @transaction
    def resume(self, writing: Writing, plan: Plan, channel: int, now: float) -> None:
        """Go on in *channel* from *now* on; runs that were due meanwhile are not made up for."""
        writing.take(alone("server", plan.guild), SCHEDULES)
        write_plan(writing, plan.id, plan.kind, plan.guild, channel, plan.by, plan.schedule, now)

    @transaction
    def change_zone(self, writing: Writing, guild: int, zone: str, by: int, now: float) -> None:
        """Change a server's time zone: its plans keep their time of day. A run that is under way is finished."""
        writing.take(alone("server", guild), SCHEDULES)
        _move_to(writing, guild, zone, by, now)

    async def leave(self, guild: int) -> None:
        """Stop all plans of *guild*: the bot is not in it any more."""
        await self._db.execute(
            "UPDATE schedules SET state = 'left', begun_at = NULL, due_at = NULL"
            " WHERE guild_id = :guild AND due_at IS NOT NULL",
            {"guild": guild},
        )

    @transaction
    def realign(self, writing: Writing) -> None:
        """Compute anew when each plan is due: the rules of a time zone may have changed."""
        writing.take(SCHEDULES)
        rows = writing.rows(f"SELECT id, {_SCHEDULE}, next_at FROM schedules WHERE due_at = next_at")
        writing.many("UPDATE schedules SET next_at = :at, due_at = :at WHERE id = :plan", _moved(rows))


def _moved(rows: Iterable[Row]) -> list[dict[str, int]]:
    return [
        {"plan": row["id"], "at": at}
        for row in rows
        if (at := _schedule(row).after(date.fromisoformat(row["last_day"])).at) != row["next_at"]
    ]


_DAILY = f"SELECT {PLAN}, d.story_id, d.style FROM schedules p JOIN daily_quotes d ON d.plan_id = p.id"


class DailyQuotes(Family):
    """A server has at most one quote of the day."""

    @transaction
    def set(
        self,
        writing: Writing,
        guild: int,
        channel: int,
        by: int,
        schedule: Schedule,
        story: int | None,
        style: DailyStyle,
        now: float,
    ) -> Daily:
        """Post a quote in *channel* from *now* on, in place of what the server had set before.

        Raises `ReaderError` where the server has another time zone.
        """
        turns = [alone("server", guild), SCHEDULES]
        writing.take(*turns, *([shared("story", story)] if story is not None else []))
        rows = writing.rows("SELECT id FROM schedules WHERE guild_id = :guild AND kind = 'daily'", {"guild": guild})
        before = next((int(row["id"]) for row in rows), None)
        plan = write_plan(writing, before, "daily", guild, channel, by, schedule, now)
        writing.execute(
            "INSERT INTO daily_quotes (plan_id, story_id, style) VALUES (:plan, :story, :style)"
            " ON CONFLICT (plan_id) DO UPDATE SET story_id = excluded.story_id, style = excluded.style",
            {"plan": plan, "story": story, "style": style},
        )
        [row] = writing.rows(f"{_DAILY} WHERE p.id = :plan", {"plan": plan})
        return _daily(row)

    async def of(self, guild: int) -> Daily | None:
        """Return what a server has set, also where it has stopped."""
        row = await self._db.row(f"{_DAILY} WHERE p.guild_id = :guild AND p.kind = 'daily'", {"guild": guild})
        return _daily(row) if row else None

    async def find(self, plan: int) -> Daily | None:
        row = await self._db.row(f"{_DAILY} WHERE p.id = :plan", {"plan": plan})
        return _daily(row) if row else None


def _daily(row: Row) -> Daily:
    return as_value(row, Daily, plan=plan_of(row))


_SERIALS = (
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

        Raises `ReaderError` where the story runs there already, for one serial too many, and where the server has
        another time zone.
        """
        writing.take(alone("server", guild), shared("story", story), SCHEDULES)
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
        [row] = writing.rows(f"{_SERIALS} WHERE p.id = :plan", {"plan": plan})
        return _serial(row)

    async def of(self, guild: int) -> list[Serial]:
        """Return all serials of a server, the latest first; also those that have stopped."""
        rows = await self._db.rows(
            f"{_SERIALS} WHERE p.guild_id = :guild AND p.kind = 'serial' ORDER BY p.id DESC LIMIT 100", {"guild": guild}
        )
        return [_serial(row) for row in rows]

    async def find(self, plan: int) -> Serial | None:
        row = await self._db.row(f"{_SERIALS} WHERE p.id = :plan", {"plan": plan})
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
