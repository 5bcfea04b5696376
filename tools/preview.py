"""Run the real bot in browser pages, on an in-memory Discord without a network: ``python -m tools.preview``."""

import argparse
import asyncio
import hashlib
import logging
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
from discord.http import HTTPClient

try:
    import simcord.preview
except ModuleNotFoundError:
    print("The preview needs packages of its own: make preview", file=sys.stderr)
    sys.exit(2)
from simcord._clock import Clock
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.env import Env
from simcord.preview import _markdown
from simcord.preview._server import PreviewServer

from bot.__main__ import run_command
from bot.config import Settings
from bot.errors import HostError
from bot.importing.loading import summary
from bot.importing.worker import reading_processes
from bot.interactions.client import Oneshot
from bot.operations.heartbeat import Systemd, beating
from bot.operations.load import load_stories
from bot.operations.logs import refer_in_words
from bot.operations.run import new_bot
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the preview: a channel and the users whose view it can show."""

    name: str
    channel: ChannelHandle
    viewers: Sequence[MemberActor | UserHandle]


@dataclass(frozen=True, slots=True)
class World:
    """The in-memory Discord: two servers, and the direct messages of some users."""

    reading_room: GuildHandle
    new_server: GuildHandle
    places: Sequence[Place]
    restricted: ChannelHandle
    """Age-restricted channel."""
    owner: UserHandle
    """Owner of the bot's application."""


async def preview(settings: Settings, *, port: int) -> int:
    """Serve the preview until it is stopped. Readers' data persist in a database beside the real one."""
    async with Store.open(database_for(settings)) as store:
        async with reading_processes() as processes:
            report = await load_stories(store, settings, processes.read)
        for line in report:
            if line.outcome != "unchanged":
                print(line)
        print(f"Stories from {settings.stories_dir}: {summary(report)}")
        await store.posts.forget_all()  # messages do not survive a restart of this Discord, and it reuses their ids
        await store.question_posts.forget_all()
        with tempfile.TemporaryDirectory() as folder:
            _draw_as_discord_does(Path(folder))
            async with reading_processes() as processes:
                await _serve(
                    lambda server: new_bot(store, replace(settings, owner_server=server), processes.read), port
                )
    return 0


def database_for(settings: Settings) -> Path:
    """Return the path of a preview's database. It depends on the stories folder: a load hides other stories."""
    folder = settings.stories_dir.resolve()
    digest = hashlib.blake2b(str(folder).encode(), digest_size=4).hexdigest()
    return settings.database.with_name(f"{settings.database.stem}-preview-{digest}.db")


_STYLE = """
.embed-card .markdown-paragraph + .markdown-paragraph { margin-top: 1.1em; }
.preview-toolbar:not(:has(.session-menu[open])) > :not(.viewer-control, .session-menu) { display: none; }
.preview-shell:not(:has(.session-menu[open])) { --toolbar-height: 44px; }
.preview-toolbar > .session-menu { margin-left: auto; }
.preview-shell:not(:has(.session-menu[open])) .messages-sidebar { display: none; }
"""
"""Blank lines between the paragraphs of an embed, and the page's tools behind its menu *More*."""


def _draw_as_discord_does(folder: Path) -> None:
    """Make the page look as Discord does: a bare channel, and embeds with paragraphs, mentions and subtext.

    SimCord 3.2.1 renders these in messages only, and has a bar of tools. The patched style sheet is in *folder*.
    """
    static = Path(simcord.preview.__file__).parent / "static"
    css = folder / "preview.css"
    css.write_text(f"{(static / css.name).read_text('utf-8')}\n{_STYLE}\n", "utf-8")
    PreviewServer._STATIC_FILES["/preview.css"] = str(css)
    PreviewServer._STATIC_CONTENT_TYPES[str(css)] = "text/css"
    publish = simcord.preview.Preview._publish

    def publish_now(self: simcord.preview.Preview, *given: Any, **named: Any) -> None:
        self._advance_presentation_time()  # relative times such as "a minute ago" depend on it
        publish(self, *given, **named)

    simcord.preview.Preview._publish = publish_now  # pyright: ignore[reportAttributeAccessIssue]
    for field in ("embed_description", "embed_field_value"):
        _markdown._FIELD_POLICIES[field] |= {"mentions": True, "commands": True, "subtext": True}


async def _serve(make: Callable[[int | None], Oneshot], port: int) -> None:
    """Serve the bot that *make* builds. Its argument is the server whose administrators run the bot."""
    logging.getLogger("discord").setLevel(logging.WARNING)
    if logging.lastResort is not None:
        logging.lastResort.addFilter(refer_in_words)
    async with simcord.run(make(None), check_errors=False, shard_count=1) as env:
        world = _world(env)
        # SimCord's clock is fixed at a day in the past, so every "two minutes ago" would be wrong.
        env.backend.clock = _RunningClock()
        bot = make(world.reading_room.id)
        # A bot started on that day would make up for every minute since.
        await env.restart_bot(bot)
        _restrict(env, world.restricted)
        _set_owner(world.owner)

        bot.dispatch("guild_join", bot.get_guild(world.new_server.id))
        first, *_ = world.places
        reader = first.viewers[0]
        assert isinstance(reader, MemberActor)
        await reader.slash(first.channel, "stories")
        try:
            async with beating(bot, Systemd(None)), _pages(env, world.places, port) as pages:
                closed = [asyncio.create_task(page.wait_closed()) for page in pages]
                await asyncio.wait(closed, return_when=asyncio.FIRST_COMPLETED)
        except SetupError as error:
            raise HostError(f"The preview cannot open: {error}. Is another program on port {port}?") from error
        except asyncio.CancelledError:
            print("Preview closed.")
            raise


class _RunningClock(Clock):
    """Clock of the in-memory Discord that shows the real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def _world(env: Env) -> World:
    """Create servers and users, always in the same order, so that their ids stay the same between runs."""
    env.backend.edit_bot_profile("Oneshot")
    room = env.create_guild("The Reading Room")
    reading = room.create_text_channel("reading")
    room.create_text_channel("quotes")
    ann, ben = _user(env, "ann"), _user(env, "ben")
    readers = [room.add_member(ann), room.add_member(ben)]
    managers = room.create_role("Manager", permissions=discord.Permissions(manage_guild=True))
    mira = _user(env, "mira")
    manager = room.add_member(mira, roles=[managers])
    hosts = room.create_role("Host", permissions=discord.Permissions(administrator=True))
    olga = _user(env, "olga")
    host = room.add_member(olga, roles=[hosts])
    moderators = room.create_role("Moderator")
    moderator = room.add_member(_user(env, "mo"), roles=[moderators])
    dark = room.create_text_channel("after-dark")
    hidden = discord.PermissionOverwrite(view_channel=False)
    seen = discord.PermissionOverwrite(view_channel=True)
    assert env.bot.user is not None
    staff = room.create_text_channel(
        "staff",
        overwrites={room.default_role: hidden, **dict.fromkeys([managers, moderators, hosts, env.bot.user], seen)},
    )
    other = env.create_guild("The Long Table")
    lobby = other.create_text_channel("lobby")
    env.backend.guilds[other.id].system_channel_id = lobby.id
    keepers = other.create_role("Keeper", permissions=discord.Permissions(manage_guild=True))
    keeper = other.add_member(_user(env, "nora"), roles=[keepers])
    everyone = [*readers, moderator, manager, host]
    places = [
        Place("#reading, as Ann or Ben, Mo (moderator), Mira (manager), Olga (runs the bot)", reading, everyone),
        Place("#after-dark, for adults", dark, everyone),
        Place("#staff", staff, [moderator, manager, host]),
        Place("#lobby of another server, as Nora (manager) or Ann", lobby, [keeper, other.add_member(ann)]),
        *(Place(f"{user.global_name}'s direct messages", user.dm_channel, [user]) for user in (ann, ben, mira)),
    ]
    return World(room, other, places, dark, olga)


def _user(env: Env, name: str) -> UserHandle:
    return env.create_user(name, global_name=name.capitalize())


def _restrict(env: Env, channel: ChannelHandle) -> None:
    """Mark a channel as age-restricted by an event to the bot: SimCord 3.2.1 has no such channels."""
    payload = dict(serializers.channel_payload(env.backend, env.backend.get_channel(channel.id)))
    env.backend.emit("CHANNEL_UPDATE", payload | {"nsfw": True})


def _set_owner(owner: UserHandle) -> None:
    """Make a user the owner of the bot's application; in SimCord 3.2.1 it is the bot itself."""
    fetch_info = HTTPClient.application_info

    async def info(http: HTTPClient) -> Any:
        user = {"id": str(owner.id), "username": owner.name, "discriminator": "0", "avatar": None}
        return {**await fetch_info(http), "owner": user, "team": None}

    HTTPClient.application_info = info  # pyright: ignore[reportAttributeAccessIssue]


@asynccontextmanager
async def _pages(env: Env, places: Sequence[Place], port: int) -> AsyncIterator[Sequence[simcord.preview.Preview]]:
    """Serve a page for each place on *port* and the following ports (0: any free ports), and print their addresses."""
    async with AsyncExitStack() as stack:
        pages = []
        for number, place in enumerate(places):
            env._preview = None  # SimCord refuses a second page otherwise
            page = env.preview(
                place.channel, viewers=place.viewers, layout="channel", port=port + number if port else 0
            )
            pages.append(await stack.enter_async_context(page))
        print("Oneshot preview:")
        for page, place in zip(pages, places, strict=True):
            print(f"  {page.url}  {place.name}")
        print("Type / in a page for the commands; switch readers at the top.")
        print("Refresh, behind More, shows what came from elsewhere.")
        print("Ctrl-C stops it.", flush=True)
        yield pages


def _port(value: str) -> int:
    if not value.isdigit() or not 0 <= int(value) <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(value)


def main() -> int:
    """Run the preview; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.preview", description="Open Oneshot in a browser.")
    parser.add_argument(
        "--port",
        type=_port,
        default=0,
        help="the port of the first page; the others follow (default: any that are free)",
    )
    parser.set_defaults(command=preview)
    return run_command(parser)


if __name__ == "__main__":  # reading processes import this module, too
    sys.exit(main())
