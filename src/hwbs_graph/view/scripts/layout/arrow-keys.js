// Where an arrow key leads on the map.

const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

export function walkFrom(layout, id, key) {
  const here = layout.boxes.find((box) => box.id === id);
  if (!here) return layout.boxes[0]?.id ?? null;
  if (layout.segments) return alongRing(layout, here, key);
  if (layout.free) return nearestBeside(layout, here, key);
  if (key in STEPS) return alongColumn(layout, here, STEPS[key]);
  return alongLine(layout, here, key === "ArrowRight" ? ["from", "to"] : ["to", "from"]);
}

const RINGS = { ArrowUp: 1, ArrowDown: -1 };

// Among segments left and right go round a ring, up and down to the next one, to what stands nearest.
function alongRing(layout, here, key) {
  if (!(key in RINGS)) return alongColumn(layout, here, STEPS[key] ?? (key === "ArrowRight" ? 1 : -1));
  const next = layout.boxes.filter((box) => box.column === here.column + RINGS[key]);
  const far = (box) => Math.hypot(box.middle.x - here.middle.x, box.middle.y - here.middle.y);
  return next.sort((a, b) => far(a) - far(b))[0]?.id ?? here.id;
}

const DIRECTIONS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

// Among circles, the nearest in that direction: far aside counts twice.
function nearestBeside(layout, here, key) {
  if (!(key in DIRECTIONS)) return layout.boxes.at(key === "Home" ? 0 : -1).id;
  const [dx, dy] = DIRECTIONS[key];
  const far = (box) => {
    const [x, y] = [box.x + box.w / 2 - here.x - here.w / 2, box.y + box.h / 2 - here.y - here.h / 2];
    const along = x * dx + y * dy;
    return along > 1 ? along + 2 * Math.abs(x * dy + y * dx) : Infinity;
  };
  const [next] = layout.boxes.filter((box) => box !== here && far(box) < Infinity).sort((a, b) => far(a) - far(b));
  return next?.id ?? here.id;
}

function alongColumn(layout, here, step) {
  const column = layout.boxes.filter((box) => box.column === here.column);
  const row = Math.max(0, Math.min(column.length - 1, here.row + step));
  return column[row].id;
}

// Of all lines in that direction, the one that leads least far up or down.
function alongLine(layout, here, [start, end]) {
  const linked = new Set(layout.links.filter((link) => link[start] === here.id).map((link) => link[end]));
  const there = layout.boxes.filter((box) => linked.has(box.id));
  const far = (box) => Math.abs(box.y + box.h / 2 - here.y - here.h / 2);
  return there.sort((a, b) => far(a) - far(b))[0]?.id ?? here.id;
}

// Everything on a path through the box: what leads to it and what it leads to.
export function lineOnMap(layout, id) {
  if (!layout.boxes.some((box) => box.id === id)) return null;
  if (layout.free) return new Set([id, ...layout.links.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []))]);
  return new Set([...followLinks(layout.links, id, "from", "to"), ...followLinks(layout.links, id, "to", "from")]);
}

function followLinks(links, id, start, end) {
  const found = new Set([id]);
  for (const each of found) links.filter((link) => link[start] === each).forEach((link) => found.add(link[end]));
  return found;
}
