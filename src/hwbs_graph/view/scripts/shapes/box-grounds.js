// What lies under the words of a box. At rest all is grey but the theme's mark; what is pointed at or chosen has its hue.
import { mixColours } from "./table-shapes.js";

const EDGE = 4;
// Per cent of a colour in what words are read on.
const SHADE = 6;
const TINT = 20;
const BAR = { rest: 16, lit: 34 };
// Who needs contrast gets frames everywhere: there what is lit has a thicker one.
const FRAME = { rest: 1.8, shared: 1, lit: 2.4 };

// A theme, and an action that is lit, are full of their hue, so that their words are as light as the paper.
export function isFull({ ink, bright }, box) {
  return box.style === "block" || (box.style === "pill" && (Boolean(ink.signs) || Boolean(bright?.has(box.id))));
}

export function groundShapes(scene, box, outline) {
  const { ink, bright } = scene;
  const hue = ink.hues[box.hue];
  const lit = Boolean(bright?.has(box.id));
  const ground = { ...outline, fill: fillOf(scene, box), dash: box.dash || [], ...frameOf(ink, box, lit) };
  if (box.style === "shared") return [ground, ...barOf(scene, box, lit)];
  const { x, y, h } = box;
  const edge = { type: "rect", x, y, w: EDGE, h, r: EDGE / 2, fill: hue };
  // Where all hues are one, the edge would say nothing.
  return !ink.signs && (box.style === "box" || box.style === "full") ? [ground, edge] : [ground];
}

function fillOf(scene, box) {
  const { ink } = scene;
  const hue = ink.hues[box.hue];
  if (isFull(scene, box)) return hue;
  if (ink.signs || box.style === "shared") return ink.paper;
  return box.style === "pill" ? mixColours(hue, TINT, ink.paper) : mixColours(ink.text, SHADE, ink.paper);
}

// A frame at rest says something of its own, such as what was dropped or is new.
function frameOf(ink, box, lit) {
  const shared = box.style === "shared";
  const stroke = shared ? ink.frame : lit ? ink.hues[box.hue] : ink.quiet;
  const width = (box.frame ?? (shared ? FRAME.shared : FRAME.rest)) + (ink.signs && lit ? FRAME.lit : 0);
  return ink.signs || lit || box.frame || box.dash ? { stroke, width } : {};
}

// As long as its number, of the longest of them.
function barOf({ ink, most }, box, lit) {
  const share = Number(box.count) / most;
  if (ink.signs || !(share > 0)) return [];
  return [{ type: "rect", x: box.x, y: box.y + 1, w: box.w * Math.min(1, share), h: box.h - 2, r: 2, fill: mixColours(ink.hues[0], lit ? BAR.lit : BAR.rest, ink.paper) }];
}
