const space = "http://www.w3.org/2000/svg";

/** An SVG element with attributes and children. */
export function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(space, name);
  set(made, attributes);
  made.append(...children);
  return made;
}

/** Sets attributes; lengths in pixels keep one decimal, which no eye misses. */
export function set(target, attributes) {
  for (const [key, value] of Object.entries(attributes)) target.setAttribute(key, typeof value === "number" ? Math.round(value * 10) / 10 : value);
}

/** Puts marks, or elements, on a layer. */
export function stack(layer, ...marks) {
  layer.append(...marks.map((mark) => mark.element ?? mark));
}

export function show(target, visible) {
  target.classList.toggle("away", !visible);
}

/** A path through points in pixels. */
export function through(points) {
  return points.map(([x, y], place) => `${place ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}
