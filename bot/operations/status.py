"""`status`: print the state of the bot's processes from their heartbeats. Connects only to the database."""

import socket
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.config import Settings
from bot.domain.host import BANNED_AT, STALE_SECONDS, Heartbeat
from bot.errors import HostError
from bot.store.disk_space import nearly_full
from bot.store.look import HEARTBEATS, BackupFailure, BackupNote, Look, heartbeat_of, look_at, read_notes


async def status(settings: Settings) -> int:
    """Print the state of the bot; return 1 if this machine's processes or disk have problems. Raises `HostError`."""
    now, host = int(time.time()), socket.gethostname()
    with look_at(settings.store) as look:
        if not _has_heartbeats(look, settings):
            raise HostError("The database has no heartbeats yet: a bot of this version has not run on it.")
        beats = [heartbeat_of(row) for row in look(HEARTBEATS, {})]
        notes = read_notes(look)
    for beat in beats:
        print("\n".join(_lines(beat, now)))
    print("\n".join(_backup(*notes, now)))
    wrong = list(troubles(beats, host, now))
    if not settings.server and (trouble := nearly_full(settings.database)):
        wrong.append(trouble)
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    return 1 if wrong else 0


def troubles(beats: Iterable[Heartbeat], host: str, now: int) -> Iterator[str]:
    """Yield the problems of the processes of *host*, a sentence each."""
    own = [beat for beat in beats if beat.host == host]
    if not own:
        yield f"No bot runs on {host}."
    for beat in own:
        if now - beat.beat_at > STALE_SECONDS:
            yield f"Process {beat.process} has not been heard of for {now - beat.beat_at} seconds."
        for shard in beat.shards:
            if shard.down_since is not None:
                yield f"Shard {shard.id} has been down for {max(now - shard.down_since, 0)} seconds."


def _has_heartbeats(look: Look, settings: Settings) -> bool:
    if settings.server:
        sql = "SELECT 1 FROM information_schema.tables WHERE table_name = 'heartbeats'"
    else:
        sql = "SELECT 1 FROM sqlite_schema WHERE name = 'heartbeats'"
    return bool(look(sql, {}))


def _lines(beat: Heartbeat, now: int) -> Iterator[str]:
    yield f"Oneshot {beat.version} on {beat.host}, process {beat.process}"
    yield f"  started    {moment(beat.started_at)}, {ago(now - beat.started_at)}"
    age = now - beat.beat_at
    yield f"  heard of   {ago(age)}{', too long' if age > STALE_SECONDS else ''}"
    for shard in beat.shards:
        is_up = shard.down_since is None
        latency = f", {shard.latency * 1000:.0f} ms" if shard.latency is not None and is_up else ""
        state = f"up{latency}" if shard.down_since is None else f"down since {moment(shard.down_since)}"
        yield f"  shard {shard.id:<4} {state}"
    yield f"  servers    {beat.servers:,}"
    for queue in beat.queues:
        if queue.length:
            oldest = f", the oldest due {ago(now - queue.oldest)}" if queue.oldest is not None else ""
            yield f"  waiting    {queue.length:,} {queue.name}{oldest}"
    if beat.refused:
        yield f"  refused    {beat.refused:,} requests in ten minutes; Discord bans at {BANNED_AT:,}"
    for fault in beat.faults:
        yield f"  error      {fault.reference}, {moment(fault.at)}, {fault.what}"


def _backup(made: BackupNote | None, failed: BackupFailure | None, now: int) -> Iterator[str]:
    if made is None:
        yield "No backup is known."
    else:
        yield f"Last backup {moment(made.at)}, {ago(now - made.at)}: {made.file}"
    if failed is not None:
        yield f"A backup failed {ago(now - failed.at)}: {failed.why}"


def moment(at: int) -> str:
    """Return a time as text, in UTC."""
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M} UTC"


def ago(seconds: int) -> str:
    """Return "3 hours ago" and the like, in the largest unit that gives a number of at least two."""
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds // length} {unit} ago"
    return f"{max(seconds, 0)} seconds ago"
