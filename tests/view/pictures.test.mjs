// Shapes, SVG and sheets, tested with Node's own runner: node --test pictures.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST_NODES } from "../../src/hwbs_graph/view/scripts/layout/map-layout.js";
import { tableMeasure } from "../../src/hwbs_graph/view/scripts/press.js";
import { LIGHT, PAPERS } from "../../src/hwbs_graph/view/scripts/shapes/paper.js";
import { progressMark, progressWords } from "../../src/hwbs_graph/view/scripts/shapes/progress-marks.js";
import { boxShapes, linkShapes, sceneOf, shapesOf } from "../../src/hwbs_graph/view/scripts/shapes/shapes.js";
import { makeSheet } from "../../src/hwbs_graph/view/scripts/shapes/sheet.js";
import { svgOf, xmlText } from "../../src/hwbs_graph/view/scripts/shapes/svg.js";

const measure = (text, font) => text.length * Number(/(\d+)px/.exec(font)[1]) * 0.5;
const box = (id, style, more = {}) => ({
  id, column: id, row: 0, style, sign: "", hue: 1, x: 10 + id * 200, y: 40, w: 100, h: 20, from: 10 + id * 200, to: 110 + id * 200,
  size: 12, leading: 14, lines: [`Box ${id}`], code: "", count: "", indent: 0, ...more,
});
const layout = () => ({
  width: 800, height: 300, headings: [{ x: 10, width: 100, text: "themes" }],
  boxes: [box(0, "block"), box(1, "box", { code: "1", indent: 12 }), box(2, "shared", { sign: "diamond", count: "7", indent: 17, hue: 0 })],
  links: [{ from: 0, to: 1, provenance: "printed" }, { from: 1, to: 2, provenance: "suggested" }],
});
const state = (selected = null) => ({ selected, only: null });
const scene = (selected, laid = layout()) => sceneOf(null, laid, LIGHT, state(selected));
const texts = (shapes) => shapes.filter((shape) => shape.type === "text").map((shape) => shape.text);

test("shapes come in paint order: headings, lines, boxes, rings", () => {
  const kinds = shapesOf(scene(0)).map((shape) => shape.type);
  assert.deepEqual(kinds.slice(0, 3), ["text", "path", "path"]);
  assert.equal(kinds.at(-1), "rect");
});

test("every word, code and count of a layout is in its shapes", () => {
  assert.deepEqual(texts(shapesOf(scene(null))).sort(), ["1", "7", "Box 0", "Box 1", "Box 2", "THEMES"].sort());
});

test("shapes are plain data", () => {
  const shapes = shapesOf(scene(1));
  assert.deepEqual(JSON.parse(JSON.stringify(shapes)), shapes);
});

test("a suggested line is dashed and a printed one is not", () => {
  assert.deepEqual(linkShapes(scene(null)).map((shape) => shape.dash), [[], [6, 4]]);
});

test("a provenance nobody knows does not stop the picture", () => {
  const laid = { ...layout(), links: [{ from: 0, to: 1, provenance: "__proto__" }, { from: 1, to: 2 }] };
  for (const shape of linkShapes(scene(null, laid))) assert.ok(Array.isArray(shape.dash));
});

test("a link may say how wide, dashed and called it is", () => {
  const laid = { ...layout(), links: [{ from: 0, to: 1, provenance: "printed", style: { width: 5, dash: [1, 1], label: "split" } }] };
  const [path, label] = linkShapes(scene(null, laid));
  assert.deepEqual([path.width, path.dash, label.text], [5, [1, 1], "split"]);
});

test("a layout's own labels are drawn", () => {
  const laid = { ...layout(), labels: [{ x: 5, y: 9, size: 18, text: "New" }] };
  assert.ok(texts(shapesOf(scene(null, laid))).includes("New"));
});

test("what is not on the selected line steps back, behind what is", () => {
  const laid = { ...layout(), boxes: [...layout().boxes, box(3, "box")], links: [{ from: 0, to: 3, provenance: "printed" }, { from: 1, to: 2, provenance: "printed" }] };
  const selected = scene(1, laid);
  assert.ok(boxShapes(selected, laid.boxes[0]).every((shape) => shape.opacity < 1));
  assert.ok(boxShapes(selected, laid.boxes[2]).every((shape) => shape.opacity === 1));
  const opacities = linkShapes(selected).map((shape) => shape.opacity);
  assert.ok(opacities[0] < opacities[1]);
});

const HOSTILE = ["<script>alert(1)</script>", "</svg><svg onload=\"x\">", "a & b \"c\" 'd'", "]]>", "<!-- x", "\u0000\u001b\ud800 lone \udc00"];

test("no text reaches the markup of an SVG", () => {
  for (const text of HOSTILE) {
    const svg = svgOf([{ type: "text", x: 1, y: 2, size: 12, fill: text, align: "left", text }], { width: 9, height: 9, title: text, desc: text, paper: "#fff", face: text });
    assert.deepEqual(svg.match(/<\/?[a-z]+/g), ["<svg", "<title", "</title", "<desc", "</desc", "<rect", "<text", "</text", "</svg"], text);
    assert.ok(!/[\u0000-\u0009\u000b-\u001f\ud800-\udfff]/.test(svg));
  }
});

test("an SVG says what it is and how large", () => {
  const svg = svgOf([], { width: 10.005, height: 20, title: "T", desc: "D", paper: "#ffffff", face: "Arial" });
  assert.match(svg, /role="img"[^>]* aria-label="T"/);
  assert.match(svg, /<title>T<\/title>\n<desc>D<\/desc>/);
  assert.match(svg, /viewBox="0 0 10.01 20"/);
});

test("pairs of halves stay whole", () => {
  assert.equal(xmlText("👩‍👧 é"), "👩‍👧 é");
});

function sheet(plan, title = "Plan") {
  const node = (kind) => ({ kind, sources: [{ document: "Doc" }] });
  const column = (kind) => ({ kind, singular: kind, plural: `${kind}s` });
  const model = {
    nodes: ["theme", "objective", "partner"].map(node), columns: ["theme", "objective", "partner"].map(column),
    columnOf: new Map(["theme", "objective", "partner"].map((kind) => [kind, column(kind)])),
  };
  const shown = { nodes: new Set([0, 1, 2]), leaves: new Set([1]) };
  return makeSheet({ model, state: state(), shown, plan, title, subtitle: "2019" }, PAPERS.A3, LIGHT, measure);
}

test("a sheet has title, picture, key and sources, all within it", () => {
  let room = null;
  const made = sheet({ count: 3, lay: (given) => ((room = given), layout()) });
  assert.ok(room.height < PAPERS.A3.height && room.width === PAPERS.A3.width);
  const words = texts(made.shapes);
  for (const word of ["Plan", "2019", "Box 1", "= objectives", "partner", "printed", "suggested", "Source: Doc"]) assert.ok(words.includes(word), word);
  for (const shape of made.shapes) if ("y" in shape) assert.ok(shape.y >= 0 && shape.y <= made.height && shape.x <= made.width);
  assert.equal(made.desc, "2019: 1 theme, 1 objective, 1 partner");
});

test("a layout larger than the paper makes the sheet larger", () => {
  const made = sheet({ count: 3, lay: () => ({ ...layout(), width: 3000, height: 5000 }) });
  assert.ok(made.width === 3000 && made.height > 5000);
});

test("too many boxes are not drawn, and the sheet says so", () => {
  const made = sheet({ count: MOST_NODES + 1, lay: () => assert.fail("laid out") });
  assert.ok(texts(made.shapes).some((text) => text.includes("too many to draw")));
});

test("a title without end is cut, and stays whole in the file's title", () => {
  const made = sheet({ count: 3, lay: layout }, "x".repeat(9000));
  assert.ok(texts(made.shapes).every((text) => measure(text, "22px") <= made.width));
  assert.equal(made.title.length, 9000);
});

test("a table of widths measures as the letters add up", () => {
  const width = tableMeasure({ plain: { a: 500 }, bold: { a: 600 }, other: 1000 });
  assert.equal(width("aa", "10px Arial"), 10);
  assert.equal(width("a?", "700 10px Arial"), 16);
});

test("how something stands is a shape of its own for each word, in no colour but that of the words", () => {
  const words = ["complete", "on track", "some risk", "off track", "not started", "stopped", "__proto__"];
  const marks = words.map((each) => progressMark(LIGHT, each, 10, 10));
  assert.equal(new Set(marks.map((shapes) => JSON.stringify(shapes))).size, words.length);
  const inks = marks.flat().flatMap(({ fill, stroke }) => [fill, stroke]).filter(Boolean);
  assert.deepEqual(new Set(inks), new Set([LIGHT.text, LIGHT.paper]));
  const nodes = ["stopped", "", "on track"].map((progress, id) => ({ id, progress }));
  assert.deepEqual(progressWords({ nodes }, [0, 1, 2]), ["on track", "stopped"]);
  const plain = shapesOf(sceneOf({ nodes: nodes.map((node) => ({ ...node, progress: "" })) }, layout(), LIGHT, state())).length;
  assert.equal(shapesOf(sceneOf({ nodes }, layout(), LIGHT, state())).length, plain + 1 + 2 + 1 + 1);
});

test("at rest lines are grey and only a theme is full of its hue; what is lit has the hue of its theme", () => {
  const [at, hue] = [(id, selected) => boxShapes(scene(selected), layout().boxes[id]), LIGHT.hues[1]];
  assert.ok(linkShapes(scene(null)).every(({ stroke }) => stroke === LIGHT.frame));
  assert.deepEqual(linkShapes(scene(0)).map(({ stroke }) => stroke), [hue, hue]);
  assert.equal(at(0, null)[0].fill, hue);
  const [ground, edge] = at(1, null);
  assert.equal(ground.stroke, undefined);
  assert.deepEqual([edge.fill, edge.x], [hue, ground.x]);
  assert.equal(at(1, 0)[0].stroke, hue);
  assert.ok(![hue, ...LIGHT.hues].includes(ground.fill));
});

test("a bar is as long as its number, and an action's pill is pale until it is lit", () => {
  const counted = { ...layout(), boxes: [box(0, "pill"), box(1, "shared", { count: "4" }), box(2, "shared", { count: "8" }), box(3, "shared", { count: "" })], links: [] };
  const bar = (id) => boxShapes(scene(null, counted), counted.boxes[id]).filter(({ type }) => type === "rect")[1]?.w;
  assert.deepEqual([bar(1), bar(2), bar(3)], [50, 100, undefined]);
  const pill = (selected) => boxShapes(scene(selected, counted), counted.boxes[0]).map(({ fill }) => fill);
  assert.equal(pill(0)[0], LIGHT.hues[1]);
  assert.equal(pill(0)[1], LIGHT.paper);
  assert.notEqual(pill(null)[0], LIGHT.hues[1]);
  assert.equal(pill(null)[1], LIGHT.text);
});
