// The filters: themes as chips, the rest as lists of what the plan on show has, in a row behind one button that says what
// is filtered. They are made anew when the plan changes and marked when the state does.
import { LISTS, NO_FILTER, applyFilters, isFiltered, sharedColumns } from "../record/filters.js";
import { idsOfKind, isRoot, isShared, listWords, sortInMapOrder } from "../record/model.js";
import { followsFilter } from "../record/pictures.js";
import { filterNames } from "../record/title.js";
import { byId, isolate, makeButton, makeElement } from "./dom.js";
import { networkTools } from "./network-tools.js";
import { changeState } from "./state.js";
import { renewStop } from "./toolbar.js";

const ANY = "";

export function renderFilters(page) {
  const { model, state } = page;
  const bar = byId("filters");
  const whole = applyFilters(model, { ...state, ...NO_FILTER });
  page.lists = filterLists(model, whole);
  const themes = themesOf(model, whole);
  const shared = sharedWord(themes.map((id) => model.nodes[id].name));
  const chips = themes.map((id) => themeChip(page, id, shared));
  const lists = page.lists.flatMap((list) => filterChooser(page, list));
  bar.replaceChildren(...chips, ...lists, matchButton(page), ...showChooser(page, whole), ...networkTools(page), clearButton(page));
  byId("plan-room").replaceChildren(...planChooser(page));
  for (const each of [bar, byId("tools")]) renewStop(each);
}

// Of a plan with themes, those under which nothing stands, too.
function themesOf(model, whole) {
  const [{ kind }] = model.columns;
  const ids = [...whole.nodes];
  return ids.some((id) => isRoot(model, id)) ? sortInMapOrder(model, idsOfKind(model, kind, ids)) : [];
}

function themeChip(page, id, shared) {
  const node = page.model.nodes[id];
  const toggle = () => changeState(page, { themes: toggleItem(page.state.themes, id) });
  return makeButton({ class: `chip hue-${node.hue}`, "data-theme-chip": id, "aria-pressed": "false" }, toggle,
    makeElement("span", { class: "swatch", "aria-hidden": "true" }), isolate(node.name.slice(shared.length)));
}

// The room is short for a first word that every theme says; "" where there is none.
function sharedWord(names) {
  const word = names[0]?.match(/^\S+ (?=\S)/)?.[0] ?? "";
  return names.length > 1 && names.every((name) => name.startsWith(word)) ? word : "";
}

function toggleItem(list, item) {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item].sort((a, b) => a - b);
}

// {name, label, all, options: [[value, text]]}
function filterLists(model, whole) {
  const shared = ["partner", "determinant"].map((kind) => ({
    name: `${kind}s`,
    label: kind === "partner" ? "Partner" : "Determinant",
    all: `All ${kind}s`,
    options: idsOfKind(model, kind, whole.nodes).map((id) => [String(id), model.nodes[id].name]).sort((a, b) => a[1].localeCompare(b[1], "en")),
  }));
  const documents = { name: "document", label: "Document", all: "All documents", options: documentsOf(model, whole).map((one) => [one, one]) };
  const bases = { name: "basis", label: "Basis", all: "Any basis", options: basesIn(whole).map((one) => [one, one]) };
  return [...shared, documents, bases].filter((list) => list.options.length > (list.name === "document" || list.name === "basis" ? 1 : 0));
}

function documentsOf(model, whole) {
  const leaves = [...whole.leaves].flatMap((id) => model.nodes[id].sources);
  const links = whole.links.filter((link) => isShared(model, link.to)).flatMap((link) => link.sources);
  return [...new Set([...leaves, ...links].map((source) => source.document))].filter(Boolean).sort();
}

function basesIn(whole) {
  return [...new Set(whole.links.flatMap((link) => [link.basis, ...link.also.map((other) => other.basis)]))].sort();
}

function filterChooser(page, { name, label, all, options }) {
  const several = LISTS.includes(name);
  const read = (text) => (several ? addItem(page.state[name], text) : text === ANY ? null : text);
  const chooser = labelledSelect(`filter-${several ? name.slice(0, -1) : name}`, label, [[ANY, all], ...options], (text) => changeState(page, { [name]: read(text) }));
  return several ? [chooser, makeElement("span", { class: "picked", id: `chosen-${name}` })] : [chooser];
}

function labelledSelect(id, label, options, onChange) {
  const list = makeElement("select", { id }, ...options.map(([value, text]) => makeElement("option", { value }, text)));
  list.addEventListener("change", () => onChange(list.value));
  return makeElement("label", { class: "choice" }, makeElement("span", {}, label), list);
}

function planChooser(page) {
  const { plans } = page.model;
  if (plans.length < 2) return [];
  const options = plans.map((plan, index) => [String(index), plan.short]);
  return [labelledSelect("filter-plan", "Plan", options, (text) => changeState(page, { ...NO_FILTER, selected: null, other: null, plan: Number(text) }))];
}

function showChooser(page, whole) {
  const kinds = sharedColumns(page.model, whole);
  if (kinds.length < 2) return [];
  const options = kinds.map((column) => [column.kind, `Show ${column.plural}`]);
  return [labelledSelect("filter-show", "Show", options, (kind) => changeState(page, { show: kind }))];
}

// A list adds to what is chosen, and what is chosen stands beside it, to be taken out again.
function addItem(list, text) {
  return text === ANY || list.includes(Number(text)) ? list : [...list, Number(text)];
}

function markChosen(page, name) {
  const place = byId(`chosen-${name}`);
  if (!place) return;
  place.hidden = !followsFilter(page.state.view, name);
  place.replaceChildren(...page.state[name].map((id) => chosenButton(page, name, id)));
}

function chosenButton(page, name, id) {
  const words = page.model.nodes[id].name;
  const leave = () => changeState(page, { [name]: page.state[name].filter((other) => other !== id) });
  return makeButton({ class: "set", "aria-label": `Leave out ${words}` }, leave, isolate(words), makeElement("span", { "aria-hidden": "true" }, " ×"));
}

function matchButton(page) {
  return makeButton({ id: "match" }, () => changeState(page, { match: page.state.match === "any" ? "all" : "any" }), "");
}

function markMatch({ state }) {
  const several = ["partners", "determinants"].some((name) => state[name].length > 1 && followsFilter(state.view, name));
  byId("match").hidden = !several;
  byId("match").setAttribute("aria-pressed", String(state.match === "any"));
  byId("match").textContent = state.match === "any" ? "Any of them" : "All of them";
}

function clearButton(page) {
  return makeButton({ id: "clear" }, () => changeState(page, NO_FILTER), "Clear");
}

export function markFilters(page) {
  const { state } = page;
  for (const chip of document.querySelectorAll("[data-theme-chip]")) {
    chip.hidden = !followsFilter(state.view, "themes");
    chip.setAttribute("aria-pressed", String(state.themes.includes(Number(chip.dataset.themeChip))));
  }
  for (const name of ["partners", "determinants"]) {
    const label = byId(`filter-${name.slice(0, -1)}`)?.closest("label");
    if (label) label.hidden = !followsFilter(state.view, name);
    if (label) label.querySelector("select").value = ANY;
    markChosen(page, name);
  }
  markMatch(page);
  for (const name of ["document", "basis", "plan"]) {
    const list = byId(`filter-${name}`);
    if (!list) continue;
    list.closest("label").hidden = name === "plan" ? state.view === "families" : !followsFilter(state.view, name);
    list.value = state[name] === null ? ANY : String(state[name]);
    list.classList.toggle("set", name !== "plan" && state[name] !== null);
  }
  const show = byId("filter-show");
  if (show) show.value = state.show;
  if (show) show.closest("label").hidden = !["map", "grid"].includes(state.view);
  byId("clear").disabled = !isFiltered(state);
  byId("shown-only").replaceChildren(isolate(isFiltered(state) ? listWords(filterNames(page.model, state)) : "everything"));
  for (const bar of ["filters", "tools"]) renewStop(byId(bar));
}
