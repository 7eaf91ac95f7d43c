// What the marks of a picture mean, as shapes: a sheet of paper has no page around it.
import { DASHES, MARGIN } from "../layout/styles.js";
import { fontOf } from "../layout/wrap.js";
import { SHEET, lineHeight } from "./paper.js";
import { BASELINE, signShape } from "./marks.js";
import { mixColours } from "./table-shapes.js";
import { progressMark, progressWords } from "./progress-marks.js";

// Per cent of the text's colour in the mark of what is pale itself.
const PALE = 14;

// The key names only what the picture has: a mark as wide as `mark`, and what it means.
export function keyEntries({ model, shown }, scene, measure) {
  const { ink } = scene;
  const firsts = scene.layout.free || scene.layout.segments ? [] : scene.layout.boxes.filter((box, index, boxes) => boxes.findIndex((other) => other.column === box.column) === index);
  const entries = firsts.map((box) => ({ mark: keyMark(ink, box), text: kindsIn(model, scene.layout, box.column) }));
  const leaves = model.columns.filter((column) => [...shown.leaves].some((id) => model.nodes[id].kind === column.kind));
  if (leaves.length && scene.layout.boxes.some((box) => box.count)) {
    entries.push({ mark: [keyText(ink.text, "7")], text: `= ${leaves.map((column) => column.plural).join(" or ")}` });
  }
  for (const provenance of Object.keys(DASHES)) {
    if (scene.links.some((link) => link.provenance === provenance)) entries.push({ mark: [keyLine(ink, provenance)], text: provenance });
  }
  const marked = scene.layout.boxes.filter((box) => !box.circle).map((box) => box.id);
  for (const words of progressWords(model, marked)) entries.push({ mark: progressMark(ink, words, 22, 0), text: words });
  for (const { name, hue } of scene.layout.key ?? []) entries.push({ mark: [keyDot(ink, hue)], text: name });
  if (scene.noted?.size && scene.layout.boxes.some((box) => scene.noted.has(box.id))) entries.push({ mark: [keyText(ink.text, "+2 …")], text: "votes and notes of the room" });
  const font = fontOf(SHEET.small, false);
  return entries.map((entry) => ({ ...entry, width: 36 + measure(entry.text, font) + 20, fill: ink.quiet }));
}

// A column may hold things of several kinds.
function kindsIn(model, layout, column) {
  const kinds = new Set(layout.boxes.filter((box) => box.column === column).map((box) => model.nodes[box.id].kind));
  return model.columns.filter((one) => kinds.has(one.kind)).map((one) => one.singular).join(" or ");
}

function keyMark(ink, box) {
  if (box.sign) return [signShape(ink, box.sign, 23, 0)];
  const shape = { type: "rect", x: 0, y: -7, w: 30, h: 14, r: box.style === "pill" ? 7 : 3 };
  if (box.style === "block") return [{ ...shape, fill: ink.text }];
  const pale = { ...shape, fill: mixColours(ink.text, PALE, ink.paper) };
  return box.style === "pill" ? [pale, { ...keyText(ink.text, "1a"), size: 11 }] : [pale, { ...shape, w: 4, r: 2, fill: ink.text }];
}

function keyDot(ink, hue) {
  if (ink.signs) return keyText(ink.text, ink.signs[hue]);
  return { type: "rect", x: 15, y: -7, w: 14, h: 14, r: 7, fill: ink.hues[hue] };
}

function keyText(fill, text) {
  return { type: "text", x: 15, y: 11 * BASELINE, size: SHEET.small, bold: true, fill, align: "center", text };
}

function keyLine(ink, provenance) {
  return { type: "path", steps: [["M", 0, 0], ["L", 30, 0]], stroke: ink.text, width: 1.8, dash: DASHES[provenance] };
}

export function keyRows(entries, width) {
  const tall = lineHeight(SHEET.small);
  let [x, y] = [0, tall / 2];
  const shapes = entries.flatMap((entry) => {
    if (x > 0 && x + entry.width > width - 2 * MARGIN) [x, y] = [0, y + tall];
    const text = { type: "text", x: 36, y: SHEET.small * BASELINE, size: SHEET.small, fill: entry.fill, align: "left", text: entry.text };
    const placed = moveShapes([...entry.mark, text], x, y);
    x += entry.width;
    return placed;
  });
  return { shapes, height: entries.length ? y + tall / 2 : 0 };
}

export function moveShapes(shapes, dx, dy) {
  const step = ([kind, ...numbers]) => [kind, ...numbers.map((number, index) => number + (index % 2 ? dy : dx))];
  return shapes.map((shape) => {
    if (shape.type === "path") return { ...shape, steps: shape.steps.map(step) };
    if (shape.type === "polygon") return { ...shape, points: shape.points.map(([x, y]) => [x + dx, y + dy]) };
    return { ...shape, x: shape.x + dx, y: shape.y + dy };
  });
}
