"""The words of a paragraph, and their emphasis."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, get_args

from markdown_it.token import Token

from bot.stories.emphasis import marked
from bot.stories.formats.markdown.commonmark import parser
from bot.stories.model import Emphasis

PIECE = 20_000
"""Characters: longer paragraphs are read in pieces, so that no text makes it slow."""

_EMPHASIS: dict[str, tuple[Emphasis, int]] = {
    "em_open": ("italic", 1),
    "em_close": ("italic", -1),
    "strong_open": ("bold", 1),
    "strong_close": ("bold", -1),
    "s_open": ("strike", 1),
    "s_close": ("strike", -1),
}
HARD = "\x0b"
_BREAKS = {"softbreak": "\n", "hardbreak": HARD}
BREAK = re.compile(f"[\n{HARD}]")
_SPACE = re.compile("[\n\t\x0b\x0c\r\x85\u2028\u2029]")
MARKS: dict[Emphasis, str] = {kind: marked("", kind) for kind in get_args(Emphasis)}
"""What opens and what closes emphasis of a kind."""
_ANY_MARK = re.compile(f"[{''.join(MARKS.values())}]")
_OPENS = {marks[0]: marks for marks in MARKS.values()}
_EDGE = re.compile(f"[\\s{''.join(MARKS.values())}]*")


class Inlines:
    """Reads the paragraphs of one text, whose links are explained in *env*."""

    def __init__(self, env: dict[str, Any]) -> None:
        self._env = env
        self.used: set[str] = set()
        """The definitions of links that a paragraph has made use of."""

    def read(self, content: str) -> str:
        """The text of a paragraph with the marks of its emphasis, a newline or ``HARD`` for each break."""
        markdown = parser()
        return "".join(self._shown(markdown.inline.parse(piece, markdown, self._env, [])) for piece in _cut(content))

    def _shown(self, tokens: list[Token]) -> str:
        paired = _paired(tokens)
        shown: list[str] = []
        links: list[tuple[int, int]] = []
        depth: Counter[Emphasis] = Counter()
        for i, token in enumerate(tokens):
            if token.meta and "label" in token.meta:
                self.used.add(token.meta["label"])
            if emphasis := _EMPHASIS.get(token.type) or (i in paired and token.meta["emphasis"]):
                kind, step = emphasis
                outside = depth[kind] == 0
                depth[kind] += step
                if outside or depth[kind] == 0:
                    shown.append(MARKS[kind][step < 0])
            elif token.type == "link_open":
                links.append((i, len(shown)))
            elif token.type == "link_close":
                opened, start = links.pop()
                if not any(token.type == "image" for token in tokens[opened:i]) and not "".join(shown[start:]).strip():
                    shown.append(str(tokens[opened].attrs["href"]))
            elif token.type != "image":
                shown.append(_BREAKS.get(token.type) or _SPACE.sub(" ", token.content))
        return "".join(shown)


def _paired(tokens: Sequence[Token]) -> set[int]:
    """Which tags have a partner."""
    paired: set[int] = set()
    opened: dict[Emphasis, list[int]] = {kind: [] for kind in MARKS}
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


def balanced(lines: Iterable[str]) -> Iterator[str]:
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


def stripped(line: str) -> str:
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
