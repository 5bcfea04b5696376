"""Pages of FanFiction.Net: the line of details below title, author and summary, and the controls around a chapter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.stories.sections.blocks import Block
from bot.stories.sites.page import Item, Line

_HEAD_LINES = 80  # first lines that are searched for the line of details
_FOOT_LINES = 60  # last lines that are searched for the foot of the page
_END_OF_FILE = "End file."  # last line of a story that FanFicFare wrote as text

_RATED = re.compile(
    r"(?:Fiction )?Rated: (?:(?:Fiction )?(?:K\+?|T|M|MA) - .*|.*\b(?:Words|Chapters|Published|id): .*)"
)
_PHONE = re.compile(
    r"(?=.*Rated: )(?:(?P<category>\S.{0,150}?)\s+)?(?P<details>Rated: (?:K\+?|T|MA?), [A-Z][a-z]+, .+)|"
    r"(?:K\+?|T|MA?), [A-Z][a-z]+, .*\bwords: .+"
)
"""The line of details on a mobile page, in which commas separate the details."""

_BY = re.compile(r"(?:By|Author):?\s+(?P<author>\S.{0,60}?)\s*(?:\+?\s*Follow/Fav\w*)?")
_TITLE_BY = re.compile(r"(?P<title>\S.{0,150}?)(?:\s+by:?|\s*By:)\s+(?P<author>\S.{0,60}?)\s*(?:\+?\s*Follow/Fav\w*)?")
_FOLLOWED = re.compile(r"(?:\+ - )?Follow/Fav\s*|\s{2,}.*|\t.*")
_OPTION = re.compile(r"(?P<number>\d{1,4})\. (?P<title>.+)")
_CONTROL = re.compile(r"(?:\s*(?:Next >|< Prev|Next »|« Prev|Prev|Next|(?:A?\+|•) A?-.{0,60}|Ch \d+ of \d+.{0,20}))+")
_BELOW = re.compile(
    r"(?:The author would like to thank you for your continued support\.|Post Review As\b|"
    r"Favorite : Story|Share: Email|Story: Follow|Actions: Add).*"
)
_DETAIL = re.compile(r"(\w+):\s*(.+)")
_BETWEEN = re.compile(r",\s+(?!\d{4}\b)|\s+(?=[A-Z][a-z]+: )")  # a date has a comma, too
_OF_READERS = frozenset({"reviews", "favs", "follows", "id"})


def read_fanfiction(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* with title, author and details of a story as labels; the list is empty for other pages."""
    whole, lines = len(lines), _without_foot(lines)
    rated = next((at for at, line in enumerate(lines[:_HEAD_LINES]) if details_in(line.text)), None)
    if rated is None:
        return list(lines) if len(lines) < whole else []
    found: list[Item] = [f"{label.capitalize()}: {value}" for label, value in details_in(lines[rated].text)]
    below, chapter = _ways(lines[rated + 1 :])
    return [*_names(lines[:rated]), *found, *chapter, *(replace(line, is_apart=True) for line in below[:1]), *below[1:]]


def details_in(line: str) -> list[tuple[str, str]]:
    """Return label and value of each detail in a line of details; an empty list for another line.

    Language, genre and characters have no labels there. Counts that come from readers, and the id, are skipped.
    """
    phone = _PHONE.fullmatch(line)
    if phone is None and not _RATED.fullmatch(line):
        return []
    typed = (phone["details"] or f"Rated: {line}") if phone else line.removeprefix("Fiction ")
    unnamed = iter(("language", "genre"))
    details = {"category": (phone["category"] or "").rpartition("» ")[2]} if phone else dict[str, str]()
    for detail in typed.split(" - ") if " - " in typed else _BETWEEN.split(typed):
        named = _DETAIL.fullmatch(detail.strip())
        if named is not None:
            label, value = named[1].lower(), named[2].removeprefix("Fiction ")
        else:
            label, value = "status" if detail == "Complete" else next(unnamed, "characters"), detail.strip()
        label = "rating" if label == "rated" else label
        details[label] = f"{details[label]}, {value}" if label in details else value
    return [(label, value) for label, value in details.items() if value and label not in _OF_READERS]


def _names(lines: Sequence[Line]) -> list[Item]:
    """Return title, author and summary above a story's details as labels, or *lines* if no author is named there."""
    lines = [line for line in lines if not _FOLLOWED.fullmatch(line.text)]
    for at in range(len(lines) - 1, max(-1, len(lines) - 3), -1):
        by, both = _BY.fullmatch(lines[at].text), _TITLE_BY.fullmatch(lines[at].text)
        title, author = (lines[at - 1].text, by["author"]) if by and at else both.groups() if both else ("", "")
        if title:
            summary = [f"Summary: {line.text}" for line in lines[at + 1 :]]
            title = (
                _FOLLOWED.sub("", title).replace(" > ", " » ").rpartition(" » ")[2]
            )  # ``Games » Saltmarsh » The Last Friday``
            return [f"Title: {title}", f"Author: {author}", *summary]
    return list(lines)


def _ways(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Item]]:
    """Return *lines* without the controls above a chapter, and the chapter's heading if they name just one."""
    end = next((at for at, line in enumerate(lines) if not _is_way(line.text)), len(lines))
    if not any(_CONTROL.fullmatch(line.text) for line in lines[:end]):
        end = next((at for at, line in enumerate(lines[:end]) if at and line.is_apart), end)
    options = [match for line in lines[:end] if (match := _OPTION.fullmatch(line.text)) is not None]
    if len(options) != 1 or re.search(r" \d{1,4}\. \S", options[0]["title"]):
        return lines[end:], []
    title = re.sub(r"Chapter \d+:? ?", "", options[0]["title"])
    heading = f"Chapter {options[0]['number']}{f': {title}' if title else ''}"
    return lines[end:], [Block((heading,), is_heading=True)]


def _is_way(line: str) -> bool:
    return _CONTROL.fullmatch(line) is not None or _OPTION.fullmatch(line) is not None


def _without_foot(lines: Sequence[Line]) -> Sequence[Line]:
    """Return *lines* without the controls and forms below a chapter."""
    start = max(0, len(lines) - _FOOT_LINES)
    end = next((at for at in range(start, len(lines)) if _BELOW.fullmatch(lines[at].text)), len(lines))
    while end and (
        _CONTROL.fullmatch(lines[end - 1].text)
        or lines[end - 1].text == _END_OF_FILE
        or (end < len(lines) and _OPTION.fullmatch(lines[end - 1].text))
    ):
        end -= 1
    return lines[:end]
