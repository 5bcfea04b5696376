"""Escapes for Discord's markdown, so that a story's text shows exactly as it is.

Discord reads a backslash before any ASCII punctuation as that character
(https://support.discord.com/hc/en-us/articles/210298617). So everything that could begin a format is escaped,
also where it would not be one: an escape too many is not seen, one too few is. A colon is escaped before
anything but white space, which keeps ``:shortcodes:`` and the addresses in a story from being read as such; inside
a link Discord would show the backslashes of an address with underscores.
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

_ANYWHERE = re.compile(r"[\\*_~`|<>\[\]()@#:](?<!:(?!\S))")  # the set first: that is looked for fast
_LINE_START = re.compile(r"^[ \t\u00a0\u2000-\u200b\u3000]*(?:[-+]|\d+(?=\.))", re.M)


@lru_cache(2048)  # titles and names, which come again and again
def escape(text: str) -> str:
    """What somebody wrote, so that Discord shows it as it is and the words beside it stay in their places."""
    return literal(settled(text))


def literal(text: str) -> str:
    """*text* so that Discord shows it as it is, for prose without words beside it; at most twice as long."""
    return _LINE_START.sub(_escaped_start, _ANYWHERE.sub(_escaped, text))


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[0]


def _escaped_start(match: re.Match[str]) -> str:
    start = match[0]
    return f"{start}\\" if start[-1].isdigit() else f"{start[:-1]}\\{start[-1]}"


def page_text(text: str, spans: Sequence[Span] = (), limit: int = EMBED_DESCRIPTION) -> str:
    """A page of a chapter as it is sent: a scene break is one quiet ornament, white space at the cuts is gone.

    Emphasis is left out where it would make more than *limit* characters.
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
    """*text*, escaped, with its emphasis in Discord's marks: balanced on every line, and never at white space."""
    if not spans:
        return literal(text)
    lines: list[str] = []
    start = 0
    for line in text.split("\n"):
        lines.append(_line(line, [_tight(line, span) for span in within(spans, start, start + len(line))]))
        start += len(line) + 1
    return "\n".join(lines)


def _tight(line: str, span: Span) -> Span:
    covered = line[span.start : span.end]
    left = len(covered) - len(covered.lstrip())
    right = len(covered) - len(covered.rstrip())
    return Span(span.start + left, max(span.start + left, span.end - right), span.kind)


def _line(line: str, spans: Sequence[Span]) -> str:
    """One line: between two changes of emphasis the text is escaped, at a change marks are closed and opened."""
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
    """The line escaped piece by piece, each as if a line began there, since what stands in marks is read afresh."""
    return [literal(line[start:end] + "x")[:-1] for start, end in pairwise(changes)]


def _mark(kind: Emphasis, line: str, spans: Sequence[Span], start: int) -> str:
    """Italics in underscores, which stand beside bold; within a word and by an underline only asterisks are read."""
    if kind != "italic":
        return _MARKS[kind]
    end = max(span.end for span in spans if span.kind == kind and span.start <= start < span.end)
    underlined = any(span.kind == "underline" and span.start <= end and span.end >= start for span in spans)
    return "*" if underlined or line[end : end + 1].isalnum() else "_"


_NESTING: tuple[Emphasis, ...] = ("strike", "underline", "bold", "italic")
_MARKS: dict[Emphasis, str] = {"strike": "~~", "underline": "__", "bold": "**"}
