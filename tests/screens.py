"""The ways to screens that tests of many subjects take."""

from __future__ import annotations

import re
from typing import Any

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, UserHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.me import MeTab
from tests.library import Library
from tests.seen import Message, buttons_of, ids_by_label, options_of, select_of, shown, text_of


def unhidden(message: ResponseMessage) -> str:
    """What a message shows before a spoiler in it is pressed."""
    return re.sub(r"\|\|.+?\|\|", "", text_of(message), flags=re.S)


async def mine(reader: Any, channel: ChannelHandle | None, tab: MeTab = "reading") -> ResponseMessage:
    """A tab of /me; without a *channel* in a direct message, where *reader* is a user."""
    opened = shown(await (reader.slash("me") if channel is None else reader.slash(channel, "me")))
    assert opened.ephemeral
    return opened if tab == "reading" else shown(await reader.select(opened, [tab], custom_id="me1"))


async def ask_question(
    opener: Any,
    channel: ChannelHandle | None,
    question: str = "What next?",
    answers: str = "Row on|Row back",
    *,
    story: str = "Lighthouse",
    post: ChannelHandle | None = None,
    ends: str = "chapter",
    hidden: str = "no",
) -> InteractionResult:
    """Ask readers of a story with the form; where that is refused, the refusal."""
    where = () if channel is None else (channel,)
    form = await opener.slash(*where, "author ask", story=story)
    if form.modal is None:
        return form
    values: dict[str, Any] = {"question": question, "answers": answers.replace("|", "\n"), "ends": [ends]}
    return await opener.submit_modal(form, {**values, **({"channel": [post]} if post else {}), "hidden": [hidden]})


async def surprise(reader: Any, channel: ChannelHandle | None, **filters: str) -> InteractionResult:
    """Press *Surprise me* on a list."""
    listed = await (
        reader.slash("stories", **filters) if channel is None else reader.slash(channel, "stories", **filters)
    )
    return await reader.click(shown(listed), label="Surprise me")


async def server_settings(manager: MemberActor, channel: ChannelHandle) -> ResponseMessage:
    """The settings of a server, behind its first steps where those are still shown."""
    opened = shown(await manager.slash(channel, "manage settings"))
    return shown(await manager.click(opened, label="All settings")) if "All settings" in buttons_of(opened) else opened


def let_see(library: Library, reader: MemberActor, command: str = "manage") -> None:
    """Let a member use a command that is hidden by default, as a server's own settings can."""
    [number] = [each["id"] for each in library.env.backend.commands[None].values() if each["name"] == command]
    reader.guild.set_command_permissions(int(number), {reader: True})


async def card_for(reader: Any, channel: ChannelHandle | None, story: str, *, share: bool = True) -> ResponseMessage:
    """A story's card with *More* unfolded, for all to see unless it is not to be shared."""
    where = () if channel is None else (channel,)
    folded = shown(await reader.slash(*where, "stories", story=story, share=share))
    return shown(await reader.click(folded, label="More"))


async def filters_of(reader: MemberActor, listed: Message) -> ResponseMessage:
    """The filters of a list, behind its *More*."""
    unfolded = listed if "Filters" in buttons_of(listed) else shown(await reader.click(listed, label="More"))
    return shown(await reader.click(unfolded, label="Filters"))


async def behind_more(reader: MemberActor | UserHandle, page: Message, label: str) -> InteractionResult:
    """Press a button that stands behind *More* of a page."""
    unfolded = page if label in buttons_of(page) else shown(await reader.click(page, label="More"))
    return await reader.click(unfolded, label=label)


async def info_of(reader: MemberActor | UserHandle, page: Message) -> ResponseMessage:
    """*Info* of a page, in its place; on the first page it is in the row, else behind *More*."""
    if "Info" not in ids_by_label(page):
        page = shown(await reader.click(page, label="More"))
    return shown(await reader.click(page, label="Info"))


async def behind_info(reader: MemberActor | UserHandle, page: Message, label: str) -> InteractionResult:
    """Press a button of *Info* of a page."""
    return await reader.click(await info_of(reader, page), label=label)


async def chapters_in(reader: MemberActor | UserHandle, page: Message) -> dict[str, str]:
    """The chapters that *Go to…* of a page offers, with their values."""
    return {each["label"]: each["value"] for each in chapter_options(await behind_more(reader, page, "Go to…"))}


def chapter_options(form: InteractionResult) -> list[dict[str, str]]:
    """The options for a chapter in the form *Go to…*; none in that of a story without chapters."""
    assert form.modal is not None
    boxes = [label["component"] for label in form.modal["components"]]
    return next((box["options"] for box in boxes if box["custom_id"] == "chapter"), [])


async def go_to_chapter(reader: MemberActor | UserHandle, page: Message, label: str) -> ResponseMessage:
    """Pick a chapter in *Go to…*, a visit."""
    form = await behind_more(reader, page, "Go to…")
    [value] = [each["value"] for each in chapter_options(form) if each["label"] == label]
    return shown(await reader.submit_modal(form, {"chapter": [value]}))


async def go_to(reader: MemberActor, page: Message, place: str) -> ResponseMessage:
    """Go to a place by *Go to…*, a visit; from a public page in a private copy."""
    return shown(await reader.submit_modal(await behind_more(reader, page, "Go to…"), {"page": place}))


async def to_last(reader: MemberActor, page: Message) -> Message:
    """Turn to the last page of a story, page by page."""
    while True:
        if ids_by_label(page)["Next"].startswith("wn"):  # it opens what comes after the story
            return page
        page = shown(await reader.click(page, label="Next"))


async def read_at(library: Library, reader: MemberActor, **options: Any) -> InteractionResult:
    """Open a story on a page that the reader has turned to before: it is their place."""
    story = await library.store.stories.find(options["story"])
    page, chapter = options.pop("page", 1), options.pop("chapter", None)
    first, _ = await library.store.pages.ends(story.id, reader.id)
    contents = (await library.store.pages.open(first, reader.id)).chapter
    if chapter is not None:
        contents = await library.store.stories.chapter(story, chapter)
    spot = await library.store.pages.spot(contents, page, reader.id)
    await library.store.places.move(reader.id, await library.store.pages.open(spot, reader.id), library.guild_id)
    return await reader.slash(library.channel, "read", **options)


async def desk(library: Library, title: str = "Lighthouse") -> ResponseMessage:
    """What Ann sees of how a story that she wrote is read."""
    listed = shown(await library.ann.slash(library.channel, "author stories"))
    picked = str(await library.id_of(title))
    panel = shown(await library.ann.select(listed, [picked], custom_id=select_of(listed, "op1")))
    answer = answered(await library.ann.click(panel, label="Stats"))
    assert answer.ephemeral
    return answer


def answered(result: InteractionResult) -> ResponseMessage:
    """The last answer of a press, also where it was put off."""
    return result.followups[-1] if result.followups else shown(result)


async def titles(library: Library) -> str:
    """What */stories* says to whoever is new."""
    return text_of(shown(await library.join("zoe").slash(library.channel, "stories", share=True)))


async def first_quote(library: Library) -> Message:
    """The first quote of those that Ann saved."""
    own = await mine(library.ann, library.channel, "quotes")
    [first, *_] = options_of(own, "qk1").values()
    return shown(await library.ann.select(own, [first], custom_id=select_of(own, "qk1")))
