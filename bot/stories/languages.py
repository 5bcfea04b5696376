"""One name for a language, however a file spells it: "en-GB", "eng" and "English" are English.

The languages that stories are posted in most, with their codes of ISO 639 and their own names; any other keeps its
own words.
"""

from __future__ import annotations

import re

_NAMES: dict[str, str] = {
    "Afrikaans": "af afr",
    "Arabic": "ar ara العربية",
    "Bengali": "bn ben বাংলা",
    "Bulgarian": "bg bul български",
    "Catalan": "ca cat català",
    "Chinese": "zh zho chi cmn 中文 汉语 漢語 普通话 mandarin",
    "Croatian": "hr hrv hrvatski",
    "Czech": "cs ces cze čeština",
    "Danish": "da dan dansk",
    "Dutch": "nl nld dut nederlands",
    "English": "en eng",
    "Esperanto": "eo epo",
    "Estonian": "et est eesti",
    "Filipino": "fil tl tgl tagalog",
    "Finnish": "fi fin suomi",
    "French": "fr fra fre français francais",
    "German": "de deu ger deutsch",
    "Greek": "el ell gre ελληνικά",
    "Hebrew": "he heb iw עברית",
    "Hindi": "hi hin हिन्दी",
    "Hungarian": "hu hun magyar",
    "Icelandic": "is isl ice íslenska",
    "Indonesian": "id ind bahasa",
    "Irish": "ga gle gaeilge",
    "Italian": "it ita italiano",
    "Japanese": "ja jpn 日本語",
    "Korean": "ko kor 한국어",
    "Latin": "la lat latina",
    "Latvian": "lv lav latviešu",
    "Lithuanian": "lt lit lietuvių",
    "Malay": "ms msa may melayu",
    "Norwegian": "no nor nb nob nn nno norsk bokmål nynorsk",
    "Persian": "fa fas per farsi فارسی",
    "Polish": "pl pol polski",
    "Portuguese": "pt por português portugues",
    "Romanian": "ro ron rum română",
    "Russian": "ru rus русский",
    "Serbian": "sr srp српски srpski",
    "Slovak": "sk slk slo slovenčina",
    "Slovenian": "sl slv slovenščina",
    "Spanish": "es spa español espanol castellano",
    "Swedish": "sv swe svenska",
    "Thai": "th tha ไทย",
    "Turkish": "tr tur türkçe",
    "Ukrainian": "uk ukr українська",
    "Vietnamese": "vi vie tiếng việt",
    "Welsh": "cy cym wel cymraeg",
}
_BY_SPELLING = {spelling.casefold(): name for name, others in _NAMES.items() for spelling in (name, *others.split())}
_FIRST = re.compile(r"[^\W\d_]+")


def language_of(stated: str) -> str:
    """The English name of a language; what is not known as one stays as it is *stated*.

    Only the first word counts where a region or a script follows, as in "pt-BR" or "English (British)".
    """
    whole = " ".join(stated.split())
    first = _FIRST.match(whole)
    for spelling in (whole, first[0] if first else ""):
        if known := _BY_SPELLING.get(spelling.casefold()):
            return known
    return whole
