"""Pages of Wattpad: its menu, and the account and the counts below a title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.sections.blocks import Block
from bot.stories.sites.page import Item, Line

_HEAD_LINES = 20  # first lines that are searched
_COUNTED = (
    "reads?|votes?|comments?|parts?|chapters?|lectures?|commentaires?|chapitres?|leituras?|votos?|comentários?|"
    "capítulos?|partes?|lecturas?|comentarios?|letture|lettura|voti|commenti|capitoli|parti|mal gelesen|stimmen|"
    "kommentare|teile|kapitel|прочтени[йяе]|голос(?:ов|а)?|глав[аы]?|част(?:ей|и|ь)|dibaca|suara|bagian|wyświetle\\w+|"
    r"głos\w*|części|rozdział\w*"
)
_COUNTS = re.compile(
    rf"(?:[★☆⭐👁💬\s]*[\d,.]+ ?(?:k|m|mil|тыс\.?)? (?:{_COUNTED})\W*){{2,}}|(?:[★☆⭐👁💬]\ufe0f?\s*[\d,.]+k?\s*){{2,}}|"
    r"[\d,.]+[km](?:\s+[\d,.]+[km]?){2,}",
    re.I,
)
_MENU = re.compile(
    r"(?:(?:wattpad|browse|community|write|search|try premium|log in|sign up|explorar|comunidad|escribir|buscar|"
    r"inicia sesión|regístrate|explorer|communauté|share|ongoing|completed?|mature|add to library|\d[\d.,]+[km]?)\s*)+",
    re.I,
)
_ACCOUNT = re.compile(r"@?(?P<author>(?=.*[^\W\d])[\w.-]{3,30})")


def read_wattpad(lines: Sequence[Line]) -> list[Item]:
    """Return *lines* with the account as a label of the author; the list is empty for other pages."""
    head = lines[:_HEAD_LINES]
    counts = next((at for at, line in enumerate(head) if _COUNTS.fullmatch(line.text)), None)
    if counts is None and not any(line.text == "Wattpad" for line in head):
        return []
    above = head[counts - 1] if counts else None
    account = _ACCOUNT.fullmatch(above.text) if above else None
    kept = [
        line
        for line in head
        if not (line is above and account) and not (_COUNTS.fullmatch(line.text) or _MENU.fullmatch(line.text))
    ]
    return [*([Block((f"Author: {account['author']}",))] if account else []), *kept, *lines[_HEAD_LINES:]]
