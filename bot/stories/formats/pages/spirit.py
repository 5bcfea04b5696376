"""Turn the header of a page copied from Spirit Fanfics (spiritfanfiction.com) into labelled lines."""

from __future__ import annotations

import re

from bot.stories.formats.pages.foot import without_foot

_SEARCHED = 4000  # characters searched for the end of the header
_TITLE = re.compile(
    r"^[ \t]*(?:Fanfics?(?: / Fanfictions?)?|História)[ \t]*:?[ \t]+(?:de .{2,40} - )?(?P<title>\S[^\n]{0,150}?)"
    r"(?: - (?:Capítulo (?:\d+|Único)|História escrita por)[^\n]*)?[ \t]*$",
    re.M,
)
_AUTHOR = re.compile(r"^[ \t]*Escrit[ao] por:?[ \t]*~?(?P<author>\S[^\n]{0,40}?)[ \t]*$", re.M)
_SUMMARY = re.compile(
    r"^[ \t]*Sinopse:?[ \t]*\n?(?P<summary>(?:[ \t]*\S[^\n]*\n){1,12}?)"
    r"(?=\s*\n|[ \t]*(?:Iniciad|Postad|Categoria|Gênero|Classifica|Personage|Aviso|Tags|Idioma))",
    re.M,
)
_DETAIL = re.compile(
    r"^[ \t]*(?P<label>Categorias?|Personagens|Classificação|Faixa etária|Gêneros|Avisos|Tags)[ \t]*:?[ \t]+"
    r"(?P<value>\S[^\n]*)$",
    re.M,
)
_RATED = re.compile(
    r"^[ \t]*(?P<rating>LIVRE PARA TODOS OS PÚBLICOS|NÃO RECOMENDADO PARA MENORES DE \d\d ANOS)[^\n]*$", re.M
)
_STORY = re.compile(r"^[ \t]*(?:Notas do Autor|Capítulo \d+\b[^\n]*)[ \t]*$", re.M)
_SIGNS = ("Spirit", "Idioma Português", "Gostou da Fanfic?", "Notas do Autor")
_FOOT = re.compile(
    r"^[ \t]*(?:Gostou da (?:Fanfic|História)\?|Gostou\? Deixe|Comentários(?: para|[ \t]*\(\d+\))|Compartilhe)",
    re.M,
)


def without_spirit_head(text: str) -> str:
    """Return *text* with the page header as labelled lines, without the site's navigation."""
    head = text[:_SEARCHED]
    title, author = _TITLE.search(head), _AUTHOR.search(head)
    if title is None or author is None or not any(sign in head for sign in _SIGNS):
        return text
    story = _STORY.search(head, author.end())
    if story is None:
        return text
    above = head[author.end() : story.start()]
    story_text = _TITLE.sub("", text[story.start() :])
    summary, rated = _SUMMARY.search(above), _RATED.search(above)
    lines = [f"Título: {title['title']}", f"Autor: {author['author']}"]
    lines += [f"Sinopse: {' '.join(summary['summary'].split())}"] if summary else []
    lines += [f"Classificação: {rated['rating']}"] if rated else []
    details = ((detail["label"], detail["value"].strip()) for detail in _DETAIL.finditer(above))
    lines += [f"{'Classificação' if label == 'Faixa etária' else label}: {value}" for label, value in details]
    return "\n".join([*lines, "", without_foot(story_text, _FOOT)])
