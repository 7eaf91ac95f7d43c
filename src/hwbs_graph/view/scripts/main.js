// The page: it reads its data, wakes its parts and renders what its state says.
import { readInk } from "./page/canvas.js";
import { markCells } from "./page/cell-buttons.js";
import { byId, isolate } from "./page/dom.js";
import { wakeDragging } from "./page/dragging.js";
import { markFilters, renderFilters } from "./page/filter-bar.js";
import { renderKey } from "./page/key.js";
import { wakeList } from "./page/list.js";
import { listenToPage } from "./page/listeners.js";
import { highlightMap, makeMap, mapBoxes, revealBox } from "./page/map.js";
import { readPacked, runScript } from "./page/packed.js";
import { isOnSheet, renderPanel } from "./page/panel.js";
import { bringsMore, scrollToStart, showView } from "./page/pictures.js";
import { wakePointer } from "./page/pointer.js";
import { wakePopup, wakeRow } from "./page/popups.js";
import { isAsked, prepareNext } from "./page/present-fit.js";
import { renderStep, wakePresenting } from "./page/present.js";
import { wakePrint } from "./page/print.js";
import { wakeNotes } from "./page/room-notes.js";
import { wakeSearch } from "./page/search-box.js";
import { changeHops, changeState, stepBack } from "./page/state.js";
import { renderStatus } from "./page/status.js";
import { wakeToolbar } from "./page/toolbar.js";
import { wakeMenu, wakeTools } from "./page/tools.js";
import { readAddress } from "./record/address.js";
import { FILTERS, NO_FILTER, applyFilters, chooseSharedColumn } from "./record/filters.js";
import { buildModel, sentenceFor } from "./record/model.js";
import { isOffered } from "./record/offers.js";
import { isCoverage, pictureFor } from "./record/pictures.js";
import { defaultSteps } from "./record/steps.js";

async function start() {
  const data = JSON.parse(await readPacked("plan-data"));
  if (data.nodes.length) {
    runScript(await readPacked("engine"));
    startPage(data);
  }
  document.documentElement.dataset.ready = "";
}

function startPage(data) {
  const model = buildModel(data);
  model.steps = data.steps ?? defaultSteps(model);
  const page = { model, shown: null, drawn: null };
  wakeNotes(page);
  page.state = readAddress(location.hash, model);
  document.documentElement.classList.add("script");
  page.render = () => render(page);
  page.map = makeMap(model, data, (box, link) => pressOnCanvas(page, box, link));
  page.renderNotes = () => renderNotes(page);
  page.repaint = () => repaint(page);
  page.actions = panelActions(page);
  wakeList(model, page.actions.pick);
  wakePresenting(page);
  wakeTools(page);
  wakePrint(page);
  page.search = wakeSearch(page);
  offerViews(page);
  wakePopup(byId("look"), byId("views"));
  wakeRow(byId("show-only"), byId("filters"));
  ["views", "tools", "filters"].forEach((id) => wakeToolbar(byId(id)));
  listenToPage(page);
  wakePointer(page);
  wakeDragging(page);
  wakeMenu();
  page.render();
  window.hwbsView = Object.freeze({
    boxes: () => mapBoxes(page.map),
    state: () => ({ ...page.state }),
    cursor: () => page.map.cursor,
    readyAfter: Math.round(performance.now()),
  });
}

// A line of a network can be pressed; elsewhere what lies beside the boxes steps back.
function pressOnCanvas(page, box, link) {
  if (box) changeState(page, { selected: box.id });
  else if (link && page.map.layout.free) changeState(page, { selected: link.from, at: link.to });
  else stepBack(page);
}

// What the room says has changed: the panel and the last step, and the picture of it.
function renderNotes(page) {
  if (page.state.view === "room") showView(page);
  renderPanel(page);
  renderKey(page);
  highlightMap(page.map, page.state);
  markPicked(page.state);
}

// The picture again, where it has changed without the state.
function repaint(page) {
  showView(page);
  highlightMap(page.map, page.state);
  markFilters(page);
}

function panelActions(page) {
  return {
    pick: (id) => changeState(page, { selected: id }),
    only: () => changeState(page, { only: page.state.selected }),
    everything: () => changeState(page, NO_FILTER),
    hop: (by) => changeHops(page, by),
    close: () => changeState(page, { selected: null }),
    change: (change) => changeState(page, change),
  };
}

function render(page) {
  const { model, state, drawn } = page;
  const differs = (...names) => !drawn || names.some((name) => String(drawn[name]) !== String(state[name]));
  page.shown = differs("plan", ...FILTERS) ? applyFilters(model, state) : page.shown;
  page.sharedColumn = chooseSharedColumn(model, isCoverage(state.view) ? { ...state, show: "determinant" } : state, page.shown);
  if (differs("dark")) inkPage(page);
  if (differs("step", "embed")) renderFrame(page);
  if (differs("name")) renderName(state);
  if (differs("plan")) renderFilters(page);
  markFilters(page);
  const drawing = differs("view", "plan", "other", "show", "dark", "least", "hubs", "colour", "step", ...FILTERS) || bringsMore(page, differs("selected", "at"));
  if (differs("view", "plan")) scrollToStart(page);
  if (drawing) showView(page);
  if (drawing || differs("selected", "at", "refused")) renderSelection(page, differs("selected", "at"));
  if (differs("view", "selected", "at")) revealInTable();
  page.drawn = state;
  if (drawing) prepareNext(page);
}

// What a person called this view, in the link that was copied.
function renderName({ name }) {
  byId("view-name").hidden = !name;
  byId("view-name").replaceChildren(isolate(name));
}

function inkPage(page) {
  document.documentElement.classList.toggle("dark", page.state.dark);
  byId("dark").setAttribute("aria-pressed", String(page.state.dark));
  page.map.ink = readInk();
}

// What stands around the picture: steps while presenting, little in a page within a page.
function renderFrame(page) {
  document.documentElement.classList.toggle("embed", page.state.embed);
  renderStep(page);
}

function renderSelection(page, moved) {
  const { model, state, map } = page;
  document.documentElement.classList.toggle("selecting", state.selected !== null && !isOnSheet(page));
  document.documentElement.classList.toggle("asked", isAsked(page));
  const held = byId("panel").contains(document.activeElement);
  renderPanel(page);
  if (held) byId("panel").querySelector("h2").focus();
  if (state.selected !== null) map.cursor = state.selected;
  highlightMap(map, state);
  markPicked(state);
  if (pictureFor(state.view).place === "map" && map.layout && state.selected !== null) revealBox(map, state.selected);
  renderStatus(page, moved && state.selected !== null ? `Selected ${sentenceFor(model, state.selected, page.shown)} ${panelFinding()} ` : "");
}

function revealInTable() {
  const cell = document.querySelector("main section:not([hidden]) .cell[aria-pressed=true]") ?? document.querySelector("main section:not([hidden]) [data-pick][aria-pressed=true]");
  cell?.closest("td, th, li")?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// What the panel says first is also spoken.
function panelFinding() {
  return document.querySelector("#panel .finding")?.textContent ?? "";
}

// Tables stay when the selection moves; only their marks do.
function markPicked({ selected, at }) {
  for (const element of document.querySelectorAll("main [data-pick]")) {
    element.setAttribute("aria-pressed", String(Number(element.dataset.pick) === selected));
  }
  for (const table of document.querySelectorAll("#grid table, #coverage table, #missing table, #shared table")) lightSelected(table, selected, at);
}

function lightSelected(table, selected, at) {
  markCells(table, "chosen", selected !== null && `td[data-row="${selected}"]`);
  markCells(table, "chosen-down", selected !== null && `td[data-head="${at ?? selected}"]`);
  for (const button of table.querySelectorAll(".cell[aria-pressed]")) button.removeAttribute("aria-pressed");
  if (at !== null) table.querySelector(`td[data-row="${selected}"][data-head="${at}"] .cell`)?.setAttribute("aria-pressed", "true");
}

function offerViews(page) {
  for (const choice of document.querySelectorAll("[data-view]")) {
    choice.hidden = !isOffered(page.model, choice.dataset.view);
    choice.addEventListener("click", () => changeState(page, { view: choice.dataset.view }));
  }
}

start();
