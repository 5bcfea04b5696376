"""How the bot starts and stays: the first connection, the first words, systemd, `load` beside it."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Settings
from bot.operations.heartbeat import Systemd
from bot.operations.logs import JsonLines
from tests.command_line import run
from tests.postgresql import on_postgresql
from tests.standin.process import bot, settings_of
from tests.standin.server import StandIn
from tests.standin.world import Description

here = pytest.mark.skipif(on_postgresql() or sys.platform == "win32", reason="these run on a SQLite file, with signals")

KETTLE = 'Title: The Kettle\'s Opinion\n\n"It will rain," said the kettle, which had not been asked, and it did.\n'


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=2)) as standin:
        yield standin


@pytest.fixture
def folder(tmp_path: Path, loaded: Path) -> Path:
    return shutil.copytree(loaded, tmp_path / "bot")


@here
async def test_it_says_how_to_begin_tells_systemd_and_shows_what_load_reads_meanwhile(
    discord: StandIn, folder: Path
) -> None:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(str(folder / "notify"))
    listener.setblocking(False)
    loop = asyncio.get_running_loop()
    with listener:
        async with bot(discord, folder, NOTIFY_SOCKET=str(folder / "notify")) as process:
            told = {await loop.sock_recv(listener, 100)}
            while b"READY=1" not in told:
                told.add(await loop.sock_recv(listener, 100))
            await process.until("In Discord type /stories")
            assert "permissions=66560" in process.log and "voice" not in process.log
            assert (await asyncio.to_thread(run, folder, "status", **settings_of(discord))).returncode == 0
            (folder / "stories" / "kettle.txt").write_text(KETTLE, "utf-8")
            assert "1 added" in (await asyncio.to_thread(run, folder, "load", **settings_of(discord))).stdout
            await process.until("Backed up to")
            process.signal(signal.SIGTERM)
            assert await process.status() == 0
            while b"STOPPING=1" not in told:
                told.add(await loop.sock_recv(listener, 100))
        assert b"WATCHDOG=1" in told
    stopped = await asyncio.to_thread(run, folder, "status", **settings_of(discord))
    assert stopped.returncode == 1 and "No bot runs" in stopped.stdout
    async with bot(discord, folder) as again:
        assert again.log.count("permissions=66560") == 1  # of the first start


def test_where_nobody_listens_nothing_is_told(tmp_path: Path) -> None:
    Systemd(None).tell("READY=1")
    Systemd(str(tmp_path / "nowhere")).tell("READY=1")


def test_a_line_of_the_log_can_be_a_json_object() -> None:
    try:
        raise ValueError("broken\nin two")
    except ValueError:
        record = logging.LogRecord("bot", logging.ERROR, "", 1, "%s ends", ("It",), sys.exc_info())
    line = JsonLines().format(record)
    assert "\n" not in line
    found = json.loads(line)
    assert (found["level"], found["logger"], found["message"]) == ("ERROR", "bot", "It ends")
    assert "ValueError: broken" in found["error"]
    assert Settings.from_env({"LOG_FORMAT": "json"}).log_as_json
