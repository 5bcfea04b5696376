"""Stories in HTML: pages of archives whose markup says what is what, and plain pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from justhtml import Node

from bot.stories.formats.html.ao3 import read_ao3
from bot.stories.formats.html.ao3_page import read_ao3_page
from bot.stories.formats.html.blocks import read_pieces
from bot.stories.formats.html.fanficfare import read_fanficfare
from bot.stories.formats.html.gutenberg import is_boilerplate, read_header, within_marks
from bot.stories.formats.html.page import Page, open_page
from bot.stories.formats.html.pieces import Piece
from bot.stories.formats.html.story import HEADING_CHARS, NOTE, tell, with_chapters, without_contents
from bot.stories.formats.html.tree import (
    attribute,
    classes,
    decode_markup,
    elements,
    kinds,
    line_of,
    names_in,
    parse_html,
    raw_text,
    words_of,
)
from bot.stories.metadata import said
from bot.stories.model import Refused
from bot.stories.sections.headings import TITLE_CHARS, read_byline, read_chapter
from bot.stories.sections.labels import read_labels
from bot.stories.sections.parts import Sections

MAIN_SHARE = 0.5
"""Of a page's text: an element called its main part is that only where it has as much."""

CHROME_SHARE = 0.2
"""Of a page's text: what has more than this is not left out for its name only."""


def read_html(data: bytes) -> Sections:
    """The sections of a page. Raises `Refused`."""
    text, warning = decode_markup(data)
    page = open_page(parse_html(text))
    sections = read_ao3([page]) or read_ao3_page(page) or read_fanficfare([page]) or read_plain(page)
    if not sections.parts and not raw_text(page.root).strip():
        raise Refused("the page has no text")
    if page.language and not said(sections.metadata, "language"):
        sections.metadata["language"] = page.language
    sections.warnings += [warning] if warning else []
    return sections


def read_plain(page: Page) -> Sections:
    """The sections of a page that nothing is known of."""
    root = _main(page.root)
    pieces = without_contents(within_marks(read_pieces([root], page.styles, _Surroundings(page.root), role)))
    title, author, pieces = _titled(pieces, page)
    if title is None and root is not page.root:
        title = _title_outside(page, root)
    known = Sections()
    is_book = read_header(known, page)
    title, author = known.title or title, known.author or author
    sections = tell(with_chapters(pieces), title, author, is_book=is_book)
    sections.title = sections.title or title_of_head(page)
    sections.author = sections.author or _author_of_head(page)
    sections.metadata = known.metadata | sections.metadata
    description = page.metas.get("description", "")
    if description and not sections.summary and not _is_in(description, pieces):
        sections.summary.append(description)
    return sections


# -- which part of a page is the story ------------------------------------------

_MAIN_IDS = frozenset({"storytext", "story-text", "workskin"})
_AROUND = frozenset({"nav", "header", "footer", "form"})
_CHROME = names_in(
    "nav navbar navigation menu sidebar breadcrumb breadcrumbs pagination pager share sharing social "
    "social-share cookie cookies advert advertisement ads footer site-footer site-header page-footer "
    "comments comment-list comments-area respond related related-posts skip-link skiplink masthead topbar "
    "toolbar widget"
)
_LOOKS = 200
"""Elements that may be surroundings are looked at no more often than this; a page has some ten."""

_PARTS = 2_000
"""Nodes: no surroundings of a story have more."""


def _main(body: Node) -> Node:
    """The element that holds the story, where the page says so, it holds most of the text, and a site is around it."""
    candidates = [
        node
        for node in elements(body)
        if node.name in ("main", "article") or "main" in kinds(node) or attribute(node, "id") in _MAIN_IDS
    ]
    articles = sum(node.name == "article" for node in candidates)
    whole = len(raw_text(body).strip())
    found = body
    for node in candidates[:8]:
        if (node.name != "article" or articles == 1) and len(raw_text(node).strip()) >= MAIN_SHARE * whole:
            found = node
    around = elements(body, unless=lambda node: node is found)
    return found if any(node.name in _AROUND for node in around) else body


class _Surroundings:
    """Whether an element is part of the site and not of the story."""

    def __init__(self, body: Node) -> None:
        self._most = CHROME_SHARE * len(raw_text(body))
        self._looks = 0

    def __call__(self, node: Node) -> bool:
        if is_boilerplate(node):
            return True
        named = bool(node.attrs) and bool((classes(node) | words_of(node, "id")) & _CHROME)
        if not named and node.name not in ("header", "footer", "aside"):
            return False
        self._looks += 1
        if self._looks > _LOOKS or _is_within_story(node):
            return False
        inner = list(islice(elements(node), _PARTS))
        if len(inner) == _PARTS or len(raw_text(node)) > self._most:
            return False
        links = sum(part.name == "a" for part in inner)
        heads = any(part.name in ("h1", "h2") for part in inner)
        if named:
            return not heads
        if node.name == "header":
            return links > 2 or (not heads and any(part.name in ("nav", "form") for part in inner))
        return links > 1 or (node.name == "footer" and bool(_RIGHTS.search(raw_text(node))))


_RIGHTS = re.compile(r"©|copyright|all rights reserved|powered by", re.I)


def _is_within_story(node: Node) -> bool:
    parent = node.parent
    return parent is not None and parent.name in ("article", "section", "main", "blockquote")


def role(node: Node) -> str:
    """What an element is for where that is not the story: its notes."""
    if not node.attrs:
        return ""
    return NOTE if kinds(node) & _NOTE_KINDS or classes(node) & _NOTE_CLASSES else ""


_NOTE_KINDS = names_in("footnote footnotes endnote endnotes rearnote rearnotes")
_NOTE_CLASSES = frozenset(["footnote", "footnotes", "endnote", "endnotes"])


# -- title and author -----------------------------------------------------------

TITLE_AFTER_WORDS = 60
"""What has more words before it is no title."""

_JUNK = re.compile(
    r"untitled.*|index|document\d*|new page|home|story|chapter|unknown|page \d+|microsoft word.*|"
    r".*\.(?:html?|docx?|txt|rtf|odt|pdf)",
    re.I,
)


def _titled(pieces: list[Piece], page: Page) -> tuple[str | None, str | None, list[Piece]]:
    """The title and the author that the page gives over the story, and the other pieces."""
    at = _title_at(pieces, page)
    if at is None:
        return None, None, pieces
    title, author, end = pieces[at].block.lines[0], None, at + 1
    rest = pieces[at].block.after(1)
    lines = rest.lines or (pieces[end].block.lines if end < len(pieces) else ())
    if lines and (author := read_byline(lines[0])) is not None:
        rest_of = (rest if rest.lines else pieces[end].block).after(1)
        end += not rest.lines
        rest = rest_of
    known = _author_of_head(page)
    if author is None and known and title.lower().endswith(f" by {known.lower()}"):
        title, author = title[: -len(known) - 4], known
    left = [replace(pieces[at], block=rest, level=0)] if rest.lines else []
    return title.strip(), author, [*pieces[:at], *left, *pieces[end:]]


def _title_at(pieces: Sequence[Piece], page: Page) -> int | None:
    """Which piece is the title: a heading over the others, or the line that the head of the page names."""
    named = _normal(page.title)
    words = 0
    for i, piece in enumerate(pieces):
        text = piece.block.lines[0]
        if piece.block.is_rule:
            continue
        if words > TITLE_AFTER_WORDS or (piece.level and read_chapter(text)):
            return None
        is_named = bool(named) and len(_normal(text)) > 2 and (_normal(text) in named)
        if piece.level and not read_labels([text]) and len(text) <= 2 * HEADING_CHARS:
            alone = sum(other.level == piece.level for other in pieces) == 1
            following = next((later for later in pieces[i + 1 :] if not later.block.is_rule), None)
            over = following is not None and (
                following.level > piece.level or read_byline(following.block.lines[0]) is not None
            )
            return i if alone or is_named or over else None
        if is_named and len(text) <= TITLE_CHARS and _normal(text) in (named, _normal(title_of_head(page) or "")):
            return i
        words += piece.block.words
    return None


def title_of_head(page: Page) -> str | None:
    """The title that the head of a page gives, without the names of site and chapter."""
    parts = [part.strip() for part in re.split(r"\s+[|–—·-]\s+|\s*\|\s*", page.title)]
    kept = [part for part in parts if part and not read_chapter(part) and not _JUNK.fullmatch(part)]
    return kept[0] if kept and not _JUNK.fullmatch(page.title) else None


def _title_outside(page: Page, root: Node) -> str | None:
    """The one first heading outside the story, if the head of the page names it, too."""
    found = [line_of(node) for node in elements(page.root, unless=lambda node: node is root) if node.name == "h1"]
    return found[0] if len(found) == 1 and found[0] and _normal(found[0]) in _normal(page.title) else None


def _author_of_head(page: Page) -> str | None:
    for name in ("author", "dc.creator", "dcterms.creator", "article:author", "book:author"):
        value = page.metas.get(name, "")
        if value and "://" not in value and not _JUNK.fullmatch(value):
            return value
    return None


def _normal(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _is_in(description: str, pieces: Sequence[Piece]) -> bool:
    """Whether a description only repeats how the story begins."""
    start = _normal(description)[:60]
    return not start or start in _normal(" ".join(piece.block.text for piece in pieces[:40]))
