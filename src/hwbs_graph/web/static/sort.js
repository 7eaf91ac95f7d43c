// Lets a reader order a table by a column. Without this script each table stays as it was answered.
const compareWords = new Intl.Collator("en-GB", { numeric: true }).compare;

const readFigure = (text) => Number(text.replaceAll(",", ""));

// Cells without a word come last, whichever way; equal ones stay in the order they were answered in.
function compareRows(column, isFigures, down) {
  const textOf = (row) => row.cells[column].textContent.trim();
  const compare = isFigures ? (one, other) => readFigure(one) - readFigure(other) : compareWords;
  return (one, other) => {
    const [first, second] = [textOf(one), textOf(other)];
    if (!first || !second) return Number(!first) - Number(!second);
    return down ? compare(second, first) : compare(first, second);
  };
}

function sortBy(table, head) {
  const [body] = table.tBodies;
  const rows = [...body.rows];
  const down = head.getAttribute("aria-sort") === "ascending";
  const cells = rows.map((row) => row.cells[head.cellIndex]).filter((cell) => cell.textContent.trim());
  const isFigures = cells.length > 0 && cells.every((cell) => cell.classList.contains("figure"));
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  body.append(...rows.sort(compareRows(head.cellIndex, isFigures, down)));
}

for (const table of document.querySelectorAll(".scroll table")) {
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sortBy(table, head));
    head.append(button);
  }
}
