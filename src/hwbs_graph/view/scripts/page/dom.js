// Elements made from words, never from markup: nothing in the data can become HTML.

export function byId(id) {
  return document.getElementById(id);
}

export function makeElement(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Names are isolated so that right-to-left or override characters stay inside them.
export function isolate(text) {
  return makeElement("bdi", {}, text);
}

export function makeButton(attributes, onClick, ...children) {
  const element = makeElement("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", onClick);
  return element;
}

export function pickButton(id, text, pick) {
  return makeButton({ "data-pick": id, "aria-pressed": "false" }, () => pick(id), isolate(text));
}

export function signFor(column) {
  return column.sign ? makeElement("span", { class: `sign ${column.sign}`, "aria-hidden": "true" }) : null;
}

export function announce(sentence) {
  byId("live").textContent = sentence;
}
