"""`doctor`: what cannot work, and why."""

from __future__ import annotations

import os
import shutil
import sys
from collections import namedtuple
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from pathlib import Path

import discord as library
import pytest
from discord.http import Route

from bot.cards.faces import Face
from bot.config import Settings
from bot.domain.schedules import EVERY_DAY, NewPlan, Schedule
from bot.domain.settings import ServerSettings
from bot.operations import doctor as module
from bot.operations.account import Account
from bot.operations.doctor import Finding, doctor
from bot.store import Store
from bot.store.disk_space import FLOOR
from tests.postgresql import on_postgresql
from tests.standin.server import StandIn
from tests.standin.world import Description

pytestmark = pytest.mark.skipif(on_postgresql(), reason="the files of these tests are SQLite's")

as_reader = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to an administrator"
)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
async def discord(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=2)) as standin:
        monkeypatch.setattr(Route, "BASE", f"{standin.url}/api/v10")
        yield standin


@pytest.fixture
def settings(discord: StandIn, tmp_path: Path, loaded: Path) -> Settings:
    env = tmp_path / ".env"
    env.touch(0o600)
    return Settings(
        token=discord.world.token,
        database=Path(shutil.copy(loaded / "oneshot.db", tmp_path)),
        stories_dir=loaded / "stories",
        backups=tmp_path / "backups",
    )


async def looked(
    settings: Settings, capsys: pytest.CaptureFixture[str], server: int | None = None
) -> tuple[int, list[str]]:
    """The exit status, and the lines that are not *ok*."""
    status = await doctor(settings, server, settings.database.with_name(".env"))
    said = capsys.readouterr().out.splitlines()
    return status, [line for line in said if not line.startswith("ok")]


async def test_where_all_is_well_it_says_so_and_asks_discord_once(
    discord: StandIn, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = await looked(settings, capsys)
    assert (status, said[-1]) == (0, "Nothing is wrong.")
    assert all("FriBiDi" in line or "--server" in line for line in said[:-1])
    assert [(each.method, each.path) for each in discord.api.requests or ()] == [("GET", "/applications/@me")]


async def test_the_size_of_a_database_is_that_of_all_that_is_in_it(settings: Settings) -> None:
    async with Store.open(settings.database) as store:
        await store.bot_state.write("much", "x" * 3_000_000)  # in the -wal, not yet in the file
        [finding] = module.database_of(settings)
    assert settings.database.name in finding.what
    assert float(finding.what.split("whole: ")[1].split(" MB")[0]) > 3


async def test_it_says_what_the_bot_may_do_in_a_server(
    discord: StandIn, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    world = discord.world
    server, channel = world.guild, world.channel

    def chosen(now: ServerSettings) -> ServerSettings:
        return replace(now, news_channel=channel.id, managers_channel=4_711)

    async with Store.open(settings.database) as store:
        await store.settings.change_server(server.id, chosen, 1)
    status, said = await looked(settings, capsys, server.id)
    assert status == 1 and ["Notices to mods: the channel 4711 is gone" in line for line in said[-2:]] == [True, False]
    for role in server.roles.values():
        role.permissions &= ~library.Permissions(embed_links=True, read_message_history=True).value
    status, said = await looked(settings, capsys, server.id)
    assert status == 1 and any(f"In {server.name} the bot lacks Read Message History" in line for line in said)
    assert any(f"Updates: in #{channel.name} the bot lacks" in line and "Embed Links" in line for line in said)


async def test_only_what_is_posted_by_plan_needs_the_right_to_read_the_history(
    discord: StandIn, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    server, channel = discord.world.guild, discord.world.channel
    evening = Schedule(EVERY_DAY, time(18), "UTC")
    async with Store.open(settings.database) as store:
        await store.settings.change_server(server.id, lambda now: replace(now, news_channel=channel.id), 1)
        await store.daily.set(NewPlan(server.id, channel.id, 1, evening), None, "text", 0)
    for role in server.roles.values():
        role.permissions &= ~library.Permissions(read_message_history=True).value
    status, said = await looked(settings, capsys, server.id)
    assert status == 1 and not any("Updates" in line for line in said)
    [line] = [line for line in said if "The quote of the day" in line]
    assert f"in #{channel.name} the bot lacks Read Message History" in line


async def test_a_server_without_the_bot_gets_the_link_that_adds_it(
    discord: StandIn, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said = await looked(settings, capsys, 4_711_000_000_000_000)
    assert status == 1 and "is not in server" in said[-2] and "permissions=66560" in said[-2]


@pytest.mark.parametrize(("token", "why"), [(None, "is not set"), ("another", "does not know this DISCORD_TOKEN")])
async def test_a_token_that_is_missing_or_refused_is_said(
    settings: Settings, capsys: pytest.CaptureFixture[str], token: str | None, why: str
) -> None:
    status, said = await looked(replace(settings, token=token), capsys)
    assert status == 1 and said[-2].startswith("WRONG  token") and why in said[-2]


async def test_a_discord_that_cannot_be_reached_is_said(
    discord: StandIn, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with discord.troubles.of("GET /applications/@me$", status=503):
        status, said = await looked(settings, capsys)
    assert status == 1 and said[-2].startswith("WRONG  network") and "503" in said[-2]


@pytest.mark.parametrize(("ahead", "verdict", "said"), [
    (-3.0, "ok", "agrees"), (90.0, "WRONG", "90 seconds ahead of"), (-7.0, "WRONG", "7 seconds behind"),
])  # fmt: skip
def test_a_clock_that_is_off_is_told(ahead: float, verdict: str, said: str) -> None:
    found = Account(1, "bot", library.ApplicationFlags(), ahead)
    [finding] = module._clock(found)  # pyright: ignore[reportPrivateUsage]
    assert finding.verdict == verdict and said in finding.what


def test_privileged_intents_are_named() -> None:
    flags = library.ApplicationFlags(gateway_presence_limited=True, gateway_message_content=True)
    [finding] = module._intents(Account(1, "bot", flags, 0.0))  # pyright: ignore[reportPrivateUsage]
    assert finding.verdict == "note" and finding.what.startswith("Presence, Message Content:")


def test_a_database_that_is_not_there_is_made_and_one_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there" / "oneshot.db"
    [finding] = module.database_of(Settings(database=path))
    assert finding.verdict == "ok" and "made at the first start" in finding.what
    assert not path.parent.exists()
    (tmp_path / "no.db").write_bytes(b"no database" * 1000)
    [finding] = module.told("database", module.database_of(Settings(database=tmp_path / "no.db")))
    assert finding.verdict == "WRONG" and "is damaged or is no database" in finding.what


def test_a_disk_that_is_full_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def verdicts(free: int) -> list[Finding]:
        monkeypatch.setattr(module.shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - free, free))
        return list(module.disk_of(settings))

    assert [finding.verdict for finding in verdicts(5 * 10**8)] == ["ok", "ok"]
    monkeypatch.setattr("bot.store.disk_space.FLOOR", 8 * 10**7)
    assert [finding.verdict for finding in verdicts(9 * 10**7)] == ["note", "note"]
    monkeypatch.setattr("bot.store.disk_space.FLOOR", FLOOR)
    low = verdicts(199 * 10**6)
    assert [finding.verdict for finding in low] == ["WRONG", "ok"] and "Nobody can upload" in low[0].what
    full = verdicts(1000)
    assert all(finding.verdict == "WRONG" and "no backup, no upgrade" in finding.what for finding in full)


def test_a_folder_without_stories_is_told(tmp_path: Path) -> None:
    [missing] = module.folder_of(Settings(stories_dir=tmp_path / "nowhere"))
    [empty] = module.folder_of(Settings(stories_dir=tmp_path))
    assert (missing.verdict, empty.verdict) == ("WRONG", "WRONG")
    assert "is not a folder" in missing.what and "has no stories" in empty.what
    (tmp_path / "one.txt").symlink_to(tmp_path.parent)
    [closed] = module.folder_of(Settings(stories_dir=tmp_path))
    assert closed.verdict == "WRONG" and "1 of 1 files cannot be read: one.txt" in closed.what


@as_reader
def test_what_belongs_to_others_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.database.chmod(0o400)
    [finding] = module.database_of(settings)
    assert finding.verdict == "WRONG" and "belongs to another user" in finding.what


def test_an_env_file_that_others_read_is_told(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    assert [finding.verdict for finding in module.settings_of(env)] == ["note"]
    env.touch()
    for mode, verdict in ((0o644, "note"), (0o640, "ok")):
        env.chmod(mode)
        if sys.platform != "win32":
            assert [finding.verdict for finding in module.settings_of(env)] == [verdict]


def test_a_font_that_does_not_open_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(finding.verdict != "WRONG" for finding in module.fonts())
    monkeypatch.setattr(module, "SHAPED", False)
    [finding] = module.fonts()
    assert finding.verdict == "note" and "libfribidi0" in finding.what
    monkeypatch.setattr(module, "ALL", (Face("gone.ttf"),))
    [finding] = module.fonts()
    assert finding.verdict == "WRONG" and "gone.ttf" in finding.what
