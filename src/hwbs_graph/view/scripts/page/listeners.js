// What the page listens to: the address, the keyboard, the window, the map.
import { walkFrom } from "../layout/arrow-keys.js";
import { readAddress, sameState } from "../record/address.js";
import { NO_FILTER } from "../record/filters.js";
import { boxWords } from "./map-items.js";
import { pictureFor } from "../record/pictures.js";
import { readInk } from "./canvas.js";
import { announce, byId } from "./dom.js";
import { allowDragging, moveByKey } from "./dragging.js";
import { highlightMap, revealBox, zoomMap } from "./map.js";
import { PAINTERS } from "./pictures.js";
import { closePopup } from "./popups.js";
import { fitPresented } from "./present-fit.js";
import { pressWhilePresenting } from "./present.js";
import { startNoting } from "./room-notes.js";
import { changeHops, changeState, stepBack } from "./state.js";

const HOP_KEYS = { "+": 1, "-": -1 };

export function listenToPage(page) {
  const { map } = page;
  addEventListener("hashchange", () => followAddress(page));
  document.addEventListener("keydown", (event) => pressOnPage(page, event));
  map.room.addEventListener("keydown", (event) => pressOnMap(page, event));
  map.room.addEventListener("focus", () => enterMap(page));
  map.room.addEventListener("blur", () => highlightMap(map, page.state));
  for (const choice of document.querySelectorAll("[data-zoom]")) {
    choice.addEventListener("click", () => zoomMap(map, choice.dataset.zoom));
  }
  byId("show-all").addEventListener("click", () => changeState(page, NO_FILTER));
  byId("open-grid").addEventListener("click", () => changeState(page, { view: "grid" }));
  document.querySelector(".skip").addEventListener("click", skipToPlan);
  matchMedia("(forced-colors: active)").addEventListener("change", () => recolour(page));
  new ResizeObserver(() => refitMap(page)).observe(map.room);
}

function recolour({ map, state }) {
  map.ink = readInk();
  highlightMap(map, state);
}

// The link's own "#main" would take the place of the state in the address.
function skipToPlan(event) {
  event.preventDefault();
  byId("main").focus();
}

function followAddress(page) {
  const next = readAddress(location.hash, page.model);
  if (sameState(page.model, next, page.state)) return;
  page.state = next;
  page.render();
}

function refitMap(page) {
  const { layout, room } = page.map;
  const size = `${room.clientWidth}x${room.clientHeight}`;
  if (pictureFor(page.state.view).place !== "map" || (layout && page.map.size === size)) return;
  page.map.size = size;
  PAINTERS[page.state.view](page);
  allowDragging(page);
  fitPresented(page);
  highlightMap(page.map, page.state);
  if (page.map.layout && page.state.selected !== null) revealBox(page.map, page.state.selected);
}

function pressOnPage(page, event) {
  if (closePopup(event) || pressWhilePresenting(page, event)) return;
  const typing = event.target.closest?.("input, select, textarea");
  if (event.key === "Escape") stepBack(page);
  else if (!typing && !event.ctrlKey && !event.metaKey) pressLetter(page, event);
}

function pressLetter(page, event) {
  if (event.key in HOP_KEYS) changeHops(page, HOP_KEYS[event.key]);
  else if (event.altKey) return;
  else if (event.key === "/") byId("search").focus();
  else if (!/^n$/i.test(event.key) || !startNoting(page)) return;
  // The letter itself is not typed into the field that it leads to.
  event.preventDefault();
}

function enterMap(page) {
  const { map, state } = page;
  const present = map.layout?.boxes.some((box) => box.id === map.cursor);
  if (!present) map.cursor = state.selected ?? map.layout?.boxes[0]?.id ?? null;
  highlightMap(map, state);
  const box = map.layout?.boxes.find(({ id }) => id === map.cursor);
  if (box) announce(boxWords(page, box));
}

function pressOnMap(page, event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    if (page.map.cursor !== null) changeState(page, { selected: page.map.cursor });
  } else if (event.shiftKey && moveByKey(page, event.key)) {
    event.preventDefault();
  } else if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
    event.preventDefault();
    moveCursor(page, walkFrom(page.map.layout, page.map.cursor, event.key));
  }
}

function moveCursor(page, id) {
  if (id === null) return;
  page.map.cursor = id;
  highlightMap(page.map, page.state);
  revealBox(page.map, id);
  announce(boxWords(page, page.map.layout.boxes.find((box) => box.id === id)));
}
