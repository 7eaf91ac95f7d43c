// The cells of a table as shapes, in the order they are painted.
import { MARK_ROOM } from "../layout/styles.js";
import { EDGE } from "../layout/table-layout.js";
import { BASELINE, signShape } from "./marks.js";
import { arcSteps } from "./network-shapes.js";

// Per cent of the hue in a bar, on which words are read.
const BAR = 20;

// Each cell's ground and lines, then all the words; last a frame round what is chosen.
export function tableShapes({ layout, ink, selected }) {
  const cells = layout.cells ?? [];
  return [...cells.flatMap((cell) => groundShapes(ink, cell)), ...rowLines(ink, cells), ...cells.flatMap((cell) => wordShapes(ink, cell)), ...chosenShapes(ink, cells, selected)];
}

function groundShapes(ink, cell) {
  const { x, y, w, h } = cell;
  const hue = ink.hues[cell.hue ?? 0];
  const ground = cell.inverse ? ink.text : cell.mix ? mixColours(hue, cell.mix, ink.paper) : null;
  const shapes = ground ? [{ type: "rect", x, y, w, h, r: 0, fill: ground }] : [];
  if (cell.bar) shapes.push({ type: "rect", x, y: y + 2, w: w * cell.bar, h: h - 4, r: 0, fill: mixColours(hue, BAR, ink.paper) });
  if (cell.rule) shapes.push(lineBelow(x, x + w, y + h, { stroke: cell.rule === "hue" ? hue : ink.text, width: 2 }));
  if (cell.dashed) shapes.push({ type: "rect", x: x + 3, y: y + 3, w: w - 6, h: h - 6, r: 0, stroke: inkOn(ink, cell), width: 1.6, dash: [5, 3] });
  if (cell.circle) shapes.push(circleShape(ink, cell, hue));
  if (cell.edge) shapes.push({ type: "rect", x, y: y + 2, w: 5, h: h - 4, r: 0, fill: hue });
  return shapes;
}

// Filled, hollow or broken, round the middle of its cell.
function circleShape(ink, { x, y, w, h, size, circle }, hue) {
  const steps = arcSteps(x + w / 2, y + h / 2, Math.min(h / 2 - 1.5, size * 0.85), 0, 1);
  const fill = circle === "full" ? { fill: hue } : {};
  return { type: "path", steps, ...fill, stroke: hue, width: 1.8, dash: circle === "broken" ? [4, 3] : [] };
}

function lineBelow(left, right, y, style) {
  return { type: "path", steps: [["M", left, y], ["L", right, y]], ...style, dash: [] };
}

// One thin line under each row, from its first cell to its last.
function rowLines(ink, cells) {
  const rows = new Map();
  for (const cell of cells.filter((each) => !each.rule)) {
    const row = rows.get(cell.y + cell.h) ?? [Infinity, 0];
    rows.set(cell.y + cell.h, [Math.min(row[0], cell.x), Math.max(row[1], cell.x + cell.w)]);
  }
  return [...rows].map(([y, [left, right]]) => lineBelow(left, right, y, { stroke: ink.frame, width: 0.5 }));
}

// Words on a full colour are as light as the paper.
function inkOn(ink, cell) {
  return cell.inverse || cell.mix === 100 || cell.circle === "full" ? ink.paper : ink.text;
}

function wordShapes(ink, cell) {
  if (cell.turned) return turnedShapes(ink, cell);
  const { align = "left", size, leading } = cell;
  const indent = cell.pad + (cell.sign ? MARK_ROOM : 0) + (cell.edge ? EDGE : 0);
  const x = { left: cell.x + indent, center: cell.x + cell.w / 2, right: cell.x + cell.w - cell.pad }[align];
  const top = align === "center" ? cell.y + (cell.h - cell.lines.length * leading) / 2 : cell.y + cell.pad;
  const words = cell.lines.map((line, row) => ({
    type: "text", x, y: top + (row + 0.5) * leading + size * BASELINE, size, bold: Boolean(line.bold),
    fill: line.quiet ? ink.quiet : inkOn(ink, cell), align, text: line.text,
  }));
  return cell.sign ? [signShape(ink, cell.sign, cell.x + cell.pad + 6, cell.y + cell.pad + leading / 2), ...words] : words;
}

function turnedShapes(ink, cell) {
  const { size, leading } = cell;
  const left = cell.x + (cell.w - cell.lines.length * leading) / 2;
  return cell.lines.map((line, row) => ({
    type: "text", x: left + (row + 0.5) * leading + size * BASELINE, y: cell.y + cell.h - cell.pad, size, bold: Boolean(line.bold),
    fill: inkOn(ink, cell), align: "left", turn: -90, text: line.text,
  }));
}

// One frame round all cells about the chosen thing: a row, a column, or a block.
function chosenShapes(ink, cells, selected) {
  const own = cells.filter((cell) => selected !== null && cell.ids?.includes(selected));
  if (!own.length) return [];
  const [x, y] = [Math.min(...own.map((cell) => cell.x)), Math.min(...own.map((cell) => cell.y))];
  const w = Math.max(...own.map((cell) => cell.x + cell.w)) - x;
  const h = Math.max(...own.map((cell) => cell.y + cell.h)) - y;
  return [{ type: "rect", x, y, w, h, r: 2, stroke: ink.text, width: 3, dash: [] }];
}

// So many per cent of a colour, the rest paper, as the style sheet mixes them. Both are "#rrggbb".
export function mixColours(colour, share, paper) {
  const parts = (text) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
  const [over, under] = [parts(colour), parts(paper)];
  const mixed = over.map((part, index) => Math.round((part * share + under[index] * (100 - share)) / 100));
  return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
