// A picture that leaves the page: its title above, its key and sources below.
// `drawings.js` says what a drawing is.
import { MOST_NODES, emptyLayout } from "../layout/map-layout.js";
import { MARGIN } from "../layout/styles.js";
import { fontOf, wrapText } from "../layout/wrap.js";
import { countWords } from "../record/model.js";
import { keyEntries, keyRows, moveShapes } from "./legend.js";
import { BASELINE } from "./marks.js";
import { PRINT_FACE, SHEET, lineHeight } from "./paper.js";
import { sceneOf, shapesOf } from "./shapes.js";
import { svgOf } from "./svg.js";

// `size` is the room for all of it; what does not fit makes the sheet larger, and nothing is cut.
export function makeSheet(drawing, size, ink, measure) {
  const { title } = drawing;
  const head = headOf(drawing, size.width, ink, measure);
  const sources = [...noteRows(drawing, size.width, measure), ...sourceRows(drawing, size.width, measure)];
  const foot = SHEET.pad + (1 + sources.length) * lineHeight(SHEET.small);
  const layout = layOutPlan(drawing.plan, { width: size.width, height: size.height - head.height - foot }, measure);
  const width = Math.max(size.width, layout.width);
  const scene = sceneOf(drawing.model, layout, ink, drawing.state);
  const key = keyRows(keyEntries(drawing, scene, measure), width);
  const top = head.height + layout.height + SHEET.pad;
  const shapes = [
    ...head.shapes,
    ...moveShapes(shapesOf(scene), (width - layout.width) / 2, head.height),
    ...moveShapes(key.shapes, MARGIN, top),
    ...rowsOfText(sources, SHEET.small, false, ink.quiet, MARGIN, top + key.height),
  ];
  const height = top + key.height + sources.length * lineHeight(SHEET.small);
  return { width, height, shapes, layout, title, desc: describeDrawing(drawing, layout), paper: ink.paper };
}

// What cannot be read is not drawn, and the sheet says so.
function layOutPlan({ count, lay }, room, measure) {
  return count > MOST_NODES ? tooManyToLay(count, room) : lay(room, measure);
}

function tooManyToLay(count, room) {
  const text = `${count} items are too many to draw so that they can be read. They stand in the list.`;
  return { ...emptyLayout(room), labels: [{ x: MARGIN, y: 40, size: 18, bold: false, text }] };
}

export function sheetSvg(sheet) {
  return svgOf(sheet.shapes, { ...sheet, face: PRINT_FACE });
}

function headOf(drawing, width, ink, measure) {
  const fit = (text, size, bold) => limitLines(wrapText(text, width - 2 * MARGIN, fontOf(size, bold), measure));
  const title = fit(drawing.title, SHEET.title, true);
  const subtitle = drawing.subtitle ? fit(drawing.subtitle, SHEET.small, false) : [];
  const middle = title.length * lineHeight(SHEET.title);
  const shapes = [
    ...rowsOfText(title, SHEET.title, true, ink.text, MARGIN, 0),
    ...rowsOfText(subtitle, SHEET.small, false, ink.quiet, MARGIN, middle),
  ];
  return { shapes, height: middle + subtitle.length * lineHeight(SHEET.small) + SHEET.pad };
}

// A title is never a page: what is longer ends in dots, and the file's own title has it whole.
function limitLines(lines) {
  if (lines.length <= SHEET.lines) return lines;
  const kept = lines.slice(0, SHEET.lines);
  kept[SHEET.lines - 1] = `${Array.from(kept[SHEET.lines - 1]).slice(0, -2).join("").trimEnd()}…`;
  return kept;
}

function rowsOfText(rows, size, bold, fill, x, top) {
  const at = (row) => top + (row + 0.5) * lineHeight(size) + size * BASELINE;
  return rows.map((text, row) => ({ type: "text", x, y: at(row), size, bold, fill, align: "left", text }));
}

function noteRows({ notes = [] }, width, measure) {
  return notes.flatMap((text) => wrapText(text, width - 2 * MARGIN, fontOf(SHEET.small, false), measure));
}

// One line that names the documents, or none.
export function sourcesOf({ model, shown, cited = shown.nodes }) {
  const told = [...cited].flatMap((id) => model.nodes[id].sources || []).map((source) => source.document);
  const documents = [...new Set(told.filter(Boolean))];
  return documents.length ? [`${documents.length > 1 ? "Sources" : "Source"}: ${documents.join("; ")}`] : [];
}

function sourceRows(drawing, width, measure) {
  const [text] = sourcesOf(drawing);
  return text === undefined ? [] : limitLines(wrapText(text, width - 2 * MARGIN, fontOf(SHEET.small, false), measure));
}

// What a screen reader says of the whole picture.
function describeDrawing({ model, subtitle }, layout) {
  const kinds = layout.boxes.map((box) => model.nodes[box.id].kind);
  const counted = model.columns.map((column) => ({ column, count: kinds.filter((kind) => kind === column.kind).length }));
  const words = counted.filter(({ count }) => count).map(({ column, count }) => countWords(count, column));
  return [subtitle, words.join(", ")].filter(Boolean).join(": ");
}
