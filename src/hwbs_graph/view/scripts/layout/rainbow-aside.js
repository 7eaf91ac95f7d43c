// What stands beside and below the large rainbow: the names that it cut short, and the other plans in small.
import { depthOf } from "../record/coverage.js";
import { besideWords } from "../record/rainbow.js";
import { MARGIN } from "./styles.js";
import { fontOf, wrapText } from "./wrap.js";

const GAP = 4;
// The small rainbows of other plans: at least so high, and so wide where they stand at the side.
export const SMALL = { height: 74, wide: 200, size: 14 };

// Every name that its segment cut short, whole, behind the number that the segment has. A wall has no room for them.
export function placeNames({ large, measure }, { size: wanted }, boxes, { width, top }) {
  const cut = large ? [] : boxes.filter((box) => box.lines.join(" ") !== box.full);
  if (!cut.length) return { labels: [], bottom: top };
  const size = Math.max(13, wanted);
  const tall = Math.round(size * 1.4);
  const names = cut.map(({ full }) => full.replaceAll(" ", "\u00a0")).join("; ");
  const lines = wrapText(`In full: ${names}.`, width - 2 * MARGIN, fontOf(size, false), measure);
  const labels = lines.map((text, row) => ({ x: MARGIN, y: top + GAP + (row + 0.5) * tall + size * 0.35, size, bold: false, text: text.replaceAll("\u00a0", " ") }));
  return { labels, bottom: top + GAP + lines.length * tall };
}

// Beside the large one, or below it in a row.
export function placeOthers({ model, rainbow, measure }, { width, bottom, atSide, room }) {
  const { others, unseen } = rainbow;
  const each = atSide ? { w: SMALL.wide, h: Math.min(SMALL.wide / 2 + 60, (room.height - MARGIN) / others.length) } : { w: (width - MARGIN) / others.length, h: 0 };
  const items = others.map((other, at) => {
    const place = atSide ? { x: width, y: MARGIN + at * each.h } : { x: MARGIN + at * each.w, y: bottom + MARGIN };
    const more = unseen && at === others.length - 1 ? `; and ${unseen} more plans` : "";
    const lines = wrapText(besideWords(model, other) + more, each.w - MARGIN, fontOf(SMALL.size, false), measure);
    const words = lines.length * SMALL.size * 1.25;
    const radius = Math.max(SMALL.height / 2, Math.min(each.w / 2 - MARGIN, atSide ? each.h - words - MARGIN : 110));
    return smallRainbow(other, { x: place.x + radius, y: place.y + radius }, radius, { x: place.x, lines });
  });
  return { items, width: atSide ? SMALL.wide + MARGIN : 0, bottom: Math.max(...items.map((item) => item.bottom)) + MARGIN };
}

function smallRainbow({ rings }, centre, radius, { x, lines }) {
  const segments = rings.flatMap(({ rows }, at) => rows.map((row, place) => ({
    arc: { ...centre, r1: (radius * at) / rings.length, r2: (radius * (at + 1)) / rings.length, from: -0.25 + (0.5 * place) / rows.length, to: -0.25 + (0.5 * (place + 1)) / rows.length },
    depth: depthOf(row.total), isGap: row.gap, suggested: false,
  })));
  const tall = SMALL.size * 1.25;
  const labels = lines.map((text, row) => ({ x, y: centre.y + 4 + (row + 0.5) * tall + SMALL.size * 0.35, size: SMALL.size, bold: false, text }));
  return { segments, labels, bottom: centre.y + 4 + lines.length * tall };
}
