// Search over the book's sections: plain functions, no page. An entry is what press/search.py writes:
// { address, chapter, title, text, hidden }.

/** Lower case, and letters without their marks: "Résumé" is found by "resume". */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words of a query. */
export function wordsOf(query) {
  return fold(query).match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** The entries with what searching needs, made once. */
export function prepare(entries) {
  return entries.map((entry) => ({
    entry,
    title: fold(`${entry.chapter} ${entry.title}`),
    text: fold(entry.text),
    hidden: fold(entry.hidden),
  }));
}

const startOf = (word) => new RegExp(`(?<![\\p{L}\\p{N}_])${word}`, "gu");

/** How well a section answers the query; 0 where one of the words is nowhere in it. */
export function score(prepared, words, phrase) {
  let total = 0;
  for (const word of words) {
    const start = startOf(word);
    const inTitle = prepared.title.match(start)?.length ?? 0;
    const inText = prepared.text.match(start)?.length ?? 0;
    const inHidden = prepared.hidden.match(start)?.length ?? 0;
    if (!inTitle && !inText && !inHidden) return 0;
    // A word that stands ten times says little more than one that stands three times.
    total += 8 * Math.min(inTitle, 1) + Math.log2(1 + inText) + 0.5 * Math.log2(1 + inHidden);
  }
  if (words.length > 1 && prepared.title.includes(phrase)) total += 12;
  if (words.length > 1 && (prepared.text.includes(phrase) || prepared.hidden.includes(phrase))) total += 6;
  return total;
}

/** The best sections for a query, at most `most`, each with the words around the first hit. */
export function find(prepared, query, most = 12) {
  const words = wordsOf(query);
  if (!words.length) return [];
  const phrase = fold(query).trim().replace(/\s+/g, " ");
  return prepared
    .map((one, place) => ({ one, place, value: score(one, words, phrase) }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.value - a.value || a.place - b.place)
    .slice(0, most)
    .map(({ one }) => ({ ...one.entry, context: context(one.entry.text, words, phrase) }));
}

/** About `length` characters around the best hit, as pieces { text, hit }; empty where no word stands in the text. */
export function context(text, words, phrase, length = 150) {
  const hits = hitsIn(text, words);
  if (!hits.length) return [];
  // Folding may change the length of a text with accents: the phrase is looked for word by word, in the original.
  const first = hits.find(([at]) => fold(text.slice(at, at + phrase.length + 8)).startsWith(phrase)) ?? hits[0];
  let from = Math.max(0, first[0] - Math.floor(length / 3));
  let to = Math.min(text.length, from + length);
  if (from > 0) from = text.indexOf(" ", from) + 1 || from;
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), first[1]);
  const pieces = [];
  let at = from;
  for (const [start, end] of hits) {
    if (start < at || end > to) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), hit: false });
    pieces.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  pieces.push({ text: text.slice(at, to), hit: false });
  if (from > 0) pieces.unshift({ text: "… ", hit: false });
  if (to < text.length) pieces.push({ text: " …", hit: false });
  return pieces.filter((piece) => piece.text);
}

/** Where words of the text begin as a word of the query does: [start, end] of the part that agrees. */
function hitsIn(text, words) {
  const found = [];
  for (const match of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const folded = fold(match[0]);
    const word = words.filter((one) => folded.startsWith(one)).sort((a, b) => b.length - a.length)[0];
    if (word) found.push([match.index, match.index + word.length]);
  }
  return found;
}
