// Plans side by side as a table; of more boards than can stand side by side, how much each has.

const MOST_BOARDS = 4;

function renderFamilies(model, actions) {
  const table = boardsOf(model).length > MOST_BOARDS ? familyHeat(model) : familyTable(model, actions);
  byId("families").replaceChildren(table);
}

function familyTable(model, actions) {
  const { columns, rows } = sideBySide(model);
  const heads = columns.map((column) => make("th", { scope: "col" }, words(column.short), boardLine(column)));
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "family" }, "Theme family"), ...heads));
  const body = make("tbody", {}, ...rows.map((row) => familyRow(model, columns, row, actions)));
  return make("table", { class: "beside" }, make("caption", {}, "The same family of themes in each strategy, and what stands under each theme"), head, body);
}

function boardLine({ board }) {
  return board ? make("span", { class: "quiet" }, words(board)) : null;
}

function familyRow(model, columns, { family, cells }, actions) {
  const heading = make("th", { scope: "row", class: "family" }, family ? words(family) : "Themes of no family");
  const none = family ? "no theme of this family" : "none";
  return make("tr", {}, heading, ...cells.map((themes) => make("td", {}, ...(themes.length
    ? themes.map((theme) => themeBlock(model, theme, actions))
    : [make("p", { class: "quiet none" }, none)]))));
}

// Only themes are buttons: a tab stop for every objective would be a hundred.
function themeBlock(model, { id, elements, others }, actions) {
  const node = model.nodes[id];
  const items = elements.map((each) => elementLine(model, each));
  return make("div", { class: `hue-${node.hue}` },
    button({ "data-pick": id, "aria-pressed": "false", class: "theme" }, () => actions.pick(id), words(node.label)),
    items.length ? make("ul", {}, ...items) : make("p", { class: "quiet" }, "nothing under it is recorded"),
    ...others.map((other) => make("p", { class: "quiet" }, "and ", elementCount(model, other.elements), " in ", words(model.plans[other.plan].short))));
}

function elementLine(model, id) {
  const { code, name } = model.nodes[id];
  return make("li", {}, code ? make("b", {}, words(code), " ") : null, words(name));
}

function elementCount(model, ids) {
  return unitWords(model, new Set(ids));
}

function familyHeat(model) {
  const { families, rows } = familyCounts(model);
  const heads = families.map((family) => make("th", { scope: "col" }, family ? words(family) : "no family"));
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "corner" }, "Board"), ...heads, make("th", { scope: "col", class: "total" }, "All")));
  const body = make("tbody", {}, ...rows.map((row) => make("tr", {},
    make("th", { scope: "row" }, words(row.board)), ...row.cells.map(heatCell), make("td", { class: "total" }, String(row.total)))));
  return make("table", { class: "heat" }, make("caption", {}, "Number of objectives or priorities of each board, by family of themes; the darker, the more"), head, body);
}

function heatCell({ themes, elements }) {
  return make("td", { class: `hue-1 depth-${depthOf(elements)}` }, elements ? String(elements) : themes ? "theme" : "");
}
