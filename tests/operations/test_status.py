"""`status`, and what it reads: heartbeats, queues, backups."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import Settings
from bot.domain.host import STALE_SECONDS, Fault, Heartbeat, Queue, Shard
from bot.errors import HostError
from bot.operations import status as module
from bot.operations.heartbeat import Heart, Systemd
from bot.operations.status import status, troubles
from bot.store import Store
from bot.store.look import BackupFailure, BackupNote, write_note
from tests import samples
from tests.library import Library
from tests.postgresql import on_postgresql

pytestmark = pytest.mark.skipif(on_postgresql(), reason="the files of these tests are SQLite's")

ROOT = Path(__file__).parents[2]
NOW = 1_800_000_000
HOST = socket.gethostname()
BEAT = Heartbeat(
    HOST,
    41,
    "1.2.3",
    NOW - 7200,
    NOW - 5,
    (Shard(0, 0.04, None),),
    12,
    (Queue("updates", 3, NOW - 600), Queue("reviews", 0, None)),
    (Fault("a1b2c3", NOW - 60, "read"),),
)


@pytest.fixture
def settings(tmp_path: Path, loaded: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(module.time, "time", lambda: float(NOW))
    return Settings(database=Path(shutil.copy(loaded / "oneshot.db", tmp_path)))


async def write(settings: Settings, *beats: Heartbeat) -> None:
    async with Store.open(settings.database) as store:
        for beat in beats:
            await store.heartbeats.beat(beat)


async def test_it_says_how_the_bot_is_and_ends_with_0_where_all_is_well(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    await write(settings, BEAT, replace(BEAT, host="elsewhere", beat_at=NOW - 3600))
    write_note(settings.database, BackupNote(NOW - 7200, "/copies/one.db", 5))
    assert await status(settings) == 0
    said = capsys.readouterr().out
    for part in ("1.2.3", "process 41", "12", "up, 40 ms", "3 updates", "10 minutes ago", "a1b2c3", "/copies/one.db"):
        assert part in said
    assert "reviews" not in said and "too long" in said and "WRONG" not in said


@pytest.mark.parametrize(
    ("beats", "wrong"),
    [
        ([], "No bot runs"),
        ([replace(BEAT, host="elsewhere")], "No bot runs"),
        ([replace(BEAT, beat_at=NOW - STALE_SECONDS - 1)], "Process 41 has not been heard of for 61 seconds"),
        ([replace(BEAT, shards=(Shard(0, 0.1, None), Shard(1, None, NOW - 130)))], "Shard 1 has been down for 130"),
    ],
)
async def test_it_ends_with_1_where_something_is_wrong_here(
    settings: Settings, capsys: pytest.CaptureFixture[str], beats: list[Heartbeat], wrong: str
) -> None:
    await write(settings, *beats)
    assert await status(settings) == 1
    assert f"WRONG: {wrong}" in capsys.readouterr().out


@pytest.mark.sqlite("the disk of a server is its own")
async def test_it_says_that_nobody_can_upload(
    settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    await write(settings, BEAT)
    monkeypatch.setattr("bot.store.disk_space.FLOOR", 10**18)
    assert await status(settings) == 1
    assert "WRONG: Nobody can upload until" in capsys.readouterr().out


async def test_a_backup_that_failed_shows(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    await write(settings, BEAT)
    write_note(settings.database, BackupFailure(NOW - 300, "There is no room"))
    await status(settings)
    assert "A backup failed 5 minutes ago: There is no room" in capsys.readouterr().out


def test_a_beat_just_within_its_time_is_no_trouble() -> None:
    assert list(troubles([replace(BEAT, beat_at=NOW - STALE_SECONDS)], HOST, NOW)) == []


async def test_without_a_database_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(HostError, match="is not there"):
        await status(Settings(database=tmp_path / "nowhere.db"))


async def test_a_database_of_an_earlier_version_is_not_brought_up_to_date(settings: Settings) -> None:
    async with Store.open(settings.database) as store:
        await store._db.execute("DROP TABLE heartbeats")  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(HostError, match="no heartbeats yet"):
        await status(settings)


def test_it_imports_neither_discord_nor_what_reads_stories() -> None:
    code = (
        "import sys, bot.__main__, bot.operations.status\n"
        "print({'discord', 'PIL', 'aiosqlite', 'bot.stories', 'psycopg'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "set()\n"


async def test_a_process_that_starts_forgets_those_of_its_machine_that_are_gone(store: Store) -> None:
    gone, elsewhere = replace(BEAT, beat_at=NOW - 3600), replace(BEAT, host="elsewhere", beat_at=NOW - 3600)
    long_gone = replace(elsewhere, process=40, beat_at=NOW - 2 * 24 * 3600)
    for beat in (gone, long_gone, elsewhere):
        await store.heartbeats.beat(beat)
    new = replace(BEAT, process=42, started_at=NOW, beat_at=NOW + 1)  # its first took a second
    await store.heartbeats.beat(new)
    assert await store.heartbeats.all() == sorted([elsewhere, new], key=lambda beat: beat.host)


async def test_a_running_bot_says_how_it_is_until_it_stops(library: Library, store: Store) -> None:
    heart, another = Heart(library.bot, Systemd(None)), replace(BEAT, process=0, beat_at=int(store.clock()))
    await heart.beat()
    [beat] = await store.heartbeats.all()
    await store.heartbeats.beat(another)
    assert (beat.host, beat.servers) == (HOST, 1)
    assert {queue.name for queue in beat.queues} >= {"updates", "reviews"}
    await heart.end()
    await heart.beat()  # as the connection does that the stop closes
    assert await store.heartbeats.all() == [another]


async def test_what_is_due_is_counted(library: Library, store: Store) -> None:
    [updates] = [queue for queue in await store.heartbeats.queues() if queue.name == "updates"]
    assert updates == Queue("updates", 0, None)
    await store.follows.follow(library.ann.id, "story", await library.id_of("Ferry"), 0)
    await library.load({"ferry.txt": f"{samples.FERRY}\nChapter 4: The Ford\n\nThe horse knew the way over.\n"})
    [updates] = [queue for queue in await store.heartbeats.queues() if queue.name == "updates"]
    assert updates == Queue("updates", 1, int(store.clock()))


async def test_an_unexpected_error_is_in_the_heartbeat_by_its_reference(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(sys.modules["cogs.help"], "send", broken)
    answered = await library.ann.slash(library.channel, "help")
    [fault] = library.bot.faults
    assert answered.response is not None and fault.reference in (answered.response.content or "")
    assert fault.what == "help"
    library.env.errors.clear()
