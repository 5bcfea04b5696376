"""The elements of a page become blocks: what is seen of them, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import get_args

from justhtml import Node, Text

from bot.stories.blocks import Block, split
from bot.stories.emphasis import plain
from bot.stories.headings import read_byline
from bot.stories.html_lines import Run, heading_line, is_seen, joined, stanzas, without_marks_of_a_rule
from bot.stories.html_names import (
    BLOCKS,
    HEADINGS,
    PREFORMATTED,
    is_inner_link,
    is_line,
    is_note_reference,
    is_stanza,
    is_unseen,
    is_verse,
    parts_scenes,
)
from bot.stories.html_pieces import Piece, as_prose
from bot.stories.html_styles import NO_STYLE, Style, Styles, style_of
from bot.stories.html_tree import attribute, children, classes, seen
from bot.stories.model import Kind

RULE = "***"
"""What stands for a line across the page."""

LINK_CHARS = 200
"""Characters: as much of a text is looked at for whether it only leads elsewhere."""


_SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_LETTERS = re.compile(r"[^\W\d_]")
_NUMERALS = re.compile(r"\b(?:[ivxlc]+|chapter|page|part)\b", re.I)

LeftOut = Callable[[Node], bool]


def read_pieces(
    nodes: Iterable[Node | Text],
    styles: Styles,
    left_out: LeftOut = lambda node: False,
    role: Callable[[Node], str] = lambda node: "",
) -> list[Piece]:
    """What is to be read in *nodes*, in order, leaving out the elements that *left_out* holds of.

    What stands in an element that *role* has a word for is marked with that word.
    """
    writer = _Writer(role)
    to_do: list[tuple[Node | Text, bool, Style]] = [(node, False, NO_STYLE) for node in nodes][::-1]
    while to_do:
        node, done, style = to_do.pop()
        if isinstance(node, Text):
            writer.write(node.data or "")
        elif done:
            writer.leave(node, style)
        elif node.name == "#document" or node.name == "#document-fragment":
            to_do.extend((child, False, NO_STYLE) for child in reversed(children(node)))
        elif node.name == "img":
            writer.picture(node)
        elif not node.name.startswith(("#", "!")):
            if left_out(node) or is_unseen(node, styles):
                writer.pass_by(node)
                continue
            style = style_of(node, styles)
            writer.enter(node, style)
            to_do.append((node, True, style))
            to_do.extend((child, False, NO_STYLE) for child in reversed(children(node)))
    return writer.finished()


def blocks_of(nodes: Iterable[Node | Text], styles: Styles, left_out: LeftOut = lambda node: False) -> list[Block]:
    """The blocks of *nodes*, where no heading is a chapter's."""
    return as_prose(read_pieces(nodes, styles, left_out))


def notes_of(node: Node, styles: Styles) -> list[str]:
    """The paragraphs of a note."""
    return [block.text for block in blocks_of([node], styles) if not block.is_rule]


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that begins a line of its own and is open still."""

    role: str
    is_line: bool
    is_verse: bool


class _Writer:
    """Puts together paragraphs while it is led through the elements of a page."""

    def __init__(self, role: Callable[[Node], str]) -> None:
        self._role_of = role
        self._open: list[_Open] = []
        self._pieces: list[Piece] = []
        self._lines: list[list[Run]] = [[]]
        self._emphasis: dict[Kind, list[bool]] = {kind: [] for kind in get_args(Kind)}
        """For each kind what the elements that are open say of it, the innermost last."""
        self._active: frozenset[Kind] = frozenset()
        self._pre = 0
        self._verse = 0
        self._links = 0
        self._level = 0
        self._verse_lines: list[str] = []
        self._verse_gap = 1
        self._extra = 0
        """Blank lines that are seen before what comes next."""
        self._anchors: list[str] = []
        self._linked = self._unlinked = 0
        """Letters of the paragraph within links and outside."""
        self._after_cell = False
        self._last_block = ""
        """The name of the element that was left last, if nothing came since."""

    # -- what the walk tells ---------------------------------------------------

    def write(self, text: str) -> None:
        text = seen(text)
        if not text:
            return
        if not self._pre:
            text = _SPACES.sub(" ", text)
        if self._after_cell and text.strip():
            self._after_cell = False
            self._lines[-1].append((" ", frozenset()))
        if self._pre:
            first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self._lines[-1].append((first, self._active))
            self._lines.extend([(line, self._active)] for line in others)
        else:
            self._lines[-1].append((text, self._active))
        if text.strip():
            self._last_block = ""
            letters = len(_LETTERS.findall(_NUMERALS.sub("", text[:LINK_CHARS])))
            if self._links:
                self._linked += letters
            else:
                self._unlinked += letters

    def enter(self, node: Node, style: Style) -> None:
        name = node.name
        if name in BLOCKS:
            self._enter_block(node)
        elif name == "br":
            self._lines.append([])
            self._last_block = ""
        elif name in ("td", "th"):
            self._after_cell = True
        elif name == "a":
            self._links += is_inner_link(node)
            if is_note_reference(node):
                self.write("[")
        elif name == "q":
            self.write("“")
        elif name == "rt":
            self.write("(")
        self._anchor(node)
        if style is not NO_STYLE:
            for kind in style.on | style.off:
                self._emphasis[kind].append(kind in style.on)
            self._restyle()

    def leave(self, node: Node, style: Style) -> None:
        name = node.name
        if style is not NO_STYLE:
            for kind in style.on | style.off:
                self._emphasis[kind].pop()
            self._restyle()
        if name in BLOCKS:
            self._leave_block(node)
        elif name == "a":
            self._links -= is_inner_link(node)
            if is_note_reference(node):
                self.write("]")
        elif name == "q":
            self.write("”")
        elif name == "rt":
            self.write(")")

    def pass_by(self, node: Node) -> None:
        """An element that is left out may still be what a link leads to."""
        self._anchor(node)

    def picture(self, node: Node) -> None:
        """A picture is not read, but one that parts scenes does so here, too."""
        said = " ".join((attribute(node, "class"), attribute(node, "alt"), attribute(node, "src").rpartition("/")[2]))
        if parts_scenes(said) and not any(self._lines):
            self._rule()

    def finished(self) -> list[Piece]:
        self._flush()
        self._close_verse()
        return self._pieces

    # -- blocks ----------------------------------------------------------------

    def _enter_block(self, node: Node) -> None:
        name = node.name
        line = is_line(node, in_verse=self._verse > 0)
        if name == "dd" and self._last_block == "dt":
            self._after_cell = True  # what a term says goes on in its line
        else:
            self._flush()
            if not line:
                self._close_verse()
        verse = not line and is_verse(node)
        self._open.append(_Open(self._role_of(node) or self._role, line, verse))
        self._verse += verse
        self._pre += name in PREFORMATTED
        if name == "hr":
            self._rule()
        elif name == "p" and self._last_block == "p" and not children(node):
            self._extra += 1  # an empty paragraph after another keeps two apart
        self._level = HEADINGS.get(name, self._level)
        self._last_block = ""

    def _leave_block(self, node: Node) -> None:
        name = node.name
        if self._open[-1].is_line:
            self._flush_line()
        elif name != "dt" or not any(self._lines):
            self._flush()
            if is_stanza(node):
                self._close_verse()
            if not children(node) and any(map(parts_scenes, classes(node))):
                self._rule()
        self._pre -= name in PREFORMATTED
        self._verse -= self._open.pop().is_verse
        if name in HEADINGS:
            self._level = 0
        self._last_block = name

    @property
    def _role(self) -> str:
        return self._open[-1].role if self._open else ""

    def _anchor(self, node: Node) -> None:
        if node.attrs and (name := attribute(node, "id") or (attribute(node, "name") if node.name == "a" else "")):
            self._anchors.append(name)

    def _restyle(self) -> None:
        self._active = frozenset(kind for kind, said in self._emphasis.items() if said and said[-1])

    def _taken_lines(self) -> tuple[list[str], int]:
        """The lines of the paragraph that ends here, neither the first nor the last of them blank.

        With them, how many blank lines are seen after them; those before them are counted at once.
        """
        if self._lines == [[]]:
            return [], 0
        lines = [joined(runs, keep=bool(self._pre)) for runs in self._lines]
        self._lines = [[]]
        if not any(map(is_seen, lines)):
            self._extra += 1 if lines == ["\u00a0"] else len(lines) - 1
            return [], 0
        before = next(i for i, line in enumerate(lines) if is_seen(line))
        after = next(i for i, line in enumerate(reversed(lines)) if is_seen(line))
        self._extra += before
        lines = [line if is_seen(line) else "" for line in lines[before : len(lines) - after]]
        return lines, max(0, after - 1)

    def _flush(self) -> None:
        """End the paragraph, if there is one."""
        lines, after = self._taken_lines()
        if lines:
            self._close_verse()
            if self._level:
                *over, last = lines
                has_byline = bool(over) and read_byline(plain(last)) is not None
                self._put(Block.of([heading_line(over if has_byline else lines)], is_heading=True), self._level)
                if has_byline:
                    self._put(Block.of([last]))
            elif self._verse:
                for stanza in stanzas(lines):
                    self._put(Block.of(stanza))
            elif len(lines) == 1:
                self._put(Block.of(lines))
            else:
                for i, block in enumerate(split("\n".join(map(without_marks_of_a_rule, lines)))):
                    self._put(replace(block, gap=block.gap if i else 1))
            self._extra = after
        self._linked = self._unlinked = 0

    def _flush_line(self) -> None:
        """End what is a line of a verse, or a verse if it has lines of its own."""
        lines, after = self._taken_lines()
        if self._extra or len(lines) > 1:
            self._close_verse()
        if lines and not self._verse_lines:
            self._verse_gap, self._extra = 1 + self._extra, 0
        self._verse_lines += [line for line in lines if line]
        if len(lines) > 1:
            self._close_verse()
        self._extra += after
        self._linked = self._unlinked = 0

    def _close_verse(self) -> None:
        if self._verse_lines:
            lines, self._verse_lines = self._verse_lines, []
            extra, self._extra = self._extra, 0
            self._put(Block.of(lines, self._verse_gap))
            self._extra = extra

    def _put(self, block: Block, level: int = 0) -> None:
        gap = block.gap + self._extra if block.gap else 0
        is_link = self._linked > self._unlinked
        self._pieces.append(Piece(replace(block, gap=gap), level, tuple(self._anchors), self._role, is_link))
        self._anchors = []
        self._extra = 0

    def _rule(self) -> None:
        self._close_verse()
        self._put(Block.of([RULE]))
