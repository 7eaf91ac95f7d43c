// What became of one plan in another: which pairs of plans the alignments join, and what stands in
// the picture of a pair.
import { compareKeys } from "./filters.js";
import { isRoot, rootsOf, sortInMapOrder } from "./model.js";

// Changes in the order of the list: first what a board asks about first.
const CHANGES = {
  "moved-theme": "Moved to another theme", new: "New", dropped: "Dropped", merged: "Continued: merged",
  split: "Continued: split", narrowed: "Continued: narrowed", broadened: "Continued: broadened",
  reworded: "Continued: reworded", renamed: "Continued: renamed", continues: "Continued as it was",
  shifted: "Shifted: same field, another aim", "shared-topic": "On the same topic",
};

// What is said on the box itself.
const TAGS_OF_CHANGE = { new: "new", dropped: "dropped", "moved-theme": "moved" };

// [{from, to, alignments}], pairs in which one plan follows the other before those that only share topics.
export function pairsOf(model) {
  const pairs = new Map();
  const put = (from, to, one) => {
    const key = `${from} ${to}`;
    if (!pairs.has(key)) pairs.set(key, { from, to, alignments: [] });
    pairs.get(key).alignments.push(one);
  };
  const left = [];
  for (const one of model.alignments) {
    const [from, to] = plansOf(model, one);
    if (from >= 0 && to >= 0 && from !== to) put(from, to, one);
    else left.push({ one, from, to });
  }
  for (const { one, from, to } of left) addToOnlyPair([...pairs.values()], one, from, to);
  return [...pairs.values()].sort((a, b) => isSuccession(b) - isSuccession(a) || a.from - b.from || a.to - b.to);
}

function plansOf(model, one) {
  return [one.source, one.target].map((id, end) => {
    const told = one.plans?.[end] ?? -1;
    return told >= 0 || id < 0 ? told : model.nodes[id].plan;
  });
}

// An element that is new or dropped may name no other plan; it counts only if one pair alone fits.
function addToOnlyPair(pairs, one, from, to) {
  const fitting = pairs.filter((pair) => isSuccession(pair) && (from >= 0 ? pair.from === from : pair.to === to));
  if ((from < 0 || to < 0) && fitting.length === 1) fitting[0].alignments.push(one);
}

// Shared topics alone do not make one plan the earlier and the other the later.
export function isSuccession(pair) {
  return pair.alignments.some((one) => one.type !== "shared-topic");
}

// The plan on show as the earlier of two, else as the later; `other` picks among several.
export function choosePair(model, { plan, other = null }) {
  const pairs = pairsOf(model);
  const own = pairs.filter((pair) => pair.from === plan || pair.to === plan);
  const asked = own.find((pair) => other !== null && (pair.from === plan ? pair.to : pair.from) === other);
  return asked || own.find((pair) => pair.from === plan) || own[0] || pairs[0] || null;
}

// One end under a chosen theme is enough: readers look for what moved out of a theme.
export function filterPair(model, pair, themes) {
  const under = (id) => id >= 0 && rootsOf(model, id).some((root) => themes.includes(root));
  const kept = (one) => !themes.length || under(one.source) || under(one.target);
  return { ...pair, themes, alignments: pair.alignments.filter(kept) };
}

export function shownPair(model, state) {
  const pair = choosePair(model, state);
  return pair && filterPair(model, pair, state.themes);
}

// {columns: [{side, role, ids}], links}: themes and elements of the earlier plan, then of the later.
export function pictureOf(model, pair) {
  const earlier = elementsOf(model, pair, "source");
  const later = elementsOf(model, pair, "target");
  const themes = { source: themesOver(model, earlier), target: themesOver(model, later) };
  // A strategy and the plan that delivers it have the same themes: those stand once, on the right.
  themes.source = themes.source.filter((id) => !themes.target.includes(id));
  const columns = [
    { side: "from", role: "theme", ids: themes.source }, { side: "from", role: "element", ids: earlier },
    { side: "to", role: "element", ids: later }, { side: "to", role: "theme", ids: themes.target },
  ];
  return { columns: columns.filter((column) => column.ids.length), links: changeLinks(model, pair, columns) };
}

// The ends of alignments and, where one plan follows the other, their peers of which nothing is recorded.
function elementsOf(model, pair, end) {
  const ends = pair.alignments.map((one) => one[end]).filter((id) => id >= 0);
  const peers = isSuccession(pair) ? peersOf(model, pair, end) : [];
  const keys = new Map([...ends, ...peers].map((id) => [id, printedKey(model, id)]));
  return [...keys.keys()].sort((a, b) => compareKeys(keys.get(a), keys.get(b)) || a - b);
}

function peersOf(model, pair, end) {
  const whole = pairsOf(model).find((each) => each.from === pair.from && each.to === pair.to);
  const ends = whole.alignments.map((one) => one[end]).filter((id) => id >= 0);
  const kinds = new Set(ends.filter((id) => underTheme(model, id)).map((id) => model.nodes[id].kind));
  const aligned = new Set(ends);
  const { themes = [] } = pair;
  const plan = end === "source" ? pair.from : pair.to;
  return [...model.members[plan]].filter((id) => (
    model.nodes[id].plan === plan && kinds.has(model.nodes[id].kind) && underTheme(model, id) && !aligned.has(id)
    && (!themes.length || rootsOf(model, id).some((root) => themes.includes(root)))));
}

function underTheme(model, id) {
  return model.inward[id].some((link) => isRoot(model, link.from));
}

// By theme, then by what stands above, then by its own place.
function printedKey(model, id) {
  const parent = model.inward[id].map((link) => link.from).sort((a, b) => model.nodes[a].rank - model.nodes[b].rank)[0];
  return parent === undefined ? [model.nodes[id].rank] : [...printedKey(model, parent), model.nodes[id].rank];
}

function themesOver(model, ids) {
  return sortInMapOrder(model, new Set(ids.flatMap((id) => rootsOf(model, id)).filter((root) => !ids.includes(root))));
}

// From left to right, so that arrows and lines lead there: theme, earlier, later, theme.
function changeLinks(model, pair, [before, earlier, later, after]) {
  const left = earlier.ids.flatMap((id) => themeLinks(model, id, before.ids).map(([theme, provenance]) => ({ from: theme, to: id, provenance })));
  const right = later.ids.flatMap((id) => themeLinks(model, id, after.ids).map(([theme, provenance]) => ({ from: id, to: theme, provenance })));
  const changes = pair.alignments.filter((one) => one.source >= 0 && one.target >= 0);
  // What moved is painted over the rest.
  const ordered = [...changes.filter((one) => one.type !== "moved-theme"), ...changes.filter((one) => one.type === "moved-theme")];
  return [...left, ...right, ...ordered.map((one) => ({ from: one.source, to: one.target, provenance: one.provenance, type: one.type }))];
}

function themeLinks(model, id, themes) {
  return rootsOf(model, id).filter((root) => themes.includes(root)).map((root) => {
    const direct = model.inward[id].find((link) => link.from === root);
    return [root, direct ? direct.provenance : "printed"];
  });
}

export function tagsIn(pair, end) {
  const tagged = pair.alignments.filter((one) => Object.hasOwn(TAGS_OF_CHANGE, one.type) && one[end] >= 0);
  return new Map(tagged.map((one) => [one[end], TAGS_OF_CHANGE[one.type]]));
}

// [{heading, alignments}] in the order of CHANGES; a type of your own comes last under its own name.
export function changesByType(pair) {
  const types = [...new Set([...Object.keys(CHANGES), ...pair.alignments.map((one) => one.type)])];
  const groups = types.map((type) => ({ type, alignments: pair.alignments.filter((one) => one.type === type) }));
  const heading = ({ type, alignments }) => (Object.hasOwn(CHANGES, type) ? CHANGES[type] : alignments[0].label || type);
  return groups.filter(({ alignments }) => alignments.length).map((group) => ({ ...group, heading: heading(group) }));
}
