// Numbers that are kept in base64, to be short.

export function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** The first half of the values as x, the second as y. */
export function halves(values) {
  return { x: values.slice(0, values.length / 2), y: values.slice(values.length / 2) };
}
