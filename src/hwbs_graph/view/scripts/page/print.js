// The picture on paper, and behind it the list of what is shown, where the picture is of one plan.
import { PICTURES, pictureFor } from "../record/pictures.js";
import { drawingFor } from "../shapes/drawings.js";
import { LIGHT, PAPERS } from "../shapes/paper.js";
import { makeSheet, sheetSvg } from "../shapes/sheet.js";
import { byId, makeButton, makeElement } from "./dom.js";
import { printMeasure } from "./export.js";
import { showInList } from "./list.js";

// More pages than this are printed only if a person says so.
export const MOST_PAGES = 10;

export function printView(page, paper) {
  const parts = pictureFor(page.state.view).paper;
  const pages = parts === "picture" ? 1 : countPages(page, paper) + (parts === "both" ? 1 : 0);
  if (pages <= MOST_PAGES) return printParts(page, paper, parts);
  askBefore(page, paper, parts, pages);
}

// The list laid out at the width of the paper, out of sight.
function countPages(page, paper) {
  const list = byId("list");
  const { hidden } = list;
  const { width, height } = PAPERS[paper];
  showInList(page.model, page.shown);
  list.hidden = false;
  list.classList.add("measured", paper);
  list.style.width = `${width}px`;
  const pages = Math.ceil(list.offsetHeight / height);
  list.classList.remove("measured", paper);
  list.style.width = "";
  list.hidden = hidden;
  return pages;
}

function askBefore(page, paper, parts, pages) {
  const dialog = byId("ask");
  dialog.onclose = null;
  const answer = (chosen) => () => {
    dialog.close();
    printParts(page, paper, chosen);
  };
  const picture = parts === "both" ? makeButton({}, answer("picture"), "Print the picture alone") : null;
  dialog.replaceChildren(
    makeElement("p", {}, `The ${parts === "both" ? "picture and the list of what it shows" : "list"} would take about ${pages} pages of ${paper}. A filter makes it shorter.`),
    makeElement("div", { class: "buttons" }, ...[picture, makeButton({}, answer(parts), `Print about ${pages} pages`), makeButton({}, () => dialog.close(), "Cancel")].filter(Boolean)));
  dialog.showModal();
}

function printParts(page, paper, parts) {
  preparePrint(page, paper, parts);
  window.print();
}

function preparePrint(page, paper, parts) {
  clearPrint();
  showInList(page.model, page.shown);
  document.body.prepend(printHead(page, paper, parts));
  document.documentElement.classList.add(`print-${paper}`, `print-${parts}`);
}

function printHead(page, paper, parts) {
  const drawing = drawingFor(page.model, page.state, page.shown);
  const frame = makeElement("section", { id: "print-picture", "aria-label": "Picture" });
  if (parts === "list") frame.append(makeElement("p", { class: "print-title" }, drawing.title), makeElement("p", {}, drawing.subtitle));
  else frame.append(pictureNode(drawing, paper));
  return frame;
}

function pictureNode(drawing, paper) {
  const sheet = makeSheet(drawing, PAPERS[paper], LIGHT, printMeasure());
  return document.importNode(new DOMParser().parseFromString(sheetSvg(sheet), "image/svg+xml").documentElement, true);
}

function clearPrint() {
  byId("print-picture")?.remove();
  const { classList } = document.documentElement;
  classList.remove(...Object.keys(PAPERS).map((paper) => `print-${paper}`), ...new Set(PICTURES.map(({ paper: parts }) => `print-${parts}`)));
}

// The browser's own Print cannot be asked: a long list stays away from it, unless the list is on show.
export function wakePrint(page) {
  addEventListener("beforeprint", () => {
    if (byId("print-picture")) return;
    const parts = pictureFor(page.state.view).paper;
    const long = parts === "both" && countPages(page, "A4") >= MOST_PAGES;
    preparePrint(page, "A4", long ? "picture" : parts);
  });
  addEventListener("afterprint", clearPrint);
}
