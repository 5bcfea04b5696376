"""Read the text and emphasis of a Markdown paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it.token import Token

from bot.stories.emphasis import MARKS, TAGS
from bot.stories.formats.markdown.commonmark import parser
from bot.stories.model import Emphasis

_PIECE = 20_000  # maximum characters parsed at a time; one very long piece would be slow
HARD_BREAK = "\x0b"
"""A line break that the author marked explicitly."""

BREAK = re.compile(f"[\n{HARD_BREAK}]")
_BREAKS = {"softbreak": "\n", "hardbreak": HARD_BREAK}
_SPACE = re.compile("[\n\t\x0b\x0c\r\x85\u2028\u2029]")
_SIGN = re.compile(r"[\\`~*_\[\]<&\n]")  # characters that may be markup; most paragraphs have none
_ANY_MARK = re.compile(f"[{''.join(MARKS.values())}]")
_EDGE = "".join([*filter(str.isspace, map(chr, range(0x3001))), *MARKS.values()])


class Inlines:
    """Parses the paragraphs of one text; *env* has the text's link definitions."""

    def __init__(self, env: dict[str, Any]) -> None:
        self._env = env
        self.used: set[str] = set()
        """Labels of the link definitions that a paragraph has used."""

    def read(self, content: str) -> str:
        """Return the text of a paragraph with emphasis marks, and a newline or `HARD_BREAK` for each line break."""
        if _SIGN.search(content) is None:
            return _SPACE.sub(" ", content)
        markdown = parser()
        return "".join(self._text_of(markdown.inline.parse(piece, markdown, self._env, [])) for piece in _cut(content))

    def _text_of(self, tokens: list[Token]) -> str:
        paired = _paired(tokens)
        shown: list[str] = []
        links: list[tuple[int, int]] = []
        depth: Counter[Emphasis] = Counter()
        for i, token in enumerate(tokens):
            if token.meta and "label" in token.meta:
                self.used.add(token.meta["label"])
            kind = TAGS.get(token.tag)
            if kind is not None and (token.nesting or i in paired):
                step = token.nesting or token.meta["step"]
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
    """Return the indexes of the HTML tags in *tokens* that have a partner."""
    paired: set[int] = set()
    opened: dict[Emphasis, list[int]] = {kind: [] for kind in MARKS}
    for i, token in enumerate(tokens):
        if token.type == "tag":
            waiting = opened[TAGS[token.tag]]
            if token.meta["step"] > 0:
                waiting.append(i)
            elif waiting:
                paired |= {i, waiting.pop()}
    return paired


def _cut(content: str) -> Iterator[str]:
    """Yield a very long paragraph in pieces, cut at white space if possible."""
    start = 0
    while len(content) - start > _PIECE:
        space = max(content.rfind(" ", start, start + _PIECE), content.rfind("\n", start, start + _PIECE))
        end = space + 1 if space > start else start + _PIECE
        yield content[start:end]
        start = end
    yield content[start:]


def stripped(line: str) -> str:
    """Return *line* without white space at its ends, also inside emphasis."""
    core = line.strip(_EDGE)
    if not core:
        return ""
    start, _, end = line.partition(core)
    return "".join([*_ANY_MARK.findall(start), core, *_ANY_MARK.findall(end)])
