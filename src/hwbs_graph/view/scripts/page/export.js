// What leaves the page as a file: the picture on show as PNG or SVG. A drawing is what shapes/sheet.js
// takes, `size` the room for the whole sheet in CSS pixels.
import { FACE } from "../layout/wrap.js";
import { drawingFor } from "../shapes/drawings.js";
import { LIGHT, PAPERS, PRINT_FACE } from "../shapes/paper.js";
import { makeSheet, sheetSvg } from "../shapes/sheet.js";
import { paintShapes } from "./canvas.js";
import { makeElement } from "./dom.js";
import { makeMeasure } from "./map.js";

const SHARPER = 3;
// What every browser has the memory for, in pixels of a side.
const LONGEST_SIDE = 16000;

// What the Share menu asks for: "png" and "svg", the map as on the screen, a table as on A4.
export function savePicture(page, kind) {
  const drawing = drawingFor(page.model, page.state, page.shown);
  const { clientWidth, clientHeight } = page.map.room;
  const size = clientWidth && clientHeight ? { width: clientWidth, height: clientHeight } : PAPERS.A4;
  return kind === "png" ? savePng(drawing, size, page.map.ink) : saveSvg(drawing, size, page.map.ink);
}

// As on the screen, with its colours, three times as fine: it stays sharp on a projector.
async function savePng(drawing, size, ink = LIGHT) {
  const sheet = makeSheet(drawing, size, ink, printMeasure());
  const canvas = document.createElement("canvas");
  const scale = Math.min(SHARPER, LONGEST_SIDE / Math.max(sheet.width, sheet.height));
  canvas.width = Math.round(sheet.width * scale);
  canvas.height = Math.round(sheet.height * scale);
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  ctx.fillStyle = sheet.paper;
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  paintShapes(ctx, sheet.shapes, PRINT_FACE);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  // A browser gives nothing for a canvas it has no memory for.
  if (!blob) throw new Error("The picture is too large for this browser to save.");
  saveFile(blob, `${fileName(drawing)}.png`);
}

function saveSvg(drawing, size, ink = LIGHT) {
  const sheet = makeSheet(drawing, size, ink, printMeasure());
  saveFile(new Blob([sheetSvg(sheet)], { type: "image/svg+xml" }), `${fileName(drawing)}.svg`);
}

export function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  makeElement("a", { href: address, download: name }).click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// Which picture it is stands in the name, unless it is the map.
function fileName({ title, state }) {
  return [fileStem(title), state.view === "map" ? "" : state.view].filter(Boolean).join("-");
}

// A name every system takes, from a title that may hold anything.
function fileStem(title) {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
  const stem = plain.replace(/[^a-z0-9]+/g, "-").slice(0, 80).replace(/^-+|-+$/g, "");
  return !stem || /^(con|prn|aux|nul|com\d|lpt\d)$/.test(stem) ? `plan${stem && "-"}${stem}` : stem;
}

// Widths as everywhere: the screen's own faces differ from system to system.
export function printMeasure() {
  const measure = makeMeasure();
  return (text, font) => measure(text, font.replace(FACE, PRINT_FACE));
}
