"""The notebooks, as their reader meets them: beside the package's wheel, on a machine without this repository."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import nbformat
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# In a process of its own: kernels' sockets are closed by its end.
RUN = """
import sys
import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from pathlib import Path
path, kernels = Path(sys.argv[1]), sys.argv[2]
specs = KernelSpecManager(kernel_dirs=[kernels], ensure_native_kernel=False)
client = NotebookClient(
    nbformat.read(path, as_version=4),
    km=AsyncKernelManager(kernel_name="fresh", kernel_spec_manager=specs),
    timeout=120,
    resources={"metadata": {"path": str(path.parent)}},
    extra_arguments=["--log-level=ERROR"],
    coalesce_streams=True,
)
print(nbformat.writes(client.execute()))
"""

NAMES = [
    "01-linear-regression",
    "01-two-views",
    "02-vector-operations",
    "03-cosine-identity",
    "03b-attention",
    "04-gradient-descent",
    "05-mse-gradient",
    "06-linear-regression",
    "06b-trust",
    "07-learning-rate",
    "07b-loss-clinic",
    "08-features-and-scale",
    "08b-cost-of-a-step",
    "tutorials",
]
UNNUMBERED = ["03b-attention", "06b-trust"]  # interludes that refer to nothing by number


@pytest.fixture(scope="module")
def notebooks(book: Path) -> dict[str, nbformat.NotebookNode]:
    found = sorted((book / "notebooks").glob("*.ipynb"))
    return {path.stem: nbformat.read(path, as_version=4) for path in found}


@pytest.fixture(scope="module")
def wheel(book: Path) -> Path:
    (found,) = (book / "notebooks").glob("*.whl")
    return found


@pytest.fixture(scope="module")
def rerun(notebooks, wheel, environment, tmp_path_factory) -> Callable[[str], nbformat.NotebookNode]:
    """Run a notebook in a fresh environment; those with the same code run once."""
    python = environment("notebook.txt", wheel)
    away = tmp_path_factory.mktemp("reader")
    (away / "kernels" / "fresh").mkdir(parents=True)
    spec = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "fresh",
        "language": "python",
        # None of this repository's paths and settings.
        "env": {
            "PYTHONPATH": "",
            "MPLCONFIGDIR": str(away / "matplotlib"),
            "IPYTHONDIR": str(away / "ipython"),
        },
    }
    (away / "kernels" / "fresh" / "kernel.json").write_text(json.dumps(spec))
    done: dict[str, nbformat.NotebookNode] = {}

    def run(name: str) -> nbformat.NotebookNode:
        code = "\n\n".join(cell.source for cell in code_cells(notebooks[name]))
        if code not in done:
            bare = nbformat.from_dict(json.loads(json.dumps(notebooks[name])))
            for cell in code_cells(bare):
                cell.outputs = []
            nbformat.write(bare, away / "bare.ipynb")
            command = [sys.executable, "-c", RUN, str(away / "bare.ipynb"), str(away / "kernels")]
            made = subprocess.run(command, capture_output=True, text=True, check=False)
            assert made.returncode == 0, made.stderr
            done[code] = nbformat.reads(made.stdout, as_version=4)
        return done[code]

    return run


def texts(cell) -> list[str]:
    """What a cell's outputs say in words; pictures are only named."""
    said = []
    for output in cell.outputs:
        if output.output_type == "stream":
            said.append(f"{output.name}: {output.text.rstrip()}")
        elif output.output_type == "error":
            said.append(f"{output.ename}: {output.evalue}")
        elif any(mime.startswith("image/") for mime in output.data):
            said.append("a picture")
        else:
            said.append(output.data.get("text/markdown", output.data["text/plain"]).rstrip())
    return said


def code_cells(notebook) -> list:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_there_is_one_for_each_chapter_and_one_for_each_key_that_chapters_share(notebooks, sources):
    matters = {source.path.stem: source.front_matter.get("notebook") for source in sources.values()}
    wanted = {stem for stem, key in matters.items() if key} | {key for key in matters.values() if key}
    assert set(notebooks) == wanted == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid(notebooks, name):
    nbformat.validate(notebooks[name])
    ids = [cell.id for cell in notebooks[name].cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_its_first_cell_says_how_to_install_what_it_imports(notebooks, wheel, name):
    assert f"uv add ./{wheel.name}" in notebooks[name].cells[0].source


@pytest.mark.parametrize("name", NAMES)
def test_its_prose_has_readable_references_and_no_syntax_of_the_sources(notebooks, name):
    text = prose(notebooks[name])
    assert bool(re.search(r"\b(Figure|Equation|Table)\s\d+\.\d", text)) == (name not in UNNUMBERED)
    for left in (r"@(sec|fig|eq|tbl)-", r":::", r"\{#", r"\{python\}", r"\{\.", r"data-", r"<div", r"<span"):
        assert not re.search(left, text), left


@pytest.mark.parametrize("name", NAMES)
def test_its_links_lead_to_files_and_anchors_of_the_site(book: Path, notebooks, pages, name):
    targets = re.findall(r"\]\(<?([^)>\s]+)>?\)", prose(notebooks[name]))
    assert targets
    for target in targets:
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        anchor, _, state = anchor.partition(":")  # a state of a figure to touch, behind the figure's own id
        assert not state or anchor.startswith("fig-"), target
        found = (book / "notebooks" / path).resolve()
        assert found.is_file(), target
        if anchor:
            assert anchor in pages[str(found.relative_to(book.resolve()))].ids, target


def test_a_combined_one_holds_its_chapters_cells_in_order(notebooks, sources):
    combined: dict[str, list] = {}
    for source in sources.values():
        if key := source.front_matter.get("notebook"):
            combined.setdefault(key, []).extend(c.source for c in code_cells(notebooks[source.path.stem]))
    for key, codes in combined.items():
        assert [cell.source for cell in code_cells(notebooks[key])] == codes


def test_each_holds_all_of_its_chapters_cells(notebooks, sources):
    for source in sources.values():
        if source.front_matter.get("notebook"):
            stored = [cell.source.rstrip() for cell in code_cells(notebooks[source.path.stem])]
            run = [code.rstrip() for options, code in source.cells.values() if options.get("eval", True)]
            assert stored == run


def test_a_hidden_answer_is_folded_and_a_wrong_option_is_not_marked_before_it_is_opened(notebooks):
    for notebook in notebooks.values():
        text = prose(notebook)
        assert text.count("<details>") == text.count("</details>") > 3
        visible = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
        assert "Right." not in visible
        assert "Not this one." not in visible


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_in_a_fresh_environment_and_says_what_is_stored(notebooks, sources, rerun, name):
    made = rerun(name)
    cells = {label: options for source in sources.values() for label, (options, _) in source.cells.items()}
    for stored, fresh in zip(code_cells(notebooks[name]), code_cells(made), strict=True):
        assert stored.source == fresh.source
        wanted = texts(stored)
        again = texts(fresh)
        if cells[stored.id].get("warning") is False:
            assert any(said.startswith("stderr") for said in again), (
                f"{stored.id} has no warning to leave out"
            )
            again = [said for said in again if not said.startswith("stderr")]
        if cells[stored.id].get("output") is False:
            assert again, f"{stored.id} shows nothing that could be hidden"
            again = []
        assert again == wanted, stored.id
        assert not any(said.startswith("stderr") for said in wanted), stored.id


def test_the_reader_gets_the_package_from_the_wheel(environment, wheel, tmp_path):
    python = environment("notebook.txt", wheel)
    words = "import ml_from_scratch; print(ml_from_scratch.__file__)"
    done = subprocess.run(
        [str(python), "-I", "-c", words], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert str(python.parents[1]) in done.stdout


def parts(notebook) -> dict[str, str]:
    """A notebook's sections, by their titles without numbers: the prose, and the id of each code cell in its place."""
    stream = "\n\n".join(
        cell.source if cell.cell_type == "markdown" else f"%% {cell.id}" for cell in notebook.cells
    )
    _, *pieces = re.split(r"^#{1,2} (.*)$", stream, flags=re.MULTILINE)
    found: dict[str, str] = {}
    for title, text in zip(pieces[::2], pieces[1::2], strict=True):
        name = re.sub(r"^(Chapter\s)?[\d.]+\s", "", title)
        found[name] = found.get(name, "") + text
    return found


def outputs(notebook, name: str) -> str:
    """What the code cell of that id shows."""
    (cell,) = [cell for cell in code_cells(notebook) if cell.id == name]
    assert cell.outputs, name
    return "\n".join(texts(cell))


def test_the_output_of_session_a_has_its_parts(notebooks):
    tutorials = notebooks["tutorials"]
    found = parts(tutorials)
    # The identity, with its worked example.
    assert r"\rVert \cos \theta" in found["One number, two readings"]
    worked = found["A worked example"]
    assert "Algebra" in worked
    assert "Geometry" in worked
    # The four-pairs experiment: what the angle predicts, and what is measured.
    assert "%% tbl-four-pairs" in found["Four pairs"]
    table = outputs(tutorials, "tbl-four-pairs")
    for pair in ("parallel", "perpendicular", "opposite", "at 45°"):
        (row,) = [line for line in table.splitlines() if line.startswith(f"| {pair}")]
        *_, predicted, measured, _ = (cell.strip() for cell in row.split("|"))
        assert predicted == measured, pair
    # Self-checks, with answers behind a fold.
    for question, answer in (
        ("cosine similarity of", "same direction, angle zero"),
        ("dot product of zero", "They are perpendicular"),
        ("Why does attention divide", "typical size"),
    ):
        asked, _, rest = found["Check yourself"].partition(question)[2].partition("<details><summary>Answer")
        assert asked, question
        assert answer in rest.partition("</details>")[0]


def test_the_output_of_session_b_has_its_parts(notebooks):
    regression = notebooks["01-linear-regression"]
    found = parts(regression)
    order = [cell.id for cell in code_cells(regression)]
    # The derivation, line by line, each line a cell that shows something.
    steps = [name for name in order if name.startswith("step-")]
    assert len(steps) >= 10
    assert all(outputs(regression, name) for name in steps)
    # Training: the bare loop, with its line of progress.
    assert "%% bare-loop" in found["The whole loop"]
    progress = outputs(regression, "bare-loop").splitlines()
    assert len(progress) == 11
    assert progress[-1].split() == ["step", "1000", "loss", "0.9589", "w", "2.0077", "b", "2.9870"]
    # Plots: the loss by step and the fit, and the four rates.
    assert outputs(regression, "fig-descent") == "a picture"
    # The sensitivity study.
    table = outputs(regression, "tbl-four-rates")
    for rate in ("0.001", "0.01", "0.1", "0.5"):
        assert re.search(rf"(?<![\d.]){re.escape(rate)}(?!\d)", table), rate
    # In the order of the work.
    places = [order.index(name) for name in (steps[-1], "bare-loop", "fig-descent", "tbl-four-rates")]
    assert places == sorted(places)
