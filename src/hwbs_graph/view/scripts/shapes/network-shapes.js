// A partner as a circle, with an arc for each of its themes and its name below, and the line between two.
import { DASHES } from "../layout/styles.js";
import { BASELINE } from "./marks.js";

const WIDEST = 11;
const THINNEST = 1.2;
// Where nobody shares more than this, no line is as wide as it could be.
const FEW = 8;

// The middle of the circle in its box: the label stands below.
export function middleOf({ x, y, w, circle, h }) {
  return circle ? { x: x + w / 2, y: y + circle.r + circle.ring } : { x: x + w / 2, y: y + h / 2 };
}

export function tieSteps(from, to) {
  const [a, b] = [middleOf(from), middleOf(to)];
  return [["M", a.x, a.y], ["L", b.x, b.y]];
}

// Grey at rest, so that what is pointed at and chosen leads the eye.
export function tieShapes(scene, { link, bright }) {
  const [from, to] = [scene.boxOf.get(link.from), scene.boxOf.get(link.to)];
  const steps = tieSteps(from, to);
  const width = THINNEST + ((WIDEST - THINNEST) * link.count) / Math.max(link.most, FEW);
  const path = {
    type: "path", steps, stroke: bright ? scene.ink.text : scene.ink.frame, width,
    dash: DASHES[link.provenance] ?? [], opacity: scene.bright ? (bright ? 0.9 : 0.12) : 0.5,
  };
  return bright ? [path, ...countShapes(scene, steps, link.count, from.size)] : [path];
}

function countShapes({ ink }, [[, x1, y1], [, x2, y2]], count, size) {
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const r = size * 0.8;
  return [
    { type: "rect", x: x - r, y: y - r, w: 2 * r, h: 2 * r, r, fill: ink.paper, stroke: ink.text, width: 1.4 },
    { type: "text", x, y: y + size * BASELINE, size, bold: true, fill: ink.text, align: "center", text: String(count) },
  ];
}

export function circleShapes(scene, box) {
  const { ink } = scene;
  const hue = ink.hues[box.hue];
  const { x, y } = middleOf(box);
  const { r, ring, themes } = box.circle;
  const words = labelShapes(ink, box, y + r + ring);
  const inner = { type: "rect", x: x - r, y: y - r, w: 2 * r, h: 2 * r, r, fill: hue };
  const count = box.count ? [{ type: "text", x, y: y + countSize(box) * BASELINE, size: countSize(box), bold: true, fill: ink.paper, align: "center", text: box.count }] : [];
  const under = { ...inner, x: x - r - ring, y: y - r - ring, w: 2 * (r + ring), h: 2 * (r + ring), r: r + ring, fill: ink.paper, ground: true };
  const pin = box.fixed ? [{ type: "polygon", points: [[x, y - r - ring - 7], [x + 5, y - r - ring], [x - 5, y - r - ring]], fill: ink.text }] : [];
  return [under, inner, ...signOfHue(ink, box, x - r - ring, y - r / 2), ...(ring ? arcShapes(ink, themes, { x, y, r: r + ring - 1.5 }) : []), ...count, ...pin, ...words];
}

// Beside the circle, where all hues are the same.
function signOfHue(ink, { hue, size }, right, y) {
  return ink.signs ? [{ type: "text", x: right - 1, y, size, bold: true, fill: ink.text, align: "right", text: ink.signs[hue] }] : [];
}

function countSize({ circle, size }) {
  return Math.min(size * 1.3, circle.r * 1.05);
}

// The name on paper of its own, so that no line runs through it.
function labelShapes(ink, box, top) {
  const words = box.lines.map((text, row) => ({
    type: "text", x: box.x + box.w / 2, y: top + 1 + (row + 0.5) * box.leading + box.size * BASELINE, size: box.size, bold: false, fill: ink.text, align: "center", text,
  }));
  return [{ type: "rect", x: box.x, y: top + 2, w: box.w, h: box.lines.length * box.leading, r: 3, fill: ink.paper, opacity: 0.85, ground: true }, ...words];
}

// From the top, clockwise, each as long as its share.
function arcShapes(ink, themes, { x, y, r }) {
  const all = themes.reduce((sum, { count }) => sum + count, 0);
  let start = 0;
  return themes.map(({ hue, count }) => {
    const [from, to] = [start, start + count / all];
    start = to;
    return { type: "path", steps: arcSteps(x, y, r, from, to), stroke: ink.hues[hue], width: 3.2, dash: [] };
  });
}

// Shares of a turn as curves of a quarter or less.
export function arcSteps(x, y, r, from, to) {
  const pieces = Math.max(1, Math.ceil(Math.abs(to - from) * 4));
  const turn = ((to - from) / pieces) * 2 * Math.PI;
  const reach = (4 / 3) * r * Math.tan(turn / 4);
  const point = (at) => [Math.sin(at), -Math.cos(at)];
  const [sx, sy] = point(from * 2 * Math.PI);
  const steps = [["M", x + r * sx, y + r * sy]];
  for (let piece = 0; piece < pieces; piece += 1) {
    const [a, b] = [point(from * 2 * Math.PI + piece * turn), point(from * 2 * Math.PI + (piece + 1) * turn)];
    steps.push(["C", x + r * a[0] - reach * a[1], y + r * a[1] + reach * a[0], x + r * b[0] + reach * b[1], y + r * b[1] - reach * b[0], x + r * b[0], y + r * b[1]]);
  }
  return steps;
}
