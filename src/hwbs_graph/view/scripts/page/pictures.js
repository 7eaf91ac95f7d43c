// The pictures: how each view is filled.
import { continuityLayout } from "../layout/continuity-layout.js";
import { isEmpty } from "../record/filters.js";
import { findingOf } from "../record/findings.js";
import { PICTURES, isNetwork, pictureFor } from "../record/pictures.js";
import { rainbowOf } from "../record/rainbow.js";
import { emptySentence } from "../record/sentences.js";
import { partnerNetwork } from "../record/partner-network.js";
import { mapPlan, networkPlan, rainbowPlan } from "../shapes/drawings.js";
import { renderCoverage } from "./coverage-table.js";
import { renderMissing, turnsMissing } from "./missing-table.js";
import { renderShared } from "./shared-table.js";
import { allowDragging } from "./dragging.js";
import { byId, isolate, makeElement } from "./dom.js";
import { renderFamilies } from "./family-table.js";
import { renderGrid } from "./grid-table.js";
import { renderKey } from "./key.js";
import { showInList } from "./list.js";
import { layOutMap } from "./map.js";
import { fitPresented } from "./present-fit.js";
import { renderSheet } from "./partner-page.js";
import { listMapItems } from "./map-items.js";
import { markNetworkTools } from "./network-tools.js";
import { renderRoom } from "./room-table.js";

// The map and the continuity picture share one canvas.
export const PAINTERS = {
  map: (page) => layOutMap(page.map, mapPlan(page.model, page.shown, page.sharedColumn, page.state.step !== null)),
  continuity: (page) => layOutMap(page.map, continuityLayout(page)),
  grid: renderGrid,
  list: (page) => showInList(page.model, page.shown),
  coverage: renderCoverage,
  families: (page) => renderFamilies(page.model, page.actions),
  network: paintNetwork,
  between: paintNetwork,
  rainbow: (page) => layOutMap(page.map, rainbowPlan(page.model, page.state, page.shown, rainbowOf(page.model, page.shown), false)),
  sheet: renderSheet,
  missing: renderMissing,
  shared: renderShared,
  room: renderRoom,
};

function paintNetwork(page) {
  page.network = partnerNetwork(page.model, page.state, page.shown);
  layOutMap(page.map, networkPlan(page.model, page.state, page.network));
}

export function showView(page) {
  const { state, shown } = page;
  const { place } = pictureFor(state.view);
  const nothing = isEmpty(page);
  byId("nothing").hidden = !nothing;
  if (nothing) byId("nothing-words").textContent = emptySentence(page.model, shown);
  for (const each of new Set(PICTURES.map((picture) => picture.place))) byId(each).hidden = nothing || each !== place;
  for (const choice of document.querySelectorAll("[data-view]")) {
    choice.setAttribute("aria-pressed", String(choice.dataset.view === state.view));
  }
  byId("looked-at").textContent = pictureFor(state.view).label;
  byId("zoom").hidden = place !== "map" || nothing;
  byId("key").hidden = place !== "map" && place !== "grid";
  if (nothing) page.map.layout = null;
  else PAINTERS[state.view](page);
  renderKey(page);
  if (place === "map") {
    allowDragging(page);
    listMapItems(page);
  }
  fitPresented(page);
  renderFinding(page, nothing);
  markNetworkTools(page);
}

// The finding itself in bold, what it rests on and leaves out behind it.
function renderSentences(place, text) {
  const end = text.indexOf(". ") + 1 || text.length;
  place.replaceChildren(makeElement("b", {}, isolate(text.slice(0, end))), " ", isolate(text.slice(end).trim()));
}

// What a picture on the canvas tells; while presenting the step says it.
function renderFinding({ model, state, shown }, nothing) {
  const told = (isNetwork(state.view) || state.view === "rainbow") && !nothing && state.step === null;
  byId("finding").hidden = !told;
  if (told) renderSentences(byId("finding"), findingOf(model, { ...state, selected: null, at: null }, shown));
}

// A network draws who is selected, though it would leave them out; a sheet is theirs; who is missing is so in what is selected.
export function bringsMore(page, moved) {
  const { state, network, map } = page;
  if (state.view === "sheet") return moved;
  if (state.view === "missing") return moved && turnsMissing(page);
  return moved && isNetwork(state.view) && (network?.asked || (state.selected !== null && !map.layout?.boxes.some((box) => box.id === state.selected)) || state.at !== null);
}

// Another picture begins at its beginning, wherever the last one was left.
export function scrollToStart({ map }) {
  for (const place of [byId("main"), map.room]) place.scrollTo(0, 0);
}
