"""Markdown, as CommonMark says, read as a story: headings are chapters, and every word that shows is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from typing import Any, Literal, get_args

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from bot.stories.emphasis import marked, plain
from bot.stories.formats.encoding import decode
from bot.stories.model import Kind
from bot.stories.sections.blocks import LONG_LINE, Block, is_rule
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_label, read_labels
from bot.stories.sections.lines import read_end_mark
from bot.stories.sections.notes import is_telling
from bot.stories.sections.parts import Sections
from bot.stories.sections.sort import read_sections

VERSE_LINE = 60
"""Characters: in a file that may be wrapped by hand, a longer line is part of a paragraph."""

MAX_DEPTH = 30
"""Levels of quotes and lists that are read as such; deeper ones are text."""

PIECE = 20_000
"""Characters: longer paragraphs are read in pieces, so that no text makes it slow."""


def read_markdown(data: bytes) -> Sections:
    """The sections of a Markdown file. Raises `Refused`."""
    text, warning = decode(data)
    title, lines = _without_title(list(_Reader(text).pieces()))
    blocks = [line.block for line in _with_chapters(lines, has_title=title is not None)]
    first = next((block for block in blocks if not block.is_rule), None)
    heads = first is not None and first.is_heading
    # What markup says of the title leaves nothing to look for in the text: a sure title stands in its place,
    # and before a heading a sure byline, too.
    lead = [Block(("# T",))] if title is not None or heads else []
    lead += [Block(("by A",))] if heads else []
    sections = read_sections([*lead, *blocks])
    if lead:
        sections.title = title
    if heads:
        sections.author = None
    if title is not None and sections.metadata.get("title", "").casefold() == title.casefold():
        del sections.metadata["title"]
    sections.warnings += [warning] if warning else []
    return sections


# -- headings ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, and the level of the heading that it is, or 0."""

    block: Block
    level: int = 0
    mark: str = ""
    """The mark of the list item that it begins."""


_NUMERAL = re.compile(r"[\dIVXLCivxlc]+[.)]?")


def _without_title(pieces: list[_Piece]) -> tuple[str | None, list[_Piece]]:
    """Take the title: the first heading, where nothing but notes stands above it and it heads all others."""
    headings = [i for i, piece in enumerate(pieces) if piece.level]
    if not headings:
        return None, pieces
    first = headings[0]
    text, level = pieces[first].block.text, pieces[first].level
    if read_chapter(text) or _NUMERAL.fullmatch(text) or not all(_stands_above(p.block) for p in pieces[:first]):
        return None, pieces
    if len(headings) > 1:
        highest = min(pieces[i].level for i in headings[1:])
        between = pieces[first + 1 : headings[1]]
        if highest < level or (highest == level and not all(_stands_above(piece.block) for piece in between)):
            return None, pieces
    return text, pieces[:first] + pieces[first + 1 :]


def _stands_above(block: Block) -> bool:
    """Whether this may stand between a title and what it heads."""
    return block.is_rule or read_labels(block.lines) is not None or is_telling(block) or _is_byline(block)


def _is_byline(block: Block) -> bool:
    return block.is_line and re.match(r"(?i)\W*(?:written )?by\b", block.text) is not None and block.words < 8


def _with_chapters(pieces: Sequence[_Piece], *, has_title: bool) -> list[_Piece]:
    """Mark the headings of chapters; deeper ones are bold lines."""
    level = _chapter_level(pieces, has_title=has_title)
    return [_chapter_or_line(piece, level) if piece.level else piece for piece in pieces]


def _chapter_or_line(piece: _Piece, level: int) -> _Piece:
    if piece.level <= level:
        return replace(piece, block=replace(piece.block, is_heading=True))
    return _Piece(Block.of([marked(line, "bold") for line in piece.block.marked]))


def _chapter_level(pieces: Sequence[_Piece], *, has_title: bool) -> int:
    """The level of chapters: the highest, or where most of its headings stand right over another one the next."""
    counts = Counter(piece.level for piece in pieces if piece.level)
    if not counts:
        return 0
    repeated = [level for level, count in counts.items() if count > 1]
    level = min(counts) if has_title or not repeated else min(repeated)
    told = [piece for piece in pieces if not piece.block.is_rule]
    for deeper in sorted(counts):
        over = sum(one.level == level and next.level == deeper for one, next in pairwise(told))
        if deeper > level and 2 * over >= counts[level]:
            level = deeper
    return level


# -- blocks ------------------------------------------------------------------------

_RULE = "***"


class _Reader:
    """Reads one text; what CommonMark leaves out of a page, but a reader should not miss, is put back."""

    def __init__(self, text: str) -> None:
        self._env: dict[str, Any] = {"references": {}}
        self._tokens = _markdown().parse(text, self._env)
        self._used: set[str] = set()
        self._inlines = {
            i: self._inline(token.content) for i, token in enumerate(self._tokens) if token.type == "inline"
        }
        self._wrap = _Wrap.of([plain(inline).split("\n") for inline in self._inlines.values()])

    def pieces(self) -> Iterator[_Piece]:
        """The blocks of the text, in order."""
        gap, after_rule = 1, False
        for piece in self._listed():
            if not piece.block.text.strip():  # a paragraph of nothing but a non-breaking space keeps two scenes apart
                gap = 2
            elif not (after_rule and piece.block.is_rule):
                yield replace(piece, block=replace(piece.block, gap=gap))
                gap, after_rule = 1, piece.block.is_rule

    def _listed(self) -> Iterator[_Piece]:
        """The blocks; each item of a list begins with its mark."""
        depth, marks, items = 0, list[str](), list[_Piece]()
        for i, token in enumerate(self._tokens):
            found = [piece for piece in self._block(i, token) if not depth or piece.block.text.strip()]
            if token.type == "list_item_open":
                marks.append(_list_mark(token))
            elif token.type == "list_item_close" and marks:  # an item with nothing in it
                found = [_Piece(Block.of(["".join(marks).strip()]))]
                marks = []
            if found and marks:
                found[0] = replace(found[0], mark="".join(marks))
                marks = []
            items += found
            depth += {"bullet_list_open": 1, "ordered_list_open": 1}.get(token.type, 0)
            depth -= {"bullet_list_close": 1, "ordered_list_close": 1}.get(token.type, 0)
            if not depth:
                yield from _list(items) if token.type.endswith("list_close") else items
                items = []

    def _block(self, i: int, token: Token) -> list[_Piece]:
        if token.type == "inline":
            opening, inline = self._tokens[i - 1], self._inlines[i]
            if opening.type != "heading_open":
                return self._paragraph(inline)
            if opening.markup in ("-", "=") and not _may_head(plain(inline)):
                return [*self._paragraph(inline), _Piece(Block.of([_RULE]))]
            return [_heading(_stripped(_SOFT_OR_HARD.sub(" ", inline)), 0 if token.level > 1 else int(opening.tag[1:]))]
        if token.type == "hr":
            return [_Piece(Block.of([_RULE]))]
        if token.type == "fence":
            return _kept(
                [token.info, "", *token.content.split("\n")] if token.meta["told"] else token.content.split("\n")
            )
        if token.type == "code_block":
            return self._set_in(token.content.split("\n"))
        if token.type == "definition" and token.meta["label"] not in self._used:
            return [_Piece(Block.of([token.content]))]
        return []

    def _paragraph(self, inline: str) -> list[_Piece]:
        pieces: list[_Piece] = []
        runs = groupby(_balanced(self._wrap.unwrapped(inline)), key=lambda line: _sort(plain(line)))
        for sort, lines in runs:
            if sort == "text":
                lines = list(lines)
                pieces.append(_Piece(Block.of([_stripped(lines[0])] if len(lines) == 1 else lines)))
            elif sort == "rule":
                pieces += [_Piece(Block.of([line])) for line in lines]
        return pieces or [_Piece(Block.of([""]))]

    def _set_in(self, lines: list[str]) -> list[_Piece]:
        """Lines set in by four characters: where each stands alone, or is long, it is a paragraph, else a verse."""
        runs = [list(run) for blank, run in groupby(lines, key=lambda line: not line.strip()) if not blank]
        if any(len(run) > 1 for run in runs) and not any(len(line) > LONG_LINE for line in lines):
            return _kept(lines)
        return [piece for run in runs for line in run for piece in self._paragraph(self._inline(line.strip()))]

    # -- emphasis, links, tags ---------------------------------------------------

    def _inline(self, content: str) -> str:
        """The text of a paragraph with the marks of its emphasis, a newline or ``_HARD`` for each break."""
        markdown = _markdown()
        return "".join(self._shown(markdown.inline.parse(piece, markdown, self._env, [])) for piece in _cut(content))

    def _shown(self, tokens: list[Token]) -> str:
        paired = _paired(tokens)
        shown: list[str] = []
        links: list[tuple[int, int]] = []
        depth: Counter[Kind] = Counter()
        for i, token in enumerate(tokens):
            if token.meta and "label" in token.meta:
                self._used.add(token.meta["label"])
            if emphasis := _EMPHASIS.get(token.type) or (i in paired and token.meta["emphasis"]):
                kind, step = emphasis
                outside = depth[kind] == 0
                depth[kind] += step
                if outside or depth[kind] == 0:
                    shown.append(_MARKS[kind][step < 0])
            elif token.type == "link_open":
                links.append((i, len(shown)))
            elif token.type == "link_close":
                opened, start = links.pop()
                if not any(token.type == "image" for token in tokens[opened:i]) and not "".join(shown[start:]).strip():
                    shown.append(str(tokens[opened].attrs["href"]))
            elif token.type != "image":
                shown.append(_BREAKS.get(token.type) or _SPACE.sub(" ", token.content))
        return "".join(shown)


# -- the lines of a paragraph --------------------------------------------------------

_HARD = "\x0b"
_BREAKS = {"softbreak": "\n", "hardbreak": _HARD}
_SOFT_OR_HARD = re.compile(f"[\n{_HARD}]")
_SPACE = re.compile("[\n\t\x0b\x0c\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How the lines of a file were broken by hand: at a *width*, if any; a longer line than *verse* is prose."""

    width: int | None
    verse: int

    @classmethod
    def of(cls, paragraphs: Sequence[Sequence[str]]) -> _Wrap:
        """The way that the *paragraphs* of a file were typed."""
        broken = [lines for lines in paragraphs if len(lines) > 2]
        width = max((len(line) for lines in broken for line in lines), default=0)
        if 40 <= width <= 100 and 2 * sum(_is_full(lines, width) for lines in broken) >= len(broken):
            return cls(width, VERSE_LINE)
        whole = any(len(lines) == 1 and len(lines[0]) > 2 * LONG_LINE for lines in paragraphs)
        return cls(None, LONG_LINE if whole else VERSE_LINE)

    def unwrapped(self, inline: str) -> list[str]:
        """The lines of a paragraph as they were meant: short ones and those of labels as they are, others joined."""
        if "\n" not in inline:
            return inline.split(_HARD)
        lines = _SOFT_OR_HARD.split(inline)
        told = [plain(line).strip() for line in lines]
        labels = [read_label(line) is not None for line in told]
        if sum(labels) < 2 and max(map(len, told)) <= self.verse and not (self.width and _is_full(told, self.width)):
            return lines
        joined: list[list[str]] = []
        before = "blank"
        for line, sort, is_label, gap in zip(
            lines, map(_sort, told), labels, ["", *_SOFT_OR_HARD.findall(inline)], strict=True
        ):
            if gap == "\n" and before == sort == "text" and not (is_label and sum(labels) > 1):
                joined[-1].append(line)
            else:
                joined.append([line])
            before = sort
        return [" ".join(parts) for parts in joined]


def _is_full(lines: Sequence[str], width: int) -> bool:
    """Whether most lines end only because the next word did not fit."""
    full = sum(
        len(line) + 1 + len(next[: width + 20].split(maxsplit=1)[0] if next.strip() else "") > width - 3
        for line, next in pairwise(lines)
    )
    return full >= 0.8 * (len(lines) - 1)


def _sort(line: str) -> Literal["blank", "rule", "text"]:
    return "blank" if not line.strip() else "rule" if is_rule(line) else "text"


_MARKS: dict[Kind, str] = {kind: marked("", kind) for kind in get_args(Kind)}
"""What opens and what closes emphasis of a kind."""
_ANY_MARK = re.compile(f"[{''.join(_MARKS.values())}]")
_OPENS = {marks[0]: marks for marks in _MARKS.values()}
_EDGE = re.compile(f"[\\s{''.join(_MARKS.values())}]*")


def _balanced(lines: Iterable[str]) -> Iterator[str]:
    """*lines*, each of which closes what emphasis it opens."""
    opened: list[str] = []
    for line in lines:
        begun = "".join(marks[0] for marks in opened)
        for mark in _ANY_MARK.findall(line):
            if mark in _OPENS:
                opened.append(_OPENS[mark])
            else:
                opened = [marks for marks in opened if marks[1] != mark]
        yield begun + line + "".join(marks[1] for marks in reversed(opened))


def _stripped(line: str) -> str:
    """*line* without white space at its ends, within emphasis or not."""
    start, end = _edge(line), _edge(line[::-1])
    if len(start) + len(end) >= len(line):
        return ""
    return _without_space(start) + line[len(start) : len(line) - len(end)] + _without_space(end[::-1])


def _edge(line: str) -> str:
    match = _EDGE.match(line)
    return match[0] if match else ""


def _without_space(marks: str) -> str:
    return "".join(_ANY_MARK.findall(marks))


def _kept(lines: Sequence[str]) -> list[_Piece]:
    """Lines as they stand: a verse for each run of them."""
    runs = [list(run) for blank, run in groupby(lines, key=lambda line: not line.strip()) if not blank]
    margin = min((len(line) - len(line.lstrip()) for run in runs for line in run), default=0)
    return [
        _Piece(Block((run[0].strip(),) if len(run) == 1 else tuple(line[margin:].rstrip() for line in run)))
        for run in runs
    ]


# -- headings and lists ----------------------------------------------------------------


def _heading(inline: str, level: int) -> _Piece:
    """A heading as a piece: an ornament is a rule, a label or an end mark what it says."""
    text = plain(inline)
    if not text or is_rule(text):
        return _Piece(Block.of([_RULE]))
    label = read_label(text)
    if (label is not None and label.kind != "metadata") or read_end_mark(text):
        return _Piece(Block.of([inline]))
    return _Piece(Block.of([inline if level else _bold(inline)]), level)


def _bold(inline: str) -> str:
    return marked("".join(part for part in re.split(f"[{_MARKS['bold']}]", inline)), "bold")


_ENDS_SENTENCE = re.compile(r"[.!?…,;:][\"”»'’)\]]*\Z")


def _may_head(text: str) -> bool:
    """Whether what stands over ``---`` or ``===`` is a heading, not a paragraph before a rule."""
    return "\n" not in text and len(text) <= 100 and (bool(read_chapter(text)) or not _ENDS_SENTENCE.search(text[-20:]))


def _list_mark(token: Token) -> str:
    """How a list's item begins: a number and a dash as they were typed, for a dash may open speech."""
    if token.info:
        return f"{token.info}{token.markup} "
    return "- " if token.markup == "-" else "• "


def _list(items: Sequence[_Piece]) -> list[_Piece]:
    """The items of a list: labels without their marks, short lines together as they stand, others as paragraphs."""
    lines = [item.block.prose for item in items]
    is_lines = all(item.block.is_line and item.mark and not item.block.is_rule for item in items)
    if is_lines and all(read_label(item.block.text) for item in items) and (len(items) > 1 or items[0].mark == "• "):
        return [_Piece(Block.of(lines))]
    lines = [item.mark + line for item, line in zip(items, lines, strict=True)]
    if is_lines and max(map(len, lines)) <= VERSE_LINE:
        return [_Piece(Block.of(lines))]
    return [_Piece(Block.of(line.split("\n"))) for line in lines]


# -- CommonMark ------------------------------------------------------------------------

_EMPHASIS: dict[str, tuple[Kind, int]] = {
    "em_open": ("italic", 1),
    "em_close": ("italic", -1),
    "strong_open": ("bold", 1),
    "strong_close": ("bold", -1),
    "s_open": ("strike", 1),
    "s_close": ("strike", -1),
}
_TAGS: dict[str, Kind] = {
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    "u": "underline",
}
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>{'|'.join(_TAGS)})\s*>|<br\s*/?>[ \t]*\n?[ \t]*", re.I)
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|mailto:|tel:|data:|[#/?]|\.\.?/)\S*|\S*[\w-]\.\w{2,}\S*", re.I)
_DEFINITION = re.compile(
    r"\[(?P<label>(?:[^\[\]\\]|\\.){1,999})\]:[ \t]*<?(?P<href>[^\s<>]+)>?"
    r"(?:[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*"
)
_BlockRule = Callable[[StateBlock, int, int, bool], bool]


class _CommonMark(MarkdownIt):
    """What links to no address is text: in a chat ``[Ann](softly)`` is somebody speaking."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return _ADDRESS.fullmatch(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


@cache
def _markdown() -> MarkdownIt:
    """The parser: of blocks only, for long paragraphs are given to it in pieces."""
    markdown = _CommonMark("commonmark", {"html": False, "maxNesting": MAX_DEPTH + 10, "store_labels": True})
    markdown.enable("strikethrough")
    markdown.core.ruler.enableOnly(["normalize", "block"])
    block = markdown.block.ruler
    block.at("blockquote", _shallow(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.at("list", _shallow(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("fence", _fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.at("reference", _definition, {"alt": []})
    markdown.inline.ruler.before("autolink", "tag", _tag)
    return markdown


def _shallow(rule: _BlockRule) -> _BlockRule:
    """*rule* down to a depth where CommonMark's parser still keeps what it finds."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < MAX_DEPTH and rule(state, start, end, silent)

    return shallow


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Code between backticks; tildes are an ornament. A word after the first ones is the name of a language."""
    if state.src.startswith("~", state.bMarks[start] + state.tShift[start]) or not fence(state, start, end, silent):
        return False
    if not silent:
        token, last = state.tokens[-1], state.line - 1
        closing = state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]].strip()
        is_closed = last > start and len(closing) >= len(token.markup) and not closing.strip("`")
        token.meta = {"told": not is_closed or len(token.info.split()) > 1}
    return True


def _definition(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    """The address of a link, on a line by itself: ``[1]: https://example.org``."""
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = None if silent or state.is_code_block(start) else _DEFINITION.fullmatch(line)
    if match is None or not state.md.validateLink(match["href"]):
        return False
    label = normalizeReference(match["label"])
    state.env["references"].setdefault(label, {"title": "", "href": match["href"], "map": [start, start + 1]})
    token = state.push("definition", "", 0)
    token.content, token.meta = line.strip(), {"label": label}
    state.line = start + 1
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    """The few tags that authors type into Markdown; any other is text."""
    match = _TAG.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "<" else None
    if match is None:
        return False
    if not silent:
        token = state.push("tag" if match["name"] else "hardbreak", "", 0)
        if match["name"]:
            token.content = match[0]
            token.meta = {"emphasis": (_TAGS[match["name"].lower()], -1 if match["end"] else 1)}
    state.pos = match.end()
    return True


def _paired(tokens: Sequence[Token]) -> set[int]:
    """Which tags have a partner."""
    paired: set[int] = set()
    opened: dict[Kind, list[int]] = {kind: [] for kind in _MARKS}
    for i, token in enumerate(tokens):
        if token.type == "tag":
            kind, step = token.meta["emphasis"]
            if step > 0:
                opened[kind].append(i)
            elif opened[kind]:
                paired |= {i, opened[kind].pop()}
    return paired


def _cut(content: str) -> Iterator[str]:
    """A very long paragraph in pieces, parted at white space where there is any."""
    start = 0
    while len(content) - start > PIECE:
        space = max(content.rfind(" ", start, start + PIECE), content.rfind("\n", start, start + PIECE))
        end = space + 1 if space > start else start + PIECE
        yield content[start:end]
        start = end
    yield content[start:]
