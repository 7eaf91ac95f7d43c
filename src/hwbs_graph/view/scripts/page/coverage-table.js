// The coverage picture: determinants against themes, as a real table.
import { coverageOf, coverageSentence, isLayer } from "../record/coverage.js";
import { pluralWords } from "../record/model.js";
import { byId, isolate, makeButton, makeElement, pickButton, signFor } from "./dom.js";

export function renderCoverage(model, shown, pick) {
  const coverage = coverageOf(model, shown);
  const place = byId("coverage");
  if (!coverage) {
    place.replaceChildren(makeElement("p", { class: "nothing" }, "This plan is not recorded to address any determinant of health."));
    return;
  }
  const leaves = pluralWords(model, shown.leaves) || "items";
  const table = makeElement("table", { class: "heat" },
    makeElement("caption", {}, `Number of ${leaves} that address each determinant, themselves or through an objective or a narrower determinant, by theme; the darker, the more`),
    coverageHead(model, coverage, pick), ...coverage.layers.map((layer, index) => coverageLayer(model, coverage, layer, index, pick)));
  place.replaceChildren(makeElement("p", { class: "sum" }, isolate(coverageSentence(model, coverage))), coverageKey(coverage), table);
}

// Only what the table has.
function coverageKey({ layers }) {
  const cells = layers.flatMap((layer) => layer.rows).flatMap((row) => row.cells);
  const entries = [
    cells.some((cell) => cell.direct < cell.count) && makeElement("span", {}, makeElement("b", {}, "2+3"), " = 2 address it themselves, 3 through an objective or a narrower determinant"),
    cells.some((cell) => cell.suggested) && makeElement("span", {}, makeElement("span", { class: "swatch suggested", "aria-hidden": "true" }), " suggested, not printed"),
    cells.some((cell) => cell.theme) && makeElement("span", {}, makeElement("b", {}, "theme"), " = only the theme itself names it"),
    makeElement("span", {}, makeElement("b", {}, "gap"), " = nothing in the plan is recorded to address it"),
  ];
  return makeElement("p", { class: "heat-key quiet" }, ...entries.filter(Boolean));
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
  const cells = row.cells.map((cell, index) => coverageMark(model, coverage.themes[index], cell));
  const total = makeElement("td", { class: `total${row.total || row.gap ? "" : " only-theme"}` }, row.gap ? "gap" : row.total ? countParts(row.total, row.direct) : row.addressed ? "theme" : "");
  return makeElement("tr", { class: row.gap ? "gap" : null }, makeElement("th", { scope: "row" }, name), ...cells, total);
}

function coverageMark(model, theme, cell) {
  const hue = theme === null ? 0 : model.nodes[theme].hue;
  const words = cell.theme ? "theme" : cell.count ? countParts(cell.count, cell.direct) : "";
  const told = cell.suggested ? makeElement("span", { class: "unseen" }, " (suggested)") : null;
  return makeElement("td", { class: `hue-${hue} depth-${depthOf(cell.count)}${cell.suggested ? " suggested" : ""}${cell.theme ? " only-theme" : ""}` }, words, told);
}

// "2+3": first those that name the determinant themselves.
function countParts(count, direct) {
  return [direct || "", count - direct || ""].join(direct < count ? "+" : "");
}

// An objective that names a determinant stands for all its actions, so small numbers are common.
export function depthOf(count) {
  return [1, 2, 4, 7].filter((least) => count >= least).length;
}
