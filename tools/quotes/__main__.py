"""``python -m tools.quotes [FOLDER] [--show] [--without]``: how well quotes are chosen, by texts of ten styles.

For each style: how many quotes there are; how many of the best two passages of each text are quoted, and of those that
must not be posted; and where the best and those stand among all passages of their text, from 0 (first) to 100.
``--without`` asks the last again with each trait of the score set to nothing, one after the other.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import mean
from unittest.mock import patch

from bot.stories import read_story
from bot.stories.quotes import score, selection, weights
from tools.quotes import STYLES, Marked, is_of, marked_texts

_TRAITS = (
    *("_TOO_SHORT", "_TOO_LONG", "_LEANS", "_BACK_REFERENCE", "_OPEN_QUESTION", "_UNFINISHED", "_NAME", "_FLAW"),
    *(f"word {name}" for name, points in weights.WORD_POINTS.items() if points),
    *(f"opener {name}" for name in weights.OPENER_POINTS),
)


@dataclass(frozen=True, slots=True)
class Found:
    """What is chosen of a text; places are from 0 (first of all passages) to 100 (last, or none of them)."""

    text: Marked
    quotes: Sequence[str]
    places_of_best: Sequence[float]
    places_of_bad: Sequence[float]

    def quoted(self, passages: Sequence[str]) -> int:
        """Return how many of the passages are quoted."""
        return sum(any(is_of(quote, each) for quote in self.quotes) for each in passages)


def found_in(text: Marked) -> Found:
    """Return what is chosen of a text as the bot reads it."""
    proses = [chapter.prose for chapter in read_story(text.text.encode(), "a.txt").chapters]
    quotes = [quote.text for each in selection.select_quotes(proses) for quote in each]
    ranked = _all_passages(proses)

    def place(passage: str) -> float:
        at = next((n for n, each in enumerate(ranked) if is_of(each, passage)), len(ranked))
        return 100 * at / max(1, len(ranked))

    return Found(text, quotes, [place(each) for each in text.best[:2]], [place(each) for each in text.bad])


def _all_passages(proses: Sequence[str]) -> list[str]:
    """Return all passages of a story that do not overlap better ones, best first."""
    with (
        patch.object(selection, "LEAST", 1),
        patch.object(selection, "FINE", 1),
        patch.object(selection, "WORDS_PER_FINE_QUOTE", 1),
    ):
        quotes = [quote for each in selection.select_quotes(proses) for quote in each]
    return [quote.text for quote in sorted(quotes, key=lambda quote: -quote.score)]


def row(name: str, found: Sequence[Found]) -> str:
    """Return a row of the table."""
    best = [place for each in found for place in each.places_of_best]
    bad = [place for each in found for place in each.places_of_bad]
    columns = (
        len(found),
        sum(len(each.quotes) for each in found),
        f"{sum(each.quoted(each.text.best[:2]) for each in found)} of {len(best)}",
        f"{sum(each.quoted(each.text.bad) for each in found)} of {len(bad)}",
        f"{mean(best):.1f}",
        f"{mean(bad):.1f}",
    )
    return " | ".join((f"{name:16}", *(f"{each!s:>9}" for each in columns)))


@contextmanager
def without(trait: str) -> Iterator[None]:
    """Set the points of one trait to nothing, for a while."""
    kind, _, name = trait.partition(" ")
    if not name:
        with patch.object(score, trait, 0):
            yield
        return
    points = weights.WORD_POINTS if kind == "word" else weights.OPENER_POINTS
    with patch.dict(points, {name: 0}), patch.object(selection, "weights_of", _weighed_anew):
        yield


def _weighed_anew(text: str) -> weights.WordWeights:
    code = weights.language_of(text)
    return weights.weights_for(code) if code else weights.weights_of(text)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=STYLES)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--without", action="store_true")
    args = parser.parse_args()
    texts = list(marked_texts(args.folder))
    found = [found_in(text) for text in texts]
    print(
        " | ".join((f"{'style':16}", *(f"{each:>9}" for each in ("texts", "quotes", "best", "bad", "place", "of bad"))))
    )
    for style, each in groupby(found, lambda each: each.text.style):
        print(row(style, list(each)))
    print(row("all", found))
    if args.show:
        for each in found:
            print(f"\n# {each.text.name}")
            for quote in each.quotes:
                sign = (
                    "+"
                    if any(is_of(quote, p) for p in each.text.best)
                    else "-"
                    if any(is_of(quote, p) for p in each.text.bad)
                    else " "
                )
                print(sign, repr(quote))
            for p in each.text.best[:2]:
                if not any(is_of(quote, p) for quote in each.quotes):
                    print("  missed:", repr(p))
    if args.without:
        for trait in _TRAITS:
            with without(trait):
                print(row(trait, [found_in(text) for text in texts]))


if __name__ == "__main__":
    main()
