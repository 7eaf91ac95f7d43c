// The guide of the continuity picture: how to read it, and every change as a list.
import { changesByType, isSuccession, pairsOf, pictureOf, shownPair } from "../record/continuity.js";
import { NO_FILTER } from "../record/filters.js";
import { rootsOf, shortName } from "../record/model.js";
import { isolate, makeButton, makeElement } from "./dom.js";

export function continuityGuide(page) {
  const { model, state, actions } = page;
  const pair = shownPair(model, state);
  const title = makeElement("h2", { tabindex: "-1" }, "What became of it");
  if (!pair) return [title, makeElement("p", {}, "No plan here is recorded to follow another.")];
  return [
    title,
    makeElement("p", {}, ...readingOf(model, pair)),
    makeElement("p", { class: "quiet" }, "Of the filters, only themes thin this picture: it keeps what stands under a chosen theme at either end."),
    state.themes.length ? makeElement("div", { class: "buttons" }, makeButton({}, actions.everything, "Show everything")) : null,
    pairChooser(model, pair, actions),
    ...changesByType(pair).map((group) => changeList(model, group, actions)),
    unrecorded(model, pair, actions),
  ];
}

function readingOf(model, pair) {
  const [from, to] = [pair.from, pair.to].map((plan) => isolate(model.plans[plan].short));
  if (!isSuccession(pair)) return ["On the left ", from, ", on the right ", to, ". A line joins what is on the same topic; neither plan follows the other."];
  return [
    "On the left ", from, ", on the right ", to, ". A line leads from each item to what became of it; a thick dark line crosses into another theme. ",
    "What is marked new has nothing before it; what is marked dropped has nothing after it.",
  ];
}

function pairChooser(model, shown, actions) {
  const pairs = pairsOf(model);
  if (pairs.length < 2) return null;
  const choices = pairs.map((pair) => {
    const pressed = pair.from === shown.from && pair.to === shown.to;
    const choose = () => actions.change({ ...NO_FILTER, plan: pair.from, other: pair.to });
    const sign = isSuccession(pair) ? makeElement("span", {}, makeElement("span", { "aria-hidden": "true" }, " → "), makeElement("span", { class: "unseen" }, " to ")) : " beside ";
    return makeButton({ "aria-pressed": String(pressed) }, choose, isolate(model.plans[pair.from].short), sign, isolate(model.plans[pair.to].short));
  });
  return makeElement("div", { class: "pairs", role: "group", "aria-label": "Plans to compare" }, ...choices);
}

function changeList(model, { heading, alignments }, actions) {
  const rows = [...alignments].sort((a, b) => placeOf(model, a) - placeOf(model, b)).map((one) => changeRow(model, one, actions));
  return makeElement("div", {}, makeElement("h3", {}, `${heading} (${rows.length})`), makeElement("ul", { class: "items" }, ...rows));
}

function placeOf(model, one) {
  return model.nodes[one.source >= 0 ? one.source : one.target].rank;
}

// The earlier end is the button, as one reads from left to right; what is new has only the later.
function changeRow(model, one, actions) {
  const id = one.source >= 0 ? one.source : one.target;
  const node = model.nodes[id];
  const became = one.source >= 0 && one.target >= 0 ? makeElement("span", { class: "quiet" }, "→ ", ...elementWords(model, one.target)) : null;
  return makeElement("li", { class: `hue-${node.hue} ${one.provenance}` }, makeButton({ class: "item" }, () => actions.pick(id), ...elementWords(model, id)), became);
}

// "Warmth 2 Insulate homes": a number alone does not tell which of five it is.
function elementWords(model, id) {
  const root = rootsOf(model, id)[0];
  const theme = root === undefined || root === id ? "" : model.nodes[root].name;
  return [theme ? makeElement("b", {}, isolate(theme), " ") : null, isolate(shortName(model.nodes[id]))].filter(Boolean);
}

function unrecorded(model, pair, actions) {
  const ends = new Set(pair.alignments.flatMap((one) => [one.source, one.target]));
  const ids = pictureOf(model, pair).columns.filter((column) => column.role === "element").flatMap((column) => column.ids).filter((id) => !ends.has(id));
  if (!ids.length) return null;
  const rows = ids.map((id) => makeElement("li", { class: `hue-${model.nodes[id].hue}` }, makeButton({ class: "item" }, () => actions.pick(id), ...elementWords(model, id))));
  return makeElement("div", {}, makeElement("h3", {}, `Nothing recorded (${ids.length})`), makeElement("ul", { class: "items" }, ...rows));
}
