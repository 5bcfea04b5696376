"""Front matter as TOML between ``+++`` lines, and as the title block that pandoc reads."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from bot.stories.formats.values import Tree, written
from bot.stories.model import Refused

_OPENS = re.compile(r"\+\+\+[^\S\n]*\n")
_CLOSES = re.compile(r"^\+\+\+[^\S\n]*(?:\n|\Z)", re.M)
_A_KEY = re.compile(r"(?:\s*(?:#.*)?\n)*[^\S\n]*(?:[\"'\w][\w .'\"-]{0,60}=|\[[\w .\"'-]{1,60}\])")
_NAMED = re.compile(r"[\s\['\"]*(?P<key>[\w-]+)")
_WHERE = re.compile(r"\s*\(at line (?P<line>\d+), column \d+\)")


def split_toml(text: str) -> tuple[str, str] | None:
    """The TOML and the story after it, or None where the file opens with a rule or prose."""
    opening = _OPENS.match(text)
    closing = _CLOSES.search(text, opening.end()) if opening else None
    if not opening or not closing or not _A_KEY.match(text, opening.end(), closing.start()):
        return None
    return text[opening.end() : closing.start()], text[closing.end() :]


def toml_pairs(text: str) -> Iterator[tuple[str, Tree, int]]:
    """The keys of the front matter with their values and lines. Raises `Refused`."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _WHERE.search(str(error))
        line = int(where["line"]) + 1 if where else 2
        raise Refused(f"front matter, line {line}: {_WHERE.sub('', str(error)).lower()}") from None
    except RecursionError:
        raise Refused("front matter, line 2: lists in lists are too deep") from None
    lines: dict[str, int] = {}
    for i, line in enumerate(text.split("\n"), start=2):
        if match := _NAMED.match(line[:100]):
            lines.setdefault(match["key"], i)
    for key, value in values.items():
        line = lines.get(key, 2)
        try:
            yield key, written(value), line
        except ValueError as error:
            raise Refused(f"front matter, line {line}: {error}") from None


_TITLE_BLOCK = re.compile(
    r"%[^\S\n]*\S[^\n]*\n(?:[^\S\n]+\S[^\n]*\n)?"  # a title, which may go on on a line that is set in
    r"(?:%[^\n]*\n(?:[^\S\n]+\S[^\n]*\n)*){1,2}(?=\s*\n)"
)


def split_title_block(text: str) -> tuple[str, str] | None:
    """The lines ``% Title``, ``% Author`` and ``% Date``, and the story after them."""
    match = _TITLE_BLOCK.match(text)
    return (match[0], text[match.end() :]) if match else None


def title_block_pairs(text: str) -> Iterator[tuple[str, Tree, int]]:
    """What a title block says, with its lines."""
    fields = re.split(r"^%", text, flags=re.M)[1:]
    line = 1
    for key, field in zip(("title", "author", "date"), fields, strict=False):
        if value := " ".join(field.split()):
            yield key, value.replace("; ", ", ") if key == "author" else value, line
        line += field.count("\n")
