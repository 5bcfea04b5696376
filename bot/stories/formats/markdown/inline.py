"""Read the text and emphasis of a Markdown paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from markdown_it.token import Token

from bot.stories.emphasis import MARKS, TAGS
from bot.stories.formats.markdown.commonmark import parser
from bot.stories.model import Emphasis

_PIECE = 20_000  # maximum characters parsed at a time; one very long piece would be slow
HARD_BREAK = "\x0b"
"""A line break that the author marked explicitly."""

BREAK = re.compile(f"[\n{HARD_BREAK}]")
_BREAKS = {"softbreak": "\n", "hardbreak": HARD_BREAK}
_SPACE = re.compile("[\n\t]")
_SIGN = re.compile(r"[\\`~*_\[\]<&\n]")  # characters that may be markup; most paragraphs have none
_ANY_MARK = re.compile(f"[{''.join(MARKS.values())}]")
_EDGE = "".join([*filter(str.isspace, map(chr, range(0x3001))), *MARKS.values()])


def read_inline(content: str) -> str:
    """Return the text of a paragraph with emphasis marks, and a newline or `HARD_BREAK` for each line break."""
    if _SIGN.search(content) is None:
        return _SPACE.sub(" ", content)
    markdown = parser()
    return "".join(_text_of(markdown.inline.parse(piece, markdown, {}, [])) for piece in _cut(content))


def _text_of(tokens: list[Token]) -> str:
    shown: list[str] = []
    links: list[tuple[int, int]] = []
    depth: Counter[Emphasis] = Counter()
    for i, token in enumerate(tokens):
        if (kind := TAGS.get(token.tag)) is not None:
            outside = depth[kind] == 0
            depth[kind] += token.nesting
            if outside or depth[kind] == 0:
                shown.append(MARKS[kind][token.nesting < 0])
        elif token.type == "link_open":
            links.append((i, len(shown)))
        elif token.type == "link_close":
            opened, start = links.pop()
            if not any(token.type == "image" for token in tokens[opened:i]) and not "".join(shown[start:]).strip():
                shown.append(str(tokens[opened].attrs["href"]))
        elif token.type != "image":
            shown.append(_BREAKS.get(token.type) or _SPACE.sub(" ", token.content))
    return "".join(shown)


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
