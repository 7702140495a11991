"""What press says when it refuses: what is wrong, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong at one place. `line` counts from 1; 0 means the whole file."""

    path: PurePath
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.message}"


class PressError(Exception):
    """Anything that stops a build and is the book's fault, not press's."""


class Refused(PressError):
    """The sources hold something that press does not know or that would come out wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class CellFailed(PressError):
    """A cell raised, and did not say `error: true`."""

    def __init__(self, problem: Problem, traceback: str) -> None:
        self.problem = problem
        self.traceback = traceback
        super().__init__(f"{problem}\n\n{traceback}")


def refuse(path: PurePath | str, line: int, message: str) -> Refused:
    """Return the refusal of a single place, to be raised."""
    return Refused([Problem(PurePath(path), line, message)])
