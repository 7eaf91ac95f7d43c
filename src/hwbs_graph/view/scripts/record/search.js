// Finding a thing by any of its names, by the words printed of it, by its wording, or by a near spelling;
// each hit says why it is one.
import { fullName } from "./model.js";
import { onOneLine } from "./step-words.js";

const MOST_FOUND = 12;
// Words that join others and name nothing.
const JOINING = new Set(["and", "or", "of", "the", "in", "for", "a", "to", "&"]);
// Letters around a word found in a wording.
const SNIPPET = 28;

// Case, accents and the kinds of quotation mark do not matter to a person who types.
export function foldText(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "")
    .replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\s+/g, " ").trim().toLowerCase();
}

export function buildIndex(model) {
  return model.nodes.map((node) => {
    const told = [node.name, node.label, fullName(node), ...node.aliases];
    const names = told.map(foldText);
    const texts = [...node.sources.map((source) => source.printed), ...node.details.map(([, text]) => text)];
    return { id: node.id, told, own: 3, names, wording: foldText(texts.join(" ")), words: new Set(names.join(" ").split(/[^\p{L}\p{N}]+/u).filter(Boolean)) };
  });
}

// {found: [{id, why}], the best first; most: how many there are}. The plan on show comes first among equals;
// near spellings and single words are tried only where nothing else is found.
export function searchIndex(model, index, text, plan) {
  const wanted = foldText(text);
  if (!wanted) return { found: [], most: 0 };
  const exact = index.map((entry) => hitOf(entry, wanted)).filter(Boolean);
  const scored = exact.length ? exact : index.map((entry) => nearHit(entry, wanted)).filter(Boolean);
  const far = (id) => (model.nodes[id].plan === plan || model.nodes[id].plan < 0 ? 0 : 1);
  scored.sort((a, b) => a.score - b.score || far(a.id) - far(b.id)
    || model.leaves[b.id].size - model.leaves[a.id].size || a.id - b.id);
  return { found: scored.slice(0, MOST_FOUND).map(({ id, why }) => ({ id, why })), most: scored.length };
}

// 0 the name itself, 1 its beginning, 2 the beginning of a word of it, 3 within it, 4 every word
// somewhere in its names, 5 every word somewhere in its wording.
function hitOf({ id, told, own, names, wording }, wanted) {
  const ranks = names.map((name) => nameScore(name, wanted));
  const best = Math.min(...ranks);
  const at = ranks.indexOf(best);
  if (best < Infinity) return { id, score: best, why: at < own ? "" : `also called “${onOneLine(told[at], 80)}”` };
  const parts = wanted.split(" ");
  const all = names.join(" ");
  if (parts.every((part) => all.includes(part))) return { id, score: 4, why: "" };
  const inWording = parts.find((part) => !all.includes(part));
  return parts.every((part) => all.includes(part) || wording.includes(part)) ? { id, score: 5, why: `told of it: “${snippetOf(wording, inWording)}”` } : null;
}

function nameScore(name, wanted) {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) ? 3 : Infinity;
}

function snippetOf(wording, part) {
  const at = wording.indexOf(part);
  const [start, end] = [Math.max(0, at - SNIPPET), Math.min(wording.length, at + part.length + SNIPPET)];
  return `${start ? "…" : ""}${wording.slice(start, end).trim()}${end < wording.length ? "…" : ""}`;
}

// The share of the typed words that a name has, spelt so or nearly so.
function nearHit({ id, words }, wanted) {
  const parts = wanted.split(/[^\p{L}\p{N}]+/u).filter((part) => part && !JOINING.has(part));
  const met = parts.map((part) => nearestWord(words, part)).filter(Boolean);
  if (!met.length) return null;
  const spelt = met.filter(({ far }) => far).map(({ word }) => `spelt like “${word}”`);
  const had = met.filter(({ far }) => !far).map(({ word }) => `has “${word}”`);
  return { id, score: 10 - met.length + met.reduce((sum, { far }) => sum + far, 0) / 10, why: [...had, ...spelt].join(", ") };
}

function nearestWord(words, part) {
  if (words.has(part)) return { word: part, far: 0 };
  const most = part.length < 4 ? 0 : part.length < 8 ? 1 : 2;
  const near = [...words].filter((word) => Math.abs(word.length - part.length) <= most).map((word) => ({ word, far: distanceOf(word, part) }));
  return near.filter(({ far }) => far <= most).sort((a, b) => a.far - b.far)[0] ?? null;
}

// How many letters must be changed, added, left out or swapped with the next.
function distanceOf(left, right) {
  const [a, b] = [Array.from(left), Array.from(right)];
  let [before, row] = [null, b.map((_, at) => at).concat(b.length)];
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[b.length];
}
