"""Passages that stand by themselves: whole sentences of one paragraph, dialogue with who says it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

from bot.stories.model import Quote

QUOTE_CHARS = range(40, 301)
"""Characters: shorter says little, longer is a page."""

LOOKED_AT = 20_000
"""Characters of a paragraph in which its quote is looked for."""

_GAP = regex.compile(r"\n{2,}")
_NOT_ABBREVIATED = r"(?<!\b(?:Mr|Mrs|Ms|Dr|St|Prof|Mme|Mlle|Sr|Sra|Hr|Fr|Jr|Lt|Sgt|Capt|Col|Gen|Rev|\p{Lu}))"
_SENTENCE = regex.compile(
    rf"\S.*?(?:(?:(?<![.!?…]){_NOT_ABBREVIATED}[.!?…]++|(?<=\p{{L}}\.)[.!?…]++)[\"”»’')\]]*+"
    r"(?=\s+[\"“«„—–]?\s?[\p{Lu}\d])|$)",
    regex.S,
)
_SPEECH = regex.compile(r"\"[^\"]*+\"|“[^“”]*+”|«[^«»]*+»|„[^„“”]*+[“”]")
_LEANS = regex.compile(
    r"(?i)(?:and|but|so|or|then|because|which|it|this|that|these|those|they|he|she|his|her|him|them)\b"
)
_ENDS = regex.compile(rf"{_NOT_ABBREVIATED}[.!?…][\"”»’')\]]*$")


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
    sentences = [match.span() for match in _SENTENCE.finditer(paragraph)]
    for i, (start, _) in enumerate(sentences):
        for _, end in islice(sentences, i, None):
            if end - start >= QUOTE_CHARS.stop:
                break
            if end - start in QUOTE_CHARS and _stands(paragraph, start, end):
                yield start, end


def _stands(paragraph: str, start: int, end: int) -> bool:
    """Whether the passage is whole: it ends as a sentence does, cuts no speech, and says who speaks."""
    text = paragraph[start:end]
    before = paragraph[:start]
    if not _ENDS.search(text) or not (text[0].isupper() or text[0] in '"“«„—–¿¡'):
        return False
    if (
        text.count('"') % 2
        or before.count('"') % 2
        or text.count("“") != text.count("”")
        or text.count("«") != text.count("»")
    ):
        return False
    spoken = sum(len(match[0]) for match in _SPEECH.finditer(text))
    if spoken or text[0] in "—–":
        return len(text) - spoken >= 8 and (
            text[0] not in "—–" or regex.search(r",|\bdit\b|\bsaid\b", text) is not None
        )
    return not _SPEECH.search(paragraph) or end - start >= 60


def _worth(text: str) -> tuple[int, int]:
    """Better begins with a name or a thing than with a pronoun, and is long enough to say something."""
    return (0 if _LEANS.match(text) else 1, -abs(len(text) - 160))
