"""The package's front door: its names, their documentation, and what importing it costs."""

import inspect
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import ml_from_scratch


def test_every_public_name_is_there_and_sorted():
    assert all(hasattr(ml_from_scratch, name) for name in ml_from_scratch.__all__)
    assert sorted(ml_from_scratch.__all__) == ml_from_scratch.__all__


@pytest.mark.parametrize("name", ml_from_scratch.__all__)
def test_every_public_name_is_documented(name):
    assert len(inspect.getdoc(getattr(ml_from_scratch, name)) or "") > 40


@pytest.mark.parametrize("name", [name for name in ml_from_scratch.__all__ if name[0].islower()])
def test_every_function_tells_the_shapes_it_takes(name):
    text = inspect.getdoc(getattr(ml_from_scratch, name)) or ""
    assert any(shape in text for shape in ("(d,)", "(n,)", "(n, d)", "(n, 1)", "(24, 1)"))


def test_importing_the_package_does_not_import_matplotlib():
    package_folder = str(Path(ml_from_scratch.__file__).parents[1])
    program = (
        f"import sys; sys.path.insert(0, {package_folder!r}); import ml_from_scratch; print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "ml_from_scratch.linear" in loaded.split()
    assert not any(name.split(".")[0] == "matplotlib" for name in loaded.split())


def test_the_package_is_marked_as_typed():
    assert (resources.files("ml_from_scratch") / "py.typed").is_file()
