// The same drawing without a browser: Python hands the data and a table of widths to these scripts
// in V8 and gets the sheet of one plan. Not part of the page.
import { readAddress } from "./record/address.js";
import { applyFilters } from "./record/filters.js";
import { findingOf } from "./record/findings.js";
import { buildModel } from "./record/model.js";
import { drawingFor } from "./shapes/drawings.js";
import { LIGHT, PAPERS } from "./shapes/paper.js";
import { makeSheet, sheetSvg, sourcesOf } from "./shapes/sheet.js";

// widths: {plain, bold}: thousandths of the size by character, as a font's own metrics give them.
export function tableMeasure({ plain, bold, other }) {
  return (text, font) => {
    const size = Number(/(\d+(?:\.\d+)?)px/.exec(font)[1]);
    const table = font.startsWith("700 ") ? bold : plain;
    return (Array.from(text).reduce((sum, sign) => sum + (table[sign === "\u00a0" ? " " : sign] ?? other), 0) * size) / 1000;
  };
}

// `address` is what the picture shows, as in the page's own address.
export function layOutSheet(data, { address, paper, widths }) {
  const model = buildModel(data);
  const state = readAddress(address, model);
  const shown = applyFilters(model, state);
  const drawing = drawingFor(model, state, shown);
  const sheet = makeSheet(drawing, PAPERS[paper], LIGHT, tableMeasure(widths));
  const told = { finding: findingOf(model, state, shown), sources: [...(drawing.notes ?? []), ...sourcesOf(drawing)] };
  return JSON.stringify({ ...sheet, ...told, svg: sheetSvg(sheet), view: state.view, plan: state.plan, nodes: [...shown.nodes] });
}
