"""The head of a page copied from EFP (efpfanfic.net), as labelled lines."""

from __future__ import annotations

import re

_SEARCHED = 4000  # characters in which it ends
_HEAD = re.compile(
    r"^[ \t]*Autore:[ \t]*(?P<author>\S[^\n]{0,40}?)(?:[ \t]{2,}|\t)[ \t]*\d\d/\d\d/\d{4}[^\n]{0,40}\n"
    r"(?P<between>(?:[^\n]*\n){0,8}?)"
    r"[ \t]*(?P<details>Genere:[^\n]*\n(?:[ \t]*(?:Tipo di coppia|Note|Personaggi|Contesto|Avvertimenti)\b[^\n]*\n)*)"
    r"(?P<below>(?:[^\n]*\n){0,10}?)"
    r"[ \t]*(?:Dimensione del testo\b|A-? ?A ?A\+?|A A A|Larghezza:)[^\n]*\n(?:[^\n]*Larghezza:[^\n]*\n)?",
    re.M,
)
_DETAIL = re.compile(r"\s*\|\s*")
_FOOT = re.compile(
    r"^[ \t]*(?:Torna indietro|Segui la storia[ \t]*\n[ \t]*Torna|Cosa pensi della storia|Per recensire esegui"
    r"|Recensione alla storia)"
    r"[\s\S]{0,1200}\Z",
    re.M,
)


def without_efp_head(text: str) -> str:
    """Return *text* with such a head as labelled lines, and without the site's ways around the story."""
    head = _HEAD.search(text[:_SEARCHED]) if "Tipo di coppia" in text[:_SEARCHED] else None
    if head is None:
        return text
    story = _FOOT.sub("", text[head.end() :].lstrip("\n"))
    title, _, _ = story.partition("\n")
    summary = [line.strip() for line in head["between"].splitlines() if line.strip() and line.strip() != title.strip()]
    lines = [f"Autore: {head['author']}"]
    lines += [f"Introduzione: {' '.join(summary)}"] if summary else []
    lines += [piece for line in head["details"].splitlines() for piece in _DETAIL.split(line.strip()) if piece]
    is_titled = 0 < len(title) <= _TITLE_CHARS and story[len(title) :].startswith("\n\n")
    if is_titled:
        lines.insert(0, f"Titolo: {title.strip()}")
        story = story[len(title) :].lstrip("\n")
    return "\n".join([*lines, "", story])


_TITLE_CHARS = 150
