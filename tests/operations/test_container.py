"""What is in the container: installed by its script, read-only, as another user. Docker itself is not needed."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml

from tests.standin.driver import readers
from tests.standin.server import StandIn
from tests.standin.world import Description

ROOT = Path(__file__).parents[2]
IMAGE = "tools/image.sh"
IS_ROOT = sys.platform != "win32" and os.geteuid() == 0
BUILDER, USER = 65_533, 65_532
"""Users that own nothing: one installs, the other runs what was installed."""


def run_as(user: int, home: Path) -> dict[str, Any]:
    """How `subprocess` starts a program as *user*, who has no home; where we are not root, as ourselves."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PATH", "PIP_", "SSL_", "LANG"))}
    other = {"user": user, "group": user, "extra_groups": []} if IS_ROOT else {}
    return {"env": {**kept, "HOME": str(home / "nowhere"), "PIP_NO_CACHE_DIR": "1"}, **other}


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """An empty folder that everybody may enter."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for each, user in (("app", BUILDER), ("data", USER)):
            (folder / each).mkdir()
            if IS_ROOT:
                os.chown(folder / each, user, user)
        yield folder


@pytest.fixture(scope="module")
def app(request: pytest.FixtureRequest, folder: Path) -> Path:
    """The bot as its image has it."""
    if not request.config.getoption("--install"):
        pytest.skip("it installs from the network: pytest --install")
    app = folder / "app"
    done = subprocess.run(["sh", ROOT / IMAGE, app], capture_output=True, encoding="utf-8", **run_as(BUILDER, folder))
    assert done.returncode == 0, done.stderr
    subprocess.run(["chmod", "-R", "a-w", app], check=True)
    return app


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=1)) as standin:
        yield standin


async def test_it_runs_where_nothing_but_its_data_can_be_written(discord: StandIn, app: Path, folder: Path) -> None:
    data, how = folder / "data", run_as(USER, folder)
    how["env"] |= {
        "PYTHONPATH": str(ROOT),  # for the stand-in; the bot is that of the working directory
        "PYTHONDONTWRITEBYTECODE": "1",
        "DISCORD_TOKEN": discord.world.token,
        "DATABASE": str(data / "oneshot.db"),
        "BACKUPS": str(data / "backups"),
        "STORIES_DIR": str(app / "seeds"),
    }

    async def start(*arguments: str) -> asyncio.subprocess.Process:
        log = folder / "log"
        with log.open("ab") as written:
            python = app / ".venv" / "bin" / "python"
            return await asyncio.create_subprocess_exec(
                python, *arguments, cwd=app, stdout=written, stderr=written, **how
            )

    async def status() -> int:
        return await (await start("-m", "bot", "status")).wait()

    assert await status() == 2  # there is no database yet
    bot = await start("-m", "tests.standin.launch", discord.url)
    try:
        await discord.until(lambda: discord.gateway.identified or bot.returncode is not None, 60)
        assert (await readers(discord)[0].command("help")).shown.text
        async with asyncio.timeout(30):
            while await status() != 0:  # it is connected a moment before it counts as ready
                pass
        bot.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(bot.wait(), 30) == 0, (folder / "log").read_text()
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()
    assert await status() == 1  # no bot runs
    here = "import sys, bot; sys.exit(not bot.__file__.startswith(sys.argv[1]))"
    assert await (await start("-c", here, str(app))).wait() == 0


def test_compose_runs_it_read_only_with_no_rights_and_the_time_to_stop() -> None:
    bot: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.yml").read_text("utf-8"))["services"]["bot"]
    assert bot["read_only"] is True and bot["cap_drop"] == ["ALL"] and bot["stop_grace_period"] == "20s"
    other: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "compose.postgres.yml").read_text("utf-8"))["services"]
    assert other["bot"]["environment"]["DATABASE"].startswith("postgresql://")


def test_the_image_has_what_its_script_copies_and_no_settings() -> None:
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in ignored and "!.env" not in ignored
    for each in ("bot", "cogs", "seeds", "LICENSE", "requirements/postgresql.txt", "tools/install.sh", IMAGE):
        assert f"!{each}" in ignored and (ROOT / each).exists()
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    assert f"{IMAGE} /app" in dockerfile and dockerfile.index("\nUSER ") < dockerfile.index("\nENTRYPOINT ")
