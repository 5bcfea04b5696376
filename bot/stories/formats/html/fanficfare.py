"""Stories from FanFicFare, as one page or as a book.

They have a title page of labels (a table, or lines), a table of contents, and chapters below anchors or in separate
files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from justhtml import Node, Text

from bot.stories.formats.html.blocks import blocks_of, read_pieces
from bot.stories.formats.html.lists import as_prose
from bot.stories.formats.html.page import Page, Piece
from bot.stories.formats.html.story import keep_prose
from bot.stories.formats.html.tree import attribute, children, classes, elements, first, inner, line_of, short_text
from bot.stories.sections.assembly import take_notes
from bot.stories.sections.headings import Heading, heading_of
from bot.stories.sections.labels import Labelled, read_label
from bot.stories.sections.parts import Part, Sections

_SECTION = re.compile(r"section\d+")
_FILES = frozenset({"fff_titlepage", "fff_tocpage", "fff_logpage", "fff_coverpage"})
_ROLES = {"fff_head_notes": "before", "fff_foot_notes": "after", "fff_chapter_notes": "either"}
"""Position of notes by class; *either* means before the chapter if none of the chapter's text is above the notes."""


def read_fanficfare(pages: Sequence[Page]) -> Sections | None:
    """Return the sections of a story from FanFicFare, or None for other pages."""
    if not any(_is_fanficfare(page) for page in pages):
        return None
    sections = Sections()
    for page in pages:
        kind = classes(page.root)
        if "fff_titlepage" in kind or ("fff_chapter" not in kind and _title_table(page) is not None):
            _read_title_page(sections, page)
        if not kind & _FILES:
            _read_chapters(sections, page)
    for part in sections.parts:  # notes in the text of a chapter join those in the markup
        before, after = part.notes_before, part.notes_after
        take_notes(part)
        part.notes_before = [*before, *part.notes_before]
        part.notes_after = [*part.notes_after, *after]
    keep_prose(sections)
    if len(sections.parts) == 1:
        part = sections.parts[0]
        sections.notes_before += part.notes_before
        sections.notes_after += part.notes_after
        part.notes_before, part.notes_after = [], []
    return sections


def _is_fanficfare(page: Page) -> bool:
    if classes(page.root) & {"fff_titlepage", "fff_chapter"}:
        return True
    return _title_table(page) is not None and any(
        node.name == "a" and _SECTION.fullmatch(attribute(node, "name") or attribute(node, "id"))
        for node in page.marked
    )


def _title_table(page: Page) -> Node | None:
    return page.first(lambda node: node.name == "table" and "full" in classes(node))


# -- the title page -------------------------------------------------------------


def _read_title_page(sections: Sections, page: Page) -> None:
    heading = first(page.root, lambda node: node.name in ("h1", "h3"))
    if heading is not None:
        link = first(heading, lambda node: node.name == "a")
        text, title = line_of(heading), line_of(link) if link is not None else ""
        if not (title and text.startswith(f"{title} by ")):
            title = text.rpartition(" by ")[0] or text
        sections.title = title or None
        sections.author = text[len(title) :].removeprefix(" by ").strip() or None
    table = _title_table(page)
    for label, value in _rows(table, page) if table is not None else _lines(page.root, page):
        name = label.strip().rstrip(":").strip().lower()
        if name in ("summary", "description"):
            sections.summary += value
        elif name and value and not (name in ("title", "author") and value[0] in (sections.title, sections.author)):
            known = read_label(f"{name}: x")
            kind = known.kind if known is not None and known.kind in ("title", "author") else "metadata"
            sections.take(Labelled(kind, name, "\n".join(value)))


def _rows(table: Node, page: Page) -> list[tuple[str, list[str]]]:
    rows: list[tuple[str, list[str]]] = []
    for row in elements(table):
        cells = [cell for cell in inner(row) if cell.name in ("td", "th")] if row.name == "tr" else []
        if len(cells) == 1:
            rows += _lines(cells[0], page)
        elif cells:
            rows.append((line_of(cells[0]), _texts(list(cells[1:]), page)))
    return rows


def _lines(root: Node, page: Page) -> list[tuple[str, list[str]]]:
    """Return each bold label with the text up to the next label."""
    holder = next((node.parent for node in elements(root) if _is_label(node)), None)
    rows: list[tuple[str, list[Node | Text]]] = []
    for item in children(holder) if isinstance(holder, Node) else []:
        if isinstance(item, Node) and _is_label(item):
            rows.append((line_of(item), []))
        elif rows:
            rows[-1][1].append(item)
    return [(label, _texts(items, page)) for label, items in rows]


def _is_label(node: Node) -> bool:
    return node.name in ("b", "strong") and (short_text(node) or "").endswith(":")


def _texts(items: Sequence[Node | Text], page: Page) -> list[str]:
    return [block.text for block in blocks_of(items, page.styles) if not block.is_rule]


# -- the chapters ---------------------------------------------------------------


def _read_chapters(sections: Sections, page: Page) -> None:
    """Read the chapters of one page; each begins at an anchor (``section1``), unless the page is a single chapter."""
    table = _title_table(page)
    whole = "fff_chapter" in classes(page.root)
    drafts: list[tuple[Heading | None, list[Piece]]] = [(None, [])] if whole else []
    for piece in read_pieces(
        [page.root], page.styles, lambda node: node is table or attribute(node, "name") == "TOCTOP", _role
    ):
        at_start = whole and drafts == [(None, [])]
        if piece.level and (at_start or any(map(_SECTION.fullmatch, piece.anchors))):
            drafts = [*(() if at_start else drafts), (heading_of(piece.block.text), [])]
        elif drafts:
            drafts[-1][1].append(piece)
    for heading, pieces in drafts:
        part = Part(heading, as_prose([piece for piece in pieces if not piece.role]))
        has_begun = False
        for piece in pieces:
            if piece.role and not piece.block.is_rule and not _only_labels(piece):
                is_before = piece.role == "before" or (piece.role == "either" and not has_begun)
                (part.notes_before if is_before else part.notes_after).append(piece.block.text)
            has_begun = has_begun or not (piece.role or piece.block.is_rule)
        sections.parts.append(part)


def _only_labels(piece: Piece) -> bool:
    label = read_label(piece.block.text)
    return piece.block.text.rstrip().endswith(":") and label is not None and not label.value


def _role(node: Node) -> str:
    return next((role for name, role in _ROLES.items() if name in classes(node)), "") if node.attrs else ""
