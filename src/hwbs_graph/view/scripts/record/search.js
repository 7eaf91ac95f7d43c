// Finding a thing by any of its names, by the words printed of it, or by its wording.
import { fullName } from "./model.js";

const MOST_FOUND = 12;

// Case, accents and the kinds of quotation mark do not matter to a person who types.
function foldText(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\s+/g, " ").trim().toLowerCase();
}

export function buildIndex(model) {
  return model.nodes.map((node) => ({
    id: node.id,
    names: [node.name, node.label, fullName(node), ...node.aliases].map(foldText),
    wording: foldText([...node.sources.map((source) => source.printed), ...node.details.map(([, text]) => text)].join(" ")),
  }));
}

// {found: the best ids, most: how many there are}. The plan on show comes first among equals.
export function searchIndex(model, index, text, plan) {
  const wanted = foldText(text);
  if (!wanted) return { found: [], most: 0 };
  const scored = index.map((entry) => ({ id: entry.id, score: scoreOf(entry, wanted) })).filter((entry) => entry.score < Infinity);
  const far = (id) => (model.nodes[id].plan === plan || model.nodes[id].plan < 0 ? 0 : 1);
  scored.sort((a, b) => a.score - b.score || far(a.id) - far(b.id)
    || model.leaves[b.id].size - model.leaves[a.id].size || a.id - b.id);
  return { found: scored.slice(0, MOST_FOUND).map((entry) => entry.id), most: scored.length };
}

// 0 the name itself, 1 its beginning, 2 the beginning of a word of it, 3 within it, 4 every word
// somewhere in its names, 5 every word somewhere in its wording.
function scoreOf({ names, wording }, wanted) {
  const ranks = names.map((name) => nameScore(name, wanted));
  const best = Math.min(...ranks);
  if (best < Infinity) return best;
  const parts = wanted.split(" ");
  const all = names.join(" ");
  if (parts.every((part) => all.includes(part))) return 4;
  return parts.every((part) => all.includes(part) || wording.includes(part)) ? 5 : Infinity;
}

function nameScore(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) ? 3 : Infinity;
}
