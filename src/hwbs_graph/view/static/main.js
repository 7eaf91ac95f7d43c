// One state drives everything: a change goes into the address, and what is on the page follows it.

function start() {
  const data = JSON.parse(byId("plan-data").textContent);
  if (!data.nodes.length) return;
  const model = buildModel(data);
  const page = { model, state: readAddress(location.hash, model), shown: null, drawn: null };
  document.documentElement.classList.add("script");
  page.map = makeMap(model, data, (id) => (id === null ? back(page) : go(page, { selected: id })));
  page.actions = panelActions(page);
  wakeList(model, page.actions.pick);
  renderKey(model);
  listen(page);
  render(page);
  window.hwbsView = Object.freeze({
    boxes: () => mapBoxes(page.map),
    state: () => ({ ...page.state }),
    cursor: () => page.map.cursor,
    readyAfter: Math.round(performance.now()),
  });
}

function panelActions(page) {
  return {
    pick: (id) => go(page, { selected: id }),
    only: () => go(page, { only: page.state.selected }),
    everything: () => go(page, { only: null }),
    close: () => go(page, { selected: null }),
  };
}

function go(page, change) {
  const next = settle(page.model, { ...page.state, ...change });
  if (sameState(next, page.state)) return;
  page.state = next;
  location.hash = writeAddress(next, page.model);
  render(page);
}

// Escape and a click beside everything undo one thing at a time.
function back(page) {
  if (page.state.selected !== null) go(page, { selected: null });
  else if (page.state.only !== null) go(page, { only: null });
}

function render(page) {
  const { model, state, drawn } = page;
  const narrowed = !drawn || drawn.only !== state.only;
  if (narrowed) page.shown = shownBy(model, state);
  showView(page, narrowed);
  const turned = drawn && drawn.view !== state.view && state.selected === null;
  if (!drawn || drawn.selected !== state.selected || narrowed || turned) renderSelection(page);
  page.drawn = state;
}

function showView(page, narrowed) {
  const { state, drawn } = page;
  const turned = !drawn || drawn.view !== state.view;
  for (const view of VIEWS) byId(view).hidden = view !== state.view;
  for (const choice of document.querySelectorAll("[data-view]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset.view === state.view));
  }
  byId("zoom").hidden = state.view !== "map";
  byId("key").hidden = state.view === "list";
  if (!narrowed && !turned) return;
  if (state.view === "map") layMap(page.map, page.shown);
  if (state.view === "grid") renderGrid(page.model, page.shown, page.actions.pick);
  if (narrowed) showInList(page.shown);
  markSelection(page);
}

function markSelection(page) {
  lightMap(page.map, page.state);
  markGrid(page.state.selected);
  markList(page.state.selected);
}

function renderSelection(page) {
  const { model, state, shown, map } = page;
  const held = byId("panel").contains(document.activeElement);
  renderPanel(model, state, shown, page.actions);
  if (held) byId("panel").querySelector("h2").focus();
  if (state.selected !== null) map.cursor = state.selected;
  markSelection(page);
  if (state.view === "map" && map.layout && state.selected !== null) revealBox(map, state.selected);
  renderStatus(page);
}

function renderStatus({ model, state, shown }) {
  const unit = unitColumn(model);
  const all = unit ? idsOfKind(model, unit.kind, model.nodes.map((node) => node.id)).length : 0;
  const part = unit ? `${shown.units.size} of ${countWords(all, unit)} shown` : "";
  byId("status").textContent = part;
  if (state.selected !== null) say(`Selected ${sentenceFor(model, state.selected)} ${part}.`);
  else say(part ? `${part}.` : "");
}

function listen(page) {
  const { map } = page;
  addEventListener("hashchange", () => followAddress(page));
  document.addEventListener("keydown", (event) => event.key === "Escape" && back(page));
  map.room.addEventListener("keydown", (event) => pressOnMap(page, event));
  map.room.addEventListener("focus", () => enterMap(page));
  map.room.addEventListener("blur", () => lightMap(map, page.state));
  for (const choice of document.querySelectorAll("[data-view]")) {
    choice.addEventListener("click", () => go(page, { view: choice.dataset.view }));
  }
  for (const choice of document.querySelectorAll("[data-zoom]")) {
    choice.addEventListener("click", () => zoomMap(map, choice.dataset.zoom));
  }
  document.querySelector(".skip").addEventListener("click", skipToPlan);
  new ResizeObserver(() => resized(page)).observe(map.room);
}

// The link's own "#main" would take the place of the state in the address.
function skipToPlan(event) {
  event.preventDefault();
  byId("main").focus();
}

function followAddress(page) {
  const next = readAddress(location.hash, page.model);
  if (sameState(next, page.state)) return;
  page.state = next;
  render(page);
}

function resized(page) {
  const { layout, room } = page.map;
  const size = `${room.clientWidth}x${room.clientHeight}`;
  if (page.state.view !== "map" || (layout && page.map.size === size)) return;
  page.map.size = size;
  layMap(page.map, page.shown);
  lightMap(page.map, page.state);
}

function enterMap(page) {
  const { map, model, state } = page;
  const present = map.layout?.boxes.some((box) => box.id === map.cursor);
  if (!present) map.cursor = state.selected ?? map.layout?.boxes[0]?.id ?? null;
  lightMap(map, state);
  if (map.cursor !== null) say(sentenceFor(model, map.cursor));
}

function pressOnMap(page, event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (page.map.cursor !== null) go(page, { selected: page.map.cursor });
  } else if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
    event.preventDefault();
    moveCursor(page, walkFrom(page.model, page.map.layout, page.map.cursor, event.key));
  }
}

function moveCursor(page, id) {
  if (id === null) return;
  page.map.cursor = id;
  lightMap(page.map, page.state);
  revealBox(page.map, id);
  say(sentenceFor(page.model, id));
}

// The key names only what this plan has.
function renderKey(model) {
  const unit = unitColumn(model);
  const entries = model.columns.map((column, index) => keyEntry(column, index));
  const party = model.columns.some((column) => column.role === "party");
  if (party && unit) entries.push(make("span", {}, make("b", {}, "7"), ` = ${unit.plural}`));
  const standings = Object.keys(DASHES).filter((name) => model.links.some((link) => link.standing === name));
  entries.push(...standings.map((name) => make("span", {}, make("span", { class: `line ${name}` }), ` ${name}`)));
  byId("key").replaceChildren(...entries);
}

function keyEntry(column, index) {
  const mark = column.role === "unit" ? "pill" : index === 0 ? "block" : "box";
  const sign = signFor(column) || make("span", { class: `mark ${mark}`, "aria-hidden": "true" }, mark === "pill" ? "1a" : "");
  return make("span", {}, sign, ` ${column.singular}`);
}

start();
