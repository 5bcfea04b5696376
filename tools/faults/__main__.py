"""Try the faults of faults.toml: ``python -m tools.faults [draw | list | again | NUMBER …]``.

Without an argument, try the faults without a result; ``again`` tries all. Each fault goes into a copy of the project.
The tests that reach its place run until one fails: first the test that failed last time, then those in files named
like the module. ``draw`` prints places that are gone, and the places that the seed draws instead.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

from tools.faults.draw import COUNT, ROOT, drawn
from tools.faults.fault import Fault, Outcome, Result, keep, places_without, read_faults, read_results
from tools.faults.reach import reaching

WORKERS = 2
"""Faults tried in parallel, one for each core of a small machine."""

NO_TESTS = 5
"""Exit status of pytest if no test is left to run."""

MOST_SECONDS = 1_800
"""Timeout for the tests of one fault; beyond it the outcome is "hangs"."""


def main(arguments: list[str]) -> int:
    """Run the command; return 1 if a fault survives or a drawn place has no fault."""
    faults = read_faults()
    if arguments == ["draw"]:
        return _draw(faults)
    if arguments != ["list"]:
        done = read_results()
        again = set(range(len(faults) + 1)) if arguments == ["again"] else {int(each) for each in arguments}
        tried = [fault for n, fault in enumerate(faults, 1) if n in again or (not again and fault.name not in done)]
        _try(tried, {name: result.by for name, result in done.items()})
    return _report(faults)


def _draw(faults: list[Fault]) -> int:
    """Print the faults whose place is gone, and the drawn places without a fault; return 1 if there are some."""
    there = drawn()
    names, without = {(place.path, place.name) for place in there}, places_without()
    known = {(fault.path, fault.place) for fault in faults}
    for path, name in sorted(known - names):
        print(f"gone: {path}:{name}")
    left = [place for place in there if (place.path, place.name) not in known | without]
    missing = left[: max(0, COUNT - len(known & names))]
    for place in missing:
        print(f"no fault yet: {place.path}:{place.name}")
    return int(bool(missing))


def _report(faults: list[Fault]) -> int:
    results = read_results()
    survivors = 0
    for n, fault in enumerate(faults, 1):
        result = results.get(fault.name)
        survivors += result is not None and result.outcome == "survives"
        outcome, by = (result.outcome, result.by) if result else ("not tried", "")
        print(f"{n:3} {outcome:9} {fault.path}:{fault.place} {by}")
    tried = sum(fault.name in results for fault in faults)
    left = len(faults) - tried
    print(f"{tried - survivors} of {tried} faults are caught, {survivors} survive, {left} were not tried.")
    return int(survivors > 0)


def _try(faults: list[Fault], caught_by: dict[str, str]) -> None:
    """Try *faults*; *caught_by* maps their names to the test that caught them last time and runs first."""
    if not faults:
        return
    head = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(head, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    lock = Lock()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # some tests start a program as another user
        roots = [_copy(Path(folder) / str(n)) for n in range(WORKERS)]
        tests = _reaching(roots[0], faults, commit)

        def run(fault: Fault) -> None:
            with lock:
                root = roots.pop()
            try:
                result = _tried(root, fault, tests[fault.name], caught_by.get(fault.name, ""), commit)
            finally:
                with lock:
                    roots.append(root)
            with lock:
                keep(result)
                print(f"{result.outcome:9} {fault.path}:{fault.place} {result.by}", flush=True)

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(run, faults))


def _reaching(root: Path, faults: list[Fault], commit: str) -> dict[str, list[str]]:
    """Return the tests that reach each fault, cached for the commit: finding them runs the whole suite."""
    kept = Path(tempfile.gettempdir()) / f"oneshot-reached-{commit}.json"
    if kept.exists() and {fault.name for fault in faults} <= (known := json.loads(kept.read_text("utf-8"))).keys():
        return known
    found = reaching(root, faults, WORKERS)
    kept.write_text(json.dumps(found), "utf-8")
    return found


def _copy(root: Path) -> Path:
    """Copy the tracked files of the project to *root*; return *root*."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, root / name)
    (root / ".venv").symlink_to((ROOT / ".venv").resolve())
    return root


def _tried(root: Path, fault: Fault, tests: list[str], last: str, commit: str) -> Result:
    """Run the tests that reach a fault until one fails, the likeliest first, then all others.

    All others run since the tests that reach a constant are not fully known. A test that fails without the fault does
    not count. Faults in PostgreSQL modules run the tests of the store and of backups on PostgreSQL instead.
    """
    stem = Path(fault.path).stem
    if stem.startswith("postgresql"):
        outcome, by = _with_fault(
            root, fault, ["--postgresql", "tests/store", "tests/operations/test_postgresql_backup.py"]
        )
        return Result(fault.name, outcome, by, len(tests), commit)
    left = sorted(
        tests,
        key=lambda test: (test != last, stem not in test.partition("::")[0], test.startswith("tests/operations")),
    )
    others, red = ["tests"], list[str]()
    while True:
        outcome, by = _with_fault(root, fault, [*(left or others), *(f"--deselect={test}" for test in red)])
        if outcome == "survives" and left:
            left = []
        elif outcome != "caught" or "::" not in by or by in red or _run(root, [by])[0] == "survives":
            return Result(fault.name, outcome, by, len(tests), commit)
        else:
            red.append(by)


def _with_fault(root: Path, fault: Fault, tests: list[str]) -> tuple[Outcome, str]:
    before = fault.put_in(root)
    try:
        return _run(root, tests)
    finally:
        (root / fault.path).write_text(before, "utf-8")


def _run(root: Path, tests: list[str]) -> tuple[Outcome, str]:
    """Run *tests* until one fails; return the outcome and the failed test."""
    listed = root / "tests.txt"
    listed.write_text("".join(f"{test}\n" for test in tests), "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", f"@{listed}"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "hangs", ""
    if done.returncode in (0, NO_TESTS):
        return "survives", ""
    red = next((line for line in done.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))), "")
    return "caught", red.partition(" ")[2].partition(" - ")[0] or done.stdout[-300:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
