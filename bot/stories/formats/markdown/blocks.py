"""Split a Markdown file into CommonMark's blocks; words and line breaks that CommonMark would drop are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from markdown_it.token import Token

from bot.stories.emphasis import MARKS, balanced, marked, plain
from bot.stories.formats.html.page import Item, Piece
from bot.stories.formats.markdown.commonmark import parser
from bot.stories.formats.markdown.inline import BREAK, read_inline, stripped
from bot.stories.formats.typed_emphasis import with_tags_marked
from bot.stories.sections.blocks import LONG_LINE, Block, is_rule
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_label
from bot.stories.sections.lines import read_end_mark
from bot.stories.sites.lines import is_of_site

_RULE = Piece(Block.of(["***"]))
_VERSE_LINE = 60  # maximum characters of a verse's line, in a file that may be wrapped by hand
_ENDS_SENTENCE = re.compile(r"[.!?…,;:][\"”»'’)\]]*\Z")


class Reader:
    """Parses one Markdown text into blocks."""

    def __init__(self, text: str) -> None:
        self._tokens = parser().parse(with_tags_marked(text))
        self._inlines = {
            i: read_inline(token.content) for i, token in enumerate(self._tokens) if token.type == "inline"
        }
        self._most_verse_chars = _most_verse_chars(map(plain, self._inlines.values()))

    def pieces(self) -> Iterator[Piece]:
        """Yield the blocks of the text, in order."""
        gap, after_rule = 1, False
        for piece in self._listed():
            if not piece.block.text.strip():  # a paragraph with only a non-breaking space separates scenes
                gap = 2
            elif not (after_rule and piece.block.is_rule):
                yield piece if piece.block.gap == gap else replace(piece, block=replace(piece.block, gap=gap))
                gap, after_rule = 1, piece.block.is_rule

    def _listed(self) -> Iterator[Piece]:
        """Yield the blocks of the text, in order; the first block of a list item has the item's mark."""
        depth, lists, marks = 0, 0, ""
        for i, token in enumerate(self._tokens):
            found = self._block(i, token)
            if token.type == "list_item_open":
                marks += _list_mark(token)
            elif token.type == "list_item_close" and marks:  # an empty item
                found = [Piece(Block.of([marks.strip()]))]
                marks = ""
            elif found and marks:
                found[0] = replace(found[0], item=Item(lists, marks))
                marks = ""
            yield from found
            if token.type.startswith(("bullet_list", "ordered_list")):
                lists += depth == 0
                depth += token.nesting

    def _block(self, i: int, token: Token) -> list[Piece]:
        if token.type == "inline":
            opening, inline = self._tokens[i - 1], self._inlines[i]
            if opening.type != "heading_open":
                return self._paragraph(inline)
            if opening.markup in ("-", "=") and not _is_heading(plain(inline)):
                return [*self._paragraph(inline), _RULE]
            return [_heading(stripped(BREAK.sub(" ", inline)), 0 if token.level > 1 else int(opening.tag[1:]))]
        if token.type == "hr":
            return [Piece(Block.of([token.markup]))]
        if token.type == "fence":
            return _verses([*([token.info, ""] if token.meta["keeps_info"] else []), *token.content.split("\n")])
        if token.type == "code_block":
            return self._indented(token.content.split("\n"))
        return []

    def _paragraph(self, inline: str) -> list[Piece]:
        pieces: list[Piece] = []
        runs = groupby(balanced(_unwrapped(inline, self._most_verse_chars)), key=lambda line: _line_kind(plain(line)))
        for kind, lines in runs:
            if kind == "text":
                lines = list(lines)
                pieces.append(Piece(Block.of([stripped(lines[0])] if len(lines) == 1 else lines)))
            elif kind == "rule":
                pieces += [Piece(Block.of([line])) for line in lines]
        return pieces or [Piece(Block.of([""]))]

    def _indented(self, lines: list[str]) -> list[Piece]:
        """Return lines indented by four characters as verse, or as paragraphs if all are separate or any is long."""
        runs = _runs(lines)
        if any(len(run) > 1 for run in runs) and not any(len(line) > LONG_LINE for line in lines):
            return _verses(lines)
        return [piece for run in runs for line in run for piece in self._paragraph(read_inline(line.strip()))]


def _runs(lines: Sequence[str]) -> list[list[str]]:
    """Return each run of lines without blank lines."""
    return [list(run) for blank, run in groupby(lines, key=lambda line: not line.strip()) if not blank]


def _verses(lines: Sequence[str]) -> list[Piece]:
    """Return a verse for each run of non-blank lines, without their common indentation; emphasis is not parsed."""
    runs = _runs(lines)
    margin = min((len(line) - len(line.lstrip()) for run in runs for line in run), default=0)
    return [
        Piece(Block((run[0].strip(),) if len(run) == 1 else tuple(line[margin:].rstrip() for line in run)))
        for run in runs
    ]


def _heading(inline: str, level: int) -> Piece:
    """Return a heading as a piece; an ornament becomes a rule, and a label or an end mark becomes a plain line.

    The text is bold, as a heading that is none of a chapter becomes a line of the story.
    """
    text = plain(inline)
    if not text or is_rule(text):
        return _RULE
    label = read_label(text)
    if (label is not None and label.kind != "metadata") or read_end_mark(text):
        return Piece(Block.of([inline]))
    bold = marked(re.sub(f"[{MARKS['bold']}]", "", inline), "bold")
    return Piece(Block.of([bold]), level)


def _is_heading(text: str) -> bool:
    """Return whether *text* above ``---`` or ``===`` is a heading, and not a paragraph before a rule."""
    return "\n" not in text and len(text) <= 100 and (bool(read_chapter(text)) or not _ENDS_SENTENCE.search(text[-20:]))


def _list_mark(token: Token) -> str:
    """Return the mark of a list item: a number or a dash as typed, because a dash may begin speech, else ``•``."""
    if token.info:
        return f"{token.info}{token.markup} "
    return "- " if token.markup == "-" else "• "


# -- line breaks by hand --------------------------------------------------------------


def _most_verse_chars(paragraphs: Iterable[str]) -> int:
    """Return the maximum characters of a verse's line: more if a paragraph shows that lines are not wrapped by hand."""
    is_whole = any("\n" not in paragraph and len(paragraph) > 2 * LONG_LINE for paragraph in paragraphs)
    return LONG_LINE if is_whole else _VERSE_LINE


def _unwrapped(inline: str, most_verse_chars: int) -> list[str]:
    """Return the lines of a paragraph: verse and labels stay separate, wrapped lines are joined."""
    lines = BREAK.split(inline)
    bare = [plain(line).strip() for line in lines]
    labels = [read_label(line) is not None for line in bare]
    if max(map(len, bare)) <= most_verse_chars:
        return lines
    joined: list[list[str]] = []
    before = "blank"
    for line, kind, is_label, gap in zip(
        lines, map(_kind_to_join, bare), labels, ["", *BREAK.findall(inline)], strict=True
    ):
        if gap == "\n" and before == kind == "text" and not (is_label and sum(labels) > 1):
            joined[-1].append(line)
        else:
            joined.append([line])
        before = kind
    return [" ".join(parts) for parts in joined]


def _line_kind(line: str) -> Literal["blank", "rule", "text"]:
    return "blank" if not line.strip() else "rule" if is_rule(line) else "text"


def _kind_to_join(line: str) -> str:
    """Return the kind of a line; a site's line and a labelled byline are joined to no other line."""
    is_byline = ":" in line and read_byline(line) is not None
    return "alone" if is_byline or is_of_site(line) else _line_kind(line)
