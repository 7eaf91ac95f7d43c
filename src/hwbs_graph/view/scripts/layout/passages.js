// How a line passes the columns between its ends: in the nearest gap between their boxes, never behind one.

// The least height of a gap, and how far above the first box and below the last a line passes.
const LEAST = 2;
const OUTSIDE = 3;

// Each link that leaps over columns with `via`: [{from, to, y}], the columns' edges and the height at which it passes.
export function passColumns(boxes, links) {
  const columns = [];
  for (const box of boxes) (columns[box.column] ||= { from: box.from, to: box.to, boxes: [] }).boxes.push(box);
  for (const column of columns.filter(Boolean)) column.gaps = gapsOf(column.boxes);
  const boxOf = new Map(boxes.map((box) => [box.id, box]));
  return links.map((link) => {
    const [from, to] = [boxOf.get(link.from), boxOf.get(link.to)];
    const leapt = columns.slice(from.column + 1, to.column).filter(Boolean);
    return leapt.length ? { ...link, via: leapt.map((column) => passage(column, from, to)) } : link;
  });
}

function gapsOf(boxes) {
  const sorted = [...boxes].sort((a, b) => a.y - b.y);
  const gaps = [sorted[0].y - OUTSIDE];
  let bottom = sorted[0].y;
  for (const box of sorted) {
    if (box.y - bottom >= LEAST) gaps.push((bottom + box.y) / 2);
    bottom = Math.max(bottom, box.y + box.h);
  }
  return [...gaps, bottom + OUTSIDE];
}

function passage({ from, to, gaps }, start, end) {
  const [y1, y2] = [start.y + start.h / 2, end.y + end.h / 2];
  const straight = y1 + ((y2 - y1) * ((from + to) / 2 - start.to)) / (end.from - start.to);
  const y = gaps.reduce((best, gap) => (Math.abs(gap - straight) < Math.abs(best - straight) ? gap : best));
  return { from, to, y };
}
