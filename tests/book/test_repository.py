"""What is committed: nothing of one machine, nothing of one network."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

# A lock or a setting that names an index works only where that index is reached.
INDEX = re.compile(
    r"--(extra-)?index-url|--find-links|--trusted-host|index-url\s*=|\bhttps?://[^\s\"']*/simple\b"
)
PLACES = re.compile(r"(?<![\w.:/<}\"-])/(?:home|root|Users|work|tmp|mnt|opt|private|workspace)/[\w.-]+")


@pytest.fixture(scope="module")
def tracked(root: Path) -> dict[str, str]:
    """The text of every tracked file, and of every new one that is not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is not a git repository")
    found = {}
    for name in filter(None, done.stdout.split("\0")):
        try:
            found[name] = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    found.pop(str(Path(__file__).relative_to(root)))
    assert len(found) > 50
    return found


def test_no_file_names_a_package_index(tracked):
    assert not {name: found[0] for name, text in tracked.items() if (found := INDEX.search(text))}


def test_no_file_names_a_folder_of_one_machine(tracked, root: Path):
    here = str(root)
    assert not [name for name, text in tracked.items() if here in text]
    assert not {name: found[0] for name, text in tracked.items() if (found := PLACES.search(text))}


def test_every_locked_package_has_a_hash_and_no_address(tracked):
    locks = {name: text for name, text in tracked.items() if re.fullmatch(r"requirements/\w+\.txt", name)}
    assert locks
    for name, text in locks.items():
        entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
        for entry in entries:
            if not entry.startswith("#"):
                assert "--hash=sha256:" in entry, f"{name}: {entry.splitlines()[0]}"
        assert "://" not in text, name


def test_the_chapters_draw_on_no_file_outside_the_book(sources):
    for name, source in sources.items():
        for label, (_, code) in source.cells.items():
            assert not re.search(r"open\(|read_csv|urlopen|requests\.|https?://", code), f"{name}: {label}"


def test_what_set_up_and_builds_make_is_not_tracked(tracked):
    made = re.compile(r"^(_book|\.venv|\.press|figures/built)/|__pycache__|\.ipynb$|\.pdf$|\.epub$|\.whl$")
    assert not [name for name in tracked if made.search(name)]
