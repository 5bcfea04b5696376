"""Score how much a paragraph sounds like an author or a site, and not like a story.

Words that people type around stories have positive points, words of stories have negative points. A few signs have
points, too: an emoticon, an emoji, brackets around everything. The points are in ``voice.toml``;
``tools/learn_readings.py`` learns them from the posts of the tests. Words are cut to their first letters, so that most
forms of a word count as one.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

LETTERS = 6
"""Number of first letters that identify a word."""

_SEARCHED = 600  # maximum characters examined in a paragraph
_SPEECH = re.compile(r"[\"“„«「『][^\"“”„«»「」『』]*[\"”»“」』]?")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
EMOJI = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u2604\u2639-\u263B\u2661\u2665\u2728\u2763\u2764\u2B50]")
_FACE = re.compile(r"[:;=xX]['-]?[)(DPp3]+|<3|\^[_.o-]?\^|\(\w?[;:]|[oO][._][oO]")
_SIGNS = {
    "is loud": re.compile(r"[!?]{2}|~\s*$|！{2}"),
    "ends in a shout": re.compile(r"[!！]\s*$"),
    "ends in a question": re.compile(r"[?？؟]\s*$"),
    "ends openly": re.compile(r"\w\s*$"),
    "begins small": re.compile(r"\s*[a-zà-öø-ÿа-яё]"),
    "stands in brackets": re.compile(r"\s*[(\[（【].*[)\]）】]\s*$", re.S),
    "has speech": _SPEECH,
    "begins with speech": re.compile(r"\s*[\"“„«「『—–-]"),
    "has digits": re.compile(r"\d"),
    "has an address": re.compile(r"@\w|https?:"),
    "has initials": re.compile(r"\b[A-Z]{2,4}\b"),
    "has a face": _FACE,
    "has an emoji": EMOJI,
}
_AT_START = ("begins small", "begins with speech", "stands in brackets")


def features_of(text: str) -> set[str]:
    """Return the features of a paragraph: first letters of its words, in lower case, signs, and length."""
    text = text[:_SEARCHED]
    said = _SPEECH.sub(" ", text.lower().replace("’", "'"))
    if EAST_ASIAN.search(text):
        letters = "".join(said.split())
        found = {first + second for first, second in pairwise(letters)}
        count = len(letters) // 2
    else:
        words = _WORD.findall(said)
        found = {word[:LETTERS] for word in words}
        count = len(words)
    signs = (name for name, sign in _SIGNS.items() if (sign.match(text) if name in _AT_START else sign.search(text)))
    return {*found, *signs, f"about {2 ** min(6, int(math.log2(count + 1)))} words"}


@lru_cache(maxsize=256)
def voice_of(text: str) -> float:
    """Return the voice score of *text*: if positive, an author or a site is likelier than the story."""
    return _sum_of_points(text, _points())


def _sum_of_points(text: str, points: Mapping[str, float]) -> float:
    """Return the sum of *points* for the features of *text*, and of those that every text has (``""``)."""
    return points[""] + sum(points.get(feature, 0.0) for feature in features_of(text))


def has_voice(text: str) -> bool:
    """Return whether words in *text*, and not only signs and length, count for an author or a site."""
    points = _points()
    words = (feature for feature in features_of(text) if " " not in feature and len(feature) > 1)
    if EAST_ASIAN.search(text):
        words = (pair for pair in words if not pair.isascii())
    return any(points.get(word, 0.0) > 0 for word in words)


@cache
def _points() -> dict[str, float]:
    return dict(_listed())


def _listed() -> Iterator[tuple[str, float]]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    yield "", table["every"]
    yield from table["signs"].items()
    for points, words in table["words"].items():
        yield from ((word, float(points)) for word in words.split())
