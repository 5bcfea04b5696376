"""Stories in HTML: pages of known archives and sites, and any other page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from justhtml import Node

from bot.stories.cached import cached
from bot.stories.formats.html.ao3 import read_ao3
from bot.stories.formats.html.blocks import read_pieces
from bot.stories.formats.html.contents import with_footnotes, without_contents
from bot.stories.formats.html.fanficfare import read_fanficfare
from bot.stories.formats.html.gutenberg import is_boilerplate, read_site_header, within_marks, without_title_page
from bot.stories.formats.html.page import Page, Piece, open_page
from bot.stories.formats.html.sites import read_site
from bot.stories.formats.html.story import NOTE, assemble, with_chapters
from bot.stories.formats.html.titles import author_of_head, is_in, title_of_head, title_outside, titled, without_byline
from bot.stories.formats.html.tree import (
    NAMES,
    PHRASES,
    attribute,
    classes,
    decode_markup,
    elements,
    first,
    inner,
    kinds,
    line_of,
    parse_page,
    raw_text,
    words_of,
)
from bot.stories.metadata import value_of
from bot.stories.model import Refused
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import Labelled
from bot.stories.sections.parts import Sections
from bot.stories.sites import without_sites

_MAIN_SHARE = 0.5  # minimum share of a page's text in its main part
_CHROME_SHARE = 0.2  # maximum share of a page's text in an element that is left out as part of the site
_LOOKS = 200  # maximum elements that are checked as parts of a site; a page has some ten, and more would be slow
_PARTS = 2_000  # maximum elements within a part of a site
_PAGE_PARTS = (("profile_top", "chap_select", "storytext"), ("content", "storycontent"))
"""Ids of the elements above a text and of the text, on pages that have more around both."""

_BACK = re.compile(r"#(?:ftnt_ref|_ftnref|_ednref)\d+")
"""Target of the link from a footnote back to the text, in exports of Google Docs and Word."""

_COMMENT, _COMMENTED = re.compile(r"#cmnt_ref\d+"), re.compile(r"#cmnt\d+")
"""Targets of links from an editor's comment and from its mark in the text, in exports of Google Docs."""


def read_html(data: bytes) -> Sections:
    """Return the sections of an HTML file. Raises `Refused` if it is not a page, or has no text."""
    text, warning = decode_markup(data)
    sections = read_markup(text)
    sections.warnings += [warning] if warning else []
    return sections


def read_markup(text: str) -> Sections:
    """Return the sections of a page in HTML. Raises `Refused` if it has no text or too many tags."""
    page = open_page(parse_page(text))
    sections = read_ao3([page]) or read_fanficfare([page]) or read_site(page) or _read_plain(page)
    if not sections.parts and not raw_text(page.root).strip():
        raise Refused("no-text", "the page has no text")
    if page.language and not value_of(sections.metadata, "language"):
        sections.metadata["language"] = page.language
    return sections


def _read_plain(page: Page) -> Sections:
    """Return the sections of a page from no known site, or from Project Gutenberg."""
    parts = _parts(page)
    root = page.root if parts else _main(page)
    known = Sections()
    has_header = read_site_header(known, page)
    left_out = _Surroundings(page)
    read = [_chosen(part) or read_pieces([part], page.styles, left_out, role) for part in parts or [root]]
    if len(read) > 1 and read[-1] and read_chapter(read[-1][0].block.text) is not None:
        read = [part for part in read if not part[:1] or not part[0].level]  # the text has a heading of its own
    marked, has_marks = within_marks(known, [piece for part in read for piece in part])
    is_book = has_header or has_marks
    pieces = with_footnotes(without_contents(marked))
    pieces, labels = (pieces, list[Labelled]()) if is_book else _without_sites(pieces)
    is_labelled = any(label.kind == "title" for piece in pieces[:1] for label in piece.block.labels or ())
    if is_labelled:
        title, author = None, None
    elif known.title is not None:
        title, author, pieces = known.title, known.author, without_title_page(pieces, known.title)
    else:
        title, author, pieces = titled(pieces, page)
        pieces = without_byline(pieces, author or author_of_head(page))
    if title is None and not is_labelled and root is not page.root:
        title = title_outside(page, root)
    sections = assemble(with_chapters(pieces), title, author, is_book=is_book)
    sections.title = sections.title or title_of_head(page)
    sections.author = sections.author or author_of_head(page)
    sections.metadata = known.metadata | sections.metadata
    sections.take_all(labels)
    description = page.metas.get("description", "")
    if description and not sections.summary and not is_in(description, pieces):
        sections.summary.append(description)
    return sections


def _without_sites(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Labelled]]:
    """Return *pieces* without what sites put round the story, and what sites say of the story."""
    known = {id(piece.block): piece for piece in pieces}
    blocks, labels = without_sites([piece.block for piece in pieces])
    return [known.get(id(block)) or Piece(block, level=int(block.is_heading)) for block in blocks], labels


# -- the part of a page that is the story ---------------------------------------


def _parts(page: Page) -> list[Node]:
    """Return the elements in which a page says what the story is, and the element of its text; empty for most pages."""
    for names in _PAGE_PARTS:
        found = [page.by_id(name) for name in names]
        if found[0] is not None and found[-1] is not None:
            return [node for node in found if node is not None]
    return []


def _chosen(node: Node) -> list[Piece]:
    """Return the chapter that is chosen in a menu of chapters, as a heading; nothing for other elements."""
    chosen = first(node, lambda option: "selected" in (option.attrs or {})) if node.name == "select" else None
    return [Piece(Block((line_of(chosen),), is_heading=True), level=2)] if chosen is not None else []


def _main(page: Page) -> Node:
    """Return the element marked as main part, if it has half of the text and a site is around it; else the body."""
    candidates = [
        node
        for node in page.elements
        if node.name in ("main", "article")
        or (node.attrs and ("main" in kinds(node) or attribute(node, "id") in NAMES["main"]))
    ]
    if not candidates:
        return page.root
    articles = sum(node.name == "article" for node in candidates)
    whole = len(raw_text(page.root).strip())
    found = page.root
    for node in candidates[:8]:
        if (node.name != "article" or articles == 1) and len(raw_text(node).strip()) >= _MAIN_SHARE * whole:
            found = node
    around = elements(page.root, unless=lambda node: node is found)
    return found if any(node.name in NAMES["site"] for node in around) else page.root


class _Surroundings:
    """Determines whether an element is part of the site, and not of the story."""

    def __init__(self, page: Page) -> None:
        self._body = page.root
        self._looks = 0
        self._comments = frozenset(map(id, _comments(page)))

    @cached
    def _most(self) -> float:
        """Maximum characters of a part of the site."""
        return _CHROME_SHARE * len(raw_text(self._body))

    def __call__(self, node: Node) -> bool:
        if is_boilerplate(node) or id(node) in self._comments:
            return True
        named = bool(node.attrs) and bool((classes(node) | words_of(node, "id")) & NAMES["chrome"])
        if not named and node.name not in ("header", "footer", "aside"):
            return False
        self._looks += 1
        if self._looks > _LOOKS or (_is_within_story(node) and node.name != "footer"):
            return False
        inner = list(islice(elements(node), _PARTS))
        if len(inner) == _PARTS or len(raw_text(node)) > self._most:
            return False
        links = sum(part.name == "a" for part in inner)
        heads = any(part.name in ("h1", "h2") for part in inner)
        if _is_within_story(node):
            return 2 * sum(len(raw_text(part)) for part in inner if part.name == "a") > len(raw_text(node).strip())
        if named:
            return not heads
        if node.name == "header":
            return links > 2 or (not heads and any(part.name in ("nav", "form") for part in inner))
        return links > 1 or (node.name == "footer" and bool(PHRASES["footer"].search(raw_text(node))))


def _comments(page: Page) -> Iterator[Node]:
    """Yield an editor's comments and their marks in the text, which are not for readers."""
    for node in page.marked:
        if node.name != "a" or not isinstance(node.parent, Node):
            continue
        target = attribute(node, "href")
        if _COMMENTED.fullmatch(target):
            yield node
        elif _COMMENT.fullmatch(target):
            around = node.parent.parent
            is_whole = isinstance(around, Node) and around.name == "div" and inner(around)[:1] == [node.parent]
            yield around if isinstance(around, Node) and is_whole else node.parent


def _is_within_story(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.name in ("article", "section", "main", "blockquote")


def role(node: Node) -> str:
    """Return `NOTE` for an element of notes, else an empty string."""
    if not node.attrs:
        return ""
    if kinds(node) & NAMES["note_kinds"] or classes(node) & NAMES["notes"]:
        return NOTE
    opening = next(iter(inner(node)), None) if node.name == "p" else None
    leads_back = opening is not None and opening.name == "a" and _BACK.fullmatch(attribute(opening, "href"))
    return NOTE if leads_back else ""
