"""Find the title and the author of a page's story in its headings and its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.stories.formats.html.page import Page, Piece
from bot.stories.formats.html.story import HEADING_CHARS
from bot.stories.formats.html.tree import PHRASES, classes, line_of, words_of
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.headings import TITLE_CHARS, read_chapter
from bot.stories.sections.labels import read_labels
from bot.stories.sections.remarks import has_remark

_TAG = re.compile(r"\[\w[^\[\]]{0,20}\] (?=\S)")  # what a post is, above all on Reddit: ``[OC] The Mill``
_TITLE_AFTER_WORDS = 60  # maximum words above a title that are no note's


def titled(pieces: list[Piece], page: Page | None = None) -> tuple[str | None, str | None, list[Piece]]:
    """Return the title and the author above the story (None if not found), and the other pieces."""
    names = [_normal(name) for name in (page.title, title_of_head(page)) if name] if page is not None else []
    at = _title_at(pieces, names)
    if at is None:
        return None, None, pieces
    title, author, end = pieces[at].block.lines[0], None, at + 1
    rest = pieces[at].block.after(1)
    below = rest if rest.lines or end == len(pieces) else pieces[end].block
    if below.lines and (author := read_byline(below.lines[0])) is not None:
        end += not rest.lines
        rest = below.after(1)
    known = author_of_head(page) if page is not None else None
    if author is None and known and title.lower().endswith(f" by {known.lower()}"):
        title, author = title[: -len(known) - 4], known
    left = [replace(pieces[at], block=rest, level=0)] if rest.lines else []
    return _TAG.sub("", title.strip()), author, [*pieces[:at], *left, *pieces[end:]]


def _title_at(pieces: Sequence[Piece], names: Sequence[str]) -> int | None:
    """Return the index of the title, or None: a heading above all others, or a line that is one of *names*.

    *names* are the normalised titles in the head of a page, the whole title first.
    """
    words = 0
    for i, piece in enumerate(pieces):
        text = piece.block.lines[0]
        if piece.block.is_rule:
            continue
        if words > _TITLE_AFTER_WORDS or (piece.level and read_chapter(text)):
            return None
        is_named = len(_normal(text)) > 2 and any(_normal(text) in name for name in names[:1])
        if piece.level and not read_labels([text]) and len(text) <= 2 * HEADING_CHARS:
            alone = sum(other.level == piece.level for other in pieces) == 1
            following = next((below for below in pieces[i + 1 :] if not below.block.is_rule), None)
            over = following is not None and (
                following.level >= piece.level or read_byline(following.block.lines[0]) is not None
            )
            return i if alone or is_named or over else None
        if is_named and len(text) <= TITLE_CHARS and _normal(text) in names:
            return i
        words += 0 if piece.block.labels is not None or has_remark(piece.block) else piece.block.words
    return None


def title_of_head(page: Page) -> str | None:
    """Return the title in the head of a page, without the names of site and chapter."""
    parts = [part.strip() for part in re.split(r"\s+[|–—·-]\s+|\s*\|\s*", page.title)]
    kept = [part for part in parts if part and not read_chapter(part) and not PHRASES["no_title"].fullmatch(part)]
    return kept[0] if kept and not PHRASES["no_title"].fullmatch(page.title) else None


def author_of_head(page: Page) -> str | None:
    """Return the author from the head of a page, or from a link or paragraph marked as the author's."""
    for name in ("author", "dc.creator", "dcterms.creator", "article:author", "book:author"):
        value = page.metas.get(name, "")
        if value and "://" not in value and not PHRASES["no_title"].fullmatch(value):
            return value
    link = page.first(
        lambda node: node.name == "a" and ("author" in words_of(node, "rel") or "authorlink" in classes(node))
    )
    if link is not None:
        return line_of(link) or None
    line = page.first(lambda node: node.name == "p" and "author" in classes(node))
    return (read_byline(line_of(line)) or line_of(line) or None) if line is not None else None


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
