// Who works with whom: partners, the leaves each two share, and which of them can be drawn so that they are read.
import { clustersOf } from "./clusters.js";
import { HUB_SHARE } from "./filters.js";
import { idsOfKind, isRoot, leavesNaming, rootsOf, sortInMapOrder } from "./model.js";

// What can be read on one screen, and of a plan with so few leaves no partner is set aside.
const READABLE = { partners: 24, pairs: 48 };
const MOST = { partners: 40, pairs: 120 };
const LEAST_FOR_HUBS = 5;
const HUES = 5;

// {partners: [{id, leaves, themes, hue, asked}], pairs: [{from, to, leaves, provenance}], hubs, least, most, left, groups, asked, isCut}: `left`
// counts what is not drawn, `asked` says that some is drawn only for the selection, `groups` name the hues: [{name, hue}].
export function partnerNetwork(model, state, shown) {
  const all = partnersIn(model, shown);
  const hubs = hubsOf(model, state, shown, all);
  const members = state.hubs === "with" ? all : all.filter((id) => !hubs.includes(id) || id === state.selected || id === state.at);
  const pairs = pairsAmong(model, shown, members);
  const usual = pairs.filter((pair) => state.hubs === "with" || !hubs.some((id) => id === pair.from || id === pair.to));
  const least = state.least ?? fittingLeast(usual);
  const drawn = choosePairs(pairs, usual, least, state);
  const ids = partnersDrawn(shown, members, drawn, state);
  const kept = drawn.filter((pair) => ids.includes(pair.from) && ids.includes(pair.to));
  const isCut = kept.length < usual.filter((pair) => pair.leaves.size >= least).length;
  const first = new Set(kept.filter((pair) => usual.includes(pair) && pair.leaves.size >= least).flatMap((pair) => [pair.from, pair.to]));
  const { partners, groups } = colourPartners(model, state, shown, ids, kept);
  const left = { partners: members.length - ids.length, pairs: pairs.length - kept.length };
  const asked = kept.some((pair) => !usual.includes(pair) || pair.leaves.size < least);
  return { partners: partners.map((partner) => ({ ...partner, asked: first.size > 0 && !first.has(partner.id) })), pairs: kept, asked, isCut, hubs, least, most: pairs[0]?.leaves.size ?? 1, left, groups, all };
}

export function partnersIn(model, shown) {
  return sortInMapOrder(model, idsOfKind(model, "partner", shown.nodes)).filter((id) => shown.leavesOf.get(id)?.size);
}

// A partner in nearly all of it joins everyone; one that was asked for stays.
export function hubsOf(model, state, shown, all) {
  const asked = [state.only, ...state.partners];
  if (shown.leaves.size < LEAST_FOR_HUBS || all.length < 3) return [];
  return all.filter((id) => shown.leavesOf.get(id).size > HUB_SHARE * shown.leaves.size && !asked.includes(id));
}

// Every two that share a leaf, those that share most first.
function pairsAmong(model, shown, members) {
  const printed = new Map(members.map((id) => [id, printedLeaves(model, shown, id)]));
  const pairs = members.flatMap((from, index) => members.slice(index + 1).map((to) => pairOf(shown, printed, from, to)));
  return pairs.filter((pair) => pair.leaves.size).sort((a, b) => b.leaves.size - a.leaves.size || a.from - b.from || a.to - b.to);
}

function pairOf(shown, printed, from, to) {
  const theirs = shown.leavesOf.get(to);
  const leaves = new Set([...shown.leavesOf.get(from)].filter((leaf) => theirs.has(leaf)));
  const isPrinted = [...leaves].some((leaf) => printed.get(from).has(leaf) && printed.get(to).has(leaf));
  return { from, to, leaves, provenance: isPrinted ? "printed" : "suggested" };
}

export function printedLeaves(model, shown, id) {
  const links = shown.links.filter((link) => link.to === id && link.provenance === "printed");
  return new Set(links.flatMap((link) => leavesNaming(model, link.from)));
}

// The least number of shared leaves at which what is left can be read.
function fittingLeast(pairs) {
  const fits = (least) => {
    const strong = pairs.filter((pair) => pair.leaves.size >= least);
    return strong.length <= READABLE.pairs && new Set(strong.flatMap((pair) => [pair.from, pair.to])).size <= READABLE.partners;
  };
  const most = pairs[0]?.leaves.size ?? 1;
  return Array.from({ length: most }, (_, less) => less + 1).find(fits) ?? most;
}

// The strong pairs, and those of a selected partner or pair that would not stand among them. What is drawn already
// keeps its lines, so that nothing moves where a person presses.
function choosePairs(pairs, usual, least, { selected, at }) {
  const strong = usual.filter((pair) => pair.leaves.size >= least).slice(0, MOST.pairs);
  const isAsked = (pair) => [selected, at].every((id) => id === null || pair.from === id || pair.to === id);
  const isThere = strong.some((pair) => (at === null ? pair.from === selected || pair.to === selected : isAsked(pair)));
  const asked = selected === null || isThere ? [] : pairs.filter((pair) => isAsked(pair) && !strong.includes(pair));
  return [...strong, ...asked.slice(0, READABLE.partners)];
}

// Whoever has a line, and who is selected; between themes everyone.
function partnersDrawn(shown, members, pairs, { view, selected }) {
  const joined = new Set(pairs.flatMap((pair) => [pair.from, pair.to]));
  const ids = members.filter((id) => view === "between" || joined.has(id) || id === selected || !pairs.length);
  const size = (id) => shown.leavesOf.get(id).size + (id === selected ? Infinity : 0);
  const kept = new Set([...ids].sort((a, b) => size(b) - size(a) || a - b).slice(0, MOST.partners));
  return ids.filter((id) => kept.has(id));
}

function colourPartners(model, state, shown, ids, pairs) {
  const groupOf = { theme: mainThemes, body: bodies, cluster: clusters }[state.colour](model, shown, ids, pairs);
  const partners = ids.map((id) => {
    const leaves = shown.leavesOf.get(id);
    return { id, leaves, themes: state.colour === "theme" ? themesOf(model, leaves) : [], hue: groupOf.get(id)?.hue ?? 0 };
  });
  const groups = [...new Map([...groupOf.values()].map((group) => [group.name, group])).values()];
  return { partners, groups: groups.sort((a, b) => a.order - b.order) };
}

// [{id, count}]: in how many leaves of each theme, from the most.
export function themesOf(model, leaves) {
  const counts = new Map();
  for (const leaf of leaves) for (const root of rootsOf(model, leaf).filter((id) => isRoot(model, id))) counts.set(root, (counts.get(root) ?? 0) + 1);
  const sorted = sortInMapOrder(model, counts.keys()).map((id) => ({ id, count: counts.get(id) }));
  return sorted.sort((a, b) => b.count - a.count);
}

function mainThemes(model, shown, ids) {
  const main = ids.map((id) => [id, themesOf(model, shown.leavesOf.get(id))[0]]).filter(([, first]) => first);
  return new Map(main.map(([id, first]) => [id, { name: model.nodes[first.id].name, hue: model.nodes[first.id].hue, order: model.nodes[first.id].rank }]));
}

function bodies(model, shown, ids) {
  const kinds = [...new Set(ids.map((id) => model.nodes[id].body || "not recorded"))].sort();
  return new Map(ids.map((id) => {
    const at = kinds.indexOf(model.nodes[id].body || "not recorded");
    return [id, { name: kinds[at], hue: at < HUES ? at + 1 : 0, order: at }];
  }));
}

// A group is called by its busiest partner.
function clusters(model, shown, ids, pairs) {
  const found = clustersOf(ids, pairs.map(({ from, to, leaves }) => ({ from, to, weight: leaves.size })));
  return new Map(found.flatMap((members, at) => {
    const [first] = [...members].sort((a, b) => shown.leavesOf.get(b).size - shown.leavesOf.get(a).size || a - b);
    const name = members.length > 1 ? `round ${model.nodes[first].name}` : "joined to none of them";
    return members.map((id) => [id, { name, hue: members.length > 1 && at < HUES ? at + 1 : 0, order: members.length > 1 ? at : Infinity }]);
  }));
}
