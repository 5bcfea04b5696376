"""Drive the preview in a browser: type commands, press buttons, pick options, take pictures, measure messages.

All that depends on the preview's page is in the selectors below. They fit SimCord 3.2.1.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import (  # pyright: ignore[reportMissingImports]  # installed by the extra "pictures"
    Locator,
    Page,
    sync_playwright,
)

MESSAGE = "#channel-message-list > [data-message-id]"
BUTTON = "button.component-button"
SELECT = "button.select-trigger"
OPTION = ".select-options:visible .select-option"
COMPOSER = "#channel-composer-input"
MODAL = "#modal-root .modal-dialog"

LAST = "· The end"
"""End of the footer of a story's last page. A story may contain the words without the dot."""

POLLING = 40
"""Milliseconds between two checks of whether the page is drawn. Pages in background tabs draw no frames."""

QUIET_BROWSER = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

_IDLE = """before => {
    const page = window.simcordPreview;
    return page.ready && page.awaitingRevision === null && (page.lastAction?.sequence ?? 0) > before;
}"""

_SUGGESTED = """() => {
    const {state} = window.simcordPreview.commandPicker.autocomplete;
    return document.querySelector('.command-suggestion') || state === 'answered' || state === 'failed';
}"""

_MEASURE = """message => {
    const shown = [...message.querySelectorAll('button.component-button, button.select-trigger')];
    const tops = shown.map(each => Math.round(each.getBoundingClientRect().bottom));
    return {
        height: Math.ceil(message.getBoundingClientRect().height),
        rows: message.querySelectorAll('.message-components > *').length,
        lines: new Set(tops).size,
        components: shown.length,
    };
}"""


@dataclass(frozen=True, slots=True)
class Measures:
    """Size of a message or form on the screen."""

    height: int
    """Height in CSS pixels, including the lines with the command and the sender."""
    rows: int
    """Rows of buttons and selects in the message."""
    lines: int
    """Rows on the screen: a row that is too wide wraps into two."""
    components: int


@dataclass(frozen=True, slots=True)
class Window:
    """Size of a browser's window in CSS pixels."""

    width: int
    height: int


class Driver:
    """A page of the preview: one channel, seen by one viewer at a time."""

    def __init__(self, page: Page, window: Window, address: str) -> None:
        self.page = page
        self.window = window
        self.address = address
        self.viewer: str | None = None

    def open(self) -> None:
        """Load the page and hide SimCord's own tools. Loaded pages keep polling the preview for news."""
        self.page.bring_to_front()
        self.page.goto("about:blank")
        self.page.goto(self.address)
        self.page.add_style_tag(content="[data-workbench] { display: none !important; }")
        self._wait(-1)
        if self.viewer is not None:
            self.view_as(self.viewer)

    def refresh(self) -> None:
        """Show messages that other pages or background tasks caused."""
        self._act(lambda: self.page.eval_on_selector("#refresh", "button => button.click()"))

    def view_as(self, name: str) -> None:
        """Switch the viewer; *name* is the beginning of their name."""
        self.viewer = name
        options = self.page.locator("#viewer-picker option")
        [value] = [
            each.get_attribute("value") for each in options.all() if (each.text_content() or "").startswith(name)
        ]
        script = "(picker, value) => { picker.value = value; picker.dispatchEvent(new Event('change')); }"
        self.page.eval_on_selector("#viewer-picker", script, value)
        self.page.wait_for_function(
            "value => window.simcordPreview.viewerId === value && window.simcordPreview.ready",
            arg=value,
            polling=POLLING,
        )

    def slash(self, command: str, **options: str | Path) -> None:
        """Run a command with its options. Attach a path; pick the first suggestion of an option."""
        if (refused := self.page.locator(".command-context-close")).count():  # a refused command stays in the input box
            refused.click()
        self.page.fill(COMPOSER, f"/{command}")
        name = self.page.locator(".command-entry-title strong", has_text=_exactly(f"/{command}"))
        name.click()
        for option, value in options.items():
            self._fill_option(option, value)
        self.page.keyboard.press("Escape")
        self._act(lambda: self.page.click("#send-message"))

    def press(self, label: str) -> None:
        """Press the button with that label on the newest message that has one."""
        self._act(lambda: self.page.locator(BUTTON, has_text=_exactly(label)).last.click())

    def pick(self, label: str, *, of: int = -1) -> None:
        """Pick an option by the beginning of its label; *of* is the index of the select in the newest message."""
        self.newest.locator(SELECT).nth(of).click()
        found = self.page.locator(OPTION, has_text=re.compile(f"^{re.escape(label)}"))
        self._act(lambda: found.first.click())

    def options(self, of: int = 0) -> list[str]:
        """Return the labels of a select of the newest message."""
        self.newest.locator(SELECT).nth(of).click()
        labels = self.page.locator(f"{OPTION} .option-label").all_text_contents()
        self.page.keyboard.press("Escape")
        return labels

    def fill(self, values: Mapping[str, str | Path]) -> None:
        """Fill and submit the open form; the keys of *values* are beginnings of labels."""
        for label, value in values.items():
            field = self.page.locator(f"{MODAL} .modal-field", has_text=re.compile(f"^{re.escape(label)}"))
            if isinstance(value, Path):
                field.locator("input[type=file]").set_input_files(value)
            elif field.locator(SELECT).count():
                field.locator(SELECT).click()
                self.page.locator(OPTION, has_text=value).first.click()
                if self.page.locator(OPTION).count():  # a select with several values stays open
                    self.page.keyboard.press("Escape")
            elif field.locator(".modal-choice").count():
                field.locator(".modal-choice", has_text=value).first.click()
            else:
                field.locator(".modal-input").fill(value)
        self._act(lambda: self.page.click(f"{MODAL} button[type=submit]"))

    def close(self) -> None:
        """Close the open form without submitting it."""
        self.page.click(f"{MODAL} .modal-close")
        self.page.wait_for_selector(MODAL, state="detached")

    @property
    def newest(self) -> Locator:
        """Last message of the channel."""
        return self.page.locator(MESSAGE).last

    @property
    def text(self) -> str:
        """Text of the newest message."""
        return self.newest.inner_text()

    def has(self, label: str) -> bool:
        """Return whether the newest message has a button with that label."""
        return self.newest.locator(BUTTON, has_text=_exactly(label)).count() > 0

    @property
    def has_form(self) -> bool:
        """Whether a form is open."""
        return self.page.locator(MODAL).count() > 0

    def measure(self) -> Measures:
        """Measure the open form, else the newest message."""
        if self.has_form:
            fields = self.page.locator(f"{MODAL} .modal-field").count()
            height = self.page.eval_on_selector(MODAL, "form => Math.ceil(form.getBoundingClientRect().height)")
            return Measures(height, fields, fields, fields)
        return Measures(**self.newest.evaluate(_MEASURE))

    def shot(self, path: Path) -> Measures:
        """Take a picture of the window, enlarged to show the whole newest message, and measure that message."""
        measures = self.measure()
        around = self.window.height - self.page.eval_on_selector("#channel-timeline", "log => log.clientHeight")
        high = max(self.window.height, measures.height + around + 24)
        if not self.has_form:
            self._resize(high)
            self.newest.evaluate("message => message.scrollIntoView({block: 'end'})")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.mouse.move(0, 0)
        self.page.screenshot(path=path)
        self._resize(self.window.height)
        return measures

    def _resize(self, height: int) -> None:
        if height != self.page.evaluate("window.innerHeight"):
            self.page.set_viewport_size({"width": self.window.width, "height": height})
            self.page.wait_for_function(
                "height => window.simcordPreview.presentation.host.height === height && window.simcordPreview.ready",
                arg=height,
                polling=POLLING,
            )

    def _fill_option(self, option: str, value: str | Path) -> None:
        file = self.page.locator(f'.command-file-input[data-option="{option}"]')
        field = self.page.locator(f'.command-option-input[data-option="{option}"]')
        if not file.count() and not field.count():
            if not self.page.locator(".command-suggestion-label", has_text=_exactly(option)).count():
                self.page.click(".command-chip")
            self.page.locator(".command-suggestion-label", has_text=_exactly(option)).click()
        if isinstance(value, Path):
            file.set_input_files(value)
            return
        field.fill(value)
        if option == "channel":  # SimCord suggests channels without asking the bot
            self.page.wait_for_selector(".command-suggestion")
        if field.get_attribute("role") == "combobox":
            self.page.wait_for_function(_SUGGESTED, polling=POLLING)
            if (suggested := self.page.locator(".command-suggestion")).count():
                suggested.first.click()

    def _act(self, act: Callable[[], object]) -> None:
        before = self.page.evaluate("window.simcordPreview.lastAction?.sequence ?? 0")
        act()
        self._wait(before)

    def _wait(self, before: int) -> None:
        self.page.wait_for_function("() => window.simcordPreview !== undefined", polling=POLLING)
        self.page.wait_for_function(_IDLE, arg=before, polling=POLLING)


def _exactly(text: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(text)}$")


@contextmanager
def preview(python: str, stories: Path) -> Iterator[Sequence[str]]:
    """Serve the preview of a stories folder with a temporary database; yield the addresses of its pages."""
    with TemporaryDirectory() as folder:
        settings = {"DATABASE": str(Path(folder) / "preview.db"), "STORIES_DIR": str(stories.resolve())}
        with subprocess.Popen(
            [python, "-m", "tools.preview", "--port", "0"],
            env=os.environ | settings,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            try:
                yield _addresses(server)
            finally:
                server.terminate()
                server.communicate()  # it prints a last line when it closes, so read its output until then


def _addresses(server: subprocess.Popen[str]) -> list[str]:
    """Return the addresses that the preview prints. Raises `SystemExit` if it stops instead."""
    assert server.stdout is not None
    found: list[str] = []
    for line in server.stdout:
        if match := re.match(r"\s+(http\S+)", line):
            found.append(match[1])
        elif found:
            return found
    sys.exit("The preview did not start.")


@contextmanager
def browser(addresses: Sequence[str], window: Window, chromium: str | None, scale: float) -> Iterator[list[Driver]]:
    """Yield an unloaded page of a headless Chromium for each address; *scale* is pixels per CSS pixel."""
    with sync_playwright() as playwright:
        program = playwright.chromium.launch(executable_path=chromium, args=[*QUIET_BROWSER])
        context = program.new_context(
            viewport={"width": window.width, "height": window.height},
            device_scale_factor=scale,
            bypass_csp=True,
            locale="en-US",
        )
        context.set_default_timeout(10_000)
        yield [Driver(context.new_page(), window, address) for address in addresses]
        program.close()
