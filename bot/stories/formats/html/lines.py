"""Runs of text become the lines of a paragraph, with the marks of their emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from bot.stories.emphasis import marked, plain
from bot.stories.model import Emphasis
from bot.stories.sections.headings import read_chapter

_LINK_CHARS = 200  # so much of a text tells whether it only leads elsewhere

Run = tuple[str, frozenset[Emphasis]]
"""Some text, and its emphasis."""

_NO_EMPHASIS: frozenset[Emphasis] = frozenset()
_BLANK = re.compile(r"[ \u00a0]{2,}")
_SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n?")
_LETTERS = re.compile(r"[^\W\d_]")
_NUMERALS = re.compile(r"\b(?:[ivxlc]+|chapter|page|part)\b", re.I)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a paragraph; neither the first nor the last of them is blank."""

    lines: list[str]
    before: int
    """Blank lines that are seen before them."""
    after: int
    """Blank lines that are seen after them, beside the one that ends every paragraph."""
    is_link: bool
    """Whether most of it leads elsewhere within the book."""


_NOTHING = Lines([], 0, 0, is_link=False)


class Paragraph:
    """A paragraph while its text comes in."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        """The text so far; a line ends at a newline in it."""
        self._linked: list[str] = []
        self._unlinked: list[str] = []
        """The beginnings of texts within links and outside."""

    def __bool__(self) -> bool:
        """Whether any text came in, even if it is white space."""
        return any(text != "\n" for text, _ in self._runs)

    @property
    def is_empty(self) -> bool:
        """Whether nothing came in, not even a line break."""
        return not self._runs

    def add(self, text: str, emphasis: frozenset[Emphasis], *, keep: bool, in_link: bool) -> None:
        """Add *text*; unless it is to be kept as it is (*keep*), white space in it is one space."""
        self._runs.append((_NEWLINE.sub("\n", text) if keep else _spaced(text), emphasis))
        (self._linked if in_link else self._unlinked).append(text[:_LINK_CHARS])

    def add_plain(self, text: str) -> None:
        """Add *text* as it is: a space, or the newline that ends a line."""
        self._runs.append((text, _NO_EMPHASIS))

    def read(self, *, keep: bool) -> Lines:
        """Return the lines of the paragraph, which ends here."""
        if not self._runs:
            return _NOTHING
        if len(self._runs) == 1 and not keep and not self._runs[0][1]:
            text = self._runs[0][0]
            if text == " ":  # what stands between two elements
                return _NOTHING
            line = "" if "\n" in text else _BLANK.sub(" ", text).strip(" \u00a0")
            if line:
                return Lines([line], 0, 0, is_link=self._is_link())
        lines = [_joined(runs, keep=keep) for runs in self._lines()]
        if not any(map(_is_seen, lines)):
            return Lines([], 1 if lines == ["\u00a0"] else len(lines) - 1, 0, is_link=False)
        before = next(i for i, line in enumerate(lines) if _is_seen(line))
        after = next(i for i, line in enumerate(reversed(lines)) if _is_seen(line))
        lines = [line if _is_seen(line) else "" for line in lines[before : len(lines) - after]]
        return Lines(lines, before, max(0, after - 1), is_link=self._is_link())

    def _is_link(self) -> bool:
        return bool(self._linked) and _letters(self._linked) > _letters(self._unlinked)

    def _lines(self) -> Iterator[list[Run]]:
        line: list[Run] = []
        for text, emphasis in self._runs:
            first, *others = text.split("\n")
            line.append((first, emphasis))
            for other in others:
                yield line
                line = [(other, emphasis)]
        yield line


def _letters(texts: Iterable[str]) -> int:
    """Count the letters in *texts* that are of no number."""
    return sum(len(_LETTERS.findall(_NUMERALS.sub("", text))) for text in texts)


def heading_line(lines: Sequence[str]) -> str:
    """Return a heading as one line; a colon parts a line that only numbers it from its title."""
    lines = [line for line in lines if line]
    chapter = read_chapter(plain(lines[0])) if len(lines) > 1 else None
    if chapter is not None and chapter.title is None and plain(lines[0]).rstrip()[-1:].isalnum():
        return f"{lines[0]}: {' '.join(lines[1:])}"
    return " ".join(lines)


def _is_seen(line: str) -> bool:
    return bool(line.strip(" \u00a0"))


def one_line(runs: Sequence[Run]) -> str:
    """Return *runs* without a line break as the one line that they are on a page; empty where nothing is seen."""
    if len(runs) == 1 and not runs[0][1]:
        return _BLANK.sub(" ", _spaced(runs[0][0])).strip(" \u00a0")
    line = _joined([(_spaced(text), on) for text, on in runs], keep=False)
    return line if _is_seen(line) else ""


def _spaced(text: str) -> str:
    return text if _is_spaced(text) else _SPACES.sub(" ", text)


def _is_spaced(text: str) -> bool:
    """Return whether all white space in *text* is single spaces, as in most."""
    return text.isprintable() and "  " not in text


def _joined(runs: Sequence[Run], *, keep: bool) -> str:
    """Return *runs* as a line with the marks of their emphasis; white space is one space unless it is to be kept."""
    pieces: list[str] = []
    active = waiting_on = _NO_EMPHASIS
    waiting = ""
    for text, on in runs:
        if not keep and not _is_spaced(text):
            text = _BLANK.sub(" ", text)
        core = text.strip(" \u00a0")
        before = text[: len(text) - len(text.lstrip(" \u00a0"))]
        if before:
            waiting_on = waiting_on & on if waiting else on
            waiting += before
        if not core:
            continue
        if waiting:
            if pieces or keep:  # white space has the emphasis of both sides, if it has it itself
                between = active & on & waiting_on
                pieces += [_turned(active, between), waiting if keep or len(waiting) == 1 else " "]
                active = between
            waiting = ""
        pieces += [_turned(active, on), core]
        active = on
        waiting, waiting_on = text[len(before) + len(core) :], on
    if not pieces:
        return "\u00a0" if "\u00a0" in waiting else ""
    return "".join([*pieces, _turned(active, _NO_EMPHASIS)])


_MARKS: dict[Emphasis, str] = {kind: marked("", kind) for kind in get_args(Emphasis)}


@cache
def _turned(before: frozenset[Emphasis], after: frozenset[Emphasis]) -> str:
    """Return the marks that end the emphasis of *before* and begin that of *after*."""
    ends = "".join(_MARKS[kind][1] for kind in sorted(before - after))
    return ends + "".join(_MARKS[kind][0] for kind in sorted(after - before))
