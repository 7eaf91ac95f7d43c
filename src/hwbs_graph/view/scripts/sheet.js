// A picture that leaves the page: its title above, its key and sources below. No DOM here.
//
// A drawing is {model, state, shown, plan, title, subtitle}: `plan` is {count, lay} as the map takes
// it, `shown.nodes` are whose sources are told, `state` is what a scene needs of it.

// Faces of the same widths on every system, so that text measured here fits there.
const PRINT_FACE = 'Arial, Helvetica, "Liberation Sans", sans-serif';
// The light colours of the style sheet (a test holds them together): paper is never dark.
const LIGHT = {
  hues: ["#3d4854", "#117777", "#9933ff", "#dd3300", "#221188", "#660022"],
  text: "#14191f", quiet: "#4a5563", frame: "#7d8894", paper: "#ffffff", ring: "#0b57d0",
};
// Landscape within margins of 10 mm, in CSS pixels, 96 to the inch: a pixel is 3/4 pt on paper.
const PAPERS = { A3: { width: 1512, height: 1047 }, A4: { width: 1047, height: 718 } };
const SHEET = { title: 22, small: 13, pad: 6, lines: 2 };

// `size` is the room for all of it; what does not fit makes the sheet larger, and nothing is cut.
function sheetOf(drawing, size, ink, measure) {
  const { title } = drawing;
  const head = headOf(drawing, size.width, ink, measure);
  const sources = sourceRows(drawing, size.width, measure);
  const foot = SHEET.pad + (1 + sources.length) * lineHeight(SHEET.small);
  const layout = layPlan(drawing.plan, { width: size.width, height: size.height - head.height - foot }, measure);
  const width = Math.max(size.width, layout.width);
  const scene = sceneOf(drawing.model, layout, ink, drawing.state);
  const key = keyRows(keyEntries(drawing, scene, measure), width);
  const top = head.height + layout.height + SHEET.pad;
  const shapes = [
    ...head.shapes,
    ...moved(shapesOf(scene), (width - layout.width) / 2, head.height),
    ...moved(key.shapes, MARGIN, top),
    ...rowsOfText(sources, SHEET.small, false, ink.quiet, MARGIN, top + key.height),
  ];
  const height = top + key.height + sources.length * lineHeight(SHEET.small);
  return { width, height, shapes, layout, title, desc: describe(drawing, layout), paper: ink.paper };
}

// The map of what is shown as a plan for a room: how many boxes there would be, and their layout.
function mapPlan(model, shown, party) {
  const count = [...shown.nodes].filter((id) => !isParty(model, id) || model.nodes[id].kind === party?.kind).length;
  return { count, lay: (room, measure) => layoutMap(model, shown, room, measure, party) };
}

// The picture a state shows; where that is a table, the map of the same things.
function drawingFor(model, state, shown) {
  const pair = state.view === "continuity" ? pairShown(model, state) : null;
  if (pair) return continuityDrawing(model, state, shown, pair);
  const { title, subtitle } = model.plans[state.plan];
  const plan = mapPlan(model, shown, partyShown(model, state, shown));
  const what = isFiltered(state) ? `${unitWords(model, shown.units)} shown` : "";
  return { model, state, shown, plan, title, subtitle: [subtitle, what].filter(Boolean).join("; "), cited: shown.nodes };
}

function continuityDrawing(model, state, shown, pair) {
  const [from, to] = [model.plans[pair.from], model.plans[pair.to]];
  const cited = pictureOf(model, pair).columns.flatMap((column) => column.ids);
  const [title, subtitle] = ["What became of it", `${from.short} and ${to.short}`];
  return { model, state, shown, plan: continuityLayout({ model, state }), title, subtitle, cited };
}

// What cannot be read is not drawn, and the sheet says so.
function layPlan({ count, lay }, room, measure) {
  return count > MOST_NODES ? tooManyToLay(count, room) : lay(room, measure);
}

function tooManyToLay(count, room) {
  const text = `${count} items are too many to draw so that they can be read. They stand in the list.`;
  return { ...emptyLayout(room), labels: [{ x: MARGIN, y: 40, size: 18, bold: false, text }] };
}

function sheetSvg(sheet) {
  return svgOf(sheet.shapes, { ...sheet, face: PRINT_FACE });
}

function lineHeight(size) {
  return Math.round(size * 1.35);
}

function headOf(drawing, width, ink, measure) {
  const fit = (text, size, bold) => fewLines(wrapText(text, width - 2 * MARGIN, fontOf(size, bold), measure));
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
function fewLines(lines) {
  if (lines.length <= SHEET.lines) return lines;
  const kept = lines.slice(0, SHEET.lines);
  kept[SHEET.lines - 1] = `${Array.from(kept[SHEET.lines - 1]).slice(0, -2).join("").trimEnd()}…`;
  return kept;
}

function rowsOfText(rows, size, bold, fill, x, top) {
  const at = (row) => top + (row + 0.5) * lineHeight(size) + size * BASELINE;
  return rows.map((text, row) => ({ type: "text", x, y: at(row), size, bold, fill, align: "left", text }));
}

function sourceRows({ model, shown, cited = shown.nodes }, width, measure) {
  const told = [...cited].flatMap((id) => model.nodes[id].sources || []).map((source) => source.document);
  const documents = [...new Set(told.filter(Boolean))];
  if (!documents.length) return [];
  const text = `${documents.length > 1 ? "Sources" : "Source"}: ${documents.join("; ")}`;
  return fewLines(wrapText(text, width - 2 * MARGIN, fontOf(SHEET.small, false), measure));
}

// What a screen reader says of the whole picture.
function describe({ model, subtitle }, layout) {
  const kinds = layout.boxes.map((box) => model.nodes[box.id].kind);
  const counted = model.columns.map((column) => ({ column, count: kinds.filter((kind) => kind === column.kind).length }));
  const words = counted.filter(({ count }) => count).map(({ column, count }) => countWords(count, column));
  return [subtitle, words.join(", ")].filter(Boolean).join(": ");
}
