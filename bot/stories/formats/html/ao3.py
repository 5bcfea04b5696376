"""Works of Archive of Our Own whose markup says what each part is: downloads, saved pages, and books made of either.

Notes and summaries are quotations or lists below a heading that names them. Pages that were copied are read by their
lines, in `bot.stories.sites.archive`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from justhtml import Node

from bot.stories.formats.html.blocks import read_pieces
from bot.stories.formats.html.lists import as_prose
from bot.stories.formats.html.page import Page, Piece
from bot.stories.formats.html.story import keep_prose
from bot.stories.formats.html.tree import attribute, by_id, classes, described, elements, first, line_of
from bot.stories.model import Refused
from bot.stories.sections.blocks import Block
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.headings import Heading
from bot.stories.sections.labels import Labelled
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.parts import Part, Sections
from bot.stories.sites.archive import NO_WORK, stats_in

_CHAPTER = re.compile(r"Chapter (\d+)(?:: (.*))?", re.S)
_OVER_NOTES = re.compile(r"(?:Chapter )?(?:(?P<summary>Summary)|(?:End )?Notes):?")
_OF_READERS = frozenset({"comments", "kudos", "bookmarks", "hits"})
"""Labels of a saved page that are left out: counts of readers' reactions."""

_OUTSIDE = frozenset({"message", "endnote-link", "toc-heading", "jump", "series", "children", "landmark"})
"""Classes of what the Archive puts beside a work."""

_ARCHIVE = "Organization for Transformative Works"
"""Author that the ``meta`` element of every page of the Archive names."""


def read_ao3(pages: Sequence[Page]) -> Sections | None:
    """Return the sections of a work on one page or on several, or None for other pages.

    Raises `Refused` for a page of the Archive without a story: a warning, a lock, an error.
    """
    prefaces = [node for page in pages if (node := _preface(page)) is not None]
    skins = [node for page in pages if (node := page.by_id("workskin")) is not None and by_id(node, "chapters")]
    is_page = bool(skins) or any(page.first(_is_text_heading) for page in pages)
    if not prefaces and not is_page:
        if any(page.metas.get("author") == _ARCHIVE for page in pages):
            raise Refused("no-work", NO_WORK)
        return None
    sections = Sections()
    pieces: list[Piece] = []
    for page in pages:
        for node in page.elements:
            if node.name == "dl" and (not is_page or {"work", "meta"} <= classes(node)) and _holds_labels(node):
                _take_labels(sections, node)
        pieces += read_pieces([page.by_id("workskin") or page.root], page.styles, _is_outside, _role)
    _take_pieces(sections, [piece for piece in pieces if not is_page or piece.role or _heads_notes(piece)])
    if sections.title is None:
        bold = next((found for node in prefaces if (found := first(node, lambda part: part.name == "b"))), None)
        sections.title = (line_of(bold) if bold is not None else "") or None
    return _finished(sections)


def _preface(page: Page) -> Node | None:
    node = page.by_id("preface")
    if node is None or first(node, lambda part: part.name in ("h1", "dl") or "byline" in classes(part)) is None:
        return None
    return node


def _is_text_heading(node: Node) -> bool:
    return node.name == "h3" and attribute(node, "id") == "work" and "landmark" in classes(node)


def _is_outside(node: Node) -> bool:
    return bool(node.attrs) and bool(classes(node) & _OUTSIDE)


# -- what an element is for ----------------------------------------------------------------------


def _role(node: Node) -> str:
    """Return what an element is for; empty if the element around it says that."""
    names, name = classes(node), attribute(node, "id")
    if node.name in ("blockquote", "ul", "ol"):
        return "" if _is_in(node, _is_text) else "quoted"
    if node.name == "dl":
        return "labels" if _holds_labels(node) else ""
    if name in ("preface", "afterword", "work_endnotes"):
        return "preface" if name == "preface" else "after"
    if "byline" in names or "title" in names or node.name == "h1":
        return "byline" if "byline" in names else "heading" if node.name == "h3" else "title"
    return "heading" if node.name == "h2" and "heading" in names else "text" if _is_text(node) else ""


def _is_text(node: Node) -> bool:
    return node.name == "div" and "userstuff" in classes(node) and attribute(node, "id") != "chapters"


def _holds_labels(node: Node) -> bool:
    """Return whether a list of terms has the labels of a work."""
    is_beside = _is_in(node, lambda around: attribute(around, "id") in ("preface", "afterword"))
    return is_beside or {"work", "meta"} <= classes(node)


def _is_in(node: Node, matches: Callable[[Node], bool]) -> bool:
    around = node.parent
    while isinstance(around, Node):
        if matches(around):
            return True
        around = around.parent
    return False


def _heads_notes(piece: Piece) -> bool:
    return piece.role not in ("text", "quoted") and _OVER_NOTES.fullmatch(piece.block.text) is not None


def _take_labels(sections: Sections, terms: Node) -> None:
    for label, node in described(terms):
        if label == "stats":
            for name, value in stats_in(line_of(node)) if first(node, lambda part: part.name == "dl") is None else ():
                sections.take(Labelled("metadata", name.lower(), value))
        elif label not in _OF_READERS:
            sections.take(Labelled("metadata", label, _values(node)))


def _values(node: Node) -> str:
    """Return the items of a list in an element, or else all its text."""
    position = first(node, lambda part: "position" in classes(part))  # in a series; the other links are to other works
    if position is not None:
        return line_of(position)
    items = [line_of(item) for item in elements(node) if item.name == "li"]
    return ", ".join(filter(None, items)) or line_of(node)


# -- the work --------------------------------------------------------------------------------------


def _take_pieces(sections: Sections, pieces: Sequence[Piece]) -> None:
    """Sort the *pieces* of a work into title, author, notes and chapters."""
    over: Piece | None = None  # the heading of the notes that are read
    is_page = any(piece.role == "text" for piece in pieces)
    texts: list[list[Piece]] = []
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        text, part = piece.block.text, sections.parts[-1] if sections.parts else None
        if piece.role == "quoted" and over is not None:
            _take_note(sections, over, piece, has_begun=bool(texts and texts[-1]))
            continue
        over = piece if _heads_notes(piece) and following is not None and following.role == "quoted" else None
        if over is not None or piece.role in ("preface", "after", "labels") or (_heads_notes(piece) and is_page):
            continue
        if piece.role == "title" and part is None:
            sections.title = sections.title or text
        elif piece.role == "byline" and part is None:
            sections.author = read_byline(text) or text.removeprefix("by ").strip() or None
        elif piece.role == "heading":
            sections.parts.append(Part(_heading(text), []))
            texts.append([])
        elif piece.role == "byline" and part is not None and not texts[-1]:
            part.notes_before.append(text)
        else:
            if part is None:
                sections.parts.append(Part(None, []))
                texts.append([])
            texts[-1].append(piece)
    for part, own in zip(sections.parts, texts, strict=True):
        part.blocks = as_prose(own)


def _take_note(sections: Sections, over: Piece, piece: Piece, *, has_begun: bool) -> None:
    """Take the block of a note or a summary; *over* is its heading, and *has_begun* says whether text is above it."""
    part = sections.parts[-1] if sections.parts else None
    notes = [block.text for block in as_prose([piece]) if not block.is_rule]
    match = _OVER_NOTES.fullmatch(over.block.text)
    if over.role == "after":
        sections.notes_after += notes
    elif part is None and match is not None and match["summary"]:
        sections.summary += notes
    elif part is None:
        sections.notes_before += notes
    else:
        (part.notes_after if has_begun else part.notes_before).extend(notes)


def _finished(sections: Sections) -> Sections:
    """Remove chapters without prose, and take end marks from the text.

    The notes of an only chapter without a heading become those of the story.
    """
    for part in sections.parts:
        _strip_rules(part.blocks)
        mark = read_end_mark(part.blocks[-1].text) if len(part.blocks) > 1 and part.blocks[-1].is_line else None
        if mark is not None:
            part.end_marker = mark
            part.blocks.pop()
            _strip_rules(part.blocks)
    keep_prose(sections)
    if len(sections.parts) == 1 and sections.parts[0].heading is None:
        part = sections.parts[0]
        sections.notes_before += part.notes_before
        sections.notes_after[:0] = part.notes_after
        part.notes_before, part.notes_after = [], []
    return sections


def _strip_rules(blocks: list[Block]) -> None:
    while blocks and blocks[-1].is_rule:
        blocks.pop()


def _heading(text: str) -> Heading:
    match = _CHAPTER.fullmatch(text)
    return Heading(match[2], f"Chapter {match[1]}", int(match[1])) if match else Heading(text, text, None)
