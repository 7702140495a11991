// Between the two views of an arrow: its list of coordinates, and its length and angle. Angles are in degrees, counted
// anticlockwise from the horizontal axis, from -180 to 180, as NumPy's arctan2 counts them.

/** The list, [x, y], of an arrow. */
export function toList(length, degrees) {
  const theta = (degrees * Math.PI) / 180;
  return [length * Math.cos(theta), length * Math.sin(theta)];
}

/** The arrow, [length, degrees], of a list; an arrow without length has an angle of 0, as arctan2 says. */
export function toArrow([x, y]) {
  return [Math.hypot(x, y), (Math.atan2(y, x) * 180) / Math.PI];
}
