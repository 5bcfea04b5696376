"""The uploads of a server, for its managers: who sent each, when, and its state."""

from collections.abc import Sequence

import discord

from bot.domain.paging import count_pages
from bot.domain.uploads import ServerUpload
from bot.texts import say
from bot.ui.components import Button, Style, button, option, packed, page_buttons, select
from bot.ui.custom_id import Snowflake
from bot.ui.ids.author_stories import OwnStoryAction
from bot.ui.ids.manage import Everybody, PickUpload, RemoveAll, ShowQueue, UploadAction, UploadsPage
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen, notice, story_embed

UPLOADS_A_PAGE = 8


def uploads_screen(
    uploads: Sequence[ServerUpload],
    sender: int | None,
    page: int,
    total: int,
    waiting: int,
    megabytes: tuple[str, int],
) -> Screen:
    """A page of the uploads of all senders (None), or of one (0: former members); *waiting* is how many wait.

    *megabytes* are those that are used, and those that the server may use.
    """
    used, most = megabytes
    about = say("uploads-about", count=total, used=used, most=most)
    if sender is not None:
        about = say("uploads-of-sender", sender=sender_words(sender), count=total)
    first = page * UPLOADS_A_PAGE + 1
    lines = [_line(number, upload) for number, upload in enumerate(uploads, first)]
    text = "\n\n".join([about, *lines]) if lines else say("uploads-none")
    embed = discord.Embed(title=say("uploads-title"), description=text, colour=ACCENT)
    pages = count_pages(total, UPLOADS_A_PAGE)
    if pages > 1:
        embed.set_footer(text=say("page-footer-page", number=page + 1, pages=pages))
    return Screen([embed], _items(uploads, sender, page, pages, waiting))


def sender_words(sender: int | None) -> str:
    """Who sent an upload: a mention, which shows and notifies nobody."""
    return f"<@{sender}>" if sender else say("log-former")


def _line(number: int, upload: ServerUpload) -> str:
    title = clip(upload.story.title, 100, escape)
    line = say("uploads-line", number=number, title=title, sender=sender_words(upload.sender))
    return f"{line}\n<t:{upload.uploaded_at}:d> · {say(f'uploads-state-{upload.state}')}"


def _items(uploads: Sequence[ServerUpload], sender: int | None, page: int, pages: int, waiting: int) -> list[Item]:
    items: list[Item] = []
    if uploads:
        options = [
            option(f"{number}. {upload.story.title}", upload.story.id)
            for number, upload in enumerate(uploads, page * UPLOADS_A_PAGE + 1)
        ]
        items.append(select(PickUpload(), options, 0, say("uploads-pick")))
    whose: Everybody = "all" if sender is None else "one"
    items += page_buttons(lambda way, to: UploadsPage(way, whose, Snowflake(sender or 0), to), page, pages, 1)
    if sender is None:
        if waiting:
            items.append(button(ShowQueue(), say("queue-button", count=waiting), 2, style=Style.primary))
        return items
    if any(upload.state != "removed" for upload in uploads):
        items.append(button(RemoveAll("ask", Snowflake(sender)), say("uploads-remove-all"), 2, style=Style.danger))
    return [*items, to_uploads(2)]


def to_uploads(row: int) -> Button:
    """The way back to the uploads of all senders."""
    return button(UploadsPage("back", "all", Snowflake(0), 0), say("uploads-back"), row)


def upload_screen(upload: ServerUpload) -> Screen:
    """One upload, and what managers may do with it."""
    length = say("own-length", chapters=upload.story.chapters, words=upload.story.words)
    lines = [
        say("uploads-sent", sender=sender_words(upload.sender), when=f"<t:{upload.uploaded_at}:f>"),
        f"{length} · {say(f'uploads-state-{upload.state}')}",
    ]
    story, sender = upload.story.id, Snowflake(upload.sender or 0)
    act = (
        button(UploadAction("restore", story), say("uploads-restore"), 0)
        if upload.state == "removed"
        else button(UploadAction("remove", story), say("uploads-remove"), 0, style=Style.danger)
    )
    items = [
        act,
        button(OwnStoryAction("open", story), say("uploads-manage"), 0),
        button(UploadsPage("sender", "one", sender, 0), say("uploads-sender"), 0),
        to_uploads(0),
    ]
    return Screen([story_embed(upload.story, "\n".join(lines), byline=True)], packed(items, 0))


def ask_remove_all_screen(sender: int, count: int) -> Screen:
    """What is asked before all uploads of one sender go."""
    items = [
        button(RemoveAll("remove", Snowflake(sender)), say("uploads-remove-now"), 0, style=Style.danger),
        button(UploadsPage("sender", "one", Snowflake(sender), 0), say("uploads-keep"), 0),
    ]
    return notice(say("uploads-ask-all", sender=sender_words(sender), count=count), say("uploads-title"), items)


def removed_all_screen(sender: int, count: int) -> Screen:
    """What is said once they are gone."""
    text = say("uploads-removed-all", sender=sender_words(sender), count=count)
    return notice(text, say("uploads-title"), [to_uploads(0)])
