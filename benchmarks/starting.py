"""A restart on a folder that has not changed, with a thousand stories and with one."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import texts
from benchmarks.programs import cost, show_costs
from benchmarks.timing import show
from bot.importing.loading import load_folder
from bot.importing.worker import reading_processes
from bot.store import Store

ROUNDS = 7
STORIES = 1000


async def load(database: Path, folder: Path) -> float:
    """Bring the library in line with *folder*; the processor seconds of the load alone."""
    async with Store.open(database) as store, reading_processes() as processes:
        began = time.process_time()
        await load_folder(store, folder, processes.read)
        return time.process_time() - began


async def start(database: Path, folder: Path) -> None:
    """All that the bot does before it connects: imports, database, folder, commands."""
    from bot.interactions.client import Oneshot  # here, since it is part of what is measured

    async with Store.open(database) as store, reading_processes() as processes:
        await load_folder(store, folder, processes.read)
        async with Oneshot(store, read=processes.read) as bot:
            await bot.load_extension("cogs")


async def measure() -> None:
    """Print the load and the whole start, each as a ratio."""
    with tempfile.TemporaryDirectory() as made:
        rooms = [(Path(made, f"{count}.db"), Path(made, str(count)), count) for count in (STORIES, 1)]
        for database, folder, count in rooms:
            folder.mkdir()
            texts.posts(folder, count)
            await load(database, folder)
        (many, one) = [(database, folder) for database, folder, _ in rooms]
        show("the load, nothing changed", [(await load(*many), await load(*one)) for _ in range(ROUNDS)])
        command = ("-m", "benchmarks.starting")
        costs = [(cost(*command, *map(str, many)), cost(*command, *map(str, one))) for _ in range(ROUNDS)]
    show_costs("start to connecting", [ours for ours, _ in costs], [floor for _, floor in costs])


if __name__ == "__main__":
    asyncio.run(start(Path(sys.argv[1]), Path(sys.argv[2])))
