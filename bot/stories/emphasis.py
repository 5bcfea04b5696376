"""Emphasis: marks in the text during parsing, spans over plain prose afterwards.

The readers of file formats mark emphasis with Unicode noncharacters, which occur in no text. `unmarked` removes the
marks from a chapter and returns `Span`s over its plain prose; each page has the spans within it. So offsets, quotes and
search work on plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat
from typing import get_args

from bot.stories.model import Emphasis, Span

_KINDS: tuple[Emphasis, ...] = get_args(Emphasis)
MARKS: dict[Emphasis, str] = {kind: chr(0xFDD0 + 2 * i) + chr(0xFDD1 + 2 * i) for i, kind in enumerate(_KINDS)}
"""Opening and closing mark of each kind of emphasis."""

_MEANINGS: dict[str, tuple[Emphasis, bool]] = {
    mark: (kind, mark == marks[0]) for kind, marks in MARKS.items() for mark in marks
}
_MARK = re.compile(f"[{''.join(_MEANINGS)}]")

TAGS: dict[str, Emphasis] = {
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    "u": "underline",
}
"""Emphasis by the HTML tag that authors type for it."""

MOST_SPANS = 100_000
"""Maximum number of spans in a chapter; if there are more, the chapter has no emphasis."""


def marked(text: str, kind: Emphasis) -> str:
    """Return *text* between the marks for emphasis of *kind*."""
    on, off = MARKS[kind]
    return f"{on}{text}{off}"


def plain(text: str) -> str:
    """Return *text* without emphasis marks."""
    return text if text.isascii() else _MARK.sub("", text)


def balanced(texts: Iterable[str]) -> Iterator[str]:
    """Yield *texts* with emphasis closed at the end of each text and opened again in the next."""
    opened: list[str] = []
    for text in texts:
        before = "".join(marks[0] for marks in opened)
        for mark in _MARK.findall(text):
            kind, opens = _MEANINGS[mark]
            if opens:
                opened.append(MARKS[kind])
            elif MARKS[kind] in opened:
                opened.remove(MARKS[kind])
        indent = len(text) - len(text.lstrip())
        yield text[:indent] + before + text[indent:] + "".join(marks[1] for marks in reversed(opened))


def unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return the plain text and the spans of its emphasis.

    Unclosed emphasis extends to the end; a closing mark without an opening one is dropped. If there are more than
    `MOST_SPANS` spans, all are dropped.
    """
    if text.isascii() or not _MARK.search(text):
        return text, ()
    if sum(map(text.count, _MEANINGS)) > 2 * MOST_SPANS:
        return plain(text), ()
    open_at: dict[Emphasis, list[int]] = {kind: [] for kind in _KINDS}
    spans: list[Span] = []
    pieces: list[str] = []
    length = last = 0
    for match in _MARK.finditer(text):
        pieces.append(text[last : match.start()])
        length += match.start() - last
        last = match.end()
        kind, opens = _MEANINGS[match[0]]
        if opens:
            open_at[kind].append(length)
        elif open_at[kind]:
            spans.append(Span(open_at[kind].pop(), length, kind))
    pieces.append(text[last:])
    length += len(text) - last
    spans += [Span(start, length, kind) for kind, starts in open_at.items() for start in starts]
    distinct = {span for span in spans if span.end > span.start}
    return "".join(pieces), tuple(sorted(distinct, key=lambda span: (span.start, -span.end, span.kind)))


def within(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the parts of *spans* between *start* and *end*, with offsets that count from *start*."""
    return tuple(
        Span(max(span.start, start) - start, min(span.end, end) - start, span.kind)
        for span in spans
        if span.start < end and span.end > start
    )


def split_spans(spans: Sequence[Span], bounds: Sequence[int]) -> Iterator[tuple[Span, ...]]:
    """Yield, for each two neighbouring *bounds*, the parts of the sorted *spans* between them (see `within`)."""
    if not spans:
        yield from repeat((), max(0, len(bounds) - 1))
        return
    here: list[Span] = []
    following = 0
    for start, end in pairwise(bounds):
        first = following
        while following < len(spans) and spans[following].start < end:
            following += 1
        here = [span for span in here if span.end > start] + list(spans[first:following])
        yield within(here, start, end)
