// A scene (layout, ink, what is selected) as plain shapes in the order they are painted. Canvas, SVG
// and PDF all draw these, so that no two pictures of a plan can differ.
//
// rect    x y w h r, fill, stroke, width      path  steps: ["M", x, y] ["L", x, y] ["C", x1, y1, x2, y2, x, y]
// polygon points: [[x, y]], fill              text  x y (the baseline), size, bold, fill, align, text, turn (degrees)
// All but text: dash; all: opacity, 1 where it is left out.
import { lineOnMap } from "../layout/arrow-keys.js";
import { DASHES, HEADING_ROOM, STYLES } from "../layout/styles.js";
import { openPoints } from "../record/notes.js";
import { asideShapes, segmentShapes, wedgeSteps } from "./arc-shapes.js";
import { groundShapes, isFull } from "./box-grounds.js";
import { BASELINE, signShape } from "./marks.js";
import { circleShapes, tieShapes } from "./network-shapes.js";
import { progressShapes } from "./progress-marks.js";
import { tableShapes } from "./table-shapes.js";

// Boxes and links off the selected line are faint but readable; less faint under “Show only this”,
// which has already chosen what is worth seeing.
const FAINT = { everything: { box: 0.45, link: 0.07 }, only: { box: 0.75, link: 0.2 } };

// `state` needs only `selected` and the filters; `cursor` is the box that the keyboard is on, if any,
// `pointed` what belongs to what the pointer rests on: that is lit instead of the selection.
export function sceneOf(model, layout, ink, state, { cursor = null, pointed = null } = {}) {
  const { selected = null, at = null, only = null, partners = [], determinants = [] } = state;
  return {
    model, layout, ink, selected, cursor, links: layout.links, filters: [...partners, ...determinants],
    noted: votesOf(model), most: Math.max(...layout.boxes.map((box) => Number(box.count) || 0), 1), boxOf: new Map(layout.boxes.map((box) => [box.id, box])),
    faint: only === null && !ink.signs ? FAINT.everything : FAINT.only,
    bright: pointed ?? (selected === null ? null : layout.free && at !== null ? new Set([selected, at]) : lineOnMap(layout, selected)),
  };
}

// The votes of each thing that the room said something of.
function votesOf(model) {
  return new Map(model?.notes?.length ? openPoints(model).map(({ id, votes }) => [id, votes]) : []);
}

export function shapesOf(scene) {
  const boxes = scene.layout.boxes.flatMap((box) => boxShapes(scene, box));
  return [...headingShapes(scene), ...linkShapes(scene), ...boxes, ...ringShapes(scene), ...tableShapes(scene)];
}

export function headingShapes(scene) {
  const { layout, ink } = scene;
  const line = { type: "text", y: HEADING_ROOM / 2 + 13 * BASELINE, size: 13, bold: true, fill: ink.quiet, align: "left" };
  const headings = layout.headings.map((heading) => ({ ...line, x: heading.x, text: heading.text.toUpperCase() }));
  return [...asideShapes(scene), ...headings, ...(layout.labels || []).map((label) => ({ ...line, fill: ink.text, ...label, type: "text" }))];
}

// Faint lines first: the bright ones must not disappear beneath them.
export function linkShapes(scene) {
  const drawn = scene.links.map((link) => ({ link, bright: isBright(scene, link) }));
  const ordered = [...drawn.filter((line) => !line.bright), ...drawn.filter((line) => line.bright)];
  return ordered.flatMap((line) => shapesOfLink(scene, line));
}

function isBright(scene, link) {
  if (!scene.bright?.has(link.from) || !scene.bright.has(link.to)) return false;
  // Of circles only the lines of the first, or all of a network's neighbours would light each other's.
  const [first] = scene.bright;
  return !scene.layout.free || link.from === first || link.to === first;
}

// A link may carry its own look, as in the continuity picture: `style` is width, dash, label, ink, opacity.
function shapesOfLink(scene, { link, bright }) {
  if (scene.layout.free) return tieShapes(scene, { link, bright });
  const from = scene.boxOf.get(link.from);
  const to = scene.boxOf.get(link.to);
  const busy = to.style === "shared";
  const { width, dash, label, ink, opacity } = link.style || {};
  const path = {
    type: "path", steps: curveBetween(from, to, link.via), stroke: scene.ink[ink] ?? (bright ? scene.ink.hues[from.hue || to.hue] : scene.ink.frame),
    width: width ?? (bright ? 2.2 : busy ? 1 : 1.4),
    dash: dash ?? (Object.hasOwn(DASHES, link.provenance) ? DASHES[link.provenance] : DASHES.printed),
    opacity: scene.bright ? (bright ? 0.9 : scene.faint.link) : opacity ?? (busy ? 0.34 : 0.9),
  };
  return label ? [path, linkLabel(scene, from, to, label)] : [path];
}

// Straight while inside a column, also one that it passes (`via`), curved between columns: a line never crosses a box sideways.
export function curveBetween(from, to, via = []) {
  const [y1, y2] = [from.y + from.h / 2, to.y + to.h / 2];
  const steps = [["M", from.x + from.w, y1], ["L", from.to, y1]];
  let [x, y] = [from.to, y1];
  for (const stop of [...via, { from: to.from, to: to.x, y: y2 }]) {
    const middle = (x + stop.from) / 2;
    steps.push(["C", middle, y, middle, stop.y, stop.from, stop.y], ["L", stop.to, stop.y]);
    [x, y] = [stop.to, stop.y];
  }
  return steps;
}

function linkLabel(scene, from, to, text) {
  const y = (from.y + from.h / 2 + to.y + to.h / 2) / 2 + 12 * BASELINE;
  return { type: "text", x: (from.to + to.from) / 2, y, size: 12, bold: false, fill: scene.ink.text, align: "center", text };
}

export function boxShapes(scene, box) {
  const opacity = scene.bright && !scene.bright.has(box.id) ? scene.faint.box : 1;
  if (box.circle) return circleShapes(scene, box).map((shape) => (shape.ground ? shape : { ...shape, opacity }));
  if (box.style === "segment") return segmentShapes(scene, box).map((shape) => ({ ...shape, opacity }));
  const shapes = [...groundShapes(scene, box, boxOutline(box, 0)), ...marksOf(scene, box), ...boxWords(scene, box)];
  return shapes.map((shape) => ({ ...shape, opacity }));
}

function boxOutline(box, grow) {
  if (box.arc) return { type: "path", steps: wedgeSteps(box.arc), dash: [] };
  const r = (box.style === "pill" ? box.h / 2 : 4) + grow;
  return { type: "rect", x: box.x - grow, y: box.y - grow, w: box.w + 2 * grow, h: box.h + 2 * grow, r };
}

function boxWords(scene, box) {
  const solid = box.style === "block" || box.style === "pill";
  const align = solid ? "center" : "left";
  const fill = isFull(scene, box) ? scene.ink.paper : scene.ink.text;
  const x = solid ? box.x + box.w / 2 : box.x + padX(box) + box.indent;
  const words = (text, row) => ({ type: "text", x, y: baselineOf(box, row), size: box.size, bold: solid, fill, align, text });
  return box.lines.map(words);
}

function padX(box) {
  return STYLES[box.style].padX;
}

// The baseline of a box's line of text, the lines together standing in its middle.
function baselineOf(box, row) {
  const top = box.y + box.h / 2 - ((box.lines.length - 1) * box.leading) / 2;
  return top + row * box.leading + 0.5 + box.size * BASELINE;
}

function marksOf(scene, box) {
  const shapes = [];
  const bold = { type: "text", size: box.size, bold: true };
  if (box.sign) shapes.push(signShape(scene.ink, box.sign, box.x + padX(box) + 5, box.y + box.h / 2 + 0.5));
  else if (box.code && box.indent) {
    shapes.push({ ...bold, x: box.x + padX(box), y: baselineOf(box, 0), fill: scene.ink.text, align: "left", text: box.code });
  }
  if (box.tag) shapes.push(...tagShapes(scene.ink, box));
  if (!box.count) return shapes;
  const y = baselineOf(box, (box.lines.length - 1) / 2);
  return [...shapes, { ...bold, x: box.x + box.w - padX(box), y, fill: scene.ink.text, align: "right", text: box.count }];
}

// A word about the box itself ("new"), dark on its right side: colour alone would not say it.
function tagShapes(ink, box) {
  const size = Math.round(box.size * 0.9);
  const wide = box.tag.length * size * 0.64 + 9;
  const x = box.x + box.w - wide - 3;
  const y = box.y + box.h / 2;
  const word = { type: "text", x: x + wide / 2, y: y + size * BASELINE, size, bold: true, fill: ink.paper, align: "center", text: box.tag };
  return [{ type: "rect", x, y: y - size * 0.7, w: wide, h: size * 1.4, r: 3, fill: ink.text }, word];
}

// Selected: a dark frame, thinner for what is filtered by. Under the keyboard's cursor: a ring outside it, so that both can be seen.
// Painted last: a neighbour's box must not cover them.
export function ringShapes(scene) {
  const ring = (id, grow, width, stroke) => {
    const box = scene.boxOf.get(id);
    return box ? [{ ...boxOutline(box, grow), stroke, width }] : [];
  };
  const filters = scene.filters.flatMap((id) => ring(id, 1, 2.5, scene.ink.text));
  return [...progressShapes(scene), ...noteShapes(scene), ...filters, ...ring(scene.selected, 1, 3.5, scene.ink.text), ...ring(scene.cursor, 3, 3, scene.ink.ring)];
}

// On the upper right corner of what the room spoke of: its votes, or dots where there are only notes.
function noteShapes({ layout, ink, noted }) {
  return layout.boxes.filter((box) => noted.has(box.id)).flatMap((box) => {
    const text = noteMark(noted.get(box.id));
    const [w, x, y] = [10 + 7 * text.length, box.x + box.w - 4, box.y];
    const word = { type: "text", x, y: y + 12 * BASELINE, size: 12, bold: true, fill: ink.paper, align: "center", text };
    return [{ type: "rect", x: x - w / 2, y: y - 8, w, h: 16, r: 8, fill: ink.text, stroke: ink.paper, width: 1.5 }, word];
  });
}

export function noteMark(votes) {
  return votes ? `+${votes}` : "…";
}
