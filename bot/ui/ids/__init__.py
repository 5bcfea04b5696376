"""The custom ids of all buttons, selects and modals. They hold all state, so the bot keeps none in memory.

There is a module for each subject; every kind of id in one of them is registered by being there.
"""

import pkgutil
from importlib import import_module
from types import ModuleType

from bot.ui.custom_id import CustomId


def _kinds_in(subject: ModuleType) -> list[type[CustomId]]:
    found = (each for each in vars(subject).values() if isinstance(each, type) and issubclass(each, CustomId))
    return [kind for kind in found if kind.__module__ == subject.__name__]


_SUBJECTS = [import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
KINDS = tuple(kind for subject in _SUBJECTS for kind in _kinds_in(subject))
