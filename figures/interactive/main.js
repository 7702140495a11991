// Figures that the reader can touch. The page is whole without this script: it puts a widget in the place of the still
// image of each `.interactive` whose name it knows, and leaves the others alone.
//
// A widget is { label, schema, build }:
//   label    what it is, for a screen reader;
//   schema   its state, a few numbers: where each starts and what it may be (state.js). Any state can be linked to;
//   build    is called once with the figure, { state, set, put, request, calm } (figure.js), and returns
//     parts     what to show, the plane first: it takes the room that the others leave;
//     draw      (state) => words: draws the state, and says the result in a sentence or two. It is called once a frame
//               at most, and after a change of size; it must not change the state;
//     reset     forgets what is not in the state, such as a run under way (optional);
//     buttons   to stand before Reset and the link (optional).
// One that comes in several kinds is a function of the wrapper's data-… attributes which returns such an object.
// Numbers come from arithmetic/, pure functions without a page, each checked against the Python package by the cases
// that tests/js/write_cases.py writes. Parts to build from: makePlane, addHandle, arrow, line, label, makeSlider.
// Colours are roles, the class role-data and its like. A drawing animates only where figure.calm() is false.
// To add one: a module in widgets/, a line below, and its heights in figures/css/60-interactive.css.
import { startFigure } from "./figure.js";
import { bowl } from "./widgets/bowl.js";
import { derivative } from "./widgets/derivative.js";
import { descent1d } from "./widgets/descent-1d.js";
import { dotProduct } from "./widgets/dot-product.js";
import { firstLine } from "./widgets/first-line.js";
import { fitTheLine } from "./widgets/fit-the-line.js";
import { highDimensions } from "./widgets/high-dimensions.js";
import { twoViews } from "./widgets/two-views.js";

const widgets = {
  "bowl": bowl,
  "derivative": derivative,
  "descent-1d": descent1d,
  "dot-product": dotProduct,
  "first-line": firstLine,
  "fit-the-line": fitTheLine,
  "high-dimensions": highDimensions,
  "two-views": twoViews,
};

for (const root of document.querySelectorAll(".interactive[data-figure]")) {
  const name = root.dataset.figure;
  if (!Object.hasOwn(widgets, name)) continue;
  try {
    const widget = widgets[name];
    startFigure(root, typeof widget === "function" ? widget(root.dataset) : widget);
  } catch (error) {
    reportError(error); // its image stands, and the others are started
  }
}
