"""A page: its body, what its head says, and the pieces that it is read in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from justhtml import Node

from bot.stories.formats.html.styles import Style, Styles, read_styles
from bot.stories.formats.html.tree import attribute, elements, inner, line_of, raw_text
from bot.stories.sections.blocks import Block

_TITLE_CHARS = 400  # of the title in a head


@dataclass(frozen=True, slots=True)
class Page:
    """One document of a story: a story in HTML has one, a book many."""

    root: Node
    elements: Sequence[Node] = field(default=(), repr=False, hash=False)
    """Every element below the root, in the order of the page."""
    marked: Sequence[Node] = field(default=(), repr=False, hash=False)
    """Those with attributes."""
    title: str = ""
    metas: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    """The content of its ``meta`` elements by their names in small letters."""
    language: str = ""
    styles: Styles = field(default_factory=dict[str, Style], hash=False)

    def first(self, matches: Callable[[Node], bool]) -> Node | None:
        """Return the first element with attributes that *matches* holds of."""
        return next((node for node in self.marked if matches(node)), None)

    def by_id(self, name: str) -> Node | None:
        return self.first(lambda node: attribute(node, "id") == name)


@dataclass(frozen=True, slots=True)
class Item:
    """The first paragraph of an item of a list."""

    list: int
    """Tells its list from the others of the page."""
    mark: str
    """What a browser shows before it, with a space: ``2. `` or ``• ``."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, and what the markup says of it."""

    block: Block
    level: int = 0
    """Of a heading: 1 for ``h1`` and so on."""
    anchors: tuple[str, ...] = ()
    """The names by which links reach this block."""
    role: str = ""
    """The use of the element around it, where that is not the story: see `read_pieces`."""
    is_link: bool = False
    """Whether it only leads elsewhere within the book, as an entry of a list of contents does."""
    item: Item | None = None
    """Which item of a list begins with it."""


def open_page(document: Node, sheets: Iterable[str] = ()) -> Page:
    """Return the page of a parsed document, with style *sheets* from outside of it."""
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
    inside = list(elements(body))
    marked = [node for node in inside if node.attrs]
    return Page(body, inside, marked, title, metas, language.strip(), read_styles([*sheets, *own]))


def spaced(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with a gap of two before each scene, and of one before any other.

    A gap that is larger than the usual one of the page is a scene break.
    """
    between = Counter(piece.block.gap for piece in pieces[1:] if piece.block.gap > 0 and not piece.level)
    usual = max(between.items(), key=lambda item: (item[1], -item[0]))[0] if between else 1
    return [_with_gap(piece, 2 if piece.block.gap > usual and not piece.level else 1) for piece in pieces]


def _with_gap(piece: Piece, gap: int) -> Piece:
    return piece if piece.block.gap == gap else replace(piece, block=replace(piece.block, gap=gap))


def without_heading(block: Block) -> Block:
    """Return a block that is no heading; most are none."""
    return replace(block, is_heading=False) if block.is_heading else block


def words_in(text: str) -> list[str]:
    """Return the words of *text* as they are compared: without punctuation and capitals."""
    return re.findall(r"\w+", text.casefold())
