// The line under the title: how much is shown, and what of the filters this picture does not follow.
import { idleFilters } from "../record/filters.js";
import { leafWords, listWords } from "../record/model.js";
import { followsFilter } from "../record/pictures.js";
import { filterNames } from "../record/title.js";
import { announce, byId } from "./dom.js";

// It is also spoken, after what has been selected.
export function renderStatus({ model, state, shown }, before) {
  const all = [...model.members[state.plan]].filter((id) => model.nodes[id].leaf);
  const counted = all.length && followsFilter(state.view, "partners") ? countShownWords(model, shown.leaves, all) : "";
  const idle = filterNames(model, idleFilters(state));
  const not = idle.length ? `This picture cannot be thinned by ${listWords(idle)}` : "";
  const twice = state.refused.map((word) => `The link gives several values of “${word}”, and none was taken; choose one here`);
  const part = [counted, not, ...twice].filter(Boolean).join(". ");
  byId("status").textContent = part;
  announce(`${before}${part ? `${part}.` : ""}`);
}

function countShownWords(model, leaves, all) {
  const kinds = new Set(all.map((id) => model.nodes[id].kind));
  if (kinds.size === 1) return `${leaves.size} of ${leafWords(model, all)} shown`;
  return leaves.size === all.length ? `All shown: ${leafWords(model, all)}` : `${leaves.size} of ${all.length} shown: ${leafWords(model, leaves)}`;
}
