"""A chapter's cells and inline expressions, run in document order in a Jupyter kernel of its own."""

from __future__ import annotations

import asyncio
import os
import platform
import re
import sys
import sysconfig
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from press.cache import digest, files_digest
from press.errors import CellFailed, Problem, refuse
from press.source import LONGEST_LINE, Cell, Inline, Source

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from nbclient import NotebookClient

Output = dict[str, Any]  # one output of a cell, as nbformat has it
Results = dict[str, Any]  # {"cells": {label: [output, …]}, "inlines": [text, …]}

SECONDS = 300  # for one cell
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # all but tab and newline
_CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_MIMES = ("text/markdown", "image/svg+xml", "text/plain")


def environment(scratch: Path) -> dict[str, str]:
    """The kernel's environment: the reader's own, but for what would make results differ from machine to machine."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "IPYTHON", "JUPYTER"))}
    if "MPLCONFIGDIR" not in kept and not os.access(Path.home(), os.W_OK):
        kept["MPLCONFIGDIR"] = str(
            scratch / "matplotlib"
        )  # else Matplotlib warns, in the first cell that imports it
    return (
        kept
        | {
            "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "SOURCE_DATE_EPOCH": "0",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "IPYTHONDIR": str(scratch / "ipython"),
            "MATPLOTLIBRC": os.devnull,  # not the reader's settings, but their list of fonts: it takes a second to make
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        }
    )


def surroundings(root: Path) -> str:
    """A hash of all that a chapter's results depend on beside its own cells.

    The shared package with its data, press, the committed benchmark results, the locks, the packages that are
    installed (whatever the locks say), Python, and the kind of machine.
    """
    code = [path for path in (root / "code").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    others = [*(root / "requirements").glob("*.txt"), *(root / "benchmarks").glob("*.json")]
    site = Path(sysconfig.get_paths()["purelib"])
    installed = sorted(path.name for path in site.glob("*.dist-info"))
    return digest(files_digest(root, [*code, *others]), installed, sys.version, platform.platform())


def key(source: Source, around: str) -> list[Any]:
    """What the results of this chapter depend on."""
    steps = [
        [
            step.code,
            step.option("eval", True),
            step.option("error", False),
            step.options.get("warning"),
            step.label,
        ]
        if isinstance(step, Cell)
        else step.expression
        for step in source.steps
    ]
    return [str(source.path), steps, around]


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
    results: Results = {"cells": {}, "inlines": []}
    async with _kernel(client, environment(scratch)):
        count = 0
        pending: list[Inline] = []
        for step in source.steps:
            if isinstance(step, Inline):
                pending.append(step)
                continue
            results["inlines"] += await _inlines(client, source, pending)
            pending = []
            if not step.option("eval", True):
                results["cells"][step.label] = []
                continue
            on_cell(step.label)
            await _cell(client, source, step, count)
            results["cells"][step.label] = _outputs(source, step, client.nb.cells[count].outputs)
            count += 1
        results["inlines"] += await _inlines(client, source, pending)
    return results


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


def _outputs(source: Source, cell: Cell, outputs: list[Any]) -> list[Output]:
    """The outputs as press keeps them: without counts and metadata, one kind of data each."""
    kept: list[Output] = []
    # What goes to stderr comes last: where it stands between the rest is a matter of timing.
    for output in sorted(outputs, key=lambda output: output.get("name") == "stderr"):
        kind = output["output_type"]
        if kind == "stream":
            if output["name"] == "stderr":
                if "warning" not in cell.options and not cell.option("error", False):
                    raise refuse(
                        source.path,
                        cell.line,
                        f"the cell '{cell.label}' writes to stderr; say `warning: true` to show it, or mend it:\n"
                        f"{output['text'].strip()}",
                    )
                if not cell.option("warning", True):
                    continue
            item = {"kind": "stream", "text": output["text"].rstrip("\n")}
        elif kind == "error":
            item = {
                "kind": "error",
                "text": _short(output),
                "name": output["ename"],
                "value": output["evalue"],
            }
        else:
            mime = next((mime for mime in _MIMES if mime in output["data"]), None)
            if mime is None or (mime == "text/plain" and len(output["data"]) > 1):
                raise refuse(
                    source.path,
                    cell.line,
                    f"the cell '{cell.label}' shows {', '.join(output['data'])}; press knows {', '.join(_MIMES)}.",
                )
            item = {"kind": mime, "text": output["data"][mime].rstrip("\n")}
        if item["kind"] in ("stream", "error", "text/plain"):
            _refuse_text(source, cell, item["text"])
        kept.append(item)
    return kept


def _short(output: Any) -> str:
    """An expected error as the page shows it: its last line, which is what a reader looks for."""
    return f"{output['ename']}: {output['evalue']}"


def _refuse_text(source: Source, cell: Cell, text: str) -> None:
    if found := _CONTROL.search(text):
        raise refuse(
            source.path, cell.line, f"the cell '{cell.label}' prints the control character {found[0]!r}."
        )
    longest = max(map(len, text.split("\n")))
    if longest > LONGEST_LINE:
        raise refuse(
            source.path,
            cell.line,
            f"the cell '{cell.label}' prints a line of {longest} characters: the PDF holds {LONGEST_LINE}.",
        )


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
    return [_inline(source, inline, found[str(n)]) for n, inline in enumerate(pending)]


def _inline(source: Source, inline: Inline, result: dict[str, Any]) -> str:
    where = f"`{{python}} {inline.expression}`"
    if result["status"] != "ok":
        raise refuse(source.path, inline.line, f"{where} raised {result['ename']}: {result['evalue']}")
    text: str = result["data"].get("text/plain", "")
    if text[:1] in ("'", '"') and text[-1:] == text[:1]:
        if "\\" in text:
            raise refuse(
                source.path, inline.line, f"{where} gives {text}: engines differ on what must be escaped."
            )
        return text[1:-1]
    if re.fullmatch(r"-?\d+(\.\d+)?(e[-+]\d+)?|True|False", text):
        return text
    hint = ""
    if text.startswith(("np.", "array(")):
        hint = ' That is NumPy\'s, not a number of Python: give it a format, f"{…:.2f}".'
    raise refuse(
        source.path, inline.line, f"{where} gives {text or 'nothing'}, not text or a plain number.{hint}"
    )
