// Where every box of the continuity picture stands, in the same pixels as the map's.
import { pictureOf, shownPair, tagsIn } from "../record/continuity.js";
import { columnSlot, enlargeBoxes, fillSlots, fitColumn, itemText, naturalWidth, wrapColumn } from "./columns.js";
import { boxOf, emptyLayout, setEdges, spreadApart, topsOf } from "./map-layout.js";
import { DASHES, GAP, HEADING_ROOM, LARGE_SIZES, MARGIN, READABLE, STYLES } from "./styles.js";
import { cutText, fontOf } from "./wrap.js";

// The middle gap is where the changes cross: it needs the most room.
const CHANGE_GAP = { min: 56, max: 260, grow: 3 };
const [TIGHT_GAP, TIGHT_PAD] = [2, 4];
// How each change looks: what moved is to be seen from the back row, what only shares a topic is not.
export const CHANGE_STYLES = {
  "moved-theme": { width: 5, ink: "text", opacity: 1 },
  "shared-topic": { width: 1.2, opacity: 0.75 },
  shifted: { width: 1.2, opacity: 0.75 },
  other: { width: 2.2 },
};

export function layoutContinuity(model, pair, room, measure, large = false) {
  const picture = pictureOf(model, pair);
  const columns = picture.columns.map((column) => changeColumn(model, pair, { ...column, large }, measure));
  if (!columns.length) return emptyLayout(room);
  const height = room.height - HEADING_ROOM - MARGIN;
  setEdges(columns, changeWidths(columns, room.width));
  const most = Math.min(...columns.filter(isElements).map((column) => fitTexts(column, height, measure).size));
  columns.forEach((column) => (column.fit = fitTexts(column, height, measure, isElements(column) ? most : Infinity)));
  const tall = Math.max(height, ...columns.map((column) => column.fit.need));
  columns.forEach((column) => enlargeBoxes(column, tall));
  columns.forEach((column) => (column.tops = topsOf(column, tall)));
  alignThemes(columns, picture.links, tall);
  const boxes = columns.flatMap((column, index) => column.fit.texts.map((text, row) => changeBox(model, column, index, text, row)));
  const last = columns[columns.length - 1];
  return {
    width: Math.max(room.width, last.x + last.width + MARGIN), height: tall + HEADING_ROOM + MARGIN,
    boxes, headings: planHeadings(model, pair, columns, measure), links: picture.links.map(styledLink),
  };
}

function isElements(column) {
  return column.style === "box";
}

function changeColumn(model, pair, column, measure) {
  const style = column.role === "theme" ? "block" : "box";
  const tags = tagsIn(pair, column.side === "from" ? "source" : "target");
  // The tag takes the place where the map writes a count.
  const items = column.ids.map((id) => ({ ...itemText(model, id, style), count: style === "box" && tags.has(id) ? `${tags.get(id)}  ` : "" }));
  return { ...column, style, role: style === "block" ? "group" : "leaf", sign: "", items, natural: naturalWidth(items, style, measure) };
}

function changeWidths(columns, room) {
  const slots = columns.flatMap((column, index) => {
    const gap = index && columns[index - 1].side !== column.side ? CHANGE_GAP : GAP;
    return [...(index ? [{ ...gap }] : []), columnSlot(column, false, false)];
  });
  fillSlots(slots, room - 2 * MARGIN);
  return slots.map((slot) => Math.floor(slot.width));
}

// The whole change must be seen at once, or its lines lead out of sight: the longest wordings end in dots
// (the panel has them whole) before anything has to be scrolled.
function fitTexts(column, height, measure, most = Infinity) {
  const whole = fitColumn(column, height, measure, most);
  const isSmall = column.large && whole.size < READABLE;
  if ((whole.need <= height && !isSmall) || !isElements(column)) return whole;
  const sizes = [...(column.large ? LARGE_SIZES.slice(-4) : []), ...STYLES[column.style].sizes.filter((each) => each <= 13)];
  for (const size of sizes.filter((each) => each <= most)) {
    const cut = cutToFit(wrapColumn(column, column.width, size, measure), column, height, measure);
    if (cut) return cut;
  }
  return whole;
}

// One line each, then a line more for those that lose most, as long as there is room; or null.
function cutToFit(fit, column, height, measure) {
  const least = TIGHT_GAP * (fit.texts.length - 1) + fit.texts.length * (fit.leading + TIGHT_PAD);
  let spare = Math.floor((height - least) / fit.leading);
  if (spare < 0) return null;
  const given = fit.texts.map(() => 1);
  const lost = (row) => 1 - given[row] / fit.texts[row].lines.length;
  for (; spare > 0; spare -= 1) given[given.map((_, row) => row).reduce((most, row) => (lost(row) > lost(most) ? row : most))] += 1;
  const texts = fit.texts.map((text, row) => ({ ...text, lines: cutLines(text, given[row], column, fit.size, measure) }));
  const heights = texts.map((text) => text.lines.length * fit.leading + TIGHT_PAD);
  return { ...fit, texts, heights, gap: TIGHT_GAP, need: heights.reduce((sum, tall) => sum + tall, 0) + TIGHT_GAP * (heights.length - 1) };
}

function cutLines({ lines, indent, count }, most, column, size, measure) {
  if (lines.length <= most) return lines;
  const tail = count ? measure(count, fontOf(size, true)) + 8 : 0;
  const room = column.width - 2 * STYLES[column.style].padX - indent - tail;
  return [...lines.slice(0, most - 1), cutText(lines.slice(most - 1).join(" "), room, fontOf(size, false), measure)];
}

// Themes stand at the middle of what they are joined to, as far as their neighbours leave room.
function alignThemes(columns, links, tall) {
  const middles = new Map(columns.filter(isElements).flatMap((column) => column.ids.map((id, row) => [id, column.tops[row] + column.fit.heights[row] / 2])));
  for (const column of columns.filter((each) => !isElements(each))) {
    const wish = (id, row) => {
      const joined = links.filter((link) => link.from === id || link.to === id).map((link) => middles.get(link.from === id ? link.to : link.from));
      return joined.length ? joined.reduce((sum, y) => sum + y, 0) / joined.length : column.tops[row];
    };
    column.tops = spreadApart(column, column.ids.map(wish), tall);
  }
}

function changeBox(model, column, index, text, row) {
  const { count, ...box } = boxOf(model, column, index, text, row);
  const frames = { dropped: { dash: [5, 4], frame: 2.4 }, new: { frame: 3.6 }, moved: { frame: 3.6 } };
  return { ...box, count: "", ...(count ? { tag: count.trim(), ...frames[count.trim()] } : {}) };
}

// A thick line needs longer dashes to be seen as one line.
function styledLink(link) {
  if (!link.type) return link;
  const style = CHANGE_STYLES[link.type] || CHANGE_STYLES.other;
  const dash = DASHES[link.provenance]?.map((length) => length * (style.width > 4 ? 2.4 : 1));
  return { ...link, style: { ...style, dash } };
}

// The plan's name over its themes and elements, cut where the next plan's begins.
function planHeadings(model, pair, columns, measure) {
  return ["from", "to"].flatMap((side) => {
    const own = columns.filter((column) => column.side === side);
    if (!own.length) return [];
    const last = own[own.length - 1];
    const width = last.x + last.width - own[0].x + (side === "from" ? CHANGE_GAP.min - GAP.min : 0);
    return [{ x: own[0].x, width, text: cutHeading(model.plans[pair[side]].short, width, measure) }];
  });
}

function cutHeading(text, width, measure) {
  const font = fontOf(13, true);
  return measure(text.toUpperCase(), font) <= width ? text : cutText(text.toUpperCase(), width, font, measure);
}

export function continuityLayout({ model, state }) {
  const pair = shownPair(model, state);
  if (!pair) return { count: 0, lay: emptyLayout };
  const count = pictureOf(model, pair).columns.reduce((sum, column) => sum + column.ids.length, 0);
  return { count, lay: (room, measure) => layoutContinuity(model, pair, room, measure, (state.step ?? null) !== null) };
}
