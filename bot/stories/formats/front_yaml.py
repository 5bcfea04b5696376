"""Front matter as YAML between ``---`` lines.

YAML is only composed, never constructed: every value is the text that stands there, so a title may be ``1984`` or
``No``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import yaml

from bot.stories.formats.values import Tree
from bot.stories.model import Refused

MAX_DEPTH = 8

_OPENS = re.compile(r"---[^\S\n]*\n")
_CLOSES = re.compile(r"^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.M)
_A_KEY = re.compile(r"(?:\s*(?:#.*)?\n)*[\"']?\w[\w /.'-]{0,60}[\"']?[^\S\n]*:(?:\s|$)")


def split_yaml(text: str) -> tuple[str, str] | None:
    """The YAML and the story after it, or None where the file opens with a rule or prose."""
    opening = _OPENS.match(text)
    closing = _CLOSES.search(text, opening.end()) if opening else None
    if not opening or not closing or not _A_KEY.match(text, opening.end(), closing.start()):
        return None
    return text[opening.end() : closing.start()], text[closing.end() :]


def yaml_pairs(text: str) -> Iterator[tuple[str, Tree, int]]:
    """The keys of the front matter with their values and lines."""
    try:
        _check_events(text)
        root = yaml.SafeLoader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 2 if mark else 1
        reason = " ".join((error.problem or error.context or "no YAML").split())
        raise Refused(f"front matter, line {line}: {reason}; a value with : or # in it needs quotation marks") from None
    except yaml.YAMLError:
        raise Refused("the front matter holds characters that YAML does not allow") from None
    if not isinstance(root, yaml.MappingNode):
        raise Refused("front matter, line 2: it is no list of `key: value`")
    lines = text.split("\n")
    for key, value in cast("list[tuple[yaml.Node, yaml.Node]]", root.value):
        line = key.start_mark.line + 2
        if not isinstance(key, yaml.ScalarNode):
            raise Refused(f"front matter, line {line}: a key must be a word")
        yield str(key.value), _tree(value, lines), line


def _check_events(text: str) -> None:
    """Refuse what makes a small file large or slow before anything is built of it."""
    depth = 0
    loader: Any = yaml.SafeLoader(text)
    while loader.check_event():
        event = loader.get_event()
        line = event.start_mark.line + 2
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Refused(f"front matter, line {line}: a value that begins with * or & needs quotation marks")
        if getattr(event, "tag", None):
            raise Refused(f"front matter, line {line}: a value that begins with ! needs quotation marks")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise Refused(f"front matter, line {line}: lists in lists are too deep")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


_NULL = "tag:yaml.org,2002:null"
_HASH_WORD = re.compile(r"[^\S\n]+#\S.*")


def _tree(node: yaml.Node, lines: list[str]) -> Tree:
    if isinstance(node, yaml.SequenceNode):
        return [_tree(item, lines) for item in cast("list[yaml.Node]", node.value)]
    if isinstance(node, yaml.MappingNode):
        pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
        return {_key(_tree(key, lines)): _tree(value, lines) for key, value in pairs}
    if node.tag == _NULL:
        return ""
    value = str(node.value)
    if cast("yaml.ScalarNode", node).style is None:  # `Letter #4` is no `Letter` with a comment
        end = node.end_mark
        word = _HASH_WORD.fullmatch(lines[end.line], end.column) if end.line < len(lines) else None
        value += word[0].rstrip() if word else ""
    return value


def _key(key: Tree) -> str:
    return " ".join(key.split()) if isinstance(key, str) else str(key)
