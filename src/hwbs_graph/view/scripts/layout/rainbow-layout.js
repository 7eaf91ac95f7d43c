// Where the segments of the determinants rainbow stand: half rings round a centre, a line of words for each layer below
// them, and the same in small for the other plans.
import { depthOf } from "../record/coverage.js";
import { isLayer } from "../record/model.js";
import { isSuggested, layerWords, segmentMark } from "../record/rainbow.js";
import { boundsOf, limitedLines, fitWords } from "./arc-places.js";
import { SMALL, placeNames, placeOthers } from "./rainbow-aside.js";
import { MARGIN } from "./styles.js";
import { fontOf, wrapText } from "./wrap.js";

const SIZES = { usual: [18, 17, 16, 15, 14, 13, 12], present: [28, 24, 22, 20, 18] };
const PAD = 4;
const LEADING = 1.15;
const CORE = 10;
// The longest line of a name, in sizes of its text.
const WIDEST = 12;

// `large` is for the back row. Where not all words fit, a screen has all rings in sight, and long names end in dots;
// with `grow` the paper is made larger instead.
export function layoutRainbow(model, shown, rainbow, room, measure, { large = false, grow = true } = {}) {
  const drawn = { model, shown, rainbow, measure, grow, large };
  const beside = rainbow.others.length > 0 && !large;
  const slim = { width: room.width - SMALL.wide - MARGIN, height: room.height };
  const fitted = beside ? fitLargest(drawn, slim) : null;
  if (fitted?.fits) return placeAll(drawn, fitted, slim, { beside, atSide: true });
  return placeAll(drawn, fitLargest(drawn, room), room, { beside, atSide: false });
}

// The largest size at which all words fit the room.
function fitLargest(drawn, frame) {
  let fitted = null;
  for (const size of drawn.large ? SIZES.present : SIZES.usual) {
    fitted = fitArcs(drawn, frame, size);
    if (fitted.fits) return fitted;
  }
  const sight = Math.min(frame.width / 2, drawn.large ? 0 : frame.height) - MARGIN;
  return { ...fitted, radius: drawn.grow ? fitted.needed : Math.max(sight, fitted.radius) };
}

// How thick each ring has to be for its words at a size, and what is left of the room shared among them.
function fitArcs(drawn, frame, size) {
  const { model, rainbow, measure } = drawn;
  const leading = Math.round(size * LEADING);
  const labels = rainbow.rings.map(({ rows }) => rows.map((row) => labelOf(model, row)));
  const foot = footHeight(drawn, size);
  const need = [];
  let inner = CORE;
  for (const texts of labels) {
    inner = Math.max(inner, ((leading + 2) * texts.length) / Math.PI);
    const lines = Math.max(1, Math.floor(((Math.PI * inner) / texts.length - 2) / leading));
    const thick = Math.max(2 * size, ...texts.map((text) => widthFor(text, lines, size, measure))) + 2 * PAD;
    need.push({ inner, thick });
    inner += thick;
  }
  const radius = Math.min((frame.width - 2 * MARGIN) / 2, frame.height - foot - 2 * MARGIN);
  return { size, leading, need, needed: inner, radius, fits: inner <= radius };
}

function labelOf(model, row) {
  return `${segmentMark(row)}\u00a0${isLayer(model, row.id) ? "in general" : model.nodes[row.id].name}`;
}

// The least width at which a text has no more than so many lines; a name without end is no longer than others.
function widthFor(text, lines, size, measure) {
  const font = fontOf(size, true);
  const least = Math.max(...text.split(" ").map((word) => measure(word, font)));
  let width = Math.min(least, WIDEST * size);
  while (width < WIDEST * size && wrapText(text, width, font, measure).length > lines) width += 4;
  return Math.ceil(width) + 1;
}

// One line for each layer, of which a wall has only the numbers, and a row of boxes for what is no arc.
function footHeight({ rainbow, large }, size) {
  const line = Math.round(size * 1.4);
  return (large ? 1 : rainbow.rings.length + 1) * line + rainbow.below.length * (line + 2 * line + PAD);
}

function placeAll(drawn, fitted, frame, { beside, atSide }) {
  const { radius } = fitted;
  const width = Math.max(frame.width, 2 * (radius + MARGIN));
  const centre = { x: width / 2, y: radius + MARGIN };
  const boxes = drawn.rainbow.rings.flatMap((ring, column) => placeRing(drawn, fitted, centre, ring, column));
  const lines = drawn.large ? placeNumbers(drawn, fitted, centre) : placeLines(drawn, fitted, centre);
  const below = placeBelow(drawn, fitted, { width, top: lines.bottom + PAD });
  const whole = placeNames(drawn, fitted, [...boxes, ...below.boxes], { width, top: below.bottom });
  const small = beside ? placeOthers(drawn, { width, bottom: whole.bottom, atSide, room: frame }) : { items: [], width: 0, bottom: 0 };
  return {
    width: width + small.width, height: Math.max(whole.bottom + MARGIN, small.bottom), boxes: [...boxes, ...below.boxes], headings: [],
    labels: [...lines.labels, ...below.labels, ...whole.labels], leaders: lines.leaders, small: small.items, links: [], segments: true, names: whole.labels.length > 0, cells: [],
  };
}

function ringEdges({ need, needed, radius }) {
  const scale = radius / needed;
  return need.map(({ inner, thick }) => ({ r1: inner * scale, r2: (inner + thick) * scale }));
}

function placeRing({ model, measure }, fitted, centre, { rows }, column) {
  const edges = ringEdges(fitted);
  const { r2 } = edges[column];
  // The next ring begins where this one ends, and the centre's leaves no hole.
  const r1 = column ? edges[column - 1].r2 : 0;
  return rows.map((row, at) => {
    const arc = { ...centre, r1, r2, from: -0.25 + (0.5 * at) / rows.length, to: -0.25 + (0.5 * (at + 1)) / rows.length };
    const full = labelOf(model, row);
    const words = fitWords(full, { ...arc, r1: column ? r1 : edges[0].r1 }, fitted, measure);
    return { ...segmentBox(row, column, at, fitted), ...boundsOf(arc), arc, full, ...words };
  });
}

function segmentBox(row, column, at, { size, leading }) {
  return {
    id: row.id, column, row: at, style: "segment", sign: "", hue: 0, size, leading, code: "", count: "", indent: 0, from: 0, to: 0,
    mark: segmentMark(row), depth: depthOf(row.total), isGap: row.gap, isTheme: segmentMark(row) === "theme", suggested: isSuggested(row),
  };
}

// From each ring's left end down to its line of words, the innermost first, so that no line crosses words.
function placeLines({ model, shown, rainbow, measure }, fitted, centre) {
  const size = Math.max(13, fitted.size);
  const tall = Math.round(size * 1.4);
  const edges = ringEdges(fitted);
  const [labels, leaders] = [[], []];
  let y = centre.y + PAD;
  rainbow.rings.forEach((ring, at) => {
    const x = centre.x - (at ? (edges[at - 1].r2 + edges[at].r2) / 2 : edges[0].r2 / 2);
    const lines = wrapText(layerWords(model, shown, ring), 2 * centre.x - x - MARGIN - 8, fontOf(size, false), measure);
    leaders.push({ x, from: centre.y, to: y + tall / 2 });
    lines.forEach((text, row) => labels.push({ x: x + 7, y: y + (row + 0.5) * tall + size * 0.35, size, bold: false, text }));
    y += tall * lines.length;
  });
  return { labels, leaders, bottom: y };
}

function placeNumbers({ rainbow, measure }, fitted, centre) {
  const { size } = fitted;
  const edges = ringEdges(fitted);
  const labels = rainbow.rings.map(({ leaves }, at) => {
    const [text, middle] = [`= ${leaves.size}`, (edges[at].r2 + (at ? edges[at - 1].r2 : 0)) / 2];
    return { x: centre.x - middle - measure(text, fontOf(size, true)) / 2, y: centre.y + PAD + size * 1.05, size, bold: true, text };
  });
  return { labels, leaders: [], bottom: centre.y + PAD + Math.round(size * 1.4) };
}

// Outcomes and care are no layer of the model: boxes in a row, under their own words.
function placeBelow({ model, shown, rainbow, measure }, { size: wanted, leading }, { width, top }) {
  const size = Math.max(13, wanted);
  const tall = Math.round(size * 1.4);
  const [labels, boxes] = [[], []];
  let y = top;
  rainbow.below.forEach((layer, at) => {
    labels.push({ x: MARGIN, y: y + tall / 2 + size * 0.35, size, bold: false, text: layerWords(model, shown, layer) });
    const w = (width - 2 * MARGIN) / layer.rows.length;
    const made = layer.rows.map((row, place) => {
      const full = labelOf(model, row);
      const lines = limitedLines(full, w - 2 * PAD, 3, fontOf(size, true), measure);
      const x = MARGIN + place * w;
      const widths = lines.map((line) => measure(line, fontOf(size, true)));
      return { ...segmentBox(row, rainbow.rings.length + at, place, { size, leading }), x, y: y + tall, w: w - 2, full, lines, widths, turn: 0, markWide: measure(`${segmentMark(row)}\u00a0`, fontOf(size, true)) };
    });
    const h = Math.max(...made.map((box) => box.lines.length)) * leading + 2 * PAD;
    boxes.push(...made.map((box) => ({ ...box, h, middle: { x: box.x + box.w / 2, y: box.y + h / 2 } })));
    y += tall + h + PAD;
  });
  return { labels, boxes, bottom: y };
}
