"""A computation as a graph: values flow forward along its arrows, slopes come back."""

from collections.abc import Mapping

from matplotlib.axes import Axes

from ml_from_scratch.figures._marks import write
from ml_from_scratch.style import PALETTE


def draw_graph(
    axes: Axes,
    nodes: Mapping[str, tuple[tuple[float, float], str]],
    arrows: Mapping[tuple[str, str], str],
) -> None:
    """Draw boxes joined by arrows.

    nodes gives for each box's words where it stands, and the words below it, what comes back to it. arrows gives, for
    the words of the boxes at its tail and head, what stands on it.
    """
    axes.set_axis_off()
    boxes = {}
    for words, (at, below) in nodes.items():
        frame = {"boxstyle": "round,pad=0.45", "facecolor": "none", "edgecolor": PALETTE["muted"].light}
        boxes[words] = axes.annotate(
            words, at, ha="center", va="center", bbox=frame, color=PALETTE["ink"].light
        )
        write(axes, below, at, "gradient", offset=(0, -21), ha="center", va="top")
    for (tail, head), words in arrows.items():
        (x0, y0), (x1, y1) = nodes[tail][0], nodes[head][0]
        line = {
            "arrowstyle": "-|>",
            "patchA": boxes[tail].get_bbox_patch(),
            "patchB": boxes[head].get_bbox_patch(),
            "shrinkA": 2,
            "shrinkB": 2,
            "color": PALETTE["muted"].light,
            "mutation_scale": 12,
        }
        axes.annotate("", (x1, y1), xytext=(x0, y0), arrowprops=line)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        write(axes, words, middle, "prediction", offset=(0, 7), ha="center", va="bottom")
    places = [at for at, _ in nodes.values()]
    axes.set(
        xlim=(min(x for x, _ in places) - 0.5, max(x for x, _ in places) + 0.5),
        ylim=(min(y for _, y in places) - 0.6, max(y for _, y in places) + 0.4),
    )
