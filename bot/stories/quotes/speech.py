"""Find the speech in a paragraph."""

from __future__ import annotations

import re

import regex

Speech = tuple[int, int]
"""Start and end of a speech, with its quotation marks; an unclosed one ends beyond the paragraph."""

DASHES = "—–―"
"""Dashes that begin speech without quotation marks."""

_MARK = re.compile('["“”„«»‘’「」『』]')
_CLOSED_BY = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "「": "」", "『": "』"}
_STRAIGHT = regex.compile(r"(?<![\w'])'(?=\w)[^'\n]*+(?:(?<=\w)'(?=\w)[^'\n]*+)*+(?<=[.,!?…—-])'(?!\w)")


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
