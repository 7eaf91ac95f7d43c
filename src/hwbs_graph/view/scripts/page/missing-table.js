// Who is missing, as a real table; a pressed circle says which determinant, where and in which action.
import { missingOf } from "../record/missing.js";
import { DERIVED, NO_COMPARISON, chosenCell, missingCaption, missingFinding, missingMark, missingMarks, missingSentence, wayWords } from "../record/missing-words.js";
import { fullName, isRoot, leafWords, sortInMapOrder, topName } from "../record/model.js";
import { cellButton, wakeCells } from "./cell-buttons.js";
import { byId, isolate, makeButton, makeElement, pickButton, signFor } from "./dom.js";

export function renderMissing(page) {
  const { model, state, shown, actions } = page;
  const place = byId("missing");
  page.missing = missingOf(model, state, shown);
  if (!page.missing) return place.replaceChildren(makeElement("p", { class: "nothing" }, NO_COMPARISON));
  const table = makeElement("table", { class: "heat" }, makeElement("caption", {}, missingCaption(model, page.missing)), tableHead(page), tableBody(page));
  wakeCells(table, { ...actions, change: (change) => actions.change({ ...change, ...keepFocus(page, change) }) });
  const told = state.step === null ? toldFinding(model, state, page.missing) : null;
  place.replaceChildren(...[told, circleKey(page), table].filter(Boolean));
}

function toldFinding(model, state, missing) {
  const [finding, derived] = missingFinding(model, { ...state, at: null }, missing).split(` ${DERIVED}`);
  return makeElement("p", { class: "sum" }, isolate(finding), derived === undefined ? null : makeElement("span", { class: "derived" }, ` ${DERIVED}`));
}

// What is looked at stays so when one of its circles is pressed.
function keepFocus({ model, missing: { focus } }, { at }) {
  if (focus === null || at !== focus) return {};
  return isRoot(model, focus) ? { themes: [focus] } : { only: focus };
}

// A theme that is pressed is looked at alone: then the table is another one.
export function turnsMissing({ model, state, shown, missing }) {
  return state.view === "missing" && missing?.focus !== missingOf(model, state, shown)?.focus;
}

function circleKey({ model, missing }) {
  const entries = missingMarks(model, missing).map(({ mark, text }) => makeElement("span", { class: "hue-0" }, makeElement("span", { class: `circle ${mark}`, "aria-hidden": "true" }, "2"), ` ${text}`));
  return makeElement("p", { class: "heat-key quiet" }, ...entries);
}

function tableHead({ model, missing: { focus, heads }, actions }) {
  const themes = heads.map((id) => makeElement("th", { scope: "col", class: `theme hue-${model.nodes[id].hue}` }, pickButton(id, model.nodes[id].name, actions.pick)));
  const end = focus === null ? makeElement("th", { scope: "col", class: "total" }, "All") : makeElement("th", { scope: "col", class: "corner" }, "Named elsewhere, on the same determinants");
  return makeElement("thead", {}, makeElement("tr", {}, makeElement("th", { scope: "col", class: "corner" }, "Partner"), ...themes, end));
}

function tableBody({ model, missing, actions }) {
  return makeElement("tbody", {}, ...missing.rows.map((row) => {
    const name = makeButton({ "data-pick": row.id, "aria-pressed": "false" }, () => actions.pick(row.id), signFor(model.columnOf.get("partner")), isolate(model.nodes[row.id].name));
    const end = missing.focus === null ? makeElement("td", { class: "total", "data-row": row.id }, cellButton(String(row.total))) : makeElement("td", { class: "ways" }, isolate(wayWords(model, row.cells[0])));
    return makeElement("tr", {}, makeElement("th", { scope: "row" }, name), ...row.cells.map((cell, at) => markedCell(model, row.id, missing.heads[at], cell)), end);
  }));
}

function markedCell(model, row, head, cell) {
  const mark = missingMark(cell);
  const button = cellButton("");
  const leaves = leafWords(model, cell.here.size ? cell.here : cell.elsewhere);
  if (mark) button.replaceChildren(makeElement("span", { class: `circle ${mark}` }, String(cell.here.size || cell.elsewhere.size)));
  button.setAttribute("aria-label", mark === "full" ? `named, ${leaves}` : mark ? `missing, ${leaves} elsewhere` : "neither");
  return makeElement("td", { class: `hue-${model.nodes[head].hue}`, "data-row": row, "data-head": head }, button);
}

// In the panel of a hollow circle: each determinant with the leaves that name the partner for it elsewhere.
export function elsewhereOf({ model, state, missing, actions }) {
  const cell = state.view === "missing" && missing ? chosenCell(state, missing) : null;
  return (cell?.ways ?? []).map(({ determinant, leaves }) => makeElement("div", {},
    makeElement("h3", {}, isolate(model.nodes[determinant].name), ` (${leafWords(model, leaves)} elsewhere)`),
    makeElement("ul", { class: "items" }, ...sortInMapOrder(model, leaves).map((leaf) => leafRow(model, leaf, actions)))));
}

function leafRow(model, leaf, actions) {
  const node = model.nodes[leaf];
  return makeElement("li", { class: `hue-${node.hue}` }, makeButton({ class: "item" }, () => actions.change({ selected: leaf, at: null, view: "list" }), isolate(fullName(node))), makeElement("span", { class: "quiet" }, isolate(topName(model, leaf))));
}

// What a pressed circle says, null of anything else.
export function circleSentence({ model, state, missing }) {
  const cell = state.view === "missing" && missing ? chosenCell(state, missing) : null;
  return cell && missingSentence(model, missing, state.selected, state.at, cell);
}
