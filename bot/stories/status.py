"""Determine a story's status, such as complete or in progress, from its labels, its chapters and its end mark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from bot.stories.metadata import value_of
from bot.stories.vocabulary import VOCABULARIES

Status = Literal["one-shot", "in progress", "complete", "on hiatus", "abandoned"]

_PATTERNS: dict[Status, re.Pattern[str]] = {
    status: re.compile(
        rf"\b(?:{'|'.join(phrase for each in VOCABULARIES.values() for phrase in each.statuses.get(status, ()))})\b",
        re.I,
    )
    # The order matters: "incomplete" is not complete, and "one-shot" is more precise than "complete".
    for status in ("abandoned", "on hiatus", "in progress", "one-shot", "complete")
}
_OF = re.compile(r"\s*(\d+)\s*/\s*(\d+|\?)\s*")
_NOT_THE_END = re.compile(r"\W*(?:tbc|to be cont\w*|à suivre|continuará|continua|fortsetzung folgt)\b", re.I)


def read_status(metadata: Mapping[str, str], chapters: int, end_marker: str | None = None) -> Status | None:
    """Return the status of a story with this number of *chapters*, or None if the status is unknown."""
    stated = value_of(metadata, "status")
    if stated is not None:
        return next((status for status, pattern in _PATTERNS.items() if pattern.search(stated)), None)
    if counted := _OF.match(value_of(metadata, "chapters") or ""):
        posted, planned = counted.groups()
        if posted != planned:
            return "in progress"
        return "one-shot" if posted == "1" else "complete"
    completed = value_of(metadata, "completed")
    if completed is not None:
        return "in progress" if completed.strip().lower() in ("no", "false", "not yet") else "complete"
    if end_marker is not None and _NOT_THE_END.match(end_marker):
        return "in progress"
    if chapters == 1:
        return "one-shot"
    return "complete" if end_marker is not None else None
