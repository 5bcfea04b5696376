"""``stories.toml`` beside the files: what it gives or corrects, an entry for each file.

A wrong entry is reported with its line and stops no other: where the file as a whole is no TOML, each of its tables is
read by itself, and where a table is none, each of its lines.
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

from bot.stories.formats.corrections import BOUNDS, Correction, shown
from bot.stories.formats.encoding import decode
from bot.stories.formats.front_matter import KEYS, Stated, plain_key
from bot.stories.formats.values import Tree
from bot.stories.model import Refused
from bot.stories.sections.labels import read_label

FILE = "stories.toml"
MAX_BYTES = 1024 * 1024
OWN_KEYS = (*BOUNDS, "order")
ORDERS = range(-1_000_000, 1_000_001)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line, and whose entry it stands in, where that is known."""

    line: int
    text: str
    file: str | None = None

    def __str__(self) -> str:
        return f"{FILE}, line {self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that a ``stories.toml`` says: its entries by file, and what is wrong with it."""

    entries: dict[str, Correction] = field(default_factory=dict[str, Correction], hash=False)
    problems: tuple[Problem, ...] = ()
    is_read: bool = True
    """False where the file could not be read at all, so that nobody knows what it says."""


def unread(reason: str) -> Corrections:
    """What is known of a file that could not be read."""
    return Corrections(problems=(Problem(1, reason),), is_read=False)


def read_corrections(data: bytes, files: Collection[str]) -> Corrections:
    """The entries for *files*, which are paths within the folder with ``/`` in them; nothing is raised."""
    if len(data) > MAX_BYTES:
        return unread(f"it has more than {MAX_BYTES:,} bytes")
    try:
        text, warning = decode(data) if data.strip() else ("", None)
    except Refused as refusal:
        return unread(str(refusal))
    problems = [Problem(1, warning)] if warning else []
    by_name = {_path(file): file for file in files}
    entries: dict[str, Correction] = {}
    for table in _tables(text, by_name, problems):
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
    """Where each key stands."""

    def where(self, key: str) -> int:
        return self.lines.get(key, self.line)


_HEADER = re.compile(r"[^\S\n]*\[(?P<name>[^\n]*?)\]?[^\S\n]*(?:#[^\n]*)?")
_KEY = re.compile(r"[^\S\n]*(?P<quote>[\"']?)(?P<key>[^\s\"'=.#\[][^\"'=#.\n]{0,100}?)(?P=quote)[^\S\n]*[=.]")


def _tables(text: str, files: Collection[str], problems: list[Problem]) -> Iterator[_Table]:
    lines = text.split("\n")
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError):
        yield from _tables_one_by_one(lines, problems)
        return
    headers = {_header_name(line): number for number, line in reversed(list(enumerate(lines, 1))) if _is_header(line)}
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
    """The table of each file. Without quotation marks ``[story.txt]`` is a table in a table, and meant is the file."""
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
    """The tables of a file that is no TOML as a whole, each from its header to the next."""
    starts = [i for i, line in enumerate(lines) if _is_header(line)]
    first = starts[0] if starts else len(lines)
    if any(line.strip() and not line.lstrip().startswith("#") for line in lines[:first]):
        problems.append(Problem(1, 'what stands before the first table ["file"] belongs to no file'))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        name, line, found = _header_name(lines[start]), start + 1, len(problems)
        try:
            tomllib.loads(lines[start])
        except (ValueError, RecursionError):
            problems.append(Problem(line, f'write the table\'s name as ["{shown(name)}"]', name))
        try:
            values = tomllib.loads("\n".join(lines[start + 1 : end]))
        except (ValueError, RecursionError) as error:
            values, wrong = _values_line_by_line(lines[start + 1 : end])
            if len(problems) == found:
                problems.append(_syntax_problem(error, line, wrong, name))
        yield _Table(name, line, values, _key_lines(lines, line))


def _syntax_problem(error: Exception, header: int, wrong: int, name: str) -> Problem:
    at = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
    reason = str(error)[: at.start()] if at else "it cannot be read as TOML"
    return Problem(header + (int(at[1]) if at and at[1] else wrong), " ".join(reason.split())[:200], name)


def _values_line_by_line(lines: Sequence[str]) -> tuple[dict[str, Any], int]:
    """What can be understood of a table that is no TOML, and the first line (from 1) that cannot, or 0.

    A rating that cannot is kept as it stands, and so gates.
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


def _is_header(line: str) -> bool:
    return line.lstrip().startswith("[") and _HEADER.fullmatch(line) is not None


def _header_name(line: str) -> str:
    """The file that a table's header names, with or without quotation marks."""
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
    for number in range(header + 1, len(lines) + 1):
        line = lines[number - 1]
        if _is_header(line):
            break
        if match := _KEY.match(line):
            found.setdefault(match["key"].strip(), number)
    return found


# -- entries ---------------------------------------------------------------------


def _correction(file: str, table: _Table, problems: list[Problem]) -> Correction:
    stated = Stated()
    bounds: dict[str, str] = {}
    order: int | None = None
    line = table.line
    for key, value in table.values.items():
        where = table.where(key)
        name = plain_key(key)
        try:
            if name in BOUNDS:
                bounds[name] = _words(name, value)
                line = where
            elif name == "order":
                order = _order(value)
            elif name in KEYS or read_label(f"{name.replace('_', ' ')}: x"):
                stated.take(key, _text(name, value), f"{FILE}, line {where}")
            else:
                raise Refused(f"`{shown(key)}` is no key; there are {', '.join((*KEYS, *OWN_KEYS))}")
        except Refused as refusal:
            problems.append(Problem(where, str(refusal).removeprefix(f"{FILE}, line {where}: "), file))
            if name == "rating":
                stated.metadata["rating"] = str(value)[:100] or "?"  # what is not understood gates
    said = json.dumps(table.values, sort_keys=True, default=str)
    digest = hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()
    where = f"{FILE}, line {line}"
    return Correction(where, stated, bounds.get("begins"), bounds.get("ends"), order, digest)


def _text(name: str, value: object) -> Tree:
    """*value* as text or a list of texts."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) and name not in KEYS:  # a wish: `downloads = true`
        return "yes" if value else "no"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    takes = (str, int) if name == "servers" else str  # ids are numbers
    if isinstance(value, int) and name == "servers":
        return str(value)
    items = cast("list[object]", value) if isinstance(value, list) else []
    if isinstance(value, list) and all(isinstance(item, takes) for item in items):
        return [str(item) for item in items]
    raise Refused(f"`{name}` must be text in quotation marks")


def _words(name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refused(f"`{name}` must be words of the story in quotation marks")
    return value


def _order(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value not in ORDERS:
        raise Refused("`order` must be a whole number")
    return value
