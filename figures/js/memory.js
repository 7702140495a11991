// What the reader chose stays on the reader's machine, in local storage. Storage may be missing or closed
// (private windows, full disks, some settings on file://): then nothing is remembered, and nothing breaks.

const memoryPrefix = "ml-from-scratch:";

export function recall(key) {
  try {
    return localStorage.getItem(memoryPrefix + key);
  } catch {
    return null;
  }
}

/** Keeps value under key; null forgets it. */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(memoryPrefix + key);
    else localStorage.setItem(memoryPrefix + key, value);
  } catch {
    // Nothing is kept: the page works without.
  }
}

/** One key a question; the same page reached with or without "index.html" shares it. */
export function predictionKey(path, id) {
  return `predict:${path.replace(/index\.html$/, "")}#${id}`;
}
