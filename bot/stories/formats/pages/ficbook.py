"""The head of a page copied from ficbook.net, as labelled lines."""

from __future__ import annotations

import re

_SEARCHED = 4000  # characters in which it ends
_KINDS = r"Джен|Гет|Слэш|Фемслэш|Смешанная|Другие виды отношений|Статья"
_RATINGS = r"G|PG-13|R|NC-17|NC-21"
_STATUSES = r"Завершён|Завершена|В процессе|Заморожен|Заморожена"
_HEAD = re.compile(
    rf"^[ \t]*(?P<title>\S[^\n]{{0,150}}?)[ \t]*\n\s*(?P<kind>{_KINDS})[ \t]*\n\s*(?P<rating>{_RATINGS})[ \t]*\n"
    rf"\s*(?P<status>{_STATUSES})[ \t]*\n(?:\s*\+?\d[\d ]*[ \t]*\n)*",
    re.M,
)
_ROLE = re.compile(
    r"^[ \t]*(?P<name>\S[^\n:]{0,40}?)[ \t\n]+(?P<role>автор|соавтор|бета|гамма|переводчик)[ \t]*$\n?", re.M
)
_AWARDS = re.compile(r"^[ \t]*Награды от читателей:?[ \t]*\n(?:[ \t]*[«\"][^\n]{1,80}\n)*", re.M)
_ELSEWHERE = re.compile(r"^[ \t]*Публикация на других ресурсах:?[ \t]*\n?[ \t]*[^\n]{0,120}\n", re.M)
_FORMS = re.compile(
    r"^[ \t]*(?:Отношение автора к критике|Отзывы[ \t]*\(\d+\)|Ещё работ[аы] этого автора|Нравится[ \t]*\d*)[ \t]*\n"
    r"[\s\S]{0,1500}\Z",
    re.M,
)
_LABELS = {"автор": "Автор", "соавтор": "Соавтор", "бета": "Бета", "гамма": "Гамма", "переводчик": "Переводчик"}


def without_ficbook_head(text: str) -> str:
    """Return *text* with the head of such a page as labelled lines, without the site's ways around the story."""
    head = _HEAD.search(text[:_SEARCHED])
    if head is None:
        return text
    below = _ELSEWHERE.sub("", _AWARDS.sub("", text[head.end() : _SEARCHED]))
    named: list[str] = []
    for who in list(_ROLE.finditer(below[:400])):
        named.append(f"{_LABELS[who['role']]}: {who['name']}")
        below = below.replace(who[0], "", 1)
    lines = [f"Название: {head['title']}", *named, f"Рейтинг: {head['rating']}", f"Категория: {head['kind']}"]
    lines += [f"Статус: {head['status']}"]
    return "\n".join([*lines, _FORMS.sub("", below.lstrip("\n") + text[max(_SEARCHED, head.end()) :])])
