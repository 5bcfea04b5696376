"""What ``python -m bot check --json`` asks of a machine, beside a bare loop that reads and splits the same files."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks import texts
from benchmarks.programs import cost, show_costs

ROUNDS = 3
FILES = 1000
FLOOR = (
    "import sys, pathlib\n"
    "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
    "    path.read_bytes().decode(errors='replace').split('\\n\\n')\n"
)


def _loop(folder: Path) -> float:
    """Processor seconds of the bare loop without the start of an interpreter."""
    began = time.process_time()
    for path in sorted(folder.iterdir()):
        path.read_bytes().decode(errors="replace").split("\n\n")
    return time.process_time() - began


def _write_posts(folder: Path) -> None:
    texts.posts(folder, FILES)


def _write_book(folder: Path) -> None:
    (folder / "book.txt").write_bytes(texts.book())


WORKS: dict[str, Callable[[Path], None]] = {"a thousand stories": _write_posts, "a book of 3 MB": _write_book}


def measure() -> None:
    """Print time and peak memory of each, as ratios."""
    for name, write in WORKS.items():
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            write(folder)
            pairs = [(cost("-m", "bot", "check", "--json", made), cost("-c", FLOOR, made)) for _ in range(ROUNDS)]
            loops = [_loop(folder) for _ in range(ROUNDS)]
        ours = [one for one, _ in pairs]
        show_costs(name, ours, [floor for _, floor in pairs])
        ratios = sorted(one.seconds / loop for one, loop in zip(ours, loops, strict=True))
        print(
            f"  {'':30} beside the loop alone ({1000 * median(loops):.1f} ms):"
            f" ratio {median(ratios):.0f} ({ratios[0]:.0f} to {ratios[-1]:.0f})"
        )
