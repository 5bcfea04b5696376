"""The settings of the host, read once from the environment before the bot starts."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from bot.errors import HostError, found_at

T = TypeVar("T")

MOST_SHARDS = 100_000

DATABASE = Path("data/oneshot.db")

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_YES, _NO = ("yes", "true", "on", "1"), ("no", "false", "off", "0")


def _token(value: str) -> str:
    if not re.fullmatch(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}", value):
        raise ValueError(
            "is not a bot token: copy it from the Bot page of your application, three parts joined by dots"
        )
    return value


def _is_address(value: str) -> bool:
    return value.strip().startswith(("postgresql://", "postgres://"))


def _address_of_server(value: str) -> str:
    if not _is_address(value):
        raise ValueError("should be an address that begins with postgresql://")
    return checked_address(value)


_ADDRESS = re.compile(r"postgres(?:ql)?://(?:(?:[^\s/?#@%]|%[0-9A-Fa-f]{2})*@)?(?:[^\s#@%]|%[0-9A-Fa-f]{2})*")


def checked_address(address: str) -> str:
    """Return *address* unchanged. Raises `ValueError` if it is malformed, as by unescaped characters in a password.

    The driver would parse part of such a password as host or database, and show it in errors.
    """
    if _ADDRESS.fullmatch(address) is None:
        raise ValueError(
            "should be postgresql://user:password@host/database; in a password / is %2F, ? is %3F, # is %23, @ is %40,"
            " % is %25, and a space is %20"
        )
    return address


def lacking_driver() -> str | None:
    """Return a message on the missing PostgreSQL driver, or None if it is installed."""
    try:
        import_module("psycopg")
    except ImportError as error:
        return f"needs PostgreSQL's driver, which is not installed ({error}): sh tools/install.sh .venv postgresql"
    return None


def _address_from_file(value: str) -> str:
    try:
        text = Path(value).expanduser().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"cannot be read: {type(error).__name__}") from None
    if not _is_address(text):
        raise ValueError("should be a file that holds an address, postgresql://…")
    return checked_address(text)


def _path_or_address(value: str) -> Path | str:
    if _is_address(value):
        return checked_address(value)
    if re.match(r"postgres(?:ql)?(?::|//)", value) or "://" in value or "password=" in value:
        raise ValueError("should be the path of a file, or an address that begins with postgresql://")
    path = Path(value).expanduser()
    if found_at(path) == "folder":
        raise ValueError("is a folder; it should be the path of a file")
    return path


def _folder(value: str) -> Path:
    found_at(path := Path(value))
    return path


def _yes_or_no(value: str) -> bool:
    if value.lower() not in _YES + _NO:
        raise ValueError("should be yes or no")
    return value.lower() in _YES


def _unrated(value: str) -> bool:
    if value.lower() not in ("mature", "general"):
        raise ValueError("should be general (shown to all) or mature (gated)")
    return value.lower() == "mature"


def _level(value: str) -> int:
    if value.upper() not in _LEVELS:
        raise ValueError(f"should be one of {', '.join(_LEVELS)}")
    return logging.getLevelNamesMapping()[value.upper()]


def _log_format(value: str) -> bool:
    if value.lower() not in ("text", "json"):
        raise ValueError("should be text or json")
    return value.lower() == "json"


def _folder_or_no(value: str) -> Path | None:
    if value.lower() in _NO:
        return None
    path = Path(value).expanduser()
    if found_at(path) == "file":
        raise ValueError("is a file; it should be the path of a folder, or no")
    return path


def _number(value: str, *, most: int) -> int:
    if not re.fullmatch(r"\d{1,9}", value) or not 1 <= int(value) <= most:
        raise ValueError(f"should be a whole number from 1 to {most}")
    return int(value)


def _numbers(value: str) -> tuple[int, ...]:
    found = set[int]()
    for part in value.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if not re.fullmatch(r"\d{1,5}(?:-\d{1,5})?", part) or int(last or first) < int(first):
            raise ValueError("should be numbers, like 0-15 or 0,2,5-7")
        found.update(range(int(first), int(last or first) + 1))
    return tuple(sorted(found))


def _host_and_port(value: str) -> tuple[str, int]:
    found = re.fullmatch(r"(?:\[([\da-fA-F:]+)\]|([\w.-]+)):(\d{1,5})", value)
    if found is None or not 0 < int(found[3]) < 65536:
        raise ValueError("should be an address and a port, like 127.0.0.1:9108")
    return found[1] or found[2], int(found[3])


def _url(value: str) -> str:
    if not re.fullmatch(r"https://[^\s()<>]{4,400}", value):
        raise ValueError("should be the address of a page, https://…")
    return value


def _snowflake(value: str) -> int:
    if not re.fullmatch(r"\d{15,20}", value):
        raise ValueError("should be the id of a server, a number of 15 to 20 digits")
    return int(value)


def setting(name: str, read: Callable[[str], T], default: T, *, shown: bool = True) -> T:
    """Declare a setting by its *name* in the environment; *read* raises `ValueError` for a wrong value.

    The value appears in no log unless it is *shown*.
    """
    return field(default=default, repr=shown, metadata={"name": name, "read": read})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of the host. `.env.example` explains each."""

    token: str | None = setting("DISCORD_TOKEN", _token, None, shown=False)
    database: Path = DATABASE
    """The SQLite file. Its folder also has the other files of the bot."""
    server: str | None = field(default=None, repr=False)
    """URL of a PostgreSQL database, possibly with a password; None for SQLite."""
    direct: str | None = setting("DATABASE_DIRECT", _address_of_server, None, shown=False)
    """URL of the same database without a connection pooler; None if *server* has no pooler."""
    shard_count: int | None = setting("SHARD_COUNT", partial(_number, most=MOST_SHARDS), None)
    """Number of shards of all processes; None for Discord's recommendation, all in this process."""
    shards: tuple[int, ...] | None = setting("SHARDS", _numbers, None)
    """Shards of this process; None for all."""
    private_reading: bool = setting("PRIVATE_READING", _yes_or_no, True)
    """Whether ``/read`` is private by default."""
    unrated_is_mature: bool = setting("UNRATED", _unrated, False)
    """Whether stories without a rating count as mature."""
    adult_stories: bool = setting("ADULT_STORIES", _yes_or_no, True)
    """Whether the library accepts stories for adults."""
    stories_dir: Path = setting("STORIES_DIR", _folder, Path("seeds"))
    uploads_megabytes: int = setting("UPLOADS_MEGABYTES", partial(_number, most=10**9 - 1), 1000)
    """Maximum size of the uploads of all servers together, in megabytes."""
    log_level: int = setting("LOG_LEVEL", _level, logging.INFO)
    log_as_json: bool = setting("LOG_FORMAT", _log_format, False)
    """Whether log lines are JSON objects."""
    backups: Path | None = setting("BACKUPS", _folder_or_no, Path("data/backups"))
    """Folder for automatic backups; None for no backups."""
    backup_hours: int = setting("BACKUP_HOURS", partial(_number, most=24 * 366), 24)
    """Hours between automatic backups."""
    backups_kept: int = setting("BACKUPS_KEPT", partial(_number, most=1000), 3)
    metrics: tuple[str, int] | None = setting("METRICS", _host_and_port, None)
    """Host and port of the HTTP server for metrics; None for no server."""
    owner_server: int | None = setting("OWNER_SERVER", _snowflake, None)
    """Server with the command ``/bot``; None for no such command."""
    privacy_policy: str | None = setting("PRIVACY_POLICY", _url, None)
    """URL of the privacy policy; ``/help`` links to it."""
    terms: str | None = setting("TERMS", _url, None)
    """URL of the terms of service; ``/help`` links to it."""
    support: str | None = setting("SUPPORT", _url, None)
    """URL for help and reports; ``/help`` links to it."""
    sync_guild: int | None = setting("SYNC_GUILD", _snowflake, None)
    """Only server to sync commands to, which takes effect immediately; None for all servers."""

    @property
    def store(self) -> Path | str:
        """Argument of `Store.open`: the SQLite file or the PostgreSQL URL."""
        return self.server or self.database

    @property
    def pages(self) -> dict[str, str]:
        """Links of ``/help`` that have a URL."""
        pages = {"privacy": self.privacy_policy, "terms": self.terms, "support": self.support}
        return {name: url for name, url in pages.items() if url}

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> "Settings":
        """Read the settings. Raises `HostError` that names each wrong value and its correct form."""
        problems: list[str] = []

        def read(name: str, parse: Callable[[str], T], default_value: T, *, is_shown: bool = True) -> T:
            value = env.get(name, "").strip()
            if not value:
                return default_value
            try:
                return parse(value)
            except ValueError as error:
                shown = f"“{value}” " if is_shown and not re.search("://|password|@", value) else ""
                problems.append(f"{name} {shown}{error}")
            except HostError as error:
                problems.append(f"{name} {error}")
            return default_value

        database = read("DATABASE", _path_or_address, DATABASE)
        from_file = read("DATABASE_FILE", _address_from_file, None)
        if from_file is not None and env.get("DATABASE", "").strip():
            problems.append("DATABASE and DATABASE_FILE are both set: leave one of them out")
        declared = [each for each in fields(cls) if each.metadata]
        given = {
            each.name: read(each.metadata["name"], each.metadata["read"], each.default, is_shown=each.repr)
            for each in declared
        }
        settings = cls(
            database=database if isinstance(database, Path) else DATABASE,
            server=database if isinstance(database, str) else from_file,
            **given,
        )
        problems += settings._conflicts()
        if problems:
            raise HostError("Some settings are wrong (see .env.example):\n" + "\n".join(f"  {p}" for p in problems))
        return settings

    def _conflicts(self) -> Iterator[str]:
        """Yield a message for each conflict between settings."""
        if self.server and (lack := lacking_driver()):
            yield f"DATABASE {lack}"
        if self.direct and not self.server:
            yield "DATABASE_DIRECT needs DATABASE=postgresql://…: it is another way to the same database"
        if self.shards is None:
            return
        if self.shard_count is None:
            yield "SHARDS needs SHARD_COUNT: how many shards all processes have together"
        elif self.shards[-1] >= self.shard_count:
            yield f"SHARDS {self.shards[-1]} is not there: {self.shard_count} shards have the numbers from 0 on"
        if not self.server:
            yield "SHARDS needs DATABASE=postgresql://…: only processes on PostgreSQL share what they keep"


NAMES = ("DATABASE", "DATABASE_FILE", *(each.metadata["name"] for each in fields(Settings) if each.metadata))
"""Names of the settings in ``.env`` and in the environment."""


def misspelt(names: Iterable[str]) -> Iterator[str]:
    """Yield a question for each of the *names* in ``.env`` that looks like a misspelt setting."""
    for name in names:
        if name not in NAMES and (near := get_close_matches(name.upper(), NAMES, n=1, cutoff=0.8)):
            yield f".env: {name} is no setting. Did you mean {near[0]}?"
