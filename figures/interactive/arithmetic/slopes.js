// Functions of one variable, their slopes by the rules, and these slopes measured by a nudge h.

export const power2 = { name: "x²", f: (x) => x * x, slope: (x) => 2 * x };
export const power3 = { name: "x³", f: (x) => x * x * x, slope: (x) => 3 * x * x };
/** At 0 it has a corner, and no slope. */
export const size = { name: "|x|", f: Math.abs, slope: (x) => (x ? Math.sign(x) : NaN) };

/** The slope of the secant through x and x + h; h may be negative. */
export function oneSidedDifference(f, x, h) {
  return (f(x + h) - f(x)) / h;
}

/** The slope of the secant through x - h and x + h, as ml_from_scratch.central_difference measures it. */
export function centralDifference(f, x, h) {
  return (f(x + h) - f(x - h)) / (2 * h);
}
