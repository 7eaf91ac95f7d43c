// The pictures: how each view is filled.
import { continuityLayout } from "../layout/continuity-layout.js";
import { isEmpty } from "../record/filters.js";
import { PICTURES, pictureFor } from "../record/pictures.js";
import { emptySentence } from "../record/sentences.js";
import { mapPlan } from "../shapes/drawings.js";
import { renderCoverage } from "./coverage-table.js";
import { byId } from "./dom.js";
import { renderFamilies } from "./family-table.js";
import { renderGrid } from "./grid-table.js";
import { renderKey } from "./key.js";
import { showInList } from "./list.js";
import { layOutMap } from "./map.js";

// The map and the continuity picture share one canvas.
export const PAINTERS = {
  map: (page) => layOutMap(page.map, mapPlan(page.model, page.shown, page.sharedColumn)),
  continuity: (page) => layOutMap(page.map, continuityLayout(page)),
  grid: renderGrid,
  list: (page) => showInList(page.model, page.shown),
  coverage: renderCoverage,
  families: (page) => renderFamilies(page.model, page.actions),
};

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
  byId("zoom").hidden = place !== "map" || nothing;
  byId("key").hidden = place !== "map" && place !== "grid";
  renderKey(page);
  if (nothing) page.map.layout = null;
  else PAINTERS[state.view](page);
}
