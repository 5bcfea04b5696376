"""Buttons, selects, modals and paged lists for all screens. All state is in custom ids."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Literal

import discord
from discord import ui

from bot.texts import say
from bot.ui.custom_id import CustomId, ModalId
from bot.ui.limits import BUTTON_LABEL, BUTTON_ROWS, IN_A_ROW, INPUT_LABEL, OPTION_DESCRIPTION, OPTION_LABEL, clip
from bot.ui.screen import ACCENT, Group, Screen

Style = discord.ButtonStyle
Button = ui.Button[ui.View]
ToPage = Callable[[Literal["p", "n"], int], CustomId]
"""Function that returns the custom id of a button to the previous (``p``) or next (``n``) page, by page number."""

ROW_WIDTH = 272
"""Maximum width of a row of buttons on a phone, in CSS pixels."""

MOST_ROWS = BUTTON_ROWS - 2
"""Maximum number of button rows in *More*: the page's own buttons and the select of *More* need the other two rows."""

_GAP, _PADDING, _LETTER = 8, 24, 7.6  # CSS pixels: gap between buttons, padding of a button, average letter


def button(
    custom_id: CustomId,
    label: str | None,
    *,
    style: Style = Style.secondary,
    emoji: str | discord.PartialEmoji | None = None,
    disabled: bool = False,
) -> Button:
    """Return a button; truncate a long label."""
    text = clip(label, BUTTON_LABEL) if label else None
    return ui.Button(custom_id=str(custom_id), label=text, style=style, emoji=emoji, disabled=disabled)


def button_rows(buttons: Sequence[Button], *, rows: int = MOST_ROWS) -> list[Group]:
    """Split buttons into at most *rows* rows, each narrow enough for a phone.

    If there are too few rows, the last is wider than a phone, which then wraps it. If the last row would have more
    buttons than Discord allows, all rows become wider.
    """
    width = ROW_WIDTH
    while sum(map(len, (found := _phone_rows(buttons, width))[rows - 1 :])) > IN_A_ROW:
        width += 40
    return [*found[: rows - 1], [*chain(*found[rows - 1 :])]]


def _phone_rows(buttons: Sequence[Button], width: float) -> list[list[Button]]:
    rows: list[list[Button]] = [[]]
    filled = 0.0
    for each in buttons:
        wide = _PADDING + _LETTER * len(each.label or "")
        if rows[-1] and (filled + _GAP + wide > width or len(rows[-1]) == IN_A_ROW):
            rows.append([])
            filled = 0.0
        filled += wide + (_GAP if rows[-1] else 0)
        rows[-1].append(each)
    return rows


def option(label: str, value: object, description: str | None = None, *, default: bool = False) -> discord.SelectOption:
    """Return an option of a select; truncate a long label or description."""
    clipped = description and clip(description, OPTION_DESCRIPTION)
    return discord.SelectOption(label=clip(label, OPTION_LABEL), value=str(value), description=clipped, default=default)


def select(
    custom_id: CustomId,
    options: Sequence[discord.SelectOption],
    placeholder: str | None = None,
    *,
    fewest: int = 1,
    most: int = 1,
) -> ui.Select[ui.View]:
    """Return a select in which a user picks *fewest* to *most* options."""
    return ui.Select(
        custom_id=str(custom_id),
        options=[*options],
        placeholder=placeholder,
        min_values=fewest,
        max_values=most,
    )


def page_buttons(to: ToPage, page: int, pages: int, *, style: Style = Style.secondary) -> list[Button]:
    """Return buttons for the previous and next page, if they exist; *page* counts from 0."""
    items: list[Button] = []
    if page > 0:
        items.append(button(to("p", page - 1), say("page-previous")))
    if page < pages - 1:
        items.append(button(to("n", page + 1), say("page-next"), style=style))
    return items


def part_buttons(to: Callable[[int], CustomId], part: int, parts: int) -> list[Button]:
    """Return buttons for the previous and next part of a long text, if they exist; *part* counts from 0."""
    ways = ((say("page-previous"), part - 1), (say("page-next"), part + 1))
    return [button(to(other), label) for label, other in ways if 0 <= other < parts]


def private_list(
    title: str, lines: Sequence[str], groups: Sequence[Group], to: ToPage, page: int, pages: int
) -> Screen:
    """Return one page of a private list; the page buttons join the last group. *page* counts from 0."""
    embed = discord.Embed(title=title, description="\n\n".join(lines), colour=ACCENT)
    if pages > 1:
        embed.set_footer(text=say("page-footer-page", number=page + 1, pages=pages))
    *before, last = groups
    return Screen([embed], [*before, [*last, *page_buttons(to, page, pages)]])


def modal(custom_id: ModalId, title: str, fields: Sequence[ui.Label[ui.Modal]]) -> ui.Modal:
    """Return a modal. The bot handles its submission by the custom id, so no task waits for it."""
    dialog = ui.Modal(title=title, custom_id=str(custom_id))
    for field in fields:
        dialog.add_item(field)
    return dialog


def file_field(custom_id: str, label: str, *, hint: str | None = None, required: bool = False) -> ui.Label[ui.Modal]:
    """Return a field of a modal for one file."""
    box = ui.FileUpload[ui.Modal](custom_id=custom_id, required=required, min_values=int(required), max_values=1)
    return ui.Label(text=clip(label, INPUT_LABEL), description=hint, component=box)


def text_field(
    custom_id: str,
    label: str,
    most: int,
    *,
    fewest: int | None = None,
    hint: str | None = None,
    default: str = "",
    placeholder: str | None = None,
    is_long: bool = False,
    required: bool = False,
) -> ui.Label[ui.Modal]:
    """Return a field of a modal for text of at most *most* characters, prefilled with *default*."""
    box = ui.TextInput[ui.Modal](
        custom_id=custom_id,
        style=discord.TextStyle.paragraph if is_long else discord.TextStyle.short,
        default=default or None,
        placeholder=placeholder,
        required=required,
        min_length=fewest,
        max_length=most,
    )
    return ui.Label(text=clip(label, INPUT_LABEL), description=hint, component=box)


def select_field(
    custom_id: str, label: str, options: Sequence[discord.SelectOption], *, placeholder: str | None = None
) -> ui.Label[ui.Modal]:
    """Return a field of a modal to pick one option, or none."""
    box = ui.Select[ui.Modal](
        custom_id=custom_id, options=[*options], placeholder=placeholder, required=False, min_values=0
    )
    return ui.Label(text=clip(label, INPUT_LABEL), component=box)
