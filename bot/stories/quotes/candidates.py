"""Build the passages that may become quotes.

Candidates are whole sentences of a paragraph or of a long speech, whole lines of a verse, dialogue with its answer, and
the last sentences of a paragraph with the short paragraphs that follow. Whether a passage stands alone is checked
later, only for the few with a high first score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.stories.quotes.blocks import MOST_SENTENCES, QUOTE_CHARS, Block, Sentence
from bot.stories.quotes.score import (
    MOST_BEGINNING,
    MOST_HALVES,
    edge_points,
    first_score,
    refrain_points,
)
from bot.stories.quotes.speech import DASHES, Speech, names_speaker
from bot.stories.quotes.weights import WordWeights

_MOST_LINES = 12  # maximum lines of a quoted verse
MOST_BLOCKS = 4
"""Maximum number of consecutive paragraphs in a quote."""

OF_BEGINNING = 4
"""Points for a passage that begins with its paragraph, whose first words introduce the subject."""

OF_PARAGRAPH = 4
"""Points for a passage that ends with its paragraph."""

OF_SPEECH = 4
"""Points for a passage that ends with a long speech, as many as for the end of a paragraph."""

CUT_SERIES = -8
"""Points for a passage that cuts a series of sentences with the same beginning."""

SET_APART = 3
"""Points for narration followed by short paragraphs: authors set apart what readers should notice."""

SENTENCE_APART = 3
"""Points for a paragraph of narration with a single sentence."""

# Maximum points for the position of a passage, within one paragraph and across several.
_MOST_OF_PLACE, _MOST_OF_PLACES = max(SENTENCE_APART, OF_SPEECH), OF_BEGINNING + SET_APART
_MOST_OF_DIALOGUE = 8  # maximum sentences of quoted dialogue
_BEAT_CHARS = 95  # maximum characters of a paragraph that continues the one before
_LONG_SPEECH = 90  # minimum characters of a quoted speech without a named speaker
_BESIDE_SPEECH = 60  # minimum characters of narration quoted from a paragraph with speech
_MARKS = "*_~/<[&@"  # every match of `_MARKED` contains one of these
_MARKED = re.compile(r"://|\S@\S|([*_~]|//)(?=\S).*\1|<[/a-zA-Z]|\[/?\w+\]|&#?\w+;")
_PAIRS = ("“”", "«»", "()", "「」", "（）")


class Candidate(NamedTuple):
    """A passage that may be quoted; its offsets count from the start of its chapter."""

    start: int
    end: int
    first_score: float


def of_block(block: Block, weights: WordWeights, least: float) -> Iterator[Candidate]:
    """Yield passages of whole sentences, or of verse lines up to the end of a sentence or of the verse.

    Passages with less than *least* points are left out.
    """
    fewest, most, halves = (2, _MOST_LINES, 1) if block.is_verse else (1, MOST_SENTENCES, 2)
    shortest, longest = QUOTE_CHARS.start / weights.width, QUOTE_CHARS.stop - 1
    whole = len(block.text)
    for sentences in (block.sentences, *block.monologues):
        for i, first in enumerate(sentences):
            if not first.may_begin:
                continue
            start, words, points, is_series = first.start, 0, 0.0, False
            begun = first.opening
            if start == 0 and not block.is_verse:
                begun += OF_BEGINNING
            if first.is_repeat:
                begun += CUT_SERIES
            for count, last in enumerate(sentences[i : i + most], 1):
                _, end, _, may_end, more_words, more_points, _, _, is_repeat = last
                chars = end - start
                if chars > longest:
                    break
                words += more_words
                points += more_points
                is_series = is_series or is_repeat
                if chars < shortest or not may_end or count < fewest:
                    continue
                score = first_score(chars, words, points, count * halves, weights) + begun
                if is_series:
                    score += refrain_points(first.opening, [each.beginning for each in sentences[i : i + count]])
                if end == whole:
                    score += OF_PARAGRAPH
                if score + _MOST_OF_PLACE >= least:
                    score += _of_place(block, sentences, i, count)
                    if score >= least:
                        yield Candidate(block.start + start, block.start + end, score)


def _of_place(block: Block, sentences: Sequence[Sentence], i: int, count: int) -> float:
    """Return the points for the first and last sentence of a passage, and for its position in the block."""
    first, last = sentences[i], sentences[i + count - 1]
    edges = edge_points(first.points) + edge_points(last.points) if count > 1 and not block.is_verse else 0
    if last.end == len(block.text):
        is_apart = first.start == 0 and count == 1 and not block.spoken
        return edges + SENTENCE_APART if is_apart else edges
    if sentences is not block.sentences and last is sentences[-1]:
        return edges + OF_SPEECH
    if i + count < len(sentences) and sentences[i + count].is_repeat:
        return edges + CUT_SERIES * (sentences[i + count].beginning == last.beginning)
    return edges


def of_blocks(blocks: Sequence[Block], weights: WordWeights, least: float) -> Iterator[Candidate]:
    """Yield passages of several paragraphs that end with the last of *blocks*.

    Such a passage has lines of dialogue, or the last sentences of a paragraph with the short paragraphs that follow.
    Passages with less than *least* points are left out.
    """
    last = blocks[-1]
    if last.is_first or len(blocks) < 2 or not (last.is_dialogue or _is_beat(last)) or not _is_whole(last):
        return
    for start, sentences in _dialogue(blocks) if last.is_dialogue else _with_beats(blocks):
        words, points = 0, 0.0
        for each in sentences:
            words, points = words + each.words, points + each.points
        halves = min(MOST_HALVES, 2 * len(sentences))
        score = first_score(last.end - start, words, points, halves, weights) + OF_PARAGRAPH
        if score + MOST_BEGINNING + _MOST_OF_PLACES < least:  # most passages score too little, whatever their beginning
            continue
        first = sentences[0]
        score += first.opening + refrain_points(first.opening, [each.beginning for each in sentences])
        score += edge_points(first.points)
        if first.start == 0:
            score += OF_BEGINNING
        if last.is_dialogue:
            score += edge_points(sentences[-1].points)
        elif not blocks[-2].is_dialogue:
            score += SET_APART + (CUT_SERIES if first.is_repeat else 0)
        if score >= least:
            yield Candidate(start, last.end, score)


def _dialogue(blocks: Sequence[Block]) -> Iterator[tuple[int, Sequence[Sentence]]]:
    """Yield start and sentences of dialogue that ends with the last block; one of every two lines names its speaker."""
    last = blocks[-1]
    sentences = list(last.sentences)
    for second, first in pairwise(reversed(blocks)):
        if second.is_first or not first.is_dialogue or not (first.names_speaker or second.names_speaker):
            return
        if last.end - first.start >= QUOTE_CHARS.stop or not _is_whole(first):
            return
        sentences[:0] = first.sentences
        if len(sentences) > _MOST_OF_DIALOGUE:
            return
        yield first.start, sentences


def _with_beats(blocks: Sequence[Block]) -> Iterator[tuple[int, Sequence[Sentence]]]:
    """Yield start and sentences of a paragraph's end, or of a line of dialogue, and of the short paragraphs below."""
    last = blocks[-1]
    sentences = list(last.sentences)
    for second, first in pairwise(reversed(blocks)):
        if second.is_first or first.is_verse or not first.sentences or not first.sentences[-1].may_end:
            return
        if first.is_dialogue:
            if first.names_speaker and last.end - first.start < QUOTE_CHARS.stop and _is_whole(first):
                yield first.start, [*first.sentences, *sentences]
            return
        narrated = first.spoken[-1][1] if first.spoken else 0
        for each in reversed(first.sentences):
            start = first.start + each.start
            if each.start < narrated or last.end - start >= QUOTE_CHARS.stop or len(sentences) == MOST_SENTENCES:
                return
            sentences.insert(0, each)
            if each.may_begin:
                yield start, sentences
        if not _is_beat(first):
            return


def _is_whole(block: Block) -> bool:
    """Return whether a block consists of whole sentences."""
    return bool(block.sentences) and block.sentences[0].may_begin and block.sentences[-1].may_end


def _is_beat(block: Block) -> bool:
    """Return whether a paragraph is short narration, which may continue the one before."""
    return len(block.text) <= _BEAT_CHARS and not block.spoken and not block.is_verse


def stands_alone(passage: str, spoken: Sequence[Speech], is_beside: bool) -> bool:
    """Return whether a passage is plain text with balanced marks, whose speech is long or names its speaker.

    *is_beside* means that only the rest of the paragraph has speech; narration must then be long.
    """
    if (any(map(passage.__contains__, _MARKS)) and _MARKED.search(passage)) or not _is_balanced(passage):
        return False
    if spoken or passage[0] in DASHES:
        is_speech = len(spoken) == 1 and spoken[0] == (0, len(passage))
        return len(passage) >= _LONG_SPEECH if is_speech else names_speaker(passage, spoken)
    return not is_beside or len(passage) >= _BESIDE_SPEECH


def _is_balanced(passage: str) -> bool:
    """Return whether brackets and quotation marks are paired; “” is not checked in German, where “ closes „."""
    pairs = ("()",) if passage.isascii() else _PAIRS if "„" not in passage else _PAIRS[1:]
    return all(passage.count(a) == passage.count(b) for a, b in pairs)
