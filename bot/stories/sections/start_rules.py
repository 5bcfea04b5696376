"""Correct the most probable roles of the first lines by rules, each for one habit of authors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.stories.sections.author_lines import is_byline_word
from bot.stories.sections.blocks import Block
from bot.stories.sections.dedications import is_dedicated
from bot.stories.sections.looks import Line
from bot.stories.sections.naming_words import naming_pattern
from bot.stories.sections.notes import is_greeting, is_telling
from bot.stories.sections.opening import is_from_to
from bot.stories.sections.ornaments import QUOTED
from bot.stories.sections.signs import Read
from bot.stories.sections.title_lines import read_title_line

_TITLE_LINE = 120  # maximum characters of a line with title and author


def apply_rules(read: Read, lines: Sequence[Line]) -> Read:
    """Return *read*, the roles of the first *lines*, corrected by all rules of this module."""
    for rule in (
        _with_name_below,
        _with_signed_title,
        _past_owner,
        _past_quoted_title,
        _past_dedication,
        _with_title_above_dedication,
        _from_viewpoint,
    ):
        read = rule(read, lines)
    return read


def may_be_title(line: Line) -> bool:
    """Return whether *line* may be the title although the other roles are unsure."""
    if line.kind not in ("", "a byline") or len(line.text) > _TITLE_LINE or is_from_to(Block((line.text,))):
        return False
    return not is_sentence(line.text) and not is_greeting(line.text)


def is_sentence(line: str) -> bool:
    """Return whether *line* is a sentence, and not a title with a full stop."""
    return line.endswith((".", "。")) and (len(line.split()) > _TITLE_WORDS or line[:1] in '"“«„「—–')


_TITLE_WORDS = 6  # maximum words of a title with a full stop


def _with_name_below(read: Read, _: Sequence[Line]) -> Read:
    """Return *read*; the line below a lone ``by`` becomes the author."""
    at = next((n for n, (line, _) in enumerate(read[:-2]) if is_byline_word(line.text)), None)
    if at is None:
        return read
    named: Read = [(line, "author") for line, _ in read[at : at + 2]]
    others: Read = [(line, "said" if role == "author" else role) for line, role in read]
    return [*others[:at], *named, *others[at + 2 :]]


def _with_signed_title(read: Read, _: Sequence[Line]) -> Read:
    """Return *read*; if no line is title or author yet, a line with a byline becomes the title."""
    if any(role in ("title", "author") for _, role in read):
        return read
    signed = (
        n
        for n, (line, role) in enumerate(read[:-1])
        if role == "said" and not line.kind and len(line.text) <= _TITLE_LINE
        if read_title_line(line.text, is_signed=False).author is not None
    )
    at = next(signed, None)
    return read if at is None else [*read[:at], (read[at][0], "title"), *read[at + 1 :]]


def _past_owner(read: Read, _: Sequence[Line]) -> Read:
    """Return *read*; a line that names the owner of the story's world (``The Harbour © Ann Vane``) is no title.

    The title is then the next line with ``©``, or the line above, if the line below names the author.
    """
    at = next((n for n, (line, role) in enumerate(read[:-2]) if role == "title" and "©" in line.text), None)
    if at is None or read[at + 1][1] == "told":
        return read
    if "©" not in read[at + 1][0].text:
        above = next((n for n in range(at - 1, -1, -1) if not read[n][0].is_rule), None)
        if above is None or read[at + 1][1] != "author" or not may_be_title(read[above][0]):
            return read
        titled: Read = [(read[above][0], "title"), *read[above + 1 : at], (read[at][0], "said")]
        return [*read[:above], *titled, *read[at + 1 :]]
    return [*read[:at], (read[at][0], "said"), (read[at + 1][0], "title"), *read[at + 2 :]]


def _past_quoted_title(read: Read, lines: Sequence[Line]) -> Read:
    """Return *read*; a quoted first line becomes the title if a letter or a diary begins below."""
    if len(read) > 1 or len(lines) <= 1 or not lines[0].of.is_line or QUOTED.fullmatch(lines[0].text) is None:
        return read
    if lines[0].text[-2] in ".,!?…" or len(lines[0].text.split()) > _WORDS_IN_MARKS:
        return read
    is_letter = lines[1].kind in ("a date", "a salutation") and lines[1].gap > 0
    return [(lines[0], "title"), (lines[1], "told")] if is_letter else read


_WORDS_IN_MARKS = 10  # maximum words of a title in quotation marks


def _past_dedication(read: Read, lines: Sequence[Line]) -> Read:
    """Return *read*; if the story begins with a dedication, its beginning moves below the dedication."""
    last = read[-1][0]
    below = lines[len(read) :]
    if len(read) == 1 or not below or not last.of.is_line or below[0].gap == 0 or not is_dedicated(last.text):
        return read
    first = next((n for n, line in enumerate(below) if not line.is_rule), None)
    if first is None or below[first].kind:
        return read
    above: Read = [*read[:-1], (last, "said"), *((line, "said") for line in below[:first])]
    return [*above, (below[first], "told")]


def _with_title_above_dedication(read: Read, _: Sequence[Line]) -> Read:
    """Return *read*; the line right above a dedication becomes the title if no other line is the title."""
    dedicated = (n for n, (line, role) in enumerate(read[:-1]) if role == "said" or "," in line.text)
    at = next((n for n in dedicated if is_dedicated(read[n][0].text)), 0)
    if at == 0 or any(role == "title" for n, (_, role) in enumerate(read) if n != at):
        return read
    above = read[at - 1][0]
    if not above.of.is_line or not may_be_title(above) or is_telling(Block((above.text,))):
        return read
    return [*read[: at - 1], (above, "title"), (read[at][0], "said"), *read[at + 1 :]]


def _from_viewpoint(read: Read, _: Sequence[Line]) -> Read:
    """Return *read*; the story's beginning moves up to a line that names the narrator: ``Anna's POV``."""
    above = read[-2] if len(read) > 1 else None
    if above is None or above[1] != "said" or above[0].kind or not above[0].of.is_line:
        return read
    is_viewpoint = len(above[0].text) <= _VIEWPOINT_CHARS and _viewpoint().fullmatch(above[0].text) is not None
    return [*read[:-2], (above[0], "told")] if is_viewpoint else read


_VIEWPOINT_CHARS = 40  # maximum characters of a line that names the narrator


@cache
def _viewpoint() -> re.Pattern[str]:
    names = r"[^\W\d_a-z](?:\w|['’. ])*"
    words = naming_pattern("viewpoints")
    return re.compile(rf"\W*(?:{names} (?i:{words})|(?i:{words})\W+(?:(?:of|de|d['’]|di|do|da) ?)?{names})\W*")
