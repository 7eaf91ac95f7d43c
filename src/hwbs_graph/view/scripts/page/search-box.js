// The search field: a combobox over the index, as the ARIA practices describe it.
import { fullName } from "../record/model.js";
import { buildIndex, searchIndex } from "../record/search.js";
import { announce, byId, isolate, makeElement, signFor } from "./dom.js";
import { changeState } from "./state.js";

export function wakeSearch(page) {
  const { model } = page;
  const box = { page, field: byId("search"), list: byId("found"), index: buildIndex(model), ids: [], at: -1 };
  box.field.addEventListener("input", () => searchFor(box));
  box.field.addEventListener("focus", () => box.field.value && searchFor(box));
  box.field.addEventListener("keydown", (event) => pressInSearch(box, event));
  box.field.addEventListener("blur", () => closeFound(box));
  // A press on a result must not take the focus from the field before the click arrives.
  box.list.addEventListener("mousedown", (event) => event.preventDefault());
  return box;
}

function searchFor(box) {
  const { model, state } = box.page;
  const { found, most } = searchIndex(model, box.index, box.field.value, state.plan);
  box.ids = found.map(({ id }) => id);
  box.at = -1;
  const options = found.map((hit, number) => foundOption(box, hit, number));
  const more = most > found.length ? [moreFound(most - found.length)] : [];
  const none = box.field.value.trim() && !most ? [nothingFound()] : [];
  box.list.replaceChildren(...options, ...more, ...none);
  showFound(box, options.length + none.length > 0);
  if (box.field.value.trim()) announce(most ? `${most} found.` : "Nothing found.");
}

function foundOption(box, { id, why }, number) {
  const { model } = box.page;
  const node = model.nodes[id];
  const column = model.columnOf.get(node.kind);
  const home = node.plan < 0 || model.plans.length < 2 ? "" : `, ${model.plans[node.plan].short}`;
  const under = makeElement("span", { class: "quiet" }, isolate([`${column.singular}${home}`, why].filter(Boolean).join(" – ")));
  const option = makeElement("div", { role: "option", id: `found-${number}`, "aria-selected": "false", class: `hue-${node.hue}` },
    signFor(column), isolate(column.role === "shared" ? node.name : fullName(node)), " ", under);
  option.addEventListener("click", () => chooseFound(box, number));
  return option;
}

function moreFound(count) {
  return makeElement("div", { role: "option", "aria-disabled": "true", class: "quiet" }, `and ${count} more: type more letters`);
}

function nothingFound() {
  return makeElement("div", { role: "option", "aria-disabled": "true", class: "quiet" }, "Nothing found, nor anything spelt like it: try one word.");
}

function showFound(box, open) {
  box.list.hidden = !open;
  box.field.setAttribute("aria-expanded", String(open));
  pointAt(box, box.at);
}

function closeFound(box) {
  box.at = -1;
  showFound(box, false);
}

function pointAt(box, at) {
  box.at = at;
  box.list.querySelectorAll("[id]").forEach((option, number) => {
    option.setAttribute("aria-selected", String(number === at));
    if (number === at) option.scrollIntoView({ block: "nearest" });
  });
  if (at < 0) box.field.removeAttribute("aria-activedescendant");
  else box.field.setAttribute("aria-activedescendant", `found-${at}`);
}

function chooseFound(box, number) {
  const id = box.ids[number];
  if (id === undefined) return;
  box.field.value = "";
  closeFound(box);
  changeState(box.page, { selected: id });
}

function pressInSearch(box, event) {
  const count = box.ids.length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!count) return;
    const step = event.key === "ArrowDown" ? 1 : -1;
    pointAt(box, box.at < 0 ? (step > 0 ? 0 : count - 1) : (box.at + step + count) % count);
  } else if (event.key === "Enter") chooseFound(box, Math.max(0, box.at));
  else if (event.key === "Escape") leaveSearch(box, event);
}

// Escape first closes and empties the field, and only then walks back on the page.
function leaveSearch(box, event) {
  if (!box.field.value && box.list.hidden) return box.field.blur();
  event.stopPropagation();
  box.field.value = "";
  closeFound(box);
}
