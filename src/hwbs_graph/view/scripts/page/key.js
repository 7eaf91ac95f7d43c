// The key names only what the picture on show has.
import { CHANGE_STYLES } from "../layout/continuity-layout.js";
import { DASHES } from "../layout/styles.js";
import { shownPair } from "../record/continuity.js";
import { mapColumns } from "../record/filters.js";
import { idsOfKind } from "../record/model.js";
import { isNetwork } from "../record/pictures.js";
import { rainbowMarks, rainbowOf } from "../record/rainbow.js";
import { progressMark, progressWords } from "../shapes/progress-marks.js";
import { paintShapes } from "./canvas.js";
import { byId, isolate, makeElement, signFor } from "./dom.js";

export function renderKey(page) {
  const { model, state, shown, sharedColumn } = page;
  if (isNetwork(state.view)) return byId("key").replaceChildren(...networkKey(page), ...noteKey(page));
  if (state.view === "rainbow") return byId("key").replaceChildren(...rainbowKey(page), ...noteKey(page));
  const columns = state.view === "continuity" ? [] : mapColumns(model, shown, sharedColumn);
  const entries = columns.filter((column, index) => !isTold(columns, index)).map((column) => keyItem(column, columns.indexOf(column)));
  const leaves = model.columns.filter((column) => idsOfKind(model, column.kind, shown.leaves).length);
  if (sharedColumn && leaves.length && columns.length) {
    entries.push(makeElement("span", {}, makeElement("b", {}, "7"), ` = ${leaves.map((column) => column.plural).join(" or ")}`));
  }
  const lines = state.view === "continuity" ? continuityKey(page) : provenancesOf((state.view === "map" && page.map.layout?.links) || shown.links).map((name) => lineItem(name, name));
  byId("key").replaceChildren(...entries, ...lines, ...progressKey(page, columns), ...noteKey(page));
}

// The mark is drawn as on the canvas.
function progressKey({ model, map }, columns) {
  return progressWords(model, columns.flatMap((column) => column.ids)).map((words) => {
    const canvas = makeElement("canvas", { width: 32, height: 32, class: "stands", "aria-hidden": "true" });
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    paintShapes(ctx, progressMark(map.ink, words, 8, 8));
    return makeElement("span", {}, canvas, ` ${words}`);
  });
}

function noteKey({ model }) {
  return model.notes.length ? [makeElement("span", {}, makeElement("span", { class: "said", "aria-hidden": "true" }, "+2"), " votes of the room, … notes")] : [];
}

function networkKey({ network, state, map }) {
  const hues = (network?.groups ?? []).map(({ name, hue }) => makeElement("span", { class: `hue-${hue}` }, makeElement("span", { class: "dot", "aria-hidden": "true" }), isolate(name)));
  const lines = state.view === "network" ? provenancesOf(network?.pairs ?? []).map((name) => lineItem(name, name === "printed" ? "named together" : "together by a suggestion")) : [];
  const left = state.view === "between" && map.layout?.left ? [makeElement("span", {}, `${map.layout.left} partners of fewer themes are not drawn here`)] : [];
  return [...hues, ...lines, ...left];
}

function rainbowKey({ model, shown, map }) {
  const rainbow = rainbowOf(model, shown, false);
  const below = map.layout?.names ? [{ mark: "…", text: "cut short, in full below the picture" }] : [];
  const marks = rainbow ? [...rainbowMarks(model, shown, rainbow), ...below] : [];
  return marks.map(({ mark, text }) => makeElement("span", {}, mark ? makeElement("b", {}, mark) : makeElement("span", { class: "mark dashed", "aria-hidden": "true" }), ` ${text}`));
}

function provenancesOf(links) {
  return Object.keys(DASHES).filter((name) => links.some((link) => link.provenance === name));
}

function lineItem(style, text) {
  return makeElement("span", {}, makeElement("span", { class: `line ${style}`, "aria-hidden": "true" }), ` ${text}`);
}

// In a plan of many levels the same words may come again with the same mark.
function isTold(columns, index) {
  return columns.slice(0, index).some((earlier, at) => markOf(earlier, at) === markOf(columns[index], index) && earlier.plural.includes(columns[index].plural));
}

function markOf(column, index) {
  return column.kind === "action" ? "pill" : index === 0 ? "block" : "box";
}

function keyItem(column, index) {
  const mark = markOf(column, index);
  const sign = signFor(column) || makeElement("span", { class: `mark ${mark}`, "aria-hidden": "true" }, mark === "pill" ? "1a" : "");
  return makeElement("span", {}, sign, ` ${column.role === "shared" ? column.singular : column.plural}`);
}

// Where there is no pair of plans, everything that any pair may show.
function continuityKey(page) {
  const pair = shownPair(page.model, page.state);
  const has = (fits) => !pair || pair.alignments.some((one) => one.source >= 0 && one.target >= 0 && fits(one));
  return [
    has((one) => one.type === "moved-theme") && lineItem("moved", "moved to another theme"),
    has((one) => !(one.type in CHANGE_STYLES)) && lineItem("continued", "continued"),
    has((one) => one.type === "shared-topic" || one.type === "shifted") && lineItem("topic", "same topic only"),
    has((one) => one.provenance === "suggested") && lineItem("suggested", "suggested"),
  ].filter(Boolean);
}
