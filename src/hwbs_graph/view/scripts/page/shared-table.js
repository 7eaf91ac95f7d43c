// Objectives that share partners, as a real table; a pressed number says which partners, and in which actions.
import { rowName } from "../layout/shared-table.js";
import { depthOf } from "../record/coverage.js";
import { fullName, linksNaming, leavesNaming, sortInMapOrder } from "../record/model.js";
import { spokenName } from "../record/sentences.js";
import { NOTHING_SHARED, pairBetween, pairHue, pairSharing, pairsWith, sharedCaption, sharedFinding, sharedPartners } from "../record/shared-partners.js";
import { cellButton, wakeCells } from "./cell-buttons.js";
import { byId, isolate, makeButton, makeElement, pickButton } from "./dom.js";
import { linkWords } from "./evidence.js";
import { uprightWords } from "./grid-table.js";

export function renderShared(page) {
  const { model, state, shown, actions } = page;
  page.shared = sharedPartners(model, state, shown);
  if (!page.shared) return byId("shared").replaceChildren(makeElement("p", { class: "nothing" }, NOTHING_SHARED));
  const table = makeElement("table", { class: "heat" }, makeElement("caption", {}, sharedCaption(model, page.shared)), tableHead(page), tableBody(page));
  wakeCells(table, actions);
  const told = state.step === null ? makeElement("p", { class: "sum" }, isolate(sharedFinding(model, shown, page.shared))) : null;
  byId("shared").replaceChildren(...[told, suggestedKey(page.shared), table].filter(Boolean));
}

function suggestedKey({ pairs }) {
  if (!pairs.some((pair) => pair.suggested)) return null;
  return makeElement("p", { class: "heat-key quiet" }, makeElement("span", {}, makeElement("span", { class: "swatch suggested", "aria-hidden": "true" }), " by suggested links alone"));
}

function tableHead({ model, shared, actions }) {
  const heads = shared.heads.slice(0, -1).map((id) => makeElement("th", { scope: "col", class: `upright hue-${model.nodes[id].hue}` },
    makeButton({ "data-pick": id, "aria-pressed": "false" }, () => actions.pick(id), ...uprightWords(spokenName(model, id)))));
  return makeElement("thead", {}, makeElement("tr", {}, makeElement("td", {}), ...heads));
}

function tableBody({ model, shared, actions }) {
  return makeElement("tbody", {}, ...shared.heads.slice(1).map((row, at) => {
    const name = makeElement("th", { scope: "row", class: `edge hue-${model.nodes[row].hue}` }, pickButton(row, rowName(model, row), actions.pick));
    return makeElement("tr", {}, name, ...shared.heads.slice(0, at + 1).map((head) => pairCell(model, pairBetween(shared, row, head))));
  }));
}

// Nothing stands where one heading is part of the other.
function pairCell(model, pair) {
  if (!pair) return makeElement("td", {});
  const count = pair.partners.length;
  return makeElement("td", { class: `hue-${pairHue(model, pair)} depth-${depthOf(count)}${pair.suggested ? " suggested" : ""}`, "data-row": pair.row, "data-head": pair.head }, cellButton(count ? String(count) : ""));
}

// The pair whose number is pressed, null where none is.
export function chosenPair({ state, shared }) {
  return state.view === "shared" && state.at !== null ? pairBetween(shared, state.selected, state.at) : null;
}

// Its partners, each with the actions that name it under either heading, and where that is printed.
export function describePair({ model, shown, actions }, pair) {
  const names = [pair.head, pair.row].map((id) => makeButton({}, () => actions.change({ selected: id, at: null }), isolate(spokenName(model, id))));
  return [
    makeElement("p", { class: "kind" }, `two ${model.columnOf.get(model.nodes[pair.row].kind).plural}`),
    makeElement("h2", { tabindex: "-1" }, isolate(spokenName(model, pair.head)), " and ", isolate(spokenName(model, pair.row))),
    makeElement("p", { class: "finding" }, isolate(pairSharing(model, pair))),
    makeElement("div", { class: "buttons" }, ...names, makeButton({}, actions.close, "Close")),
    ...pair.partners.map((partner) => partnerPart(model, shown, pair, partner, actions)),
  ];
}

function partnerPart(model, shown, pair, partner, actions) {
  const under = (head) => shown.leavesOf.get(head) ?? new Set([head]);
  const leaves = [...shown.leavesOf.get(partner)].filter((leaf) => under(pair.head).has(leaf) || under(pair.row).has(leaf));
  return makeElement("div", {}, makeElement("h3", {}, isolate(model.nodes[partner].name)),
    makeElement("ul", { class: "items" }, ...sortInMapOrder(model, leaves).map((leaf) => leafRow(model, shown, partner, leaf, actions))));
}

function leafRow(model, shown, partner, leaf, actions) {
  const links = linksNaming(model, partner).filter((link) => shown.links.includes(link) && leavesNaming(model, link.from).includes(leaf));
  const through = (link) => (link.from === leaf ? null : makeElement("span", { class: "quiet" }, "through ", isolate(fullName(model.nodes[link.from]))));
  return makeElement("li", { class: `hue-${model.nodes[leaf].hue}` }, makeButton({ class: "item" }, () => actions.pick(leaf), isolate(`${spokenName(model, leaf)} – ${model.nodes[leaf].label}`)),
    makeElement("ul", { class: "sources" }, ...links.map((link) => makeElement("li", { class: link.provenance }, through(link), linkWords(link)))));
}

// In the panel of one heading: with which others it shares partners, most first.
export function sharersOf({ model, state, shared, actions }) {
  const pairs = state.view === "shared" ? pairsWith(shared, state.selected) : [];
  if (!pairs.length) return null;
  const rows = pairs.map((pair) => {
    const other = pair.row === state.selected ? pair.head : pair.row;
    return makeElement("li", { class: `hue-${model.nodes[other].hue}` }, makeButton({ class: "item" }, () => actions.change({ selected: pair.row, at: pair.head }), isolate(rowName(model, other))),
      makeElement("span", { class: "quiet" }, `${pair.partners.length} shared`));
  });
  return makeElement("div", {}, makeElement("h3", {}, `Shares partners with (${rows.length})`), makeElement("ul", { class: "items" }, ...rows));
}
