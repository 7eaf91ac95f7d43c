// The map: vis-network's canvas as one sheet of paper inside a scrolling room. The room scrolls as
// any page does (wheel, touch, bars), so vis-network neither pans nor zooms by itself.
import { MOST_NODES, emptyLayout } from "../layout/map-layout.js";
import { boxUnder, linkUnder } from "../shapes/pointing.js";
import { sceneOf } from "../shapes/shapes.js";
import { paintBox, paintHeadings, paintLinks, paintRings, readInk } from "./canvas.js";
import { byId } from "./dom.js";

const ZOOM = { least: 0.3, readable: 0.6, most: 2.5, step: 1.2 };

export function makeMap(model, data, onPick) {
  const map = { model, room: byId("map-room"), paper: byId("map-paper"), zoom: 1, cursor: null, layout: null, pointed: null, pointedMark: "" };
  map.measure = makeMeasure();
  map.ink = readInk();
  map.nodes = new vis.DataSet();
  map.edges = new vis.DataSet();
  map.network = new vis.Network(map.paper, { nodes: map.nodes, edges: map.edges }, data.options);
  // vis-network makes its frame a tab stop of its own; the room around it already is one.
  map.paper.firstElementChild.removeAttribute("tabindex");
  map.network.on("beforeDrawing", (ctx) => paintUnder(map, ctx));
  map.network.on("afterDrawing", (ctx) => map.scene && paintRings(ctx, map.scene));
  map.network.on("click", ({ pointer }) => onPick(boxUnder(map.layout, pointer.canvas), linkUnder(map.layout, pointer.canvas)));
  return map;
}

export function makeMeasure() {
  const ctx = document.createElement("canvas").getContext("2d");
  const known = new Map();
  return (text, font) => {
    const key = `${font}|${text}`;
    if (!known.has(key)) {
      ctx.font = font;
      known.set(key, ctx.measureText(text).width);
    }
    return known.get(key);
  };
}

function paintUnder(map, ctx) {
  if (!map.scene) return;
  paintHeadings(ctx, map.scene);
  paintLinks(ctx, map.scene);
}

// Lays out the map for the size of its room. `plan` is {count, lay}: the number of boxes, and the
// function that lays them out for a room.
export function layOutMap(map, plan) {
  const tooMany = plan.count > MOST_NODES;
  tellTooMany(tooMany, plan.count);
  const room = { width: map.room.clientWidth, height: map.room.clientHeight };
  if (!tooMany && (!room.width || !room.height)) return;
  // vis-network paints at once when its nodes change: the old scene does not know the new boxes.
  Object.assign(map, { scene: null, pointed: null, pointedMark: "" });
  map.layout = tooMany ? emptyLayout(room) : plan.lay(room, map.measure);
  const kept = map.layout.boxes.map((box) => visNode(map, box));
  map.nodes.clear();
  map.edges.clear();
  map.nodes.add(kept);
  map.edges.add(map.layout.links.map(({ from, to }, id) => ({ id, from, to })));
  sizePaper(map);
}

function tellTooMany(tooMany, count) {
  byId("map-full").hidden = !tooMany;
  byId("map-room").hidden = tooMany;
  byId("map-count").textContent = String(count);
}

function visNode(map, box) {
  const nodeDimensions = { width: box.w, height: box.h };
  const drawNode = (ctx) => map.scene && paintBox(ctx, map.scene, map.scene.boxOf.get(box.id));
  const ctxRenderer = ({ ctx }) => ({ drawNode: () => drawNode(ctx), nodeDimensions });
  // vis-network finds a node of its own size under the hand, not of that which is drawn.
  const size = box.circle ? Math.min(box.w, box.h) / 2 : 10;
  return { id: box.id, fixed: Boolean(box.fixed), x: box.x + box.w / 2, y: box.y + box.h / 2, shape: "custom", size, ctxRenderer };
}

function sizePaper(map) {
  const width = map.layout.width * map.zoom;
  const height = map.layout.height * map.zoom;
  map.paper.style.width = `${width}px`;
  map.paper.style.height = `${height}px`;
  map.network.setSize(`${width}px`, `${height}px`);
  const middle = { x: map.layout.width / 2, y: map.layout.height / 2 };
  map.network.moveTo({ position: middle, scale: map.zoom, animation: false });
}

export function highlightMap(map, state) {
  if (!map.layout) return;
  const cursor = document.activeElement === map.room ? map.cursor : null;
  map.scene = sceneOf(map.model, map.layout, map.ink, state, { cursor, pointed: map.pointed });
  map.network.redraw();
}

export function zoomMap(map, how) {
  const { clientWidth, clientHeight } = map.room;
  const fit = Math.min(1, clientWidth / map.layout.width, clientHeight / map.layout.height);
  const wanted = { in: map.zoom * ZOOM.step, out: map.zoom / ZOOM.step, fit, "fit-readable": fit, whole: 1 }[how];
  map.zoom = Math.max(how === "fit-readable" ? ZOOM.readable : ZOOM.least, Math.min(ZOOM.most, wanted));
  sizePaper(map);
}

// Scrolls the room just enough to have the box in sight.
export function revealBox(map, id) {
  const box = map.layout.boxes.find((candidate) => candidate.id === id);
  if (!box) return;
  const { room, zoom } = map;
  room.scrollLeft = nearest(room.scrollLeft, room.clientWidth, box.x * zoom, box.w * zoom);
  room.scrollTop = nearest(room.scrollTop, room.clientHeight, box.y * zoom, box.h * zoom);
}

function nearest(start, room, at, size) {
  const slack = 12;
  return Math.max(Math.min(start, at - slack), at + size + slack - room);
}

// For tests and for anyone who automates the page: the boxes in CSS pixels of the paper.
export function mapBoxes(map) {
  const scale = (value) => value * map.zoom;
  return (map.layout?.boxes || []).map((box) => ({
    id: box.id, key: map.model.nodes[box.id].key, kind: map.model.nodes[box.id].kind,
    x: scale(box.x), y: scale(box.y), w: scale(box.w), h: scale(box.h), size: scale(box.size), text: box.lines.join(" "), count: box.count,
  }));
}
