"""Whether a story is complete or goes on, as its file states or shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from bot.stories.metadata import value_of

Status = Literal["one-shot", "in progress", "complete", "on hiatus", "abandoned"]

# The order matters: "incomplete" is not complete, and of "one-shot, complete" the first word says more.
_WORDS: tuple[tuple[Status, str], ...] = (
    ("abandoned", r"abandon\w*|discontinued|dropped|cancell?ed|abgebrochen"),
    ("on hiatus", r"hiatus|paused?|on hold|en pausa|pausiert"),
    (
        "in progress",
        r"in[ -]?progress|wip|ongoing|on[ -]going|updating|incompleta?|incomplete|unfinished|unvollendet|"
        r"not (?:yet )?(?:complete\w*|finished|done)|tbc|to be continued|en cours|en proceso|em andamento|in arbeit|"
        r"laufend|in corso",
    ),
    ("one-shot", r"one[ -]?shot|drabble|ficlet|vignette"),
    (
        "complete",
        r"complete\w*|completa?|finished|done|finit?o?|terminée?|terminad[oa]|abgeschlossen|concluíd[oa]|conclus[oa]",
    ),
)
_OF = re.compile(r"\s*(\d+)\s*/\s*(\d+|\?)\s*")
_NOT_THE_END = re.compile(r"\W*(?:tbc|to be cont\w*|à suivre|continuará|continua|fortsetzung folgt)\b", re.I)


def read_status(metadata: Mapping[str, str], chapters: int, end_marker: str | None = None) -> Status | None:
    """Return the status of a story of so many *chapters*; None where nothing tells."""
    stated = value_of(metadata, "status")
    if stated is not None:
        return next((status for status, words in _WORDS if re.search(rf"\b(?:{words})\b", stated, re.I)), None)
    if counted := _OF.match(value_of(metadata, "chapters") or ""):
        there, all_of_them = counted.groups()
        if there != all_of_them:
            return "in progress"
        return "one-shot" if there == "1" else "complete"
    completed = value_of(metadata, "completed")
    if completed is not None:
        return "in progress" if completed.strip().lower() in ("no", "false", "not yet") else "complete"
    if end_marker is not None and _NOT_THE_END.match(end_marker):
        return "in progress"
    if chapters == 1:
        return "one-shot"
    return "complete" if end_marker is not None else None
