// The segment of a ring as a place: its points, its bounds, and the words in it.
import { cutText, fontOf, wrapText } from "./wrap.js";

const PAD = 4;
// So many letters of a name's first word, or none.
const LEAST = 4;
// A name does not end in these, nor in a comma.
const DANGLING = /(,|\s+(and|or|of|the|in|to|for|&))+$/;

// Level words where they fit; else they run from the centre outwards, and on the left towards it.
export function fitWords(text, arc, { size, leading }, measure) {
  const font = fontOf(size, true);
  const turn = (arc.from + arc.to) / 2;
  const level = levelLines(text, arc, leading, font, measure);
  const lines = level ?? turnedLines(text, arc, leading, font, measure);
  const widths = lines.map((line) => measure(line, font));
  const angle = level ? 0 : turn * 360 + (turn < 0 ? 90 : -90);
  const [mark] = text.split("\u00a0");
  return { lines, widths, turn: angle, middle: middleOfArc(arc), markWide: measure(`${mark}\u00a0`, font) };
}

// As many lines as stand beside each other where the segment is narrowest; of a name that is longer, its first
// words, or its number alone.
function turnedLines(text, { r1, r2, from, to }, leading, font, measure) {
  const room = r2 - r1 - 2 * PAD + 1;
  const most = Math.max(1, Math.floor((2 * Math.PI * r1 * (to - from) - 1) / leading));
  const [mark] = text.split("\u00a0");
  const words = text.split(" ");
  for (let kept = words.length; kept > 0; kept -= 1) {
    const part = kept === words.length ? text : `${words.slice(0, kept).join(" ").replace(DANGLING, "")}…`;
    const lines = wrapText(part, room, font, measure);
    if (part !== `${mark}…` && lines.length <= most && lines.join(" ") === part) return lines;
  }
  const stem = cutText(words[0], room, font, measure);
  if (stem.length > mark.length + 1 + LEAST) return [stem];
  return [measure(mark, font) <= room ? mark : ""];
}

export function limitedLines(text, room, most, font, measure) {
  const words = text.split(" ").map((word) => (measure(word, font) > room ? cutText(word, room, font, measure) : word));
  const lines = wrapText(words.join(" "), room, font, measure);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), cutText(lines.slice(most - 1).join(" "), room, font, measure)];
}

function levelLines(text, arc, leading, font, measure) {
  const long = Math.max(arc.r2 - arc.r1, Math.PI * (arc.r1 + arc.r2) * (arc.to - arc.from));
  const least = Math.max(...text.split(" ").map((word) => measure(word, font)));
  for (const share of [1, 0.8, 0.65, 0.5, 0.4]) {
    const width = long * share;
    if (width < least) return null;
    const lines = wrapText(text, width, font, measure);
    const half = { x: Math.max(...lines.map((line) => measure(line, font))) / 2 + 3, y: (lines.length * leading) / 2 + 1 };
    if (cornersInside(arc, half)) return lines;
  }
  return null;
}

function cornersInside(arc, { x, y }) {
  const middle = middleOfArc(arc);
  const points = [-1, 0, 1].flatMap((across) => [-1, 1].map((down) => ({ x: middle.x + across * x, y: middle.y + down * y })));
  return points.every((point) => isInArc(arc, point));
}

export function isInArc({ x: cx, y: cy, r1, r2, from, to }, { x, y }) {
  const far = Math.hypot(x - cx, y - cy);
  const turn = Math.atan2(x - cx, cy - y) / (2 * Math.PI);
  return far >= r1 && far <= r2 && turn >= from && turn <= to;
}

export function pointOnArc({ x, y }, r, turn) {
  return { x: x + r * Math.sin(turn * 2 * Math.PI), y: y - r * Math.cos(turn * 2 * Math.PI) };
}

export function middleOfArc(arc) {
  return pointOnArc(arc, (arc.r1 + arc.r2) / 2, (arc.from + arc.to) / 2);
}

export function boundsOf(arc) {
  const turns = [arc.from, (arc.from + arc.to) / 2, arc.to];
  const points = [arc.r1, arc.r2].flatMap((r) => turns.map((turn) => pointOnArc(arc, r, turn)));
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, w: Math.max(...xs) - x, h: Math.max(...ys) - y };
}
