"""A page of HTML: its body, the data in its head, and its pieces (blocks with facts from the markup)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from justhtml import Node

from bot.stories.formats.html.styles import Style, Styles, read_styles
from bot.stories.formats.html.tree import NAMES, attribute, elements, inner, line_of, raw_text
from bot.stories.sections.blocks import Block

NOTE = "note"
"""The role of a footnote, an endnote or an author's note."""

_TITLE_CHARS = 400  # maximum characters of the title in a head


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML document: all of a story in HTML, or one of the many pages of an EPUB."""

    root: Node
    marked: Sequence[Node] = field(default=(), repr=False, hash=False)
    """The elements with attributes, and those that mean something without them: headings, links, main parts."""
    title: str = ""
    metas: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """Content of the page's ``meta`` elements, by name in lower case."""
    language: str = ""
    styles: Styles = field(default_factory=dict[str, Style], hash=False)

    def first(self, matches: Callable[[Node], bool]) -> Node | None:
        """Return the first element with attributes for which *matches* is true, or None."""
        return next((node for node in self.marked if matches(node)), None)

    def by_id(self, name: str) -> Node | None:
        return self.first(lambda node: attribute(node, "id") == name)


@dataclass(frozen=True, slots=True)
class Item:
    """A list item, stored with the piece of its first paragraph."""

    list: int
    """Number of the item's list on the page."""
    mark: str
    """The mark that a browser shows before the item, with a space: ``2. `` or ``• ``."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, with facts from its markup."""

    block: Block
    level: int = 0
    """Level of a heading, 1 for ``h1`` and so on; 0 for other blocks."""
    anchors: tuple[str, ...] = ()
    """Names by which links reach the block."""
    role: str = ""
    """Role of the element around the block, such as a note; empty for the story itself."""
    is_link: bool = False
    """Whether the block is mostly links within the book, like an entry in a table of contents."""
    item: Item | None = None
    """The list item that begins with the block, if any."""


def open_page(document: Node, sheets: Iterable[str] = ()) -> Page:
    """Return the page of a parsed document; *sheets* are its external style sheets."""
    title, language = "", ""
    metas: dict[str, str] = {}
    own: list[str] = []
    for node in elements(document, unless=lambda node: node.name == "body"):
        if node.name == "title":
            title = title or line_of(node).replace("<wbr>", "")[:_TITLE_CHARS]
        elif node.name == "html":
            language = attribute(node, "lang") or attribute(node, "xml:lang")
        elif node.name == "style":
            own.append(raw_text(node))
        elif node.name == "meta":
            name = (attribute(node, "name") or attribute(node, "property")).lower()
            metas.setdefault(name, " ".join(attribute(node, "content").split()))
    body = document
    for name in ("html", "body"):
        body = next((node for node in inner(body) if node.name == name), document)
    marked = [node for node in elements(body) if node.attrs or node.name in NAMES["marked"]]
    return Page(body, marked, title, metas, language.strip(), read_styles([*sheets, *own]))


def spaced(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with a gap of two blank lines before each new scene, and of one before each other piece.

    A piece begins a new scene if the gap before it is larger than the most common gap.
    """
    between = Counter(piece.block.gap for piece in pieces[1:] if piece.block.gap > 0 and not piece.level)
    usual = max(between.items(), key=lambda item: (item[1], -item[0]))[0] if between else 1
    return [_with_gap(piece, 2 if piece.block.gap > usual and not piece.level else 1) for piece in pieces]


def _with_gap(piece: Piece, gap: int) -> Piece:
    return piece if piece.block.gap == gap else replace(piece, block=replace(piece.block, gap=gap))


def without_heading(block: Block) -> Block:
    """Return *block*; a heading becomes plain text."""
    return replace(block, is_heading=False) if block.is_heading else block


def words_in(text: str) -> list[str]:
    """Return the words of *text* for a comparison, without punctuation and in lower case."""
    return re.findall(r"\w+", text.casefold())
