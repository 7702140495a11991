"""What a build says while it works: a live view on a terminal, plain lines anywhere else."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import TaskID


class Reporter:
    """Counts what is done: cells by chapter, then formats; `executed` is how many cells ran."""

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False, soft_wrap=True)
        self.executed = 0
        self.started = time.monotonic()
        self._progress: Progress | None = None
        self._bars: dict[str, TaskID] = {}

    @contextmanager
    def running(self) -> Iterator[Reporter]:
        """While a build works: the live view, where there is a terminal to show it."""
        if not self.console.is_terminal:
            yield self
            return
        with Progress(
            SpinnerColumn(finished_text="[green]✓[/]"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("[dim]{task.fields[now]}[/]"),
            TimeElapsedColumn(),
            console=self.console,
            transient=True,
        ) as self._progress:
            yield self
        self._progress = None
        self._bars = {}

    def chapter(self, name: str, cells: int) -> None:
        """A chapter's cells start to run."""
        if self._progress:
            self._bars[name] = self._progress.add_task(name, total=cells, now="kernel starts")
        else:
            self.console.print(f"  runs {name}: {cells} cells")

    def cell(self, chapter: str, label: str) -> None:
        """A cell starts."""
        self.executed += 1
        if self._progress:
            self._progress.update(self._bars[chapter], advance=1, now=label)

    def done(self, chapter: str) -> None:
        """A chapter's cells have run."""
        if self._progress:
            self._progress.update(self._bars[chapter], now="")

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A format is made."""
        start = time.monotonic()
        bar = self._progress.add_task(name, total=None, now="") if self._progress else None
        yield
        if self._progress and bar is not None:
            self._progress.update(bar, total=1, completed=1)
        else:
            self.console.print(f"  made {name} ({time.monotonic() - start:.1f} s)")

    def line(self, text: str) -> None:
        """A line that stays."""
        self.console.print(text)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self.started
