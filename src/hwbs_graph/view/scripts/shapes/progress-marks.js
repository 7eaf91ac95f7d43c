// How an element stands, as a shape on the corner of its box: a traffic light that needs no colour. The words stand in the
// key, in the panel, and in boxes that have their wording.

const SIZE = 5.5;

// By the words of the scheme; what it does not know is a diamond.
const MARKS = {
  complete: ({ x, y }) => [stroke([[x - 4, y], [x - 1, y + 3.5], [x + 4.5, y - 3.5]], 2.6)],
  "on track": ({ x, y, ink }) => [disc(x, y, 4.5, ink.text)],
  "some risk": ({ x, y, ink }) => [polygon([[x, y - SIZE], [x + SIZE, y + 4], [x - SIZE, y + 4]], ink)],
  "off track": ({ x, y, ink }) => [polygon([[x - 4.5, y - 4.5], [x + 4.5, y - 4.5], [x + 4.5, y + 4.5], [x - 4.5, y + 4.5]], ink)],
  "not started": ({ x, y, ink }) => [{ ...disc(x, y, 4.2, ink.paper), stroke: ink.text, width: 1.8, dash: [] }],
  stopped: ({ x, y }) => [stroke([[x - 4, y - 4], [x + 4, y + 4]], 2.6), stroke([[x - 4, y + 4], [x + 4, y - 4]], 2.6)],
};

export function progressMark(ink, words, x, y) {
  const make = Object.hasOwn(MARKS, words) ? MARKS[words] : () => [polygon([[x, y - SIZE], [x + SIZE, y], [x, y + SIZE], [x - SIZE, y]], ink)];
  return make({ x, y, ink }).map((shape) => (shape.type === "path" ? { ...shape, stroke: ink.text } : shape));
}

// On the upper left corner of each box; the room's own marks stand on the right.
export function progressShapes({ model, layout, ink }) {
  const marked = layout.boxes.filter((box) => model?.nodes[box.id].progress && !box.circle);
  return marked.flatMap((box) => [
    { ...disc(box.x + 3, box.y + 1, 9, ink.paper), stroke: ink.text, width: 1.4, dash: [] },
    ...progressMark(ink, model.nodes[box.id].progress, box.x + 3, box.y + 1),
  ]);
}

// The words of all that is marked, in the order of the scheme.
export function progressWords(model, ids) {
  const found = new Set([...ids].map((id) => model.nodes[id].progress).filter(Boolean));
  const known = Object.keys(MARKS).filter((words) => found.has(words));
  return [...known, ...[...found].filter((words) => !known.includes(words))];
}

function disc(x, y, r, fill) {
  return { type: "rect", x: x - r, y: y - r, w: 2 * r, h: 2 * r, r, fill };
}

function polygon(points, ink) {
  return { type: "polygon", points, fill: ink.text };
}

function stroke(points, width) {
  return { type: "path", steps: points.map(([x, y], at) => [at ? "L" : "M", x, y]), width, dash: [] };
}
