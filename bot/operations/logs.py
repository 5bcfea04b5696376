"""Set up the log: its format, its filters and its level."""

import json
import logging
import traceback
from datetime import UTC, datetime

import discord

from bot.config import Settings
from bot.interactions.faults import reference

LIBRARIES = ("discord", "aiosqlite", "asyncio", "PIL")
"""Libraries whose DEBUG messages are suppressed, because such messages contain texts, ids and tokens."""


class JsonLines(logging.Formatter):
    """Formatter that writes each record as a JSON object, for log collectors."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if given := getattr(record, "reference", ""):
            line["reference"] = given
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = "".join(traceback.format_exception(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False)


def refer(record: logging.LogRecord) -> bool:
    """Logging filter that adds the current interaction's reference to the record."""
    record.reference = reference()
    return True


def refer_in_words(record: logging.LogRecord) -> bool:
    """Logging filter that prefixes the message with the current interaction's reference."""
    if given := reference():
        record.msg, record.args = f"[{given}] {record.getMessage()}", None
    return True


def log_as(settings: Settings) -> None:
    """Set up the log with the format and level of the settings."""
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice
    handler = logging.StreamHandler()
    handler.addFilter(refer if settings.log_as_json else refer_in_words)
    formatter = JsonLines() if settings.log_as_json else discord.utils.MISSING
    discord.utils.setup_logging(handler=handler, formatter=formatter, level=settings.log_level)
    for library in LIBRARIES:
        logging.getLogger(library).setLevel(max(settings.log_level, logging.INFO))
