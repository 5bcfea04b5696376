"""The head of a page copied from EFP (efpfanfic.net), as labelled lines."""

from __future__ import annotations

import re

_SEARCHED = 4000  # characters in which it ends
_DETAILS = r"Genere|Tipo di coppia|Note|Personaggi|Contesto|Avvertimenti|Rating|Introduzione|Categoria"
_HEAD = re.compile(
    r"(?:^|\|)[ \t]*Autore:[ \t]*(?P<author>\S[^\n]{0,40}?)(?:[ \t]{2,}|\t)[ \t]*\d\d/\d\d/\d{4}[^\n]{0,40}\n"
    r"(?P<between>(?:[^\n]*\n){0,8}?)"
    rf"[ \t]*(?P<details>Genere:[^\n]*\n(?:[ \t]*(?:{_DETAILS})\b[^\n]*\n)*)"
    r"(?:(?:[^\n]*\n){0,10}?[ \t]*(?:Dimensione del testo\b|A-? ?A ?A\+?|A A A|Larghezza:)[^\n]*\n"
    r"(?:[^\n]*Larghezza:[^\n]*\n)?"
    r"|(?:[ \t]*(?:- Questa storia|>>|Per recensire|Capitolo:)[^\n]*\n|[ \t]*\n)*)",
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
    head = _HEAD.search(text[:_SEARCHED]) if "Genere:" in text[:_SEARCHED] else None
    if head is None:
        return text
    story = _FOOT.sub("", text[head.end() :].lstrip("\n"))
    first, _, _ = story.partition("\n")
    between = [line.strip() for line in head["between"].splitlines() if line.strip()]
    title = None
    if 0 < len(first) <= _TITLE_CHARS and story[len(first) :].startswith("\n\n") and first.strip()[-1:] not in ".!»":
        title, story = first.strip(), story[len(first) :].lstrip("\n")
    elif signed := re.search(
        rf"^(?P<title>\S.{{0,150}}?) di {re.escape(head['author'])}[ \t]*$", text[: head.start()], re.M
    ):
        title = signed["title"].strip()
    elif between and not between[-1].startswith("[") and between[-1][-1] not in ".!?":
        title = between[-1]
    summary = [line for line in between if line != title]
    lines = [f"Titolo: {title}"] if title else []
    lines += [f"Autore: {head['author']}"]
    lines += [f"Introduzione: {' '.join(summary)}"] if summary and "Introduzione:" not in head["details"] else []
    lines += [piece for line in head["details"].splitlines() for piece in _DETAIL.split(line.strip()) if piece]
    return "\n".join([*lines, "", story])


_TITLE_CHARS = 150
