"""Join runs of text into the lines of a paragraph, with emphasis marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.stories.emphasis import MARKS, plain
from bot.stories.model import Emphasis
from bot.stories.sections.headings import read_chapter

_LINK_CHARS = 200  # characters of each run that are counted to tell whether a paragraph is mostly links

Run = tuple[str, frozenset[Emphasis]]
"""A piece of text, and the kinds of emphasis that all of the text has."""

_NO_EMPHASIS: frozenset[Emphasis] = frozenset()
_BLANK = re.compile(r"[ \u00a0]{2,}")
_SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n?")
_LETTERS = re.compile(r"[^\W\d_]")
_NUMERALS = re.compile(r"\b(?:[ivxlc]+|chapter|page|part)\b", re.I)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a paragraph, without blank lines at its start and its end."""

    lines: list[str]
    before: int
    """Number of visible blank lines before the paragraph."""
    after: int
    """Number of visible blank lines after the paragraph, without the one that ends every paragraph."""
    is_link: bool
    """Whether most letters of the paragraph are in links within the book."""


_NOTHING = Lines([], 0, 0, is_link=False)


class Paragraph:
    """A paragraph under construction."""

    def __init__(self) -> None:
        self._runs: list[Run] = []
        """The text so far; each newline ends a line."""
        self._linked: list[str] = []
        self._unlinked: list[str] = []
        """The first characters of each text outside links; `_linked` has those of texts within links."""

    def __bool__(self) -> bool:
        """Whether the paragraph has any text but white space."""
        return any(not text.isspace() for text, _ in self._runs)

    def add(self, text: str, emphasis: frozenset[Emphasis], *, keep: bool, in_link: bool) -> None:
        """Add *text*; its white space becomes single spaces unless *keep*."""
        self._runs.append((_NEWLINE.sub("\n", text) if keep else _spaced(text), emphasis))
        (self._linked if in_link else self._unlinked).append(text[:_LINK_CHARS])

    def add_plain(self, text: str) -> None:
        """Add *text* unchanged and without emphasis: a mark between cells, or a newline, which ends a line."""
        self._runs.append((text, _NO_EMPHASIS))

    def read(self, *, keep: bool) -> Lines:
        """Return the lines of the finished paragraph; white space becomes single spaces unless *keep*."""
        if not self._runs:
            return _NOTHING
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
    """Return the number of letters in *texts* outside numerals."""
    return sum(len(_LETTERS.findall(_NUMERALS.sub("", text))) for text in texts)


def heading_line(lines: Sequence[str]) -> str:
    """Return the *lines* of a heading as one line; a colon separates a number from the title below it."""
    lines = [line for line in lines if line]
    chapter = read_chapter(plain(lines[0])) if len(lines) > 1 else None
    if chapter is not None and chapter.title is None and plain(lines[0]).rstrip()[-1:].isalnum():
        return f"{lines[0]}: {' '.join(lines[1:])}"
    return " ".join(lines)


def _is_seen(line: str) -> bool:
    return bool(line.strip(" \u00a0"))


def _spaced(text: str) -> str:
    return text if _is_spaced(text) else _SPACES.sub(" ", text)


def _is_spaced(text: str) -> bool:
    """Return whether all white space in *text* is single spaces, as in most texts."""
    return text.isprintable() and "  " not in text


def _joined(runs: Sequence[Run], *, keep: bool) -> str:
    """Return *runs* as a line with emphasis marks; white space becomes single spaces unless *keep*."""
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
            if pieces or keep:  # white space keeps only the emphasis that the words on both sides have, too
                between = active & on & waiting_on
                pieces += [_change_marks(active, between), waiting if keep or len(waiting) == 1 else " "]
                active = between
            waiting = ""
        pieces += [_change_marks(active, on), core]
        active = on
        waiting, waiting_on = text[len(before) + len(core) :], on
    if not pieces:
        return "\u00a0" if "\u00a0" in waiting else ""
    return "".join([*pieces, _change_marks(active, _NO_EMPHASIS)])


@cache
def _change_marks(before: frozenset[Emphasis], after: frozenset[Emphasis]) -> str:
    """Return the marks that change the emphasis from *before* to *after*."""
    ends = "".join(MARKS[kind][1] for kind in sorted(before - after))
    return ends + "".join(MARKS[kind][0] for kind in sorted(after - before))
