/** A DOM element with attributes and children: elements, whatever holds one as its `element`, and strings. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.map((child) => child.element ?? child));
  return made;
}

/** A div of a class. */
export function box(className, ...children) {
  return element("div", { class: className }, ...children);
}

/** A paragraph of a class. */
export function passage(className, ...children) {
  return element("p", { class: className }, ...children);
}

export function button(label, onClick, className = "plain") {
  const made = element("button", { type: "button", class: className }, label);
  made.addEventListener("click", onClick);
  return made;
}
