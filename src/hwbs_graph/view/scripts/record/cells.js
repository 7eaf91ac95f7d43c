// Which leaves a picture counts for a thing, or for one cell of its table: the same that its number counts.
import { coverageOf } from "./coverage.js";
import { isCoverage } from "./pictures.js";

// The leaves behind what is selected; `state.at` is the heading of the cell that is, if one is.
export function selectedLeaves(model, state, shown) {
  const { selected, at } = state;
  return at === null ? leavesInRow(model, state, shown, selected) : leavesInCell(model, state, shown, selected, at);
}

function leavesInRow(model, state, shown, id) {
  return coverageRowOf(model, state, shown, id)?.leaves ?? shown.leavesOf.get(id) ?? new Set();
}

export function leavesInCell(model, state, shown, id, head) {
  const row = coverageRowOf(model, state, shown, id);
  if (row) return row.cells[row.themes.indexOf(head)]?.leaves ?? new Set();
  const under = shown.leavesOf.get(head) ?? new Set([head]);
  return new Set([...leavesInRow(model, state, shown, id)].filter((leaf) => under.has(leaf)));
}

// A layer of determinants counts without its narrower ones only in the pictures of coverage.
function coverageRowOf(model, state, shown, id) {
  if (!isCoverage(state.view) || model.nodes[id].kind !== "determinant") return null;
  const coverage = coverageOf(model, shown);
  const row = coverage?.layers.flatMap((layer) => layer.rows).find((each) => each.id === id);
  return row ? { ...row, themes: coverage.themes } : null;
}
