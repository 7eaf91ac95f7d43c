// The page of many boards: a field narrows its table by name, and its heads sort it. The table is in
// the page already.
import { isNamed, nextOrder, sortRows } from "./record/board-rows.js";

function wakeBoards() {
  document.documentElement.classList.add("script");
  const table = document.getElementById("boards");
  if (!table) return;
  const field = document.getElementById("narrow");
  field.addEventListener("input", () => narrowBoards(table, field.value));
  table.querySelectorAll("[data-sort]").forEach((head) => wakeHead(table, head));
}

function bodyRows(table) {
  return [...table.tBodies[0].rows];
}

function narrowBoards(table, typed) {
  const rows = bodyRows(table);
  for (const row of rows) row.hidden = !isNamed(row.cells[0].textContent, typed);
  const left = rows.filter((row) => !row.hidden).length;
  document.getElementById("narrowed").textContent = typed.trim() ? `${left} of ${rows.length} shown` : "";
  document.getElementById("none").hidden = left > 0;
}

// The heads are plain words without JavaScript, because then they would do nothing.
function wakeHead(table, head) {
  const sort = document.createElement("button");
  sort.type = "button";
  sort.append(...head.childNodes);
  sort.addEventListener("click", () => sortBy(table, head));
  head.append(sort);
}

function sortBy(table, head) {
  const kind = head.dataset.sort;
  const order = nextOrder(kind, head.getAttribute("aria-sort"));
  const value = (row) => (kind === "text" ? row.cells[0].textContent : Number(row.cells[head.cellIndex].dataset.count));
  const rows = bodyRows(table).map((row, place) => ({ row, place, value: value(row) }));
  table.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", order);
  table.tBodies[0].append(...sortRows(rows, kind, order).map(({ row }) => row));
}

wakeBoards();
