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

/** Forgets everything whose key begins with one of these; what the reader set otherwise, such as the theme, stays. */
export function forgetAll(beginnings) {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place));
    for (const key of keys) {
      if (beginnings.some((beginning) => key.startsWith(memoryPrefix + beginning))) localStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}
