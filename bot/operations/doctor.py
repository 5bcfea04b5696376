"""`doctor`: looks at everything that the bot needs, and says what cannot work and why. It changes nothing."""

import os
import platform
import shutil
import stat
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

from PIL import ImageFont

from bot import __version__
from bot.cards.faces import ALL, FONTS, SHAPED
from bot.config import Settings
from bot.errors import HostError, found_at
from bot.importing.folder import survey
from bot.operations.backup import said
from bot.operations.doctor_discord import discord_of
from bot.operations.finding import Finding
from bot.store.disk_space import megabytes, nearly_full, size_of
from bot.store.engines.sqlite import check_sqlite
from bot.store.engines.sqlite_backup import contents
from bot.store.look import look_at

LEAST_FREE = 0.1
"""The part of the disk with the database that should be free; deploy/alerts.yml has the same."""

SHOWN = 3
"""How many files are named."""


async def doctor(settings: Settings, server: int | None, env_file: Path = Path(".env")) -> int:
    """Print what is found; return 0, or 1 where something cannot work. *server* is one to look at, by its id."""
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
    """Yield *findings*; what is raised for the host ends them, and is one itself."""
    try:
        yield from findings
    except HostError as error:
        yield Finding("WRONG", about, str(error))


def settings_of(env_file: Path) -> Iterator[Finding]:
    """Look at the file of the settings; that each has a right value was asked for before."""
    if found_at(env_file) != "file":
        yield Finding("note", "settings", "There is no .env here: all settings come from the environment.")
    elif os.name != "nt" and env_file.stat().st_mode & stat.S_IROTH:
        yield Finding("note", "settings", "Others on this machine can read .env, which holds the token: chmod o= .env")
    else:
        yield Finding("ok", "settings", "Each has a right value.")


def database_of(settings: Settings) -> Iterator[Finding]:
    """Look whether the database can be opened, is whole, and is one of this version or an earlier one."""
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
    """Look whether there is room for the database to grow, and for its copies."""
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
        elif usage.free < usage.total * LEAST_FREE:
            yield Finding("note", "disk", f"{free}, less than a tenth of the disk.")
        else:
            yield Finding("ok", "disk", f"{free}.")


def _first_there(folder: Path) -> Path:
    """Return *folder*, or the nearest one above it that there is."""
    return next(each for each in (folder, *folder.parents) if found_at(each) == "folder")


def folder_of(settings: Settings) -> Iterator[Finding]:
    """Look at the stories folder; `check` says how its files will be read."""
    found = survey(settings.stories_dir)
    if found is None:
        yield Finding("WRONG", "stories", f"STORIES_DIR {settings.stories_dir} is not a folder.")
        return
    closed = [file.name for file in found if file.problem or not os.access(file.path, os.R_OK)]
    if not found:
        yield Finding("WRONG", "stories", f"STORIES_DIR {settings.stories_dir} has no stories.")
    elif closed:
        shown = ", ".join(closed[:SHOWN]) + (" …" if len(closed) > SHOWN else "")
        yield Finding("WRONG", "stories", f"{len(closed)} of {len(found)} files cannot be read: {shown}")
    else:
        yield Finding("ok", "stories", f"{settings.stories_dir} has {len(found)} story files.")


def fonts() -> Iterator[Finding]:
    """Look whether quotes can be made into pictures in every script."""
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
