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
    return layout.free ? distanceToTie(tieSteps(from, to), point) : distanceTo(curveBetween(from, to), point);
  };
  const near = layout.links.map((link) => ({ link, far: far(link) })).filter((each) => each.far <= NEAR);
  return near.sort((a, b) => a.far - b.far)[0]?.link ?? null;
}

function distanceToTie([[, x1, y1], [, x2, y2]], { x, y }) {
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / Math.max(1, (x2 - x1) ** 2 + (y2 - y1) ** 2);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x1 + t * (x2 - x1) - x, y1 + t * (y2 - y1) - y);
}

// From the steps of `curveBetween`: straight, curved, straight.
function distanceTo([[, x1, y1], [, x2], [, c1, , c2, , x3, y3], [, x4]], { x, y }) {
  if (x < x1 || x > x4 || y < Math.min(y1, y3) - NEAR || y > Math.max(y1, y3) + NEAR) return Infinity;
  if (x <= x2) return Math.abs(y - y1);
  if (x >= x3) return Math.abs(y - y3);
  let least = Infinity;
  for (let piece = 0; piece <= PIECES; piece += 1) {
    const t = piece / PIECES;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    const [px, py] = [a * x2 + b * c1 + c * c2 + d * x3, (a + b) * y1 + (c + d) * y3];
    least = Math.min(least, Math.hypot(px - x, py - y));
  }
  return least;
}
