import { button, element } from "./element.js";
import { predictionKey, recall, remember } from "./memory.js";

/** The remembered choice, as a place in the list; null where nothing fits that is kept. */
export function readChoice(kept, count) {
  if (kept === null || !/^\d+$/.test(kept)) return null;
  const choice = Number(kept);
  return choice < count ? choice : null;
}

/**
 * What each option shows once the reader has chosen. rights tells which options are right, in order.
 * open: its feedback stands; mark: "right" or "wrong" for a judged option, "" for one that is passed over; made: what the
 * choice is, a prediction or a quiz's answer.
 */
export function judgeOptions(rights, choice, everything = false, made = "prediction") {
  return rights.map((right, index) => {
    const chosen = index === choice;
    const open = choice !== null && (chosen || right || everything);
    if (!open) return { open, mark: "", words: "" };
    if (chosen) return { open, mark: right ? "right" : "wrong", words: `Your ${made}: ${right ? "right" : "not so"}` };
    return { open, mark: right ? "right" : "wrong", words: right ? "The right answer" : "Not so" };
  });
}

/** What is said, and announced, when the choice is made; asked: in a quiz, where nothing happens. */
export function verdictWords(rights, choice, asked = false) {
  if (choice === null) return "";
  if (asked) return rights[choice] ? "Right. The reason stands below." : "Not this time. The right answer is marked; its reason stands below.";
  return rights[choice]
    ? "You predicted it. See it happen below."
    : "Not this time. The right answer is marked; see it happen below.";
}

function markIcon(mark) {
  return element("span", { class: `mark mark-${mark}`, "aria-hidden": "true" }, mark === "right" ? "✓" : "✗");
}

/** The option's words move into a label (which takes no paragraphs) beside a radio button; its feedback follows. */
function upgradeOption(option, name, index) {
  const feedback = option.querySelector(":scope > .feedback");
  const words = element("span", { class: "words" });
  for (const node of [...option.childNodes]) {
    if (node === feedback) continue;
    if (node.nodeName === "P") {
      const line = element("span", { class: "line" });
      line.append(...node.childNodes);
      words.append(line);
      node.remove();
    } else words.append(node);
  }
  const radio = element("input", { type: "radio", name, value: String(index) });
  // An option that is a formula alone has no words to be named by: its characters are its name.
  const formula = words.querySelector("math");
  if (formula?.textContent.trim() === words.textContent.trim()) radio.setAttribute("aria-label", formula.textContent.trim());
  const badge = element("p", { class: "badge" });
  option.prepend(element("label", {}, radio, words), badge);
  return { option, radio, badge, right: option.classList.contains("right") };
}

export function upgradePredict(root) {
  const list = root.querySelector(":scope > ul:has(> li > .option)"); // the question may hold lists of its own
  const reveal = root.querySelector(":scope > .reveal");
  const found = list ? [...list.querySelectorAll(":scope > li > .option")] : [];
  if (!found.length || !reveal) {
    root.classList.add("open");
    return;
  }

  const name = root.id || `predict-${[...document.querySelectorAll(".predict")].indexOf(root)}`;
  const key = predictionKey(location.pathname, name);
  const options = found.map((option, index) => upgradeOption(option, name, index));
  const radios = options.map(({ radio }) => radio);
  const rights = options.map(({ right }) => right);
  let choice = readChoice(recall(key), options.length);
  let everything = false;

  const question = element("div", { class: "question", id: `${name}-question` });
  while (root.firstChild !== list) question.append(root.firstChild);
  const verdict = element("p", { class: "verdict", role: "status" });
  const others = button("Why not the others?", () => {
    const first = options.find(({ option }) => !option.classList.contains("open")).option.querySelector(".feedback");
    everything = true;
    show();
    first.tabIndex = -1; // the button is gone: the keyboard goes on with what it brought
    first.focus();
  });
  const number = root.dataset.question; // of a quiz's question
  const again = button(number ? "Answer again" : "Predict again", () => {
    choice = null;
    everything = false;
    remember(key, null);
    show();
    radios[0].focus();
  });
  const after = element("div", { class: "after" }, others, again);
  const form = element(
    "fieldset",
    { "aria-describedby": question.id },
    element("legend", {}, number ? `Question ${number}` : "Predict"),
    question,
    list,
    verdict,
    after,
  );

  function show() {
    const decided = choice !== null;
    judgeOptions(rights, choice, everything, number ? "answer" : "prediction").forEach(({ open, mark, words }, index) => {
      const { option, radio, badge } = options[index];
      option.classList.toggle("open", open);
      option.classList.toggle("chosen", index === choice);
      badge.replaceChildren(...(words ? [markIcon(mark), words] : []));
      radio.checked = index === choice;
      // Not `disabled`: that would throw the keyboard's focus away at the very moment of the answer.
      radio.setAttribute("aria-disabled", String(decided));
    });
    root.classList.toggle("open", decided);
    root.classList.toggle("answered", decided);
    verdict.textContent = verdictWords(rights, choice, Boolean(number));
    others.hidden = everything || options.every(({ option }) => option.classList.contains("open"));
    document.dispatchEvent(new Event("predicted")); // what waits elsewhere looks whether it is its turn
  }

  radios.forEach((radio, index) => {
    radio.addEventListener("click", (event) => {
      if (choice !== null) event.preventDefault();
    });
    radio.addEventListener("change", () => {
      choice = index;
      remember(key, String(index));
      show();
    });
    radio.addEventListener("keydown", (event) => {
      // Arrows would choose at once, and a choice reveals: let them walk, and Space or Enter choose.
      const stride = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (stride) {
        event.preventDefault();
        radios[(index + stride + radios.length) % radios.length].focus();
      } else if (event.key === "Enter") {
        event.preventDefault();
        radio.click();
      }
    });
  });
  root.addEventListener("reach", (event) => {
    if (reveal.contains(event.target)) root.classList.add("open");
  });

  root.prepend(form);
  root.classList.add("upgraded");
  show();
}
