"""Read an author's name from a byline: ``by wren``, ``a fic by Wren Ade``, ``von Wren``."""

from __future__ import annotations

import re
from functools import cache

from bot.stories.sections.lines import LONGEST_HEADING, undecorated
from bot.stories.vocabulary import VOCABULARIES

KINDS_OF_STORY = (
    r"(?:song|fan)?-?fic(?:let|tion)?|(?:one|two)-?\s?shot|drabble|vignette|story|tale|novella|poem|crossover|AU"
    r"|cerpen|cerita(?: pendek)?|nouvelle|conte|cuento|relato|conto|racconto|erzählung|kurzgeschichte|рассказ"
    r"|opowiadanie|miniatura|(?:قصة|حكاية)(?: قصيرة)?"
)
_INITIAL = re.compile(r"\s\w\.\s*$")
_NO_NAME = re.compile(
    r"(?:(?<!\b\w)\.|[!?,;])$|^the [^\W_]+(?: [^\W_]+)*$"
)  # an initial has a full stop; ``by the old pier``


@cache
def _byline() -> re.Pattern[str]:
    words = "|".join(word for vocabulary in VOCABULARIES.values() for word in vocabulary.bylines)
    return re.compile(
        rf"(?:(?:(?:an?|the|some)\s+(?:[^\s.!?]+\s+){{0,5}}?)?(?:{KINDS_OF_STORY})\s+)?"
        r"(?:(?:as\s+)?(?:written|posted|told|escrit[oa]|écrite?|scritt[oa]|geschrieben|napisan[ey])\s+)?"
        rf"(?:(?:{words})\s*[:;-]?\s+|[文作]\s?[/／:：]\s?|by\s?(?=[\u3040-\u9fff])"
        r"|(?:de|di|da|von|od|от|oleh)\s+(?=@|(?-i:[^\W\d_a-zß-ÿа-я][\w'’-]*\.?\s+[^\W\d_a-zß-ÿа-я][\w'’-]*\.?|[\w-]*[\d_][\w.-]*)$))"
        r"(?P<name>\S.{0,59})",
        re.I,
    )


def read_byline(line: str) -> str | None:
    """Return the name in ``by NAME``, or None; only for a line that probably names the author."""
    if len(line) > LONGEST_HEADING:
        return None
    bare = undecorated(line)
    if line.rstrip()[-1:] == "_" and line.lstrip()[:1] != "_":  # a handle may end in an underscore
        bare += line.rstrip()[len(line.rstrip().rstrip("_")) :]
    if _INITIAL.search(line):
        bare += "."
    match = _byline().fullmatch(bare)
    if match is None or _NO_NAME.search(match["name"]):
        return None
    name = match["name"].strip(" *")
    return name.strip("_") if name[0] == "_" else name
