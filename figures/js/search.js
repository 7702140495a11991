// Search over the book's sections: plain functions, no page. An entry is what press/search.py writes:
// { address, chapter, title, terms, text, code, hidden }, and { …, documents: true } for an entry of the package's reference.

/** Lower case, and letters without their marks: "Résumé" is found by "resume". */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

// What a question is made of and a section is not about.
const LITTLE = new Set("a an and are as at be by can do does for from get has have how i if in into is it its me my of on or should so that the their then there this to use was we what when where which who why with you your".split(" "));

/** The words of a query; of a question those that say what it asks about. */
export function wordsOf(query) {
  const words = fold(query).match(/[\p{L}\p{N}_]+/gu) ?? [];
  const telling = words.filter((word) => !LITTLE.has(word));
  return telling.length ? telling : words;
}

/** The entries with what searching needs, made once. */
export function prepare(entries) {
  return entries.map((entry) => ({
    entry,
    title: entry.documents ? "" : fold(entry.title), // `norm` the function is not what a norm is
    name: entry.documents ? fold(entry.title) : "",
    chapter: fold(entry.chapter),
    terms: entry.terms.map(fold),
    text: fold(entry.text),
    code: fold(entry.code),
    hidden: fold(entry.hidden),
  }));
}

// Of standardise and normalisation there are two spellings.
const either = (word, one) => word.replace(/i[sz](?=(e|ed|es|er|ing|ations?)$)/, one);

const startOf = (word) => new RegExp(`(?<![\\p{L}\\p{N}_])${either(word, "i[sz]")}`, "gu");

const count = (text, pattern) => text.match(pattern)?.length ?? 0;

/** What a word counts for in a section; 0 where it is nowhere in it. A word that stands ten times says little more than
 * one that stands three times; where it is a title, or is defined, says more. */
function worth(one, word) {
  const start = startOf(word);
  return (
    8 * Math.min(count(one.title, start), 1) +
    3 * Math.min(count(one.chapter, start), 1) +
    3 * Number(one.terms.some((term) => count(term, start))) +
    Math.log2(1 + count(one.text, start)) +
    0.4 * Math.log2(1 + count(one.code, start)) +
    0.5 * Math.log2(1 + count(one.hidden, start))
  );
}

/** What the whole query adds: most where the section defines it. */
function together(one, words, phrase) {
  const defined = (one.terms.includes(phrase) ? 20 : 0) + (one.title.startsWith(phrase) ? 8 : 0) + (one.name === phrase ? 4 : 0);
  if (words.length === 1) return defined;
  const said = one.text.includes(phrase) ? 6 : one.hidden.includes(phrase) || one.code.includes(phrase) ? 3 : 0;
  return defined + said + (one.title.includes(phrase) ? 12 : 0) + (one.chapter.includes(phrase) ? 3 : 0);
}

/** How well each section answers: { found, value }, by how many of the words stand in it. A rare word counts more. */
function scores(prepared, words, phrase) {
  const table = words.map((word) => prepared.map((one) => worth(one, word)));
  const rare = table.map((row) => Math.log2(1 + prepared.length / (1 + row.filter(Boolean).length)));
  return prepared.map((one, place) => {
    const found = table.filter((row) => row[place]).length;
    const sum = table.reduce((total, row, n) => total + rare[n] * row[place], 0);
    return { found, value: found && sum + together(one, words, phrase) };
  });
}

const ENOUGH = 4; // with fewer sections that hold every word, those that hold some follow

/** The best sections for a query, at most `most`, each with the words around the first hit. */
export function find(prepared, query, most = 12) {
  const words = wordsOf(query);
  if (!words.length) return [];
  const phrase = words.join(" ");
  const answers = scores(prepared, words, phrase)
    .map(({ found, value }, place) => ({ one: prepared[place], place, found, value }))
    .filter(({ value }) => value > 0)
    .sort((a, b) => b.found - a.found || b.value - a.value || a.place - b.place);
  const whole = answers.filter(({ found }) => found === words.length);
  return (whole.length < ENOUGH ? answers : whole).slice(0, most).map(({ one: { entry } }) => {
    const around = context(entry.text, words, phrase);
    return { ...entry, context: around.length ? around : context(entry.code, words, phrase) };
  });
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
    const folded = either(fold(match[0]), "iz");
    const word = words.filter((one) => folded.startsWith(either(one, "iz"))).sort((a, b) => b.length - a.length)[0];
    if (word) found.push([match.index, match.index + word.length]);
  }
  return found;
}
