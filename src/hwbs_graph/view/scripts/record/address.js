// The address holds the state, so that the back button and a copied link work from a file. Anything may
// be typed there: unknown words and values are left out. So is a word with several values, of which only
// themes, partners and determinants may have more than one; the state keeps it in `refused`, for the page to say so.
import { MOST_HOPS, NO_FILTER } from "./filters.js";
import { settleState } from "./settling.js";
import { roleOf } from "./model.js";
import { PICTURES, isNetwork } from "./pictures.js";
import { onOneLine } from "./step-words.js";

const VIEWS = PICTURES.map((picture) => picture.word);
export const LONGEST_ADDRESS = 8000;
export const LONGEST_NAME = 80;
// Words about the room, not about the picture.
const HOPS = Array.from({ length: MOST_HOPS }, (_, hop) => String(hop + 1));
const ROOM_WORDS = ["step", "dark", "embed"];
// What the network shows: pairs that share at least so much, partners that join everyone, what a hue means.
const DRAWING_WORDS = ["least", "hubs", "colour"];
export const COLOURS = ["theme", "body", "cluster"];
const SINGLE_WORDS = ["view", "plan", "with", "show", "select", "at", "only", "document", "basis", "match", "hops", "name", ...DRAWING_WORDS, ...ROOM_WORDS];

export function startState(model) {
  const extra = { step: null, dark: false, embed: false };
  return { view: "map", plan: model.start, other: null, show: "partner", selected: null, at: null, ...NO_FILTER, least: null, hubs: "without", colour: COLOURS[0], name: "", refused: [], ...extra };
}

// An empty address shows what the page was made to open on.
export function readAddress(address, model) {
  const start = startState(model);
  const hash = address.length > 1 ? address : model.opening;
  if (hash.length > LONGEST_ADDRESS) return start;
  const words = readWords(hash);
  const valuesOf = (name) => [...new Set(words.filter(([word]) => word === name).map(([, value]) => value))];
  const refused = SINGLE_WORDS.filter((name) => valuesOf(name).length > 1);
  const valueOf = (name) => (refused.includes(name) ? null : valuesOf(name)[0] ?? null);
  const step = findStep(model, valueOf("step"));
  const room = { dark: valueOf("dark") === "1", embed: valueOf("embed") === "1" };
  // "#step=3" by itself means what that step shows.
  if (step !== null && words.every(([word]) => ROOM_WORDS.includes(word))) return stepState(model, room, step);
  const node = (name, kind) => findNode(model, valueOf(name), kind);
  const nodes = (kind) => valuesOf(kind).map((key) => findNode(model, key, kind)).filter((id) => id !== null);
  const plan = (name) => model.plans.findIndex(({ key, iri }) => [key, iri].includes(valueOf(name)));
  const known = (name, list) => (list.includes(valueOf(name)) ? valueOf(name) : null);
  return settleState(model, {
    view: known("view", VIEWS) ?? start.view,
    plan: plan("plan") < 0 ? start.plan : plan("plan"),
    other: plan("with") < 0 ? null : plan("with"),
    show: valueOf("show") === "determinants" ? "determinant" : start.show,
    selected: node("select"),
    at: node("select") === null ? null : findBeside(model, valueOf("at"), valueOf("view")),
    only: node("only"),
    hops: node("only") === null ? start.hops : Number(known("hops", HOPS) ?? start.hops),
    themes: valuesOf("theme").map((key) => findNode(model, key)).filter((id) => id !== null && roleOf(model, id) !== "shared"),
    partners: nodes("partner"),
    determinants: nodes("determinant"),
    document: known("document", model.documents),
    basis: known("basis", basesOf(model)),
    match: valueOf("match") === "any" ? "any" : "all",
    ...readDrawing(valueOf, known, start),
    name: onOneLine(valueOf("name") ?? "", LONGEST_NAME),
    refused,
    step,
    ...room,
  });
}

function readDrawing(valueOf, known, start) {
  const isLeast = /^[1-9]\d?$/.test(valueOf("least") ?? "");
  return {
    least: isLeast ? Number(valueOf("least")) : start.least,
    hubs: known("hubs", ["with"]) ?? start.hubs,
    colour: known("colour", COLOURS) ?? start.colour,
  };
}

// [[word, value]], as URLSearchParams has them: V8 alone lacks that.
function readWords(address) {
  return address.replace(/^#/, "").split("&").filter(Boolean).map((pair) => {
    const [word, ...value] = pair.split("=");
    return [unescapeWord(word), unescapeWord(value.join("="))];
  });
}

function unescapeWord(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

// In a record with more than things of its own, their keys begin with “id/”, which may be left out; a web page gives IRIs.
function findNode(model, key, kind) {
  const id = model.byKey.get(key) ?? model.byKey.get(`id/${key}`) ?? model.nodes.find((node) => node.iri === key)?.id ?? null;
  return id !== null && kind && model.nodes[id].kind !== kind ? null : id;
}

// A cell stands in the row of what is selected and under this heading; a line leads to this partner.
function findBeside(model, key, view) {
  const id = findNode(model, key);
  return id !== null && (roleOf(model, id) === "shared") !== isNetwork(view) ? null : id;
}

function findStep(model, text) {
  const step = Number(text);
  return text && Number.isInteger(step) && step >= 1 && step <= model.steps.length ? step : null;
}

function basesOf(model) {
  return [...new Set(model.links.flatMap((link) => [link.basis, ...link.also.map((other) => other.basis)]))].filter(Boolean);
}

export function writeAddress(state, model) {
  const start = startState(model);
  const words = new URLSearchParams();
  const key = (id) => model.nodes[id].key;
  const add = (name, value, told) => value !== null && value !== start[name] && words.append(...told);
  add("view", state.view, ["view", state.view]);
  add("plan", state.plan, ["plan", model.plans[state.plan]?.key ?? ""]);
  add("other", state.other, ["with", model.plans[state.other]?.key ?? ""]);
  add("show", state.show, ["show", `${state.show}s`]);
  for (const [word, name] of [["select", "selected"], ["at", "at"], ["only", "only"]]) if (state[name] !== null) words.append(word, key(state[name]));
  add("hops", state.hops, ["hops", state.hops]);
  for (const theme of state.themes) words.append("theme", key(theme));
  for (const kind of ["partner", "determinant"]) state[`${kind}s`].forEach((id) => words.append(kind, key(id)));
  add("match", state.match, ["match", state.match]);
  for (const word of DRAWING_WORDS) add(word, state[word], [word, state[word]]);
  add("name", state.name, ["name", state.name]);
  for (const name of ["document", "basis", "step"]) if (state[name] !== null) words.append(name, state[name]);
  for (const name of ["dark", "embed"]) if (state[name]) words.append(name, "1");
  if (model.opening && !words.size) words.append("view", state.view);
  return `#${words}`.replaceAll("%2F", "/");
}

export function sameState(model, a, b) {
  return writeAddress(a, model) === writeAddress(b, model) && String(a.refused) === String(b.refused);
}

// A step says what to show; step, dark and embed stay as they are.
export function stepState(model, { dark, embed }, step) {
  return { ...readAddress(model.steps[step - 1].hash, model), step, dark, embed };
}
