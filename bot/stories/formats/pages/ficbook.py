"""Turn the header of a page copied from ficbook.net into labelled lines."""

from __future__ import annotations

import re

from bot.stories.formats.pages.foot import without_foot

_SEARCHED = 4000  # characters searched for the end of the header
_KINDS = r"Джен|Гет|Слэш|Фемслэш|Смешанная|Другие виды отношений|Статья"
_RATINGS = r"G|PG-13|R|NC-17|NC-21"
_STATUSES = r"[Зз]авершён|[Зз]авершена|В процессе|Заморожен|Заморожена"
_DETAILS = {"Категория": _KINDS, "Рейтинг": _RATINGS, "Статус": _STATUSES}
_FEW_STATED = 2
_STATED = rf"(?:(?:{_KINDS}|{_RATINGS}|{_STATUSES})[ \t]*(?:\n\s*|[ \t]{{2,}}(?=\S))){{1,3}}"
_HEAD = re.compile(
    rf"(?:^[ \t]*(?P<title>\S[^\n]{{0,150}}?)(?:[ \t]+\d+)?[ \t]*\n\s*|\A\s*)"
    rf"(?P<stated>{_STATED})(?:\+?\d[\d ]*[ \t]*\n\s*)*",
    re.M,
)
_BELOW = re.compile(
    r"[ \t]*(?P<title>[^\n:]{1,150}?)[ \t]*\n(?:\+?\d[\d ]*[ \t]*\n|\s*\n)*"
    r"(?:[ \t]*(?P<author>[^\s:]{2,40})[ \t]*\n(?!\s*(?:автор|бета)))?"
)
_NAVIGATION = re.compile(
    r"\b(?:Правила|Помощь|Войти|Регистрация|Поиск|Найти|Фэндомы|Фанфики|Авторы|Популярное|Заявки|Горячие)\b", re.I
)
"""Words of the site's navigation; a line with such a word is not a title."""
_CYRILLIC = re.compile("[а-я]")  # a fast check: most texts have no Cyrillic letters
_SITE = "нига фанфиков"  # part of the site's name, in the first lines of a page
_ROLE = re.compile(
    r"^[ \t]*(?P<name>\S[^\n:]{0,40}?)[ \t\n]+\(?(?P<role>автор|соавтор|бета|гамма|переводчик)\)?[ \t]*$\n?", re.M
)
_AWARDS = re.compile(r"^[ \t]*Награды от читателей:?[ \t]*\n(?:[ \t]*(?:[«\"][^\n]{1,80}|Пока нет)\n)*", re.M)
_COUNTS = re.compile(
    r"^[ \t]*(?:(?:\d+[ \t]*)?(?:Нравится|Отзыв\w*|В сборник|Скачать|Поделиться):?[ \t]*\d*[ \t]*)+\n", re.M
)
_ELSEWHERE = re.compile(r"^[ \t]*Публикация на других ресурсах:?[ \t]*\n?[ \t]*[^\n]{0,120}\n", re.M)
_FORMS = re.compile(
    r"^[ \t]*(?:Отношение автора к критике|Отзывы[ \t]*\(\d+\)|Ещё работ[аы] этого автора|Нравится[ \t]*\d*)[ \t]*\n",
    re.M,
)
_LABELS = {"автор": "Автор", "соавтор": "Соавтор", "бета": "Бета", "гамма": "Гамма", "переводчик": "Переводчик"}


def without_ficbook_head(text: str) -> str:
    """Return *text* with the page header as labelled lines, without the site's navigation."""
    first = text[:_SEARCHED]
    head = _HEAD.search(first) if _CYRILLIC.search(first) is not None else None
    if head is None:
        return text
    stated = re.split(r"\n|\s{2,}", head["stated"])
    if len(stated) <= _FEW_STATED and _SITE not in first.lower():
        return text
    below = text[head.end() : _SEARCHED]
    title, named = head["title"], list[str]()
    if (title is None or _NAVIGATION.search(title)) and (named_below := _BELOW.match(below)) is not None:
        title = named_below["title"].strip()
        named += [f"Автор: {named_below['author']}"] if named_below["author"] else []
        below = below[named_below.end() :]
    if title is None:
        return text
    below = _COUNTS.sub("", _ELSEWHERE.sub("", _AWARDS.sub("", below)))
    for who in list(_ROLE.finditer(below[:400])):
        named.append(f"{_LABELS[who['role']]}: {who['name']}")
        below = below.replace(who[0], "", 1)
    lines = [f"Название: {title}", *named]
    for line in map(str.strip, stated):
        label = next((label for label, known in _DETAILS.items() if re.fullmatch(known, line)), None)
        lines += [f"{label}: {line}"] if label is not None and f"{label}:" not in below else []
    return "\n".join([*lines, without_foot(below.lstrip("\n") + text[max(_SEARCHED, head.end()) :], _FORMS)])
