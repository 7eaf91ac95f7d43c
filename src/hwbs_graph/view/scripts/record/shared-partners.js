// Which objectives share partners: how many partners are named under both of every two headings.
import { headsOf } from "./grid.js";
import { ancestorsOf, leafWords, listWords, pluralWords, sortInMapOrder } from "./model.js";
import { hubsOf, partnersIn, printedLeaves } from "./partner-network.js";
import { spokenName } from "./sentences.js";
import { asSentence, numberWord } from "./step-words.js";

// What can be read on one screen.
const MOST_HEADS = 24;
const MOST_NAMED = 3;

export const NOTHING_SHARED = "This plan names no partners under two headings, so there is nothing to compare.";

// {heads, pairs: [{row, head, partners, suggested}], hubs, aside, left}, or null where there are no two headings with partners.
// `head` stands before `row`; `hubs` are named nearly everywhere, and `aside` unless asked for; `left` counts headings that are not drawn.
export function sharedPartners(model, state, shown) {
  const all = partnersIn(model, shown);
  const hubs = hubsOf(model, state, shown, all);
  const aside = state.hubs === "with" ? [] : hubs;
  const partners = all.filter((id) => !aside.includes(id));
  const printed = new Map(partners.map((id) => [id, printedLeaves(model, shown, id)]));
  const named = sortInMapOrder(model, headsOf(model, shown)).map((id) => headOf(shown, partners, printed, id));
  if (!all.length || named.length < 2) return null;
  const pairs = named.flatMap((head, at) => named.slice(at + 1).filter((row) => !isWithin(model, head.id, row.id)).map((row) => pairOf(head, row)));
  const kept = strongest(named.map(({ id }) => id), pairs);
  const drawn = pairs.filter(({ row, head }) => kept.has(row) && kept.has(head));
  return { heads: named.map(({ id }) => id).filter((id) => kept.has(id)), pairs: drawn, hubs, aside, left: named.length - kept.size };
}

function headOf(shown, partners, printed, id) {
  const leaves = shown.leavesOf.get(id) ?? new Set([id]);
  const has = (other) => [...other].some((leaf) => leaves.has(leaf));
  const own = partners.filter((partner) => has(shown.leavesOf.get(partner)));
  return { id, own: new Set(own), printed: new Set(own.filter((partner) => has(printed.get(partner)))) };
}

// What one heading shares with a part of itself says nothing.
function isWithin(model, a, b) {
  return ancestorsOf(model, a).has(b) || ancestorsOf(model, b).has(a);
}

function pairOf(head, row) {
  const partners = [...row.own].filter((id) => head.own.has(id));
  const isPrinted = partners.some((id) => head.printed.has(id) && row.printed.has(id));
  return { head: head.id, row: row.id, partners, suggested: partners.length > 0 && !isPrinted };
}

// Of many headings those of the pairs that share most.
function strongest(ids, pairs) {
  if (ids.length <= MOST_HEADS) return new Set(ids);
  const kept = new Set();
  for (const { head, row } of [...pairs].sort((a, b) => b.partners.length - a.partners.length)) {
    if (new Set([...kept, head, row]).size <= MOST_HEADS) kept.add(head).add(row);
  }
  return kept;
}

// The pair of two headings, in whichever order; null where they are not compared.
export function pairBetween(found, a, b) {
  return found?.pairs.find(({ row, head }) => (row === a && head === b) || (row === b && head === a)) ?? null;
}

export function pairsWith(found, id) {
  const own = (found?.pairs ?? []).filter(({ row, head, partners }) => (row === id || head === id) && partners.length);
  return own.sort((a, b) => b.partners.length - a.partners.length);
}

export function sharedFinding(model, shown, found) {
  if (!found) return NOTHING_SHARED;
  const sorted = [...found.pairs].sort((a, b) => b.partners.length - a.partners.length);
  const [first] = sorted;
  const kind = pluralWords(model, found.heads);
  if (!first?.partners.length) return [`No two ${kind} share a partner.`, asideWords(model, shown, found)].filter(Boolean).join(" ");
  const equal = sorted.filter((pair) => pair.partners.length === first.partners.length).length - 1;
  const most = `${spokenName(model, first.head)} and ${spokenName(model, first.row)} share most partners (${first.partners.length})`;
  const also = equal ? `, as ${equal === 1 ? "does one other pair" : `do ${numberWord(equal)} other pairs`}` : "";
  const some = `; ${sorted.filter((pair) => pair.partners.length).length} of ${sorted.length} pairs of ${kind} share at least one`;
  return [`${most}${also}${sorted.length > 1 ? some : ""}.`, asideWords(model, shown, found)].filter(Boolean).join(" ");
}

function asideWords(model, shown, { hubs, aside: apart, left, heads }) {
  const told = hubs.map((id) => `${model.nodes[id].name}, in ${shown.leavesOf.get(id).size} of ${leafWords(model, shown.leaves)}`);
  const aside = told.length ? `${apart.length ? "Set aside" : "Counted too"}: ${listWords(told)}.` : "";
  return [aside, left ? asSentence(`${left} ${pluralWords(model, heads)} that share less are left out`) : ""].filter(Boolean).join(" ");
}

// "Streets 4 and Company 1 share 8 partners: Housing, Planning, Parks and 5 more."
export function pairSharing(model, { head, row, partners }) {
  const both = `${spokenName(model, head)} and ${spokenName(model, row)}`;
  if (!partners.length) return `${both} share no partner.`;
  const names = partners.slice(0, MOST_NAMED).map((id) => model.nodes[id].name);
  if (partners.length > MOST_NAMED) names.push(`${partners.length - MOST_NAMED} more`);
  return `${both} share ${leafWords(model, new Set(partners))}: ${listWords(names)}.`;
}

// The hue of a theme where both stand under it, 0 across themes.
export function pairHue(model, { head, row }) {
  return model.nodes[head].hue === model.nodes[row].hue ? model.nodes[head].hue : 0;
}

export function sharedCaption(model, found) {
  const kind = pluralWords(model, found.heads);
  return `Number of partners named under both of two ${kind}; the darker, the more, grey where these stand under different ${model.columns[0].plural}`;
}

export function sharedStories(model, shown) {
  const found = sharedPartners(model, shown.state, shown);
  const isAny = found?.pairs.some((pair) => pair.partners.length);
  return isAny ? [{ title: `Which ${pluralWords(model, found.heads)} share partners?`, sentence: sharedFinding(model, shown, found), view: "shared" }] : [];
}
