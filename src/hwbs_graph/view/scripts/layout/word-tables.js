// The list and the plans side by side as tables of cells: wordings, whom they name, and sources.
import { depthOf } from "../record/coverage.js";
import { familyCounts, isHeatMap, sideBySide } from "../record/families.js";
import { fullName, leafWords } from "../record/model.js";
import { openPoints, pointName } from "../record/notes.js";
import { outlineOf } from "../record/outline.js";
import { boldCell, countCell, textCell, totalCell } from "./count-tables.js";
import { columnFor } from "./table-layout.js";

export function familyTable(model, measure) {
  return isHeatMap(model) ? heatTable(model, measure) : besideTable(model, measure);
}

function heatTable(model, measure) {
  const { families, rows } = familyCounts(model);
  const columns = [columnFor(["Board", ...rows.map((row) => row.board)], { min: 150, max: 420, grow: 3 }, measure), ...families.map(() => ({ min: 60, max: 150, grow: 1 })), { min: 50, max: 90, grow: 1 }];
  const head = [boldCell("Board"), ...families.map((family) => ({ ...boldCell(family || "no family"), align: "center" })), totalCell("All")];
  const lines = rows.map((row) => [textCell(row.board), ...row.cells.map(({ themes, elements }) => countCell(elements ? String(elements) : themes ? "theme" : "", 1, depthOf(elements))), totalCell(String(row.total))]);
  return { columns, rows: [head, ...lines] };
}

function besideTable(model, measure) {
  const { columns: plans, rows } = sideBySide(model);
  const columns = [columnFor(["Theme family", ...rows.map(({ family }) => family)], { min: 90, max: 170, grow: 1 }, measure), ...plans.map(() => ({ min: 180, max: 900, grow: 4 }))];
  const head = [{ ...boldCell("Theme family"), rule: "text" }, ...plans.map((plan) => ({ parts: [{ text: plan.short, bold: true }, { text: plan.board, quiet: true }], rule: "text" }))];
  return { columns, rows: [head, ...rows.flatMap((row) => familyRows(model, row))] };
}

// A family has as many lines as the plan with most themes in it.
function familyRows(model, { family, cells }) {
  const lines = Math.max(1, ...cells.map((themes) => themes.length));
  return Array.from({ length: lines }, (_, line) => [
    boldCell(line ? "" : family || "Themes of no family"),
    ...cells.map((themes) => (themes[line] ? blockCell(model, themes[line]) : { parts: [{ text: line || themes.length ? "" : family ? "no theme of this family" : "none", quiet: true }] })),
  ]);
}

function blockCell(model, { id, elements, others }) {
  const node = model.nodes[id];
  const items = elements.map((each) => ({ text: fullName({ ...model.nodes[each], label: model.nodes[each].name }) }));
  const also = others.map((other) => ({ text: `and ${leafWords(model, new Set(other.elements))} in ${model.plans[other.plan].short}`, quiet: true }));
  const none = items.length ? [] : [{ text: "nothing under it is recorded", quiet: true }];
  return { parts: [{ text: node.label, bold: true }, ...items, ...none, ...also], hue: node.hue, edge: true, ids: [id, ...elements] };
}

const LIST_COLUMNS = { wording: { min: 300, max: 900, grow: 5 }, partner: { min: 160, max: 420, grow: 3 }, determinant: { min: 120, max: 300, grow: 2 }, source: { min: 130, max: 300, grow: 2 } };
const LIST_HEADS = { wording: "", partner: "Named, as printed", determinant: "Determinants", source: "Source" };

export function listTable(model, shown) {
  const rows = outlineOf(model, shown);
  if (!rows.length) return null;
  const has = { wording: true, partner: rows.some((row) => row.partner.length), determinant: rows.some((row) => row.determinant.length), source: rows.some((row) => row.source.length) };
  const names = Object.keys(LIST_COLUMNS).filter((name) => has[name]);
  const head = names.map((name) => ({ ...boldCell(LIST_HEADS[name]), rule: "text" }));
  return { columns: names.map((name) => LIST_COLUMNS[name]), rows: [head, ...rows.map((row) => listRow(model, row, names))] };
}

function listRow(model, row, names) {
  const node = model.nodes[row.id];
  const heading = !node.leaf;
  const wording = { parts: [{ text: fullName(node), bold: heading }], hue: node.hue, ids: [row.id], ...(heading ? { edge: true, rule: "hue" } : {}) };
  const rest = names.slice(1).map((name) => ({ parts: [{ text: row[name].join("; "), quiet: name === "source" }], ids: [row.id], ...(heading ? { hue: node.hue, rule: "hue" } : {}) }));
  return [wording, ...rest];
}

export function roomTable(model) {
  const points = openPoints(model);
  if (!points.length) return null;
  const head = ["What", "Votes", "What was said"].map((text) => ({ ...boldCell(text), rule: "text" }));
  const rows = points.map(({ id, notes, votes }) => [
    { parts: [{ text: pointName(model, id), bold: true }], hue: model.nodes[id].hue, edge: true, ids: [id] },
    textCell(votes ? String(votes) : ""),
    { parts: notes.filter((note) => note.text).map((note) => ({ text: note.group ? `${note.text} – ${note.group}` : note.text })) },
  ]);
  return { columns: [{ min: 220, max: 500, grow: 3 }, { min: 50, max: 80, grow: 1 }, { min: 260, max: 900, grow: 5 }], rows: [head, ...rows.map((row) => row.map((cell) => (cell.parts?.length === 0 ? { parts: [{ text: "" }] } : cell)))] };
}
