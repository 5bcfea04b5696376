"""Pages of FanFiction.Net: the line of details below title, author and summary, and the controls around a chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.stories.sections.blocks import Block
from bot.stories.sites.page import Item, Line

_HEAD_LINES = 80  # first lines that are searched for the line of details
_FOOT_LINES = 60  # last lines that are searched for the foot of the page
_END_OF_FILE = "End file."  # last line of a story that FanFicFare wrote as text
_SITE_WORDS = 4  # maximum words of a line of the site above a title

_RATED = re.compile(
    r"(?:Fiction )?Rated: (?:(?:Fiction )?(?:K\+?|T|M|MA) - .*|.*\b(?:Words|Chapters|Published|id): .*)"
)
_PHONE = re.compile(r"(?:(?P<category>\S.{0,150}?)\s+)?(?P<details>Rated: (?:K\+?|T|MA?), [A-Z][a-z]+, .+)")
"""The line of details on a mobile page, in which commas separate the details."""

_BY = re.compile(r"(?:By|Author):?\s+(?P<author>\S.{0,60}?)\s*(?:\+?\s*Follow/Fav\w*)?")
_TITLE_BY = re.compile(r"(?P<title>\S.{0,150}?)(?:\s+by:?|\s*By:)\s+(?P<author>\S.{0,60}?)\s*(?:\+?\s*Follow/Fav\w*)?")
_FOLLOWED = re.compile(r"(?:\+ - )?Follow/Fav\s*|\s{2,}.*|\t.*")
_PATH = re.compile(r"[»>|]")
_OPTION = re.compile(r"(?P<number>\d{1,4})\. (?P<title>.+)")
_CONTROL = re.compile(r"(?:\s*(?:Next >|< Prev|Next »|« Prev|Prev|Next|(?:A?\+|•) A?-.{0,60}|Ch \d+ of \d+.{0,20}))+")
_BELOW = re.compile(
    r"(?:The author would like to thank you for your continued support\.|Post Review As\b|"
    r"Favorite : Story|Share: Email|Story: Follow|Actions: Add).*"
)
_DETAIL = re.compile(r"([A-Z][a-z]+): (.+)")
_OF_READERS = frozenset({"reviews", "favs", "follows", "id"})


def read_fanfiction(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* with title, author and details of a story as labels; the list is empty for other pages."""
    whole, lines = len(lines), _without_foot(lines)
    rated = next((at for at, line in enumerate(lines[:_HEAD_LINES]) if details_in(line.text)), None)
    if rated is None:
        return list(lines) if len(lines) < whole else []
    found: list[Item] = [f"{label.capitalize()}: {value}" for label, value in details_in(lines[rated].text)]
    above, names = _names(lines[:rated])
    below, chapter = _ways(lines[rated + 1 :])
    return [*above, *names, *found, *chapter, *(replace(line, is_apart=True) for line in below[:1]), *below[1:]]


def details_in(line: str) -> list[tuple[str, str]]:
    """Return label and value of each detail in a line of details; an empty list for another line."""
    if (phone := _PHONE.fullmatch(line)) is not None:
        category = (phone["category"] or "").rpartition("» ")[2]
        return [*([("category", category)] if category else []), *_phone_details(phone["details"])]
    return list(_details_of(line)) if _RATED.fullmatch(line) else []


def _details_of(line: str) -> Iterator[tuple[str, str]]:
    """Yield the label and value of each detail about the story in ``Rated: Fiction T - English - Words: 1,234 - …``.

    Counts that come from readers, and the id, are skipped.
    """
    line = line.removeprefix("Fiction ")
    unnamed = iter(("language", "genre", "characters"))
    for detail in map(str.strip, line.split(" - " if " - " in line else ", ")):
        match = re.fullmatch(r"(\w+):\s*(.+)", detail)
        if detail == "Complete":
            yield "status", detail
            continue
        label, value = (match[1].lower(), match[2]) if match else (next(unnamed, "characters"), detail)
        if label == "rated":
            label, value = "rating", value.removeprefix("Fiction ")
        if value and label not in _OF_READERS:
            yield label, value


def _phone_details(line: str) -> Iterator[tuple[str, str]]:
    """Yield the label and value of each detail about the story on a mobile page.

    Language, genre and characters have no labels there. Counts that come from readers, and the id, are skipped.
    """
    unnamed = iter(("language", "genre"))
    characters: list[str] = []
    named: list[str] = []
    for detail in map(str.strip, line.split(",")):
        if _DETAIL.fullmatch(detail):
            named += re.split(r"\s+(?=[A-Z][a-z]+: )", detail)
        elif len(named) > 1 and re.fullmatch(r"\d{4}.*", detail):  # a date has a comma
            more = re.split(r"\s+(?=[A-Z][a-z]+: )", detail)
            named[-1] += f", {more[0]}"
            named += more[1:]
        elif label := next(unnamed, ""):
            yield label, detail
        elif detail:
            characters.append(detail)
    if characters:
        yield "characters", ", ".join(characters)
    for each in named:
        label, _, value = each.partition(": ")
        if label.lower() not in _OF_READERS:
            yield "rating" if label == "Rated" else label.lower(), value


def _names(lines: Sequence[Line]) -> tuple[list[Line], list[Item]]:
    """Return the lines above a story's title, and title, author and summary above its details as labels."""
    lines = [line for line in lines if not _FOLLOWED.fullmatch(line.text)]
    for at in range(len(lines) - 1, max(-1, len(lines) - 3), -1):
        if (named := _named(lines, at)) is not None:
            start = at if _BY.fullmatch(lines[at].text) is None else at - 1
            is_site = all(line.words <= _SITE_WORDS or _PATH.search(line.text) for line in lines[:start])
            above = [] if is_site or lines[start].text.startswith("Follow/Fav") else list(lines[:start])
            summary = [f"Summary: {line.text}" for line in lines[at + 1 :]]
            return above, [f"Title: {named[0]}", f"Author: {named[1]}", *summary]
    return list(lines), []


def _named(lines: Sequence[Line], at: int) -> tuple[str, str] | None:
    """Return title and author if line *at* has the author's name below or beside the title, else None."""
    if at and (by := _BY.fullmatch(lines[at].text)) is not None:
        return _FOLLOWED.sub("", lines[at - 1].text), by["author"]
    both = _TITLE_BY.fullmatch(lines[at].text)
    return (_FOLLOWED.sub("", both["title"]), both["author"]) if both is not None else None


def _ways(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Item]]:
    """Return *lines* without the controls above a chapter, and the chapter's heading if they name just one."""
    end = next((at for at, line in enumerate(lines) if not _is_way(line.text)), len(lines))
    while end and not any(_CONTROL.fullmatch(line.text) for line in lines[:end]) and lines[end - 1].is_apart:
        end -= 1
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
