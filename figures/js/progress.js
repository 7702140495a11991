// The reader's progress, on the reader's machine only: boxes ticked, chapters read to their end, predictions made.
import { button, element } from "./element.js";
import { forgetAll, recall, remember } from "./memory.js";

/** One key a page; with or without "index.html" it is the same page. */
export function readKey(path) {
  return `read:${path.replace(/index\.html$/, "")}`;
}

/** One key a box: its page and its words, so that a box keeps its tick when others come before it. */
export function tickKey(path, words) {
  return `tick:${path.replace(/index\.html$/, "")}#${words.trim().replace(/\s+/g, " ").slice(0, 80)}`;
}

/** What is said of the chapters read: nothing before the first. */
export function readWords(read, total) {
  if (!read) return "";
  return read === total ? `All ${total} chapters read` : `${read} of ${total} chapters read`;
}

/** A task list's boxes can be ticked, and stay ticked. */
function startTicks() {
  for (const box of document.querySelectorAll('.chapter li > label > input[type="checkbox"]')) {
    const key = tickKey(location.pathname, box.closest("label").textContent);
    box.disabled = false;
    box.checked = recall(key) === "1" || (recall(key) === null && box.defaultChecked);
    box.addEventListener("change", () => remember(key, box.checked ? "1" : box.defaultChecked ? "0" : null));
  }
}

/** The contents mark the chapters that were read; a chapter is read when its last section has come into view. */
export function startProgress() {
  startTicks();
  const contents = document.querySelector(".contents-list");
  const chapters = [...(contents?.querySelectorAll("a:has(> .number)") ?? [])].filter((link) => /^\d+$/.test(link.querySelector(".number").textContent));
  const said = element("p", { class: "progress-read" });
  contents?.prepend(said);

  function show() {
    const read = chapters.filter((link) => recall(readKey(new URL(link.href).pathname)) !== null);
    for (const link of chapters) {
      link.querySelector(".read")?.remove();
      if (read.includes(link)) link.append(element("span", { class: "read", title: "read" }, element("span", { "aria-hidden": "true" }, "✓"), element("span", { class: "offscreen" }, " (read)")));
    }
    said.textContent = readWords(read.length, chapters.length);
  }

  const last = document.querySelector(".chapter > section > section:last-of-type");
  const current = chapters.find((link) => link.getAttribute("aria-current") === "page");
  if (current && last) {
    const watcher = new IntersectionObserver(([seen]) => {
      if (!seen.isIntersecting) return;
      remember(readKey(location.pathname), "1");
      watcher.disconnect();
      show();
    });
    watcher.observe(last);
  }

  const note = element("p", { class: "progress-note" }, "Your predictions, ticks and chapters read are kept in this browser only. ");
  const clear = button("Clear them", () => {
    forgetAll(["predict:", "tick:", "read:"]);
    location.reload();
  });
  note.append(clear);
  document.querySelector(".colophon")?.append(note);
  show();
}
