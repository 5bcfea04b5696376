"""The syntax of front matter: YAML between ``---`` lines.

YAML values are not converted to Python types: each stays text, so a title may be ``1984`` or ``No``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from bot.stories.model import Refused

if TYPE_CHECKING:
    import yaml

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A value: text, a list or a table."""

MAX_DEPTH = 8
"""Maximum depth of nested lists and tables."""


_OPENING = re.compile(r"---[^\S\n]*\n(?=(?:[^\S\n]*(?:#.*)?\n)*[\"']?\w[\w /.'-]{0,60}[\"']?[^\S\n]*:(?:\s|$))")
"""The line above front matter, and what follows it: comments, and the first key."""

_CLOSING = re.compile(r"^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.M)
_NULL = "tag:yaml.org,2002:null"
_HASH_WORD = re.compile(r"[^\S\n]+#\S.*")


def split_front(text: str) -> tuple[str, str] | None:
    """Return the front matter and the story of a file's text; None if it has no front matter."""
    start = _OPENING.match(text)
    end = _CLOSING.search(text, start.end()) if start else None
    return (text[start.end() : end.start()], text[end.end() :]) if start and end else None


def pairs(text: str) -> Iterator[tuple[str, Tree, int]]:
    """Parse front matter into keys, values and line numbers in the file. Raises `Refused`."""
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
            raise Refused("deep-lists", "front matter, line {line}: lists in lists are too deep", line=line)


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
