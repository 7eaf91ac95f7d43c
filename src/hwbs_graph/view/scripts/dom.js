// Elements made from words, never from markup: nothing in the data can become HTML.

function byId(id) {
  return document.getElementById(id);
}

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Names are isolated so that right-to-left or override characters stay inside them.
function words(text) {
  return make("bdi", {}, text);
}

function button(attributes, onClick, ...children) {
  const element = make("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", onClick);
  return element;
}

function signFor(column) {
  return column.sign ? make("span", { class: `sign ${column.sign}`, "aria-hidden": "true" }) : null;
}

function placeWords(source) {
  const line = source.line ? `line ${source.line}` : "";
  return [source.document, source.place, line].filter(Boolean).join(", ");
}

function say(sentence) {
  byId("live").textContent = sentence;
}
