// ml_from_scratch.vectors, for arrows on a plane and for any other number of coordinates.

export function dot(a, b) {
  return a.reduce((sum, value, place) => sum + value * b[place], 0);
}

export function norm(v) {
  return Math.hypot(...v);
}

export function scale(v, by) {
  return v.map((value) => value * by);
}

/** The angle between a and b in radians, from 0 to π, by Kahan's formula; NaN where one of them has no direction. */
export function angleBetween(a, b) {
  const [u, v] = [scale(a, 1 / norm(a)), scale(b, 1 / norm(b))];
  return 2 * Math.atan2(norm(u.map((value, place) => value - v[place])), norm(u.map((value, place) => value + v[place])));
}

/** The shadow of v on the line of `onto`; nothing casts a shadow on an arrow without a direction. */
export function project(v, onto) {
  const squared = dot(onto, onto);
  return scale(onto, squared ? dot(v, onto) / squared : 0);
}

/** The other side of the cosine identity, ‖a‖‖b‖cos θ, from the two lengths and the angle alone. */
export function lengthsTimesCosine(a, b) {
  const lengths = norm(a) * norm(b);
  return lengths && lengths * Math.cos(angleBetween(a, b));
}

/** 1, 0 or -1. Coordinates are steps of 0.1, so a product of arrows is a whole number of hundredths: less is rounding. */
export function signOf(product) {
  return Math.abs(product) < 0.005 ? 0 : Math.sign(product);
}
