// The grid: who is named in how many actions under which heading, as a real table.
import { cutText, fontOf, wrapText } from "../layout/wrap.js";
import { countGrid, gridCaption } from "../record/grid.js";
import { shortName } from "../record/model.js";
import { cellButton, wakeCells } from "./cell-buttons.js";
import { byId, isolate, makeButton, makeElement, pickButton, signFor } from "./dom.js";
import { makeMeasure } from "./map.js";

const UPRIGHT = { width: 196, size: 13, measure: makeMeasure() };

export function renderGrid({ model, shown, sharedColumn, actions }) {
  const { pick } = actions;
  const grid = countGrid(model, shown, sharedColumn);
  const place = byId("grid");
  if (!grid) {
    place.replaceChildren(makeElement("p", { class: "nothing" }, "This plan names no partners or determinants here, so there is no grid to show."));
    return;
  }
  const table = makeElement("table", {}, makeElement("caption", {}, gridCaption(model, shown, grid)), gridHead(model, grid, pick), gridBody(model, grid, pick));
  wakeCells(table, actions);
  place.replaceChildren(table);
}

function gridHead(model, grid, pick) {
  const corner = makeElement("td", { rowspan: grid.groups.length ? 2 : 1 });
  const total = makeElement("th", { scope: "col", rowspan: grid.groups.length ? 2 : 1, class: "total" }, "All");
  const heads = grid.heads.ids.map((id) => headCell(model, id, pick));
  if (!grid.groups.length) return makeElement("thead", {}, makeElement("tr", {}, corner, ...heads, total));
  const groups = grid.groups.map((group) => groupCell(model, group, pick));
  return makeElement("thead", {}, makeElement("tr", {}, corner, ...groups, total), makeElement("tr", {}, ...heads));
}

function groupCell(model, { id, span }, pick) {
  const hue = id === null ? 0 : model.nodes[id].hue;
  const content = id === null ? "No theme" : pickButton(id, model.nodes[id].name, pick);
  return makeElement("th", { scope: "colgroup", colspan: span, class: `theme hue-${hue}` }, content);
}

function headCell(model, id, pick) {
  const node = model.nodes[id];
  const pickable = makeButton({ "data-pick": id, "aria-pressed": "false" }, () => pick(id), ...uprightWords(shortName(node)));
  return makeElement("th", { scope: "col", class: `upright hue-${node.hue}` }, pickable);
}

// Two lines fit beside each other; a longer name is cut for the eye only.
export function uprightWords(name) {
  const [room, font, measure] = [UPRIGHT.width, fontOf(UPRIGHT.size), UPRIGHT.measure];
  const lines = wrapText(name, room, font, measure);
  if (lines.length <= 2) return [isolate(lines.join("\n"))];
  const seen = makeElement("span", { "aria-hidden": "true" }, isolate(`${lines[0]}\n${cutText(lines[1], room, font, measure)}`));
  return [seen, makeElement("span", { class: "unseen" }, isolate(name))];
}

function gridBody(model, grid, pick) {
  const sign = () => signFor(grid.sharedColumn);
  return makeElement("tbody", {}, ...grid.rows.map((row) => {
    const name = makeButton({ "data-pick": row.id, "aria-pressed": "false" }, () => pick(row.id), sign(), isolate(model.nodes[row.id].name));
    const cells = row.cells.map((count, index) => gridCell(model, row.id, grid.heads.ids[index], count));
    return makeElement("tr", {}, makeElement("th", { scope: "row" }, name), ...cells, makeElement("td", { class: "total", "data-row": row.id }, cellButton(String(row.total))));
  }));
}

// Darker with more; four or more is the full colour.
function gridCell(model, row, head, count) {
  const depth = Math.min(count, 4);
  return makeElement("td", { class: `hue-${model.nodes[head].hue} depth-${depth}`, "data-row": row, "data-head": head }, cellButton(count ? String(count) : ""));
}
