"""The trial: processes and servers are made, readers read, troubles come, and at the end everything is compared."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from bot.store import Store
from bot.store.engines.postgresql import CHANNEL
from tests import samples
from tests.linking import linked
from tests.postgresql import Server
from tests.standin.driver import Reader, owner
from tests.standin.gateway import Limits
from tests.standin.interactions import Interaction
from tests.standin.process import BOT, Process, program
from tests.standin.server import StandIn
from tests.standin.world import LOADING, Channel, Description, Message
from tests.trial.checks import BALLOTS, differences, emoji_differ, is_posted, is_quiet
from tests.trial.readers import ANSWERS, ASKED, QUESTION, READ, Person, Seen, go_on

IDENTIFY_SECONDS = 0.5
"""Between two shards of a bucket; Discord has five."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a trial is, and how long what happens takes, in seconds."""

    servers: int = 50
    readers: int = 200
    processes: int = 3
    shards: int = 6
    pause: float = 2.0
    """Between two acts of a reader."""
    calm: float = 8.0
    """Before each trouble, and after the last."""
    down: float = 4.0
    """For how long the killed process is."""
    away: float = 30.0
    """For how long PostgreSQL is gone, after it was restarted once."""
    due_in_troubles: bool = True
    """Whether the question closes and schedules are due while there are troubles, or afterwards."""
    due: tuple[float, float] = (3.0, 60.0)
    """Between when they are, in seconds."""
    patience: float = 240.0
    """For what is left to do afterwards: a lease has to end before another process takes over."""


SHORT = Plan(6, 12, pause=0.5, calm=1.0, down=0.2, away=3.0, due_in_troubles=False, due=(0.0, 1.0))
"""A small form; what is due comes when no process is killed just then, so that no lease has to end."""


@dataclass(slots=True)
class Report:
    """What came of a trial."""

    wrong: list[str]
    figures: dict[str, object] = field(default_factory=dict)


@dataclass
class Trial:
    """One trial, from empty folders to its report."""

    plan: Plan
    folder: Path
    database: Server
    seed: int

    async def run(self) -> Report:
        plan = self.plan
        stories = self.folder / "stories"
        stories.mkdir(parents=True)
        for name, text in {**samples.FILES, "hm.txt": samples.QUIET}.items():
            (stories / name).write_text(text, "utf-8")
        limits = Limits(shards=plan.shards, concurrency=2, identify_seconds=IDENTIFY_SECONDS * 0.8)
        world = Description(servers=plan.servers, readers=plan.readers)
        async with StandIn(world, limits) as discord:
            self.discord = discord
            self.processes = [_Supervised(self, number) for number in range(plan.processes)]
            try:
                await asyncio.gather(*(process.start() for process in self.processes))
                await self._all_connected()
                return await self._tried()
            finally:
                await asyncio.gather(*(process.end() for process in self.processes))

    async def _tried(self) -> Report:
        began = time.monotonic()
        people = await self._prepared()
        seen, over = people[0].seen, asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for person in people:
                group.create_task(go_on(person, over, self.plan.pause))
            if self.plan.due_in_troubles:
                self._make_due()
            await self._trouble(seen)
            if not self.plan.due_in_troubles:
                self._make_due()
            await asyncio.sleep(self.plan.calm)
            over.set()
        wrong = await self._quiet(people)
        wrong += differences(self.discord, people, self.rows)
        wrong += [line async for line in self._places(people)]
        wrong += [line for process in self.processes for line in process.faults()]
        wrong += [f"PostgreSQL says: {line}" for line in self.database.log.splitlines() if "deadlock" in line]
        registered = sum(
            each.method == "PUT" and each.path.endswith("/commands") for each in self.discord.api.requests or ()
        )
        if registered != 1:
            wrong.append(f"commands were registered {registered} times")
        return Report(wrong, self._figures(seen, time.monotonic() - began))

    # -- before ---------------------------------------------------------------------

    async def _all_connected(self) -> None:
        shards = self.plan.shards
        await self.discord.until(lambda: len({each.shard for each in self.discord.gateway.connected()}) == shards, 60)

    async def _prepared(self) -> list[Person]:
        """Ask a question, and set up each server: a page that all see, the question, a daily quote and a serial.

        Return the readers.
        """
        gate = asyncio.Semaphore(4)

        async def prepare(channel: Channel) -> tuple[Message, Message]:
            async with gate:
                return await self._server(channel)

        channels = [next(iter(guild.channels.values())) for guild in self.discord.world.guilds.values()]
        await self._asked(channels[0])
        made = await asyncio.gather(*map(prepare, channels))
        seen, people = Seen(), list[Person]()
        for number, user in enumerate(self.discord.world.readers):
            place = number % len(channels)
            chance = random.Random(f"{self.seed}:{number}")
            people.append(Person(Reader(self.discord, user, channels[place]), chance, seen, *made[place]))
        return people

    async def _server(self, channel: Channel) -> tuple[Message, Message]:
        manager = owner(self.discord, channel)
        page = (await self._done(await manager.command("read", story=READ, share=True, wait=False))).shown
        details = (await self._done(await manager.command("vote", story=ASKED, wait=False))).shown
        panel = (await self._done(await manager.press(details, "Manage", wait=False))).shown
        form = await manager.press(panel, "Post…")
        await self._done(await manager.submit(form, wait=False, channel=channel))
        question = next(each for each in self.discord.world.shown([channel]) if is_posted(each))
        when: dict[str, Any] = {"channel": channel, "time": "12:00", "timezone": "UTC"}
        await self._done(await manager.command("manage daily set", wait=False, **when))
        when |= {"story": READ, "every": "every day"}
        await self._done(await manager.command("manage serial start", wait=False, **when))
        return page, question

    async def _asked(self, channel: Channel) -> None:
        """The owner of the servers is the author of a story, and asks its readers."""
        author = owner(self.discord, channel)
        async with Store.open(self.database.address) as store:
            await linked(store, (await store.stories.find(ASKED)).id, author.user.id)
        form = await author.command("author ask", story=ASKED)
        words = {"question": QUESTION, "answers": "\n".join(ANSWERS), "ends": ["3"]}
        await self._done(await author.submit(form, wait=False, **words))

    async def _done(self, made: Interaction) -> Interaction:
        await made.done(30)
        await self.discord.until(lambda: made.original is None or not made.original.flags & LOADING, 30)
        return made

    def _make_due(self) -> None:
        """Bring the end of the question, and today's run of each schedule, into the trial."""
        now, chance = int(time.time()), random.Random(self.seed)
        first, last = self.plan.due
        with psycopg.connect(self.database.address) as db:
            at = now + int(chance.uniform(first, last)) + 1
            db.execute("UPDATE questions SET closes_at = %s WHERE closes_at IS NOT NULL", [at])
            for (plan,) in db.execute("SELECT id FROM schedules").fetchall():
                at = now + int(chance.uniform(first, last)) + 1
                due = datetime.fromtimestamp(at, UTC)
                values = [f"{due:%H:%M}", (due - timedelta(days=1)).date().isoformat(), at, at, plan]
                changed = "time = %s, last_day = %s, next_at = %s, due_at = %s"
                db.execute(f"UPDATE schedules SET {changed} WHERE id = %s".encode(), values)
            db.execute(f"NOTIFY {CHANNEL}")

    # -- the troubles ---------------------------------------------------------------

    async def _trouble(self, seen: Seen) -> None:
        """A process is killed and started again; PostgreSQL is restarted, and is gone for a while."""
        plan, database = self.plan, self.database
        await asyncio.sleep(plan.calm)
        process = self.processes[1 % len(self.processes)]
        await process.kill()
        await asyncio.sleep(plan.down)
        await process.start()
        await self._all_connected()
        await asyncio.sleep(plan.calm)
        await asyncio.to_thread(database.stop)
        await asyncio.to_thread(database.start)
        await asyncio.sleep(plan.calm)
        await asyncio.to_thread(database.stop)
        seen.is_away = True
        await asyncio.sleep(plan.away)
        seen.is_away = False
        await asyncio.to_thread(database.start)

    # -- after ----------------------------------------------------------------------

    def rows(self, sql: str) -> list[Any]:
        with psycopg.connect(self.database.address) as db:
            return db.execute(sql.encode()).fetchall()

    async def _quiet(self, people: list[Person]) -> list[str]:
        """Wait until nothing is due and every emoji is counted; return what is still left after all patience."""
        end = time.monotonic() + self.plan.patience
        while time.monotonic() < end:
            if await asyncio.to_thread(is_quiet, self.rows) and not emoji_differ(self.discord, people, self.rows):
                return []
            await asyncio.sleep(0.5)
        return ["something is due still, or an emoji is not counted"]

    async def _places(self, people: list[Person]) -> AsyncGenerator[str]:
        """Open each reader's story anew: it opens where they left it."""
        for person in people:
            if person.place is not None and (found := await person.find_place()) != person.place:
                yield f"reader {person.reader.user.id} was at {_shown(person.place)}, found {_shown(found)}"

    def _figures(self, seen: Seen, seconds: float) -> dict[str, object]:
        away = sorted(seen.away)
        return {
            "seconds": round(seconds),
            "presses": dict(sorted(seen.outcomes.items())),
            "refused with": dict(seen.said.most_common()),
            "answered while away, slowest in s": round(away[-1], 2) if away else None,
            "votes": len(self.rows(BALLOTS.format("q.text IS NULL"))),
            "answers to the own question": len(self.rows(BALLOTS.format("q.text IS NOT NULL"))),
            "emoji": self.rows("SELECT count(*) FROM reactions")[0][0],
            "sessions begun": self.discord.gateway.identified,
        }


def _shown(text: str) -> str:
    """The two ends of a page."""
    return repr(text if len(text) < 160 else f"{text[:60]} … {text[-90:]}")


class _Supervised:
    """A process of the bot, which may be killed and started again."""

    def __init__(self, trial: Trial, number: int) -> None:
        self._trial, self._number = trial, number
        self._stack = AsyncExitStack()
        self._process: Process | None = None
        self.folder = trial.folder / f"process{number}"
        self.folder.mkdir()

    async def start(self) -> None:
        plan = self._trial.plan
        each = plan.shards // plan.processes
        settings = {
            "DISCORD_TOKEN": self._trial.discord.world.token,
            "DATABASE": self._trial.database.address,
            "STORIES_DIR": str(self._trial.folder / "stories"),
            "SHARD_COUNT": str(plan.shards),
            "SHARDS": f"{self._number * each}-{self._number * each + each - 1}",
            "STANDIN_IDENTIFY_SECONDS": str(IDENTIFY_SECONDS),
        }
        context = program(self._trial.discord.url, self.folder, BOT, settings)
        self._process = await self._stack.enter_async_context(context)

    async def kill(self) -> None:
        assert self._process is not None
        await self._process.kill()

    async def end(self) -> None:
        await self._stack.aclose()

    def faults(self) -> list[str]:
        """What its log has of errors that nobody expects."""
        log = self._process.log if self._process else ""
        found = re.findall(r"^.*(?:Traceback|unexpected error|Task exception).*$", log, re.M)
        return [f"process {self._number} says: {line}" for line in found]


@asynccontextmanager
async def shown_on_failure(trial: Trial) -> AsyncGenerator[None]:
    """Print the ends of the logs where a trial cannot go on."""
    try:
        yield
    except BaseException:
        for path in sorted(trial.folder.glob("process*/log.txt")):
            print(f"-- {path}\n{path.read_text('utf-8')[-3000:]}")
        raise
