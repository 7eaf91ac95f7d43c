// Draws an answer as a network beside its table: the picture of partners that the view has, by its own scripts
// (`view/scripts/answer.js`), which are joined before this one. Nothing moves, and no label covers another.
/* global answerPicture */
const SVG = "http://www.w3.org/2000/svg";
const LEAST = { width: 700, height: 420 };
const EACH = 9000;

const { nodes, links } = JSON.parse(document.getElementById("drawn").textContent);
const button = document.getElementById("draw");
const place = document.getElementById("network");

button.hidden = false;
button.addEventListener("click", () => {
  place.hidden = !place.hidden;
  button.setAttribute("aria-expanded", String(!place.hidden));
  if (!place.firstChild) draw();
});

function make(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== "") element.setAttribute(key, value);
  }
  parent?.append(element);
  return element;
}

// The page's own colours, of the system where those are forced.
function readInk() {
  if (matchMedia("(forced-colors: active)").matches) {
    return { hues: ["CanvasText", "LinkText"], text: "CanvasText", quiet: "CanvasText", frame: "CanvasText", paper: "Canvas", ring: "Highlight" };
  }
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { hues: [read("--faint"), read("--strong")], text: read("--ink"), quiet: read("--faint"), frame: read("--line"), paper: read("--paper"), ring: read("--focus") };
}

function measureText() {
  const context = document.createElement("canvas").getContext("2d");
  return (text, font) => {
    context.font = font;
    return context.measureText(text).width;
  };
}

function draw() {
  const room = { width: Math.max(LEAST.width, place.clientWidth - 20), height: LEAST.height };
  room.height = Math.max(room.height, Math.round((nodes.length * EACH) / room.width));
  const { width, height, things, ties, apart } = answerPicture.layOutAnswer({ nodes, links }, room, measureText(), readInk());
  const label = `Network of ${nodes.length} things and ${links.length} links; the table has the same.`;
  const svg = make("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": label }, place);
  const lines = make("g", { "aria-hidden": "true" }, svg);
  const drawn = ties.map((shapes, at) => tie(shapes, apart[at], lines));
  nodes.forEach((node, number) => {
    thing(node, things[number], svg, drawn.filter((_, at) => apart[at].from === number || apart[at].to === number));
  });
}

function tie(shapes, link, parent) {
  const group = make("g", { class: "link" }, parent);
  for (const shape of shapes) paint(shape, group);
  if (link.text) make("title", {}, group).textContent = link.text;
  return group;
}

function thing(node, shapes, svg, lines) {
  const parent = node.link ? make("a", { href: node.link, "aria-label": node.text }, svg) : make("g", {}, svg);
  parent.setAttribute("class", "thing");
  make("title", {}, parent).textContent = node.text;
  for (const shape of shapes) paint(shape, parent);
  for (const [event, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
    parent.addEventListener(event, () => {
      for (const each of lines) each.classList.toggle("on", on);
    });
  }
}

// A shape of the view's (`shapes.js`) as an element.
function paint(shape, parent) {
  const ink = { fill: shape.fill ?? "none", stroke: shape.stroke, "stroke-width": shape.width, "stroke-dasharray": (shape.dash ?? []).join(" "), opacity: shape.opacity };
  const { x, y, size, r } = shape;
  if (shape.type === "rect") make("rect", { x, y, width: shape.w, height: shape.h, rx: r, ...ink }, parent);
  if (shape.type === "path") make("path", { d: shape.steps.map(([kind, ...numbers]) => kind + numbers.join(" ")).join(""), ...ink }, parent);
  if (shape.type === "polygon") make("polygon", { points: shape.points.join(" "), ...ink }, parent);
  if (shape.type === "text") {
    const anchor = { left: null, center: "middle", right: "end" }[shape.align];
    make("text", { x, y, "font-size": size, "font-weight": shape.bold ? 700 : null, "text-anchor": anchor, fill: shape.fill }, parent).textContent = shape.text;
  }
}
