// ml_from_scratch's losses, curvature and least squares, for a line ŷ = wx + b. A point is [w, b].

import { dot } from "./vectors.js";

export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function residuals({ x, y }, [w, b]) {
  return y.map((value, place) => value - (w * x[place] + b));
}

export function meanSquaredError(data, point) {
  return mean(residuals(data, point).map((e) => e * e));
}

/** [∂L/∂w, ∂L/∂b] = [-(2/n) x·e, -(2/n) Σe]. */
export function gradientOfError(data, point) {
  const e = residuals(data, point);
  return [(-2 / e.length) * dot(data.x, e), -2 * mean(e)];
}

/** The line with the smallest loss, by its closed form. */
export function leastSquares({ x, y }) {
  const [middleX, middleY] = [mean(x), mean(y)];
  const from = x.map((value) => value - middleX);
  const w = dot(from, y.map((value) => value - middleY)) / dot(from, from);
  return [w, middleY - w * middleX];
}

/** The eigenvalues of the loss's second derivatives, the larger first: of 2 [[mean x², mean x], [mean x, 1]]. */
export function curvatures({ x }) {
  const [middle, square] = [mean(x), mean(x.map((value) => value * value))];
  const spread = Math.hypot(square - 1, 2 * middle);
  const large = square + 1 + spread;
  return [large, (4 * (square - middle * middle)) / large];
}

export function largestStableRate(data) {
  return 2 / curvatures(data)[0];
}
