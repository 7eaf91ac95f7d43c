// Segments of the determinants rainbow as shapes: filled the darker, the more is done, hollow where nothing is.
import { DEPTH_SHARES } from "../layout/count-tables.js";
import { BASELINE } from "./marks.js";
import { arcSteps } from "./network-shapes.js";
import { mixColours } from "./table-shapes.js";

const INSET = 3;

// Round a segment: out along its start, its outer edge, and back along the inner one.
export function wedgeSteps(arc) {
  const { x, y, r1, r2, from, to } = arc;
  const outer = arcSteps(x, y, r2, from, to);
  if (r1 < 0.5) return [["M", x, y], ["L", ...outer[0].slice(1)], ...outer.slice(1), ["L", x, y]];
  const [first, ...inner] = arcSteps(x, y, r1, to, from);
  return [...outer, ["L", ...first.slice(1)], ...inner, ["L", ...outer[0].slice(1)]];
}

export function segmentShapes(scene, box) {
  const { ink } = scene;
  // A frame within the frame: broken where nothing is printed, whole where only the theme names it.
  const inner = { stroke: inkOn(ink, box.depth), width: box.suggested ? 1.6 : 0.8, dash: box.suggested ? [5, 3] : [] };
  const second = box.suggested || box.isTheme ? [{ ...outlineOf(box, INSET), ...inner }] : [];
  return [segmentFrame(ink, box), ...second, ...wordShapes(ink, box)];
}

function segmentFrame(ink, segment) {
  return { ...outlineOf(segment, 0), fill: mixColours(ink.hues[0], DEPTH_SHARES[segment.depth], ink.paper), stroke: ink.frame, width: 0.8, dash: [] };
}

// So many pixels inside the segment's own edge.
function outlineOf({ arc, x, y, w, h }, inset) {
  if (!arc) return { type: "rect", x: x + inset, y: y + inset, w: w - 2 * inset, h: h - 2 * inset, r: 2 };
  const [r1, r2] = [arc.r1 && arc.r1 + inset, arc.r2 - inset];
  const turn = inset / (Math.PI * (arc.r1 + arc.r2));
  return { type: "path", steps: wedgeSteps({ ...arc, r1, r2, from: arc.from + turn, to: arc.to - turn }) };
}

function inkOn(ink, depth) {
  return DEPTH_SHARES[depth] === 100 ? ink.paper : ink.text;
}

// The number or the word for none in bold before the name, each line turned as the box says.
function wordShapes(ink, { lines, widths, turn, middle, size, leading, mark, markWide, depth, isGap }) {
  const fill = isGap ? ink.quiet : inkOn(ink, depth);
  const angle = (turn * Math.PI) / 180;
  const at = (along, down) => ({ x: middle.x + along * Math.cos(angle) - down * Math.sin(angle), y: middle.y + along * Math.sin(angle) + down * Math.cos(angle) });
  return lines.filter(Boolean).flatMap((line, row) => {
    const down = (row - (lines.length - 1) / 2) * leading + size * BASELINE;
    const start = -widths[row] / 2;
    const word = (text, bold, along) => ({ type: "text", ...at(along, down), size, bold, fill, align: "left", turn, text });
    if (row > 0) return [word(line, false, start)];
    const rest = line.slice(mark.length + 1);
    return rest ? [word(mark, true, start), word(rest, false, start + markWide)] : [word(line, true, start)];
  });
}

// The lines from the layers to their words, and the rainbows of other plans.
export function asideShapes({ layout, ink }) {
  const leaders = (layout.leaders ?? []).map(({ x, from, to }) => ({ type: "path", steps: [["M", x, from], ["L", x, to], ["L", x + 5, to]], stroke: ink.frame, width: 1, dash: [] }));
  const small = (layout.small ?? []).flatMap(({ segments, labels }) => [
    ...segments.map((segment) => segmentFrame(ink, segment)),
    ...labels.map((label) => ({ ...label, type: "text", fill: ink.text, align: "left" })),
  ]);
  return [...leaders, ...small];
}
