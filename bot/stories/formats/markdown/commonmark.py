"""CommonMark, adapted to signs that authors of stories use with another meaning."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block

_MAX_DEPTH = 30  # maximum levels of nested quotes and lists; deeper ones are text
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|mailto:|tel:|data:|[#/?]|\.\.?/)\S*|\S*[\w-]\.\w{2,}\S*", re.I)
_BlockRule = Callable[[StateBlock, int, int, bool], bool]


class _CommonMark(MarkdownIt):
    """CommonMark in which a link without an address is text: in a chat, ``[Ann](softly)`` is speech."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return _ADDRESS.fullmatch(url) is not None

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link


@cache
def parser() -> MarkdownIt:
    """Return a parser that parses only blocks; `Inlines` then parses the text of each paragraph."""
    markdown = _CommonMark("commonmark", {"html": False, "maxNesting": _MAX_DEPTH + 10})
    markdown.enable("strikethrough")
    markdown.core.ruler.enableOnly(["normalize", "block"])
    block = markdown.block.ruler
    block.at("blockquote", _shallow(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.at("list", _shallow(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("fence", _fence, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    block.disable("reference")
    return markdown


def _shallow(rule: _BlockRule) -> _BlockRule:
    """Return *rule* limited to `_MAX_DEPTH` levels, because the parser drops blocks that are nested too deeply."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _MAX_DEPTH and rule(state, start, end, silent)

    return shallow


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse code between backticks; store whether words beside the opening ones are text. Tildes are an ornament."""
    if state.src.startswith("~", state.bMarks[start] + state.tShift[start]) or not fence(state, start, end, silent):
        return False
    if not silent:
        token, last = state.tokens[-1], state.line - 1
        closing = state.src[state.bMarks[last] + state.tShift[last] : state.eMarks[last]].strip()
        is_closed = last > start and len(closing) >= len(token.markup) and not closing.strip("`")
        token.meta = {"keeps_info": not is_closed or len(token.info.split()) > 1}
    return True
