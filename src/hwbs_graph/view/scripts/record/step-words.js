// The words of a step: numbers, shares and whole sentences on one line.

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

export function numberWord(count) {
  return NUMBERS[count] ?? String(count);
}

export function shareWords(part, whole) {
  return part === whole ? `all ${numberWord(whole)}` : `${numberWord(part)} of ${numberWord(whole)}`;
}

export function isOrAre(count) {
  return count === 1 ? "is" : "are";
}

// How many links no document prints, so that a picture is not taken for one.
export function notPrintedWords(links) {
  const count = links.filter((link) => link.provenance !== "printed").length;
  if (!count) return "";
  if (count === links.length) return `; ${count === 1 ? "this link is" : "these links are"} suggested, not printed`;
  return `; ${numberWord(count)} of the ${numberWord(links.length)} links ${isOrAre(count)} not printed`;
}

export function asSentence(text) {
  return text && `${text.replace(/^./u, (letter) => letter.toUpperCase())}.`;
}

// Invisible characters would turn the direction of reading; `limit` counts characters, dots included.
export function onOneLine(text, limit = 400) {
  const line = Array.from(text.replace(/\p{Cf}/gu, "").replace(/\s+/g, " ").trim());
  return line.length <= limit ? line.join("") : `${line.slice(0, limit - 1).join("").trimEnd()}…`;
}
