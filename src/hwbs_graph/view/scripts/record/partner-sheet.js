// One partner's sheet: what a plan asks of it, theme by theme, with whom, what became of each part and what for.
import { NO_FILTER, applyFilters, leafCount } from "./filters.js";
import { fullName, idsOfKind, isShared, leafWords, rootsOf, shortName, sortInMapOrder } from "./model.js";
import { alignmentsOf } from "./relatives.js";
import { selectionSentence } from "./sentences.js";
import { onOneLine } from "./step-words.js";

// So many of those it is named with, and of the determinants, stand on a sheet.
const MOST = { partner: 8, determinant: 8 };
// What stands beside the actions. A determinant counts with what addresses a narrower one.
export const SIDES = [["company", "Named together with"], ["determinants", "Determinants of health, wider ones too"]];
const HEAD_FACTS = ["Kind of body", "Part of", "Within", "Has within it"];

// Whose sheet a state shows: who is selected, else who is asked for, else who is named most; null where nobody is.
export function sheetPartner(model, state, shown) {
  const { selected } = state;
  if (selected !== null && model.nodes[selected].kind === "partner") return selected;
  if (state.partners?.length) return state.partners[0];
  const named = sortInMapOrder(model, idsOfKind(model, "partner", shown.nodes));
  return named.sort((a, b) => leafCount(shown, b) - leafCount(shown, a))[0] ?? null;
}

// {id, shown, sentence, facts, groups, company, determinants, became}, or null. A group is {theme, sum, rows}, a row {id, words,
// facts, became, isSuggested}; `company` and `determinants` are {items: [{id, count}], most, left}; `became` heads what each became.
export function partnerSheet(model, state, shown) {
  const id = sheetPartner(model, state, shown);
  if (id === null) return null;
  // Of the whole plan, or of what the other filters leave: not of the partner's own part.
  const within = applyFilters(model, { ...NO_FILTER, ...state, only: null, hops: 1, partners: [] });
  const own = within.leavesOf.get(id) ?? new Set();
  const later = [...own].some((leaf) => changesOf(model, leaf, "later").length);
  const way = later ? "later" : "earlier";
  return {
    id, shown: within, sentence: selectionSentence(model, within, id, own),
    facts: model.nodes[id].details.filter(([heading]) => HEAD_FACTS.includes(heading)).map((pair) => pair.join(": ")),
    groups: groupsOf(model, within, id, own, way),
    company: sharersOf(model, within, id, own, "partner"), determinants: sharersOf(model, within, id, own, "determinant"),
    became: later ? "What became of it" : "What it came from",
  };
}

function groupsOf(model, shown, id, own, way) {
  const leaves = sortInMapOrder(model, own);
  const rootOf = (leaf) => sortInMapOrder(model, rootsOf(model, leaf)).filter((root) => root !== leaf)[0] ?? null;
  const roots = [...new Set(leaves.map(rootOf))];
  return roots.map((theme) => {
    const rows = leaves.filter((leaf) => rootOf(leaf) === theme).map((leaf) => rowOf(model, shown, id, leaf, way));
    const all = theme === null ? shown.leaves : shown.leavesOf.get(theme);
    return { theme, sum: `${rows.length} of ${leafWords(model, all)}`, rows };
  });
}

function rowOf(model, shown, id, leaf, way) {
  const links = shown.links.filter((link) => link.to === id && (link.from === leaf || model.leaves[link.from].has(leaf)));
  return {
    id: leaf, words: fullName(model.nodes[leaf]),
    facts: model.nodes[leaf].details.map((pair) => pair.join(": ")),
    became: changesOf(model, leaf, way).map((one) => changeWords(model, one, way)),
    isSuggested: links.length > 0 && links.every((link) => link.provenance !== "printed"),
  };
}

// What became of an action, or else of the heading it stands under.
function changesOf(model, leaf, way) {
  const own = alignmentsOf(model, leaf)[way];
  if (own.length) return own;
  const above = model.inward[leaf].map((link) => link.from).filter((from) => !isShared(model, from));
  return above.flatMap((from) => alignmentsOf(model, from)[way]);
}

// "with objective 2: split: 3.1 Build well (Anytown 2030) (suggested)": what no document prints says so.
function changeWords(model, one, way) {
  const [mine, other] = way === "later" ? [one.source, one.target] : [one.target, one.source];
  const above = model.nodes[mine];
  const through = above.leaf ? "" : `with ${model.columnOf.get(above.kind).singular} ${above.code || onOneLine(above.name, 60)}: `;
  const where = other < 0 ? "" : `: ${shortName(model.nodes[other])} (${model.plans[model.nodes[other].plan].short})`;
  return `${through}${one.label}${where}${one.provenance === "printed" ? "" : ` (${one.provenance})`}`;
}

// Who or what is named in the same leaves, the most often first.
function sharersOf(model, shown, id, own, kind) {
  const others = sortInMapOrder(model, idsOfKind(model, kind, shown.nodes)).filter((other) => other !== id);
  const counted = others.map((other) => ({ id: other, count: [...shown.leavesOf.get(other)].filter((leaf) => own.has(leaf)).length })).filter(({ count }) => count);
  counted.sort((a, b) => b.count - a.count);
  return { items: counted.slice(0, MOST[kind]), most: counted[0]?.count ?? 0, left: Math.max(0, counted.length - MOST[kind]) };
}

export function sheetFinding(model, state, shown) {
  return partnerSheet(model, state, shown)?.sentence ?? "";
}

// "Named together with (8 of 21)".
export function sharersHeading(words, { items, left }) {
  return left ? `${words} (${items.length} of ${items.length + left})` : `${words} (${items.length})`;
}
