"""How the log looks, and what does not get into it."""

import json
import logging
import traceback
from datetime import UTC, datetime

import discord

from bot.config import Settings

LIBRARIES = ("discord", "aiosqlite", "asyncio", "PIL", "matplotlib")
"""They would write texts, ids and tokens."""


class JsonLines(logging.Formatter):
    """A line of the log as a JSON object, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = "".join(traceback.format_exception(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def log_as(settings: Settings) -> None:
    """Write the log as the settings want it."""
    if settings.log_as_json:
        discord.utils.setup_logging(level=settings.log_level, formatter=JsonLines())
    else:
        discord.utils.setup_logging(level=settings.log_level)
    for library in LIBRARIES:
        logging.getLogger(library).setLevel(max(settings.log_level, logging.INFO))
