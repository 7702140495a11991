// The curves of chapter 4 to walk down, and what their walks come to.

/** (x - 3)²: one valley. A step of gradient descent multiplies the error x - 3 by one factor, 1 - 2 · rate. */
export const parabola = { f: (x) => (x - 3) ** 2, slope: (x) => 2 * (x - 3), bottoms: [3] };

/** 0.1x⁴ - x² + 0.5x: a deep valley at the left, a shallow one at the right, a ridge between them. */
export const valleys = { f: (x) => 0.1 * x ** 4 - x * x + 0.5 * x, slope: (x) => 0.4 * x ** 3 - 2 * x + 0.5, bottoms: flats([-2.4, 2.1]), ridge: flats([0.25])[0] };

export function errorFactor(rate) {
  return 1 - 2 * rate;
}

/** Where the slope 0.4x³ - 2x + 0.5 is zero, near each guess: by Newton's method. */
function flats(guesses) {
  return guesses.map((guess) => {
    let x = guess;
    for (let round = 0; round < 20; round++) x -= (0.4 * x ** 3 - 2 * x + 0.5) / (1.2 * x * x - 2);
    return x;
  });
}
