// Continuity, coverage, plans side by side and the table of many boards, tested with Node's own
// runner: node --test comparison.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";

import { lineOnMap, walkFrom } from "../../src/hwbs_graph/view/scripts/layout/arrow-keys.js";
import { layoutContinuity } from "../../src/hwbs_graph/view/scripts/layout/continuity-layout.js";
import { readAddress } from "../../src/hwbs_graph/view/scripts/record/address.js";
import { isNamed, nextOrder, sortRows } from "../../src/hwbs_graph/view/scripts/record/board-rows.js";
import { changesByType, choosePair, filterPair, pairsOf, pictureOf } from "../../src/hwbs_graph/view/scripts/record/continuity.js";
import { coverageOf, coverageSentence } from "../../src/hwbs_graph/view/scripts/record/coverage.js";
import { boardsOf, familiesOf, familyCounts, sideBySide } from "../../src/hwbs_graph/view/scripts/record/families.js";
import { NO_FILTER, applyFilters } from "../../src/hwbs_graph/view/scripts/record/filters.js";
import { sentenceFor } from "../../src/hwbs_graph/view/scripts/record/model.js";
import { defaultSteps } from "../../src/hwbs_graph/view/scripts/record/steps.js";
import { sceneOf, shapesOf } from "../../src/hwbs_graph/view/scripts/shapes/shapes.js";
import { buildModel } from "./page-data.mjs";

const PRINTED = "stated in document";
const JUDGED = "curated judgement";
const INK = { hues: ["h0", "h1", "h2", "h3", "h4", "h5"], text: "text", quiet: "quiet", frame: "frame", paper: "paper", ring: "ring" };
const column = (kind, role, sign = "") => ({ kind, singular: kind, plural: `${kind}s`, role, sign });
const COLUMNS = [column("theme", "element"), column("objective", "element"), column("action", "element"), column("determinant", "shared", "triangle")];

// Plan 0 (themes p, m; objectives p1 p2 m1 m2, an action under each), plan 1 of the same board (themes
// P, M; P1 P2 M1 M2), plan 2 of another board (theme X of a family of its own, X1).
function data() {
  const nodes = [];
  const edges = [];
  const id = new Map();
  const add = (kind, key, plan, more = {}) => {
    id.set(key, nodes.length);
    const rank = nodes.filter((node) => node.kind === kind).length;
    nodes.push({ id: nodes.length, key, kind, plan, leaf: false, name: `Name ${key}`, label: `Label of ${key} which is longer`, code: "", rank, hue: 1, ...more });
  };
  const join = (from, to, basis = PRINTED, relation = "contains") => edges.push({ from: id.get(from), to: id.get(to), basis, relation });
  add("theme", "p", 0, { family: "places" });
  add("theme", "m", 0, { family: "minds", hue: 2 });
  for (const key of ["p1", "p2", "m1", "m2"]) {
    add("objective", key, 0, { code: key[1] });
    join(key[0], key);
    add("action", `${key}a`, 0, { leaf: true, code: `${key[1]}a` });
    join(key, `${key}a`);
  }
  add("theme", "P", 1, { family: "places" });
  add("theme", "M", 1, { family: "minds", hue: 2 });
  for (const key of ["P1", "P2", "M1", "M2"]) {
    add("objective", key, 1, { leaf: true, code: key[1] });
    join(key[0], key);
  }
  add("theme", "X", 2, { family: "dying well", hue: 3 });
  add("objective", "X1", 2, { leaf: true });
  join("X", "X1");
  [["near", "air"], ["near", "housing"], ["near", "damp"], ["far", "far"], ["far", "income"]].forEach(([layer, key]) => add("determinant", key, -1, { layer: `Label of ${layer} which is longer` }));
  join("p1a", "air", JUDGED, "addresses");
  join("p1", "housing", PRINTED, "addresses");
  join("m1a", "housing", JUDGED, "addresses");
  join("p", "damp", PRINTED, "addresses");
  const align = (source, target, type, plans = [0, 1]) => ({ source: id.get(source) ?? -1, target: id.get(target) ?? -1, type, label: type.replace("-", " "), basis: JUDGED, plans });
  const alignments = [
    align("m1", "P1", "moved-theme"), align("p1", "P2", "narrowed"), align("p2", "P2", "merged"),
    align("p1a", "", "dropped"), align("", "M1", "new", [-1, 1]), align("", "M2", "new", [-1, -1]), align("X1", "P1", "shared-topic", [2, 1]),
  ];
  const plan = (key, title, board) => ({ key, title, subtitle: "", short: key, board });
  const plans = [plan("early", "Early", "City"), plan("late", "Late", "City"), plan("other", "Other", "")];
  return { nodes, edges, alignments, plans, columns: COLUMNS };
}
const model = buildModel(data());
const id = (key) => model.byKey.get(key);
const keys = (ids) => ids.map((each) => (each === null ? null : model.nodes[each].key));
const state = (change = {}) => ({ plan: 0, other: null, selected: null, ...NO_FILTER, ...change });
const measure = (text, font) => text.length * Number(/(\d+)px/.exec(font)[1]) * 0.55;
const lay = (width, height, from = model, pair = pairsOf(from)[0]) => layoutContinuity(from, pair, { width, height }, measure);

test("pairs of plans are found, those that follow before those that only share topics", () => {
  assert.deepEqual(pairsOf(model).map(({ from, to, alignments }) => [from, to, alignments.length]), [[0, 1, 6], [2, 1, 1]]);
});

test("a pair that follows comes before one that only shares topics, whichever plan is older", () => {
  const swapped = data();
  swapped.alignments = [{ ...swapped.alignments[1], type: "shared-topic" }, { ...swapped.alignments[6], type: "narrowed" }];
  assert.deepEqual(pairsOf(buildModel(swapped)).map(({ from, to }) => [from, to]), [[2, 1], [0, 1]]);
});

test("what is new against no told plan is left out where two could be meant", () => {
  const both = data();
  both.alignments.push({ ...both.alignments[1], source: id("X1"), plans: [2, 1] });
  assert.deepEqual(pairsOf(buildModel(both)).map((pair) => pair.alignments.filter((one) => one.type === "new").length), [0, 0]);
});

test("the plan on show is the earlier, else the later, and another may be asked for", () => {
  const ends = (change) => {
    const { from, to } = choosePair(model, state(change));
    return [from, to];
  };
  assert.deepEqual(ends({ plan: 0 }), [0, 1]);
  assert.deepEqual(ends({ plan: 1 }), [0, 1]);
  assert.deepEqual(ends({ plan: 1, other: 2 }), [2, 1]);
  assert.deepEqual(ends({ plan: 2, other: 0 }), [2, 1]);
  assert.equal(choosePair(buildModel({ ...data(), alignments: [] }), state()), null);
});

test("the picture has themes and elements of both plans in printed order, with what nothing is recorded of", () => {
  const [pair] = pairsOf(model);
  const { columns } = pictureOf(model, pair);
  assert.deepEqual(columns.map(({ ids }) => keys(ids)), [["p", "m"], ["p1", "p1a", "p2", "m1", "m2"], ["P1", "P2", "M1", "M2"], ["P", "M"]]);
});

test("plans that only share topics show no more than what they share", () => {
  const { columns } = pictureOf(model, pairsOf(model)[1]);
  assert.deepEqual(columns.map(({ ids }) => keys(ids)), [["X"], ["X1"], ["P1"], ["P"]]);
});

test("themes of both plans stand once, on the right", () => {
  const same = data();
  same.edges.filter((edge) => same.nodes[edge.to].plan === 1).forEach((edge) => (edge.from = id(same.nodes[edge.from].key.toLowerCase())));
  const joined = buildModel(same);
  const { columns } = pictureOf(joined, pairsOf(joined)[0]);
  const ids = columns.flatMap((each) => each.ids);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(keys(columns.at(-1).ids), ["p", "m"]);
});

test("the themes filter keeps what is under the theme at either end", () => {
  const kept = (theme) => pictureOf(model, filterPair(model, pairsOf(model)[0], [id(theme)])).columns.map(({ ids }) => keys(ids));
  assert.deepEqual(kept("P"), [["p", "m"], ["p1", "p2", "m1"], ["P1", "P2"], ["P"]]);
  assert.deepEqual(kept("m"), [["m"], ["m1", "m2"], ["P1"], ["P"]]);
});

test("new, dropped and moved are words and frames, and what moved is thick, dark and last", () => {
  const layout = lay(1052, 600);
  const tags = Object.fromEntries(layout.boxes.filter((box) => box.tag).map((box) => [model.nodes[box.id].key, box.tag]));
  assert.deepEqual(tags, { p1a: "dropped", m1: "moved", P1: "moved", M1: "new", M2: "new" });
  const of = (key) => layout.boxes.find((box) => box.id === id(key));
  assert.ok(of("p1a").dash.length && of("M1").frame > 2 && !of("p1").frame && !of("p1").dash);
  const last = layout.links.at(-1);
  assert.deepEqual([last.type, last.provenance, last.style.ink, last.style.opacity], ["moved-theme", "suggested", "text", 1]);
  assert.ok(last.style.width >= 4 && last.style.dash.length);
  const shapes = shapesOf(sceneOf(model, layout, INK, { selected: null, only: null }));
  assert.ok(shapes.some((shape) => shape.type === "path" && shape.stroke === "text" && shape.width === last.style.width && shape.opacity === 1));
  for (const word of ["new", "dropped", "moved"]) assert.ok(shapes.some((shape) => shape.text === word), word);
});

function overlaps(boxes) {
  const hit = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  return boxes.flatMap((a, index) => boxes.slice(index + 1).filter((b) => hit(a, b)).map((b) => [a.id, b.id]));
}

test("no boxes overlap at any size, short wordings or long, and none leaves the paper", () => {
  for (const words of [1, 12, 60]) {
    const long = data();
    long.nodes.forEach((node) => (node.name = Array(words).fill("wording").join(" ")));
    const large = buildModel(long);
    for (const [width, height] of [[200, 90], [500, 160], [788, 545], [1052, 620], [1520, 950]]) {
      const layout = lay(width, height, large);
      assert.equal(layout.boxes.length, 13);
      assert.deepEqual(overlaps(layout.boxes), [], `${words} words at ${width}x${height}`);
      assert.ok(layout.boxes.every((box) => box.x >= 0 && box.y >= 0 && box.x + box.w <= layout.width && box.y + box.h <= layout.height + 1), `${words} words at ${width}x${height}`);
    }
  }
});

test("long wordings end in dots before the picture has to be scrolled, short ones stay whole", () => {
  const long = data();
  long.nodes[id("p1")].name = Array(90).fill("wording").join(" ");
  const layout = lay(788, 330, buildModel(long));
  const text = (key) => layout.boxes.find((box) => box.id === id(key)).lines.join(" ");
  assert.equal(layout.height, 330);
  assert.ok(text("p1").endsWith("…"));
  const { lines, w, size, indent } = layout.boxes.find((box) => box.id === id("p1"));
  const widths = lines.map((line) => measure(line, `${size}px`));
  assert.ok(Math.max(...widths) <= w - indent && widths.at(-1) > w / 2);
  assert.equal(text("p2"), "Name p2");
});

test("arrows reach every box from the first, and a selection lights the whole way", () => {
  const layout = lay(1052, 600);
  const reached = new Set([layout.boxes[0].id]);
  for (const from of reached) ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].forEach((arrow) => reached.add(walkFrom(layout, from, arrow)));
  assert.equal(reached.size, layout.boxes.length);
  assert.deepEqual(keys([...lineOnMap(layout, id("m1"))]).sort(), ["P", "P1", "m", "m1"]);
});

test("changes are listed by type with moved first, and an own type under its own name", () => {
  const pair = pairsOf(model)[0];
  const own = { ...pair, alignments: [...pair.alignments, { ...pair.alignments[0], type: "constructor", label: "put aside" }] };
  assert.deepEqual(changesByType(own).map((group) => [group.heading, group.alignments.length]), [
    ["Moved to another theme", 1], ["New", 2], ["Dropped", 1], ["Continued: merged", 1], ["Continued: narrowed", 1], ["put aside", 1],
  ]);
});

const coverage = (change) => coverageOf(model, applyFilters(model, state(change)));
const rowsOf = (found) => Object.fromEntries(found.layers.flatMap((layer) => layer.rows).map((row) => [model.nodes[row.id].key, row]));

test("coverage counts leaves, tells suggested from printed and the theme's own words from its leaves'", () => {
  const found = coverage();
  assert.deepEqual(keys(found.themes), ["p", "m"]);
  const rows = rowsOf(found);
  assert.deepEqual(rows.air.cells.map(({ leaves, ...cell }) => cell), [{ count: 1, direct: 1, theme: false, suggested: true }, { count: 0, direct: 0, theme: false, suggested: false }]);
  assert.deepEqual(rows.housing.cells.map((cell) => [cell.count, cell.suggested]), [[1, false], [1, true]]);
  assert.deepEqual(rows.damp.cells.map((cell) => [cell.count, cell.theme]), [[0, true], [0, false]]);
  assert.deepEqual(rows.housing.cells.map((cell) => keys([...cell.leaves])), [["p1a"], ["m1a"]]);
  // An objective's own words are not those of its action.
  assert.deepEqual(rows.housing.cells.map((cell) => cell.direct), [0, 1]);
  assert.deepEqual([rows.air.total, rows.housing.total, rows.damp.total, rows.income.total], [1, 2, 0, 0]);
});

test("a gap is what nothing in the plan addresses, and a layer's own name is none", () => {
  const found = coverage();
  assert.deepEqual(keys(found.gaps), ["income"]);
  assert.equal(rowsOf(found).far, undefined);
  assert.deepEqual(found.layers.map((layer) => layer.rows.length), [3, 1]);
  assert.equal(coverageSentence(model, found), "3 of 4 determinants are addressed; 1 gap: Name income.");
});

test("a determinant is no gap where a narrower one is addressed, and its layer stays apart", () => {
  const deep = data();
  const narrow = (key, ...broader) => (deep.nodes[id(key)].broader = broader.map(id));
  narrow("damp", "income", "far");
  narrow("air", "income", "far");
  narrow("income", "far");
  const other = buildModel(deep);
  const found = coverageOf(other, applyFilters(other, state()));
  const rows = rowsOf(found);
  assert.deepEqual(found.gaps, []);
  assert.deepEqual(rows.income.cells.map((cell) => [cell.count, cell.direct, cell.theme]), [[1, 0, false], [0, 0, false]]);
  assert.deepEqual([rows.income.total, rows.income.direct, rows.air.direct], [1, 0, 1]);
  assert.equal(rows.far, undefined);
  const kept = applyFilters(other, state({ determinants: [id("income")] }));
  assert.deepEqual(keys([...kept.leaves]), ["p1a"]);
  assert.ok(kept.nodes.has(id("income")));
});

test("filters thin the counts but make no gaps", () => {
  const thin = coverage({ themes: [id("m")] });
  assert.deepEqual(keys(thin.gaps), ["income"]);
  assert.equal(rowsOf(thin).housing.total, 1);
  assert.equal(rowsOf(thin).air.gap, false);
  assert.equal(coverageSentence(model, thin), "By what is shown, 1 of 4 determinants are addressed. In the whole plan: 1 gap: Name income.");
  assert.equal(rowsOf(coverage({ basis: PRINTED })).air.total, 0);
});

test("a theme's own words do not count as what a partner does", () => {
  const asked = { ...applyFilters(model, state()), state: state({ partners: [id("air")] }) };
  const rows = rowsOf(coverageOf(model, asked));
  assert.equal(rows.damp.addressed, false);
  assert.equal(rows.air.total, 1);
});

test("the step on coverage says what its picture says", () => {
  const step = defaultSteps(model).find((one) => one.hash.includes("coverage"));
  const shown = applyFilters(model, readAddress(step.hash, model));
  assert.equal(step.sentence, coverageSentence(model, coverageOf(model, shown)));
});

test("what is said of a thing counts what the picture shows of it", () => {
  const shown = applyFilters(model, state({ themes: [id("m")] }));
  const said = (...given) => sentenceFor(model, id("housing"), ...given);
  assert.notEqual(said(shown), said());
  assert.match(said(shown), new RegExp(` ${shown.leavesOf.get(id("housing")).size} `));
});

test("a plan that names no determinant has no coverage", () => {
  assert.equal(coverage({ plan: 1 }), null);
});

test("boards, strategies and families are told apart, a plan without a board under its title", () => {
  assert.deepEqual(boardsOf(model).map((board) => [board.name, board.plans]), [["City", [0, 1]], ["Other", [2]]]);
  assert.deepEqual(familiesOf(model), ["places", "minds", "dying well"]);
  const nameless = data();
  nameless.nodes[id("p")].family = "";
  assert.deepEqual(familiesOf(buildModel(nameless)), ["minds", "places", "dying well", ""]);
});

test("side by side, each cell has the themes of the family and what stands under them", () => {
  const { columns, rows } = sideBySide(model);
  assert.deepEqual(columns.map((each) => each.short), ["early", "late", "other"]);
  const cells = rows.map((row) => row.cells.map((cell) => cell.map((theme) => [model.nodes[theme.id].key, ...keys(theme.elements)])));
  assert.deepEqual(cells[0], [[["p", "p1", "p2"]], [["P", "P1", "P2"]], []]);
  assert.deepEqual(cells[2], [[], [], [["X", "X1"]]]);
});

test("a strategy and the plan that delivers it stand in one column, the delivering plan told in full", () => {
  const same = data();
  same.plans[1].title = same.plans[0].title;
  same.edges.filter((edge) => same.nodes[edge.to].plan === 1).forEach((edge) => (edge.from = id(same.nodes[edge.from].key.toLowerCase())));
  const { columns, rows } = sideBySide(buildModel(same));
  assert.deepEqual(columns.map((each) => each.plans), [[0, 1], [2]]);
  const [theme] = rows[0].cells[0];
  assert.deepEqual([keys(theme.elements), keys(theme.others[0].elements)], [["P1", "P2"], ["p1", "p2"]]);
});

test("family counts are of each board, and all is of different elements", () => {
  const { families, rows } = familyCounts(model);
  assert.deepEqual(families, ["places", "minds", "dying well"]);
  assert.deepEqual(rows[0], { board: "City", plan: model.plans.findLastIndex((plan) => plan.board === "City"), cells: [{ themes: 2, elements: 4 }, { themes: 2, elements: 4 }, { themes: 0, elements: 0 }], total: 8 });
});

test("boards are found by any words of their name, accents or not", () => {
  assert.ok(isNamed("Ynys Môn Health  Board", "board mon"));
  assert.ok(isNamed("Anything", "  "));
  assert.ok(!isNamed("Leicester", "leicestershire"));
});

test("rows sort by name or count, ties as they were, and a second time the other way", () => {
  const rows = [["b", 1], ["a", 2], ["c", 2]].map(([name, value], place) => ({ name, value, place }));
  assert.deepEqual(sortRows(rows, "count", "descending").map((row) => row.name), ["a", "c", "b"]);
  assert.deepEqual(sortRows(rows, "count", "ascending").map((row) => row.name), ["b", "a", "c"]);
  assert.deepEqual([nextOrder("count", null), nextOrder("count", "descending"), nextOrder("text", null)], ["descending", "ascending", "ascending"]);
});
