// Present: one step after the other on the whole screen, with the keys that clickers send.
import { stepState } from "../record/address.js";
import { byId, isolate } from "./dom.js";
import { changeState, setState } from "./state.js";

const STEP_KEYS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };

function startPresenting(page) {
  goStep(page, 1);
  // Full screen may be refused (an embedded page, no permission); the steps work without it.
  document.documentElement.requestFullscreen?.().catch(() => {});
  byId("step-next").focus();
}

function stopPresenting(page) {
  if (page.state.step === null) return;
  changeState(page, { step: null });
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
  byId("present").focus();
}

function goStep(page, step) {
  const { model, state } = page;
  if (step >= 1 && step <= model.steps.length) setState(page, stepState(model, state, step));
}

export function renderStep(page) {
  const { model, state } = page;
  const bar = byId("steps");
  const presenting = state.step !== null;
  bar.hidden = !presenting;
  document.documentElement.classList.toggle("presenting", presenting);
  if (!presenting) return;
  const step = model.steps[state.step - 1];
  byId("step-title").replaceChildren(isolate(step.title));
  byId("step-sentence").replaceChildren(isolate(step.sentence || ""));
  byId("step-number").textContent = `${state.step} / ${model.steps.length}`;
  byId("step-back").disabled = state.step === 1;
  byId("step-next").disabled = state.step === model.steps.length;
}

// The arrow keys stay with a field or list that has the focus.
export function pressWhilePresenting(page, event) {
  const { step } = page.state;
  if (step === null || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.key === "Escape") {
    stopPresenting(page);
    return true;
  }
  const move = STEP_KEYS[event.key];
  const own = event.target.closest("input, select, #map-room") && !event.key.startsWith("Page");
  const press = event.key === " " && event.target.closest("button");
  if (!move || own || press) return false;
  event.preventDefault();
  goStep(page, step + move);
  return true;
}

export function wakePresenting(page) {
  byId("present").hidden = page.model.steps.length === 0;
  byId("present").addEventListener("click", () => startPresenting(page));
  byId("step-back").addEventListener("click", () => goStep(page, page.state.step - 1));
  byId("step-next").addEventListener("click", () => goStep(page, page.state.step + 1));
  byId("step-end").addEventListener("click", () => stopPresenting(page));
}
