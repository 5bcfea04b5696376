"""Schedules: *plans* (the quote of the day and serials) and their runs.

A transaction begins each run and advances the schedule, so no run of the same or an earlier date begins again. The
process has a lease on the run. If the lease expires before the run has ended, another process takes over the run, and
looks for its message before sending a message.
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
    NewPlan,
    Plan,
    PlanFault,
    PlanState,
    RunLease,
    Schedule,
    Serial,
)
from bot.domain.settings import SERVER
from bot.errors import ReaderError
from bot.store.database import Family, Row, Value, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.outbox import lease, next_due
from bot.store.rows import as_value
from bot.store.settings import change_settings, server_chosen_sql, server_settings
from bot.stories.instalments import Instalment, Size
from bot.stories.model import Spot

_SCHEDULE = f"days, time, last_day, {server_chosen_sql('zone', 'schedules.guild_id')} AS zone"
"""Columns for `_schedule`, with the date of the last run."""

_PLAN = (
    f"id, kind, guild_id, channel_id, user_id AS by, {_SCHEDULE}, state, next_at, posted_id, story_id, style, size,"
    " in_thread, thread_id, role_id, chapter_id, start"
)
"""Columns of a plan, for `_daily` and `_serial`."""

_DONE = "begun_at = NULL, tries = 0, due_at = CASE WHEN state = 'running' THEN next_at END"
"""Assignments of an UPDATE that ends the current run."""

_OF_SERVER = "guild_id = :guild AND kind = :kind"
_THIS_RUN = "id = :plan AND run = :run AND begun_at IS NOT NULL"

_LEASE = "id AS plan, kind, run AS number, run_at AS due_at, begun_at, next_at, tries"
"""Columns of a `RunLease`."""


def _daily(row: Row) -> Daily:
    return as_value(row, Daily, plan=_plan(row))


def _serial(row: Row) -> Serial:
    return as_value(row, Serial, plan=_plan(row), spot=Spot(row["chapter_id"], row["start"]))


def _plan(row: Row) -> Plan:
    return as_value(row, Plan, schedule=_schedule(row))


def _schedule(row: Row) -> Schedule:
    zone = str(SERVER["zone"].read(row["zone"]) or "UTC")  # UTC if a newer time zone database lacks the zone
    return Schedule(frozenset(map(int, row["days"])), time.fromisoformat(row["time"]), zone)


def _write(writing: Writing, plan: int | None, new: NewPlan, now: float, **posts: Value) -> Row:
    """Create a plan that runs from *now* on, or change *plan*; return its row. *posts* has the columns of its contents.

    The time zone of the schedule becomes the server's zone if the server has none; raises `ReaderError` if the server
    has another zone. Missed runs are skipped. A date that had a run gets no second run, even at a new time.
    """
    schedule, chosen = new.schedule, server_settings(writing, new.guild).zone
    if chosen is None:
        _set_zone(writing, new.guild, schedule.zone, new.by, now)
    elif chosen != schedule.zone:
        raise ReaderError("zone-differs", zone=chosen)
    before = None
    if plan is not None:
        [(before,)] = writing.rows("SELECT last_day FROM schedules WHERE id = :plan", {"plan": plan})
    values = {
        "guild_id": new.guild,
        "channel_id": new.channel,
        "user_id": new.by,
        "days": "".join(map(str, sorted(schedule.days))),
        "time": schedule.time.isoformat("minutes"),
        "state": "running",
        **_next_run(schedule, before, now),
        **posts,
    }
    if plan is None:
        names = ", ".join(f":{name}" for name in values)
        statement = f"INSERT INTO schedules ({', '.join(values)}) VALUES ({names})"
    else:
        statement = f"UPDATE schedules SET {', '.join(f'{name} = :{name}' for name in values)} WHERE id = :plan"
    [row] = writing.rows(f"{statement} RETURNING {_PLAN}", values | {"plan": plan})
    writing.execute("UPDATE schedules SET due_at = next_at WHERE id = :plan AND begun_at IS NULL", {"plan": row["id"]})
    return row


def _next_run(schedule: Schedule, last_day: str | None, now: float) -> dict[str, str | int]:
    """Return the date columns of a schedule that starts *now*; *last_day* is the date of its last run, if any."""
    latest = schedule.latest(now).day
    last = max(latest, date.fromisoformat(last_day)) if last_day else latest
    return {"last_day": last.isoformat(), "next_at": schedule.after(last).at}


def _set_zone(writing: Writing, guild: int, zone: str, by: int, now: float) -> None:
    """Set a server's *zone*; its plans keep their time of day. A date that had a run gets no second run."""
    change_settings(writing, guild, lambda chosen: replace(chosen, zone=zone), by, int(now))
    rows = writing.rows(f"SELECT id, {_SCHEDULE} FROM schedules WHERE guild_id = :guild", {"guild": guild})
    writing.many(
        "UPDATE schedules SET last_day = :last_day, next_at = :next_at,"
        " due_at = CASE WHEN begun_at IS NULL AND due_at IS NOT NULL THEN :next_at ELSE due_at END WHERE id = :plan",
        [{"plan": row["id"], **_next_run(_schedule(row), row["last_day"], now)} for row in rows],
    )


def _end_run(writing: Writing, run: RunLease, message: int) -> bool:
    """Store the *message* of a run and end the run; return False if the run had been stopped or replaced."""
    ended = writing.execute(
        f"UPDATE schedules SET posted_id = :message, {_DONE} WHERE {_THIS_RUN}",
        {"message": message, "plan": run.plan, "run": run.number},
    )
    return ended > 0


SCHEDULES = alone("schedules", 0)


class Schedules(Family):
    """The plans of all servers, and their current runs."""

    async def find(self, plan: int) -> Daily | Serial | None:
        """Return a plan by its id; None if it is gone."""
        row = await self._db.row(f"SELECT {_PLAN} FROM schedules WHERE id = :plan", {"plan": plan})
        if row is None:
            return None
        return _daily(row) if row["kind"] == "daily" else _serial(row)

    async def next_due(self) -> int | None:
        """Return the time of the next run in this process's servers, in seconds since 1970; None for never."""
        return await next_due(self._db, "schedules", self._db.own("guild_id"))

    @transaction
    def begin(self, writing: Writing, now: float) -> RunLease | None:
        """Begin a due run in this process's servers, or take over a run whose lease expired; None if no run is due.

        Of a plan's missed runs only the latest begins; a quote of the day that is late by `LATE_SECONDS` is skipped. No
        other process gets the same run.
        """
        writing.take(SCHEDULES)
        columns, own = f"{_LEASE}, {_SCHEDULE}", self._db.own("guild_id")
        while (row := lease(writing, "schedules", "id", columns, own, now, LEASE_SECONDS)) is not None:
            run = self._begin(writing, row, now) if row["begun_at"] is None else as_value(row, RunLease)
            if run is not None:
                return run
        return None

    def _begin(self, writing: Writing, row: Row, now: float) -> RunLease | None:
        """Begin a plan's latest run; None if its date already had one (zone rules may change), or it is too late."""
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
        """Begin a run of a plan outside its schedule; None if a run is in progress."""
        writing.take(SCHEDULES)
        rows = writing.rows(
            "UPDATE schedules SET run = run + 1, run_at = :now, begun_at = :now, tries = 0, due_at = :until"
            f" WHERE id = :plan AND begun_at IS NULL RETURNING {_LEASE}",
            {"now": int(now), "until": int(now) + LEASE_SECONDS, "plan": plan},
        )
        return next((as_value(row, RunLease) for row in rows), None)

    @transaction
    def finish(self, writing: Writing, run: RunLease, message: int) -> None:
        """Store the *message* of a run and end the run."""
        writing.take(SCHEDULES)
        _end_run(writing, run, message)

    async def put_off(self, run: RunLease, at: float) -> None:
        """Make a run due again at *at*, if it is not known whether its message was sent."""
        await self._db.execute(
            f"UPDATE schedules SET due_at = :at WHERE {_THIS_RUN}", {"at": int(at), "plan": run.plan, "run": run.number}
        )

    async def drop(self, run: RunLease) -> None:
        """End a run without a message: none was sent, and none will be."""
        await self._db.execute(f"UPDATE schedules SET {_DONE} WHERE {_THIS_RUN}", {"plan": run.plan, "run": run.number})

    @transaction
    def fail(self, writing: Writing, plan: int, fault: PlanFault) -> bool:
        """Stop a plan because of *fault*; return whether it was running or paused."""
        writing.take(SCHEDULES)
        stopped = writing.execute(
            "UPDATE schedules SET state = :fault WHERE id = :plan AND state IN ('running', 'paused')",
            {"fault": fault, "plan": plan},
        )
        writing.execute("UPDATE schedules SET begun_at = NULL, due_at = NULL WHERE id = :plan", {"plan": plan})
        return stopped > 0

    async def rest(self, plan: int, state: PlanState) -> None:
        """Set the state of a plan to paused or stopped; a run in progress continues."""
        await self._db.execute(
            "UPDATE schedules SET state = :state, due_at = CASE WHEN begun_at IS NOT NULL THEN due_at END"
            " WHERE id = :plan",
            {"state": state, "plan": plan},
        )

    @transaction
    def resume(self, writing: Writing, plan: Plan, channel: int, now: float) -> None:
        """Resume a plan in *channel* from *now* on; missed runs are skipped.

        Raises `ReaderError` if the server's time zone is another than that of *plan*.
        """
        writing.take(alone("server", plan.guild), SCHEDULES)
        _write(writing, plan.id, NewPlan(plan.guild, channel, plan.by, plan.schedule), now)

    @transaction
    def change_zone(self, writing: Writing, guild: int, zone: str, by: int, now: float) -> None:
        """Change a server's time zone; its plans keep their time of day. A run in progress continues."""
        writing.take(alone("server", guild), SCHEDULES)
        _set_zone(writing, guild, zone, by, now)

    async def leave(self, guild: int) -> None:
        """Stop the running plans of *guild*, and runs in progress, after the bot left the server."""
        await self._db.execute(
            "UPDATE schedules SET state = 'left', begun_at = NULL, due_at = NULL"
            " WHERE guild_id = :guild AND due_at IS NOT NULL",
            {"guild": guild},
        )

    @transaction
    def realign(self, writing: Writing) -> None:
        """Recompute when each running plan is due: the rules of a time zone may have changed."""
        writing.take(SCHEDULES)
        rows = writing.rows(f"SELECT id, {_SCHEDULE}, next_at FROM schedules WHERE due_at = next_at")
        writing.many("UPDATE schedules SET next_at = :at, due_at = :at WHERE id = :plan", _realigned(rows))


def _realigned(rows: Iterable[Row]) -> list[dict[str, int]]:
    return [
        {"plan": row["id"], "at": at}
        for row in rows
        if (at := _schedule(row).after(date.fromisoformat(row["last_day"])).at) != row["next_at"]
    ]


class DailyQuotes(Family):
    """Quotes of the day; a server has at most one."""

    @transaction
    def set(self, writing: Writing, new: NewPlan, story: int | None, style: DailyStyle, now: float) -> Daily:
        """Set a server's quote of the day, replacing an earlier one.

        Raises `ReaderError` if the server's time zone is another than that of *new*.
        """
        turns = [alone("server", new.guild), SCHEDULES]
        writing.take(*turns, *([shared("story", story)] if story is not None else []))
        before = writing.row(f"SELECT id FROM schedules WHERE {_OF_SERVER}", {"guild": new.guild, "kind": "daily"})
        plan = int(before["id"]) if before else None
        return _daily(_write(writing, plan, new, now, kind="daily", story_id=story, style=style))

    async def of(self, guild: int) -> Daily | None:
        """Return a server's quote of the day, even if it has stopped; None without one."""
        sql = f"SELECT {_PLAN} FROM schedules WHERE {_OF_SERVER}"
        row = await self._db.row(sql, {"guild": guild, "kind": "daily"})
        return _daily(row) if row else None


class Serials(Family):
    """Stories that servers read in instalments; a server reads a story at most once at a time."""

    @transaction
    def start(
        self,
        writing: Writing,
        new: NewPlan,
        story: int,
        first: Spot,
        now: float,
        *,
        size: Size = "page",
        in_thread: bool = False,
        role: int | None = None,
    ) -> Serial:
        """Create a serial that posts *story* in instalments from *now* on, beginning at *first*.

        Raises `ReaderError` if the server already reads the story, has `SERIALS_AT_MOST` running or paused serials, or
        has another time zone than *new*.
        """
        writing.take(alone("server", new.guild), shared("story", story), SCHEDULES)
        serials = writing.rows(
            f"SELECT id, state, story_id FROM schedules WHERE {_OF_SERVER}", {"guild": new.guild, "kind": "serial"}
        )
        going = [row["story_id"] for row in serials if row["state"] in ("running", "paused")]
        if story in going:
            raise ReaderError("serial-runs")
        if len(going) >= SERIALS_AT_MOST:
            raise ReaderError("too-many-serials", most=SERIALS_AT_MOST)
        ended = [{"plan": row["id"]} for row in serials if row["story_id"] == story]
        writing.many("DELETE FROM schedules WHERE id = :plan", ended)
        posts: dict[str, Value] = {"kind": "serial", "story_id": story, "size": size, "in_thread": int(in_thread)}
        posts |= {"role_id": role, "chapter_id": first.chapter, "start": first.offset, "passage": ""}
        return _serial(_write(writing, None, new, now, **posts))

    async def of(self, guild: int) -> list[Serial]:
        """Return the latest 100 serials of a server, including stopped ones, latest first."""
        rows = await self._db.rows(
            f"SELECT {_PLAN} FROM schedules WHERE {_OF_SERVER} ORDER BY id DESC LIMIT 100",
            {"guild": guild, "kind": "serial"},
        )
        return [_serial(row) for row in rows]

    async def find(self, plan: int) -> Serial | None:
        row = await self._db.row(f"SELECT {_PLAN} FROM schedules WHERE id = :plan AND kind = 'serial'", {"plan": plan})
        return _serial(row) if row else None

    async def open_thread(self, plan: int, thread: int | None) -> None:
        """Set the *thread* for further instalments; with None, the next instalment opens a new thread."""
        await self._db.execute(
            "UPDATE schedules SET thread_id = :thread WHERE id = :plan", {"thread": thread, "plan": plan}
        )

    @transaction
    def finish(self, writing: Writing, run: RunLease, posted: Instalment, message: int) -> None:
        """End the run of an instalment: store its *message* and the start of the next; the last ends the serial."""
        writing.take(shared("story", posted.story.id), SCHEDULES)
        after = posted.following or Spot(posted.chapter.id, posted.end)
        if not _end_run(writing, run, message):
            return
        writing.execute(
            "UPDATE schedules SET chapter_id = :chapter, start = :start, passage = :passage, has_ended = :has_ended"
            " WHERE id = :plan",
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
