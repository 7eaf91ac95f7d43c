// A state in which the selection is shown: of a selection and filters that exclude each other, one gives way.
import { NO_FILTER, applyFilters, isFiltered } from "./filters.js";
import { linksNaming } from "./model.js";
import { isAcross, isComparing, isCoverage } from "./pictures.js";

// A filter must not hide the selection. A new selection clears the filters and moves to its plan; a new
// filter drops a selection that it hides.
export function settleState(model, state, selectionWins = true) {
  const next = { ...state };
  if (selectionWins) revealSelection(model, next);
  else if (next.selected !== null && !isSelectionShown(model, next)) next.selected = null;
  if (next.selected === null) next.at = null;
  return next;
}

function revealSelection(model, state) {
  if (state.selected === null || isSelectionShown(model, state)) return;
  const { plan } = model.nodes[state.selected];
  if (plan >= 0) state.plan = plan;
  Object.assign(state, NO_FILTER);
  if (plan < 0 && !isSelectionShown(model, state)) state.plan = findPlanNaming(model, state);
}

function isSelectionShown(model, state) {
  const node = model.nodes[state.selected];
  if (isAcross(state.view)) return true;
  if (node.plan >= 0 && !model.members[state.plan].has(node.id)) return false;
  if (isComparing(state.view) && node.plan < 0) return isNamedIn(model, state.selected, state.plan);
  if (node.kind === "determinant" && isCoverage(state.view)) return true;
  return !isFiltered(state) && (node.plan >= 0 || isNamedIn(model, state.selected, state.plan))
    || applyFilters(model, state).nodes.has(state.selected);
}

function isNamedIn(model, id, plan) {
  return linksNaming(model, id).some((link) => model.members[plan].has(link.from));
}

function findPlanNaming(model, state) {
  const plan = model.plans.findIndex((_, index) => isNamedIn(model, state.selected, index));
  return plan < 0 ? state.plan : plan;
}
