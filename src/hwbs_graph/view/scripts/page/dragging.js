// Circles follow the hand: vis-network's springs move the others while one is dragged, and what a person has
// put somewhere stays there. Where a reader asks for less motion, only the dragged one moves.
import { placeOf } from "../layout/network-layout.js";
import { isNetwork } from "../record/pictures.js";
import { byId } from "./dom.js";
import { highlightMap } from "./map.js";

const SPRINGS = {
  enabled: true, solver: "barnesHut", stabilization: false,
  barnesHut: { gravitationalConstant: -2500, centralGravity: 0.05, springLength: 130, springConstant: 0.02, damping: 0.45, avoidOverlap: 0.6 },
};
const REST = { enabled: false };
const KEY_STEP = 24;

export function wakeDragging(page) {
  const { map, model } = page;
  model.moved = new Map();
  byId("arrange").addEventListener("click", () => arrangeAgain(page));
  map.network.on("dragStart", ({ nodes }) => startDragging(page, nodes[0]));
  map.network.on("dragEnd", ({ nodes }) => stopDragging(page, nodes[0]));
  map.network.on("beforeDrawing", () => map.dragged !== undefined && followNodes(map));
}

// Called when a picture has been laid out: only circles can be dragged.
export function allowDragging({ map }) {
  const free = Boolean(map.layout?.free);
  map.room.classList.toggle("free", free);
  map.dragged = undefined;
  map.network.setOptions({ interaction: { dragNodes: free }, physics: REST });
}

function startDragging({ map }, id) {
  if (!map.layout?.free || id === undefined) return;
  map.dragged = id;
  // Fixed circles cannot be dragged again.
  map.nodes.update({ id, fixed: false });
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) map.network.setOptions({ physics: SPRINGS });
}

function followNodes({ network, layout }) {
  for (const [id, { x, y }] of Object.entries(network.getPositions())) {
    const box = layout.boxes.find((each) => each.id === Number(id));
    if (box) Object.assign(box, { x: x - box.w / 2, y: y - box.h / 2 });
  }
}

// From here on the picture, on the screen and in files, stands as it was left.
function stopDragging(page, id) {
  const { map } = page;
  if (map.dragged === undefined) return;
  map.network.setOptions({ physics: REST });
  followNodes(map);
  map.dragged = undefined;
  keepPlaces(page, id);
}

function keepPlaces(page, pinned) {
  const { map, model, state } = page;
  const key = `${state.view} ${state.plan}`;
  const boxes = map.layout.boxes.filter((box) => box.circle);
  const before = model.moved.get(key) ?? new Map();
  const isPinned = (id) => id === pinned || Boolean(before.get(id)?.pinned);
  model.moved.set(key, new Map([...before, ...boxes.map((box) => [box.id, { place: placeOf(map.layout, box), pinned: isPinned(box.id) }])]));
  page.repaint();
}

// What a hand does, for the keyboard: Shift and an arrow key.
export function moveByKey(page, key) {
  const { map } = page;
  const box = map.layout?.boxes.find((each) => each.id === map.cursor && each.circle);
  if (!map.layout?.free || !box) return false;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  Object.assign(box, { x: box.x + dx * KEY_STEP, y: box.y + dy * KEY_STEP });
  keepPlaces(page, box.id);
  highlightMap(map, page.state);
  return true;
}

export function isMoved({ model, state }) {
  return isNetwork(state.view) && Boolean(model.moved.get(`${state.view} ${state.plan}`)?.size);
}

// The button goes with what it does away with, so the keyboard is handed on.
function arrangeAgain(page) {
  page.model.moved.delete(`${page.state.view} ${page.state.plan}`);
  page.map.room.focus();
  page.repaint();
}
