"""Reading and loading, beside another commit: posts in real words, the same files for both, in turn.

``python -m benchmarks.commits FOLDER`` takes the folder of a checkout of that commit, with its own ``.venv`` or with
what it needs in this one's. Processor time, with that of all processes; how many posts and rounds may follow.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import texts
from benchmarks.programs import cost

ROUNDS = 5
POSTS = 300
_READ = (
    "import sys, time, pathlib\n"
    "from bot.stories import read_story\n"
    "files = [(path.read_bytes(), path.name) for path in sorted(pathlib.Path(sys.argv[1]).iterdir())]\n"
    "for file in files[:10]: read_story(*file)\n"
    "began = time.process_time()\n"
    "for file in files[10:]: read_story(*file)\n"
    "print(time.process_time() - began)\n"
)
"""Reads all files but the first ten, which warm it up."""


def write(folder: Path, posts: int, words: int) -> None:
    """Write posts of so many words: narration and talk under a title, half of them between notes."""
    source = random.Random(7)
    for number in range(posts):
        prose = "\n\n".join(texts.frequent_paragraphs(source, words))
        if number % 2:
            prose = f"Rating: T\n\nA/N: Written on a ferry, enjoy!\n\n----\n\n{prose}\n\nThe End\n\nPlease review!"
        (folder / f"{number}.txt").write_text(f"The Tide of No. {number}\n\n{prose}\n")


def _seconds(python: str, home: Path, folder: Path, what: Sequence[str]) -> float:
    """The processor time of one command of a checkout, or what it says of its own."""
    with tempfile.TemporaryDirectory() as made:
        database = Path(made, "library.db")
        environment = {**os.environ, "DATABASE": str(database), "STORIES_DIR": str(folder), "PYTHONPATH": str(home)}
        used = cost(*what, python=python, cwd=home, env=environment)
    return float(used.said) if what[0] == "-c" else used.seconds


def measure(other: Path, posts: int = POSTS, rounds: int = ROUNDS) -> None:
    """Print the time of each command at both commits, and the ratio to the other."""
    here = Path(__file__).parent.parent
    own = other / ".venv/bin/python"
    sides = ((sys.executable, here), (str(own) if own.exists() else sys.executable, other))
    with tempfile.TemporaryDirectory() as made:
        shorter, longer = Path(made, "1500"), Path(made, "2000")
        for folder, words in ((shorter, 1_500), (longer, 2_000)):
            folder.mkdir()
            write(folder, posts, words)
        commands: dict[str, tuple[Path, Sequence[str]]] = {
            "check --json": (shorter, ("-m", "bot", "check", "--json", str(shorter))),
            "load": (longer, ("-m", "bot", "load")),
            "reading alone": (shorter, ("-c", _READ, str(shorter))),
        }
        for name, (folder, what) in commands.items():
            pairs = [[_seconds(*side, folder, what) for side in sides] for _ in range(rounds)]
            ratios = sorted(ours / theirs for ours, theirs in pairs)
            ours, theirs = (median(side) for side in zip(*pairs, strict=True))
            print(
                f"  {name:20} {ours:6.2f} s beside {theirs:6.2f} s: ratio {median(ratios):5.2f}"
                f" ({ratios[0]:.2f} to {ratios[-1]:.2f})",
                flush=True,
            )


if __name__ == "__main__":
    measure(Path(sys.argv[1]).resolve(), *map(int, sys.argv[2:]))
