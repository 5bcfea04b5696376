"""Find the tests that reach the place of a fault: a probe in each place records the running test.

Probes in child processes record, too.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.faults.draw import Place, places_of
from tools.faults.fault import Fault

PROBE = '''"""Writes down which test reached a place."""

import os

_seen = set()


def reached(number):
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    if test and (test, number) not in _seen:
        _seen.add((test, number))
        with open(os.environ["ONESHOT_REACHED"], "a") as file:
            file.write(f"{number}\\t{test}\\n")
'''


def reaching(root: Path, faults: Sequence[Fault], workers: int) -> dict[str, list[str]]:
    """Map the names of *faults* to the tests that reach them; *root* is a copy of the project.

    A test reaches a constant if it reaches a function that names it: one of its module, else one of a module that
    imports it. The copy is unchanged afterwards.
    """
    before = _with_probes(root, faults)
    probe, found = root / "bot" / "_probe.py", root / "reached.tsv"
    probe.write_text(PROBE, "utf-8")
    found.write_text("", "utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        str(workers),
        "--dist",
        "worksteal",
        "-p",
        "no:cacheprovider",
    ]
    subprocess.run(command, cwd=root, env=os.environ | {"ONESHOT_REACHED": str(found)}, check=False)
    for path, text in before.items():
        path.write_text(text, "utf-8")
    probe.unlink()
    tests: dict[str, dict[str, None]] = {fault.name: {} for fault in faults}
    for line in found.read_text("utf-8").splitlines():
        number, _, test = line.partition("\t")
        tests[faults[int(number)].name][test] = None
    return {name: list(each) for name, each in tests.items()}


def _with_probes(root: Path, faults: Sequence[Fault]) -> dict[Path, str]:
    """Insert a probe at the start of each place; return the original text of each changed file."""
    probes: dict[Path, dict[int, list[int]]] = {}
    for number, fault in enumerate(faults):
        for place in _functions(root, fault):
            probes.setdefault(root / place.path, {}).setdefault(place.first, []).append(number)
    before = {file: file.read_text("utf-8") for file in probes}
    for file, numbers in probes.items():
        lines = before[file].splitlines(keepends=True)
        for first in sorted(numbers, reverse=True):
            indent = lines[first - 1][: len(lines[first - 1]) - len(lines[first - 1].lstrip())]
            calls = "; ".join(f"__import__('bot._probe', fromlist=['_']).reached({each})" for each in numbers[first])
            lines.insert(first - 1, f"{indent}{calls}\n")
        file.write_text("".join(lines), "utf-8")
    return before


def _functions(root: Path, fault: Fault) -> list[Place]:
    """Return the function of a fault; for a fault in a constant, the functions that name it."""
    file = root / fault.path
    places = list(places_of(file, root))
    lines = file.read_text("utf-8").splitlines()
    [place] = [each for each in places if each.name == fault.place]
    if place.is_function:
        return [place]
    word = fault.place.rpartition(".")[2]
    named = [
        each for each in places if each.is_function and any(word in line for line in lines[each.first - 1 : each.last])
    ]
    return named or list(_importing(root, fault.path.removesuffix(".py").replace("/", "."), word))


def _importing(root: Path, module: str, word: str) -> Iterator[Place]:
    """Yield the functions of other modules that name what they import from *module*, including in their signatures."""
    for file in (file for folder in ("bot", "cogs") for file in sorted((root / folder).rglob("*.py"))):
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        imports = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module == module]
        if any(alias.name == word for node in imports for alias in node.names):
            ends = {
                node.end_lineno
                for node in nodes
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and any(isinstance(each, ast.Name) and each.id == word for each in ast.walk(node))
            }
            yield from (each for each in places_of(file, root) if each.is_function and each.last in ends)
