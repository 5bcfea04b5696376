"""`doctor`: check everything that the bot needs, and print what cannot work and why. It changes nothing."""

import os
import platform
import shutil
import stat
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import discord
from PIL import ImageFont

from bot import __version__
from bot.cards.faces import ALL, FONTS, SHAPED
from bot.config import Settings
from bot.errors import HostError, found_at
from bot.importing.folder import survey
from bot.interactions.permissions import POSTING, WRITING
from bot.operations.account import MIN_PERMISSIONS, NOT_REACHED, Account, account, invite
from bot.operations.backup import said
from bot.store.disk_space import megabytes, nearly_full, size_of
from bot.store.engines.sqlite import check_sqlite
from bot.store.engines.sqlite_backup import contents
from bot.store.look import channels_used, look_at
from bot.ui.schedules import permissions

Verdict = Literal["ok", "note", "WRONG"]
"""*ok*: all works. *note*: all works, but something could be better. *WRONG*: something cannot work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the output of `doctor`."""

    verdict: Verdict
    about: str
    what: str

    def __str__(self) -> str:
        return f"{self.verdict:<6} {self.about:<12} {self.what}"


MIN_FREE_SHARE = 0.1
"""Minimum share of a disk for the database or backups that should be free. ``deploy/alerts.yml`` has the same value."""

MOST_FILES_NAMED = 3
"""Maximum number of unreadable files to name."""


async def doctor(settings: Settings, server: int | None, env_file: Path = Path(".env")) -> int:
    """Print all findings; return 1 if something cannot work, else 0. *server* is the id of a server to check."""
    count = Counter[str]()
    async for finding in _findings(settings, server or settings.owner_server, env_file):
        print(finding, flush=True)
        count[finding.verdict] += 1
    print(f"{count['WRONG']} cannot work." if count["WRONG"] else "Nothing is wrong.")
    return 1 if count["WRONG"] else 0


async def _findings(settings: Settings, server: int | None, env_file: Path) -> AsyncIterator[Finding]:
    yield Finding("ok", "program", f"Oneshot {__version__}, Python {platform.python_version()}")
    system = (*told("database", database_of(settings)), *told("disk", disk_of(settings)))
    for finding in (*settings_of(env_file), *system, *told("stories", folder_of(settings)), *fonts()):
        yield finding
    async for finding in discord_of(settings, server):
        yield finding


def told(about: str, findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield *findings*. A `HostError` ends the findings and becomes the last one."""
    try:
        yield from findings
    except HostError as error:
        yield Finding("WRONG", about, str(error))


def settings_of(env_file: Path) -> Iterator[Finding]:
    """Check the permissions of ``.env``. `Settings.from_env` has validated the values before."""
    if found_at(env_file) != "file":
        yield Finding("note", "settings", "There is no .env here: all settings come from the environment.")
    elif os.name != "nt" and env_file.stat().st_mode & stat.S_IROTH:
        yield Finding("note", "settings", "Others on this machine can read .env, which holds the token: chmod o= .env")
    else:
        yield Finding("ok", "settings", "Each has a right value.")


def database_of(settings: Settings) -> Iterator[Finding]:
    """Check that the database can be opened, is intact and is not of a newer version."""
    path, about = settings.database, "database"
    if settings.server is not None:
        with look_at(settings.server) as look:
            [row] = look("SELECT current_setting('server_version') AS version", {})
        yield Finding("ok", about, f"PostgreSQL {row['version']} answers.")
        return
    check_sqlite()
    folder = _first_there(path.absolute().parent)
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding("WRONG", about, f"Nothing can be written in {folder}, where DATABASE {path} is to be.")
    elif found_at(path) == "nothing":
        yield Finding("ok", about, f"{path} is made at the first start.")
    elif not os.access(path, os.W_OK):
        yield Finding("WRONG", about, f"DATABASE {path} cannot be written to: it belongs to another user.")
    else:
        yield Finding("ok", about, f"{path} is whole: {said(replace(contents(path), bytes=size_of(path)))}.")


def disk_of(settings: Settings) -> Iterator[Finding]:
    """Check the free disk space for the database and its backups."""
    folders = dict[str, Path]()
    if settings.server is None:
        folders["the database"] = settings.database.absolute().parent
    if settings.backups is not None:
        folders["backups"] = settings.backups.absolute()
        if settings.server is not None and shutil.which("pg_dump") is None:
            yield Finding("WRONG", "backups", "pg_dump, which makes them, is not there: apt install postgresql-client")
    needed = size_of(settings.database) if settings.server is None else 0
    for what, wanted in folders.items():
        folder = _first_there(wanted)
        usage = shutil.disk_usage(folder)
        free = f"{megabytes(usage.free)} are free where {what} lie{'s' if what == 'the database' else ''}"
        if not os.access(folder, os.W_OK | os.X_OK):
            yield Finding("WRONG", "disk", f"Nothing can be written in {folder}, where {what} should be.")
        elif usage.free < needed:
            yield Finding("WRONG", "disk", f"{free}, and a copy takes {megabytes(needed)}: no backup, no upgrade.")
        elif what == "the database" and (trouble := nearly_full(folder / settings.database.name)):
            yield Finding("WRONG", "disk", trouble)
        elif usage.free < usage.total * MIN_FREE_SHARE:
            yield Finding("note", "disk", f"{free}, less than a tenth of the disk.")
        else:
            yield Finding("ok", "disk", f"{free}.")


def _first_there(folder: Path) -> Path:
    """Return *folder*, or its nearest existing parent."""
    return next(each for each in (folder, *folder.parents) if found_at(each) == "folder")


def folder_of(settings: Settings) -> Iterator[Finding]:
    """Check that the stories folder has readable files. The command `check` shows how each is parsed."""
    found = survey(settings.stories_dir)
    if found is None:
        yield Finding("WRONG", "stories", f"STORIES_DIR {settings.stories_dir} is not a folder.")
        return
    closed = [file.name for file in found if file.problem or not os.access(file.path, os.R_OK)]
    if not found:
        yield Finding("WRONG", "stories", f"STORIES_DIR {settings.stories_dir} has no stories.")
    elif closed:
        shown = ", ".join(closed[:MOST_FILES_NAMED]) + (" …" if len(closed) > MOST_FILES_NAMED else "")
        yield Finding("WRONG", "stories", f"{len(closed)} of {len(found)} files cannot be read: {shown}")
    else:
        yield Finding("ok", "stories", f"{settings.stories_dir} has {len(found)} story files.")


def fonts() -> Iterator[Finding]:
    """Check that quotes can be drawn as pictures in every script."""
    broken = [face.file for face in ALL if not _opens(FONTS / face.file)]
    if broken:
        yield Finding("WRONG", "fonts", f"No quote can be made into a picture: {', '.join(broken)} cannot be opened.")
    elif not SHAPED:
        yield Finding(
            "note",
            "fonts",
            "FriBiDi is missing: no pictures of quotes in Arabic, Hebrew, Thai and the scripts of India."
            " On Debian, apt install libfribidi0",
        )
    else:
        yield Finding("ok", "fonts", f"All {len(ALL)} open, and every script can be drawn.")


def _opens(font: Path) -> bool:
    try:
        ImageFont.truetype(font, 20)
    except OSError:
        return False
    return True


AHEAD_SECONDS = 5.0
"""Maximum difference between this machine's clock and Discord's, in seconds."""


async def discord_of(settings: Settings, server: int | None) -> AsyncIterator[Finding]:
    """Check the bot's token, intents and clock with one request, and its permissions in *server* with a few more."""
    if settings.token is None:
        yield Finding("WRONG", "token", "DISCORD_TOKEN is not set: copy it from the Bot page of your application.")
        return
    try:
        found = await account(settings.token)
        for finding in (*_account(found), *_intents(found), *_clock(found)):
            yield finding
        if server is None:
            yield Finding("note", "permissions", "Not looked at. Name a server by its id: doctor --server ID")
            return
        for finding in await _server(settings, settings.token, server, found.application):
            yield finding
    except HostError as error:
        yield Finding("WRONG", "token", str(error))
    except NOT_REACHED as error:
        yield Finding("WRONG", "network", f"Discord cannot be reached: {str(error) or type(error).__name__}")


def _account(found: Account) -> Iterator[Finding]:
    yield Finding("ok", "token", f"It is that of {found.name}. The link that adds it: {invite(found.application)}")


def _intents(found: Account) -> Iterator[Finding]:
    flags = found.flags
    privileged = {
        "Presence": flags.gateway_presence or flags.gateway_presence_limited,
        "Server Members": flags.gateway_guild_members or flags.gateway_guild_members_limited,
        "Message Content": flags.gateway_message_content or flags.gateway_message_content_limited,
    }
    if on := [name for name, is_on in privileged.items() if is_on]:
        yield Finding("note", "intents", f"{', '.join(on)}: none of these is needed. Turn them off on the Bot page.")
    else:
        yield Finding("ok", "intents", "No privileged intent is on, and none is needed.")


def _clock(found: Account) -> Iterator[Finding]:
    if abs(found.ahead) > AHEAD_SECONDS:
        direction = "ahead of" if found.ahead > 0 else "behind"
        yield Finding(
            "WRONG",
            "clock",
            f"It is {abs(found.ahead):,.0f} seconds {direction} Discord's: what is due is done at the wrong"
            " time. Turn on time synchronisation: timedatectl set-ntp true",
        )
    else:
        yield Finding("ok", "clock", "It agrees with Discord's.")


async def _server(settings: Settings, token: str, server: int, application: int) -> list[Finding]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        await client.login(token)
        assert client.user is not None
        try:
            guild = await client.fetch_guild(server, with_counts=False)
            me = await guild.fetch_member(client.user.id)
            channels = await guild.fetch_channels()
        except (discord.NotFound, discord.Forbidden):
            what = f"The bot is not in server {server}. The link that adds it: {invite(application)}"
            return [Finding("WRONG", "permissions", what)]
    return list(_permissions(settings, guild, me, channels))


def _permissions(
    settings: Settings, guild: discord.Guild, me: discord.Member, channels: Sequence[discord.abc.GuildChannel]
) -> Iterator[Finding]:
    about, known = "permissions", {channel.id: channel for channel in channels}
    if lacking := [
        name for name, is_needed in MIN_PERMISSIONS if is_needed and not getattr(me.guild_permissions, name)
    ]:
        yield Finding("WRONG", about, f"In {guild.name} the bot lacks {permissions(lacking)}: nobody can use it there.")
    for channel, what, is_planned in _used(settings, guild.id):
        if (found := known.get(channel)) is None:
            yield Finding("WRONG", about, f"{what}: the channel {channel} is gone, or the bot does not see it.")
            continue
        allowed = found.permissions_for(me)
        if lacking := [name for name in (POSTING if is_planned else WRITING) if not getattr(allowed, name)]:
            yield Finding("WRONG", about, f"{what}: in #{found.name} the bot lacks {permissions(lacking)}.")
        else:
            yield Finding("ok", about, f"{what}: the bot may post in #{found.name}.")
    texts = [channel for channel in channels if isinstance(channel, discord.TextChannel)]
    may = sum(all(getattr(channel.permissions_for(me), name) for name in POSTING) for channel in texts)
    yield Finding("ok", about, f"In {guild.name} the bot may post in {may} of {len(texts)} text channels.")


def _used(settings: Settings, guild: int) -> list[tuple[int, str, bool]]:
    """Return the result of `channels_used`; an empty list without a database."""
    try:
        with look_at(settings.store) as look:
            return channels_used(look, guild)
    except HostError:  # no database yet, or its error is reported already
        return []
