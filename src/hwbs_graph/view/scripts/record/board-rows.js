// The rows of the table of many boards: which a name fits, and in which order they stand.

// Every word typed has to stand somewhere in the name, in whatever order, accents or not.
export function isNamed(name, typed) {
  const folded = foldName(name);
  return foldName(typed).split(" ").every((word) => folded.includes(word));
}

function foldName(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/\s+/g, " ").trim();
}

// Names from A, counts from the most; a second time the other way round. Ties stay as they were.
export function nextOrder(kind, current) {
  const [first, second] = kind === "text" ? ["ascending", "descending"] : ["descending", "ascending"];
  return current === first ? second : first;
}

export function sortRows(rows, kind, order) {
  const compare = kind === "text" ? (a, b) => a.value.localeCompare(b.value, "en") : (a, b) => a.value - b.value;
  const sign = order === "ascending" ? 1 : -1;
  return [...rows].sort((a, b) => sign * compare(a, b) || a.place - b.place);
}
