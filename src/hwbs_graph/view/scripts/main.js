// One state drives everything: a change goes into the address, and what is on the page follows it.

async function start() {
  const data = await readData();
  if (data.nodes.length) startPage(data);
  document.documentElement.dataset.ready = "";
}

function startPage(data) {
  const model = buildModel(data);
  const page = { model, state: readAddress(location.hash, model), shown: null, drawn: null };
  document.documentElement.classList.add("script");
  page.map = makeMap(model, data, (id) => (id === null ? back(page) : go(page, { selected: id })));
  page.actions = panelActions(page);
  wakeList(model, page.actions.pick);
  wakePresenting(page);
  wakeTools(page);
  wakePrint(page);
  page.search = wakeSearch(page);
  offerViews(page);
  ["views", "tools", "filters"].forEach((id) => wakeToolbar(byId(id)));
  listen(page);
  render(page);
  window.hwbsView = Object.freeze({
    boxes: () => mapBoxes(page.map),
    state: () => ({ ...page.state }),
    cursor: () => page.map.cursor,
    readyAfter: Math.round(performance.now()),
  });
}

// The data block is gzip in base64, a fifth of its size as text.
async function readData() {
  const bytes = Uint8Array.from(atob(byId("plan-data").textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

function panelActions(page) {
  return {
    pick: (id) => go(page, { selected: id }),
    only: () => go(page, { only: page.state.selected }),
    everything: () => go(page, NO_FILTER),
    close: () => go(page, { selected: null }),
    change: (change) => go(page, change),
  };
}

function go(page, change) {
  put(page, settle(page.model, { ...page.state, ...change }, "selected" in change));
}

function put(page, next) {
  if (sameState(page.model, next, page.state)) return;
  page.state = next;
  location.hash = writeAddress(next, page.model);
  render(page);
}

// Escape and a click beside everything undo one thing at a time.
function back(page) {
  const { state } = page;
  if (state.selected !== null) go(page, { selected: null });
  else if (state.only !== null) go(page, { only: null });
  else if (isFiltered(state)) go(page, NO_FILTER);
}

function render(page) {
  const { model, state, drawn } = page;
  const differs = (...names) => !drawn || names.some((name) => String(drawn[name]) !== String(state[name]));
  page.shown = differs("plan", ...FILTERS) ? shownBy(model, state) : page.shown;
  page.party = partyShown(model, state.view === "coverage" ? { ...state, show: "determinant" } : state, page.shown);
  if (differs("dark")) inkPage(page);
  if (differs("step", "embed")) frame(page);
  if (differs("plan")) renderFilters(page);
  markFilters(page);
  const drawing = differs("view", "plan", "other", "show", "dark", ...FILTERS);
  if (drawing) showView(page);
  if (drawing || differs("selected")) renderSelection(page, differs("selected"));
  page.drawn = state;
}

function inkPage(page) {
  document.documentElement.classList.toggle("dark", page.state.dark);
  byId("dark").setAttribute("aria-pressed", String(page.state.dark));
  page.map.ink = readInk();
}

// What stands around the picture: steps while presenting, little in a page within a page.
function frame(page) {
  document.documentElement.classList.toggle("embed", page.state.embed);
  renderStep(page);
}

// How each view is filled; the map and the continuity picture share one canvas.
const PAINTERS = {
  map: { place: "map", paint: (page) => layMap(page.map, mapPlan(page.model, page.shown, page.party)) },
  continuity: { place: "map", paint: (page) => layMap(page.map, continuityLayout(page)) },
  grid: { place: "grid", paint: (page) => renderGrid(page.model, page.shown, page.party, page.actions.pick) },
  list: { place: "list", paint: (page) => showInList(page.model, page.shown) },
  coverage: { place: "coverage", paint: (page) => renderCoverage(page.model, page.shown, page.actions.pick) },
  families: { place: "families", paint: (page) => renderFamilies(page.model, page.actions) },
};
const PLACES = ["map", "grid", "list", "coverage", "families"];

function showView(page) {
  const { state, shown } = page;
  const { place, paint } = PAINTERS[state.view];
  const nothing = ["map", "grid", "list"].includes(state.view) && isFiltered(state) && !shown.units.size && state.only === null;
  byId("nothing").hidden = !nothing;
  for (const each of PLACES) byId(each).hidden = nothing || each !== place;
  for (const choice of document.querySelectorAll("[data-view]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset.view === state.view));
  }
  byId("zoom").hidden = place !== "map" || nothing;
  byId("key").hidden = place !== "map" && place !== "grid";
  renderKey(page);
  if (nothing) page.map.layout = null;
  else paint(page);
}

function renderSelection(page, moved) {
  const { model, state, map } = page;
  const held = byId("panel").contains(document.activeElement);
  renderPanel(page);
  if (held) byId("panel").querySelector("h2").focus();
  if (state.selected !== null) map.cursor = state.selected;
  lightMap(map, state);
  markPicked(state.selected);
  if (PAINTERS[state.view].place === "map" && map.layout && state.selected !== null) revealBox(map, state.selected);
  renderStatus(page, moved && state.selected !== null ? `Selected ${sentenceFor(model, state.selected)} ` : "");
}

// Tables stay when the selection moves; only their marks do.
function markPicked(selected) {
  for (const element of document.querySelectorAll("main [data-pick]")) {
    element.setAttribute("aria-pressed", String(Number(element.dataset.pick) === selected));
  }
}

function renderStatus({ model, state, shown }, before) {
  const all = [...model.members[state.plan]].filter((id) => model.nodes[id].unit);
  const part = all.length ? shareWords(model, shown.units, all) : "";
  byId("status").textContent = part;
  say(`${before}${part ? `${part}.` : ""}`);
}

function shareWords(model, units, all) {
  const kinds = new Set(all.map((id) => model.nodes[id].kind));
  if (kinds.size === 1) return `${units.size} of ${unitWords(model, all)} shown`;
  return units.size === all.length ? `All shown: ${unitWords(model, all)}` : `${units.size} of ${all.length} shown: ${unitWords(model, units)}`;
}

function offerViews(page) {
  const { model } = page;
  const offered = { continuity: pairsOf(model).length, coverage: idsOfKind(model, "determinant", model.byKey.values()).length, families: boardsOf(model).length > 1 };
  for (const choice of document.querySelectorAll("[data-view]")) {
    choice.hidden = choice.dataset.view in offered && !offered[choice.dataset.view];
    choice.addEventListener("click", () => go(page, { view: choice.dataset.view }));
  }
}

start();
