// One state drives everything: a change goes into the address, and what is on the page follows it.
import { sameState, writeAddress } from "../record/address.js";
import { MOST_HOPS, NO_FILTER, isFiltered } from "../record/filters.js";
import { settleState } from "../record/settling.js";

// A name is that of what is shown: it goes when that changes.
const KEEPS_NAME = ["name", "dark", "step", "embed"];

export function changeState(page, change) {
  const kept = Object.keys(change).every((name) => KEEPS_NAME.includes(name)) ? {} : { name: "" };
  const hops = change.only === undefined ? {} : { hops: 1 };
  // Of a new selection no cell is chosen, unless it is one.
  const at = "selected" in change ? { at: null } : {};
  setState(page, settleState(page.model, { ...page.state, refused: [], ...at, ...hops, ...kept, ...change }, "selected" in change));
}

export function setState(page, next) {
  if (sameState(page.model, next, page.state)) return;
  page.state = next;
  location.hash = writeAddress(next, page.model);
  page.render();
}

// Escape and a click beside everything undo one thing at a time.
export function stepBack(page) {
  const { state } = page;
  if (state.selected !== null) changeState(page, { selected: null });
  else if (state.only !== null) changeState(page, { only: null });
  else if (isFiltered(state)) changeState(page, NO_FILTER);
}

// One step more or less around what is shown alone.
export function changeHops(page, by) {
  const hops = page.state.hops + by;
  if (page.state.only !== null && hops >= 1 && hops <= MOST_HOPS) changeState(page, { hops });
}
