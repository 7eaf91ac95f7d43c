// The grid and the coverage picture as tables of cells: numbers against headings, darker with more.
import { cellWords, coverageOf, depthOf, totalWords } from "../record/coverage.js";
import { countGrid } from "../record/grid.js";
import { isLayer, shortName } from "../record/model.js";
import { columnFor } from "./table-layout.js";

// Per cent of the hue for none, few, and so on; the style sheet has the same.
export const DEPTH_SHARES = [0, 13, 24, 36, 100];

const NAMES = { min: 170, max: 300, grow: 3 };

export function gridTable(model, shown, sharedColumn, measure) {
  const grid = countGrid(model, shown, sharedColumn);
  if (!grid) return null;
  const names = grid.rows.map((row) => model.nodes[row.id].name);
  const columns = [columnFor(names, NAMES, measure), ...grid.heads.ids.map(() => ({ min: 27, max: 64, grow: 1 })), { min: 40, max: 60, grow: 1 }];
  const rows = grid.rows.map((row) => [nameCell(model, row.id, sharedColumn), ...row.cells.map((count, at) => gridCell(model, grid.heads.ids[at], row.id, count)), totalCell(String(row.total), [row.id])]);
  return { columns, rows: [...gridHeads(model, grid), ...rows] };
}

function gridHeads(model, { groups, heads }) {
  const own = [textCell(""), ...heads.ids.map((id) => ({ parts: [{ text: shortName(model.nodes[id]) }], turned: true, hue: model.nodes[id].hue, rule: "hue", ids: [id] })), totalCell("All")];
  if (!groups.length) return [own];
  return [[textCell(""), ...groups.map(({ id, span }) => ({ ...themeCell(model, id), span })), textCell("")], own];
}

// Four or more is the full colour.
function gridCell(model, head, row, count) {
  return { ...countCell(count ? String(count) : "", model.nodes[head].hue, Math.min(count, 4)), ids: [row, head] };
}

export function coverageTable(model, shown, measure) {
  const coverage = coverageOf(model, shown);
  if (!coverage) return null;
  const names = coverage.layers.flatMap(({ rows }) => rows).map((row) => model.nodes[row.id].name);
  const columns = [columnFor(["Determinant", ...names], { min: 200, max: 420, grow: 3 }, measure), ...coverage.themes.map(() => ({ min: 70, max: 190, grow: 2 })), { min: 56, max: 90, grow: 1 }];
  const head = [boldCell("Determinant"), ...coverage.themes.map((id) => themeCell(model, id)), totalCell("All")];
  const rows = coverage.layers.flatMap(({ layer, rows: own }) => [layerRow(layer, columns.length), ...own.map((row) => coverageCells(model, coverage, row))]);
  return { columns, rows: [head, ...rows] };
}

function layerRow(layer, span) {
  return [{ parts: [{ text: layer || "Other determinants", bold: true }], span, rule: "text" }];
}

function coverageCells(model, { themes }, row) {
  const node = model.nodes[row.id];
  const name = { parts: [{ text: node.name + (isLayer(model, row.id) ? " (in general)" : "") }], sign: model.columnOf.get(node.kind).sign, ids: [row.id] };
  const cells = row.cells.map((cell, at) => {
    const hue = themes[at] === null ? 0 : model.nodes[themes[at]].hue;
    return { ...countCell(cellWords(cell), hue, depthOf(cell.count)), dashed: cell.suggested, ids: [row.id, themes[at]] };
  });
  return [name, ...cells, { ...totalCell(totalWords(row), [row.id]), inverse: row.gap }];
}

export function textCell(text) {
  return { parts: [{ text }] };
}

export function boldCell(text) {
  return { parts: [{ text, bold: true }] };
}

export function themeCell(model, id) {
  const [text, hue] = id === null ? ["No theme", 0] : [model.nodes[id].name, model.nodes[id].hue];
  return { parts: [{ text, bold: true }], hue, mix: 100, align: "center", ids: [id] };
}

function nameCell(model, id, column) {
  return { parts: [{ text: model.nodes[id].name }], sign: column.sign, ids: [id] };
}

export function countCell(text, hue, depth) {
  return { parts: [{ text, bold: true }], hue, mix: DEPTH_SHARES[depth], align: "center" };
}

export function totalCell(text, ids = []) {
  return { parts: [{ text, bold: true }], hue: 0, mix: 7, align: "center", ids };
}
