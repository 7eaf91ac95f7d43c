// What lies under the pointer on the map: a box, or else the line that passes nearest.
import { isInArc } from "../layout/arc-places.js";
import { tieSteps } from "./network-shapes.js";
import { curveBetween } from "./shapes.js";

// How near a line the pointer has to be, and into how many pieces a curve is cut to find that out.
const NEAR = 5;
const PIECES = 20;

export function boxUnder(layout, { x, y }) {
  return layout.boxes.find((box) => x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h && (!box.arc || isInArc(box.arc, { x, y }))) ?? null;
}

// The link nearest to a point, or null where none is near.
export function linkUnder(layout, point) {
  const boxOf = new Map(layout.boxes.map((box) => [box.id, box]));
  const far = (link) => {
    const [from, to] = [boxOf.get(link.from), boxOf.get(link.to)];
    return layout.free ? distanceToTie(tieSteps(from, to), point) : distanceTo(curveBetween(from, to, link.via), point);
  };
  const near = layout.links.map((link) => ({ link, far: far(link) })).filter((each) => each.far <= NEAR);
  return near.sort((a, b) => a.far - b.far)[0]?.link ?? null;
}

function distanceToTie([[, x1, y1], [, x2, y2]], { x, y }) {
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / Math.max(1, (x2 - x1) ** 2 + (y2 - y1) ** 2);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x1 + t * (x2 - x1) - x, y1 + t * (y2 - y1) - y);
}

// From the steps of `curveBetween`: straight and curved by turns.
function distanceTo([[, x0, y0], ...steps], point) {
  let [x, y, least] = [x0, y0, Infinity];
  for (const [kind, ...numbers] of steps) {
    const [endX, endY] = numbers.slice(-2);
    if (point.x >= Math.min(x, endX) - NEAR && point.x <= Math.max(x, endX) + NEAR) {
      least = Math.min(least, kind === "L" ? distanceToTie([["M", x, y], ["L", endX, endY]], point) : distanceToCurve([x, y], numbers, point));
    }
    [x, y] = [endX, endY];
  }
  return least;
}

function distanceToCurve([x0, y0], [x1, y1, x2, y2, x3, y3], { x, y }) {
  if (y < Math.min(y0, y3) - NEAR || y > Math.max(y0, y3) + NEAR) return Infinity;
  let least = Infinity;
  for (let piece = 0; piece <= PIECES; piece += 1) {
    const t = piece / PIECES;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    least = Math.min(least, Math.hypot(a * x0 + b * x1 + c * x2 + d * x3 - x, a * y0 + b * y1 + c * y2 + d * y3 - y));
  }
  return least;
}
