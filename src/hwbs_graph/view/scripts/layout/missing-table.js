// Who is missing as a table of cells: partners against themes or, for one of them, with where else they are named.
import { missingMark, wayWords } from "../record/missing-words.js";
import { boldCell, totalCell } from "./count-tables.js";
import { columnFor } from "./table-layout.js";

const NAMES = { min: 170, max: 340, grow: 3 };

export function missingTable(model, missing, measure) {
  if (!missing) return null;
  const { focus, heads, rows } = missing;
  const names = columnFor(["Partner", ...rows.map(({ id }) => model.nodes[id].name)], NAMES, measure);
  const marks = heads.map(() => ({ min: 80, max: focus === null ? 190 : 150, grow: 2 }));
  const last = focus === null ? { min: 46, max: 80, grow: 1 } : { min: 240, max: 900, grow: 6 };
  const columns = [names, ...marks, last];
  return { columns, rows: [tableHead(model, missing), ...rows.map((row) => tableRow(model, missing, row))] };
}

function tableHead(model, { focus, heads }) {
  const end = focus === null ? totalCell("All") : boldCell("Named elsewhere, on the same determinants");
  return [boldCell("Partner"), ...heads.map((id) => headCell(model, id)), end];
}

function headCell(model, id) {
  const { name, code, hue } = model.nodes[id];
  return { parts: [{ text: code || name, bold: true }], hue, mix: 100, align: "center", ids: [id] };
}

function tableRow(model, { focus, heads }, { id, cells, total }) {
  const sign = model.columnOf.get("partner").sign;
  const name = { parts: [{ text: model.nodes[id].name }], sign, ids: [id] };
  const end = focus === null ? totalCell(String(total), [id]) : { parts: [{ text: wayWords(model, cells[0]) }], ids: [id] };
  return [name, ...cells.map((cell, at) => markCell(model, heads[at], id, cell)), end];
}

// A filled circle says how often it is named here, a hollow one how often elsewhere.
function markCell(model, head, id, cell) {
  const count = cell.here.size || cell.elsewhere.size;
  return { parts: [{ text: count ? String(count) : "", bold: true }], circle: missingMark(cell), hue: model.nodes[head].hue, align: "center", ids: [id, head] };
}
