"""Work side by side. Most of press's work is Pandoc's, in processes of its own, so threads are enough."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Made = TypeVar("Made")


def side_by_side(make: Callable[..., Made], *items: Iterable[Any]) -> list[Made]:
    """`make` of each item, in order; the first error of any is raised once all have ended."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(make, *items))
