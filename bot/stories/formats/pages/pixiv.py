"""Turn the header of a page copied from pixiv (pixiv.net) into labelled lines."""

from __future__ import annotations

import re

_SEARCHED = 1500  # characters searched for title and author
_SITE = re.compile(r"\s*pixiv[ \t]*\n")
_NAVIGATION = re.compile(
    r"(?:(?:小説|うごイラ|ランキング|マンガ|イラスト|ホーム|作品を\w+|ログイン|アカウント(?:を)?作成|マイページ|検索|無料登録|投稿する|しおり)[\s・|]*)+"
)
_DETAIL = re.compile(
    r"#.*|シリーズ\s.*|(?:作品の)?キャプション.*|作品番号.*|.*\d\s?文字.*|[\d年月日:：/,.\s]*(?:ページ)?|(?:いいね|ブックマーク|閲覧).*"
)
_PROSE = re.compile("[。「『、]")
_OWNER = re.compile(
    r"^[ \t]*(?!作品)(?P<name>\S[^\n]{0,30}?)(?:さんの他の作品|[ \t]*\n[ \t]*フォロー(?:する)?)[ \t]*$", re.M
)
_NAME_CHARS = 16


def without_pixiv_head(text: str) -> str:
    """Return *text* with the page header as labelled lines, without the site's navigation."""
    site = _SITE.match(text)
    if site is None:
        return text
    owner = _OWNER.search(text, len(text) // 2)
    names = [owner["name"]] if owner is not None else []
    title: str | None = None
    kept: list[str] = []
    lines = text[site.end() : _SEARCHED].split("\n")
    at = 0
    for at, line in enumerate(map(str.strip, lines)):
        if at == len(lines) - 1 or _PROSE.search(line) is not None:
            break
        if not line or _NAVIGATION.fullmatch(line):
            continue
        if _DETAIL.fullmatch(line):
            kept.append(line)
        elif title is None or line.removeprefix("小説 ") == title:
            title = line.removeprefix("小説 ")
        elif line in names or (not names and len(line) <= _NAME_CHARS and " " not in line):
            names.append(line)
        else:
            break
    if title is None:
        return text
    head = [f"タイトル：{title}", *(f"作者：{name}" for name in names[:1])]
    return "\n".join([*head, *kept, "", *lines[at:]]) + text[_SEARCHED:]
