"""A property whose value is computed once per object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Self, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class cached(Generic[Owner, Value]):  # noqa: N801  # lower case, like `property`
    """Like `functools.cached_property`, but without its lock in Python 3.11, which costs more than most values."""

    def __init__(self, compute: Callable[[Owner], Value]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__
        self._name = ""

    def __set_name__(self, owner: type[Owner], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, owner: None, of: type[Owner]) -> Self: ...

    @overload
    def __get__(self, owner: Owner, of: type[Owner]) -> Value: ...

    def __get__(self, owner: Owner | None, of: type[Owner]) -> Self | Value:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._compute(owner)  # later reads find the value in `__dict__`
        return value
