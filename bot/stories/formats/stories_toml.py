"""Read ``stories.toml``, which has an entry for each file beside it that needs corrections.

Each table is read separately, and each line of a table that is not valid TOML. So a wrong entry is reported with its
line and does not affect others. An invalid file without tables counts as unreadable, and stories that had an entry stay
as they were loaded before.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import posixpath
import re
import tomllib
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast

from bot.stories.formats.corrections import BOUNDS, Correction
from bot.stories.formats.encoding import decode
from bot.stories.formats.front_matter import KEYS, Stated, near_key, plain_key
from bot.stories.formats.front_syntax import Tree
from bot.stories.model import Refused
from bot.stories.sections.labels import read_label
from bot.stories.sections.wording import shown

FILE = "stories.toml"
MAX_BYTES = 1024 * 1024
"""Maximum size of a ``stories.toml``, in bytes."""

ORDERS = range(-1_000_000, 1_000_001)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem in a line; *file* is the story file whose entry has the line, if known."""

    line: int
    text: str
    file: str | None = None

    def __str__(self) -> str:
        return f"{FILE}, line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """The entries of a ``stories.toml`` by story file, and the problems found."""

    entries: dict[str, Correction] = field(default_factory=dict[str, Correction], hash=False)
    problems: tuple[Problem, ...] = ()
    is_read: bool = True
    """False if the file could not be read: its corrections are unknown, not absent."""


def unreadable_corrections(reason: str, line: int = 1) -> Corrections:
    """Return empty corrections, with the *reason* why the file could not be read."""
    return Corrections(problems=(Problem(line, reason),), is_read=False)


def read_corrections(data: bytes, files: Collection[str]) -> Corrections:
    """Return the entries for *files*, which are paths within the folder, with ``/``; errors become problems."""
    if len(data) > MAX_BYTES:
        return unreadable_corrections(f"it has more than {MAX_BYTES:,} bytes")
    try:
        text, warning = decode(data) if data.strip() else ("", None)
        return _read(text, {_path(file): file for file in files}, [Problem(1, warning)] if warning else [])
    except Refused as refusal:
        return unreadable_corrections(str(refusal))
    except (ValueError, RecursionError) as error:  # values that Python cannot write again
        return unreadable_corrections(_fault(error)[1])


def _read(text: str, by_name: dict[str, str], problems: list[Problem]) -> Corrections:
    lines = text.split("\n")
    outside = _LONG_TEXT.sub(lambda found: "\n" * found[0].count("\n"), text).split("\n")
    starts = [i for i, line in enumerate(outside) if _HEADER.fullmatch(line)]
    before = next((i for i, line in enumerate(lines[: starts[0] if starts else None], 1) if not _EMPTY.match(line)), 0)
    if not starts and (fault := _values(lines)[1]) is not None:
        return unreadable_corrections(fault[1], fault[0] or before or 1)
    if before:
        problems.append(Problem(before, 'what stands before the first table ["file"] belongs to no file'))
    entries: dict[str, Correction] = {}
    for start, end in pairwise([*starts, len(lines)]):
        header = _HEADER.fullmatch(outside[start])
        name = header["name"].strip(" \t\"'") if header else ""
        file = by_name.get(_path(name))
        if file is None:
            problems.append(Problem(start + 1, f"there is no story file “{shown(name)}”"))
        elif file in entries:
            problems.append(Problem(start + 1, f"“{shown(file)}” has an entry already", file))
        else:
            if header and not header["closed"]:
                problems.append(Problem(start + 1, f'write the table\'s name as ["{shown(name)}"]', file))
            values, fault = _values(lines[start + 1 : end])
            if fault is not None:
                problems.append(Problem(start + 1 + fault[0], fault[1], file))
            keys = _key_lines(outside[start + 1 : end], start + 2)
            entries[file] = _correction(file, _Table(start + 1, values, keys), problems)
    return Corrections(entries, tuple(sorted(problems, key=lambda problem: problem.line)))


# -- tables and their lines ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    line: int
    values: dict[str, Any]
    lines: dict[str, int]
    """Line number of each key."""


_EMPTY = re.compile(r"\s*(?:#|$)")
_LONG_TEXT = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''", re.S)
_PLACE = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_HEADER = re.compile(r"[^\S\n]*\[(?P<name>[^\n]*?)(?P<closed>\])?[^\S\n]*(?:#[^\n]*)?")
_KEY = re.compile(r"[^\S\n]*(?P<quote>[\"']?)(?P<key>[^\s\"'=.#\[][^\"'=#.\n]{0,100}?)(?P=quote)[^\S\n]*[=.]")


def _path(name: str) -> str:
    return posixpath.normpath(unicodedata.normalize("NFC", name.replace("\\", "/")))


def _fault(error: Exception) -> tuple[int, str]:
    """Return the line number in an error of `tomllib`, or 0, and the error's message without its place."""
    if not isinstance(error, tomllib.TOMLDecodeError):  # numbers with too many digits, or tables nested too deeply
        return 0, "it cannot be read as TOML"
    place = _PLACE.search(str(error))
    return int(place["line"] or 0) if place else 0, " ".join(_PLACE.sub("", str(error)).lower().split())[:200]


def _values(lines: Sequence[str]) -> tuple[dict[str, Any], tuple[int, str] | None]:
    """Return the values on the valid lines of a table, and what is wrong, with its line from 1 (0 if not known).

    An invalid rating is kept as written, so that only adults see the story.
    """
    try:
        return tomllib.loads("\n".join(lines)), None
    except (ValueError, RecursionError) as error:
        wrong, reason = _fault(error)
    values: dict[str, Any] = {}
    for number, line in enumerate(lines, start=1):
        try:
            found = tomllib.loads(line)
            wrong = wrong or (number if values.keys() & found.keys() else 0)
            values |= found
        except (ValueError, RecursionError):
            wrong = wrong or number
            key = _KEY.match(line)
            if key and plain_key(key["key"]) == "rating":
                values["rating"] = line[key.end() :].strip(" \t\"'") or "?"
    return values, (wrong, reason)


def _key_lines(lines: Sequence[str], first: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(lines, first):
        if match := _KEY.match(line):
            found.setdefault(match["key"].strip(), number)
    return found


# -- entries ---------------------------------------------------------------------


def _correction(file: str, table: _Table, problems: list[Problem]) -> Correction:
    stated = Stated()
    order: int | None = None
    for key, value in table.values.items():
        where = table.lines.get(key, table.line)
        name = plain_key(key)
        try:
            if name == "order":
                if not isinstance(value, int) or isinstance(value, bool) or value not in ORDERS:
                    raise Refused("order", "`order` must be a whole number")
                order = value
            elif name in KEYS or read_label(f"{name.replace('_', ' ')}: x"):
                stated.take(key, _text(name, value), f"{FILE}, line {where}")
            else:
                if near := near_key(name, ("order",)):
                    raise Refused("near-key", "`{key}` is no key; did you mean `{near}`?", key=shown(key), near=near)
                keys = ", ".join((*KEYS, "order"))
                raise Refused("no-key", "`{key}` is no key; there are {keys}", key=shown(key), keys=keys)
        except Refused as refusal:
            problems.append(Problem(where, str(refusal).removeprefix(f"{FILE}, line {where}: "), file))
            if name == "rating":
                stated.metadata["rating"] = str(value)[:100] or "?"  # an unknown rating is for adults only
    content = json.dumps(table.values, sort_keys=True, default=str)
    digest = hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=8).hexdigest()
    lines = {plain_key(key): at for key, at in table.lines.items()}
    line = max((lines[name] for name in BOUNDS if name in lines), default=table.line)
    return Correction(f"{FILE}, line {line}", stated, order, digest, lines)


def _text(name: str, value: object) -> Tree:
    """Return *value* as text or a list of texts. Raises `Refused` for a type that the key *name* does not take."""
    if isinstance(value, bool) and name not in KEYS:  # a permission: `downloads = true`
        return "yes" if value else "no"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    takes = (str, int) if name == "servers" else str  # the ids of servers are numbers
    if isinstance(value, takes):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, takes) for item in cast("list[object]", value)):
        return [str(item) for item in cast("list[object]", value)]
    raise Refused("quoted-text", "`{name}` must be text in quotation marks", name=name)
