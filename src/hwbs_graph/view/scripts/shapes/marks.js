// What shapes of all pictures share: where a line of text stands, and the signs.

// From the middle of a line of text down to its baseline, as a share of its size.
export const BASELINE = 0.35;

// What stands for a hue where a reader's own colours take its place.
export const HUE_SIGNS = ["●", "▲", "■", "◆", "★", "✚", "◐", "▼", "◇"];

const SIGNS = { diamond: [[0, -5], [5, 0], [0, 5], [-5, 0]], triangle: [[0, -5], [5, 4], [-5, 4]] };

export function signShape(ink, sign, x, y) {
  return { type: "polygon", points: SIGNS[sign].map(([dx, dy]) => [x + dx, y + dy]), fill: ink.text };
}
