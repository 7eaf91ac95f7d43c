// Paper: its faces, colours and sizes.

// Faces of the same widths on every system, so that text measured here fits there.
export const PRINT_FACE = 'Arial, Helvetica, "Liberation Sans", sans-serif';
// The light colours of the style sheet (a test holds them together): paper is never dark.
export const LIGHT = {
  hues: ["#3d4854", "#117777", "#9933ff", "#dd3300", "#221188", "#660022", "#4d6b00", "#b3007a", "#8a5000"],
  text: "#14191f", quiet: "#4a5563", frame: "#7d8894", paper: "#ffffff", ring: "#0b57d0",
};
// Landscape within margins of 10 mm, in CSS pixels, 96 to the inch: a pixel is 3/4 pt on paper.
export const PAPERS = { A3: { width: 1512, height: 1047 }, A4: { width: 1047, height: 718 } };
export const SHEET = { title: 22, small: 13, pad: 6, lines: 2 };

export function lineHeight(size) {
  return Math.round(size * 1.35);
}
