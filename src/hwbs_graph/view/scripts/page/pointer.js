// What rests under the pointer lights what it belongs to, and says it in words beside the pointer.
import { lineOnMap } from "../layout/arrow-keys.js";
import { leavesInCell } from "../record/cells.js";
import { fullName, isRoot, isShared } from "../record/model.js";
import { companySentence, tieSentence } from "../record/network-words.js";
import { isNetwork, pictureFor } from "../record/pictures.js";
import { cellSentence, linkSentence, selectionSentence } from "../record/sentences.js";
import { boxUnder, linkUnder } from "../shapes/pointing.js";
import { byId, isolate, makeElement } from "./dom.js";
import { highlightMap } from "./map.js";

const ASIDE = 14;

export function wakePointer(page) {
  const { room } = page.map;
  room.addEventListener("pointermove", (event) => event.pointerType !== "touch" && pointOnMap(page, event));
  room.addEventListener("pointerleave", () => leavePointed(page));
  for (const id of ["grid", "coverage"]) {
    byId(id).addEventListener("pointerover", (event) => pointInTable(page, event));
    byId(id).addEventListener("pointerleave", hideHint);
  }
  document.addEventListener("keydown", () => leavePointed(page));
  document.addEventListener("scroll", hideHint, true);
}

function pointOnMap(page, event) {
  const { map } = page;
  if (!map.layout || !map.scene) return;
  const paper = map.paper.getBoundingClientRect();
  const point = { x: (event.clientX - paper.left) / map.zoom, y: (event.clientY - paper.top) / map.zoom };
  const box = boxUnder(map.layout, point);
  const link = box ? null : linkUnder(map.layout, point);
  const mark = box ? `box ${box.id}` : link ? `link ${link.from} ${link.to}` : "";
  if (mark !== map.pointedMark) lightPointed(page, mark, box, link);
  if (mark) placeHint(event);
}

function lightPointed(page, mark, box, link) {
  const { map, state } = page;
  map.pointedMark = mark;
  map.pointed = box ? lineOnMap(map.layout, box.id) : link ? new Set([link.from, link.to]) : null;
  highlightMap(map, state);
  if (mark) showHint(...(box ? hintOfThing(page, box.id) : [linkWordsOf(page, link)]));
  else hideHint();
}

// In the continuity picture a line is a change, whose words stand in the model's alignments.
function linkWordsOf(page, link) {
  const { model } = page;
  if (page.map.layout.free) return tieSentence(model, page.shown, link.from, link.to);
  if (!link.type) return linkSentence(model, link);
  const one = model.alignments.find((each) => each.source === link.from && each.target === link.to && each.type === link.type);
  return `${fullName(model.nodes[link.from])}: ${one.label}: ${fullName(model.nodes[link.to])}.`;
}

// The wording of what the picture shows by its number alone, and the sentence of the panel.
function hintOfThing({ model, state, shown, network }, id) {
  if (isNetwork(state.view)) return [selectionSentence(model, shown, id), companySentence(model, network, id)].filter(Boolean);
  const { progress } = model.nodes[id];
  const wording = isShared(model, id) || isRoot(model, id) ? [] : [fullName(model.nodes[id]) + (progress ? ` (${progress})` : "")];
  return pictureFor(state.view).place === "map" && state.view !== "map" ? [fullName(model.nodes[id])] : [...wording, selectionSentence(model, shown, id)];
}

function leavePointed(page) {
  hideHint();
  if (!page.map.pointedMark) return;
  Object.assign(page.map, { pointedMark: "", pointed: null });
  highlightMap(page.map, page.state);
}

function pointInTable(page, event) {
  const cell = event.target.closest("td[data-head]");
  const name = event.target.closest("[data-pick]");
  const words = cell ? [cellWordsOf(page, cell.dataset)] : name ? hintOfThing(page, Number(name.dataset.pick)) : [];
  if (!words.length) return hideHint();
  showHint(...words);
  placeHint(event);
}

function cellWordsOf({ model, state, shown }, { row, head }) {
  const [id, under] = [Number(row), head === undefined || head === "" ? null : Number(head)];
  return cellSentence(model, shown, id, under, leavesInCell(model, state, shown, id, under));
}

function showHint(...lines) {
  const hint = byId("hint");
  hint.replaceChildren(...lines.map((line) => makeElement("span", {}, isolate(line))));
  hint.hidden = false;
}

function hideHint() {
  byId("hint").hidden = true;
}

// Beside the pointer, on the side where there is room.
function placeHint({ clientX, clientY }) {
  const hint = byId("hint");
  const { offsetWidth, offsetHeight } = hint;
  const left = clientX + ASIDE + offsetWidth > innerWidth ? clientX - ASIDE - offsetWidth : clientX + ASIDE;
  const top = clientY + ASIDE + offsetHeight > innerHeight ? clientY - ASIDE - offsetHeight : clientY + ASIDE;
  hint.style.left = `${Math.max(0, left)}px`;
  hint.style.top = `${Math.max(0, top)}px`;
}
