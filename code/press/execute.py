"""A chapter's cells and inline expressions, run in document order in a Jupyter kernel of its own."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from press import results
from press.errors import CellFailed, Problem, refuse
from press.scan import Inline
from press.surroundings import environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from nbclient import NotebookClient

    from press.cell import Cell
    from press.results import Results
    from press.source import Source

SECONDS = 300  # for one cell
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")


async def run(source: Source, root: Path, scratch: Path, on_cell: Callable[[str], None]) -> Results:
    """Run the chapter; raises CellFailed for a cell that raises, Refused for an output that press cannot show.

    `on_cell` is told each cell's label as it starts.
    """
    # nbformat's validator would load a grammar of web addresses, which no notebook has, for a second and a half:
    # marked as absent, which it allows for.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # what the import system itself writes
    from nbclient import NotebookClient  # noqa: PLC0415 - these cost half a second, and a cached build
    from nbformat import v4  # noqa: PLC0415 - never needs them

    cells = [_notebook_cell(v4, step) for step in source.cells if step.option("eval", True)]
    client = NotebookClient(
        v4.new_notebook(cells=cells),
        # The kernel warns at each start that it talks in plain text; it does so with this process on this machine.
        extra_arguments=["--log-level=ERROR"],
        kernel_name="python3",
        timeout=SECONDS,
        resources={"metadata": {"path": str(root)}},
        coalesce_streams=True,
        record_timing=False,
        allow_error_names=[],
    )
    made: Results = {"cells": {}, "inlines": []}
    async with _kernel(client, environment(scratch)):
        count = 0
        pending: list[Inline] = []
        for step in source.steps:
            if isinstance(step, Inline):
                pending.append(step)
                continue
            made["inlines"] += await _inlines(client, source, pending)
            pending = []
            if not step.option("eval", True):
                made["cells"][step.label] = []
                continue
            on_cell(step.label)
            await _cell(client, source, step, count)
            made["cells"][step.label] = results.outputs(source, step, client.nb.cells[count].outputs)
            count += 1
        made["inlines"] += await _inlines(client, source, pending)
    return made


@asynccontextmanager
async def _kernel(client: NotebookClient, variables: dict[str, str]) -> AsyncIterator[None]:
    """A kernel for the client, ended whatever happens. nbclient's own way would keep Ctrl-C from reaching the build."""
    with tempfile.TemporaryDirectory(prefix="press-kernel-") as folder:
        manager: Any = client.create_kernel_manager()  # asynchronous, whatever its annotation says
        client.km = manager
        # Sockets in a folder, not ports: two kernels that start at once could choose the same port, and one would die.
        manager.transport = "ipc"
        manager.ip = f"{folder}/socket"
        try:
            await client.async_start_new_kernel(env=variables)
            await client.async_start_new_kernel_client()
            yield
        finally:
            if client.kc:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)


def _notebook_cell(v4: Any, cell: Cell) -> Any:
    tags = ["raises-exception"] if cell.option("error", False) else []
    return v4.new_code_cell(cell.code, id=cell.label[:64], metadata={"tags": tags})


async def _cell(client: NotebookClient, source: Source, cell: Cell, index: int) -> None:
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError  # noqa: PLC0415

    try:
        await client.async_execute_cell(client.nb.cells[index], index)
    except CellExecutionError:
        error = next(o for o in client.nb.cells[index].outputs if o.output_type == "error")
        traceback = "\n".join(error.traceback)
        found = _CELL_LINE.search(_ANSI.sub("", traceback))
        line = cell.code_line + int(found[1]) - 1 if found else cell.line
        raise CellFailed(
            Problem(source.path, line, f"the cell '{cell.label}' raised {error.ename}: {error.evalue}"),
            traceback,
        ) from None
    except CellTimeoutError:
        raise refuse(
            source.path, cell.line, f"the cell '{cell.label}' ran for more than {SECONDS} seconds."
        ) from None
    except DeadKernelError:
        task = asyncio.current_task()
        if task and task.cancelling():  # nbclient takes this for a dead kernel
            raise asyncio.CancelledError from None
        raise refuse(source.path, cell.line, f"the kernel died in the cell '{cell.label}'.") from None


async def _inlines(client: NotebookClient, source: Source, pending: list[Inline]) -> list[str]:
    """The values of the expressions between two cells: one request, in document order, as Quarto does."""
    if not pending:
        return []
    kernel: Any = client.kc  # nbclient says the base class; an asynchronous client comes
    wanted = {str(n): inline.expression for n, inline in enumerate(pending)}
    reply = await kernel.execute(
        "", user_expressions=wanted, store_history=False, reply=True, timeout=SECONDS
    )
    found = reply["content"]["user_expressions"]
    return [results.inline(source, inline, found[str(n)]) for n, inline in enumerate(pending)]
