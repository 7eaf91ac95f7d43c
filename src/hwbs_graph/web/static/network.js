// Draws an answer as a network in columns, beside its table: links lead from left to right where
// they can. Nothing moves, so nothing has to be waited for, and labels never overlap.
const SVG = "http://www.w3.org/2000/svg";
const BOX = { width: 340, height: 26 };
const STEP = { across: 440, down: 34 };
const EDGE = 12;

const { nodes, links } = JSON.parse(document.getElementById("drawn").textContent);
const button = document.getElementById("draw");
const place = document.getElementById("network");

button.hidden = false;
button.addEventListener("click", () => {
  place.hidden = !place.hidden;
  button.setAttribute("aria-expanded", String(!place.hidden));
  if (!place.firstChild) draw();
});

// Return a list of columns, each a list of node numbers.
function arrange() {
  const out = nodes.map(() => []);
  const into = nodes.map(() => []);
  for (const link of links) {
    if (link.from === link.to) continue;
    out[link.from].push(link.to);
    into[link.to].push(link.from);
  }
  const column = nodes.map(() => -1);
  const numbers = nodes.map((_, number) => number);
  const starts = numbers.filter((number) => into[number].length === 0);
  // What stands in a ring alone is reached from no start, so each of the rest may be one.
  for (const begin of [starts, ...numbers.map((number) => [number])]) walk(begin, out, column);
  const columns = Array.from({ length: Math.max(...column) + 1 }, () => []);
  for (const number of numbers) columns[column[number]].push(number);
  sort(columns, into);
  return columns;
}

function walk(begin, out, column) {
  let reached = begin.filter((number) => column[number] < 0);
  for (let depth = 0; reached.length > 0; depth += 1) {
    for (const number of reached) column[number] = depth;
    reached = [...new Set(reached.flatMap((number) => out[number]))].filter((number) => column[number] < 0);
  }
}

// Put each thing near the middle of those that lead to it, so that fewer lines cross.
function sort(columns, into) {
  const row = [];
  for (const column of columns) {
    const middle = new Map(column.map((number, at) => {
      const known = into[number].filter((other) => row[other] !== undefined);
      return [number, known.length ? known.reduce((sum, other) => sum + row[other], 0) / known.length : at];
    }));
    column.sort((one, other) => middle.get(one) - middle.get(other));
    column.forEach((number, at) => { row[number] = at; });
  }
}

function make(name, attributes, parent) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}

function draw() {
  const columns = arrange();
  const tallest = Math.max(...columns.map((column) => column.length));
  const width = (columns.length - 1) * STEP.across + BOX.width + 5 * EDGE;
  const height = tallest * STEP.down + 2 * EDGE;
  const spots = [];
  columns.forEach((column, across) => column.forEach((number, down) => {
    spots[number] = { x: EDGE + across * STEP.across, y: EDGE + down * STEP.down };
  }));
  const label = `Network of ${nodes.length} things and ${links.length} links; the table has the same.`;
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const svg = make("svg", { ...size, role: "group", "aria-label": label }, place);
  arrowhead(svg);
  const lines = make("g", { "aria-hidden": "true" }, svg);
  const drawn = links.map((link) => line(link, spots, lines));
  nodes.forEach((node, number) => box(node, spots[number], svg, drawn.filter((_, at) => (
    links[at].from === number || links[at].to === number))));
}

function arrowhead(svg) {
  const size = { id: "head", viewBox: "0 0 8 8", refX: 8, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" };
  make("path", { d: "M0 0 8 4 0 8z" }, make("marker", size, make("defs", {}, svg)));
}

function line(link, spots, parent) {
  const from = spots[link.from];
  const to = spots[link.to];
  const forth = to.x > from.x;
  // Within a column, and back to one on the left, the line swings out to the right.
  const start = { x: from.x + (to.x < from.x ? 0 : BOX.width), y: from.y + BOX.height / 2 };
  const end = { x: to.x + (forth ? 0 : BOX.width), y: to.y + BOX.height / 2 };
  const bow = to.x < from.x ? -50 : 50;
  const d = `M${start.x} ${start.y}C${start.x + bow} ${start.y} ${end.x + (forth ? -50 : 50)} ${end.y} ${end.x} ${end.y}`;
  const path = make("path", { d, class: "link", "marker-end": "url(#head)" }, parent);
  if (link.text) make("title", {}, path).textContent = link.text;
  return path;
}

function box(node, spot, svg, lines) {
  const parent = node.link ? make("a", { href: node.link, "aria-label": node.text }, svg) : make("g", {}, svg);
  parent.setAttribute("class", "thing");
  make("title", {}, parent).textContent = node.text;
  make("rect", { x: spot.x, y: spot.y, rx: 3, ...BOX }, parent);
  const text = make("text", { x: spot.x + 8, y: spot.y + 18 }, parent);
  fit(text, node.text);
  for (const [event, on] of [["mouseenter", true], ["focus", true], ["mouseleave", false], ["blur", false]]) {
    parent.addEventListener(event, () => {
      for (const each of lines) each.classList.toggle("on", on);
    });
  }
}

// Cut a label to its box; the title has the whole.
function fit(element, text) {
  element.textContent = text;
  for (let end = text.length - 1; end > 0 && element.getComputedTextLength() > BOX.width - 16; end -= 1) {
    element.textContent = `${text.slice(0, end).trimEnd()}…`;
  }
}
