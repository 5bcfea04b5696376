"""The details of a story as lines: its rating, status and warnings first."""

from collections.abc import Mapping

from bot.stories.formats.front_matter import DISPLACED
from bot.stories.metadata import MetadataField, field_of, value_of
from bot.texts import say
from bot.ui.limits import clip
from bot.ui.markdown import escape

NAME_CHARS = 40
VALUE_CHARS = 160
WARNINGS_CHARS = 300

_SHOWN_FIRST: tuple[MetadataField, ...] = ("rating", "status", "warnings")
_STEERING: tuple[MetadataField, ...] = ("quotes", "votes", "reviews", "downloads", "sharing", "servers")
"""Fields that tell the bot how to treat a story; readers do not see them."""


def details_text(metadata: Mapping[str, str], rating: str | None, status: str | None, limit: int) -> str:
    """Return the details in at most *limit* characters, a line each; the last line counts those left out."""
    warnings = value_of(metadata, "warnings")
    rows = [
        _row(say("details-rating"), _named(rating, value_of(metadata, "rating"))),
        _row(say("details-status"), _named(status, value_of(metadata, "status"))),
        _row(say("details-warnings"), warnings, WARNINGS_CHARS),
        *(_row(label.capitalize(), value) for label, value in metadata.items() if _is_detail(label, value)),
    ]
    return _fitting([row for row in rows if row], limit)


def _is_detail(label: str, value: str) -> bool:
    return field_of(label, value) not in (*_SHOWN_FIRST, *_STEERING) and not label.endswith(DISPLACED)


def _named(known: str | None, stated: str | None) -> str | None:
    """The file's own words, with what they come to where they do not say it: "NC-17" alone does not."""
    if known is None or stated is None:
        return stated or (known and known.capitalize())
    return stated if known in stated.lower() else f"{stated} ({known})"


def _row(name: str, value: str | None, limit: int = VALUE_CHARS) -> str:
    return f"{clip(name, NAME_CHARS, escape)}: {clip(value, limit, escape)}" if value else ""


def _fitting(rows: list[str], limit: int) -> str:
    text = ""
    for i, row in enumerate(rows):
        more = say("and-more", count=len(rows) - i)
        last = i == len(rows) - 1
        if len(text) + len(row) + (1 if last else len(more) + 2) > limit:
            return f"{text}\n{more}".strip()
        text = f"{text}\n{row}".strip()
    return text
