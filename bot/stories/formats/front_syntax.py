"""Syntaxes of front matter: YAML between ``---`` lines, or TOML between ``+++`` lines.

YAML values are not converted to Python types: each stays text, so a title may be ``1984`` or ``No``.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bot.stories.model import Refused

if TYPE_CHECKING:
    import yaml

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A value: text, a list or a table."""

MAX_DEPTH = 8
"""Maximum depth of nested lists and tables."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """A syntax of front matter."""

    split: Callable[[str], tuple[str, str] | None]
    """Splits a text into front matter and story; returns None if it has no front matter in this syntax."""
    pairs: Callable[[str], Iterator[tuple[str, Tree, int]]]
    """Parses front matter into keys, values and line numbers in the file. Raises `Refused`."""


def _between(opens: str, closes: str, key: str) -> Callable[[str], tuple[str, str] | None]:
    """Return a `Syntax.split` for front matter between lines that match *opens* and *closes*.

    The first entry of the front matter matches *key*.
    """
    opening = re.compile(rf"{opens}[^\S\n]*\n(?=(?:[^\S\n]*(?:#.*)?\n)*{key})")
    closing = re.compile(rf"^(?:{closes})[^\S\n]*(?:\n|\Z)", re.M)

    def split(text: str) -> tuple[str, str] | None:
        start = opening.match(text)
        end = closing.search(text, start.end()) if start else None
        return (text[start.end() : end.start()], text[end.end() :]) if start and end else None

    return split


def _too_deep(line: int) -> Refused:
    return Refused("deep-lists", "front matter, line {line}: lists in lists are too deep", line=line)


# -- YAML -------------------------------------------------------------------------

_NULL = "tag:yaml.org,2002:null"
_HASH_WORD = re.compile(r"[^\S\n]+#\S.*")


def _yaml_pairs(text: str) -> Iterator[tuple[str, Tree, int]]:
    import yaml  # a slow import, and few files have YAML

    try:
        _check_events(text)
        root = yaml.SafeLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        reason = " ".join((error.problem or error.context or "no YAML").split())
        english = "front matter, line {line}: {fault}; a value with : or # in it needs quotation marks"
        raise Refused("yaml", english, line=line, fault=reason) from None
    except yaml.YAMLError:
        raise Refused("yaml-characters", "the front matter holds characters that YAML does not allow") from None
    if not isinstance(root, yaml.MappingNode):
        raise Refused("no-list", "front matter, line 2: it is no list of `key: value`")
    lines = text.split("\n")
    for key, value in cast("list[tuple[yaml.Node, yaml.Node]]", root.value):
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise Refused("key-word", "front matter, line {line}: a key must be a word", line=line)
        yield str(key.value), _tree(value, lines), line


def _check_events(text: str) -> None:
    """Raise `Refused` for YAML with anchors, aliases, tags or lists nested too deeply, before any value is built."""
    import yaml

    depth = 0
    loader: Any = yaml.SafeLoader(text)
    while loader.check_event():
        event = loader.get_event()
        line = event.start_mark.line + 2
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            english = "front matter, line {line}: a value that begins with * or & needs quotation marks"
            raise Refused("yaml-anchor", english, line=line)
        if getattr(event, "tag", None):
            english = "front matter, line {line}: a value that begins with ! needs quotation marks"
            raise Refused("yaml-tag", english, line=line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _too_deep(line)


def _tree(node: yaml.Node, lines: list[str]) -> Tree:
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, lines) for item in cast("list[yaml.Node]", node.value)]
    if isinstance(node, yaml.MappingNode):
        pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
        keys = [_tree(key, lines) for key, _ in pairs]
        names = [" ".join(key.split()) if isinstance(key, str) else str(key) for key in keys]
        return {name: _tree(value, lines) for name, (_, value) in zip(names, pairs, strict=True)}
    if node.tag == _NULL:
        return ""
    value = str(node.value)
    if cast("yaml.ScalarNode", node).style is None:  # `Letter #4` is not `Letter` with a comment
        end = node.end_mark
        word = _HASH_WORD.fullmatch(lines[end.line], end.column) if end.line < len(lines) else None
        value += word[0].rstrip() if word else ""
    return value


# -- TOML -------------------------------------------------------------------------

_KEY = re.compile(r"[\s\['\"]*(?P<key>[\w-]+)")
_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def _toml_pairs(text: str) -> Iterator[tuple[str, Tree, int]]:
    try:
        values = tomllib.loads(text)
    except RecursionError:
        raise _too_deep(2) from None
    except ValueError as error:
        line, fault = toml_fault(error)
        raise Refused("toml", "front matter, line {line}: {fault}", line=line + 1 if line else 2, fault=fault) from None
    lines: dict[str, int] = {}
    for i, line in enumerate(text.split("\n"), start=2):
        if match := _KEY.match(line[:100]):
            lines.setdefault(match["key"], i)
    for key, value in values.items():
        line = lines.get(key, 2)
        yield key, _toml_text(value, line), line


def toml_fault(error: Exception) -> tuple[int, str]:
    """Return the line number in an error of `tomllib`, or 0, and the error's message without its place."""
    if not isinstance(error, tomllib.TOMLDecodeError):  # numbers with too many digits, or tables nested too deeply
        return 0, "it cannot be read as TOML"
    place = _PLACE.search(str(error))
    return int(place["line"] or 0) if place else 0, " ".join(_PLACE.sub("", str(error)).lower().split())[:200]


def _toml_text(value: object, line: int, depth: int = 0) -> Tree:
    """Return a TOML value as text, or as a list or table of texts."""
    if depth > MAX_DEPTH:
        raise _too_deep(line)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list):
        return [_toml_text(item, line, depth + 1) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {key: _toml_text(item, line, depth + 1) for key, item in cast("dict[str, object]", value).items()}
    return str(value)


SYNTAXES = (
    Syntax(_between("---", r"---|\.\.\.", r"[\"']?\w[\w /.'-]{0,60}[\"']?[^\S\n]*:(?:\s|$)"), _yaml_pairs),
    Syntax(_between(r"\+\+\+", r"\+\+\+", r"[^\S\n]*(?:[\"'\w][\w .'\"-]{0,60}=|\[[\w .\"'-]{1,60}\])"), _toml_pairs),
)
