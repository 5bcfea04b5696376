"""Find the speech in a paragraph, and determine whether the paragraph names the speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

import regex

Speech = tuple[int, int]
"""Start and end of a speech, with its quotation marks; an unclosed one ends beyond the paragraph."""

DASHES = "—–―"
"""Dashes that begin speech without quotation marks."""

_NARRATION_CHARS = 8  # minimum characters beside speech that name a speaker: "he said."
_MARK = re.compile('["“”„«»‘’「」『』]')
_CLOSED_BY = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "「": "」", "『": "』"}
_STRAIGHT = regex.compile(r"(?<![\w'])'(?=\w)[^'\n]*+(?:(?<=\w)'(?=\w)[^'\n]*+)*+(?<=[.,!?…—-])'(?!\w)")

# A speaker after speech that begins with a dash: behind another dash, a French pronoun behind its verb, or beside a
# common verb of speech.
_SPEAKER = re.compile(
    r"[^\s—–―][\s,.!?…]*[—–―]|[-\s](?:t-)?(?:il|elle|on|ils|elles)\b"
    r"|\b(?:dit|demanda|répondit|répliqua|reprit|cria|murmura|déclara|ajouta|said|cried|asked|replied|answered)\b"
)


def speeches(paragraph: str) -> list[Speech]:
    """Return the speeches in quotation marks; speech that begins with a dash is left out."""
    found: list[Speech] = []
    opened, start = "", 0
    for mark in _MARK.finditer(paragraph):
        sign, at = mark[0], mark.start()
        if opened:
            if sign in _CLOSED_BY[opened] and not (sign == "’" and paragraph[at + 1 : at + 2].isalpha()):
                found.append((start, at + 1))
                opened = ""
        elif sign in _CLOSED_BY:
            opened, start = sign, at
    if opened:
        found.append((start, len(paragraph) + 1))
    if not found and paragraph.count("'") > 1:
        found = [match.span() for match in _STRAIGHT.finditer(paragraph)]
    return found


def names_speaker(passage: str, spoken: Sequence[Speech]) -> bool:
    """Return whether a passage with speech names the speaker."""
    if passage[0] in DASHES:
        return _SPEAKER.search(passage, 1) is not None
    return len(passage) - sum(end - start for start, end in spoken) >= _NARRATION_CHARS
