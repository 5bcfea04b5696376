"""Works of Archive of Our Own: a page that was copied or saved, and a download.

A work has its labels, its title and its author above the summary and the notes; each chapter has its own summary and
notes, and a line of the site above its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.stories.model import Refused
from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import read_label
from bot.stories.sites.page import Item, Line

NO_WORK = "this page of Archive of Our Own holds no story: open the work itself and download it there"

_HEAD_LINES = 150  # maximum lines above the text of a work or a chapter
_WARNING = "This work could have adult content. If you"
_PROCEED = re.compile(r"(?:Yes, Continue|Proceed)\b.*")
_POSTED = re.compile(r"Posted originally on the Archive of Our Own at\b.*")
_OVER_TEXT = re.compile(r"(?:Work|Chapter) Text:?")
_OVER_NOTES = re.compile(r"(?:Chapter )?(?:(?P<summary>Summary)|(?:End )?Notes):?")
_CHAPTER = re.compile(r"Chapter \d+\b.*")
_SEE_NOTES = re.compile(r"\(See the end of the (?:work|chapter) for (?:more |other )?notes.{0,60}\)", re.I)
_OF_DOWNLOAD = re.compile(
    r"Preface|Afterword|(?:(?:Chapter )?Notes\s+)?See the end of the (?:work|chapter) for (?:more )?notes|"
    r"Please drop by the Archive and comment to let the \w+ know if you enjoyed their work!|"
    r"Posted originally on the Archive of Our Own at\b.*",
    re.I,
)
_ABOVE = re.compile(r"Work Header")
_SITE = re.compile(r"Archive of Our Own(?:\s*beta)?")
_TOP = re.compile(r"(?:Actions\s+)?↑ ?Top(?:\s+(?:\W\s*)?(?:Kudos|Comments?|Bookmark|Next|Previous|←).*)?")
_OF_READERS = re.compile(r".*\b(?:Kudos|Comments|Bookmark)\b.*")
_SERIES = re.compile(r"Series this work belongs to:")
_NAVIGATION = re.compile(r"\s*(?:← ?Previous Work|Next Work ?→)\s*")
_STATS = "Published|Updated|Completed|Words|Chapters|Comments|Kudos|Bookmarks|Hits"
_STAT = re.compile(rf"\s*({_STATS}):\s*")
_FIELD = re.compile(
    r"(?P<label>Rating|Archive Warnings?|Category|Categories|Fandoms?|Relationships?|Characters?|Additional Tags|"
    rf"Language|Series|Collections?|Stats|{_STATS}):\s*(?P<value>.*)"
)
_FROM_READERS = frozenset({"Comments", "Kudos", "Bookmarks", "Hits", "Stats"})


def read_work(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* with title, author and labels of a work as labels, and its notes as notes.

    The site's lines around it are left out. The list is empty for other pages. Raises `Refused` for a page that
    has only a content warning.
    """
    if any(line.text.startswith(_WARNING) for line in lines[:_HEAD_LINES]) and _has(_PROCEED, lines[:_HEAD_LINES]):
        raise Refused("no-work", NO_WORK)
    whole, lines = len(lines), _within(lines)
    if not lines:
        return []
    is_download = _has(_POSTED, lines[:_HEAD_LINES])
    lines = _without_ways(lines, [_SEE_NOTES, _OF_DOWNLOAD] if is_download else [_SEE_NOTES])
    texts = [at for at, line in enumerate(lines) if _OVER_TEXT.fullmatch(line.text)]
    if not texts and not is_download:
        return list(lines) if len(lines) < whole else []
    end = texts[0] if texts else min(len(lines), _HEAD_LINES)
    found = [*_head(lines[:end], is_whole=bool(texts))]
    for text, below in pairwise([*texts, len(lines)]):
        found += _chapter(lines[text + 1 : below], is_last=below == len(lines))
    return [*found, *([] if texts else lines[end:])]


def _without_ways(lines: Sequence[Line], ways: Sequence[re.Pattern[str]]) -> list[Line]:
    """Return *lines* without the *ways* to other notes, and without the heading of notes that are elsewhere.

    What is below them is apart.
    """
    is_way = [any(way.fullmatch(line.text) for way in ways) for line in lines]
    gone = [
        here or (below and len(ways) > 1 and _OVER_NOTES.fullmatch(line.text) is not None)
        for line, here, below in zip(lines, is_way, [*is_way[1:], False], strict=True)
    ]
    return [
        replace(line, is_apart=True) if above else line
        for line, here, above in zip(lines, gone, [False, *gone], strict=False)
        if not here
    ]


def _has(pattern: re.Pattern[str], lines: Sequence[Line]) -> bool:
    return any(pattern.fullmatch(line.text) for line in lines)


def _within(lines: Sequence[Line]) -> Sequence[Line]:
    """Return *lines* without the site's navigation above the labels of a work, and without its buttons and comments."""
    start = next((at + 1 for at, line in enumerate(lines[:_HEAD_LINES]) if _ABOVE.fullmatch(line.text)), 0)
    if not start and _has(_SITE, lines[:_HEAD_LINES]):
        start = next((at for at, line in enumerate(lines[:_HEAD_LINES]) if line.text == "Rating:"), 0)
    end = next((at for at in range(start, len(lines)) if _is_foot(lines, at)), len(lines))
    series = next((at for at in range(max(start, end - 12), end) if _SERIES.fullmatch(lines[at].text)), end)
    return lines[start:series]


def _is_foot(lines: Sequence[Line], at: int) -> bool:
    return _TOP.fullmatch(lines[at].text) is not None and _has(_OF_READERS, lines[at:])


def _head(lines: Sequence[Line], *, is_whole: bool) -> Iterator[Item]:
    """Yield the items above the text of a work; if *is_whole*, the lines end above the text."""
    over = next((at for at, line in enumerate(lines) if _heads_notes(line.text)), len(lines))
    fields = [at for at, line in enumerate(lines[:over]) if _is_field(line.text)]
    first, below = (fields[0], fields[-1] + 1) if fields else (0, 0)
    if fields and lines[fields[-1]].text.endswith(":"):
        below += 1  # the value of the last label is on the next line
    end = over if is_whole else min(over, below + 2)
    names = lines[below:end] or lines[:first]
    names = names[:2] if len(names) == 3 and names[2].text.startswith("For ") else names
    names = names if fields else names[-2:]
    names = names if len(names) == 2 else lines[:0]
    if names:
        author, _, recipient = names[1].text.removeprefix("by ").partition(" for ")
        yield from (f"Title: {names[0].text}", f"Author: {author}", *([f"Recipient: {recipient}"] if recipient else []))
    yield from (line for line in lines[:first] if line not in names and (not names or line.text != names[0].text))
    yield from _labels(lines[first:below])
    yield from (line for line in lines[below:end] if line not in names)
    yield from _with_notes(lines[end:], is_whole=is_whole)


def _is_field(text: str) -> bool:
    label = read_label(text)
    return _FIELD.fullmatch(text) is not None or (label is not None and label.kind == "metadata" and label.value != "")


def _heads_notes(text: str) -> bool:
    label = read_label(text)
    is_note = label is not None and label.kind in ("summary", "note")
    return is_note or _OVER_NOTES.fullmatch(text) is not None or _CHAPTER.match(text) is not None


def _labels(lines: Sequence[Line]) -> Iterator[str]:
    """Yield each field among *lines*, the labels of a work, on a line of its own, but for counts of reactions."""
    label, values = "", list[str]()
    for line in (*lines, None):
        if line is not None and not _is_field(line.text):
            values.append(line.text)
            continue
        value = _NAVIGATION.sub("", " ".join(values))
        shown = stats_in(f"{label}: {value}" if label != "Stats" else value) or [(label, value)]
        yield from (f"{name}: {said}" for name, said in shown if name not in ("", *_FROM_READERS))
        label, _, value = line.text.partition(":") if line is not None else ("", "", "")
        label, values = label.strip(), [value.strip()] if value.strip() else []


def stats_in(text: str) -> list[tuple[str, str]]:
    """Return the name and the value of each date and count in the line of statistics of a work."""
    _, *stats = _STAT.split(text)
    return list(zip(stats[::2], (value.strip() for value in stats[1::2]), strict=True))


def _with_notes(lines: Sequence[Line], *, is_whole: bool = True) -> Iterator[Item]:
    """Yield *lines* above the text of a work or a chapter, in which all below the heading of a note is the note.

    If they are not whole, the story may follow the first paragraph of a note.
    """
    label = ""
    for line in lines:
        if (over := _OVER_NOTES.fullmatch(line.text)) is not None:
            label = "Summary" if over["summary"] else "A/N"
            if not is_whole:
                yield f"{label}:"
        elif _CHAPTER.match(line.text) or not label or not is_whole:
            label = ""
            yield replace(line, is_apart=True) if _CHAPTER.match(line.text) else line
        else:
            yield Block((f"{label}: {line.text}",))


def _chapter(lines: Sequence[Line], *, is_last: bool) -> Iterator[Item]:
    """Yield the text of a chapter, and what is above the text of the next one unless it *is_last*."""
    heads = (at for at in range(max(0, len(lines) - _HEAD_LINES), len(lines)) if _CHAPTER.match(lines[at].text))
    end = len(lines) if is_last else max(heads, default=len(lines))
    for at, line in enumerate(lines[:end]):
        yield replace(line, is_apart=True) if at == 0 or _OVER_NOTES.fullmatch(line.text) else line
    yield from _with_notes(lines[end:])
