// Where every cell of a table stands, in pixels from its upper left corner, so that a table is saved and
// printed as it is shown.
//
// A table is {columns: [{min, max, grow}], rows: [[cell]]}. A cell has `parts`, each {text, bold, quiet},
// and may have: span, hue, mix (per cent of the hue behind the words), edge (the hue at the left), align, sign,
// dashed (suggested), bar (its share of the width), inverse, turned (read upwards), rule ("hue" or "text" below), ids (of what it is about).
import { fillSlots } from "./columns.js";
import { MARGIN, MARK_ROOM } from "./styles.js";
import { cutText, fontOf, wrapText } from "./wrap.js";

const SIZES = [15, 14, 13, 12, 11];
// The size of a table that is longer than its sheet whatever the size.
const LONG = { size: 13, share: 1.3 };
const PAD = 5;
// What an edge in the theme's colour takes from the words beside it.
export const EDGE = 6;
const TURNED_ROOM = 190;

// The largest size at which the table fits the room; the smallest, and a taller sheet, if none does.
export function layTable(table, room, measure) {
  const columns = placeColumns(table.columns, room.width);
  let cells = [];
  for (const size of SIZES) {
    cells = placeRows(table.rows, columns, size, measure);
    if (bottomOf(cells) <= room.height) break;
  }
  if (bottomOf(cells) > room.height * LONG.share) cells = placeRows(table.rows, columns, LONG.size, measure);
  const last = columns[columns.length - 1];
  return { width: last.x + last.width + MARGIN, height: bottomOf(cells), boxes: [], headings: [], links: [], cells };
}

// Tables in columns beside each other, all of one size: [{share of the width, tables}].
export function layBeside(parts, room, measure) {
  let cells = [];
  for (const size of SIZES) {
    cells = placeParts(parts, room, size, measure);
    if (bottomOf(cells) <= room.height) break;
  }
  if (bottomOf(cells) > room.height * LONG.share) cells = placeParts(parts, room, LONG.size, measure);
  const width = cells.reduce((most, cell) => Math.max(most, cell.x + cell.w), 0) + MARGIN;
  return { width: Math.max(width, room.width), height: bottomOf(cells), boxes: [], headings: [], links: [], cells };
}

function placeParts(parts, room, size, measure) {
  let left = 0;
  return parts.flatMap(({ share, tables }) => {
    const [x, width] = [left, room.width * share];
    left += width;
    let y = 0;
    return tables.flatMap((table) => {
      const top = y;
      const columns = placeColumns(table.columns, width).map((column) => ({ ...column, x: column.x + x }));
      const cells = placeRows(table.rows, columns, size, measure).map((cell) => ({ ...cell, y: cell.y + top }));
      y = bottomOf(cells) + 2 * MARGIN;
      return cells;
    });
  });
}

function bottomOf(cells) {
  return cells.reduce((lowest, cell) => Math.max(lowest, cell.y + cell.h), 0);
}

function placeColumns(columns, room) {
  const slots = columns.map((column) => ({ ...column }));
  fillSlots(slots, room - 2 * MARGIN);
  let x = MARGIN;
  return slots.map(({ width }) => {
    const placed = { x, width };
    x += width;
    return placed;
  });
}

function placeRows(rows, columns, size, measure) {
  let y = 0;
  return rows.flatMap((row) => {
    const cells = placeCells(row, columns, size, measure);
    const h = Math.max(...cells.map((cell) => cell.need));
    const placed = cells.map((cell) => ({ ...cell, y, h }));
    y += h;
    return placed;
  });
}

function placeCells(row, columns, size, measure) {
  let at = 0;
  return row.map((cell) => {
    const span = cell.span ?? 1;
    const [first, last] = [columns[at], columns[at + span - 1]];
    at += span;
    const place = { x: first.x, w: last.x + last.width - first.x, size, leading: Math.round(size * 1.22) };
    const lines = cell.turned ? turnedLines(cell, place, measure) : cellLines(cell, place, measure);
    const need = cell.turned ? TURNED_ROOM : Math.max(1, lines.length) * place.leading + 2 * PAD;
    return { ...cell, ...place, pad: PAD, lines, need };
  });
}

function cellLines({ parts, sign, edge }, { w, size }, measure) {
  const room = Math.max(16, w - 2 * PAD - (sign ? MARK_ROOM : 0) - (edge ? EDGE : 0));
  return parts.filter(({ text }) => text).flatMap((part) => wrapText(part.text, room, fontOf(size, part.bold), measure).map((text) => ({ ...part, text })));
}

// As many lines as stand beside each other in the column; the last one ends in dots.
function turnedLines({ parts }, { w, size, leading }, measure) {
  const [room, most] = [TURNED_ROOM - 2 * PAD, Math.max(1, Math.floor((w - 2) / leading))];
  const [part] = parts;
  const font = fontOf(size, part.bold);
  const lines = wrapText(part.text, room, font, measure);
  const kept = lines.length <= most ? lines : [...lines.slice(0, most - 1), cutText(lines.slice(most - 1).join(" "), room, font, measure)];
  return kept.map((text) => ({ ...part, text }));
}

// As wide as the longest of some texts at the largest size, within bounds.
export function columnFor(texts, { min, max, grow = 1 }, measure) {
  const natural = Math.ceil(Math.max(0, ...texts.map((text) => measure(text, fontOf(SIZES[0], false))))) + 2 * PAD + MARK_ROOM + 4;
  return { min: Math.min(min, natural), max: Math.max(Math.min(min, natural), Math.min(max, natural)), grow };
}
