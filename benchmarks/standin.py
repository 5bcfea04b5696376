"""What a press costs the bot as it is, in its own process, against the stand-in of Discord.

Beside it, in the same rounds, stand two small bots that show the same screens (`benchmarks.floors`). What is compared
is the processor time of the bot's process; how long readers wait is that of the whole machine, on which Discord's
stand-in and its readers run, too.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Self

import psutil

from benchmarks.floors import Shape
from tests.standin.driver import Reader, readers
from tests.standin.interactions import Interaction
from tests.standin.process import BOT, ROOT, Process, connected, settings_of
from tests.standin.server import StandIn
from tests.standin.world import Description, Json, Message

ROUNDS = 5
PRESSES = 600
"""In a round; ten times fewer would be lost in the hundredths of a second that systems count."""

SEEDS = ROOT / "seeds"

MANY = 20
STORY = "Deliver by Low Water"
SETTLE_SECONDS = 0.1
"""After the last answer, for what the bot still does about it."""


@dataclass(eq=False)
class Desk:
    """A reader with the message before them."""

    reader: Reader
    message: Message | None = None
    forth: bool = True

    @property
    def open(self) -> Message:
        assert self.message is not None
        return self.message

    def other(self, first: str, second: str) -> str:
        """One and the other by turns."""
        self.forth = not self.forth
        return second if self.forth else first


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a reader does again and again."""

    name: str
    kind: str
    """What the small bots call its answers."""
    act: Callable[[Desk], Awaitable[Interaction]]
    begin: Callable[[Desk], Awaitable[Interaction | None]] | None = None


async def _read(desk: Desk) -> Interaction:
    begun = await desk.reader.command("read", story=STORY)
    return await desk.reader.press(begun.shown, "Next") if "Info" in begun.shown.labels else begun


ACTIONS = [
    Action("a page turn", "turn", lambda desk: desk.reader.press(desk.open, desk.other("Next", "Back")), _read),
    Action(
        "a vote",
        "vote",
        lambda desk: desk.reader.press(desk.open, desk.other("I want more", "Perfect as is")),
        lambda desk: desk.reader.command("vote", story=STORY),
    ),
    Action(
        "a reaction",
        "react",
        lambda desk: desk.reader.press(desk.open, "❤️"),
        lambda desk: desk.reader.command("react", story=STORY),
    ),
    Action("/quote", "quote", lambda desk: desk.reader.command("quote")),
    Action(
        "Another",
        "quote",
        lambda desk: desk.reader.press(desk.open, "Another"),
        lambda desk: desk.reader.command("quote"),
    ),
    Action("/stories", "stories", lambda desk: desk.reader.command("stories")),
    Action("/search", "search", lambda desk: desk.reader.command("search", text="lamp")),
]
TURN = ACTIONS[0]


@dataclass(slots=True)
class Spent:
    """What rounds of one bot took."""

    milliseconds: list[float] = field(default_factory=list)
    """Of its processor for each press, a round each."""
    waits: list[float] = field(default_factory=list)
    """Milliseconds until each answer."""

    def said(self) -> str:
        """The median, and of the waits also the slowest of a hundred."""
        return f"{median(self.milliseconds):5.2f} ms, waits {median(self.waits):6.1f} / {p99(self.waits):6.1f} ms"


def p99(waits: Sequence[float]) -> float:
    return quantiles(waits, n=100)[-1]


class Rival:
    """A bot in its own process, on a Discord of its own."""

    def __init__(self, name: str, discord: StandIn, process: Process) -> None:
        self.name, self.discord, self.process = name, discord, process
        self._measured = psutil.Process(process.pid)
        self.desks: list[Desk] = []

    @classmethod
    async def start(
        cls, stack: AsyncExitStack, name: str, folder: Path, arguments: Sequence[str], *, readers: int = MANY
    ) -> Self:
        """Start one with the stories of the seeds in a new *folder*; TOKEN among the arguments is the token."""
        discord = await stack.enter_async_context(StandIn(Description(readers=readers)))
        discord.api.requests = None
        shutil.copytree(SEEDS, folder / "stories")
        given = [each.replace("TOKEN", discord.world.token) for each in arguments]
        process = await stack.enter_async_context(connected(discord, folder, given, settings_of(discord)))
        await discord.until(lambda: discord.world.commands)
        return cls(name, discord, process)

    @property
    def seconds(self) -> float:
        """Of the processor, spent by all its threads so far."""
        times = self._measured.cpu_times()
        return times.user + times.system

    @property
    def megabytes(self) -> float:
        return self._measured.memory_info().rss / 1e6

    async def sit(self, action: Action) -> None:
        """Let each reader begin *action*, and some do it twice: what is done first costs more."""
        self.desks = [Desk(reader) for reader in readers(self.discord)]
        for desk in self.desks:
            if action.begin is not None and (begun := await action.begin(desk)) is not None:
                desk.message = begun.shown
        await self.press(action, 2 * MANY, MANY)

    async def press(self, action: Action, presses: int, at_once: int) -> list[float]:
        """Let *at_once* readers do it, each as soon as the last was answered; milliseconds until each answer."""
        left, waits = iter(range(presses)), list[float]()

        async def go_on(desk: Desk) -> None:
            for _ in left:
                waits.append(await self._once(action, desk))

        await asyncio.gather(*(go_on(desk) for desk in self.desks[:at_once]))
        return waits

    async def press_evenly(self, action: Action, rate: float, seconds: float) -> list[float]:
        """Let so many in a second do it, whether the others are answered or not."""
        pressing: list[asyncio.Task[float]] = []
        began = time.perf_counter()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(began + number / rate - time.perf_counter())
            pressing.append(asyncio.create_task(self._once(action, self.desks[number % len(self.desks)])))
        return list(await asyncio.gather(*pressing))

    async def _once(self, action: Action, desk: Desk) -> float:
        done = await action.act(desk)
        self.discord.interactions.forget(done)
        if desk.message is None and done.original is not None:
            self.discord.world.delete(done.original)
        return 1000 * done.waited

    async def round(self, action: Action, at_once: int, spent: Spent, presses: int = PRESSES) -> None:
        """Add what *presses* cost."""
        began = self.seconds
        spent.waits += await self.press(action, presses, at_once)
        await asyncio.sleep(SETTLE_SECONDS)
        spent.milliseconds.append(1000 * (self.seconds - began) / presses)


async def answers(bot: Rival) -> dict[str, list[Json]]:
    """Two answers of the bot for each kind of press, from which the small bots take theirs."""
    found: dict[str, list[Json]] = {}
    for action in ACTIONS:
        desk = Desk(readers(bot.discord)[0])
        begun = await action.begin(desk) if action.begin is not None else None
        desk.message = begun.shown if begun is not None else None
        said = [(await action.act(desk)).said for _ in range(4)]
        flags = begun.shown.flags if begun is not None else said[-1].get("flags", 0)
        found[action.kind] = [each | {"flags": flags} for each in said[-2:]]
    return found


async def three(stack: AsyncExitStack) -> tuple[Rival, Rival, Rival]:
    """The bot, one that answers from memory, and a View with a database."""
    made = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    bot = await Rival.start(stack, "the bot", made / "bot", BOT)
    file = made / "answers.json"
    file.write_text(json.dumps(await answers(bot)), "utf-8")

    async def floor(name: str, shape: Shape) -> Rival:
        return await Rival.start(stack, name, made / shape, ("benchmarks.floors", "TOKEN", shape, str(file)))

    return bot, await floor("from memory", "memory"), await floor("a View", "view")


async def compare(rivals: Sequence[Rival], action: Action, at_once: int, rounds: int = ROUNDS) -> None:
    """Print what each takes for *action*, and how the first stands to the others."""
    spent = [Spent() for _ in rivals]
    for rival in rivals:
        await rival.sit(action)
    for _ in range(rounds):
        for rival, each in zip(rivals, spent, strict=True):
            await rival.round(action, at_once, each)
    print(f"  {action.name}, {at_once} reader{'s' if at_once > 1 else ''} at once")
    ours = spent[0].milliseconds
    for rival, each in zip(rivals, spent, strict=True):
        ratios = sorted(one / other for one, other in zip(ours, each.milliseconds, strict=True))
        beside = f"   ratio {median(ratios):5.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})" if each is not spent[0] else ""
        print(f"    {rival.name:12} {each.said()}{beside}")


async def measure(rounds: int = ROUNDS) -> None:
    """Print for each kind of press the processor time, its ratios (median, least, most), and waits (median, p99)."""
    async with AsyncExitStack() as stack:
        bot, memory, view = await three(stack)
        for at_once in (MANY, 1):
            await compare((bot, memory, view), TURN, at_once, rounds)
        for action in ACTIONS[1:]:
            await compare((bot, memory), action, MANY, rounds)
