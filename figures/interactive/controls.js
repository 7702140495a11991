import { element } from "../js/element.js";
import { fixed } from "./numbers.js";
import { decimalsOf } from "./state.js";

/**
 * A native range slider for one number of the schema, with its label and its value; of an entry with `values`, it counts
 * the places. change(value) is called while it moves.
 */
export function makeSlider({ label, role = "ink", entry, write, change }) {
  const { min, max, step, values } = entry;
  const say = write ?? ((value) => fixed(value, decimalsOf(values ? value : step)));
  const input = element("input", { type: "range", min: values ? 0 : min, max: values ? values.length - 1 : max, step: values ? 1 : step });
  const output = element("output", { class: `role-${role}`, "aria-hidden": "true" }); // the input announces it
  const track = element("span", { class: "track" }, input);
  input.addEventListener("input", () => change(values ? values[input.value] : Number(input.value)));
  return {
    element: element("label", { class: `slider role-${role}` }, element("span", { class: "name" }, label), track, output),
    /** Ticks with a word below the track: [[value, word], …], of an entry without values. */
    mark(marks) {
      const ticks = marks.map(([value, word]) => {
        const tick = element("span", { class: "mark", "aria-hidden": "true" }, word);
        tick.style.setProperty("--at", (value - min) / (max - min));
        return tick;
      });
      track.classList.add("marked");
      track.replaceChildren(input, ...ticks);
    },
    move(value) {
      const text = say(value);
      input.value = String(values ? values.indexOf(value) : value);
      if (output.textContent === text) return;
      output.textContent = text;
      input.setAttribute("aria-valuetext", text);
    },
  };
}

/** A button that stays pressed. */
export function setPressed(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}

/** Words in the colour of a role, for formulas: tint("data", "4.0"). */
export function tint(role, words) {
  return element("span", { class: `role-${role}` }, words);
}

/** Puts children in the place of an element's own, but only where what is read changes. */
export function fill(target, ...children) {
  const text = children.map((child) => child.textContent ?? child).join("");
  if (target.textContent !== text) target.replaceChildren(...children);
}
