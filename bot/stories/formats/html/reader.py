"""Stories in HTML: pages of known archives and sites, and any other page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from justhtml import Node, matches

from bot.stories.formats.html.blocks import read_pieces
from bot.stories.formats.html.contents import with_footnotes, without_contents
from bot.stories.formats.html.gutenberg import within_marks, without_title_page
from bot.stories.formats.html.page import NOTE, Page, Piece, open_page
from bot.stories.formats.html.sites import read_site
from bot.stories.formats.html.story import assemble, with_chapters
from bot.stories.formats.html.titles import author_of_head, title_of_head, titled
from bot.stories.formats.html.tree import (
    NAMES,
    PHRASES,
    attribute,
    classes,
    decode_markup,
    elements,
    inner,
    is_named,
    line_of,
    nodes_of,
    parse_page,
    raw_text,
    words_of,
)
from bot.stories.metadata import value_of
from bot.stories.model import Refused
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.parts import Sections
from bot.stories.sites import without_sites

_MAIN_SHARE = 0.5  # minimum share of a page's text in its main part
_CHROME_SHARE = 0.2  # maximum share of a page's text in an element that is left out as part of the site
_LOOKS = 200  # maximum elements that are checked as parts of a site; a page has some ten, and more would be slow
_PARTS = 2_000  # maximum elements within a part of a site
_AROUND = ("header", "footer", "aside")
_PAGE_PARTS = (("profile_top", "chap_select", "storytext"), ("content", "storycontent"))
"""Ids of the elements above a text and of the text, on pages that have more around both."""

_MAINS = ("#storytext, #story-text", "article", "main, [role=main]")
"""Elements of which the only one has the text of a page."""

_OF_SITE = "nav, header, footer, form"
"""Elements that only a site has, which therefore tell that one is around a story."""

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
    sections = read_site([page]) or _read_plain(page)
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
    left_out = _surroundings(page)
    read = [_chosen(part) or read_pieces([part], page.styles, left_out, role) for part in parts or [root]]
    if len(read) > 1 and read[-1] and read_chapter(read[-1][0].block.text) is not None:
        read = [part for part in read if not part[:1] or not part[0].level]  # the text has a heading of its own
    marked, is_book = within_marks(known, [piece for part in read for piece in part])
    pieces = with_footnotes(without_contents(marked))
    pieces = pieces if is_book else _without_sites(pieces)
    is_labelled = any(label.kind == "title" for piece in pieces[:1] for label in piece.block.labels or ())
    if is_labelled:
        title, author = None, None
    elif known.title is not None:
        title, author, pieces = known.title, known.author, without_title_page(pieces, known.title)
    else:
        title, author, pieces = titled(pieces, page)
    sections = assemble(with_chapters(pieces), title, author, is_book=is_book)
    sections.title = sections.title or title_of_head(page)
    sections.author = sections.author or author_of_head(page)
    sections.metadata = known.metadata | sections.metadata
    description = page.metas.get("description", "")
    if description and not sections.summary:
        sections.summary.append(description)
    return sections


def _without_sites(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* without what sites put round the story."""
    known = {id(piece.block): piece for piece in pieces}
    blocks = without_sites([piece.block for piece in pieces])
    return [known.get(id(block)) or Piece(block, level=int(block.is_heading)) for block in blocks]


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
    chosen = nodes_of(node, "option[selected]") if node.name == "select" else []
    return [Piece(Block((line_of(option),), is_heading=True), level=2) for option in chosen[:1]]


def _main(page: Page) -> Node:
    """Return the element marked as main part, if it has half of the text and a site is around it; else the body."""
    least = _MAIN_SHARE * len(raw_text(page.root).strip())
    for selector in _MAINS:
        found = [node for node in page.marked if matches(node, selector)]
        if len(found) == 1 and len(raw_text(found[0]).strip()) >= least:
            has_site = len(nodes_of(page.root, _OF_SITE)) > len(nodes_of(found[0], _OF_SITE))
            return found[0] if has_site else page.root
    return page.root


def _surroundings(page: Page) -> Callable[[Node], bool]:
    """Return a function that tells whether an element is part of the site, or an editor's comment."""
    candidates = islice((node for node in page.marked if _is_named(node) or node.name in _AROUND), _LOOKS)
    most = _CHROME_SHARE * len(raw_text(page.root))
    left_out = {id(node) for node in (*filter(lambda node: _is_of_site(node, most), candidates), *_comments(page))}
    return lambda node: id(node) in left_out


def _is_named(node: Node) -> bool:
    return bool(node.attrs) and bool((classes(node) | words_of(node, "id")) & NAMES["chrome"])


def _is_of_site(node: Node, most: float) -> bool:
    """Return whether an element of at most *most* characters is part of the site, by its links and headings."""
    parts = list(islice(elements(node), _PARTS))
    if len(parts) == _PARTS or len(raw_text(node)) > most:
        return False
    links = [part for part in parts if part.name == "a"]
    has_heading = any(part.name in ("h1", "h2") for part in parts)
    if node.parent is not None and node.parent.name in ("article", "section", "main", "blockquote"):
        linked = sum(len(raw_text(link)) for link in links)
        return node.name == "footer" and 2 * linked > len(raw_text(node).strip())
    if _is_named(node):
        return not has_heading
    if node.name == "header":
        return len(links) > 2 or (not has_heading and any(part.name in ("nav", "form") for part in parts))
    return len(links) > 1 or (node.name == "footer" and bool(PHRASES["footer"].search(raw_text(node))))


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


def role(node: Node) -> str:
    """Return `NOTE` for an element of notes, else an empty string."""
    if not node.attrs:
        return ""
    if is_named(node, "notes"):
        return NOTE
    opening = next(iter(inner(node)), None) if node.name == "p" else None
    leads_back = opening is not None and opening.name == "a" and _BACK.fullmatch(attribute(opening, "href"))
    return NOTE if leads_back else ""
