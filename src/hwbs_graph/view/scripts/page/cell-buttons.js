// The cells of a table of numbers: each is a button that shows which, and lights its row and column.
//
// A cell knows its place by data-row and data-head. Cells are no tab stops: Tab goes from
// name to name, and the arrow keys walk from a name into its row and on.

const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export function cellButton(words) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", tabIndex: -1, className: "cell", textContent: words });
  if (!words) button.setAttribute("aria-label", "none");
  return button;
}

export function wakeCells(table, actions) {
  table.addEventListener("click", (event) => pressCell(event, actions));
  table.addEventListener("keydown", (event) => walkCells(table, event));
  table.addEventListener("pointerover", (event) => lightCross(table, event.target.closest("td[data-row]"), "pointed"));
  table.addEventListener("pointerleave", () => lightCross(table, null, "pointed"));
}

function pressCell(event, actions) {
  const cell = event.target.closest(".cell")?.closest("td");
  if (!cell) return;
  const { row, head } = cell.dataset;
  actions.change({ selected: Number(row), at: head === undefined ? null : Number(head) });
}

function walkCells(table, event) {
  const step = ARROWS[event.key];
  const cell = event.target.closest("td, th");
  if (!step || !cell || event.ctrlKey || event.altKey || event.metaKey) return;
  const rows = [...table.querySelectorAll("tbody tr, thead tr:last-child")];
  const at = rows.indexOf(cell.parentElement);
  const next = at < 0 ? null : buttonBeyond(rows, at, cell.cellIndex, step);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// The nearest button in that direction; rows without one, such as headings, are passed over.
function buttonBeyond(rows, at, column, [down, right]) {
  let [row, place] = [at + down, column + right];
  while (rows[row] && place >= 0) {
    const cell = rows[row].cells[place];
    const button = cell?.querySelector("button");
    if (button || !down) return button ?? null;
    row += down;
    place = column;
  }
  return null;
}

// The row of a cell is lit by "name", its column by "name-down"; null puts both out.
function lightCross(table, cell, name) {
  const { row = "", head = "" } = cell?.dataset ?? {};
  markCells(table, name, row && `td[data-row="${row}"]`);
  markCells(table, `${name}-down`, head && `td[data-head="${head}"]`);
}

export function markCells(table, name, wanted) {
  for (const lit of table.querySelectorAll(`.${name}`)) lit.classList.remove(name);
  for (const cell of wanted ? table.querySelectorAll(wanted) : []) cell.classList.add(name);
}
