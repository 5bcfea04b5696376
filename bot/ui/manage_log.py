"""The log of a server, for its managers: who did what, and when."""

from collections.abc import Sequence

from bot.domain.audit import KEPT_DAYS, LOG_FILTERS, WORDED, LogFilter, LoggedAct
from bot.domain.paging import count_pages
from bot.texts import say
from bot.ui.components import option, private_list, select
from bot.ui.ids.manage import LogPage, PickLog
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.screen import Screen

ACTS_A_PAGE = 10


def log_screen(acts: Sequence[LoggedAct], which: LogFilter, page: int, total: int) -> Screen:
    """A page of the log, for managers alone: it names stories for adults, too."""
    lines = [_line(act) for act in acts] or [say("log-empty", days=KEPT_DAYS)]
    options = [option(say(f"log-filter-{each}"), each, default=each == which) for each in LOG_FILTERS]
    pages = count_pages(total, ACTS_A_PAGE)
    title = say("log-title")
    return private_list(
        title, lines, [select(PickLog(), options, 0)], lambda way, to: LogPage(way, which, to), page, pages, 1
    )


def _line(act: LoggedAct) -> str:
    who = f"<@{act.user}>" if act.user else say("log-former")
    return f"<t:{act.at}:f> · {who}\n{_words(act)}"


def _words(act: LoggedAct) -> str:
    if act.act == "set":
        return say("log-changed", setting=say(f"log-setting-{act.detail.replace('_', '-')}"))
    title = say("log-no-story") if act.title is None else f"**{clip(act.title, 80, escape)}**"
    if act.act == "withdraw" and act.detail == "manager":
        return say("log-act-remove", title=title)
    return say(f"log-act-{act.act}", title=title) if act.act in WORDED else say("log-other", act=act.act, title=title)
