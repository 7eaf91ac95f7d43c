// What a picture is called: the plan, what filters leave of it, and what is chosen.
import { askedFor } from "./filters.js";
import { fullName, isShared, listWords } from "./model.js";

export function titleOf(model, state, name) {
  const filters = filterNames(model, state);
  const chosen = state.selected === null ? "" : `; marked: ${thingName(model, state.selected)}`;
  return `${state.name ? `${state.name} – ` : ""}${name}${filters.length ? `: ${state.match === "any" ? "any of " : ""}${listWords(filters)} only` : ""}${chosen}`;
}

// The names of what is filtered by; a basis stands in words already.
export function filterNames(model, state) {
  const steps = state.hops > 1 ? ` within ${state.hops} steps` : "";
  const names = askedFor(state).map((id) => thingName(model, id) + (id === state.only ? steps : ""));
  return [...new Set([...names, state.document, state.basis])].filter(Boolean);
}

function thingName(model, id) {
  const node = model.nodes[id];
  return isShared(model, id) ? node.name : fullName(node);
}
