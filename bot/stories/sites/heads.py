"""What sites put above a story in a fixed order: title, author, labels and counts, by the tables of ``heads.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_label
from bot.stories.sites.page import Item, Line

_SEARCHED = 60  # first lines that are searched for a head
_STORY_WORDS = 60  # maximum words of a line of a head
_UNKNOWN = 8  # maximum lines of a summary or other text between two lines of a head
_TITLE_CHARS = 150
_FEW_LABELS = 2  # maximum labels above the summary of a head
_CELLS = re.compile(r"\s*\|\s*|\s{2,}|\t")
_SENTENCE = re.compile(r".*[.!?…»”\"\]]")
_PATH = re.compile(r"[>|:]")

_Table = dict[str, list[re.Pattern[str]]]


@cache
def _heads() -> list[tuple[str, re.Pattern[str], _Table]]:
    """Return for each site where its title is, the pattern of its signs, and its other patterns."""
    tables = tomllib.loads(files("bot.stories.sites").joinpath("heads.toml").read_text("utf-8"))
    return [
        (
            table.pop("title_at")[0],
            re.compile("|".join(table.pop("sign")), re.I),
            {kind: [re.compile(each, re.I) for each in table[kind]] for kind in table},
        )
        for table in tables.values()
    ]


@dataclass(slots=True)
class _Head:
    """A head while its lines are read."""

    above: list[Line] = field(default_factory=list[Line])
    """Lines above the first label that are not the site's."""
    labels: list[str] = field(default_factory=list[str])
    """What is said of the story: ``Author: Wren``."""
    others: list[Line] = field(default_factory=list[Line])
    """Lines among the labels that are not known."""
    end: int = 0
    """Index of the line below the last known one."""

    def has(self, kind: str) -> bool:
        return any((label := read_label(text)) is not None and label.kind == kind for text in self.labels)


def read_head(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* with what a site says above a story as labels; an empty list if there is no head of a site."""
    first = lines[:_SEARCHED]
    texts = [line.text for line in first]
    for title_at, sign, table in _heads():
        if any(map(sign.fullmatch, texts)):
            head = _read(table, first)
            if head.labels and (found := _with_names(head, title_at, table, lines[head.end :])):
                return found
    return []


def _match(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.fullmatch(text))), None)


def _read(table: _Table, lines: Sequence[Line]) -> _Head:
    """Read the head of a site in the first *lines*."""
    head = _Head()
    waiting: list[Line] = []
    at = 0
    while at < len(lines) and lines[at].words <= _STORY_WORDS:
        text = lines[at].text
        if head.labels and (_match(table.get("ends", ()), text) or read_chapter(text) is not None):
            break
        at += 1
        role = _match(table.get("role", ()), text)
        role = role if role and (role["name"] or waiting) else None
        found = [f"{role['label'].capitalize()}: {role['name'] or waiting.pop().text}"] if role else _said(table, text)
        if found is None:
            waiting.append(lines[at - 1])
            most = _UNKNOWN if len(head.labels) <= _FEW_LABELS else 1
            if head.labels and (len(waiting) > most or sum(line.is_apart for line in waiting) > 1):
                break  # the story
            continue
        if found and found[-1].endswith(":"):  # the text of the label is below it
            start = at
            while at < len(lines) and not lines[at].is_apart and _said(table, lines[at].text) is None:
                at += 1
            found[-1] = " ".join([found[-1], *(line.text for line in lines[start:at])])
        (head.others if head.labels else head.above).extend(waiting)
        waiting.clear()
        head.labels += (each for each in found if not each.startswith(":"))
        head.end = at
    return head


def _said(table: _Table, text: str) -> list[str] | None:
    """Return what a line of a head says, as labels; None for a line that is not known.

    A label ends with its colon if its text is below it. One without a name says nothing of the story.
    """
    cells = [cell for cell in _CELLS.split(text) if cell]
    known = [_said_in(table, cell) for cell in cells] if len(cells) > 1 else [None]
    known = known if None not in known else [_said_in(table, text)]
    return None if None in known else [label for cell in known if cell is not None for label in cell]


def _said_in(table: _Table, cell: str) -> list[str] | None:
    for kind in ("title", "author", "details"):
        if (match := _match(table.get(kind, ()), cell)) is not None:
            return [f"{name.capitalize()}: {value.strip()}" for name, value in match.groupdict().items() if value]
    if (match := _match(table.get("label", ()), cell)) is not None:
        return [f"{match['label'].capitalize()}: {match['value']}".strip()]
    if (match := _match(table.get("unsaid", ()), cell)) is not None:
        return [f":{match['value']}"]
    if _match(table.get("gone", ()), cell):
        return []
    label = read_label(cell)
    return None if label is None else [cell if label.value else f"{label.label.capitalize()}:"]


def _with_names(head: _Head, title_at: str, table: _Table, below: Sequence[Line]) -> list[Item]:
    """Return the labels of a *head* with title, author and summary, and the lines *below* it; empty without a title."""
    title, others = None, head.others
    if not head.has("title"):
        above = head.above[-1:]
        first = [line for line in below[:1] if len(below) < 2 or below[1].is_apart]
        order = [*others, *first, *above] if title_at == "below" else [*above, *others]
        shown = [line for line in order if _may_be_title(line)]
        if not shown:
            return []
        title = shown[0]
        others = [line for line in others if line is not title]
        below = below[1:] if below and title is below[0] else below
    elif below and any(text.endswith(f": {below[0].text}") for text in head.labels):
        below = below[1:]  # the title once more
    author = next((text[len("Author: ") :] for text in head.labels if text.startswith("Author: ")), "")
    labels: list[str] = []
    if title is not None:
        counted = _match(table.get("behind", ()), title.text)
        labels.append(f"Title: {counted['title'] if counted else title.text.removesuffix(f' di {author}')}")
    told = [line.text for line in others if _SENTENCE.fullmatch(line.text)]
    more = [line.text for line in others if not _SENTENCE.fullmatch(line.text)]
    labels += [f"Summary: {' '.join(told)}"] if told and not head.has("summary") else []
    return [*labels, *head.labels, *([f"Details: {', '.join(more)}"] if more else []), *_apart(below)]


def _apart(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, is_apart=line.is_apart or at == 0) for at, line in enumerate(lines)]


def _may_be_title(line: Line) -> bool:
    return len(line.text) <= _TITLE_CHARS and not _SENTENCE.fullmatch(line.text) and not _PATH.search(line.text)
