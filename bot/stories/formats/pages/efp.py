"""Turn the header of a page copied from EFP (efpfanfic.net) into labelled lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.stories.formats.pages.foot import without_foot

_SEARCHED = 4000  # characters searched for the end of the header
_SIGN = re.compile(r"^(?:.*\| *)?(?:Genere|Tipo di coppia):", re.M)
_AUTHOR = re.compile(
    r"^(?:.*\|)?[ \t]*(?:Autor[ei]|Autrice):[ \t]*(?P<author>\S.{0,40}?)(?:[ \t]*\||[ \t]{2,}|\t|\n)"
    r"[ \t]*\d\d/\d\d/\d{4}.*$"
    r"|^di[ \t]+(?P<by>\S{1,30})[ \t]{2,}\d\d/\d\d/\d{4}.*$",
    re.M,
)
"""The line with the author, such as ``Autore: wren    12/10/2014    3 recensioni``."""
_FIELD = re.compile(
    r"(?P<label>Genere|Tipo di coppia|Note|Personaggi|Contesto|Avvertimenti|Rating|Introduzione|Categoria|Stato|Fandom"
    r"|Titolo|Storia)\s*:\s*(?P<value>.*)"
)
_NAVIGATION = re.compile(
    r"(?:Segui|Ricorda|Stampa|Preferi|Leggi)\w*\b.{0,60}|- Questa storia .*|Fanfic su .*|Ti piace questa storia.*"
    r"|Capitolo:.*|Per recensire .*|(?:Dimensione del testo|Larghezza|A ?[-+]|A A).{0,40}|Recensioni\b.{0,20}"
    r"|\d+ (?:recension|capitol).{0,10}|\d\d/\d\d/\d{4}.*|[<>«»|\s-]+",
)
_PIECES = re.compile(r"\s*\|\s*")
_FOOT = re.compile(
    r"^[ \t]*(?:Torna (?:indietro|all.indice|su)|Segui la storia[ \t|]*\n[ \t]*Torna|Cosa pensi della storia"
    r"|Per recensire esegui|Recensione alla storia|Ricorda: una recensione|Ricorda la storia[ \t]*\|)",
    re.M,
)
_MOST_SUMMARY_LINES = 8
_TITLE_CHARS = 150


@dataclass(slots=True)
class _Panel:
    """The panel above a story, below the line with its author."""

    end: int = 0
    """Index of the line below the panel."""
    fields: list[str] = field(default_factory=list[str])
    title: str | None = None
    others: list[str] = field(default_factory=list[str])


def without_efp_head(text: str) -> str:
    """Return *text* with the page header as labelled lines, without the site's navigation."""
    if _SIGN.search(text[:_SEARCHED]) is None:
        return text
    known = _AUTHOR.search(text[:_SEARCHED])
    if known is None:
        return text
    author = known["author"] or known["by"]
    lines = text[known.end() :].split("\n")
    panel = _panel(lines, text[known.end() : _SEARCHED].count("\n"))
    if not panel.fields:
        return text
    above = [line.strip() for line in text[: known.start()].split("\n") if line.strip()]
    story = without_foot("\n".join(lines[panel.end :]).lstrip("\n"), _FOOT)
    title, story = _titled(panel, above, author, story)
    summary = [line for line in panel.others if line != title]
    head = [f"Titolo: {title}"] if title else []
    head.append(f"Autore: {author}")
    head += [f"Introduzione: {' '.join(summary)}"] if summary else []
    return "\n".join([*head, *panel.fields, "", story])


def _panel(lines: Sequence[str], end: int) -> _Panel:
    """Return the panel above a story, from the first *end* of *lines*."""
    panel = _Panel()
    waiting: list[str] = []
    for at, line in enumerate(map(str.strip, lines[:end])):
        if not line:
            continue
        fields = [_FIELD.fullmatch(piece) for piece in _PIECES.split(line.strip(" |"))]
        if fields[0] is not None:
            for known in filter(None, fields):
                if known["label"] in ("Titolo", "Storia"):
                    panel.title = known["value"]
                else:
                    panel.fields.append(known[0])
        elif _NAVIGATION.fullmatch(line) is None:
            waiting.append(line)
            # below the details, unknown lines belong to the story
            if panel.fields or len(waiting) > _MOST_SUMMARY_LINES:
                break
            continue
        panel.others += waiting
        waiting.clear()
        panel.end = at + 1
    return panel


def _titled(panel: _Panel, above: Sequence[str], author: str, story: str) -> tuple[str | None, str]:
    """Return the title, from the story's first line, the panel or above the panel, and *story* without the title."""
    first, _, rest = story.partition("\n")
    is_alone = 0 < len(first) <= _TITLE_CHARS and rest.startswith("\n")
    if is_alone and (first.strip() == panel.title or (panel.title is None and first.strip()[-1:] not in ".!»")):
        return first.strip(), rest.lstrip("\n")
    if panel.title is not None:
        return panel.title, story
    if above and (named := re.fullmatch(r"Storia:\s*(\S.*)", above[-1])) is not None:
        return named[1], story
    if above and above[-1].endswith(f" di {author}"):
        return above[-1].removesuffix(f" di {author}"), story
    if panel.others and panel.others[-1][0] != "[" and panel.others[-1][-1] not in ".!?":
        return panel.others[-1], story
    is_title = len(above) > 1 and not re.search(r"[>|:]", above[-1]) and _NAVIGATION.fullmatch(above[-1]) is None
    return (above[-1] if is_title else None), story
