"""Passages that stand by themselves: whole sentences of one paragraph, dialogue with who says it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import regex

from bot.stories.model import Quote
from bot.stories.sentences import NOT_ABBREVIATED, sentences_of

QUOTE_CHARS = range(40, 301)
"""Characters: shorter says little, longer is a page."""

LOOKED_AT = 20_000
"""Characters of a paragraph in which its quote is looked for."""

MOST_SENTENCES = 12
"""Sentences of a quote: more of them in so few characters are a list."""

CLOSING_CHARS = 40
"""Characters at a sentence's end in which its full stop, and the quotation marks after it, are looked for."""

_GAP = regex.compile(r"\n{2,}")
_SPEECH = regex.compile(r"\"[^\"]*+\"|“[^“”]*+”|«[^«»]*+»|„[^„“”]*+[“”]")
_LEANS = regex.compile(
    r"(?i)(?:and|but|so|or|then|because|which|it|this|that|these|those|they|he|she|his|her|him|them)\b"
)
_ENDS = regex.compile(rf"{NOT_ABBREVIATED}[.!?…][\"”»’')\]]*$")


def pick(prose: str) -> tuple[Quote, ...]:
    """The quotes of a chapter, at most one of each paragraph, in order."""
    found: list[Quote] = []
    start = 0
    for end in (*(gap.start() for gap in _GAP.finditer(prose)), len(prose)):
        block, start = start, end
        while block < end and prose[block] == "\n":
            block += 1
        text = prose[block : min(end, block + LOOKED_AT)]
        if not text or prose.find("\n", block, end) >= 0:
            continue
        best = max(_candidates(text), key=lambda span: _worth(text[slice(*span)]), default=None)
        if best is not None:
            found.append(Quote(block + best[0], text[slice(*best)]))
    return tuple(found)


def _candidates(paragraph: str) -> Iterator[tuple[int, int]]:
    """The passages of whole sentences that stand by themselves."""
    sentences = list(sentences_of(paragraph))
    ends = [end for _, end in sentences]
    is_whole = [_ENDS.search(paragraph[max(start, end - CLOSING_CHARS) : end]) is not None for start, end in sentences]
    has_speech = _SPEECH.search(paragraph) is not None
    marks = 0  # straight quotation marks before the sentence: after an odd number, somebody is speaking
    before = 0
    for i, (start, _) in enumerate(sentences):
        marks += paragraph.count('"', before, start)
        before = start
        if marks % 2 or not (paragraph[start].isupper() or paragraph[start] in '"“«„—–¿¡'):
            continue
        shortest = bisect_left(ends, start + QUOTE_CHARS.start, i)
        for k in range(shortest, min(i + MOST_SENTENCES, len(sentences))):
            if ends[k] - start >= QUOTE_CHARS.stop:
                break
            if is_whole[k] and _stands(paragraph[start : ends[k]], beside_speech=has_speech):
                yield start, ends[k]


def _stands(text: str, *, beside_speech: bool) -> bool:
    """Whether whole sentences stand by themselves: they cut no speech, and say who speaks.

    Where the paragraph has speech (*beside_speech*), a few words of what is told beside it say too little.
    """
    if text.count('"') % 2 or text.count("“") != text.count("”") or text.count("«") != text.count("»"):
        return False
    spoken = sum(len(match[0]) for match in _SPEECH.finditer(text))
    if spoken or text[0] in "—–":
        return len(text) - spoken >= 8 and (
            text[0] not in "—–" or regex.search(r",|\bdit\b|\bsaid\b", text) is not None
        )
    return not beside_speech or len(text) >= 60


def _worth(text: str) -> tuple[int, int]:
    """Better begins with a name or a thing than with a pronoun, and is long enough to say something."""
    return (0 if _LEANS.match(text) else 1, -abs(len(text) - 160))
