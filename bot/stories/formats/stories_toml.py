"""Read ``stories.toml``, which has an entry for each file beside it that needs corrections.

A wrong entry is reported with its line and does not affect others. If the file is not valid TOML, each of its tables is
read separately; if a table is not valid, each of its lines is. An invalid file without tables counts as unreadable, and
stories that had an entry stay as they were loaded before.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
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

OWN_KEYS = (*BOUNDS, "order")
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
    except (ValueError, RecursionError):  # numbers with too many digits, or tables nested too deeply
        return unreadable_corrections(_NO_TOML)


def _read(text: str, by_name: dict[str, str], problems: list[Problem]) -> Corrections:
    lines = text.split("\n")
    try:
        tables = _tables(tomllib.loads(text), lines, by_name, problems)
    except (ValueError, RecursionError) as error:
        if not any(map(_HEADER.fullmatch, lines)):
            line, reason = _line_and_message(error)
            return unreadable_corrections(reason, line or _first_content_line(lines) or 1)
        tables = _tables_one_by_one(lines, problems)
    entries: dict[str, Correction] = {}
    for table in tables:
        file = by_name.get(_path(table.name))
        if file is None:
            problems.append(Problem(table.line, f"there is no story file “{shown(table.name)}”"))
        elif file in entries:
            problems.append(Problem(table.line, f"“{shown(file)}” has an entry already", file))
        else:
            entries[file] = _correction(file, table, problems)
    return Corrections(entries, tuple(sorted(problems, key=lambda problem: problem.line)))


# -- tables and their lines ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    line: int
    values: dict[str, Any]
    lines: dict[str, int]
    """Line number of each key."""


_HEADER = re.compile(r"[^\S\n]*\[(?P<name>[^\n]*?)\]?[^\S\n]*(?:#[^\n]*)?")
_KEY = re.compile(r"[^\S\n]*(?P<quote>[\"']?)(?P<key>[^\s\"'=.#\[][^\"'=#.\n]{0,100}?)(?P=quote)[^\S\n]*[=.]")
_NO_TOML = "it cannot be read as TOML"


def _line_and_message(error: Exception) -> tuple[int, str]:
    """Return the line number in an error of `tomllib`, or 0, and the error's message without the line number."""
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
    return int(at[1] or 0) if at else 0, " ".join((str(error)[: at.start()] if at else _NO_TOML).split())[:200]


def _first_content_line(lines: Sequence[str]) -> int:
    """Return the number of the first line that is neither empty nor a comment; 0 if there is none."""
    return next((number for number, line in enumerate(lines, 1) if not re.match(r"\s*(?:#|$)", line)), 0)


def _tables(
    whole: dict[str, Any], lines: Sequence[str], files: Collection[str], problems: list[Problem]
) -> Iterator[_Table]:
    headers = {
        _file_name(line): number for number, line in reversed(list(enumerate(lines, 1))) if _HEADER.fullmatch(line)
    }
    outside = _key_lines(lines, 0)
    for name, value in _files(whole, (), files):
        if isinstance(value, dict):
            start = headers.get(name, 1)
            yield _Table(name, start, cast("dict[str, Any]", value), _key_lines(lines, start))
        else:
            problems.append(
                Problem(outside.get(name) or headers.get(name, 1), f'`{shown(name)}` stands in no table ["file"]')
            )


def _files(table: dict[str, Any], above: tuple[str, ...], files: Collection[str]) -> Iterator[tuple[str, object]]:
    """Yield the name and table of each file; TOML parses ``[story.txt]``, without quotation marks, as nested tables."""
    for key, value in table.items():
        path = (*above, key)
        name = ".".join(path)
        within = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
        if within and _path(name) not in files and len(path) < 10 and all(isinstance(v, dict) for v in within.values()):
            yield from _files(within, path, files)
        else:
            yield name, value


def _path(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).removeprefix("./")


def _tables_one_by_one(lines: Sequence[str], problems: list[Problem]) -> Iterator[_Table]:
    starts = [i for i, line in enumerate(lines) if _HEADER.fullmatch(line)]
    if before := _first_content_line(lines[: starts[0]]):
        problems.append(Problem(before, 'what stands before the first table ["file"] belongs to no file'))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name, line, found = _file_name(lines[start]), start + 1, len(problems)
        try:
            tomllib.loads(lines[start])
        except (ValueError, RecursionError):
            problems.append(Problem(line, f'write the table\'s name as ["{shown(name)}"]', name))
        try:
            values = tomllib.loads("\n".join(lines[start + 1 : end]))
        except (ValueError, RecursionError) as error:
            values, wrong = _values_line_by_line(lines[start + 1 : end])
            if len(problems) == found:
                at, reason = _line_and_message(error)
                problems.append(Problem(line + (at or wrong), reason, name))
        yield _Table(name, line, values, _key_lines(lines, line))


def _values_line_by_line(lines: Sequence[str]) -> tuple[dict[str, Any], int]:
    """Return the values on valid lines of a table, and the number, from 1, of the first invalid line (0 if none).

    An invalid rating is kept as written, so that only adults see the story.
    """
    values: dict[str, Any] = {}
    wrong = 0
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
    return values, wrong


def _file_name(line: str) -> str:
    """Return the name of the file in a table's header, which may lack quotation marks."""
    try:
        table: object = tomllib.loads(line)
    except (ValueError, RecursionError):
        match = _HEADER.fullmatch(line)
        return match["name"].strip(" \t[]\"'") if match else line.strip()
    path: list[str] = []
    while isinstance(table, dict) and table:
        key, table = next(iter(cast("dict[str, object]", table).items()))
        path.append(key)
    return ".".join(path)


def _key_lines(lines: Sequence[str], header: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number in range(header, len(lines)):  # a slice for each of many tables would be slow
        if _HEADER.fullmatch(lines[number]):
            break
        if match := _KEY.match(lines[number]):
            found.setdefault(match["key"].strip(), number + 1)
    return found


# -- entries ---------------------------------------------------------------------


def _correction(file: str, table: _Table, problems: list[Problem]) -> Correction:
    stated = Stated()
    bounds: dict[str, str] = {}
    order: int | None = None
    line = table.line
    for key, value in table.values.items():
        where = table.lines.get(key, table.line)
        name = plain_key(key)
        try:
            if name in BOUNDS:
                if not isinstance(value, str) or not value.strip():
                    raise Refused("bound", "`{name}` must be words of the story in quotation marks", name=name)
                bounds[name], line = value, where
            elif name == "order":
                if not isinstance(value, int) or isinstance(value, bool) or value not in ORDERS:
                    raise Refused("order", "`order` must be a whole number")
                order = value
            elif name in KEYS or read_label(f"{name.replace('_', ' ')}: x"):
                stated.take(key, _text(name, value), f"{FILE}, line {where}")
            else:
                if near := near_key(name, OWN_KEYS):
                    raise Refused("near-key", "`{key}` is no key; did you mean `{near}`?", key=shown(key), near=near)
                keys = ", ".join((*KEYS, *OWN_KEYS))
                raise Refused("no-key", "`{key}` is no key; there are {keys}", key=shown(key), keys=keys)
        except Refused as refusal:
            problems.append(Problem(where, str(refusal).removeprefix(f"{FILE}, line {where}: "), file))
            if name == "rating":
                stated.metadata["rating"] = str(value)[:100] or "?"  # an unknown rating is for adults only
    content = json.dumps(table.values, sort_keys=True, default=str)
    digest = hashlib.blake2b(content.encode("utf-8", "replace"), digest_size=8).hexdigest()
    where = f"{FILE}, line {line}"
    lines = {plain_key(key): at for key, at in table.lines.items()}
    return Correction(where, stated, bounds.get("begins"), bounds.get("ends"), order, digest, lines)


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
