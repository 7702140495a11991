import { set, show, svg } from "./svg.js";

const strides = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * Something to take hold of on a plane, by mouse, finger, pen or keyboard.
 *
 * drag(x, y) is called with the place in data to which it was pulled; nudge(dx, dy) with the strides that a key asks for,
 * one each, or ten with Shift. The widget decides what either means, and tells by place(x, y, said) where the handle is and what is
 * announced: said = { now, min, max, text }.
 */
export function addHandle(plane, { label, role, drag, nudge }) {
  const element = svg(
    "g",
    { class: `handle role-${role}`, role: "slider", tabindex: "0", "aria-label": label },
    svg("circle", { class: "target", r: 22 }),
    svg("circle", { class: "ring", r: 17 }),
    svg("circle", { class: "knob", r: 11 }),
  );
  const handle = { element, at: [0, 0], start, place };
  let grip = null; // how far from the handle's middle the pointer holds it: taking hold moves nothing

  function start(event, [px, py]) {
    grip = [handle.at[0] - px, handle.at[1] - py];
    element.setPointerCapture(event.pointerId);
    element.classList.add("held");
    element.focus({ preventScroll: true });
  }

  function place(x, y, { now, min, max, text }, visible = true) {
    handle.at = plane.scale.toPixel(x, y);
    set(element, { transform: `translate(${handle.at.map((each) => each.toFixed(1)).join(" ")})` });
    set(element, { "aria-valuenow": String(now), "aria-valuemin": String(min), "aria-valuemax": String(max), "aria-valuetext": text });
    show(element, visible);
  }

  const spot = ({ clientX, clientY }) => {
    const { left, top } = plane.canvas.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const distance = ({ at }, [px, py]) => Math.hypot(at[0] - px, at[1] - py);
  element.addEventListener("pointerdown", (event) => {
    if (event.button > 0) return;
    event.preventDefault();
    // Where two handles lie over each other, the nearer one is meant, and of two at one place the one on top.
    const here = spot(event);
    const near = plane.handles.filter((each) => !each.element.classList.contains("away"));
    near.reduce((best, each) => (distance(each, here) < distance(best, here) ? each : best), handle).start(event, here);
  });
  // A finger on a handle drags it, never the page: Chromium does not heed touch-action inside an SVG.
  element.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  element.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const [px, py] = spot(event);
    drag(...plane.scale.toData(px + grip[0], py + grip[1]));
  });
  element.addEventListener("lostpointercapture", () => {
    grip = null;
    element.classList.remove("held");
  });
  element.addEventListener("keydown", (event) => {
    const stride = strides[event.key];
    if (!stride || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    nudge(...stride.map((each) => each * (event.shiftKey ? 10 : 1)));
  });
  plane.handles.push(handle);
  plane.top.append(element);
  return handle;
}
