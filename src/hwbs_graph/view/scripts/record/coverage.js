// Which theme does something about which determinant of health, layer by layer.
import { linkPasses } from "./filters.js";
import { isLayer, isRoot, leavesNaming, linksNaming, pluralWords, rootsOf, sortInMapOrder } from "./model.js";

// {themes: [id or null], layers: [{layer, rows}], addressed, gaps, all, thinned}, or null where the plan
// names no determinant. A row is {id, cells: [{leaves, count, direct, theme, suggested}], leaves, total, direct, gap}; of
// the leaves counted, those `direct` name it themselves. `thinned` says that filters hide some of what the plan
// addresses. What names a narrower determinant counts, but not for a layer, under which all of them stand.
export function coverageOf(model, shown) {
  const named = determinantLinks(model, shown.plan);
  if (!named.length) return null;
  const links = named.filter((link) => isShownNaming(model, shown, link));
  const themes = coverageThemes(model, shown, links);
  const rows = allDeterminants(model).map((id) => {
    const own = new Set(isLayer(model, id) ? model.inward[id] : linksNaming(model, id));
    return coverageRow(model, shown, themes, links.filter((link) => own.has(link)), id, named.some((link) => own.has(link)));
  }).filter((row) => !row.gap || !isLayer(model, row.id));
  const addressed = rows.filter((row) => row.addressed).map((row) => row.id);
  const gaps = rows.filter((row) => row.gap).map((row) => row.id);
  return { themes, layers: layersOf(model, rows), addressed, gaps, all: rows.length, thinned: addressed.length < rows.length - gaps.length };
}

// The record gives determinants layer by layer, from what one cannot change outwards.
export function allDeterminants(model) {
  return model.nodes.filter((node) => node.kind === "determinant").map((node) => node.id);
}

function layersOf(model, rows) {
  const layers = new Map();
  for (const row of rows) {
    const { layer } = model.nodes[row.id];
    if (!layers.has(layer)) layers.set(layer, []);
    layers.get(layer).push(row);
  }
  const broadFirst = (list) => [...list.filter((row) => isLayer(model, row.id)), ...list.filter((row) => !isLayer(model, row.id))];
  return [...layers].map(([layer, list]) => ({ layer, rows: broadFirst(list) }));
}

// Links to determinants from what stands in the plan or is the theme of it.
function determinantLinks(model, plan) {
  const own = model.members[plan];
  return model.links.filter((link) => own.has(link.from) && model.nodes[link.to].kind === "determinant");
}

// A theme's own words count where the theme is shown, unless a partner is asked for, whom they do not name;
// `shown.state`, where given, holds the filters.
function isShownNaming(model, shown, link) {
  if (!isRoot(model, link.from)) return shown.links.includes(link);
  if (asksForPartner(model, shown.state)) return false;
  return (shown.nodes.has(link.from) || shownLeavesUnder(model, shown, link.from).length > 0)
    && (!shown.state || linkPasses(model, shown.state, link));
}

function asksForPartner(model, { partners = [], only = null } = {}) {
  return partners.length > 0 || (only !== null && model.nodes[only].kind === "partner");
}

function shownLeavesUnder(model, shown, root) {
  return [...(root === null ? shown.leaves : model.leaves[root])].filter((leaf) => shown.leaves.has(leaf));
}

// null stands for what is under no theme.
function coverageThemes(model, shown, links) {
  const roots = [...shown.leaves].map((leaf) => rootsOf(model, leaf));
  const own = [...links.map((link) => link.from), ...shown.nodes].filter((id) => isRoot(model, id));
  const ids = sortInMapOrder(model, new Set([...roots.flat(), ...own]));
  return roots.some((list) => !list.length) ? [...ids, null] : ids;
}

function coverageRow(model, shown, themes, links, id, inPlan) {
  const cells = themes.map((theme) => coverageCell(model, shown, theme, links, id));
  const leaves = new Set(links.filter((link) => !isRoot(model, link.from)).flatMap((link) => leavesOfNaming(model, shown, link)));
  return { id, cells, leaves, total: leaves.size, direct: countDirect(links, leaves, id), addressed: cells.some((cell) => cell.count || cell.theme), gap: !inPlan };
}

function leavesOfNaming(model, shown, link) {
  return leavesNaming(model, link.from).filter((leaf) => shown.leaves.has(leaf));
}

function countDirect(links, leaves, id) {
  return new Set(links.filter((link) => link.to === id && leaves.has(link.from)).map((link) => link.from)).size;
}

function coverageCell(model, shown, theme, links, id) {
  const under = new Set(theme === null
    ? shownLeavesUnder(model, shown, null).filter((leaf) => !rootsOf(model, leaf).length)
    : shownLeavesUnder(model, shown, theme));
  const inner = links.filter((link) => !isRoot(model, link.from) && leavesOfNaming(model, shown, link).some((leaf) => under.has(leaf)));
  const own = links.filter((link) => link.from === theme && isRoot(model, link.from));
  const leaves = new Set(inner.flatMap((link) => leavesOfNaming(model, shown, link)).filter((leaf) => under.has(leaf)));
  const resting = inner.length ? inner : own;
  return { leaves, count: leaves.size, direct: countDirect(links, leaves, id), theme: !leaves.size && own.length > 0, suggested: resting.length > 0 && resting.every((link) => link.provenance !== "printed") };
}

// One sentence that stays true under filters.
export function coverageSentence(model, { addressed, gaps, all, thinned }) {
  const names = gaps.map((id) => model.nodes[id].name).join(", ");
  const told = gaps.length ? `${gaps.length} ${gaps.length === 1 ? "gap" : "gaps"}: ${names}.` : "No gaps.";
  const sum = `${addressed.length} of ${all} determinants are addressed`;
  return thinned ? `By what is shown, ${sum}. In the whole plan: ${told}` : `${sum}; ${told[0].toLowerCase()}${told.slice(1)}`;
}

export function coverageCaption(model, shown) {
  const leaves = pluralWords(model, shown.leaves) || "items";
  return `Number of ${leaves} that address each determinant, themselves or through an objective or a narrower determinant, by theme; the darker, the more`;
}

// What the marks mean, of those the table has: [{mark, text}], the mark "" for the dashed frame.
export function coverageMarks({ layers }) {
  const cells = layers.flatMap((layer) => layer.rows).flatMap((row) => row.cells);
  return [
    cells.some((cell) => cell.direct < cell.count) && { mark: "2+3", text: "= 2 address it themselves, 3 through an objective or a narrower determinant" },
    cells.some((cell) => cell.suggested) && { mark: "", text: "suggested, not printed" },
    cells.some((cell) => cell.theme) && { mark: "theme", text: "= only the theme itself names it" },
    { mark: "gap", text: "= nothing in the plan is recorded to address it" },
  ].filter(Boolean);
}

// What a cell says: "2+3", first those that name the determinant themselves; "theme" where only that does.
export function cellWords({ count, direct, theme }) {
  return theme ? "theme" : count ? countParts(count, direct) : "";
}

export function totalWords(row) {
  if (row.gap) return "gap";
  if (row.total) return countParts(row.total, row.direct);
  return row.addressed ? "theme" : "";
}

function countParts(count, direct) {
  return [direct || "", count - direct || ""].join(direct < count ? "+" : "");
}

// An objective that names a determinant stands for all its actions, so small numbers are common.
export function depthOf(count) {
  return [1, 2, 4, 7].filter((least) => count >= least).length;
}
