import { pick } from "./random.js";
import { angleBetween, dot, norm, signOf } from "./vectors.js";

const halves = (most) => Array.from({ length: 4 * most + 1 }, (_, place) => place / 2 - most);

/**
 * A pair of arrows whose product's sign is to be predicted; each sign comes a third of the time. Where it is not zero,
 * the angle is at least 8° from a right one, so that an eye can tell.
 */
export function dealPair(random) {
  const wanted = pick(random, [1, 0, -1]);
  for (;;) {
    const a = [pick(random, halves(4)), pick(random, halves(3))];
    let b = [pick(random, halves(4)), pick(random, halves(3))];
    if (wanted === 0) {
      const by = pick(random, [-2, -1.5, -1, -0.5, 0.5, 1, 1.5, 2]);
      b = [-a[1] * by, a[0] * by];
    }
    const fits = [a, b].every((v) => norm(v) >= 1.5 && Math.abs(v[0]) <= 4.5 && Math.abs(v[1]) <= 3.5);
    const apart = Math.abs(angleBetween(a, b) - Math.PI / 2) * (180 / Math.PI);
    if (fits && signOf(dot(a, b)) === wanted && (wanted === 0 || apart >= 8)) return { a, b };
  }
}
