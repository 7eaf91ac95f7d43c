// One partner's sheet as tables of cells: what is asked of it at the left, with whom and what for at the right.
import { SIDES, partnerSheet, sharersHeading } from "../record/partner-sheet.js";
import { boldCell, totalCell } from "./count-tables.js";
import { layBeside } from "./table-layout.js";

const WIDE = { words: { min: 220, max: 900, grow: 5 }, facts: { min: 120, max: 300, grow: 2 }, became: { min: 150, max: 420, grow: 3 } };
const LEFT = 0.7;

// Null where no partner is named.
export function sheetPlan(model, state, shown) {
  const sheet = partnerSheet(model, state, shown);
  if (!sheet) return null;
  const left = sheet.groups.length ? [askedTable(model, sheet)] : [];
  const right = SIDES.filter(([name]) => sheet[name].items.length).map(([name, words]) => barTable(model, sheet, name, words));
  const parts = [{ share: LEFT, tables: left }, { share: 1 - LEFT, tables: right }].filter(({ tables }) => tables.length);
  return { sheet, lay: (room, measure) => layBeside(parts.length === 1 ? [{ ...parts[0], share: 1 }] : parts, room, measure) };
}

function askedTable(model, { groups, became }) {
  const rows = groups.flatMap((group) => group.rows);
  const names = ["words", "facts", "became"].filter((name) => name === "words" || rows.some((row) => row[name].length));
  const head = { words: "What is asked", facts: "When, by what, how far", became };
  const lines = groups.flatMap((group) => [groupRow(model, group, names.length), ...group.rows.map((row) => askedRow(model, row, names))]);
  return { columns: names.map((name) => WIDE[name]), rows: [names.map((name) => ({ ...boldCell(head[name]), rule: "text" })), ...lines] };
}

function groupRow(model, { theme, sum }, span) {
  const node = theme === null ? { name: "No theme", hue: 0 } : model.nodes[theme];
  return [{ parts: [{ text: `${node.name}: ${sum}`, bold: true }], hue: node.hue, edge: true, rule: "hue", span, ids: theme === null ? [] : [theme] }];
}

function askedRow(model, row, names) {
  const told = { words: [row.words, row.isSuggested ? "suggested, not printed" : ""], facts: row.facts, became: row.became };
  return names.map((name) => ({ parts: told[name].filter(Boolean).map((text, at) => ({ text, quiet: name === "words" && at > 0 })).concat(told[name].some(Boolean) ? [] : [{ text: "" }]), ids: [row.id] }));
}

// The longer the bar, the more they share; the number stands beside it.
function barTable(model, sheet, name, words) {
  const { items, most } = sheet[name];
  const head = [{ ...boldCell(sharersHeading(words, sheet[name])), span: 2, rule: "text" }];
  const rows = items.map(({ id, count }) => [{ parts: [{ text: model.nodes[id].name }], bar: count / most, hue: 0, ids: [id] }, { ...totalCell(String(count), [id]), mix: 0 }]);
  return { columns: [{ min: 120, max: 420, grow: 5 }, { min: 34, max: 44, grow: 1 }], rows: [head, ...rows] };
}
