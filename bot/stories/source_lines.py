"""Find the lines of a file that contain given text.

Only letters and digits are compared, because a story does not keep markup, quotation marks and line wraps.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from bot.stories.formats import format_of
from bot.stories.formats.encoding import decode
from bot.stories.model import Refused

_MOST_COMPARED_CHARS = 60
"""Maximum number of letters and digits that are compared."""

_NO_LETTERS = re.compile(r"[\W_]+")
_LETTERS_OF_LINES = re.compile(r"[^\W_]+|\n")
_TAG = re.compile(r"<[^<>]*>")


class SourceLines:
    """The lines of a file, numbered from 1."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._letters = "".join(_LETTERS_OF_LINES.findall("\n".join(lines).casefold())).split("\n") if lines else []
        self._starts = list(accumulate(map(len, self._letters), initial=0))
        self._all = "".join(self._letters)

    @classmethod
    def of(cls, data: bytes, name: str) -> SourceLines:
        """Return the lines of a file called *name*; none for an archive or text that cannot be decoded."""
        read_as = format_of(name)
        if read_as is None or read_as.source == "archive":
            return cls([])
        try:
            text, _ = decode(data)
        except Refused:
            return cls([])
        if read_as.source == "markup":
            text = html.unescape(_TAG.sub(lambda tag: "\n" * tag[0].count("\n"), text))
        return cls(text.split("\n"))

    def text(self, line: int) -> str:
        """Return the text of a line."""
        return self._lines[line - 1]

    def first(self, words: str, after: int = 0) -> int | None:
        """Return the number of the first line below line *after* in which *words* begin, or None."""
        wanted = letters_of(words[: 4 * _MOST_COMPARED_CHARS])[:_MOST_COMPARED_CHARS]
        at = self._all.find(wanted, self._starts[after]) if wanted else -1
        return self._line_at(at)

    def last(self, words: str) -> int | None:
        """Return the number of the last line in which *words* begin, or None."""
        wanted = letters_of(words[: 4 * _MOST_COMPARED_CHARS])[:_MOST_COMPARED_CHARS]
        return self._line_at(self._all.rfind(wanted) if wanted else -1)

    def ends_with(self, line: int, words: str) -> bool:
        """Return whether a line ends with *words*."""
        return self._letters[line - 1].endswith(letters_of(words))

    def _line_at(self, at: int) -> int | None:
        return bisect_right(self._starts, at) if at >= 0 else None


def letters_of(text: str) -> str:
    """Return the letters and digits of *text* in lower case, for comparison."""
    return _NO_LETTERS.sub("", text.casefold())
