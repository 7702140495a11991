"""A package's reference, from its docstrings."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from press import reference

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shown(tmp_path: Path, monkeypatch):
    """Show a module of this source."""

    def show(source: str) -> str:
        (tmp_path / "sample").mkdir(exist_ok=True)
        (tmp_path / "sample" / "__init__.py").write_text('"""A sample."""\n')
        (tmp_path / "sample" / "shapes.py").write_text(textwrap.dedent(source))
        monkeypatch.setattr(reference, "CODE", tmp_path)
        return reference.show_module("sample.shapes")._repr_markdown_()

    return show


def test_a_function_shows_its_signature_as_it_is_written_and_its_docstring(shown):
    text = shown('''
        """Shapes."""
        def area(width: float, *, height: float = 2.0) -> float:
            """Area of a_b.

            In squares of `unit`.
            """
    ''')
    assert text == (
        "Shapes.\n\n```{#sample.shapes.area .python}\narea(width: float, *, height: float = 2.0) -> float\n```\n\n"
        "Area of a\\_b.\n\nIn squares of `unit`."
    )


def test_a_long_signature_has_a_parameter_a_line(shown):
    text = shown('''
        """Shapes."""
        def box(first_side: float, second_side: float, third_side: float, *others: float, unit: str = "mm") -> float:
            """Volume."""
    ''')
    lines = text.split(".box .python}\n")[1].split("\n```")[0].splitlines()
    assert lines == [
        "box(",
        "    first_side: float,",
        "    second_side: float,",
        "    third_side: float,",
        "    *others: float,",
        "    unit: str = 'mm',",
        ") -> float",
    ]


def test_a_class_shows_what_it_is_made_of_its_methods_and_its_properties(shown):
    text = shown('''
        """Shapes."""
        from dataclasses import dataclass
        @dataclass(frozen=True)
        class Square:
            """A square.

            side: its length.
            unit: of the side.
            """
            side: float
            unit: str = ""
            @property
            def area(self) -> float:
                """Its area."""
            def grow(self, by: float) -> "Square":
                """A larger one."""
            def _hidden(self) -> None:
                """Nobody's business."""
    ''')
    assert "Square(side: float, unit: str = '')" in text
    assert "- `side`: its length.\n- `unit`: of the side." in text
    assert "```{#sample.shapes.Square.area .python}\nSquare.area\n```\n\nIts area." in text
    assert "Square.grow(by: float)" in text
    assert "hidden" not in text


def test_an_override_is_left_to_its_base_class(shown):
    text = shown('''
        """Shapes."""
        class Shape:
            """A shape."""
            def area(self) -> float:
                """Its area."""
        class Square(Shape):
            """A square."""
            def area(self) -> float:
                return 4
    ''')
    assert text.count("area() -> float") == 1


def test_a_package_shows_what_it_exports_wherever_it_is_written(shown, tmp_path):
    shown('"""Shapes."""\ndef area() -> float:\n    """Area."""\ndef helper() -> None:\n    """Nobody."""\n')
    front = '"""A sample."""\nfrom sample.shapes import area, helper\n__all__ = ["area"]\n'
    (tmp_path / "sample" / "__init__.py").write_text(front)
    text = reference.show_module("sample")._repr_markdown_()
    assert text == "A sample.\n\n```{#sample.area .python}\narea() -> float\n```\n\nArea."


def test_only_the_modules_own_public_names_are_shown(shown):
    text = shown('''
        """Shapes."""
        from math import sqrt
        LIMIT = 3
        def _helper() -> None:
            """Nobody's business."""
        def area() -> float:
            """Area."""
    ''')
    assert text == "Shapes.\n\n```{#sample.shapes.area .python}\narea() -> float\n```\n\nArea."


def test_markup_means_itself(shown):
    text = shown('''
        """Shapes."""
        def area() -> float:
            """Area; x@y and @sec-areas are no references, [1] no link, *this* not slanted."""
    ''')
    assert text.endswith(
        r"Area; x\@y and \@sec-areas are no references, \[1\] no link, \*this\* not slanted."
    )


def test_a_public_name_without_a_docstring_is_refused(shown):
    with pytest.raises(ValueError, match=r"sample\.shapes\.area has no docstring"):
        shown('''
            """Shapes."""
            def area() -> float: ...
        ''')


def test_a_module_that_is_not_there_is_named(shown):
    shown('"""Shapes."""')
    for name in ("sample.lines", "nowhere"):
        with pytest.raises(ModuleNotFoundError, match=name):
            reference.show_module(name)
