"""Pages of FanFiction.Net copied as text: remove the site's text, and turn the line of details into labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END_OF_FILE = "End file."  # last line of a story that FanFicFare wrote as text
_SEARCHED = 6000  # characters searched for the end of the page header
_FOOT = 4000  # characters from the end that are searched for the page footer

_DETAIL = re.compile(r"([A-Z][a-z]+): (.+)")
_OF_READERS = frozenset({"reviews", "favs", "follows", "id"})
_PHONE = r"Rated: (?P<rating>K\+?|T|MA?), (?P<details>[A-Z][a-z]+, [^\n]+)"
PHONE_DETAILS = re.compile(_PHONE)
"""The line of details on a mobile page."""

_PHONE_HEAD = re.compile(
    rf"^[ \t]*(?P<title>\S[^\n]{{0,150}}) by (?P<author>\S[^\n]{{0,60}})\n\s*"
    rf"(?:(?P<category>\S[^\n]{{0,150}}?)\s+)?{_PHONE}\n(?:\s*Ch \d+ of \d+[^\n]*\n)?",
    re.M,
)
_HEAD = re.compile(
    r"^[ \t]*(?:Follow/Fav[ \t]*)?(?P<title>\S[^\n]{0,150})\n[ \t]*(?P<by>By:?[ \t]+\S[^\n]{0,60})\n"
    r"(?P<summary>[ \t]*\S[^\n]{0,500}\n)?\s*(?P<rated>Rated: (?:Fiction )?(?:K\+?|T|MA?) - [^\n]+)\n"
    r"(?P<ways>(?:[^\n]*\S[^\n]*\n)*)",
    re.M,
)
_OPTION = re.compile(r"[ \t]*(?P<number>\d{1,4})\. (?P<title>[^\n]+?)[ \t]*")
_CONTROL = re.compile(r"[ \t]*(?:Next >|< Prev|Next »|« Prev|Prev|Next|\+ - .{0,60}|Ch \d+ of \d+.{0,20})+[ \t]*")
_BELOW = re.compile(
    r"^[ \t]*(?:The author would like to thank you for your continued support\.|Post Review As\b|"
    r"Favorite : Story|Share: Email|Story: Follow|Actions: Add)",
    re.M,
)


def details_of(line: str) -> Iterator[tuple[str, str]]:
    """Yield the label and value of each detail about the story in ``Rated: Fiction T - English - Words: 1,234 - …``.

    Counts that come from readers, and the id, are skipped.
    """
    line = line.removeprefix("Fiction ")
    unnamed = iter(("language", "genre", "characters"))
    for detail in map(str.strip, line.split(" - " if " - " in line else ", ")):
        match = re.fullmatch(r"(\w+): (.+)", detail)
        if detail == "Complete":
            yield "status", detail
            continue
        label, value = (match[1].lower(), match[2]) if match else (next(unnamed, "characters"), detail)
        if label == "rated":
            label, value = "rating", value.removeprefix("Fiction ")
        if value and label not in _OF_READERS:
            yield label, value


def phone_details(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield the label and value of each detail about the story on a mobile page; *found* matches its line of details.

    Counts that come from readers, and the id, are skipped. Language, genre and characters have no labels on the page.
    """
    yield "rating", found["rating"]
    unnamed = iter(("language", "genre"))
    characters: list[str] = []
    named: list[list[str]] = []
    for detail in map(str.strip, found["details"].split(",")):
        if match := _DETAIL.fullmatch(detail):
            named.append([match[1].lower(), match[2]])
        elif named and re.fullmatch(r"\d{4}.*", detail):  # a date has a comma
            named[-1][1] += f", {detail}"
        elif label := next(unnamed, ""):
            yield label, detail
        elif detail:
            characters.append(detail)
    if characters:
        yield "characters", ", ".join(characters)
    for name, value in named:
        for label, part in _split_detail(name, value):
            if label not in _OF_READERS:
                yield label, part


def _split_detail(label: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a detail, and others that follow it without a comma: ``Published: 3/4 Updated: 4/5``."""
    first, *others = re.split(r"\s+(?=[A-Z][a-z]+: )", value)
    yield label, first
    for other in others:
        name, _, rest = other.partition(": ")
        yield name.lower(), rest


def without_story_page(text: str) -> str:
    """Return *text* with its page header reduced to title, author and details, without controls and footer."""
    if text.rstrip().endswith(f"\n{_END_OF_FILE}"):
        text = text.rstrip().removesuffix(_END_OF_FILE)
    head = text[:_SEARCHED] if "Rated: " in text[:_SEARCHED] else ""
    if (found := _PHONE_HEAD.search(head)) is not None and _is_only_site(head[: found.start()]):
        lines = [f"Title: {found['title']}", f"Author: {found['author']}"]
        lines += [f"Category: {found['category'].rpartition('» ')[2]}"] if found["category"] else []
        lines += [f"{label.capitalize()}: {value}" for label, value in phone_details(found)]
        return "\n".join([*lines, "", _without_foot(text[found.end() :])])
    if (found := _HEAD.search(head)) is not None and _is_only_site(head[: found.start()]):
        chosen = _chapter(found["ways"])
        above = "".join((f"{found['title']}\n{found['by']}\n{found['summary'] or ''}{found['rated']}\n\n", chosen))
        return above + _without_foot(text[found.end() :])
    return text


def _is_only_site(above: str) -> bool:
    """Return whether the text above a header has only short lines, which are the site's."""
    return all(len(line.split()) <= 4 for line in above.splitlines())


def _chapter(ways: str) -> str:
    """Return the chapter heading that the lines below a header name; empty if they list all chapters.

    Other lines are returned unchanged.
    """
    lines = [line for line in ways.splitlines() if line.strip() and not _CONTROL.fullmatch(line)]
    options = [match for line in lines if (match := _OPTION.fullmatch(line)) is not None]
    if len(lines) != 1 or len(options) != 1 or re.search(r" \d{1,4}\. \S", options[0]["title"]):
        return "" if len(options) == len(lines) else "\n".join([*lines, ""])
    title = re.sub(r"Chapter \d+:? ?", "", options[0]["title"])
    return f"Chapter {options[0]['number']}{f': {title}' if title else ''}\n\n"


def _without_foot(text: str) -> str:
    start = max(0, len(text) - _FOOT)
    found = _BELOW.search(text, start)
    lines = text[: found.start() if found else len(text)].rstrip().split("\n")
    while lines and (
        not lines[-1].strip() or _CONTROL.fullmatch(lines[-1]) or (found and _OPTION.fullmatch(lines[-1]))
    ):
        lines.pop()
    return "\n".join(lines) + "\n"


# -- the header of a story -------------------------------------------------------------

_RATED = re.compile(
    r"^(?:Fiction )?Rated: (?:Fiction )?(?:K\+?|T|M|MA)\b[^\n]*?\b(?:Words|Chapters|Published|id): [^\n]*$", re.M
)
_ABOVE_RATED = re.compile(
    r"\s*(?P<title>\S[^\n]{0,150}?)[ \t]*(?:[ \t]{2,}[^\n]*|\t[^\n]*)?"
    r"(?:\n\s*(?:By|Author):?[ \t]+(?P<below>\S[^\n]{0,60}?)|[ \t]by:?[ \t]+(?P<beside>\S+))"
    r"[ \t]*(?:\+?[ \t]*Follow/Fav\w*)?[ \t]*\n\s*(?P<summary>\S[^\n]{0,500}\n)?\s*"
)


_FOLLOWED = re.compile(r"(?:.*\n)*?[ \t]*Follow/Fav\w*[ \t]+(?=\S[^\n]*\n\s*By:)")


def _above_rated(head: str) -> re.Match[str] | None:
    """Match title, author and summary above the details of a story, below any navigation; None if they do not match."""
    return _ABOVE_RATED.fullmatch(_FOLLOWED.sub("", head, count=1))


def without_rated_head(text: str) -> str:
    """Return *text* with title, author, summary and details of a story as labelled lines."""
    head = text[:_SEARCHED]
    rated = _RATED.search(head)
    if rated is None:
        return text
    above = _above_rated(head[: rated.start()])
    if above is None:  # the lines above may have labels already
        return text[: rated.start()] + _rated_fields(rated[0]) + text[rated.end() :]
    lines = [f"Title: {above['title']}", f"Author: {above['below'] or above['beside']}"]
    lines += [f"Summary: {above['summary'].strip()}"] if above["summary"] else []
    return "\n".join([*lines, _rated_fields(rated[0])]) + text[rated.end() :]


def _rated_fields(rated: str) -> str:
    """Return a line of details, ``Rated: Fiction T - English - Chapters: 3``, as a labelled line for each detail."""
    return "\n".join(f"{label.capitalize()}: {value}" for label, value in details_of(rated))
