// Random vectors in many dimensions, and what attention makes of their dot products (chapter 3 and its interlude).

/**
 * What random pairs of vectors tell as their number of entries grows: `count` pairs are drawn whole, and each is measured
 * by its first d entries, for each d in dims, ascending. Returns { dots, cosines } by d.
 */
export function measurePairs(draw, dims, count) {
  const found = new Map(dims.map((d) => [d, { dots: [], cosines: [] }]));
  for (let pair = 0; pair < count; pair++) {
    let ab = 0;
    let aa = 0;
    let bb = 0;
    for (let d = 1; d <= dims.at(-1); d++) {
      const a = draw();
      const b = draw();
      ab += a * b;
      aa += a * a;
      bb += b * b;
      found.get(d)?.dots.push(ab);
      found.get(d)?.cosines.push(ab / Math.sqrt(aa * bb));
    }
  }
  return found;
}

/** The dot products of one random query with `count` random keys, by their first d entries, for each d in dims. */
export function measureKeys(draw, dims, count) {
  const sums = Array(count).fill(0);
  const found = new Map();
  for (let d = 1; d <= dims.at(-1); d++) {
    const q = draw();
    for (let key = 0; key < count; key++) sums[key] += q * draw();
    if (dims.includes(d)) found.set(d, [...sums]);
  }
  return found;
}

/** The typical size of values whose mean is zero: the root of their mean square. */
export function spreadOf(values) {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** Positive weights that add up to 1, from the differences of the scores. */
export function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
