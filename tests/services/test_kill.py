"""Saved before shown: a process that is killed right after a vote was shown has kept the vote."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.domain.votes import Count
from bot.store import Store
from tests import samples
from tests.conftest import votes_of
from tests.databases import database_at

ROOT = Path(__file__).parents[2]

VOTE = """
import asyncio, sys
from pathlib import Path
import simcord
from bot.interactions.client import Oneshot
from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.store import Store

async def main(database, folder):
    async with Store.open(database if "://" in database else Path(database)) as store:
        await load_folder(store, Path(folder), read_here)
        async with simcord.run(Oneshot(store)) as env:
            guild = env.create_guild("The Reading Room")
            channel = guild.create_text_channel("reading")
            ann = guild.add_member(env.create_user("ann"))
            opened = await ann.slash(channel, "read", story="A Spoon for the King")
            pressed = await ann.click(opened.response.message, label="{label}")
            shown = str(opened.response.embeds[-1].to_dict())
            assert "of 1 want more" in shown, shown
            print("shown", flush=True)
            await asyncio.Event().wait()

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here")
@pytest.mark.parametrize(("label", "votes"), [("I want more", Count(1, 0)), ("Perfect as is", Count(0, 1))])
def test_a_vote_that_was_shown_outlives_a_kill(tmp_path: Path, label: str, votes: Count) -> None:
    folder, database = tmp_path / "stories", tmp_path / "oneshot.db"
    folder.mkdir()
    (folder / "spoon.txt").write_text(samples.ONE_PAGE, "utf-8")
    with subprocess.Popen(
        [sys.executable, "-c", VOTE.replace("{label}", label), str(database_at(database)), str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        shown = process.stdout.readline()
        process.kill()  # SIGKILL: nothing of it runs any more
        assert shown == "shown\n", process.stderr.read()
    assert process.returncode == -signal.SIGKILL
    assert asyncio.run(kept(database)) == votes


async def kept(database: Path) -> Count:
    async with Store.open(database_at(database)) as store:
        story = await store.stories.find("A Spoon for the King")
        return (await votes_of(store, story.id)).overall
