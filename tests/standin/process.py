"""The bot as a process of its own, against a stand-in."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.standin.server import StandIn

ROOT = Path(__file__).parents[2]
BOT = ("tests.standin.launch",)

START_SECONDS = 60.0
"""For a start that loads stories, on a busy machine; one that ends before is not waited for."""

END_SECONDS = 30.0


class Process:
    """A program that was started; its log is in a file."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process, self._log = process, log

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def log(self) -> str:
        """All that it has written so far."""
        return self._log.read_text("utf-8", errors="replace")

    async def until(self, words: str) -> None:
        """Wait until its log has *words*."""
        async with asyncio.timeout(60):
            while words not in self.log:  # noqa: ASYNC110  # a file, of another process
                await asyncio.sleep(0.05)

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    async def status(self, seconds: float | None = END_SECONDS) -> int:
        """Wait for its end, and return its status; of one that was killed, the signal's number below zero."""
        async with asyncio.timeout(seconds):
            return await self._process.wait()

    async def kill(self) -> None:
        """End it at once: nothing of it runs any more."""
        if self._process.returncode is None:
            self._process.kill()
        await self.status()


@asynccontextmanager
async def program(
    url: str, folder: Path, arguments: Sequence[str], settings: dict[str, str]
) -> AsyncGenerator[Process]:
    """Run a module against the stand-in at *url*, in *folder*, with no settings but these; killed at the end."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    env = {**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", **settings}
    log = folder / "log.txt"
    with log.open("ab") as written:
        started = await asyncio.create_subprocess_exec(
            sys.executable, "-m", arguments[0], url, *arguments[1:], cwd=folder, env=env, stdout=written, stderr=written
        )
    process = Process(started, log)
    try:
        yield process
    finally:
        await process.kill()


@asynccontextmanager
async def connected(
    discord: StandIn, folder: Path, arguments: Sequence[str], settings: dict[str, str]
) -> AsyncGenerator[Process]:
    """Run a module until it is connected to *discord*. Raises `RuntimeError` where it ends before."""
    before = discord.gateway.identified
    async with program(discord.url, folder, arguments, settings) as process:
        ready = asyncio.create_task(discord.until(lambda: discord.gateway.identified > before, START_SECONDS))
        ended = asyncio.create_task(process.status(None))
        try:
            await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not ready.done():
                raise RuntimeError(f"it ended with {ended.result()}:\n{process.log}")
            await ready
        finally:
            ready.cancel()
            ended.cancel()
        yield process


def settings_of(discord: StandIn, **others: str) -> dict[str, str]:
    """The settings of a bot whose database and stories are in its folder."""
    return {"DISCORD_TOKEN": discord.world.token, "DATABASE": "oneshot.db", "STORIES_DIR": "stories", **others}


@asynccontextmanager
async def bot(discord: StandIn, folder: Path, **settings: str) -> AsyncGenerator[Process]:
    """The bot, with its database and the stories of *folder* in it, connected."""
    async with connected(discord, folder, BOT, settings_of(discord, **settings)) as process:
        yield process
