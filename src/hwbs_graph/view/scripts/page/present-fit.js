// While presenting a picture fills the wall: all of it in sight as far as it can be read then, and nothing beside it
// unless a person asks. The next step is laid out while the room looks at this one.
import { stepState } from "../record/address.js";
import { applyFilters } from "../record/filters.js";
import { PICTURES, pictureFor } from "../record/pictures.js";
import { drawingFor } from "../shapes/drawings.js";
import { byId } from "./dom.js";
import { zoomMap } from "./map.js";

// A table fills the width, and is made no smaller: what is below it is scrolled to.
const TABLE_ZOOM = { least: 1, most: 1.8 };

export function fitPresented(page) {
  const { map, state } = page;
  const presenting = state.step !== null;
  for (const place of new Set(PICTURES.map((picture) => picture.place))) byId(place).style.zoom = "";
  if (pictureFor(state.view).place !== "map") return presenting && fitTable(byId(pictureFor(state.view).place));
  if (!map.layout) return null;
  if (presenting) zoomMap(map, "fit-readable");
  else if (page.drawn?.step) zoomMap(map, "whole");
  return null;
}

function fitTable(section) {
  const inner = section.querySelector("table") ?? section;
  const share = byId("main").clientWidth / Math.max(1, inner.scrollWidth + 24);
  section.style.zoom = String(Math.max(TABLE_ZOOM.least, Math.min(TABLE_ZOOM.most, share)));
}

// What takes time is to measure words; the map keeps what it has measured.
export function prepareNext(page) {
  const { model, state, map } = page;
  if (state.step === null || state.step >= model.steps.length) return;
  const prepare = () => {
    const next = stepState(model, state, state.step + 1);
    const drawing = drawingFor(model, next, applyFilters(model, next));
    drawing.plan.lay({ width: map.room.clientWidth || 800, height: map.room.clientHeight || 600 }, map.measure);
  };
  if (window.requestIdleCallback) requestIdleCallback(prepare, { timeout: 2000 });
}

// Only who is chosen beyond what the step itself shows has a panel.
export function isAsked({ model, state }) {
  return state.step !== null && state.selected !== null && state.selected !== stepState(model, state, state.step).selected;
}
