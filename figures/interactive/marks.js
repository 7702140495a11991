import { set, show, svg, through } from "./svg.js";

// What is drawn on a plane. Each mark takes pixels, and the colour and the stroke of its role from the style sheet.

/** An arrow from one point to another; one that is shorter than its head is not drawn. */
export function arrow(role, className = "") {
  const shaft = svg("path", { class: "stroke" });
  const head = svg("path", { class: "head" });
  const element = svg("g", { class: `arrow role-${role} ${className}` }, shaft, head);
  return {
    element,
    move([x1, y1], [x2, y2], size = 12) {
      const length = Math.hypot(x2 - x1, y2 - y1);
      show(element, length > 3);
      if (length <= 3) return;
      const back = Math.min(size, length);
      const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
      const [mx, my] = [x2 - ux * back, y2 - uy * back];
      const half = back * 0.42;
      set(shaft, { d: through([[x1, y1], [mx + ux, my + uy]]) });
      set(head, { d: `${through([[x2, y2], [mx - uy * half, my + ux * half], [mx + uy * half, my - ux * half]])}Z` });
    },
  };
}

/** A line through points. */
export function line(role, className = "") {
  const element = svg("path", { class: `stroke role-${role} ${className}` });
  return { element, move: (points) => set(element, { d: through(points) }) };
}

/** Words at a place, centred on it. */
export function label(words, role = "muted", className = "") {
  const element = svg("text", { class: `label role-${role} ${className}` }, words);
  return {
    element,
    move([x, y], text) {
      set(element, { x, y });
      if (text !== undefined && element.textContent !== text) element.textContent = text;
    },
  };
}
