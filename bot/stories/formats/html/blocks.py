"""Turn the elements of a page into blocks: its visible text, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from justhtml import Node, Text

from bot.stories.emphasis import plain
from bot.stories.formats.html.lines import Paragraph, heading_line
from bot.stories.formats.html.lists import OpenList, as_prose
from bot.stories.formats.html.names import (
    BLOCKS,
    fills_cell,
    is_inner_link,
    is_line,
    is_note_number,
    is_note_reference,
    is_scene_break,
    is_unseen,
    shown,
)
from bot.stories.formats.html.page import Item, Piece
from bot.stories.formats.html.styles import NO_STYLE, Style, Styles, style_of
from bot.stories.formats.html.tree import HEADINGS, NAMES, attribute, children, classes, is_named, visible
from bot.stories.model import Emphasis
from bot.stories.sections.blocks import Block, is_rule, split
from bot.stories.sections.bylines import read_byline

_RULE = "***"  # text for a horizontal line
_AROUND = {"q": "“”", "rt": "()"}  # marks that a browser shows around the text of an element
LeftOut = Callable[[Node], bool]
"""A function that returns whether to skip an element."""


def read_pieces(
    nodes: Iterable[Node | Text],
    styles: Styles,
    left_out: LeftOut = lambda node: False,
    role: Callable[[Node], str] = lambda node: "",
) -> list[Piece]:
    """Return the pieces of *nodes*, in order, without the elements for which *left_out* is true.

    Each piece has the *role* of the innermost element around it that has a role.
    """
    writer = _Writer(role)
    to_do: list[tuple[Node | Text, bool, Style]] = [(node, False, NO_STYLE) for node in nodes][::-1]
    while to_do:
        node, done, style = to_do.pop()
        if isinstance(node, Text):
            writer.write(shown(node))
        elif done:
            writer.leave(node, style)
        elif node.name in ("#document", "#document-fragment"):
            to_do.extend((child, False, NO_STYLE) for child in reversed(children(node)))
        elif node.name == "img":
            writer.picture(node)
        elif not node.name.startswith(("#", "!")):
            if left_out(node) or is_unseen(node, styles):
                writer.anchor(node)  # a link may lead to a skipped element
                continue
            style = style_of(node, styles)
            if style is NO_STYLE and fills_cell(node):
                to_do.extend((child, False, NO_STYLE) for child in reversed(children(node)))
                continue
            writer.enter(node, style)
            to_do.append((node, True, style))
            to_do.extend((child, False, NO_STYLE) for child in reversed(children(node)))
    return writer.finished()


def blocks_of(nodes: Iterable[Node | Text], styles: Styles, left_out: LeftOut = lambda node: False) -> list[Block]:
    """Return the blocks of *nodes*; headings become plain text."""
    return as_prose(read_pieces(nodes, styles, left_out))


def notes_of(node: Node, styles: Styles) -> list[str]:
    """Return the text of each block in an element of notes; rules are left out."""
    return [block.text for block in blocks_of([node], styles) if not block.is_rule]


@dataclass(frozen=True, slots=True)
class _Open:
    """A block element that has been entered and not yet left."""

    role: str
    is_line: bool
    is_verse: bool


class _Writer:
    """Builds paragraphs while a page's elements are entered and left in order."""

    def __init__(self, role: Callable[[Node], str]) -> None:
        self._role_of = role
        self._open: list[_Open] = []
        self._pieces: list[Piece] = []
        self._paragraph = Paragraph()
        self._active: frozenset[Emphasis] = frozenset()
        self._outside: list[frozenset[Emphasis]] = []
        """The emphasis outside each open element that has a style."""
        self._pre = 0
        self._verse = 0
        self._links = 0
        self._level = 0
        self._has_lines = False
        """Whether the paragraph is made of elements that are one line of a verse each."""
        self._extra = 0
        """Number of visible blank lines before the next block."""
        self._anchors: list[str] = []
        self._lists: list[OpenList | None] = []
        self._lists_seen = 0
        self._item: Item | None = None
        """The list item that has begun, until its first block is written."""
        self._gap_is_due = False
        self._last_block = ""
        """Name of the last block element that was left; empty if text, a line break or a block came since."""

    # -- the walk --------------------------------------------------------------

    def write(self, text: str) -> None:
        text = visible(text)
        if not text:
            return
        if text.strip():
            if self._has_lines and not self._open[-1].is_line:
                self._flush()
            if self._gap_is_due and self._paragraph:
                self._paragraph.add_plain(" ")
            self._gap_is_due = False
            self._last_block = ""
        self._paragraph.add(text, self._active, keep=self._pre > 0, in_link=self._links > 0)

    def enter(self, node: Node, style: Style) -> None:
        name = node.name
        if name in BLOCKS:
            self._enter_block(node)
        elif name == "br":
            self._paragraph.add_plain("\n")
            self._last_block = ""
            self._gap_is_due = False
        elif name in ("td", "th"):
            self._gap_is_due = True
        elif name == "a":
            self._links += is_inner_link(node)
            if is_note_reference(node) or is_note_number(node):
                self.write("[")
        elif name in _AROUND:
            self.write(_AROUND[name][0])
        self.anchor(node)
        if style is not NO_STYLE:
            self._outside.append(self._active)
            self._active = (self._active - style.off) | style.on

    def leave(self, node: Node, style: Style) -> None:
        name = node.name
        if style is not NO_STYLE:
            self._active = self._outside.pop()
        if name in BLOCKS:
            self._leave_block(node)
        elif name == "a":
            self._links -= is_inner_link(node)
            if is_note_number(node) or is_note_reference(node):
                self.write("] " if is_note_number(node) else "]")
        elif name in _AROUND:
            self.write(_AROUND[name][1])

    def anchor(self, node: Node) -> None:
        if node.attrs and (name := attribute(node, "id") or (attribute(node, "name") if node.name == "a" else "")):
            self._anchors.append(name)

    def picture(self, node: Node) -> None:
        """Write a rule for a picture that separates scenes; skip other pictures."""
        names = " ".join((attribute(node, "class"), attribute(node, "alt"), attribute(node, "src").rpartition("/")[2]))
        if is_scene_break(names) and not self._paragraph:
            self._rule()

    def finished(self) -> list[Piece]:
        self._flush()
        return self._pieces

    # -- blocks ----------------------------------------------------------------

    def _enter_block(self, node: Node) -> None:
        name = node.name
        opened = _Open(
            self._role_of(node) or self._role, is_line(node, in_verse=self._verse > 0), is_named(node, "verse")
        )
        if name == "dd" and self._last_block == "dt":
            self._gap_is_due = True  # a description continues the line of its term
        elif not (opened.is_line and self._has_lines):
            self._flush()
        self._has_lines = opened.is_line
        self._open.append(opened)
        self._verse += opened.is_verse and not opened.is_line
        self._pre += name in NAMES["preformatted"]
        if name in ("ol", "ul"):
            self._lists_seen += 1
            self._lists.append(OpenList.of(node, self._lists_seen))
        elif name == "li":
            within = self._lists[-1] if self._lists and not opened.is_line else None
            self._item = within.item(node) if within is not None else None
        elif name == "hr":
            self._rule()
        elif name == "p" and self._last_block == "p" and not children(node):
            self._extra += 1  # an empty paragraph after another one is a blank line
        if name in HEADINGS:
            self._level = HEADINGS[name]
        self._last_block = ""

    def _leave_block(self, node: Node) -> None:
        name = node.name
        if self._open[-1].is_line:
            self._paragraph.add_plain("\n")
        elif name != "dt" or not self._paragraph:
            self._flush()
            if not children(node) and any(map(is_scene_break, classes(node))):
                self._rule()
        if name in ("ol", "ul"):
            self._lists.pop()
        elif name == "li":
            self._item = None
        self._pre -= name in NAMES["preformatted"]
        closed = self._open.pop()
        self._verse -= closed.is_verse and not closed.is_line
        if name in HEADINGS:
            self._level = 0
        self._last_block = name

    @property
    def _role(self) -> str:
        return self._open[-1].role if self._open else ""

    def _flush(self) -> None:
        """End the open paragraph and write its blocks, if it has text."""
        read = self._paragraph.read(keep=self._pre > 0)
        is_verse = self._verse > 0 or self._has_lines
        self._paragraph = Paragraph()
        self._gap_is_due = self._has_lines = False
        self._extra += read.before
        if not (lines := read.lines):
            return
        if self._level:
            self._put_heading(lines, is_link=read.is_link)
        elif is_verse or len(lines) == 1:
            for _, stanza in filter(itemgetter(0), groupby(lines, key=bool)):
                self._put(Block.of(list(stanza)), is_link=read.is_link)
        else:
            unmarked = [bare if is_rule(bare := plain(line)) else line for line in lines]
            for i, block in enumerate(split("\n".join(unmarked))):
                self._put(replace(block, gap=block.gap if i else 1), is_link=read.is_link)
        self._extra = read.after

    def _put_heading(self, lines: list[str], *, is_link: bool) -> None:
        """Write a heading; a byline in its last line becomes a block of its own."""
        *over, last = lines
        has_byline = bool(over) and read_byline(plain(last)) is not None
        heading = Block.of([heading_line(over if has_byline else lines)], is_heading=True)
        self._put(heading, level=self._level, is_link=is_link)
        if has_byline:
            self._put(Block.of([last]), is_link=is_link)
        self._level = 0  # an element that was never closed contains the whole story

    def _put(self, block: Block, *, level: int = 0, is_link: bool = False) -> None:
        gap = block.gap + self._extra if block.gap else 0
        block = block if block.gap == gap else replace(block, gap=gap)
        self._pieces.append(Piece(block, level, tuple(self._anchors), self._role, is_link, self._item))
        self._anchors = []
        self._item = None
        self._extra = 0

    def _rule(self) -> None:
        self._put(Block.of([_RULE]))
