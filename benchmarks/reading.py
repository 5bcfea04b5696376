"""What ``python -m bot check --json`` asks of a machine, beside a bare loop that reads and splits the same files."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.timing import show

ROUNDS = 3
FILES = 1000
BOOK_CHARS = 3_000_000
FLOOR = (
    "import sys, pathlib\n"
    "for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.txt')):\n"
    "    for block in path.read_bytes().decode().split('\\n\\n'):\n"
    "        block.split()\n"
)
WORDS = "the of and a porter clock tide letter was said it in orchard by ferry with cold up mirror she no".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class _Cost:
    seconds: float
    megabytes: float


def _cost(*command: str) -> _Cost:
    """Processor seconds and peak memory of a program."""
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return _Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e6)


def _paragraphs(source: random.Random, chars: int) -> Iterator[str]:
    """Paragraphs of about that many characters in all."""
    while chars > 0:
        words = source.choices(WORDS, k=source.randint(12, 90))
        paragraph = f"{' '.join(words).capitalize()}."
        yield f'"{paragraph}"' if source.random() < 0.3 else paragraph
        chars -= len(paragraph) + 2


def _stories(folder: Path) -> None:
    """A thousand posts of some 1,500 words."""
    source = random.Random(1)
    for number in range(FILES):
        text = "\n\n".join(_paragraphs(source, 8000))
        notes = f"Title: Story {number}\n\nRating: T\n\nA/N: Number {number}, enjoy!\n\n----\n\n"
        (folder / f"{number}.txt").write_text(f"{notes}{text}\n\nThe End\n\nPlease review!\n", "utf-8")


def _book(folder: Path) -> None:
    """One book of three megabytes, its lines wrapped."""
    source = random.Random(2)
    paragraphs = [textwrap.fill(paragraph, 72) for paragraph in _paragraphs(source, BOOK_CHARS)]
    chapters = [paragraphs[start : start + 60] for start in range(0, len(paragraphs), 60)]
    headed = (f"\n\nCHAPTER {number}\n\n\n" + "\n\n".join(chapter) for number, chapter in enumerate(chapters, start=1))
    (folder / "book.txt").write_text("THE LONG TIDE\n\nby Wren Sallow\n\n" + "\n\n".join(headed), "utf-8")


def _show(name: str, ours: Sequence[_Cost], floor: Sequence[_Cost]) -> None:
    show(name, [(one.seconds, other.seconds) for one, other in zip(ours, floor, strict=True)])
    peak, least = median(cost.megabytes for cost in ours), median(cost.megabytes for cost in floor)
    print(f"  {'':30} {peak:8.1f} MB beside {least:8.1f} MB: ratio {peak / least:5.2f}")


async def measure() -> None:
    """Print time and peak memory of each, as ratios."""
    for name, write in (("a thousand stories", _stories), ("a book of 3 MB", _book)):
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder))
            pairs = [(_cost("-m", "bot", "check", "--json", folder), _cost("-c", FLOOR, folder)) for _ in range(ROUNDS)]
        _show(name, [ours for ours, _ in pairs], [floor for _, floor in pairs])
