"""The processes that read files, beside the bot that starts them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil

BOT = """
import asyncio, sys
from pathlib import Path
from bot.importing.worker import reading_processes

async def main():
    async with reading_processes() as processes:
        await processes.read(Path(sys.argv[1]), "lamp.txt")
        print("read", flush=True)
        await asyncio.sleep(3600)

asyncio.run(main())
"""


def test_processes_that_read_end_with_a_bot_that_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "lamp.txt"
    file.write_text("The Lamp\n\nThe keeper came down at noon, and nobody spoke of it.\n", "utf-8")
    with subprocess.Popen([sys.executable, "-c", BOT, str(file)], stdout=subprocess.PIPE, text=True) as bot:
        assert bot.stdout is not None and bot.stdout.readline() == "read\n"
        reading = psutil.Process(bot.pid).children(recursive=True)
        bot.kill()
    assert reading
    _, left = psutil.wait_procs(reading, timeout=60)
    assert left == []
