// Objectives that share partners as a triangle of cells: each two of them once.
import { depthOf } from "../record/coverage.js";
import { spokenName } from "../record/sentences.js";
import { pairBetween, pairHue } from "../record/shared-partners.js";
import { countCell, textCell } from "./count-tables.js";
import { columnFor } from "./table-layout.js";

const NAMES = { min: 190, max: 460, grow: 4 };

export function sharedTable(model, found, measure) {
  if (!found) return null;
  const [, ...rows] = found.heads;
  const heads = found.heads.slice(0, -1);
  const columns = [columnFor(rows.map((id) => rowName(model, id)), NAMES, measure), ...heads.map(() => ({ min: 26, max: 64, grow: 1 }))];
  const top = [textCell(""), ...heads.map((id) => ({ parts: [{ text: spokenName(model, id) }], turned: true, hue: model.nodes[id].hue, rule: "hue", ids: [id] }))];
  return { columns, rows: [top, ...rows.map((row, at) => triangleRow(model, found, heads, row, at))] };
}

function triangleRow(model, found, heads, row, at) {
  const name = { parts: [{ text: rowName(model, row) }], hue: model.nodes[row].hue, edge: true, ids: [row] };
  return [name, ...heads.map((head, place) => pairCell(model, place > at ? null : pairBetween(found, row, head)))];
}

function pairCell(model, pair) {
  if (!pair) return textCell("");
  const count = pair.partners.length;
  return { ...countCell(count ? String(count) : "", pairHue(model, pair), depthOf(count)), dashed: pair.suggested, ids: [pair.row, pair.head] };
}

// "Streets 4 Build warm homes"; without codes its name alone.
export function rowName(model, id) {
  const { code, name } = model.nodes[id];
  return code ? `${spokenName(model, id)} ${name}` : name;
}
