"""What is posted on a schedule: each run begun by one process, once.

To begin a run is one transaction, which also says that no run of that date or an earlier one is begun again. Whoever
began it has a lease; what is not known to be over by then is handed out once more, to be looked for before it is sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import date, time

import aiosqlite

from bot.domain.recurrence import Schedule
from bot.domain.schedules import LATE_SECONDS, LEASE_SECONDS, Plan, PlanFault, PlanKind, PlanState, RunLease
from bot.store.database import Database, Row

PLAN = "p.id, p.kind, p.guild_id, p.channel_id, p.user_id, p.days, p.time, p.zone, p.state, p.next_at, p.posted_id"
"""Of a plan *p*, for `plan_of`."""

PLAN_WIDTH = PLAN.count(",") + 1

_OVER = "begun_at = NULL, tries = 0, due_at = iif(state = 'running', next_at, NULL)"
"""No run is under way any more."""

_THIS_RUN = "id = ? AND run = ? AND begun_at IS NOT NULL"

_BEGUN = "id, kind, run, run_at, begun_at, next_at, tries"


def plan_of(row: Row, at: int = 0) -> Plan:
    """A plan from the columns of *row* from *at* on."""
    plan, kind, guild, channel, by, days, typed, zone, state, next_at, posted = row[at : at + PLAN_WIDTH]
    return Plan(plan, kind, guild, channel, by, _schedule(days, typed, zone), state, next_at, posted)


def _schedule(days: str, typed: str, zone: str) -> Schedule:
    return Schedule(frozenset(map(int, days)), time.fromisoformat(typed), zone)


async def write_plan(
    db: aiosqlite.Connection,
    plan: int | None,
    kind: PlanKind,
    guild: int,
    channel: int,
    by: int,
    schedule: Schedule,
    now: float,
) -> int:
    """Make a plan that runs from *now* on, or change one; its number.

    What was due meanwhile is not made up for. A date that it had a run of has no second one, whatever its new time.
    """
    last_day = schedule.latest(now).day
    if plan is not None:
        [(before,)] = await db.execute_fetchall("SELECT last_day FROM schedules WHERE id = ?", (plan,))
        last_day = max(last_day, date.fromisoformat(before))
    next_at = schedule.after(last_day).at
    values = {
        "channel_id": channel,
        "user_id": by,
        "days": "".join(map(str, sorted(schedule.days))),
        "time": schedule.time.isoformat("minutes"),
        "zone": schedule.zone,
        "state": "running",
        "last_day": last_day.isoformat(),
        "next_at": next_at,
    }
    if plan is None:
        statement = f"INSERT INTO schedules (kind, guild_id, {', '.join(values)}) VALUES (?, ?{', ?' * len(values)})"
        rows = await db.execute_fetchall(f"{statement} RETURNING id", (kind, guild, *values.values()))
    else:
        statement = f"UPDATE schedules SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?"
        rows = await db.execute_fetchall(f"{statement} RETURNING id", (*values.values(), plan))
    [(written,)] = rows
    await db.execute("UPDATE schedules SET due_at = next_at WHERE id = ? AND begun_at IS NULL", (written,))
    return int(written)


async def end_run(db: aiosqlite.Connection, begun: RunLease, message: int) -> bool:
    """Note that *message* is there, and the run over; False where the plan was changed meanwhile."""
    cursor = await db.execute(
        f"UPDATE schedules SET posted_id = ?, {_OVER} WHERE {_THIS_RUN}", (message, begun.plan, begun.number)
    )
    return cursor.rowcount > 0


class Schedules:
    """When what is due, and what became of it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def next_look(self) -> int | None:
        """When there next is something to do, in seconds since 1970; None for never."""
        row = await self._db.row("SELECT due_at FROM schedules WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1")
        return int(row[0]) if row else None

    async def begin(self, now: float) -> RunLease | None:
        """Begin a run that is due, or take over one whose lease is over; nobody else is given it meanwhile.

        Of several that were missed it is the latest; a quote of the day that is too late is passed over.
        """
        async with self._db.transaction() as db:
            while True:
                rows = await db.execute_fetchall(
                    f"SELECT {_BEGUN}, days, time, zone, last_day FROM schedules WHERE due_at <= ? ORDER BY due_at LIMIT 1",
                    (int(now),),
                )
                if not (found := list(rows)):
                    return None
                plan, kind, _, _, begun_at, _, _, *schedule, last_day = found[0]
                if begun_at is not None:
                    return await self._take_over(db, plan, now)
                begun = await self._begin(db, plan, kind, _schedule(*schedule), date.fromisoformat(last_day), now)
                if begun is not None:
                    return begun

    async def _take_over(self, db: aiosqlite.Connection, plan: int, now: float) -> RunLease:
        [row] = await db.execute_fetchall(
            f"UPDATE schedules SET tries = tries + 1, due_at = ? WHERE id = ? RETURNING {_BEGUN}",
            (int(now) + LEASE_SECONDS, plan),
        )
        return RunLease(*row)

    async def _begin(
        self, db: aiosqlite.Connection, plan: int, kind: PlanKind, schedule: Schedule, last_day: date, now: float
    ) -> RunLease | None:
        """Begin the latest run; None where its date had one, as a zone's rules may have changed, or it is too late."""
        run = schedule.latest(now)
        next_at = schedule.after(max(run.day, last_day)).at
        if run.day <= last_day or (kind == "daily" and now - run.at >= LATE_SECONDS):
            await db.execute(
                "UPDATE schedules SET last_day = max(last_day, ?), next_at = ?, due_at = ? WHERE id = ?",
                (run.day.isoformat(), next_at, next_at, plan),
            )
            return None
        [row] = await db.execute_fetchall(
            "UPDATE schedules SET run = run + 1, run_at = ?, last_day = ?, next_at = ?, begun_at = ?, tries = 0, due_at = ?"
            f" WHERE id = ? RETURNING {_BEGUN}",
            (run.at, run.day.isoformat(), next_at, int(now), int(now) + LEASE_SECONDS, plan),
        )
        return RunLease(*row)

    async def begin_now(self, plan: int, now: float) -> RunLease | None:
        """Begin a run beside those of the schedule; None where one is under way."""
        async with self._db.transaction() as db:
            rows = await db.execute_fetchall(
                "UPDATE schedules SET run = run + 1, run_at = ?1, begun_at = ?1, tries = 0, due_at = ?2"
                f" WHERE id = ?3 AND begun_at IS NULL RETURNING {_BEGUN}",
                (int(now), int(now) + LEASE_SECONDS, plan),
            )
            return next((RunLease(*row) for row in rows), None)

    async def finish(self, begun: RunLease, message: int) -> None:
        """The message is there."""
        async with self._db.transaction() as db:
            await end_run(db, begun, message)

    async def put_off(self, begun: RunLease, at: float) -> None:
        """Look at it again, from *at* on: it may not have got through."""
        async with self._db.transaction() as db:
            await db.execute(f"UPDATE schedules SET due_at = ? WHERE {_THIS_RUN}", (int(at), begun.plan, begun.number))

    async def drop(self, begun: RunLease) -> None:
        """Let it be: its message is not there, and will not be."""
        async with self._db.transaction() as db:
            await db.execute(f"UPDATE schedules SET {_OVER} WHERE {_THIS_RUN}", (begun.plan, begun.number))

    async def fail(self, plan: int, fault: PlanFault) -> bool:
        """Stop it for good because of *fault*; whether this did, and nothing before."""
        async with self._db.transaction() as db:
            stopped = await db.execute(
                "UPDATE schedules SET state = ? WHERE id = ? AND state IN ('running', 'paused')", (fault, plan)
            )
            await db.execute("UPDATE schedules SET begun_at = NULL, due_at = NULL WHERE id = ?", (plan,))
            return stopped.rowcount > 0

    async def rest(self, plan: int, state: PlanState) -> None:
        """Pause or stop it; a run that is under way is finished."""
        async with self._db.transaction() as db:
            await db.execute(
                "UPDATE schedules SET state = ?, due_at = iif(begun_at IS NULL, NULL, due_at) WHERE id = ?",
                (state, plan),
            )

    async def resume(self, plan: Plan, channel: int, now: float) -> None:
        """Go on in *channel* from *now* on; what was due meanwhile is not made up for."""
        async with self._db.transaction() as db:
            await write_plan(db, plan.id, plan.kind, plan.guild, channel, plan.by, plan.schedule, now)

    async def leave(self, guild: int) -> None:
        """The bot is not in *guild* any more: nothing of it runs."""
        async with self._db.transaction() as db:
            await db.execute(
                "UPDATE schedules SET state = 'left', begun_at = NULL, due_at = NULL"
                " WHERE guild_id = ? AND due_at IS NOT NULL",
                (guild,),
            )

    async def realign(self) -> None:
        """Say anew when each is due: the rules of a time zone may have changed since it was said."""
        async with self._db.transaction() as db:
            rows = await db.execute_fetchall(
                "SELECT id, days, time, zone, last_day, next_at FROM schedules WHERE due_at = next_at"
            )
            moved = await asyncio.to_thread(_moved, rows)
            await db.executemany("UPDATE schedules SET next_at = ?, due_at = ? WHERE id = ?", moved)


def _moved(rows: Iterable[Row]) -> list[tuple[int, int, int]]:
    return [
        (at, at, plan)
        for plan, *schedule, last_day, next_at in rows
        if (at := _schedule(*schedule).after(date.fromisoformat(last_day)).at) != next_at
    ]
