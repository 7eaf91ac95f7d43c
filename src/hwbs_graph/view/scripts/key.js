// The key names only what the picture on show has.

function renderKey(page) {
  const { model, state, shown, party } = page;
  const columns = state.view === "continuity" ? [] : columnsShown(model, shown, party);
  const entries = columns.map((column, index) => keyItem(column, index));
  const units = model.columns.filter((column) => idsOfKind(model, column.kind, shown.units).length);
  if (party && units.length && columns.length) {
    entries.push(make("span", {}, make("b", {}, "7"), ` = ${units.map((column) => column.plural).join(" or ")}`));
  }
  const lines = state.view === "continuity" ? continuityKey(page) : standingsOf(shown.links).map((name) => lineItem(name, name));
  byId("key").replaceChildren(...entries, ...lines);
}

function standingsOf(links) {
  return Object.keys(DASHES).filter((name) => links.some((link) => link.standing === name));
}

function lineItem(style, text) {
  return make("span", {}, make("span", { class: `line ${style}`, "aria-hidden": "true" }), ` ${text}`);
}

function keyItem(column, index) {
  const mark = column.kind === "action" ? "pill" : index === 0 ? "block" : "box";
  const sign = signFor(column) || make("span", { class: `mark ${mark}`, "aria-hidden": "true" }, mark === "pill" ? "1a" : "");
  return make("span", {}, sign, ` ${column.role === "party" ? column.singular : column.plural}`);
}
