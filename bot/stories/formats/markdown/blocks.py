"""The blocks of a text, in order: what CommonMark leaves out of a page, but a reader should not miss, is put back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from markdown_it.token import Token

from bot.stories.emphasis import marked, plain
from bot.stories.formats.markdown.commonmark import parser
from bot.stories.formats.markdown.inline import BREAK, MARKS, Inlines, balanced, stripped
from bot.stories.formats.markdown.lines import VERSE_LINE, Wrap, sort_of
from bot.stories.sections.blocks import LONG_LINE, Block, is_rule
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.labels import read_label
from bot.stories.sections.lines import read_end_mark


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, and the level of the heading that it is, or 0."""

    block: Block
    level: int = 0
    mark: str = ""
    """The mark of the list item that it begins."""


RULE = "***"

_VERSE = re.compile(r"\|(?: .*[^|])?")


def _verse(content: str) -> str:
    """A paragraph each of whose lines opens with a bar keeps its lines: so pandoc writes verse."""
    lines = content.split("\n")
    if not all(_VERSE.fullmatch(line.strip()) for line in lines):
        return content
    return "\\\n".join(line.strip()[1:].strip() for line in lines)


class Reader:
    """Reads one text; what CommonMark leaves out of a page, but a reader should not miss, is put back."""

    def __init__(self, text: str) -> None:
        env: dict[str, Any] = {"references": {}}
        self._tokens = parser().parse(text, env)
        self._inline = Inlines(env)
        self._inlines = {
            i: self._inline.read(_verse(token.content))
            for i, token in enumerate(self._tokens)
            if token.type == "inline"
        }
        self._wrap = Wrap.of([plain(inline).split("\n") for inline in self._inlines.values()])

    def pieces(self) -> Iterator[Piece]:
        """The blocks of the text, in order."""
        gap, after_rule = 1, False
        for piece in self._listed():
            if not piece.block.text.strip():  # a paragraph of nothing but a non-breaking space keeps two scenes apart
                gap = 2
            elif not (after_rule and piece.block.is_rule):
                yield replace(piece, block=replace(piece.block, gap=gap))
                gap, after_rule = 1, piece.block.is_rule

    def _listed(self) -> Iterator[Piece]:
        """The blocks; each item of a list begins with its mark."""
        depth, marks, items = 0, list[str](), list[Piece]()
        for i, token in enumerate(self._tokens):
            found = [piece for piece in self._block(i, token) if not depth or piece.block.text.strip()]
            if token.type == "list_item_open":
                marks.append(_list_mark(token))
            elif token.type == "list_item_close" and marks:  # an item with nothing in it
                found = [Piece(Block.of(["".join(marks).strip()]))]
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

    def _block(self, i: int, token: Token) -> list[Piece]:
        if token.type == "inline":
            opening, inline = self._tokens[i - 1], self._inlines[i]
            if opening.type != "heading_open":
                return self._paragraph(inline)
            if opening.markup in ("-", "=") and not _may_head(plain(inline)):
                return [*self._paragraph(inline), Piece(Block.of([RULE]))]
            return [_heading(stripped(BREAK.sub(" ", inline)), 0 if token.level > 1 else int(opening.tag[1:]))]
        if token.type == "hr":
            return [Piece(Block.of([RULE]))]
        if token.type == "fence":
            return kept(
                [token.info, "", *token.content.split("\n")] if token.meta["told"] else token.content.split("\n")
            )
        if token.type == "code_block":
            return self._set_in(token.content.split("\n"))
        if token.type == "definition" and token.meta["label"] not in self._inline.used:
            return [Piece(Block.of([token.content]))]
        return []

    def _paragraph(self, inline: str) -> list[Piece]:
        pieces: list[Piece] = []
        runs = groupby(balanced(self._wrap.unwrapped(inline)), key=lambda line: sort_of(plain(line)))
        for sort, lines in runs:
            if sort == "text":
                lines = list(lines)
                pieces.append(Piece(Block.of([stripped(lines[0])] if len(lines) == 1 else lines)))
            elif sort == "rule":
                pieces += [Piece(Block.of([line])) for line in lines]
        return pieces or [Piece(Block.of([""]))]

    def _set_in(self, lines: list[str]) -> list[Piece]:
        """Lines set in by four characters: where each stands alone, or is long, it is a paragraph, else a verse."""
        runs = [list(run) for blank, run in groupby(lines, key=lambda line: not line.strip()) if not blank]
        if any(len(run) > 1 for run in runs) and not any(len(line) > LONG_LINE for line in lines):
            return kept(lines)
        return [piece for run in runs for line in run for piece in self._paragraph(self._inline.read(line.strip()))]


def kept(lines: Sequence[str]) -> list[Piece]:
    """Lines as they stand: a verse for each run of them."""
    runs = [list(run) for blank, run in groupby(lines, key=lambda line: not line.strip()) if not blank]
    margin = min((len(line) - len(line.lstrip()) for run in runs for line in run), default=0)
    return [
        Piece(Block((run[0].strip(),) if len(run) == 1 else tuple(line[margin:].rstrip() for line in run)))
        for run in runs
    ]


def _heading(inline: str, level: int) -> Piece:
    """A heading as a piece: an ornament is a rule, a label or an end mark what it says."""
    text = plain(inline)
    if not text or is_rule(text):
        return Piece(Block.of([RULE]))
    label = read_label(text)
    if (label is not None and label.kind != "metadata") or read_end_mark(text):
        return Piece(Block.of([inline]))
    return Piece(Block.of([inline if level else _bold(inline)]), level)


def _bold(inline: str) -> str:
    return marked("".join(part for part in re.split(f"[{MARKS['bold']}]", inline)), "bold")


_ENDS_SENTENCE = re.compile(r"[.!?…,;:][\"”»'’)\]]*\Z")


def _may_head(text: str) -> bool:
    """Whether what stands over ``---`` or ``===`` is a heading, not a paragraph before a rule."""
    return "\n" not in text and len(text) <= 100 and (bool(read_chapter(text)) or not _ENDS_SENTENCE.search(text[-20:]))


def _list_mark(token: Token) -> str:
    """How a list's item begins: a number and a dash as they were typed, for a dash may open speech."""
    if token.info:
        return f"{token.info}{token.markup} "
    return "- " if token.markup == "-" else "• "


def _list(items: Sequence[Piece]) -> list[Piece]:
    """The items of a list: labels without their marks, short lines together as they stand, others as paragraphs."""
    lines = [item.block.prose for item in items]
    is_lines = all(item.block.is_line and item.mark and not item.block.is_rule for item in items)
    if is_lines and all(read_label(item.block.text) for item in items) and (len(items) > 1 or items[0].mark == "• "):
        return [Piece(Block.of(lines))]
    lines = [item.mark + line for item, line in zip(items, lines, strict=True)]
    if is_lines and max(map(len, lines)) <= VERSE_LINE:
        return [Piece(Block.of(lines))]
    return [Piece(Block.of(line.split("\n"))) for line in lines]
