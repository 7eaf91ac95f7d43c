// Where an arrow key leads on the map.

const STEPS = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };

export function walkFrom(layout, id, key) {
  const here = layout.boxes.find((box) => box.id === id);
  if (!here) return layout.boxes[0]?.id ?? null;
  if (key in STEPS) return alongColumn(layout, here, STEPS[key]);
  return alongLine(layout, here, key === "ArrowRight" ? ["from", "to"] : ["to", "from"]);
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
  return new Set([...followLinks(layout.links, id, "from", "to"), ...followLinks(layout.links, id, "to", "from")]);
}

function followLinks(links, id, start, end) {
  const found = new Set([id]);
  for (const each of found) links.filter((link) => link[start] === each).forEach((link) => found.add(link[end]));
  return found;
}
