// Plans side by side as a table; of more boards than can stand side by side, how much each has.
import { depthOf } from "../record/coverage.js";
import { familyCaption, familyCounts, isHeatMap, sideBySide } from "../record/families.js";
import { leafWords } from "../record/model.js";
import { byId, isolate, makeButton, makeElement } from "./dom.js";

export function renderFamilies(model, actions) {
  const table = isHeatMap(model) ? familyHeat(model, actions) : familyTable(model, actions);
  byId("families").replaceChildren(table);
}

function familyTable(model, actions) {
  const { columns, rows } = sideBySide(model);
  const heads = columns.map((column) => makeElement("th", { scope: "col" }, isolate(column.short), boardLine(column)));
  const head = makeElement("thead", {}, makeElement("tr", {}, makeElement("th", { scope: "col", class: "family" }, "Theme family"), ...heads));
  const body = makeElement("tbody", {}, ...rows.map((row) => familyRow(model, columns, row, actions)));
  return makeElement("table", { class: "beside" }, makeElement("caption", {}, familyCaption(model)), head, body);
}

function boardLine({ board }) {
  return board ? makeElement("span", { class: "quiet" }, isolate(board)) : null;
}

function familyRow(model, columns, { family, cells }, actions) {
  const heading = makeElement("th", { scope: "row", class: "family" }, family ? isolate(family) : "Themes of no family");
  const none = family ? "no theme of this family" : "none";
  return makeElement("tr", {}, heading, ...cells.map((themes) => makeElement("td", {}, ...(themes.length
    ? themes.map((theme) => themeBlock(model, theme, actions))
    : [makeElement("p", { class: "quiet none" }, none)]))));
}

// Only themes are buttons: a tab stop for every objective would be a hundred.
function themeBlock(model, { id, elements, others }, actions) {
  const node = model.nodes[id];
  const items = elements.map((each) => elementLine(model, each));
  return makeElement("div", { class: `hue-${node.hue}` },
    makeButton({ "data-pick": id, "aria-pressed": "false", class: "theme" }, () => actions.pick(id), isolate(node.label)),
    items.length ? makeElement("ul", {}, ...items) : makeElement("p", { class: "quiet" }, "nothing under it is recorded"),
    ...others.map((other) => makeElement("p", { class: "quiet" }, "and ", elementCount(model, other.elements), " in ", isolate(model.plans[other.plan].short))));
}

function elementLine(model, id) {
  const { code, name } = model.nodes[id];
  return makeElement("li", {}, code ? makeElement("b", {}, isolate(code), " ") : null, isolate(name));
}

function elementCount(model, ids) {
  return leafWords(model, new Set(ids));
}

// A row opens the map of its board.
function familyHeat(model, { change }) {
  const { families, rows } = familyCounts(model);
  const heads = families.map((family) => makeElement("th", { scope: "col" }, family ? isolate(family) : "no family"));
  const head = makeElement("thead", {}, makeElement("tr", {}, makeElement("th", { scope: "col", class: "corner" }, "Board"), ...heads, makeElement("th", { scope: "col", class: "total" }, "All")));
  const body = makeElement("tbody", {}, ...rows.map((row) => makeElement("tr", {},
    makeElement("th", { scope: "row" }, makeButton({}, () => change({ plan: row.plan, other: null, selected: null, view: "map" }), isolate(row.board))), ...row.cells.map(heatCell), makeElement("td", { class: "total" }, String(row.total)))));
  return makeElement("table", { class: "heat" }, makeElement("caption", {}, familyCaption(model)), head, body);
}

function heatCell({ themes, elements }) {
  return makeElement("td", { class: `hue-1 depth-${depthOf(elements)}` }, elements ? String(elements) : themes ? "theme" : "");
}
