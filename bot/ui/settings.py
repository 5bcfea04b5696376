"""The settings of a reader and of a server, and a server's first steps. A custom id contains the setting's name."""

from collections.abc import Iterator, Sequence

import discord
from discord import ui

from bot.domain.notices import ClosedChannel
from bot.domain.reactions import Emoji
from bot.domain.settings import (
    READER,
    SERVER,
    SERVER_SECTIONS,
    Channel,
    Choice,
    Emojis,
    FirstSteps,
    Number,
    ReaderSection,
    ReaderSettings,
    Role,
    ServerSection,
    ServerSettings,
    Setting,
    TimeZone,
)
from bot.texts import say
from bot.ui.components import Button, Style, button, button_rows, modal, option, select, text_field
from bot.ui.custom_id import Name
from bot.ui.ids import (
    AskLimits,
    AskOfferedReactions,
    AskWarnings,
    AskZone,
    FirstStep,
    LimitsModal,
    OfferedReactionsModal,
    SetReaderOption,
    SetServerOption,
    ShowReaderSection,
    ShowReviewNews,
    ShowServerSection,
    WarningsModal,
    ZoneModal,
)
from bot.ui.reactions import EMOJI_CHARS, OFFERED, OFFERED_AT_MOST, emoji_text
from bot.ui.schedules import permissions
from bot.ui.screen import Group, Item, Screen, notice

WARNINGS_CHARS = 1000
"""Maximum length of the content warnings typed in the modal, in characters."""

ZONE_CHARS = 100
"""Maximum length of the time zone typed in the modal, in characters."""


def reader_panel(
    chosen: ReaderSettings, section: ReaderSection = "first", *, writes: bool = False, takes_adult: bool = True
) -> Screen:
    """Return one of the two pages of a reader's settings: a select for each setting, and a button to the other page.

    If the reader *writes*, the second page has a button to the setting for news about reviews. *takes_adult* shows the
    setting for stories for adults.
    """
    shown = [each for each in READER.values() if each.section == section and (takes_adult or each.name != "adult")]
    pickers = [[item] for each in shown if (item := _setting_item(each, chosen))]
    other: ReaderSection = "more" if section == "first" else "first"
    buttons = [button(ShowReaderSection(other), say(f"settings-to-{other}"))]
    if section == "more":
        buttons.append(button(AskWarnings(), say("warned-button")))
    if writes and section == "more":
        buttons.append(button(ShowReviewNews(), say("review-news-how")))
    return notice(say("settings-about"), say("settings-title"), [*pickers, buttons])


def warnings_modal(warnings: Sequence[str]) -> ui.Modal:
    """Return the modal for content warnings, prefilled with the current ones."""
    default = ", ".join(warnings)[:WARNINGS_CHARS]
    field = text_field(
        "warnings", say("warned-field"), WARNINGS_CHARS, hint=say("warned-hint"), default=default, is_long=True
    )
    return modal(WarningsModal(), say("warned-form"), [field])


def server_panel(chosen: ServerSettings, section: ServerSection, closed: ClosedChannel | None) -> Screen:
    """Return a section of a server's settings. *closed* tells why the bot cannot post in the section's channel."""
    options = [option(say(f"server-section-{each}"), each, default=each == section) for each in SERVER_SECTIONS]
    groups: list[Group] = [[select(ShowServerSection(), options)]]
    shown = [each for each in SERVER.values() if each.section == section and each.shows(chosen)]
    groups += [[item] for each in shown if (item := _setting_item(each, chosen))]
    if any(isinstance(each.kind, Number) for each in shown):
        groups.append([button(AskLimits(), say("server-ask-limits"))])
    lines = [say(f"server-about-{section}"), *filter(None, (_value_line(each, chosen) for each in shown))]
    if closed is not None:
        lines.append(_closed_text(closed))
    return notice("\n".join(lines), say("server-title"), groups)


def _setting_item(setting: Setting, chosen: ReaderSettings | ServerSettings) -> Item | None:
    """Return the select or button for a setting; None for a number, since one modal has all numbers of the section."""
    value = getattr(chosen, setting.name)
    name = Name(setting.name)
    custom_id = SetReaderOption(name) if setting.whose == "reader" else SetServerOption(name)
    match setting.kind:
        case Choice():
            return select(custom_id, choices(setting, value))
        case Channel():
            return ui.ChannelSelect[ui.View](
                custom_id=str(custom_id),
                placeholder=say(f"settings-pick-{setting.hyphenated_name}"),
                channel_types=[discord.ChannelType.text, discord.ChannelType.news],
                min_values=0,
                default_values=_default_values(value, discord.SelectDefaultValueType.channel),
            )
        case Role():
            return ui.RoleSelect[ui.View](
                custom_id=str(custom_id),
                placeholder=say(f"settings-pick-{setting.hyphenated_name}"),
                min_values=0,
                default_values=_default_values(value, discord.SelectDefaultValueType.role),
            )
        case Emojis():
            return button(AskOfferedReactions(), say("server-ask-reactions"))
        case TimeZone():
            return button(AskZone(), say("server-ask-zone"))
        case _:
            return None


def choices(setting: Setting, chosen: object) -> list[discord.SelectOption]:
    """Return the options of a `Choice` setting. Each option names the setting, so the select needs no label."""
    assert isinstance(setting.kind, Choice)
    words, picked = setting.kind.values, setting.kind.write(chosen)
    texts = {word: say(f"settings-option-{setting.whose}-{setting.hyphenated_name}-{word}") for word in words}
    return [option(text, word, default=word == picked) for word, text in texts.items()]


def _value_line(setting: Setting, chosen: ServerSettings) -> str | None:
    """Return the line with a setting's value; None if its select shows the value."""
    value = getattr(chosen, setting.name)
    match setting.kind:
        case Channel():
            value = f"<#{value}>" if value else say("server-no-channel")
        case Role():
            value = f"<@&{value}>" if value else say("server-no-role")
        case Emojis():
            value = " ".join(map(emoji_text, OFFERED if value is None else value))
        case TimeZone():
            value = value or say("server-no-zone")
        case Number():
            pass
        case _:
            return None
    return say(f"settings-line-{setting.hyphenated_name}", value=value)


def _closed_text(closed: ClosedChannel) -> str:
    if closed.refused_at is not None:
        return say("server-channel-refused", at=f"<t:{closed.refused_at}:R>", again=f"<t:{closed.again_at}:R>")
    if closed.missing:
        return say("server-channel-closed", permissions=permissions(closed.missing))
    return say("server-channel-gone")


def _default_values(chosen: int | None, kind: discord.SelectDefaultValueType) -> list[discord.SelectDefaultValue]:
    return [discord.SelectDefaultValue(id=chosen, type=kind)] if chosen else []


def limits_modal(chosen: ServerSettings, megabytes: int) -> ui.Modal:
    """Return the modal for the limits of members' uploads. *megabytes* is the host's limit for all uploads."""
    fields = list(_limit_fields(chosen.within(megabytes), megabytes))
    return modal(LimitsModal(), say("server-limits-title"), fields)


def _limit_fields(chosen: ServerSettings, megabytes: int) -> Iterator[ui.Label[ui.Modal]]:
    for setting in SERVER.values():
        if isinstance(setting.kind, Number):
            label = say(f"settings-field-{setting.hyphenated_name}", most=setting.kind.most_within(megabytes))
            yield text_field(setting.name, label, 5, default=str(getattr(chosen, setting.name)), required=True)


def reactions_modal(offered: Sequence[Emoji]) -> ui.Modal:
    """Return the modal for the reactions that a server offers."""
    label, now = say("server-reactions-field", most=OFFERED_AT_MOST), " ".join(map(emoji_text, offered))
    room = OFFERED_AT_MOST * (EMOJI_CHARS + len(" "))
    field = text_field("reactions", label, room, hint=say("server-reactions-hint"), default=now)
    return modal(OfferedReactionsModal(), say("server-reactions-title"), [field])


def zone_modal(chosen: str | None) -> ui.Modal:
    """Return the modal for the server's time zone, prefilled with *chosen*."""
    hint, default = say("server-zone-hint"), chosen or ""
    field = text_field("zone", say("server-zone-field"), ZONE_CHARS, hint=hint, default=default, required=True)
    return modal(ZoneModal(), say("server-zone-title"), [field])


def first_steps_screen(steps: FirstSteps, *, private: bool) -> Screen:
    """Return a server's first steps, with a button for each that is not done.

    *private* adds a button for all settings and one to hide the steps.
    """
    done = {"updates": steps.updates, "submissions": steps.submissions, "story": steps.story}
    lines = [say("steps-about" if private else "steps-hello")]
    items: list[Button] = []
    next_style = Style.primary
    for step in ("updates", "submissions", "story"):
        line = say(f"steps-{step}")
        lines.append(f"~~{line}~~" if done[step] else line)
        if not done[step]:
            items.append(button(FirstStep(step), say(f"steps-{step}-button"), style=next_style))
            next_style = Style.secondary
    if private:
        items.append(button(FirstStep("all"), say("steps-all")))
        items.append(button(FirstStep("hide"), say("steps-hide")))
    else:
        lines.append("\n" + say("steps-who"))
    return notice("\n".join(lines), say("steps-title"), button_rows(items))


def first_story_screen() -> Screen:
    """Return the instructions for adding a server's first story."""
    return notice(say("steps-story-how"), say("steps-story-title"), [])
