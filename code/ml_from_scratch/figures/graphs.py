"""A computation as a graph: values flow forward along its arrows, slopes come back."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from ml_from_scratch.figures._marks import write
from ml_from_scratch.style import PALETTE

MINUS = "\N{MINUS SIGN}"


def draw_graph(
    axes: Axes,
    boxes: Sequence[tuple[str, tuple[float, float], str]],
    arrows: Sequence[tuple[int, int, str]],
) -> None:
    """Draw boxes joined by arrows.

    boxes gives for each the words in it, the place of its middle, and what comes back to it, which stands below.
    arrows gives for each the boxes at its tail and head, counted from 0, and the words on it.
    """
    axes.set_axis_off()
    frame = {"boxstyle": "round,pad=0.45", "facecolor": "none", "edgecolor": PALETTE["muted"].light}
    drawn = []
    for words, at, below in boxes:
        ink = PALETTE["ink"].light
        drawn.append(axes.annotate(words, at, ha="center", va="center", bbox=frame, color=ink))
        write(axes, below.replace("-", MINUS), at, "gradient", offset=(0, -17), ha="center", va="top")
    for tail, head, words in arrows:
        (x0, y0), (x1, y1) = boxes[tail][1], boxes[head][1]
        line = {
            "arrowstyle": "-|>",
            "color": PALETTE["muted"].light,
            "mutation_scale": 12,
            "patchA": drawn[tail].get_bbox_patch(),  # so that the arrow runs from frame to frame
            "patchB": drawn[head].get_bbox_patch(),
            "shrinkA": 2,
            "shrinkB": 2,
        }
        axes.annotate("", (x1, y1), xytext=(x0, y0), arrowprops=line)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        slanted = 4 if y0 == y1 else 9  # points: a label keeps clear of an arrow that rises or falls
        write(
            axes,
            words.replace("-", MINUS),
            middle,
            "prediction",
            offset=(0, slanted),
            ha="center",
            va="bottom",
        )
    xs, ys = zip(*(at for _, at, _ in boxes), strict=True)
    axes.set(xlim=(min(xs) - 0.4, max(xs) + 0.4), ylim=(min(ys) - 0.5, max(ys) + 0.3))
