// The search field: a combobox over the index, as the ARIA practices describe it.
import { fullName } from "../record/model.js";
import { findQuestions } from "../record/saved-questions.js";
import { buildIndex, searchIndex } from "../record/search.js";
import { announce, byId, isolate, makeElement, signFor } from "./dom.js";
import { changeState } from "./state.js";

export function wakeSearch(page) {
  const { model } = page;
  const box = { page, field: byId("search"), list: byId("found"), index: buildIndex(model), hits: [], at: -1 };
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
  const asked = findQuestions(model, box.index, box.field.value, state.plan);
  const isWhole = asked.some((question) => question.change);
  const { found, most } = isWhole ? { found: [], most: 0 } : searchIndex(model, box.index, box.field.value, state.plan);
  box.hits = [...asked, ...found];
  box.at = -1;
  const options = [...asked.map((question, number) => askedOption(box, question, number)), ...found.map((hit, number) => foundOption(box, hit, asked.length + number))];
  const more = most > found.length ? [moreFound(most - found.length)] : [];
  const none = box.field.value.trim() && !options.length ? [nothingFound()] : [];
  box.list.replaceChildren(...options, ...more, ...none);
  showFound(box, options.length + none.length > 0);
  if (box.field.value.trim()) announce(options.length ? `${most + asked.length} found.` : "Nothing found.");
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

function askedOption(box, { words }, number) {
  const option = makeElement("div", { role: "option", id: `found-${number}`, "aria-selected": "false", class: "asked" },
    isolate(words), " ", makeElement("span", { class: "quiet" }, "a question that a picture answers"));
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
  const hit = box.hits[number];
  if (!hit) return;
  box.field.value = hit.fill ?? "";
  if (hit.fill) return searchFor(box);
  closeFound(box);
  changeState(box.page, hit.change ?? { selected: hit.id });
}

function pressInSearch(box, event) {
  const count = box.hits.length;
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
