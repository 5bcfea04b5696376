"""The elements of a page become blocks: what is seen of them, paragraph by paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import get_args

from justhtml import Node, Text

from bot.stories.emphasis import marked, plain
from bot.stories.formats.html.styles import NO_STYLE, Style, Styles, style_of
from bot.stories.formats.html.tree import attribute, children, classes, kinds, little_text, names_in, seen
from bot.stories.model import Kind
from bot.stories.sections.blocks import Block, is_rule, split
from bot.stories.sections.headings import read_byline, read_chapter

RULE = "***"
"""What stands for a line across the page."""

LINK_CHARS = 200
"""Characters: as much of a text is looked at for whether it only leads elsewhere."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, and what the markup says of it."""

    block: Block
    level: int = 0
    """Of a heading: 1 for ``h1`` and so on."""
    anchors: tuple[str, ...] = ()
    """The names by which links reach this block."""
    role: str = ""
    """What the element is for that it stands in, where that is not the story: see `read_pieces`."""
    is_link: bool = False
    """Whether it only leads elsewhere within the book, as an entry of a list of contents does."""


_UNREAD = names_in(
    "head script style template noscript nav form button select input textarea iframe object embed applet "
    "audio video canvas svg map img picture dialog datalist rp frameset noframes noembed menu"
)
_BLOCKS = names_in(
    "html body address article aside blockquote center dd details div dl dt fieldset figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hgroup hr legend li main ol p pre listing section summary table "
    "caption tbody thead tfoot tr ul search xmp plaintext"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROLES = names_in("navigation search menu menubar toolbar alert alertdialog dialog banner contentinfo")
_PAGE_NUMBERS = names_in("pagenum pageno page-number pagenumber page-num pagebreak")
_VERSE = names_in(
    "poem poetry verse stanza lg linegroup line-group verse-group song lyrics lyric poetry-container hymn"
)
_LINE = names_in("verse line l i v vers verseline verse-line poetryline poetry-line poem-line indent")
_STANZAS = names_in("stanza lg linegroup line-group verse-group")
_BREAK = re.compile(
    r"(?:scene|section|thought|line|text|transition)[-_ ]?(?:break|divider|separator)|"
    r"asterism|ornament|divider|fleuron|tb$",
    re.I,
)
_NOTE_REFERENCE = names_in("noteref fnanchor footnote-ref footnoteref footnote-reference")
_PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext"})
_SPACES = re.compile(r"[ \t\n\r\f\v\x85\u2028\u2029]+")
_BLANK = re.compile(r"[ \u00a0]{2,}")
_LETTERS = re.compile(r"[^\W\d_]")
_NUMERALS = re.compile(r"\b(?:[ivxlc]+|chapter|page|part)\b", re.I)

LeftOut = Callable[[Node], bool]
_Run = tuple[str, frozenset[Kind]]


def is_unseen(node: Node, styles: Styles) -> bool:
    """Whether nothing of an element is for a reader: scripts, forms, what is hidden, numbers of printed pages."""
    if node.name in _UNREAD:
        return True
    if not node.attrs:
        return False
    if "hidden" in node.attrs or style_of(node, styles).is_hidden:
        return True
    if attribute(node, "aria-hidden").strip().lower() == "true":
        return not is_rule(little_text(node) or "")
    return bool(kinds(node) & (_ROLES | _PAGE_NUMBERS) or classes(node) & _PAGE_NUMBERS)


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


def spaced(pieces: Sequence[Piece]) -> list[Piece]:
    """*pieces* with a gap of two before each scene, and of one before any other paragraph.

    What commonly parts two paragraphs of a page is no scene break; what is more than that is one.
    """
    between = Counter(piece.block.gap for piece in pieces[1:] if piece.block.gap > 0 and not piece.level)
    usual = max(between.items(), key=lambda item: (item[1], -item[0]))[0] if between else 1
    return [
        replace(piece, block=replace(piece.block, gap=2 if piece.block.gap > usual and not piece.level else 1))
        for piece in pieces
    ]


def blocks_of(nodes: Iterable[Node | Text], styles: Styles, left_out: LeftOut = lambda node: False) -> list[Block]:
    """The blocks of *nodes*, where no heading is a chapter's."""
    return as_prose(read_pieces(nodes, styles, left_out))


def as_prose(pieces: Sequence[Piece]) -> list[Block]:
    """The blocks of *pieces*, where no heading is a chapter's."""
    return [replace(piece.block, is_heading=False) for piece in spaced(pieces)]


def notes_of(node: Node, styles: Styles) -> list[str]:
    """The paragraphs of a note."""
    return [block.text for block in blocks_of([node], styles) if not block.is_rule]


def is_verse(node: Node) -> bool:
    return bool(classes(node) & _VERSE or kinds(node) & _VERSE)


class _Writer:
    """Puts together paragraphs while it is led through the elements of a page."""

    def __init__(self, role: Callable[[Node], str]) -> None:
        self._role_of = role
        self._roles: list[str] = [""]
        self._pieces: list[Piece] = []
        self._lines: list[list[_Run]] = [[]]
        self._on: Counter[Kind] = Counter()
        self._off: Counter[Kind] = Counter()
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
        if name in _BLOCKS:
            self._enter_block(node)
        elif name == "br":
            self._lines.append([])
            self._last_block = ""
        elif name in ("td", "th"):
            self._after_cell = True
        elif name == "a":
            self._links += _is_inner_link(node)
            if _is_note_reference(node):
                self.write("[")
        elif name == "q":
            self.write("“")
        elif name == "rt":
            self.write("(")
        self._anchor(node)
        if style is not NO_STYLE:
            self._on.update(style.on)
            self._off.update(style.off)
            self._restyle()

    def leave(self, node: Node, style: Style) -> None:
        name = node.name
        if style is not NO_STYLE:
            self._on.subtract(style.on)
            self._off.subtract(style.off)
            self._restyle()
        if name in _BLOCKS:
            self._leave_block(node)
        elif name == "a":
            self._links -= _is_inner_link(node)
            if _is_note_reference(node):
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
        if _BREAK.search(said) and not any(self._lines):
            self._rule()

    def finished(self) -> list[Piece]:
        self._flush()
        self._close_verse()
        return self._pieces

    # -- blocks ----------------------------------------------------------------

    def _enter_block(self, node: Node) -> None:
        name = node.name
        if name == "dd" and self._last_block == "dt":
            self._after_cell = True  # what a term says goes on in its line
        else:
            self._flush()
            if not _is_line(node):
                self._close_verse()
        self._roles.append(self._role_of(node) or self._roles[-1])
        if name == "hr":
            self._rule()
        elif name == "p" and self._last_block == "p" and not children(node):
            self._extra += 1  # an empty paragraph after another keeps two apart
        self._count(node, 1)
        self._level = _HEADINGS.get(name, self._level)
        self._last_block = ""

    def _leave_block(self, node: Node) -> None:
        name = node.name
        if _is_line(node):
            self._flush_line()
        elif name != "dt" or not any(self._lines):
            self._flush()
            if classes(node) & _STANZAS:
                self._close_verse()
            if not children(node) and any(map(_BREAK.search, classes(node))):
                self._rule()
        self._count(node, -1)
        self._roles.pop()
        if name in _HEADINGS:
            self._level = 0
        self._last_block = name

    def _count(self, node: Node, by: int) -> None:
        if node.name in _PREFORMATTED:
            self._pre += by
        if node.attrs and is_verse(node) and not _is_line(node):
            self._verse += by

    def _anchor(self, node: Node) -> None:
        if node.attrs and (name := attribute(node, "id") or (attribute(node, "name") if node.name == "a" else "")):
            self._anchors.append(name)

    def _restyle(self) -> None:
        self._active = frozenset(kind for kind, n in self._on.items() if n > 0 and self._off[kind] <= 0)

    def _taken_lines(self) -> tuple[list[str], int]:
        """The lines of the paragraph that ends here, neither the first nor the last of them blank.

        With them, how many blank lines are seen after them; those before them are counted at once.
        """
        if self._lines == [[]]:
            return [], 0
        lines = [_joined(runs, keep=bool(self._pre)) for runs in self._lines]
        self._lines = [[]]
        if not any(map(_is_seen, lines)):
            self._extra += 1 if lines == ["\u00a0"] else len(lines) - 1
            return [], 0
        before = next(i for i, line in enumerate(lines) if _is_seen(line))
        after = next(i for i, line in enumerate(reversed(lines)) if _is_seen(line))
        self._extra += before
        lines = [line if _is_seen(line) else "" for line in lines[before : len(lines) - after]]
        return lines, max(0, after - 1)

    def _flush(self) -> None:
        """End the paragraph, if there is one."""
        lines, after = self._taken_lines()
        if lines:
            self._close_verse()
            if self._level:
                *over, last = lines
                has_byline = bool(over) and read_byline(plain(last)) is not None
                self._put(Block.of([_heading_line(over if has_byline else lines)], is_heading=True), self._level)
                if has_byline:
                    self._put(Block.of([last]))
            elif self._verse:
                for stanza in _stanzas(lines):
                    self._put(Block.of(stanza))
            elif len(lines) == 1:
                self._put(Block.of(lines))
            else:
                for i, block in enumerate(split("\n".join(map(_without_marks_of_a_rule, lines)))):
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
        self._pieces.append(Piece(replace(block, gap=gap), level, tuple(self._anchors), self._roles[-1], is_link))
        self._anchors = []
        self._extra = 0

    def _rule(self) -> None:
        self._close_verse()
        self._put(Block.of([RULE]))


def _is_line(node: Node) -> bool:
    """Whether an element is one line of a verse (Gutenberg's ``<div class="verse indent2">``)."""
    return (
        node.name in ("div", "p", "li")
        and bool(classes(node) & _LINE)
        and not any(isinstance(child, Node) and child.name in _BLOCKS for child in children(node))
    )


def _is_inner_link(node: Node) -> bool:
    target = attribute(node, "href")
    return bool(target) and ":" not in target.partition("#")[0]


def _is_note_reference(node: Node) -> bool:
    """Whether this is the bare number of a note, which would run into the word before it."""
    said = "noteref" in kinds(node) or bool(classes(node) & _NOTE_REFERENCE)
    return said and bool(re.fullmatch(r"\d+", little_text(node) or ""))


def _heading_line(lines: Sequence[str]) -> str:
    """A heading as one line; what only numbers it is parted from its title by a colon."""
    lines = [line for line in lines if line]
    chapter = read_chapter(plain(lines[0])) if len(lines) > 1 else None
    if chapter is not None and chapter.title is None and plain(lines[0]).rstrip()[-1:].isalnum():
        return f"{lines[0]}: {' '.join(lines[1:])}"
    return " ".join(lines)


def _stanzas(lines: Sequence[str]) -> Iterator[list[str]]:
    for blank, group in groupby(lines, key=lambda line: not line):
        if not blank:
            yield list(group)


def _without_marks_of_a_rule(line: str) -> str:
    bare = plain(line)
    return bare if is_rule(bare) else line


def _is_seen(line: str) -> bool:
    return bool(line.strip(" \u00a0"))


def _joined(runs: Sequence[_Run], *, keep: bool) -> str:
    """A line of *runs* with the marks of their emphasis; white space is one space unless it is to be kept."""
    pieces: list[str] = []
    active = waiting_on = frozenset[Kind]()
    waiting = ""
    for text, on in runs:
        if not keep:
            text = _BLANK.sub(" ", text)
        core = text.strip(" \u00a0")
        before = text[: len(text) - len(text.lstrip(" \u00a0"))]
        if before:
            waiting_on = waiting_on & on if waiting else on
            waiting += before
        if not core:
            continue
        if waiting:
            if pieces or keep:  # white space has the emphasis of both sides, if it has it itself
                between = active & on & waiting_on
                pieces += [_turned(active, between), waiting if keep or len(waiting) == 1 else " "]
                active = between
            waiting = ""
        pieces += [_turned(active, on), core]
        active = on
        waiting, waiting_on = text[len(before) + len(core) :], on
    if not pieces:
        return "\u00a0" if "\u00a0" in waiting else ""
    return "".join([*pieces, _turned(active, frozenset())])


_MARKS: dict[Kind, tuple[str, str]] = {kind: (marked("", kind)[0], marked("", kind)[1]) for kind in get_args(Kind)}


def _turned(before: frozenset[Kind], after: frozenset[Kind]) -> str:
    """The marks that end the emphasis of *before* and begin that of *after*."""
    if before == after:
        return ""
    ends = "".join(_MARKS[kind][1] for kind in sorted(before - after))
    return ends + "".join(_MARKS[kind][0] for kind in sorted(after - before))
