// What leaves the page: a picture as PNG or SVG, or the picture and the list on paper. A drawing is
// what shapes/sheet.js takes, `size` the room for the whole sheet in CSS pixels.
import { FACE } from "../layout/wrap.js";
import { LIGHT, PAPERS, PRINT_FACE } from "../shapes/paper.js";
import { drawingFor, makeSheet, sheetSvg } from "../shapes/sheet.js";
import { paintShapes } from "./canvas.js";
import { byId, makeElement } from "./dom.js";
import { makeMeasure } from "./map.js";

const SHARPER = 3;

// What the Save menu asks for: "png" and "svg" as on the screen, "A3" and "A4" on paper.
export function savePicture(page, kind) {
  const drawing = drawingFor(page.model, page.state, page.shown);
  if (kind in PAPERS) return printPicture(drawing, kind);
  const { clientWidth, clientHeight } = page.map.room;
  const size = clientWidth && clientHeight ? { width: clientWidth, height: clientHeight } : PAPERS.A4;
  return kind === "png" ? savePng(drawing, size, page.map.ink) : saveSvg(drawing, size, page.map.ink);
}

// As on the screen, with its colours, three times as fine: it stays sharp on a projector.
async function savePng(drawing, size, ink = LIGHT) {
  const sheet = makeSheet(drawing, size, ink, printMeasure());
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(sheet.width * SHARPER);
  canvas.height = Math.round(sheet.height * SHARPER);
  const ctx = canvas.getContext("2d");
  ctx.scale(SHARPER, SHARPER);
  ctx.fillStyle = sheet.paper;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  paintShapes(ctx, sheet.shapes, PRINT_FACE);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  // A browser gives nothing for a canvas it has no memory for.
  if (!blob) throw new Error("The picture is too large for this browser to save.");
  saveFile(blob, `${fileStem(sheet.title)}.png`);
}

function saveSvg(drawing, size, ink = LIGHT) {
  const sheet = makeSheet(drawing, size, ink, printMeasure());
  saveFile(new Blob([sheetSvg(sheet)], { type: "image/svg+xml" }), `${fileStem(sheet.title)}.svg`);
}

function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  makeElement("a", { href: address, download: name }).click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// A name every system takes, from a title that may hold anything.
function fileStem(title) {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
  const stem = plain.replace(/[^a-z0-9]+/g, "-").slice(0, 80).replace(/^-+|-+$/g, "");
  return !stem || /^(con|prn|aux|nul|com\d|lpt\d)$/.test(stem) ? `plan${stem && "-"}${stem}` : stem;
}

// Widths as everywhere: the screen's own faces differ from system to system.
function printMeasure() {
  const measure = makeMeasure();
  return (text, font) => measure(text, font.replace(FACE, PRINT_FACE));
}

function printPicture(drawing, paper) {
  preparePrint(drawing, paper);
  window.print();
}

// Puts the picture before everything else; the print style sheet hides what is not paper's business.
// The sizes of the paper stand in that style sheet, as the policy allows no other.
function preparePrint(drawing, paper = "A4") {
  clearPrint();
  const sheet = makeSheet(drawing, PAPERS[paper], LIGHT, printMeasure());
  const picture = new DOMParser().parseFromString(sheetSvg(sheet), "image/svg+xml").documentElement;
  const frame = makeElement("section", { id: "print-picture", "aria-label": "Picture" });
  frame.append(document.importNode(picture, true));
  document.body.prepend(frame);
  document.documentElement.classList.add(`print-${paper}`);
}

function clearPrint() {
  document.getElementById("print-picture")?.remove();
  for (const paper of Object.keys(PAPERS)) document.documentElement.classList.remove(`print-${paper}`);
}

// The browser's own Print gives the same as the menu's, on A4.
export function wakePrint(page) {
  addEventListener("beforeprint", () => byId("print-picture") || preparePrint(drawingFor(page.model, page.state, page.shown)));
  addEventListener("afterprint", clearPrint);
}
