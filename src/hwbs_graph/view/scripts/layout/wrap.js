// Text into lines of a measured width. `measure(text, font)` gives pixels.

export function fontOf(size, bold, face = FACE) {
  return `${bold ? "700 " : ""}${size}px ${face}`;
}

// The same faces as the style sheet: canvas does not inherit.
export const FACE = '"Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif';

export function wrapText(text, width, font, measure) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (measure(longer, font) <= width) line = longer;
    else {
      if (line) lines.push(line);
      line = breakWord(word, width, font, measure, lines);
    }
  }
  if (line) lines.push(line);
  return lines.length ? lines : [""];
}

// A word wider than its box is broken between characters: better than running into the next column.
function breakWord(word, width, font, measure, lines) {
  let rest = Array.from(word);
  while (rest.length > 1 && measure(rest.join(""), font) > width) {
    const fits = fittingLength(rest, width, font, measure);
    lines.push(rest.slice(0, fits).join(""));
    rest = rest.slice(fits);
  }
  return rest.join("");
}

function fittingLength(characters, width, font, measure) {
  let low = 1;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(characters.slice(0, middle).join(""), font) <= width) low = middle;
    else high = middle - 1;
  }
  return low;
}

// `text` as far as it fits, with dots for what does not.
export function cutText(text, room, font, measure) {
  let kept = Array.from(text);
  while (kept.length > 1 && measure(`${kept.join("")}…`, font) > room) kept = kept.slice(0, -1);
  return `${kept.join("").trimEnd()}…`;
}
