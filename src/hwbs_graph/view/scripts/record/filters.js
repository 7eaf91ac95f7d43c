// What is shown: the chosen plan, thinned by filters. A filter is an intersection of sets of leaves.
import { ancestorsOf, idsOfKind, isShared, leavesNaming, linksNaming, listWords, reachesLeaves, rootsOf, sortInMapOrder, widerThan } from "./model.js";
import { followsFilter, isAcross, isComparing } from "./pictures.js";

// Filters with several values; of themes any counts, of partners and of determinants all or any (`match`).
export const LISTS = ["themes", "partners", "determinants"];
export const FILTERS = ["only", "hops", ...LISTS, "document", "basis", "match"];
export const MOST_HOPS = 4;
// A partner in more of the plan than this joins everything, so no step leads over it.
export const HUB_SHARE = 0.8;
export const NO_FILTER = Object.freeze({ only: null, hops: 1, themes: [], partners: [], determinants: [], document: null, basis: null, match: "all" });

export function isFiltered(state) {
  return FILTERS.some((name) => (LISTS.includes(name) ? state[name].length : !["match", "hops"].includes(name) && state[name] !== null));
}

// What is filtered by elsewhere, and not in this picture.
export function idleFilters(state) {
  // Whose sheet it is says the partner.
  const idle = FILTERS.filter((name) => !followsFilter(state.view, name) && !(state.view === "sheet" && name === "partners"));
  return { ...NO_FILTER, ...Object.fromEntries(idle.map((name) => [name, state[name]])) };
}

// Whether filters leave nothing of a picture that counts leaves.
export function isEmpty({ state, shown }) {
  return !isAcross(state.view) && !isComparing(state.view) && isFiltered(state) && !shown.leaves.size && state.only === null;
}

// The things that filters ask for.
export function askedFor(state) {
  return [state.only, ...LISTS.flatMap((name) => state[name])].filter((id) => id !== null);
}

// {plan, state, leaves, links, nodes, leavesOf}: `links` are those that pass, `leavesOf` the shown leaves behind
// each shown node; partners and determinants are both in `nodes`, whichever of them the map draws.
export function applyFilters(model, state) {
  const own = model.members[state.plan];
  const links = model.links.filter((link) => own.has(link.from) && linkPasses(model, state, link));
  const around = state.only === null ? null : leavesAround(model, state, own);
  const leaves = new Set([...own].filter((id) => model.nodes[id].leaf && (!around || around.has(id)) && keepsLeaf(model, state, id, links)));
  const whole = !isFiltered(state);
  const elements = whole ? own : elementsAround(model, own, leaves, state.only);
  const shownLinks = links.filter((link) => elements.has(link.from) && (elements.has(link.to) || namesShared(model, link)));
  const nodes = new Set([...elements, ...shownLinks.flatMap((link) => [link.to, ...(namesShared(model, link) ? widerThan(model, link.to) : [])])]);
  // Chosen, though only a narrower one is linked.
  if (leaves.size) state.determinants.forEach((id) => nodes.add(id));
  const shown = { plan: state.plan, state, leaves, nodes, links: shownLinks };
  shown.leavesOf = new Map([...nodes].map((id) => [id, shownLeavesOf(model, shown, id)]));
  return shown;
}

export function namesShared(model, link) {
  return isShared(model, link.to) && reachesLeaves(model, link);
}

// Headings always join what stands under them; what names a partner or determinant must fit basis and document.
export function linkPasses(model, state, link) {
  if (!isShared(model, link.to)) return true;
  return fitsBasis(state, link) && fitsDocument(state, link.sources.concat(link.also.flatMap((other) => other.sources)));
}

function fitsBasis(state, link) {
  return state.basis === null || link.basis === state.basis || link.also.some((other) => other.basis === state.basis);
}

function fitsDocument(state, sources) {
  return state.document === null || sources.some((source) => source.document === state.document);
}

function keepsLeaf(model, state, id, links) {
  if (![state.partners, state.determinants].every((list) => isAmong(model, list, state.match, id))) return false;
  if (state.themes.length && !rootsOf(model, id).some((root) => state.themes.includes(root))) return false;
  return (state.basis === null || isKnownBy(model, id, links, (link) => fitsBasis(state, link)))
    && (state.document === null || isPrinted(model, state, id, links));
}

// The leaves of what is shown alone; each further step adds those of the partners named there.
function leavesAround(model, { only, hops = 1 }, own) {
  let found = new Set(model.leaves[only]);
  const all = [...own].filter((id) => model.nodes[id].leaf).length;
  const partners = idsOfKind(model, "partner", model.byKey.values()).map((id) => [...model.leaves[id]].filter((leaf) => own.has(leaf)));
  const steps = partners.filter((leaves) => leaves.length <= all * HUB_SHARE);
  for (let hop = 1; hop < hops; hop += 1) found = new Set([...found, ...steps.filter((leaves) => leaves.some((leaf) => found.has(leaf))).flat()]);
  return found;
}

function isAmong(model, list, match, leaf) {
  const has = (other) => model.leaves[other].has(leaf);
  return !list.length || (match === "any" ? list.some(has) : list.every(has));
}

// A leaf is known by what it or a heading above it names, and by how it came under its headings.
function isKnownBy(model, id, links, fits) {
  const line = ancestorsOf(model, id);
  return links.some((link) => line.has(link.from) && namesShared(model, link))
    || [...line].some((one) => model.inward[one].some((link) => line.has(link.from) && fits(link)));
}

function isPrinted(model, state, id, links) {
  return fitsDocument(state, model.nodes[id].sources) || links.some((link) => link.from === id && isShared(model, link.to));
}

// The kept leaves and their headings, and what “Show only this” chose, even if it stands for no leaf.
function elementsAround(model, own, leaves, only) {
  const kept = [...leaves].flatMap((id) => [...ancestorsOf(model, id)]);
  if (only !== null) kept.push(...ancestorsOf(model, only));
  return new Set(kept.filter((id) => own.has(id)));
}

function shownLeavesOf(model, shown, id) {
  const starts = isShared(model, id)
    ? linksNaming(model, id).filter((link) => shown.links.includes(link)).flatMap((link) => leavesNaming(model, link.from))
    : [...model.leaves[id]];
  return new Set(starts.filter((leaf) => shown.leaves.has(leaf)));
}

export function leafCount(shown, id) {
  return shown.leavesOf.get(id)?.size ?? 0;
}

// The shared columns that a plan has something for, in column order.
export function sharedColumns(model, shown) {
  return model.columns.filter((column) => column.role === "shared" && idsOfKind(model, column.kind, shown.nodes).length);
}

// The shared column that the map and the grid show: that asked for, or the one there is.
export function chooseSharedColumn(model, state, shown) {
  const kinds = sharedColumns(model, shown);
  return kinds.find((column) => column.kind === state.show) || kinds[0] || null;
}

// The map's columns: elements by how deep they stand, so that what stands under one heading stands
// in one column, and what plans share last. What stands under nothing and has nothing below it stands with
// its kind, as an action of the plan itself is no theme. [{kind, singular, plural, role, sign, ids}]
export function mapColumns(model, shown, sharedColumn) {
  const elements = sortInMapOrder(model, [...shown.nodes].filter((id) => !isShared(model, id)));
  const columns = [];
  const place = new Map();
  for (const id of elements) {
    const parent = parentPlaced(model, id, place);
    const at = parent === null ? 0 : place.get(parent).depth + 1;
    place.set(id, { depth: at, key: [...(parent === null ? [] : place.get(parent).key), elements.indexOf(id)] });
  }
  const usual = usualDepths(model, place);
  for (const id of elements) {
    const alone = place.get(id).depth === 0 && !model.outward[id].some((link) => place.has(link.to));
    (columns[alone ? usual.get(model.nodes[id].kind) ?? 0 : place.get(id).depth] ||= []).push(id);
  }
  const named = columns.map((ids) => mergeColumn(model, ids.sort((a, b) => compareKeys(place.get(a).key, place.get(b).key))));
  if (!sharedColumn) return named;
  return [...named, { ...sharedColumn, ids: sortInMapOrder(model, idsOfKind(model, sharedColumn.kind, shown.nodes)) }];
}

// How deep most of each kind stand, of those that stand under something; of two depths the first.
function usualDepths(model, place) {
  const counts = new Map();
  for (const [id, { depth }] of place) {
    if (depth === 0) continue;
    const own = counts.get(model.nodes[id].kind) ?? counts.set(model.nodes[id].kind, []).get(model.nodes[id].kind);
    own[depth] = (own[depth] ?? 0) + 1;
  }
  return new Map([...counts].map(([kind, own]) => [kind, own.reduce((best, count, depth) => (count > (own[best] ?? 0) ? depth : best), 0)]));
}

function parentPlaced(model, id, place) {
  const parents = model.inward[id].map((link) => link.from).filter((other) => place.has(other));
  return parents.sort((a, b) => compareKeys(place.get(a).key, place.get(b).key))[0] ?? null;
}

export function compareKeys(a, b) {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    if (a[index] !== b[index]) return a[index] - b[index];
  }
  return a.length - b.length;
}

function mergeColumn(model, ids) {
  const kinds = model.columns.filter((column) => ids.some((id) => model.nodes[id].kind === column.kind));
  const leaves = ids.every((id) => model.nodes[id].leaf);
  return { ...kinds[0], plural: listWords(kinds.map((column) => column.plural)), role: leaves ? "leaf" : "group", ids };
}
