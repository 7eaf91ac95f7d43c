// Shapes on a canvas. vis-network asks for them in three goes: what lies under the boxes, each box,
// and what lies over them.
import { FACE, fontOf } from "../layout/wrap.js";
import { HUE_SIGNS } from "../shapes/marks.js";
import { boxShapes, headingShapes, linkShapes, ringShapes } from "../shapes/shapes.js";

// Colours come from the style sheet, so that there is one place to change them; where a reader's system
// forces its own, from there.
export function readInk() {
  if (matchMedia("(forced-colors: active)").matches) return systemInk();
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    hues: HUE_SIGNS.map((_, hue) => colour(`--hue-${hue}`)),
    text: colour("--text"), quiet: colour("--quiet"), frame: colour("--frame"), paper: colour("--paper"), ring: colour("--ring"),
  };
}

function systemInk() {
  const [text, paper, ring] = ["CanvasText", "Canvas", "Highlight"].map(systemColour);
  return { hues: HUE_SIGNS.map(() => text), signs: HUE_SIGNS, text, quiet: text, frame: text, paper, ring };
}

// As "#rrggbb": a drawing that is saved has no system to ask.
function systemColour(name) {
  const probe = document.createElement("span");
  probe.style.color = name;
  document.body.append(probe);
  const parts = getComputedStyle(probe).color.match(/\d+/g).slice(0, 3);
  probe.remove();
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
}

export function paintHeadings(ctx, scene) {
  paintShapes(ctx, headingShapes(scene));
}

export function paintLinks(ctx, scene) {
  paintShapes(ctx, linkShapes(scene));
}

export function paintBox(ctx, scene, box) {
  paintShapes(ctx, boxShapes(scene, box));
}

export function paintRings(ctx, scene) {
  paintShapes(ctx, ringShapes(scene));
}

export function paintShapes(ctx, shapes, face = FACE) {
  ctx.save();
  ctx.textBaseline = "alphabetic";
  for (const shape of shapes) {
    ctx.globalAlpha = shape.opacity ?? 1;
    if (shape.type === "text") paintText(ctx, shape, face);
    else paintOutline(ctx, shape);
  }
  ctx.restore();
}

function paintText(ctx, shape, face) {
  ctx.font = fontOf(shape.size, shape.bold, face);
  ctx.textAlign = shape.align;
  ctx.fillStyle = shape.fill;
  if (!shape.turn) return ctx.fillText(shape.text, shape.x, shape.y);
  ctx.save();
  ctx.translate(shape.x, shape.y);
  ctx.rotate((shape.turn * Math.PI) / 180);
  ctx.fillText(shape.text, 0, 0);
  ctx.restore();
}

function paintOutline(ctx, shape) {
  TRACES[shape.type](ctx, shape);
  if (shape.fill) {
    ctx.fillStyle = shape.fill;
    ctx.fill();
  }
  if (!shape.stroke) return;
  ctx.setLineDash(shape.dash || []);
  ctx.lineWidth = shape.width;
  ctx.strokeStyle = shape.stroke;
  ctx.stroke();
}

const STROKES = { M: "moveTo", L: "lineTo", C: "bezierCurveTo" };

const TRACES = {
  rect(ctx, { x, y, w, h, r }) {
    ctx.beginPath();
    ctx.roundRect(x, y, w, h, r);
  },
  polygon(ctx, { points }) {
    ctx.beginPath();
    points.forEach(([x, y]) => ctx.lineTo(x, y));
    ctx.closePath();
  },
  path(ctx, { steps }) {
    ctx.beginPath();
    steps.forEach(([kind, ...numbers]) => ctx[STROKES[kind]](...numbers));
  },
};
