"""What a quote must be, said in another way than the one that picks them."""

from __future__ import annotations

import re

from bot.stories import Quote
from bot.stories.quotes.weights import weights_of


def check_that_it_stands(prose: str, quote: Quote) -> None:
    """Whole sentences or lines of *prose*, of several paragraphs up to the end of the last, with all marks closed.

    A speech ends a sentence, too: “…and so do I”, he said.
    """
    end = quote.start + len(quote.text)
    assert prose[quote.start : end] == quote.text
    before, after = prose[: quote.start], prose[end:]
    is_verse = "\n" in quote.text.replace("\n\n", "")
    assert before[-1:] in ("", "\n") or (not is_verse and before.rstrip("\"“„«‘”»’' ")[-1:] in ("", "\n", *".!?…"))
    if "\n" in quote.text:
        assert after[:1] in ("", "\n")
    else:
        ends_speech = re.match(r"[,，、]?[\"”»」]", after) and not re.search(r"[\"“”«»「」]", quote.text)
        assert ends_speech or re.search(r"[.!?…][\"”»’')]*$", quote.text)
    assert quote.text.count('"') % 2 == 0
    assert all(quote.text.count(a) == quote.text.count(b) for a, b in ("“”", "«»", "()"))


def leans(quote: Quote, prose: str) -> bool:
    """Whether it begins with a word that joins it to what came before, or points at it ("and", "this")."""
    weights = weights_of(prose)
    return weights.openers.get(weights.first_word(weights.fold(quote.text)), 0) <= -6
