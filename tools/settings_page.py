"""Write docs/settings.md from the settings and their texts: ``python -m tools.settings_page``."""

from __future__ import annotations

from pathlib import Path

from bot.domain.settings import (
    READER,
    READER_SECTIONS,
    SERVER,
    SERVER_SECTIONS,
    Channel,
    Choice,
    Emojis,
    Number,
    Role,
    Setting,
    TimeZone,
    Words,
)
from bot.texts import say
from bot.ui.reactions import OFFERED, OFFERED_AT_MOST
from bot.ui.settings import choices

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"

ABOUT = """# Settings

All settings, the default first. *Name* is what the file of your data calls a setting.
`python -m tools.settings_page` writes this page from `bot/domain/settings.py` and the words that people see.
"""

OF_READER = """## Of a reader

In `/settings`.

| name | setting | values |
| --- | --- | --- |"""

OF_SERVER = """
## Of a server

In `/manage settings`.

| subject | name | setting | values |
| --- | --- | --- | --- |"""


def page() -> str:
    """Return the page's Markdown."""
    readers = [f"| {row(each)}" for part in READER_SECTIONS for each in READER.values() if each.section == part]
    servers = [
        f"| {say(f'server-section-{part}').partition(': ')[2]} | {row(each)}"
        for part in SERVER_SECTIONS
        for each in SERVER.values()
        if each.section == part
    ]
    return "\n".join([ABOUT, OF_READER, *readers, OF_SERVER, *servers, ""])


def row(setting: Setting) -> str:
    """Return the table cells of a setting after its subject: name, label and values."""
    what, values = words(setting)
    return f"`{setting.name}` | {what} | {values} |"


def words(setting: Setting) -> tuple[str, str]:
    """Return a setting's label on its screen, and its possible values."""
    match setting.kind:
        case Choice():
            labels = [each.label.partition(": ") for each in choices(setting, setting.default)]
            return labels[0][0], " · ".join(value for *_, value in labels)
        case Channel():
            return say(f"settings-pick-{setting.hyphenated_name}"), "none · a channel where the bot may write"
        case Role():
            return say(f"settings-pick-{setting.hyphenated_name}"), "none · a role"
        case Number() as kind:
            return say(f"settings-field-{setting.hyphenated_name}", most=kind.most), str(setting.default)
        case Emojis():
            offered = " ".join(each.key for each in OFFERED)
            return say("server-reactions-title"), f"{offered} · up to {OFFERED_AT_MOST} emoji"
        case TimeZone():
            return say("server-zone-title"), "none · a time zone"
        case Words():
            return say("warned-button").rstrip("…"), "none · what a story's warnings say"
        case _:
            raise LookupError(f"{setting.name}: no screen shows a {setting.kind}")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
