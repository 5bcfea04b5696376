"""The state of the bot and its servers, for the host."""

from collections.abc import Iterator, Sequence

import discord

from bot.domain.host import STALE_SECONDS, Fault, Heartbeat, Queue, Server, Shard
from bot.texts import say
from bot.ui.components import Style, button, option, select
from bot.ui.custom_id import Snowflake
from bot.ui.ids import LeaveServer, PickServer, ServersPage
from bot.ui.limits import EMBED_DESCRIPTION, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen, notice

SERVERS_A_PAGE = 10
PROCESSES_SHOWN = 15
FAULTS_SHOWN = 10


def status_screen(beats: Sequence[Heartbeat], now: int) -> Screen:
    """Return the state of each process, the queues, and the latest errors; *now* is in seconds since 1970."""
    alive = [beat for beat in beats if not _is_stale(beat, now)]
    parts = ["\n".join(_process(beat, now)) for beat in beats[:PROCESSES_SHOWN]]
    if len(beats) > PROCESSES_SHOWN:
        parts.append(say("host-more-processes", count=len(beats) - PROCESSES_SHOWN))
    if len(alive) > 1:
        parts.append(say("host-servers", count=sum(beat.servers for beat in alive)))
    newest = max(alive, key=lambda beat: beat.beat_at, default=None)
    if refused := sum(beat.refused for beat in alive):
        parts.append(say("host-refused", count=refused))
    parts.append("\n".join(_queues(newest.queues if newest else ())))
    parts.append("\n".join(_faults([fault for beat in beats for fault in beat.faults])))
    text = "\n\n".join(filter(None, parts))
    return Screen([discord.Embed(title=say("host-title"), description=clip(text, EMBED_DESCRIPTION), colour=ACCENT)])


def _is_stale(beat: Heartbeat, now: int) -> bool:
    return now - beat.beat_at > STALE_SECONDS


def _process(beat: Heartbeat, now: int) -> Iterator[str]:
    yield say("host-process", host=escape(beat.host), process=str(beat.process))
    if _is_stale(beat, now):
        yield say("host-stale", at=f"<t:{beat.beat_at}:R>")
    yield say("host-version", version=beat.version, at=f"<t:{beat.started_at}:R>")
    yield say("host-servers", count=beat.servers)
    yield from _shards(beat.shards)


def _shards(shards: Sequence[Shard]) -> Iterator[str]:
    up = [shard for shard in shards if shard.down_since is None]
    known = [shard.latency for shard in up if shard.latency is not None]
    if known:
        yield say("host-latency", ms=round(1000 * sum(known) / len(known)))
    for shard in shards:
        if shard.down_since is not None:
            yield say("host-down", shard=str(shard.id), at=f"<t:{shard.down_since}:R>")


def _queues(queues: Sequence[Queue]) -> Iterator[str]:
    waiting = [queue for queue in queues if queue.length]
    if not waiting:
        yield say("host-no-queue")
    for queue in waiting:
        name = say(f"host-queue-{queue.name.replace(' ', '-')}")
        yield say("host-queue", name=name, count=queue.length, at=f"<t:{queue.oldest}:R>")


def _faults(faults: Sequence[Fault]) -> Iterator[str]:
    if not faults:
        yield say("host-no-fault")
    for fault in sorted(faults, key=lambda fault: fault.at, reverse=True)[:FAULTS_SHOWN]:
        yield say("host-fault", reference=fault.reference, at=f"<t:{fault.at}:R>", what=escape(fault.what))


def servers_screen(servers: Sequence[Server], after: int, *, is_last: bool) -> Screen:
    """Return a page of the bot's servers, with a select that opens one; *after* is the last id before the page."""
    lines = [f"**{clip(server.name, 80, escape)}**\n{_counts(server)}" for server in servers]
    options, ways = [option(server.name, server.id) for server in servers], list[Item]()
    if after:
        ways.append(button(ServersPage(Snowflake(0)), say("host-first")))
    if not is_last:
        ways.append(button(ServersPage(Snowflake(servers[-1].id)), say("page-next")))
    embed = discord.Embed(
        title=say("host-servers-title"), description="\n\n".join(lines) or say("host-no-servers"), colour=ACCENT
    )
    picking = [select(PickServer(), options, say("host-pick"))] if servers else []
    return Screen([embed], [picking, ways])


def server_screen(server: Server, *, asks: bool = False) -> Screen:
    """Return a server with a button to leave it; *asks* turns it into the confirmation dialog."""
    text = f"{_counts(server)}\n{say('host-server-id', id=str(server.id))}"
    if asks:
        text = f"{text}\n\n{say('host-leave-ask')}"
    label = say("host-leave-now") if asks else say("host-leave")
    leave = LeaveServer("leave" if asks else "ask", Snowflake(server.id))
    items = [
        button(leave, label, style=Style.danger if asks else Style.secondary),
        button(ServersPage(Snowflake(0)), say("host-back")),
    ]
    return notice(text, clip(server.name, 200, escape), [items])


def _counts(server: Server) -> str:
    counts = server.counts
    parts = [say("host-count-members", count=server.members)] if server.members is not None else []
    if counts.stories:
        parts.append(say("host-count-stories", count=counts.stories))
    if counts.schedules:
        parts.append(say("host-count-schedules", count=counts.schedules))
    return " · ".join(parts)
