// How wide each column is and how its text wraps, in real screen pixels.
import { leafCount, mapColumns } from "../record/filters.js";
import { shortName } from "../record/model.js";
import { BUSY_GAP, FULL_TEXT_LIMIT, GAP, LARGE_SIZES, MARGIN, MARK_ROOM, STYLES } from "./styles.js";
import { fontOf, wrapText } from "./wrap.js";

function chooseStyle(column, index, leavesShown, most) {
  if (column.role === "shared") return "shared";
  // Only actions have codes short enough for a pill; a plan's headings are always in words.
  if (column.kind === "action") return leavesShown > most ? "pill" : "full";
  return index === 0 ? "block" : "box";
}

// Up to `most` actions are written in full; `large` is for the back row, which may have to do without `leaves`.
export function styleColumns(model, shown, sharedColumn, measure, { large = false, most = FULL_TEXT_LIMIT, leaves = true } = {}) {
  return mapColumns(model, shown, sharedColumn).filter((column) => leaves || column.role !== "leaf").map((column, index) => {
    const style = chooseStyle(column, index, shown.leaves.size, most);
    const items = column.ids.map((id) => itemText(model, id, style, shown));
    return { ...column, style, large, items, natural: naturalWidth(items, style, measure) * (large ? 1.3 : 1) };
  });
}

export function itemText(model, id, style, shown) {
  const node = model.nodes[id];
  if (style === "pill") return { id, code: "", text: node.code || String(node.rank + 1), count: "" };
  if (style === "block") return { id, code: "", text: shortName(node), count: "" };
  const count = style === "shared" ? String(leafCount(shown, id)) : "";
  // A shape alone would not say how it stands.
  const stands = style === "full" && node.progress ? ` (${node.progress})` : "";
  return { id, code: node.code, text: node.name + stands, count };
}

export function naturalWidth(items, style, measure) {
  const { sizes, bold, padX } = STYLES[style];
  const font = fontOf(sizes[0], bold);
  const room = style === "pill" ? 0 : MARK_ROOM + 24;
  return Math.ceil(Math.max(...items.map((item) => measure(item.text, font)))) + 2 * padX + room;
}

// Slots are columns and the gaps between them; spare width goes to each by its share, up to its most.
export function columnWidths(columns, room, staggered) {
  const tight = columns.some((column) => column.style === "full");
  const slots = [];
  columns.forEach((column, index) => {
    if (index) slots.push({ ...(column.role === "shared" ? BUSY_GAP : GAP) });
    slots.push(columnSlot(column, staggered, tight));
  });
  fillSlots(slots, room - 2 * MARGIN);
  return slots.map((slot) => Math.floor(slot.width));
}

export function columnSlot(column, staggered, tight) {
  if (column.style === "pill") {
    const width = pillWidth(column) * (staggered ? 2 : 1) + (staggered ? 4 : 0);
    return { min: width, max: width, grow: 0 };
  }
  const style = STYLES[column.style];
  const min = tight ? style.tight : style.min;
  return { min, max: Math.max(min, Math.min(style.max * (column.large ? 1.6 : 1), column.natural)), grow: style.grow };
}

export function pillWidth(column) {
  return Math.min(Math.max(column.natural, 32), column.large ? 120 : 90);
}

export function fillSlots(slots, room) {
  slots.forEach((slot) => (slot.width = slot.min));
  for (let round = 0; round < 6; round += 1) {
    const spare = room - slots.reduce((sum, slot) => sum + slot.width, 0);
    const open = slots.filter((slot) => slot.grow && slot.width < slot.max);
    const shares = open.reduce((sum, slot) => sum + slot.grow, 0);
    if (spare < 1 || !shares) return;
    open.forEach((slot) => (slot.width = Math.min(slot.max, slot.width + (spare * slot.grow) / shares)));
  }
}

// The largest size at which the column fits the height and no theme is broken within a word; the
// smallest, and a taller map, if none does.
export function fitColumn(column, height, measure, most = Infinity) {
  const sizes = [...(column.large ? LARGE_SIZES : []), ...STYLES[column.style].sizes].filter((size) => size <= most);
  let fitted = null;
  for (const size of sizes) {
    fitted = wrapColumn(column, column.width, size, measure);
    if (fitted.need <= height && !fitted.broken) return fitted;
  }
  return fitted;
}

// Height to spare goes into the boxes first, up to what looks right, and between them after that.
export function enlargeBoxes(column, height) {
  const { fit } = column;
  const { roomy } = STYLES[column.style];
  const spare = (height - fit.need) / fit.heights.length / 2;
  const gain = 2 * Math.max(0, Math.min(roomy, Math.floor(spare)));
  fit.heights = fit.heights.map((tall) => tall + gain);
}

export function wrapColumn(column, width, size, measure) {
  const style = STYLES[column.style];
  const leading = Math.round(size * 1.17);
  const texts = column.items.map((item) => wrapItem(item, column, width, size, measure));
  const broken = column.style === "block" && texts.some((text) => text.lines.join(" ") !== text.text);
  const heights = texts.map((text) => text.lines.length * leading + 2 * style.padY + 2);
  const need = heights.reduce((sum, height) => sum + height, 0) + style.gap * (heights.length - 1);
  return { size, leading, texts, heights, need, broken, gap: style.gap };
}

function wrapItem(item, column, width, size, measure) {
  const style = STYLES[column.style];
  const bold = fontOf(size, true);
  const sign = column.sign ? MARK_ROOM : 0;
  const indent = sign || (item.code ? Math.ceil(measure(item.code, bold)) + 7 : 0);
  const tail = item.count ? Math.ceil(measure(item.count, bold)) + 8 : 0;
  const inner = Math.max(24, width - 2 * style.padX - indent - tail);
  return { ...item, indent, lines: wrapText(item.text, inner, fontOf(size, style.bold), measure) };
}
