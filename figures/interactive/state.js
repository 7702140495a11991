// A widget's state is one plain object of numbers. Its schema gives each number's start and what it may be:
//   { ax: { start: 4, min: -5, max: 5, step: 0.1 }, rate: { start: 0.01, values: [0.001, 0.01, 0.1] } }

/** How many decimals a multiple of step has: 2 for 0.05. */
export function decimalsOf(step) {
  return String(step).split(".")[1]?.length ?? 0;
}

/** The nearest value that the schema's entry allows. */
export function snap({ min, max, step, values }, value) {
  if (values) return values.reduce((best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best));
  // By way of text, so that three steps of 0.1 are 0.3 to the last digit.
  const held = Number((Math.round((value - min) / step) * step + min).toFixed(decimalsOf(step)));
  return Math.min(max, Math.max(min, held)) + 0; // and never -0
}

export function startState(schema) {
  return Object.fromEntries(Object.entries(schema).map(([name, { start }]) => [name, start]));
}

/** The part of a page's address that leads back to this state: `fig-dot-product:ax=4&ay=1`. */
export function writeState(schema, id, state) {
  const pairs = Object.entries(schema).map(([name, entry]) => `${name}=${snap(entry, state[name])}`);
  return `${id}:${pairs.join("&")}`;
}

/**
 * The state that a hash names for the figure with this id; null where it names none. What the hash leaves out starts
 * as it always does; what the schema does not know, or is no number, counts as left out; all else is held in range.
 */
export function readState(schema, id, hash) {
  let text = hash.replace(/^#/, "");
  try {
    text = decodeURIComponent(text);
  } catch {
    // Not well-formed: it is read as it stands.
  }
  if (!text.startsWith(`${id}:`)) return null;
  const state = startState(schema);
  for (const pair of text.slice(id.length + 1).split("&")) {
    const [name, value] = pair.split("=");
    if (Object.hasOwn(schema, name) && value?.trim() && Number.isFinite(Number(value))) state[name] = snap(schema[name], Number(value));
  }
  return state;
}
