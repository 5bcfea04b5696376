"""Escapes for Discord's Markdown, so that a story's text shows unchanged.

Discord treats a backslash before any ASCII punctuation as an escape
(https://support.discord.com/hc/en-us/articles/210298617). So all characters that could begin a format are escaped, even
where they would not: a needless escape is invisible, a missing one is not. A colon before anything but white space is
escaped, so that Discord reads no ``:shortcodes:`` and no URLs in a story: inside a link, Discord would show the
backslashes before underscores.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from bot.stories.emphasis import within
from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK, Emphasis, Span
from bot.stories.visible import settled
from bot.ui.limits import EMBED_DESCRIPTION, size

SCENE_ORNAMENT = "✦"

_ANYWHERE = re.compile(r"[\\*_~`|<>\[\]()@#:](?<!:(?!\S))")  # a set at the start makes the search fast
_LINE_START = re.compile(r"^[ \t\u00a0\u2000-\u200b\u3000]*(?:[-+]|\d+(?=\.))", re.M)


@lru_cache(2048)  # titles and names repeat often
def escape(text: str) -> str:
    """Escape *text* for Discord, and isolate right-to-left text so that it does not reorder the text beside it."""
    return literal(settled(text))


def literal(text: str) -> str:
    """Escape *text* for Discord, without isolating right-to-left text; the result is at most twice as long."""
    return _LINE_START.sub(_escaped_start, _ANYWHERE.sub(_escaped, text))


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _escaped_start(match: re.Match[str]) -> str:
    start = match[0]
    return f"{start}\\" if start[-1].isdigit() else f"{start[:-1]}\\{start[-1]}"


def page_text(text: str, spans: Sequence[Span] = (), limit: int = EMBED_DESCRIPTION) -> str:
    """Return the Markdown of a page of a chapter: scene breaks become ornaments, and outer white space is removed.

    Emphasis is dropped if the text would exceed *limit* characters with it.
    """
    shown = _scenes(text, spans)
    return shown if size(shown) <= limit else _scenes(text, ())


def _scenes(text: str, spans: Sequence[Span]) -> str:
    scenes: list[str] = []
    start = 0
    for scene in text.split(SCENE_BREAK):
        scenes.append(emphasised(scene, within(spans, start, start + len(scene))))
        start += len(scene) + len(SCENE_BREAK)
    return f"{PARAGRAPH_BREAK}{SCENE_ORNAMENT}{PARAGRAPH_BREAK}".join(scenes).strip()


def emphasised(text: str, spans: Sequence[Span]) -> str:
    """Return *text*, escaped, with emphasis in Markdown. Marks end with each line and never touch white space."""
    if not spans:
        return literal(text)
    lines: list[str] = []
    start = 0
    for line in text.split("\n"):
        lines.append(_line(line, [_trimmed(line, span) for span in within(spans, start, start + len(line))]))
        start += len(line) + 1
    return "\n".join(lines)


def _trimmed(line: str, span: Span) -> Span:
    covered = line[span.start : span.end]
    left = len(covered) - len(covered.lstrip())
    right = len(covered) - len(covered.rstrip())
    return Span(span.start + left, max(span.start + left, span.end - right), span.kind)


def _line(line: str, spans: Sequence[Span]) -> str:
    """Return the Markdown of one line: escaped text, with marks closed and opened where the emphasis changes."""
    changes = sorted({0, len(line), *(at for span in spans if span.start < span.end for at in (span.start, span.end))})
    escaped = _pieces(line, changes)
    shown = ""
    before: list[str] = []
    for start, piece in zip(changes, escaped, strict=False):
        kinds: list[Emphasis] = [
            kind for kind in _NESTING if any(s.kind == kind and s.start <= start < s.end for s in spans)
        ]
        marks = [_mark(kind, line, spans, start) for kind in kinds]
        kept = 0
        while kept < min(len(before), len(marks)) and before[kept] == marks[kept]:
            kept += 1
        shown += "".join(reversed(before[kept:])) + "".join(marks[kept:]) + piece
        before = marks
    return shown + "".join(reversed(before))


def _pieces(line: str, changes: Sequence[int]) -> list[str]:
    """Return the pieces of a line between *changes*, each escaped as if it began a line: Discord parses it as one."""
    return [literal(line[start:end] + "x")[:-1] for start, end in pairwise(changes)]


def _mark(kind: Emphasis, line: str, spans: Sequence[Span], start: int) -> str:
    """Return the mark of an emphasis at *start*. Italics before a letter or digit, and at underlines, use asterisks."""
    if kind != "italic":
        return _MARKS[kind]
    end = max(span.end for span in spans if span.kind == kind and span.start <= start < span.end)
    underlined = any(span.kind == "underline" and span.start <= end and span.end >= start for span in spans)
    return "*" if underlined or line[end : end + 1].isalnum() else "_"


_NESTING: tuple[Emphasis, ...] = ("strike", "underline", "bold", "italic")
_MARKS: dict[Emphasis, str] = {"strike": "~~", "underline": "__", "bold": "**"}
