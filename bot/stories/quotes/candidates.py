"""Which passages may be quoted: whole sentences of a paragraph, whole lines of a verse, talk with its answer.

The words of each sentence are counted once and the counts are added up for each passage, so that a paragraph of a
thousand sentences costs ten times one of a hundred. Only the passages with the best first scores are looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from bot.stories.quotes.score import VERSE_LINE, first_score, opening_points, word_points
from bot.stories.quotes.speech import DASHES, Speech, names_speaker, speeches
from bot.stories.quotes.weights import WordWeights
from bot.stories.sections.blocks import LONG_LINE
from bot.stories.sentences import sentences_of

QUOTE_CHARS = range(40, 301)
"""Characters: shorter says little, longer is a page. Where each character is a word, half as many suffice."""

_MOST_SENTENCES = 5  # sentences of a quote: more of them in so few characters are a list
_MOST_LINES = 12  # lines of a quoted verse
LOOKED_AT = 5_000
"""Characters of a paragraph or a verse in which its quote is looked for."""

_CLOSELY = 3  # passages of a paragraph that are looked at closely: those with the best first scores
_BESIDE_SPEECH = 60  # characters that narration beside speech needs at least: a few words of it say too little
# Characters of narration that a line of talk may have, however little is said: with more it is no talk.
_BESIDE_TALK = 60
_STOPS, _CLOSING = tuple(".!?…。！？"), "\"”»’')]」』"
_ENTRY = (*"[<(•0123456789", "- ", "* ")
_LABEL = regex.compile(r"(?:\p{Lu}[\p{L}'’.-]*+\s?){1,3}:\s")
_LABEL_CHARS = 60  # characters in which a name with a colon after it is looked for
_SAID_BY = re.compile(r"\S{1,20}:\s")
_NO_PROSE = ("://", "www.")
_PAIRS = ("“”", "«»", "()", "「」", "（）")
_OPENING = "\"“„«»‘'「『¿¡"


class Candidate(NamedTuple):
    """A passage that may be quoted, by where it stands in its paragraph or verse."""

    start: int
    end: int
    first_score: float


class _Piece(NamedTuple):
    """What quotes are made of: a sentence, all sentences of a speech, or a line."""

    start: int
    end: int
    sentences: float
    may_begin: bool
    """Whether a quote may begin with it."""
    may_end: bool


def of_paragraph(paragraph: str, spoken: Sequence[Speech], weights: WordWeights) -> Iterator[Candidate]:
    """Yield passages of whole sentences that stand by themselves, those with the best first score first.

    They cut no speech, and name the speaker.
    """
    if len(paragraph) * weights.width < QUOTE_CHARS.start or _is_labelled(paragraph):
        return
    if spoken and spoken[0][0] == 0 and spoken[0][1] >= len(paragraph):
        return
    for candidate in _ranked(paragraph, list(_sentences(paragraph, spoken)), weights, range(1, _MOST_SENTENCES + 1)):
        start, end, _ = candidate
        inside = [(a - start, b - start) for a, b in spoken if start <= a and b <= end]
        is_beside = bool(spoken) and not inside
        if _stands_alone(paragraph[start:end], inside) and not (is_beside and end - start < _BESIDE_SPEECH):
            yield candidate


def of_verse(verse: str, weights: WordWeights) -> Iterator[Candidate]:
    """Yield whole lines, up to where a sentence or the verse ends, those with the best first score first."""
    lines = verse.split("\n")
    if not _is_verse(lines):
        return
    pieces: list[_Piece] = []
    start, may_begin = 0, True
    for i, line in enumerate(lines):
        ends = _is_ended(line)
        pieces.append(_Piece(start, start + len(line), VERSE_LINE, may_begin, ends or i == len(lines) - 1))
        start, may_begin = start + len(line) + 1, ends
    for candidate in _ranked(verse, pieces, weights, range(2, _MOST_LINES + 1)):
        passage = verse[candidate.start : candidate.end]
        if _is_balanced(passage, speeches(passage)):
            yield candidate


def is_talk(paragraph: str, spoken: Sequence[Speech]) -> bool:
    """Return whether a paragraph is a line of talk that names its speaker: a question or an answer."""
    if paragraph[0] not in _OPENING + DASHES or not _is_ended(paragraph):
        return False
    if paragraph[0] not in DASHES:
        said = sum(end - start for start, end in spoken)
        if not spoken or spoken[0][0] > 0 or len(paragraph) - said > max(said, _BESIDE_TALK):
            return False
    return _stands_alone(paragraph, spoken)


def _sentences(paragraph: str, spoken: Sequence[Speech]) -> Iterator[_Piece]:
    """Yield the sentences, those of one speech as one; nothing from an unclosed speech on."""
    begun, count = 0, 0
    ahead = iter(spoken)
    speech = next(ahead, None)
    for start, end in sentences_of(paragraph):
        begun = begun if count else start
        count += 1
        while speech and speech[1] <= end:
            speech = next(ahead, None)
        if speech and speech[0] < end:
            continue
        is_whole = end < len(paragraph) or _is_ended(paragraph)
        yield _Piece(begun, end, count, _may_begin(paragraph, begun), is_whole)
        count = 0


def _may_begin(paragraph: str, at: int) -> bool:
    """Return whether a quote may begin there: speech after a dash is quoted from the dash on."""
    if paragraph[0] in DASHES:
        return at == 0
    first = paragraph[at]
    return not first.islower() if first.isalpha() else first in _OPENING


def _ranked(text: str, pieces: Sequence[_Piece], weights: WordWeights, counts: range) -> list[Candidate]:
    """Return the passages with the best first scores of those that have as many pieces as *counts* allows."""
    shortest, longest = QUOTE_CHARS.start / weights.width, QUOTE_CHARS.stop - 1
    if all(piece.end - piece.start > longest for piece in pieces):
        return []
    folded = weights.fold(text)
    measured = [
        word_points(folded[piece.start : piece.end], weights) if piece.end - piece.start <= longest else None
        for piece in pieces
    ]
    found: list[Candidate] = []
    for i, (start, first_end, _, may_begin, _) in enumerate(pieces):
        if not may_begin:
            continue
        words, points, sentences = 0, 0.0, 0.0
        opening = opening_points(text[start:first_end], folded[start:first_end], weights)
        for k in range(i, min(i + counts.stop - 1, len(pieces))):
            _, end, more, _, may_end = pieces[k]
            measure = measured[k]
            if measure is None or end - start > longest:
                break
            words, points, sentences = words + measure[0], points + measure[1], sentences + more
            if may_end and end - start >= shortest and k - i + 1 >= counts.start:
                score = first_score(end - start, words, points, sentences, opening, weights)
                found.append(Candidate(start, end, score))
    found.sort(key=lambda candidate: -candidate.first_score)
    return found[:_CLOSELY]


def _is_labelled(text: str) -> bool:
    """Return whether *text* is an entry of a list or a log, a date, or a line of a script or a chat."""
    return text.startswith(_ENTRY) or (":" in text[:_LABEL_CHARS] and _LABEL.match(text) is not None)


def _is_ended(text: str) -> bool:
    """Return whether a sentence ends where *text* does."""
    return text.rstrip(_CLOSING).endswith(_STOPS)


def _stands_alone(passage: str, spoken: Sequence[Speech]) -> bool:
    """Return whether whole sentences are prose that cuts nothing and names who speaks."""
    if not _is_balanced(passage, spoken) or any(mark in passage for mark in _NO_PROSE):
        return False
    return names_speaker(passage, spoken) if spoken or passage[0] in DASHES else True


def _is_balanced(passage: str, spoken: Sequence[Speech]) -> bool:
    """Return whether every mark that opens is closed; beside German marks the marks that close may open, too."""
    pairs = ("()",) if passage.isascii() else _PAIRS if "„" not in passage else _PAIRS[1:]
    return all(passage.count(a) == passage.count(b) for a, b in pairs) and all(end <= len(passage) for _, end in spoken)


def _is_verse(lines: Sequence[str]) -> bool:
    """Return whether lines are those of a verse, not of talk, a list, or the head or foot of a letter."""
    if any(len(line) > LONG_LINE or _is_labelled(line) or _SAID_BY.match(line) for line in lines):
        return False
    if sum(len(line.split()) for line in lines) < 3 * len(lines):
        return False
    if len(lines) <= 3 and len(lines[-1].split()) <= 3 and not _is_ended(lines[-1]):
        return False
    return 2 * sum(line[:1] in '"“„«»‘「—–―' for line in lines) <= len(lines)
