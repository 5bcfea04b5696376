"""Map the spellings of a language to one English name: "en-GB", "eng" and "English" are English.

The spellings are in ``languages.toml``. An unlisted language keeps its spelling.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_SPELLINGS: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
_BY_SPELLING = {
    spelling.casefold(): name for name, others in _SPELLINGS.items() for spelling in (name, *others.split())
}
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def language_name(stated: str) -> str:
    """Return the English name of a language, or *stated* with single spaces if the language is unknown.

    A region or script after the first word is ignored, as in "pt-BR" or "English (British)".
    """
    whole = " ".join(stated.split())
    first = _FIRST_WORD.match(whole)
    by_first_word = _BY_SPELLING.get(first[0].casefold()) if first else None
    return _BY_SPELLING.get(whole.casefold()) or by_first_word or whole
