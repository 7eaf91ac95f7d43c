// The coverage picture: determinants against themes, as a real table.

function renderCoverage(model, shown, pick) {
  const coverage = coverageOf(model, shown);
  const place = byId("coverage");
  if (!coverage) {
    place.replaceChildren(make("p", { class: "nothing" }, "This plan is not recorded to address any determinant of health."));
    return;
  }
  const kinds = model.columns.filter((column) => idsOfKind(model, column.kind, shown.units).length);
  const units = listWords(kinds.map((column) => column.plural)) || "items";
  const table = make("table", { class: "heat" },
    make("caption", {}, `Number of ${units} that address each determinant, by theme; the darker, the more`),
    coverageHead(model, coverage, pick), ...coverage.layers.map((layer, index) => coverageLayer(model, coverage, layer, index, pick)));
  place.replaceChildren(make("p", { class: "sum" }, words(coverageSentence(model, coverage))), coverageKey(coverage), table);
}

// Only what the table has.
function coverageKey({ layers }) {
  const cells = layers.flatMap((layer) => layer.rows).flatMap((row) => row.cells);
  const entries = [
    cells.some((cell) => cell.suggested) && make("span", {}, make("span", { class: "swatch suggested", "aria-hidden": "true" }), " suggested, not printed"),
    cells.some((cell) => cell.theme) && make("span", {}, make("b", {}, "theme"), " = only the theme itself names it"),
    make("span", {}, make("b", {}, "gap"), " = nothing in the plan is recorded to address it"),
  ];
  return make("p", { class: "heat-key quiet" }, ...entries.filter(Boolean));
}

function coverageHead(model, { themes }, pick) {
  const heads = themes.map((id) => {
    if (id === null) return make("th", { scope: "col", class: "theme hue-0" }, "No theme");
    return make("th", { scope: "col", class: `theme hue-${model.nodes[id].hue}` }, pickButton(model, id, model.nodes[id].name, pick));
  });
  return make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "corner" }, "Determinant"), ...heads, make("th", { scope: "col", class: "total" }, "All")));
}

function coverageLayer(model, coverage, { layer, rows }, index, pick) {
  const wide = coverage.themes.length + 2;
  const heading = make("th", { scope: "rowgroup", colspan: wide, class: "layer" }, layer ? words(layer) : "Other determinants");
  return make("tbody", {}, make("tr", {}, heading), ...rows.map((row) => coverageLine(model, coverage, row, pick)));
}

function coverageLine(model, coverage, row, pick) {
  const node = model.nodes[row.id];
  const name = button({ "data-pick": row.id, "aria-pressed": "false" }, () => pick(row.id), signFor(model.columnOf.get(node.kind)),
    make("span", {}, words(node.name), isLayer(model, row.id) ? " (in general)" : ""));
  const cells = row.cells.map((cell, index) => coverageMark(model, coverage.themes[index], cell));
  const total = make("td", { class: `total${row.total || row.gap ? "" : " only-theme"}` }, row.gap ? "gap" : row.total ? String(row.total) : row.addressed ? "theme" : "");
  return make("tr", { class: row.gap ? "gap" : null }, make("th", { scope: "row" }, name), ...cells, total);
}

function coverageMark(model, theme, cell) {
  const hue = theme === null ? 0 : model.nodes[theme].hue;
  const words = cell.theme ? "theme" : cell.count ? String(cell.count) : "";
  const told = cell.suggested ? make("span", { class: "unseen" }, " (suggested)") : null;
  return make("td", { class: `hue-${hue} depth-${depthOf(cell.count)}${cell.suggested ? " suggested" : ""}${cell.theme ? " only-theme" : ""}` }, words, told);
}

// An objective that names a determinant stands for all its actions, so small numbers are common.
function depthOf(count) {
  return [1, 2, 4, 7].filter((least) => count >= least).length;
}
