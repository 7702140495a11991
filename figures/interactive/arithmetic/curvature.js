// ml_from_scratch.curvature and scaling, for a line ŷ = wx + b over data of one feature.

import { curvatures, leastSquares, mean, meanSquaredError } from "./regression.js";
import { dot } from "./vectors.js";

/** The Hessian but for its last entry, which is 2: ∂²L/∂w² and ∂²L/∂w∂b. */
function secondDerivatives({ x }) {
  return [2 * mean(x.map((value) => value * value)), 2 * mean(x)];
}

/**
 * The axes of the bowl, { flat, steep }: unit vectors in (w, b), the eigenvectors of the Hessian. A round bowl has no axes of
 * its own, and gets those of w and b.
 */
export function axesOfBowl(data) {
  const [xx, x1] = secondDerivatives(data);
  const turn = conditionNumber(data) < 1 + 1e-9 ? 0 : Math.atan2(2 * x1, xx - 2) / 2;
  return { flat: [-Math.sin(turn), Math.cos(turn)], steep: [Math.cos(turn), Math.sin(turn)] };
}

/** λmax/λmin: 1 for a round bowl, large for a narrow valley. */
export function conditionNumber(data) {
  const [large, small] = curvatures(data);
  return large / small;
}

/** 2/(λmin + λmax): along both axes the distance then shrinks by the same factor. */
export function bestRate(data) {
  const [large, small] = curvatures(data);
  return 2 / (small + large);
}

/** Z-scores, by the population's standard deviation. */
export function standardize(x) {
  const middle = mean(x);
  const deviation = Math.sqrt(mean(x.map((value) => (value - middle) ** 2)));
  return x.map((value) => (value - middle) / deviation);
}

/** The loss as what it is, a bowl: from the least-squares line and the Hessian alone, so that no step reads the data. */
export function makeBowl(data) {
  const best = leastSquares(data);
  const least = meanSquaredError(data, best);
  const [xx, x1] = secondDerivatives(data);
  const gradient = ([w, b]) => {
    const [u, v] = [w - best[0], b - best[1]];
    return [xx * u + x1 * v, x1 * u + 2 * v];
  };
  const loss = (point) => least + dot(gradient(point), [point[0] - best[0], point[1] - best[1]]) / 2;
  return { best, least, gradient, loss };
}

/** How far from the minimum each point of a walk lies along an axis. */
export function alongAxis(points, best, axis) {
  return points.map(([w, b]) => dot([w - best[0], b - best[1]], axis));
}

/**
 * The factor by which the last step of a walk multiplied a distance; of the last step whose distance rounding does not
 * blur, that is one above `blur`. NaN where there is none.
 */
export function measuredFactor(distances, blur) {
  for (let step = distances.length - 1; step > 0; step--) {
    if (Math.abs(distances[step - 1]) > blur) return distances[step] / distances[step - 1];
  }
  return NaN;
}
