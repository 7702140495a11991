import inspect
import math

import pytest

from ml_from_scratch import show, vectors
from ml_from_scratch.show import scientific, show_source, show_table


def test_source_is_shown_as_it_stands_in_the_module():
    text = show_source(vectors.norm)._repr_markdown_()
    first, *lines, last = text.split("\n")
    assert (first, last) == ("```python", "```")
    assert "\n".join(lines) == inspect.getsource(vectors.norm).rstrip()


def test_source_of_a_method_starts_at_the_margin():
    text = show_source(show.Markdown._repr_markdown_).text
    assert text == "```python\ndef _repr_markdown_(self) -> str:\n    return self.text\n```"


def test_source_of_a_class_is_shown_whole():
    assert "class Markdown:" in show_source(show.Markdown).text


def fenced():
    """Write ``` and ```` here."""


def test_a_fence_is_longer_than_any_inside():
    text = show_source(fenced).text
    assert text.startswith("`````python\n")
    assert text.endswith("\n`````")


def test_what_has_no_source_is_refused():
    with pytest.raises(TypeError):
        show_source(len)


def test_a_table_is_a_pipe_table_with_its_numbers_on_the_right():
    table = show_table(["run", "loss"], [["sound", "0.96"], ["too fast", "1.2e+05"]])
    assert table._repr_markdown_() == (
        "| run | loss |\n| :--- | ---: |\n| sound | 0.96 |\n| too fast | 1.2e+05 |"
    )


@pytest.mark.parametrize("cell", ["3", "-0.5", "−0.5", "1,000", "12%", "45°", "1e-9", "inf"])
def test_what_a_page_writes_for_a_number_goes_right(cell):
    assert show_table(["x"], [[cell]]).text.split("\n")[1] == "| ---: |"


@pytest.mark.parametrize("cell", ["", "two", "3 km", "1-2"])
def test_anything_else_goes_left(cell):
    assert show_table(["x"], [["1"], [cell]]).text.split("\n")[1] == "| :--- |"


def test_align_decides_where_it_is_given():
    table = show_table(["a", "b", "c"], [["1", "2", "3"]], align=["left", "center", "right"])
    assert table.text.split("\n")[1] == "| :--- | :---: | ---: |"


def test_pipes_and_line_breaks_stay_inside_their_cell():
    table = show_table(["|v|"], [["a\nb | c"]])
    assert table.text == "| \\|v\\| |\n| :--- |\n| a b \\| c |"


def test_a_table_may_have_no_rows():
    assert show_table(["a"], []).text == "| a |\n| :--- |"


@pytest.mark.parametrize("row", [["1"], ["1", "2", "3"]])
def test_a_row_of_another_length_is_refused(row):
    with pytest.raises(ValueError, match="Each row must have 2 cells"):
        show_table(["a", "b"], [row])


def test_an_unformatted_number_is_refused():
    with pytest.raises(TypeError, match=r"already formatted; got 0\.5"):
        show_table(["a"], [[0.5]])


@pytest.mark.parametrize("align", [["left"], ["left", "middle"]])
def test_an_align_that_does_not_fit_is_refused(align):
    with pytest.raises(ValueError, match="to 2 columns"):
        show_table(["a", "b"], [["1", "2"]], align=align)


@pytest.mark.parametrize(
    ("number", "digits", "written"),
    [
        (5e-9, 1, "5 × 10⁻⁹"),
        (-2.04e-10, 2, "−2.0 × 10⁻¹⁰"),
        (123456, 3, "1.23 × 10⁵"),
        (9.6, 1, "1 × 10¹"),
        (0, 1, "0 × 10⁰"),
    ],
)
def test_a_number_is_written_as_a_power_of_ten(number, digits, written):
    assert scientific(number, digits) == written


@pytest.mark.parametrize(("number", "digits"), [(math.inf, 1), (math.nan, 1), (1.0, 0)])
def test_what_makes_no_power_of_ten_is_refused(number, digits):
    with pytest.raises(ValueError, match="A finite number and at least one digit"):
        scientific(number, digits)
