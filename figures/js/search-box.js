import { button, element } from "./element.js";
import { find, prepare } from "./search.js";

/**
 * Where an arrow key leads: from the field, place -1, down the results and back; it stops at the end.
 */
export function moved(place, key, count) {
  if (key === "ArrowDown") return Math.min(place + 1, count - 1);
  if (key === "ArrowUp") return Math.max(place - 1, -1);
  return place;
}

/** What is said under the field. */
export function countWords(query, count) {
  if (!query.trim()) return "";
  if (count === 0) return "Nothing found";
  return count === 1 ? "1 section" : `${count} sections`;
}

/** The index is a script, since `fetch` is closed on file://; it is asked for when the search is first opened. */
function loadIndex(source) {
  return new Promise((resolve, reject) => {
    const script = element("script", { src: source });
    script.addEventListener("load", () => resolve(prepare(globalThis.bookSearch)));
    script.addEventListener("error", () => reject(new Error("the search's index did not come")));
    document.head.append(script);
  });
}

function resultLine(result, root) {
  const words = result.context.map(({ text, hit }) => (hit ? element("mark", {}, text) : text));
  if (!words.length) words.push("In something to open: an answer, a result, a line of a derivation.");
  const place = result.chapter === result.title || result.chapter.endsWith(` ${result.title}`) ? [] : [element("span", { class: "chapter" }, result.chapter)];
  const title = element("span", { class: "title" }, result.title);
  const context = element("span", { class: "context" }, ...words);
  return element("li", {}, element("a", { href: root + result.address }, ...place, title, context));
}

export function startSearch() {
  const opener = document.querySelector(".search-open");
  if (!opener) return;
  const root = opener.dataset.root;
  let prepared = null;

  const field = element("input", {
    type: "search",
    "aria-label": "Search the book",
    "aria-controls": "search-results",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "Search the book",
  });
  const list = element("ul", { id: "search-results" });
  const status = element("p", { class: "search-status", role: "status" });
  const close = button("Close", () => dialog.close());
  const bar = element("div", { class: "search-bar" }, field, close);
  const dialog = element("dialog", { class: "search", "aria-label": "Search" }, bar, status, list);
  document.body.append(dialog);

  const links = () => [...list.querySelectorAll("a")];
  function show() {
    const results = prepared ? find(prepared, field.value) : [];
    list.replaceChildren(...results.map((result) => resultLine(result, root)));
    list.scrollTop = 0;
    if (prepared) status.textContent = countWords(field.value, results.length);
  }
  function open() {
    if (dialog.open) return;
    dialog.showModal();
    field.select();
    if (prepared) return;
    status.textContent = "Fetching the index";
    loadIndex(opener.dataset.index).then(
      (made) => {
        prepared = made;
        status.textContent = "";
        show();
      },
      () => (status.textContent = "The search is not to be had: its index did not load."),
    );
  }

  opener.addEventListener("click", open);
  field.addEventListener("input", show);
  dialog.addEventListener("keydown", (event) => {
    const stops = links();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      (stops[moved(stops.indexOf(document.activeElement), event.key, stops.length)] ?? field).focus();
    } else if (event.key === "Enter" && document.activeElement === field) {
      event.preventDefault();
      stops[0]?.click();
    } else if (event.key === "Escape") {
      event.preventDefault(); // a search field would only empty itself
      dialog.close();
    }
  });
  // A result on this very page moves no page: the dialog must go by itself. So must a press beside it.
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=radio], [type=checkbox], [type=range]), textarea, [contenteditable]");
    const wanted = (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (!wanted) return;
    event.preventDefault();
    open();
  });
}
