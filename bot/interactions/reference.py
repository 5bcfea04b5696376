"""The reference of the interaction that a task answers.

Every line that the task and those that it starts write to the log bears it, and so does an apology to the reader.
"""

import random
from contextvars import ContextVar

_reference: ContextVar[str] = ContextVar("reference", default="")


def refer() -> str:
    """Give the running task a reference, and return it."""
    reference = f"{random.getrandbits(24):06x}"  # the system is not asked for each press
    _reference.set(reference)
    return reference


def reference() -> str:
    """Return the reference of the running task; empty where it answers no interaction."""
    return _reference.get()
