// Where every box stands, in real screen pixels from the map's top left corner.
import { namesShared, sharedColumns } from "../record/filters.js";
import { isShared, widerThan } from "../record/model.js";
import { columnWidths, enlargeBoxes, fitColumn, pillWidth, styleColumns } from "./columns.js";
import { passColumns } from "./passages.js";
import { HEADING_ROOM, MARGIN, READABLE } from "./styles.js";
import { cutText, fontOf } from "./wrap.js";

// Above this a drawing is only a cloud: the page says so and offers the other views.
export const MOST_NODES = 400;
const PILL = { height: 20, large: 30, least: 10, alone: 22 };

// For the back row (`large`) actions in full give way to numbers, and then partners or determinants to the rest, where
// the words would be too small; a step of its own shows them.
export function layoutMap(model, shown, room, measure, sharedColumn = sharedColumns(model, shown)[0] || null, large = false) {
  const lay = (how, shared = sharedColumn) => layoutColumns(model, styleColumns(model, shown, shared, measure, how), room, measure);
  const layout = large ? firstReadable([() => lay({ large }), () => lay({ large, most: 0 }), () => lay({ large }, null), () => lay({ large, most: 0 }, null), () => lay({ large, leaves: false }, null)], room) : lay({});
  const drawn = new Set(layout.boxes.map((box) => box.id));
  const links = shown.links.filter((link) => drawn.has(link.from) && drawn.has(link.to));
  const named = links.filter((link) => !isShared(model, link.to) || namesShared(model, link));
  return { ...layout, links: passColumns(layout.boxes, [...named, ...linksToWider(model, named, drawn)]) };
}

// To a determinant of which only narrower ones are named, one line from each that names such a one.
function linksToWider(model, links, drawn) {
  const led = new Set(links.map((link) => link.to));
  const made = new Map();
  for (const link of links) {
    for (const to of widerThan(model, link.to)) {
      if (drawn.has(to) && !led.has(to)) made.set(`${link.from} ${to}`, { ...link, to, provenance: "inferred" });
    }
  }
  return [...made.values()];
}

// The first whose smallest words can be read when all of it is in sight, or else the one with the largest.
function firstReadable(tries, room) {
  let best = { size: 0, layout: null };
  for (const attempt of tries) {
    const layout = attempt();
    if (!layout.boxes.length) return layout;
    const size = Math.min(...layout.boxes.map((box) => box.size)) * Math.min(1, room.width / layout.width, room.height / layout.height);
    if (size > best.size) best = { size, layout };
    if (size >= READABLE) break;
  }
  return best.layout;
}

function layoutColumns(model, columns, room, measure) {
  if (!columns.length) return emptyLayout(room);
  const height = room.height - HEADING_ROOM - MARGIN;
  const pills = columns.find((column) => column.style === "pill");
  const staggered = Boolean(pills) && height / pills.ids.length < PILL.alone;
  const widths = columnWidths(columns, room.width, staggered);
  setEdges(columns, widths);
  fitColumns(columns, height, staggered, measure);
  const tall = Math.max(height, ...columns.map((column) => column.fit.need));
  columns.filter((column) => column.style !== "pill").forEach((column) => enlargeBoxes(column, tall));
  columns.forEach((column) => (column.tops = topsOf(column, tall)));
  alignGroups(model, columns, tall);
  return placeBoxes(model, columns, tall, measure);
}

export function emptyLayout(room) {
  return { width: room.width, height: room.height, boxes: [], headings: [], links: [] };
}

export function setEdges(columns, widths) {
  let x = MARGIN;
  widths.forEach((width, slot) => {
    if (slot % 2 === 0) Object.assign(columns[slot / 2], { x, width });
    x += width;
  });
}

// Beside actions in full text only themes are written larger. Nothing is written smaller to fit a height
// that the actions exceed already.
function fitColumns(columns, height, staggered, measure) {
  const full = columns.find((column) => column.style === "full");
  const fit = full ? fitColumn(full, height, measure) : { size: Infinity, need: height };
  for (const column of columns) {
    if (column.style === "pill") column.fit = fitPills(column, height, staggered);
    else if (column.style === "block") column.fit = fitColumn(column, height, measure);
    else column.fit = fitColumn(column, Math.max(height, fit.need), measure, fit.size);
  }
}

// In two staggered rows a pill keeps its size at half the pitch, and the line of a left pill still
// passes between two right ones.
function fitPills(column, height, staggered) {
  const count = column.ids.length;
  const pitch = Math.max((height - PILL.height) / count, PILL.least);
  const tall = Math.min(column.large ? PILL.large : PILL.height, Math.floor(staggered ? 2 * pitch - 4 : pitch - 2));
  const size = Math.min(column.large ? 21 : 13, tall - 4);
  const texts = column.items.map((item) => ({ ...item, lines: [item.text], indent: 0 }));
  return { size, leading: tall, texts, heights: texts.map(() => tall), need: pitch * count + tall, gap: 0, staggered };
}

// Spread evenly over the height: every pixel not needed by a box goes between boxes.
export function topsOf(column, height) {
  const { heights } = column.fit;
  if (column.style === "pill") {
    const pitch = (height - heights[0]) / Math.max(1, heights.length - 1);
    return heights.map((tall, index) => index * pitch);
  }
  const used = heights.reduce((sum, tall) => sum + tall, 0);
  const space = (height - used) / heights.length;
  let y = space / 2;
  return heights.map((tall) => {
    const top = y;
    y += tall + space;
    return top;
  });
}

// Headings stand at the middle of what they lead to, as far as their neighbours leave room.
function alignGroups(model, columns, height) {
  const middles = new Map();
  [...columns].reverse().forEach((column) => {
    if (column.role === "group") column.tops = spreadApart(column, wishedMiddles(model, column, middles), height);
    column.ids.forEach((id, index) => middles.set(id, column.tops[index] + column.fit.heights[index] / 2));
  });
}

function wishedMiddles(model, column, middles) {
  return column.ids.map((id, index) => {
    const inner = model.outward[id].filter((link) => !isShared(model, link.to));
    const below = inner.map((link) => middles.get(link.to)).filter((y) => y !== undefined);
    const own = column.tops[index] + column.fit.heights[index] / 2;
    return below.length ? below.reduce((sum, y) => sum + y, 0) / below.length : own;
  });
}

export function spreadApart(column, middles, height) {
  const { heights, gap } = column.fit;
  const tops = [];
  let free = 0;
  heights.forEach((tall, index) => {
    tops.push(Math.max(middles[index] - tall / 2, free));
    free = tops[index] + tall + gap;
  });
  let limit = height;
  for (let index = heights.length - 1; index >= 0; index -= 1) {
    tops[index] = Math.min(tops[index], limit - heights[index]);
    limit = tops[index] - gap;
  }
  return tops;
}

function placeBoxes(model, columns, tall, measure) {
  const last = columns[columns.length - 1];
  return {
    width: last.x + last.width + MARGIN,
    height: tall + HEADING_ROOM + MARGIN,
    boxes: columns.flatMap((column, index) => column.fit.texts.map((text, row) => boxOf(model, column, index, text, row))),
    headings: columns.map((column, index) => ({ x: column.x, width: column.width, text: headingOf(column, columns[index + 1], measure) })),
  };
}

// A heading is written in capitals, and ends before the next one.
function headingOf(column, next, measure) {
  const written = column.plural.toUpperCase();
  const room = next ? next.x - column.x - MARGIN : Infinity;
  const font = fontOf(13, true);
  return measure(written, font) <= room ? column.plural : cutText(written, room, font, measure);
}

export function boxOf(model, column, columnIndex, text, row) {
  const { fit } = column;
  const right = fit.staggered && row % 2 === 1;
  const w = column.style === "pill" ? pillWidth(column) : column.width;
  return {
    id: text.id, column: columnIndex, row, style: column.style, sign: column.sign, hue: model.nodes[text.id].hue,
    x: right ? column.x + column.width - w : column.x, y: Math.round(column.tops[row] + HEADING_ROOM), w, h: fit.heights[row],
    from: column.x, to: column.x + column.width,
    size: fit.size, leading: fit.leading, lines: text.lines, code: text.code, count: text.count, indent: text.indent,
  };
}
