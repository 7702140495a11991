// ml_from_scratch.descent: the loop that knows only a gradient and a start.

const close = (a, b) => Math.max(...a.map((value, place) => Math.abs(value - b[place]))) <= 1e-8 * Math.max(...b.map(Math.abs));

/**
 * Walks downhill from start, an array: point - rate · gradient(point), `steps` times. Ends early at the first loss or
 * point that is not finite, or where rounding stops it.
 * Returns { points, losses, outcome }, the start included; outcome: "converged", "out of steps" or "diverged".
 */
export function descend(gradient, start, { rate, steps, loss }) {
  const [points, losses, visited] = [[start], [loss(start)], new Set()];
  const done = (outcome) => ({ points, losses, outcome });
  for (let point = start; ; points.push(point), losses.push(loss(point))) {
    if (!Number.isFinite(losses.at(-1))) return done("diverged");
    if (points.length > steps) return done("out of steps");
    const slope = gradient(point);
    const next = point.map((value, place) => value - rate * slope[place]);
    if (!next.every(Number.isFinite)) return done("diverged");
    visited.add(String(point));
    if (visited.has(String(next)) && close(next, point)) return done("converged");
    point = next;
  }
}
