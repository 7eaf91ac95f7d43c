// The coverage picture: determinants against themes, as a real table.
import { cellWords, coverageCaption, coverageMarks, coverageOf, coverageSentence, depthOf, totalWords } from "../record/coverage.js";
import { isLayer } from "../record/model.js";
import { cellButton, wakeCells } from "./cell-buttons.js";
import { byId, isolate, makeButton, makeElement, pickButton, signFor } from "./dom.js";

export function renderCoverage({ model, shown, actions }) {
  const { pick } = actions;
  const coverage = coverageOf(model, shown);
  const place = byId("coverage");
  if (!coverage) {
    place.replaceChildren(makeElement("p", { class: "nothing" }, "This plan is not recorded to address any determinant of health."));
    return;
  }
  const table = makeElement("table", { class: "heat" },
    makeElement("caption", {}, coverageCaption(model, shown)),
    coverageHead(model, coverage, pick), ...coverage.layers.map((layer, index) => coverageLayer(model, coverage, layer, index, pick)));
  wakeCells(table, actions);
  place.replaceChildren(makeElement("p", { class: "sum" }, isolate(coverageSentence(model, coverage))), coverageKey(coverage), table);
}

// Only what the table has.
function coverageKey(coverage) {
  const entries = coverageMarks(coverage).map(({ mark, text }) => makeElement("span", {},
    mark ? makeElement("b", {}, mark) : makeElement("span", { class: "swatch suggested", "aria-hidden": "true" }), ` ${text}`));
  return makeElement("p", { class: "heat-key quiet" }, ...entries);
}

function coverageHead(model, { themes }, pick) {
  const heads = themes.map((id) => {
    if (id === null) return makeElement("th", { scope: "col", class: "theme hue-0" }, "No theme");
    return makeElement("th", { scope: "col", class: `theme hue-${model.nodes[id].hue}` }, pickButton(id, model.nodes[id].name, pick));
  });
  return makeElement("thead", {}, makeElement("tr", {}, makeElement("th", { scope: "col", class: "corner" }, "Determinant"), ...heads, makeElement("th", { scope: "col", class: "total" }, "All")));
}

function coverageLayer(model, coverage, { layer, rows }, index, pick) {
  const wide = coverage.themes.length + 2;
  const heading = makeElement("th", { scope: "rowgroup", colspan: wide, class: "layer" }, layer ? isolate(layer) : "Other determinants");
  return makeElement("tbody", {}, makeElement("tr", {}, heading), ...rows.map((row) => coverageLine(model, coverage, row, pick)));
}

function coverageLine(model, coverage, row, pick) {
  const node = model.nodes[row.id];
  const name = makeButton({ "data-pick": row.id, "aria-pressed": "false" }, () => pick(row.id), signFor(model.columnOf.get(node.kind)),
    makeElement("span", {}, isolate(node.name), isLayer(model, row.id) ? " (in general)" : ""));
  const cells = row.cells.map((cell, index) => coverageMark(model, row.id, coverage.themes[index], cell));
  const total = makeElement("td", { "data-row": row.id, class: `total${row.total || row.gap ? "" : " only-theme"}` }, cellButton(totalWords(row)));
  return makeElement("tr", { class: row.gap ? "gap" : null }, makeElement("th", { scope: "row" }, name), ...cells, total);
}

function coverageMark(model, row, theme, cell) {
  const hue = theme === null ? 0 : model.nodes[theme].hue;
  const told = cell.suggested ? makeElement("span", { class: "unseen" }, " (suggested)") : null;
  return makeElement("td", { class: `hue-${hue} depth-${depthOf(cell.count)}${cell.suggested ? " suggested" : ""}${cell.theme ? " only-theme" : ""}`, "data-row": row, "data-head": theme }, theme === null ? cellWords(cell) : cellButton(cellWords(cell)), told);
}
