// The grid: who is named in how many actions under which heading, as a real table.

const UPRIGHT = { width: 196, size: 13, measure: makeMeasure() };

function renderGrid(model, shown, party, pick) {
  const grid = gridOf(model, shown, party);
  const place = byId("grid");
  if (!grid) {
    place.replaceChildren(make("p", { class: "nothing" }, "This plan names no partners or determinants here, so there is no grid to show."));
    return;
  }
  const units = listWords(model.columns.filter((column) => idsOfKind(model, column.kind, shown.units).length).map((column) => column.plural));
  const names = grid.party.kind === "determinant" ? "that address each determinant" : `that name each ${grid.party.singular}`;
  const title = `Number of ${units} ${names}, by ${grid.heads.singular}`;
  const table = make("table", {}, make("caption", {}, title), gridHead(model, grid, pick), gridBody(model, grid, pick));
  place.replaceChildren(table);
}

function gridHead(model, grid, pick) {
  const corner = make("td", { rowspan: grid.groups.length ? 2 : 1 });
  const total = make("th", { scope: "col", rowspan: grid.groups.length ? 2 : 1, class: "total" }, "All");
  const heads = grid.heads.ids.map((id) => headCell(model, id, pick));
  if (!grid.groups.length) return make("thead", {}, make("tr", {}, corner, ...heads, total));
  const groups = grid.groups.map((group) => groupCell(model, group, pick));
  return make("thead", {}, make("tr", {}, corner, ...groups, total), make("tr", {}, ...heads));
}

function groupCell(model, { id, span }, pick) {
  const hue = id === null ? 0 : model.nodes[id].hue;
  const content = id === null ? "No theme" : pickButton(model, id, model.nodes[id].name, pick);
  return make("th", { scope: "colgroup", colspan: span, class: `theme hue-${hue}` }, content);
}

function headCell(model, id, pick) {
  const node = model.nodes[id];
  const pickable = button({ "data-pick": id, "aria-pressed": "false" }, () => pick(id), ...uprightWords(shortName(node)));
  return make("th", { scope: "col", class: `upright hue-${node.hue}` }, pickable);
}

// Two lines fit beside each other; a longer name is cut for the eye only.
function uprightWords(name) {
  const lines = wrapText(name, UPRIGHT.width, fontOf(UPRIGHT.size), UPRIGHT.measure);
  if (lines.length <= 2) return [words(lines.join("\n"))];
  const seen = make("span", { "aria-hidden": "true" }, words(`${lines[0]}\n${cutLine(lines[1])}`));
  return [seen, make("span", { class: "unseen" }, words(name))];
}

function cutLine(line) {
  let kept = line;
  while (UPRIGHT.measure(`${kept}…`, fontOf(UPRIGHT.size)) > UPRIGHT.width) kept = kept.slice(0, -1);
  return `${kept.trimEnd()}…`;
}

function pickButton(model, id, text, pick) {
  return button({ "data-pick": id, "aria-pressed": "false" }, () => pick(id), words(text));
}

function gridBody(model, grid, pick) {
  const sign = () => signFor(grid.party);
  return make("tbody", {}, ...grid.rows.map((row) => {
    const name = button({ "data-pick": row.id, "aria-pressed": "false" }, () => pick(row.id), sign(), words(model.nodes[row.id].name));
    const cells = row.cells.map((count, index) => gridCell(model, grid.heads.ids[index], count));
    return make("tr", {}, make("th", { scope: "row" }, name), ...cells, make("td", { class: "total" }, String(row.total)));
  }));
}

// Darker with more; four or more is the full colour.
function gridCell(model, head, count) {
  const depth = Math.min(count, 4);
  return make("td", { class: `hue-${model.nodes[head].hue} depth-${depth}` }, count ? String(count) : "");
}
