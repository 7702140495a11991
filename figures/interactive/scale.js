// Between data and pixels. y grows upwards in data and downwards in pixels.

/**
 * How the ranges x and y, [low, high], lie in a box of pixels with a margin at its left and its foot. With `equal`,
 * one unit is as long both ways: the range that has room to spare grows about its middle.
 */
export function fitScale({ x, y, equal = false, margin = [0, 0] }, width, height) {
  const [left, foot] = margin;
  const [wide, high] = [Math.max(1, width - left), Math.max(1, height - foot)];
  let [unitX, unitY] = [wide / (x[1] - x[0]), high / (y[1] - y[0])];
  if (equal) unitX = unitY = Math.min(unitX, unitY);
  const lowX = (x[0] + x[1]) / 2 - wide / unitX / 2;
  const lowY = (y[0] + y[1]) / 2 - high / unitY / 2;
  return {
    unit: [unitX, unitY],
    x: [lowX, lowX + wide / unitX],
    y: [lowY, lowY + high / unitY],
    box: [left, 0, left + wide, high],
    toPixel: (dx, dy) => [left + (dx - lowX) * unitX, high - (dy - lowY) * unitY],
    toData: (px, py) => [lowX + (px - left) / unitX, lowY + (high - py) / unitY],
  };
}

/** Round values in a range, at a distance of 1, 2 or 5 times a power of ten, and no more than `most` of them. */
export function ticks([low, high], most) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((each) => each >= rough * (1 - 1e-9));
  const found = [];
  for (let count = Math.ceil(low / step - 1e-9); count * step <= high + 1e-9 * step; count++) found.push(Number((count * step).toPrecision(12)) + 0);
  return found;
}
