"""Labelled lines: ``Title: …``, ``A/N - …``, ``Rating: T``, in the languages that people post in."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "author", "summary", "note", "metadata"]


@dataclass(frozen=True, slots=True)
class Labelled:
    """One label and what follows it; *value* is empty where the text follows in the next paragraph."""

    kind: Kind
    label: str
    value: str

    @property
    def as_note(self) -> str:
        """What it says where it can only be kept as a note: a note without its label, anything else with it."""
        return self.value if self.kind == "note" else f"{self.label.capitalize()}: {self.value}"


_WORDS: dict[Kind, str] = {
    "title": (
        "title, story title, story name, story, fic title, titre, título, titulo, titel, titolo, название, заголовок, "
        "标题, 書名"
    ),
    "author": (
        "author, authors, author name, writer, written by, pen name, penname, by, auteur, autrice, auteure, "
        "autor, autora, autore, par, verfasser, verfasserin, автор, авторы, 作者, 著者"
    ),
    "summary": (
        "summary, full summary, chapter summary, summery, background, background info, background information, "
        "synopsis, description, blurb, résumé, resumé, resume, sommaire, resumen, sinopsis, resumo, sinopse, "
        "zusammenfassung, inhalt, riassunto, trama, "
        "саммари, описание, аннотация, краткое содержание, 简介, 簡介, あらすじ"
    ),
    "note": (
        "a/n, a/ns, an, a n, note, notes, author note, author notes, authors note, authors notes, "
        "note from the author, notes from the author, note from author, a note from the author, "
        "story note, story notes, chapter note, chapter notes, chapter end note, chapter end notes, pre-note, "
        "end note, end notes, endnote, endnotes, "
        "final note, quick note, beginning note, beginning notes, disclaimer, disclaimers, disclamer, "
        "acknowledgements, acknowledgments, dedication, n/a, edit, edits, edited, edit 1, edit 2, edit 3, "
        "note de lauteur, notes de lauteur, note de lautrice, notes de lautrice, note dauteur, nda, "
        "nota del autor, notas del autor, nota de la autora, notas de la autora, nota de autor, nota de autora, "
        "nota, notas, nota do autor, nota da autora, notas do autor, notas da autora, "
        "nota dellautore, nota dellautrice, note dellautore, note dellautrice, descargo, descargo de responsabilidad, "
        "anmerkung, anmerkungen, anmerkung des autors, anmerkung der autorin, vorwort, nachwort, "
        "от автора, примечание, примечания, примечание автора, примечания автора, дисклеймер, а/н, "
        "作者有话说, 前書き, まえがき, 後書き, あとがき"
    ),
    "metadata": (
        "rating, rated, ratings, pairing, pairings, couple, couples, ship, ships, shipping, fandom, fandoms, "
        "character, characters, genre, genres, warning, warnings, content warning, content warnings, "
        "trigger warning, trigger warnings, cw, tw, spoiler, spoilers, category, categories, status, language, "
        "setting, timeline, series, universe, verse, word count, wordcount, words, length, beta, betas, "
        "beta reader, betad by, archive, archived, feedback, distribution, date, date written, published, "
        "posted, updated, completed, complete, chapters, tag, tags, additional tags, keywords, song, songs, music, "
        "quotes, votes, reviews, downloads, sharing, servers, may be quoted, may be voted on, may be reviewed, "
        "may be downloaded, may be shared, shown on, "
        "prompt, prompts, pov, type, season, episode, relationship, relationships, classification, e-mail, email, "
        "website, crossover, inspired by, recipient, for, challenge, part, "
        "langue, fandom original, personnages, personnage, avertissement, avertissements, statut, couple principal, "
        "idioma, género, genero, personajes, personaje, clasificación, clasificacion, advertencia, advertencias, "
        "pareja, parejas, estado, classificação, personagens, avisos, gênero, "
        "sprache, altersfreigabe, warnungen, charaktere, lingua, genere, personaggi, avvertimenti, "
        "рейтинг, фандом, пейринг, пэйринг, персонажи, жанр, жанры, размер, статус, предупреждение, предупреждения, "
        "метки, направленность, бета, язык"
    ),
}
_KINDS: dict[str, Kind] = {word.strip(): kind for kind, words in _WORDS.items() for word in words.split(",")}
_AMBIGUOUS = frozenset({"story", "edit", "by", "par", "for", "part", "note", "notes", "nota", "trama", "vorwort"})
"""Words that are labels only before a colon, never before a dash."""

LOOKED_AT = 120
"""Characters of a line in which its label stands."""

_MARKS = r"[*_~\s]*"
_COLON = re.compile(rf"{_MARKS}[(\[]?{_MARKS}(?P<label>[^\W\d_][^:：\n]{{0,38}}?){_MARKS}[:：]{_MARKS}(?P<value>.*)")
_DASH = re.compile(rf"{_MARKS}[(\[]?{_MARKS}(?P<label>[^\W\d_][^:\n–—-]{{0,30}}?){_MARKS}\s[-–—]+\s+(?P<value>.*)")
_ALONE = re.compile(rf"{_MARKS}(?P<label>[^\W\d_][^:\n]{{0,30}}?){_MARKS}")
_BARE_RATING = re.compile(rf"{_MARKS}(?P<label>[Rr]ated)\s+(?P<value>(?:K\+?|T|MA?|G|PG(?:-?13)?|NC-?17|R|E)(?!\w).*)")
_BARE_AN = re.compile(rf"{_MARKS}[(\[]?{_MARKS}(?P<label>A/N|a/n)[.,;–—-]*\s+(?P<value>.*)")


def read_label(line: str) -> Labelled | None:
    """The label that *line* opens with, if it is one that authors use."""
    bare = line.lstrip(f"*_~{string.whitespace}")
    start = bare[:LOOKED_AT]
    for pattern in (_COLON, _DASH, _BARE_AN, _BARE_RATING):
        if match := pattern.match(start):
            label, value = match["label"], bare[match.start("value") :]
            word = _normal(label)
            kind = _KINDS.get(word)
            if kind is None or (pattern is _DASH and word in _AMBIGUOUS) or (word == "an" and not label.isupper()):
                continue
            return Labelled(kind, word if kind != "metadata" else label.strip().lower(), _closed(line, value))
    match = _ALONE.fullmatch(line) if len(line) <= LOOKED_AT else None
    if (
        match
        and _KINDS.get(_normal(match["label"])) in ("note", "summary")
        and _normal(match["label"]) not in _AMBIGUOUS
    ):
        return Labelled(_KINDS[_normal(match["label"])], _normal(match["label"]), "")
    return None


def read_labels(lines: Sequence[str]) -> list[Labelled] | None:
    """Every label of a block that opens with one; its lines without a label continue the one above.

    Beside a known label an unknown one (``Feel: melancholy``) is metadata, too.
    """
    first = read_label(lines[0])
    if first is None:
        return None
    found: list[tuple[Labelled, list[str]]] = [(first, [])]
    for line in lines[1:]:
        label = read_label(line) or _unknown_label(line)
        if label is None:
            found[-1][1].append(line.strip())
        else:
            found.append((label, []))
    return [_with_lines(label, more) for label, more in found]


def _with_lines(label: Labelled, more: Sequence[str]) -> Labelled:
    """A label with the lines below it that have none of their own."""
    if not more:
        return label
    if label.kind != "note":
        return Labelled(label.kind, label.label, " ".join([label.value, *more]).strip())
    return Labelled(label.kind, label.label, "\n".join([*filter(None, [label.value]), *more]).strip())


def _unknown_label(line: str) -> Labelled | None:
    match = re.match(
        rf"{_MARKS}(?P<label>[^\W\d_][\w' /-]{{0,24}}?){_MARKS}[:：]{_MARKS}(?P<value>\S)", line[:LOOKED_AT]
    )
    if match is None:
        return None
    return Labelled("metadata", match["label"].strip().lower(), line[match.start("value") :].strip())


def _normal(label: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"['’.*_~]", "", label)).strip().lower()


def _closed(line: str, value: str) -> str:
    """*value* without the bracket or the emphasis marks that close what stands before the label."""
    value = value.strip()
    opened = line.lstrip("*_~ ")[:1]
    if opened in "([" and opened and value.endswith({"(": ")", "[": "]"}[opened]):
        value = value[:-1].rstrip()
    for mark in ("***", "**", "*", "__", "_"):
        if line.lstrip().startswith(mark) and value.endswith(mark) and value.count(mark) == 1:
            return value[: -len(mark)].rstrip()
    return value
