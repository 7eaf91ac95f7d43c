// How boxes and lines look, and how much room they need.

// More actions than this are drawn as numbered pills; up to this many as full text.
export const FULL_TEXT_LIMIT = 20;
export const MARGIN = 8;
export const HEADING_ROOM = 24;
export const MARK_ROOM = 17;

// min (tight beside full text), max and share of the spare width; sizes are tried from the largest;
// padY is the least, roomy what a box may gain above and below when height is to spare. All in pixels.
export const STYLES = {
  block: { min: 80, tight: 80, max: 170, grow: 1, sizes: [20, 19, 18, 17, 16, 15, 14], bold: true, padX: 6, padY: 6, gap: 8, roomy: 6 },
  box: { min: 230, tight: 150, max: 520, grow: 7, sizes: [17, 16, 15, 14, 13, 12], padX: 7, padY: 1, gap: 3, roomy: 4 },
  full: { min: 262, tight: 262, max: 680, grow: 30, sizes: [16, 15, 14, 13], padX: 7, padY: 1, gap: 3, roomy: 5 },
  shared: { min: 236, tight: 166, max: 400, grow: 5, sizes: [17, 16, 15, 14, 13, 12], padX: 6, padY: 0, gap: 1, roomy: 3 },
  pill: { sizes: [13], bold: true, padX: 6 },
};
// What the back row can read.
export const READABLE = 18;
// Tried first where the back row has to read it.
export const LARGE_SIZES = [28, 26, 24, 22, 21, 20, 19, 18];
export const GAP = { min: 16, max: 90, grow: 1 };
export const BUSY_GAP = { min: 40, max: 240, grow: 2 };

// Printed links are solid; what a person or a rule adds is not.
export const DASHES = { printed: [], suggested: [6, 4], inferred: [2, 3] };
