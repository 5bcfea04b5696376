"""Split a book into chapters, which begin at the targets of its table of contents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.stories.formats.epub.package import Document, Entry
from bot.stories.formats.html.page import NOTE, Piece, words_in
from bot.stories.formats.html.story import demoted, joined, may_be_chapter, with_chapters
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import heading_of, read_chapter

_LEAST_ENTRIES = 2  # minimum targets of a table of contents, or marked headings, that are taken for chapters
_TITLE_LINES = 4  # maximum lines of a heading, such as a number, a title and a subtitle
_TITLE_LINE_CHARS = 100


def with_chapters_of(documents: Sequence[Document], contents: Sequence[Entry]) -> list[Piece]:
    """Return all pieces of a book, with a heading at each target of its table of contents.

    With fewer than `_LEAST_ENTRIES` targets, chapters begin at the headings in the markup, if there are any.
    """
    targets = [_targets(document, contents) for document in documents]
    if sum(map(len, targets)) < _LEAST_ENTRIES:
        pieces = with_chapters([piece for document in documents for piece in document.pieces])
        if any(piece.level for piece in pieces) or not any(targets):
            return pieces
    return [
        piece
        for document, titles_by_piece in zip(documents, targets, strict=True)
        for piece in _titled(document, titles_by_piece)
    ]


def all_marked(pieces: Sequence[Piece]) -> bool:
    """Return whether all chapters have marked headings: there are no fewer than plain lines like ``Chapter 3``."""
    marked = sum(piece.level > 0 for piece in pieces)
    read = sum(not piece.level and read_chapter(piece.block.lines[0]) is not None for piece in pieces)
    return marked >= max(_LEAST_ENTRIES, read)


def _targets(document: Document, contents: Sequence[Entry]) -> dict[int, str]:
    """Return the titles of the entries that link to a page, by the index of the piece that they link to."""
    places = {anchor: i for i, piece in reversed(list(enumerate(document.pieces))) for anchor in piece.anchors}
    text_indexes = [i for i, piece in enumerate(document.pieces) if piece.role != NOTE and not piece.block.is_rule]
    if not text_indexes:
        return {}
    found: dict[int, str] = {}
    for entry in contents:
        if entry.path == document.path:
            place = max(places.get(entry.anchor, 0), text_indexes[0])
            found[next((i for i in text_indexes if i >= place), text_indexes[-1])] = entry.title
    return found


def _titled(document: Document, targets: dict[int, str]) -> Iterator[Piece]:
    """Yield the pieces of a page with a heading at each of the *targets*; other headings become plain lines.

    On a page without targets, a heading at the start of the page stays.
    """
    pieces = document.pieces
    opens = next((i for i, piece in enumerate(pieces) if not piece.block.is_rule), 0)
    past = 0
    for i, piece in enumerate(pieces):
        if i in targets:
            end = next((at for at in sorted(targets) if at > i), len(pieces))
            lines = _title_lines(pieces[i:end], targets[i])
            text = _title([line.block.text for line in lines], targets[i])
            yield replace(piece, block=Block.of([text], piece.block.gap, is_heading=True), level=piece.level or 1)
            past = i + len(lines)
        if i >= past:
            stays_heading = not targets and i == opens and may_be_chapter(piece)
            yield demoted(piece) if piece.level and not stays_heading else piece


def _title_lines(pieces: Sequence[Piece], title: str) -> list[Piece]:
    """Return the pieces at the start of a chapter that form its heading; *title* is from the table of contents."""
    lines: list[Piece] = []
    for piece in pieces[:_TITLE_LINES]:
        goes_on = not lines or heading_of(lines[-1].block.text).title is None
        goes_on = goes_on or set(words_in(piece.block.text)) <= set(words_in(title))
        is_heading = piece.level and may_be_chapter(piece) and goes_on
        if piece.block.is_rule or not (is_heading or _repeats([*lines, piece], title)):
            break
        lines.append(piece)
    return lines


def _repeats(lines: Sequence[Piece], title: str) -> bool:
    """Return whether the last of *lines*, or all of them joined, repeats *title*, only its number or only its words."""
    heading = heading_of(title)
    wholes = [words_in(whole) for whole in (title, heading.title, heading.label) if whole]
    last = words_in(lines[-1].block.text)
    so_far = [word for line in lines for word in words_in(line.block.text)]
    return len(lines[-1].block.text) <= _TITLE_LINE_CHARS and bool(last) and (last in wholes or so_far in wholes)


def _title(lines: Sequence[str], title: str) -> str:
    """Join the heading on a page with its title in the table of contents, without losing a word."""
    page_words = {word for line in lines for word in words_in(line)}
    title_words = set(words_in(title))
    is_numbered = len(lines) > 1 and heading_of(lines[0]).title is None
    if page_words <= title_words and not (is_numbered and page_words == title_words):
        return title
    if is_numbered:
        return joined(lines[0], " ".join(lines[1:]))
    text = " ".join(lines)
    return joined(title, text) if heading_of(title).title is None and not title_words <= page_words else text
