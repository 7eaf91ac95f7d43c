// What a selection says before anything else, and what an empty one says: sentences made from the data.
import { isFiltered } from "./filters.js";
import { descendantsOf, fullName, idsOfKind, isRoot, isShared, leafWords, listWords, pluralWords, rootsOf, sortInMapOrder } from "./model.js";
import { numberWord } from "./step-words.js";

// So many themes are told by name; of more, their number is.
const MOST_NAMED = 2;

// "Housing: 16 of 51 actions, in four of five themes, not in Warm homes." `own` are the leaves behind it.
export function selectionSentence(model, shown, id, own = shown.leavesOf.get(id) ?? new Set()) {
  const name = spokenName(model, id);
  if (model.nodes[id].leaf) return `${name}: ${leafSentence(model, shown, id)}.`;
  if (!own.size) return `${name}: ${noneOf(model, shown)}.`;
  const counted = `${own.size} of ${leafWords(model, shown.leaves)}`;
  const more = isShared(model, id) ? spreadWords(model, shown, own) : insideWords(model, shown, id);
  return `${name}: ${[counted, more].filter(Boolean).join(", ")}.`;
}

export function spokenName(model, id) {
  const node = model.nodes[id];
  if (isShared(model, id) || isRoot(model, id)) return node.name;
  return [themeNames(model, id), node.code || node.name].filter(Boolean).join(" ");
}

function themeNames(model, id) {
  return listWords(sortInMapOrder(model, rootsOf(model, id)).filter((root) => root !== id).map((root) => model.nodes[root].name));
}

function noneOf(model, shown) {
  return shown.leaves.size ? `none of the ${leafWords(model, shown.leaves)} shown` : "nothing is shown of it";
}

// In which themes the leaves are, and in which not: by name where these are few.
function spreadWords(model, shown, own) {
  const rootsOver = (leaves) => new Set([...leaves].flatMap((leaf) => rootsOf(model, leaf)));
  const all = sortInMapOrder(model, rootsOver(shown.leaves));
  const inside = rootsOver(own);
  if (all.length < 2 || all.every((root) => shown.leaves.has(root))) return "";
  const names = (ids) => listWords(ids.map((root) => model.nodes[root].name));
  const [within, without] = [all.filter((root) => inside.has(root)), all.filter((root) => !inside.has(root))];
  if (!without.length) return `in all ${numberWord(all.length)} ${pluralWords(model, all)}`;
  if (within.length <= MOST_NAMED && without.length > MOST_NAMED) return `only in ${names(within)}`;
  const not = without.length <= MOST_NAMED ? `, not in ${names(without)}` : "";
  return `in ${numberWord(within.length)} of ${numberWord(all.length)} ${pluralWords(model, all)}${not}`;
}

// What stands under a heading beside leaves, and how many partners and determinants it has.
function insideWords(model, shown, id) {
  const inner = [...descendantsOf(model, id)].filter((other) => other !== id && shown.nodes.has(other) && !isShared(model, other) && !model.nodes[other].leaf);
  const own = shown.leavesOf.get(id);
  const met = [...shown.nodes].filter((other) => isShared(model, other) && [...shown.leavesOf.get(other)].some((leaf) => own.has(leaf)));
  return [leafWords(model, new Set(inner)), leafWords(model, new Set(met))].filter(Boolean).join(", ");
}

function leafSentence(model, shown, id) {
  const links = model.outward[id].filter((link) => isShared(model, link.to) && shown.nodes.has(link.to));
  const told = (verb, fits) => {
    const words = leafWords(model, new Set(links.filter(fits).map((link) => link.to)));
    return words && `${verb} ${words}`;
  };
  return [told("names", (link) => link.relation !== "addresses"), told("addresses", (link) => link.relation === "addresses")].filter(Boolean).join(", ") || "names no one";
}

// What a link says: "Warm homes 2a names Housing", and where no document prints it, that.
export function linkSentence(model, link) {
  const [from, to] = [spokenName(model, link.from), spokenName(model, link.to)];
  const verb = !isShared(model, link.to) ? "leads to" : link.relation === "addresses" ? "addresses" : "names";
  const known = link.provenance === "printed" ? "" : ` (${link.provenance}, not printed)`;
  return `${from} ${verb} ${to}${known}.`;
}

// "Housing in Warm homes 2: 4 actions.", or that there is none. `head` null is no theme; `leaves` are the cell's.
export function cellSentence(model, shown, row, head, leaves) {
  const [name, where] = [spokenName(model, row), head === null ? "no theme" : spokenName(model, head)];
  if (leaves.size) return `${name} in ${where}: ${leafWords(model, leaves)}.`;
  const verb = model.nodes[row].kind === "determinant" ? "addresses" : "names";
  return `No ${leafKind(model, shown, isFiltered(shown.state))} of ${where} ${verb} ${name}.`;
}

// "action", of a thinned picture "action shown": elsewhere there may be one.
function leafKind(model, shown, thinned = false) {
  const leaves = shown.leaves.size ? shown.leaves : new Set([...model.members[shown.plan]].filter((id) => model.nodes[id].leaf));
  const kinds = model.columns.filter((column) => idsOfKind(model, column.kind, leaves).length);
  return (kinds.map((column) => column.singular).join(" or ") || "item") + (thinned ? " shown" : "");
}

// Why nothing fits: "No action of Warm homes names Housing."
export function emptySentence(model, shown) {
  const { state } = shown;
  const names = (ids) => ids.filter((id) => id !== null).map((id) => (isShared(model, id) ? model.nodes[id].name : fullName(model.nodes[id])));
  const themes = names(state.themes).join(" or ");
  const claims = [
    ...claimWords("names", names(state.partners), state.match), ...claimWords("addresses", names(state.determinants), state.match),
    ...claimWords("belongs to", names([state.only])), ...claimWords("is printed in", oneOrNone(state.document)), ...claimWords("is known by", oneOrNone(state.basis)),
  ];
  return `No ${leafKind(model, shown)}${themes ? ` of ${themes}` : ""} ${listWords(claims) || "is recorded"}.`;
}

function oneOrNone(value) {
  return value === null ? [] : [value];
}

function claimWords(verb, names, match = "all") {
  return names.length ? [`${verb} ${match === "any" ? names.join(" or ") : listWords(names)}`] : [];
}
