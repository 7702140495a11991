"""The reader's repository: the commands, as printed, do what the chapter says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

PAGE = "chapters/10-publish.html"


def fences(text, language):
    """The bodies of the blocks in that language, in order."""
    found = re.findall(rf"^(`{{3,}}){language}\n(.*?)^\1$", text, re.MULTILINE | re.DOTALL)
    return [body for _, body in found]


@pytest.fixture(scope="module")
def source(sources):
    return sources[PAGE].text


@pytest.fixture(scope="module")
def readme(source):
    return fences(source, "markdown")[0]


@pytest.fixture(scope="module")
def log(source):
    return fences(source, "markdown")[1]


@pytest.fixture(scope="module")
def blocks(source):
    """The blocks of commands, named by what each does."""
    names = ("lists", "run", "commit", "push", "clone")
    # The README's own block lies inside a longer fence.
    outside = re.sub(r"^````markdown\n.*?^````$", "", source, flags=re.MULTILINE | re.DOTALL)
    return SimpleNamespace(**dict(zip(names, fences(outside, "bash"), strict=True)))


@pytest.fixture
def shell(tmp_path):
    """Run commands in the reader's new folder, at home in a folder without any settings of git's."""
    if not shutil.which("git"):
        pytest.skip("git is not installed")
    folder = tmp_path / "work" / "ml-from-scratch"
    folder.mkdir(parents=True)
    home = tmp_path / "home" / "reader"
    home.mkdir(parents=True)
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}

    def run(commands):
        done = subprocess.run(
            ["bash", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        return SimpleNamespace(code=done.returncode, out=done.stdout, err=done.stderr)

    return SimpleNamespace(run=run, folder=folder, home=home)


@pytest.fixture
def filled(shell, source, readme, log, blocks):
    """The reader's folder with every file of the printed tree."""
    tree = fences(source, "text")[0]
    for name in re.findall(r"[\w.-]+\.(?:ipynb|whl)", tree):
        (shell.folder / name).write_text('{"cells": []}')
    (shell.folder / "README.md").write_text(readme)
    (shell.folder / "LEARNING_LOG.md").write_text(log)
    assert shell.run("set -e\n" + blocks.lists).code == 0
    (shell.folder / "derivation" / "mse-gradient.jpg").write_bytes(b"\xff\xd8\xff\x00")
    return shell


def test_the_tree_names_every_file_that_the_commands_and_the_readme_need(source, readme, book):
    tree = fences(source, "text")[0]
    for name in re.findall(r"`([\w./-]+)`", readme):
        assert name.rstrip("/").split("/")[-1] in tree
    (wheel,) = (book / "notebooks").glob("*.whl")
    assert wheel.name in tree
    assert (book / "notebooks" / "01-linear-regression.ipynb").is_file()


def test_the_two_lists_are_written_as_said(says, filled, root):
    says("sec-your-repository", "which brings NumPy and Matplotlib along")
    assert (filled.folder / ".gitignore").read_text().split() == [
        ".venv/",
        ".ipynb_checkpoints/",
        ".DS_Store",
        ".env",
    ]
    jupyter, wheel = (filled.folder / "requirements.txt").read_text().split()
    assert jupyter == "jupyter"
    assert (filled.folder / wheel).is_file()
    needs = re.search(r"\ndependencies = \[(.*?)\n\]", (root / "pyproject.toml").read_text(), re.DOTALL)[1]
    assert re.findall(r'"(\w+)', needs) == ["numpy", "matplotlib"]


def test_the_commands_commit_every_file_on_main_and_find_nothing_to_hide(filled, blocks):
    (filled.folder / ".venv").mkdir()
    (filled.folder / ".venv" / "x").write_text("password")
    (filled.folder / ".env").write_text("API_KEY=1")
    searched = filled.run(blocks.commit)
    assert searched.code == 1, searched.err  # git grep found nothing
    listed = [line.split(maxsplit=1) for line in searched.out.splitlines() if line[2:3] == " "]
    assert {mark for mark, _ in listed} == {"A"}
    assert {path for _, path in listed} == {
        ".gitignore",
        "01-linear-regression.ipynb",
        "LEARNING_LOG.md",
        "README.md",
        "derivation/mse-gradient.jpg",
        "learning-rates.ipynb",
        "ml_from_scratch-0.1.0-py3-none-any.whl",
        "requirements.txt",
    }
    commit = blocks.push.splitlines()[0]
    assert filled.run(commit).code == 0
    assert filled.run("git log --format='%an|%ae|%s|%D'").out.strip() == (
        "YOUR NAME|YOUR-ADDRESS|Linear regression from scratch: derived, built, verified|HEAD -> main"
    )


@pytest.mark.parametrize(
    "leak",
    [
        "{home}/week/data.csv",
        "/home/me/x.py",
        "/Users/me/x.py",
        r"C:\\Users\\Me\\x.py",  # as a notebook's JSON writes it
        "my Password is",
        "API_KEY = 1",
        "apikey",
    ],
)
def test_the_search_finds_a_leak_in_a_notebooks_output(says, filled, blocks, leak):
    says("sec-publish-checks", "notebooks' outputs included, for paths of your machine")
    text = leak.format(home=filled.home)
    (filled.folder / "learning-rates.ipynb").write_text(f'{{"outputs": ["{text}"]}}')
    found = filled.run(blocks.commit)
    assert found.code == 0
    assert "learning-rates.ipynb:1:" in found.out


def test_what_is_pushed_arrives_in_a_fresh_copy(filled, blocks, tmp_path):
    host = tmp_path / "host.git"
    assert filled.run(f"git init --bare -b main {host}").code == 0
    filled.run(blocks.commit)
    address = "https://github.com/YOUR-ACCOUNT/ml-from-scratch.git"
    assert address in blocks.push
    assert address in blocks.clone
    assert filled.run("set -e\n" + blocks.push.replace(address, str(host))).code == 0
    done = filled.run("set -e\n" + blocks.clone.replace(address, str(host)) + "pwd; ls")
    assert done.code == 0, done.err
    assert done.out.splitlines()[0].endswith("work/fresh-copy")
    assert "requirements.txt" in done.out.splitlines()


def test_a_deleted_secret_stays_in_the_history(says, filled, blocks):
    says("sec-publish-checks", "the history keeps what you delete")
    secret = filled.folder / "notes.txt"
    secret.write_text("hunter2")
    filled.run(blocks.commit)
    filled.run("git commit -m one && git rm -q notes.txt && git commit -m two")
    assert not secret.exists()
    assert "hunter2" in filled.run("git log -p -- notes.txt").out


def test_running_a_notebook_from_the_command_line_stops_at_the_first_cell_that_fails(says, blocks, tmp_path):
    says("sec-publish-checks", "stops at the first cell that fails")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("nbconvert")
    command = blocks.run.splitlines()[1].removeprefix("uv run jupyter ").removesuffix(" *.ipynb").split()
    new = nbformat.v4.new_code_cell
    for name, cells in {"sound": ["1 + 1"], "broken": ["1 / 0", "1 + 1"]}.items():
        notebook = nbformat.v4.new_notebook(cells=[new(cell) for cell in cells])
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    for name, code in (("sound", 0), ("broken", 1)):
        done = subprocess.run(
            [sys.executable, "-m", *command, f"{name}.ipynb"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stderr
    (cell,) = nbformat.read(tmp_path / "sound.ipynb", as_version=4).cells
    assert cell.outputs[0].data["text/plain"] == "2"
    assert "ZeroDivisionError" in done.stderr
