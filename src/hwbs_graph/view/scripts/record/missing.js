// Who is missing: a partner that is named elsewhere in the plan for a determinant that is addressed here too, but not
// here. No plan says so: it is derived by comparing.
import { allDeterminants } from "./coverage.js";
import { NO_FILTER, applyFilters, isFiltered } from "./filters.js";
import { headsOf } from "./grid.js";
import { idsOfKind, isLayer, isRoot, isShared, sortInMapOrder } from "./model.js";
import { printedLeaves } from "./partner-network.js";

// {focus, heads, rows: [{id, total, cells}], whole}, or null where the plan names no partner or addresses no determinant.
// A cell is {here, elsewhere, ways: [{determinant, leaves}], suggested}: the leaves that name the partner under the
// heading, and elsewhere those that name it for a determinant of the heading; of one that is named, none are sought.
export function missingOf(model, state, shown) {
  const whole = isFiltered(state) ? applyFilters(model, { ...state, ...NO_FILTER }) : shown;
  const partners = sortInMapOrder(model, idsOfKind(model, "partner", whole.nodes)).filter((id) => whole.leavesOf.get(id).size);
  const determinants = determinantsIn(model, whole);
  if (!partners.length || !determinants.length) return null;
  const focus = focusOf(model, state);
  const heads = headsShown(model, state, whole, focus).map((id) => headOf(whole, determinants, id));
  const asked = partners.includes(state.only) ? [state.only] : partners;
  const rows = asked.map((id) => rowOf(model, whole, heads, id)).sort((a, b) => b.total - a.total);
  return { focus, heads: heads.map(({ id }) => id), rows: focus === null ? rows : sortByNeed(rows), whole };
}

// The theme, objective or action that is looked at, null for the whole plan.
export function focusOf(model, state) {
  const isPlace = (id) => id !== null && !isShared(model, id) && model.members[state.plan].has(id);
  return [state.only, state.themes.length === 1 ? state.themes[0] : null, state.selected].find(isPlace) ?? null;
}

// A whole layer is too wide to be the same determinant.
function determinantsIn(model, whole) {
  const named = allDeterminants(model).filter((id) => !isLayer(model, id) && whole.leavesOf.get(id)?.size);
  return named.map((id) => ({ id, leaves: whole.leavesOf.get(id), printed: printedLeaves(model, whole, id) }));
}

// The themes or, of a plan without any, what stands just above its leaves.
function headsShown(model, state, whole, focus) {
  if (focus !== null) return [focus];
  const roots = [...whole.nodes].filter((id) => isRoot(model, id) && whole.leavesOf.get(id).size);
  const themes = roots.length ? roots : [...headsOf(model, whole)];
  return sortInMapOrder(model, themes.filter((id) => !state.themes.length || state.themes.includes(id)));
}

function headOf(whole, determinants, id) {
  const leaves = whole.leavesOf.get(id) ?? new Set([id]);
  const has = (other) => [...other].some((leaf) => leaves.has(leaf));
  return { id, leaves, about: determinants.filter((one) => has(one.leaves)).map((one) => ({ ...one, isPrinted: has(one.printed) })) };
}

function rowOf(model, whole, heads, id) {
  const own = whole.leavesOf.get(id);
  const printed = printedLeaves(model, whole, id);
  return { id, total: own.size, cells: heads.map((head) => cellOf(head, own, printed)) };
}

function cellOf({ leaves, about }, own, printed) {
  const here = new Set([...own].filter((leaf) => leaves.has(leaf)));
  const ways = here.size ? [] : about.map((one) => wayOf(one, own, printed)).filter((way) => way.leaves.size);
  ways.sort((a, b) => b.leaves.size - a.leaves.size);
  return { here, ways, elsewhere: new Set(ways.flatMap((way) => [...way.leaves])), suggested: ways.length > 0 && !ways.some((way) => way.isPrinted) };
}

// Printed is a way of which every link is: to the determinant here and there, and to the partner.
function wayOf(determinant, own, printed) {
  const leaves = new Set([...own].filter((leaf) => determinant.leaves.has(leaf)));
  const isPrinted = determinant.isPrinted && [...leaves].some((leaf) => determinant.printed.has(leaf) && printed.has(leaf));
  return { determinant: determinant.id, leaves, isPrinted };
}

// First who is missing, by how much they do elsewhere, then who is named; who is neither stays away.
function sortByNeed(rows) {
  const of = (row) => row.cells[0];
  const kept = rows.filter((row) => of(row).here.size || of(row).ways.length);
  return kept.sort((a, b) => of(b).elsewhere.size - of(a).elsewhere.size || of(b).here.size - of(a).here.size);
}

export function missingIn({ rows, heads }, head) {
  const at = heads.indexOf(head);
  return rows.filter((row) => row.cells[at].ways.length).sort((a, b) => b.cells[at].elsewhere.size - a.cells[at].elsewhere.size);
}
