// The determinants rainbow, tested with Node's own runner: node --test rainbow.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";

import { walkFrom } from "../../src/hwbs_graph/view/scripts/layout/arrow-keys.js";
import { isInArc } from "../../src/hwbs_graph/view/scripts/layout/arc-places.js";
import { layoutMap } from "../../src/hwbs_graph/view/scripts/layout/map-layout.js";
import { layoutRainbow } from "../../src/hwbs_graph/view/scripts/layout/rainbow-layout.js";
import { readAddress, startState, writeAddress } from "../../src/hwbs_graph/view/scripts/record/address.js";
import { selectedLeaves } from "../../src/hwbs_graph/view/scripts/record/cells.js";
import { applyFilters } from "../../src/hwbs_graph/view/scripts/record/filters.js";
import { findingOf } from "../../src/hwbs_graph/view/scripts/record/findings.js";
import { isSuggested, rainbowOf, segmentMark } from "../../src/hwbs_graph/view/scripts/record/rainbow.js";
import { defaultSteps } from "../../src/hwbs_graph/view/scripts/record/steps.js";
import { drawingFor } from "../../src/hwbs_graph/view/scripts/shapes/drawings.js";
import { LIGHT, PAPERS } from "../../src/hwbs_graph/view/scripts/shapes/paper.js";
import { boxUnder } from "../../src/hwbs_graph/view/scripts/shapes/pointing.js";
import { makeSheet } from "../../src/hwbs_graph/view/scripts/shapes/sheet.js";
import { buildModel } from "./page-data.mjs";

const column = (kind, role) => ({ kind, singular: kind, plural: `${kind}s`, role, sign: "" });
const COLUMNS = [column("theme", "element"), column("action", "element"), column("partner", "shared"), column("determinant", "shared")];
const LAYERS = ["Person", "Habits", "Friends", "Streets", "Country", "Care"];
const EACH = 4;
const measure = (text, font) => text.length * Number(/(\d+)px/.exec(font)[1]) * 0.5;

// Lines such as "0 a: Streets-1 (Care-0)": an action of theme a in plan 0; "(...)" is only suggested, "0 a =" is the theme itself, and
// "Streets-1 < Streets-0" a narrower determinant.
function plans(...lines) {
  const [nodes, edges, known] = [[], [], new Map()];
  const add = (key, more) => {
    if (!known.has(key)) known.set(key, nodes.push({ id: nodes.length, key, name: key, label: key, rank: nodes.length, hue: 0, ...more }) - 1);
    return known.get(key);
  };
  for (const layer of LAYERS) for (let at = 0; at < EACH; at += 1) add(`${layer}-${at}`, { kind: "determinant", plan: -1, layer, name: `${layer} number ${at}` });
  for (const line of lines.filter((each) => each.includes(" < "))) {
    const [narrow, wide] = line.split(" < ").map((key) => known.get(key));
    nodes[narrow].broader = [wide];
  }
  lines.filter((each) => !each.includes(" < ")).forEach((line, at) => {
    const [head, names] = line.split(": ");
    const [plan, theme, own] = head.split(" ");
    const root = add(`${plan}${theme}`, { kind: "theme", plan: Number(plan) });
    const from = own ? root : add(`action ${at}`, { kind: "action", plan: Number(plan), leaf: true });
    if (!own) edges.push({ from: root, to: from, basis: "stated in document" });
    for (const name of names.split(" ").filter((each) => each.startsWith("@"))) edges.push({ from, to: add(name, { kind: "partner", plan: -1 }), relation: "names", basis: "stated in document" });
    for (const name of names.split(" ").filter((each) => !each.startsWith("@"))) edges.push({ from, to: known.get(name.replace(/[()]/g, "")), relation: "addresses", basis: name.startsWith("(") ? "curated judgement" : "stated in document" });
  });
  const short = ["First", "Second"].slice(0, 1 + Number(lines.some((line) => line.startsWith("1"))));
  return buildModel({ nodes, edges, columns: COLUMNS, plans: short.map((each) => ({ key: each, title: each, subtitle: "", short: each, board: each })) });
}

const LINES = ["0 a: Streets-1 Habits-0", "0 a: Streets-1 Streets-2", "0 b: (Care-0) Country-3", "0 b =: Friends-2", "1 c: Person-0"];
const stateOf = (model, change = {}) => ({ ...startState(model), view: "rainbow", ...change });
const shownOf = (model, change) => applyFilters(model, stateOf(model, change));
const rainbow = (model, change) => rainbowOf(model, shownOf(model, change));
const told = (model, change) => findingOf(model, stateOf(model, change), shownOf(model, change));
const lay = (model, room = { width: 1500, height: 900 }, how = {}) => layoutRainbow(model, shownOf(model), rainbow(model), room, measure, how);
const sheet = (model, change) => makeSheet(drawingFor(model, stateOf(model, change), shownOf(model, change)), PAPERS.A4, LIGHT, measure);
const textsOf = ({ shapes }) => shapes.filter(({ type }) => type === "text").map(({ text }) => text);
const rowOf = (found, model, key) => [...found.rings, ...found.below].flatMap(({ rows }) => rows).find(({ id }) => model.nodes[id].key === key);
const model = plans(...LINES);
const id = (key) => model.byKey.get(key);

test("five layers are rings from the person outwards, and what lies beyond them is no arc", () => {
  const { rings, below } = rainbow(model);
  assert.deepEqual(rings.map(({ layer }) => layer), LAYERS.slice(0, 5));
  assert.deepEqual(below.map(({ layer }) => layer), ["Care"]);
  const { boxes } = lay(model);
  assert.ok(boxes.every((box) => Boolean(box.arc) === (model.nodes[box.id].layer !== "Care")));
});

test("an action that addresses two determinants of a layer counts once for it", () => {
  assert.deepEqual(rainbow(model).rings.map(({ leaves }) => leaves.size), [0, 1, 0, 2, 1]);
});

test("a segment says how many, that only the theme names it, or that it is a gap", () => {
  const found = rainbow(model);
  assert.deepEqual(["Streets-1", "Friends-2", "Person-0"].map((key) => segmentMark(rowOf(found, model, key))), ["2", "theme", "gap"]);
  assert.deepEqual(["Care-0", "Streets-1", "Person-0"].map((key) => isSuggested(rowOf(found, model, key))), [true, false, false]);
});

test("the finding tells most, least and gaps, and changes when the data does", () => {
  assert.match(told(model), /^Most is done about “Streets” \(2 of 3 actions\), least about “Friends” \(none\)\. 6 of 24 determinants are addressed; 18 gaps: /);
  assert.match(told(plans(...LINES, "0 b: Habits-1", "0 b: Habits-2")), /^Most is done about “Habits” \(3 of 5 actions\)/);
  assert.match(told(model, { themes: [id("0b")] }), /^Most is done about “Country” \(1 of 1 action\).*By what is shown/);
});

test("the numbers of the finding and of each layer are the numbers of the picture", () => {
  const texts = textsOf(sheet(model));
  for (const words of ["Streets: 2 of 3 actions; 2 gaps among 4", "Care: 1 of 3 actions; 3 gaps among 4", "2", "theme", "gap"]) assert.ok(texts.includes(words), words);
  const gaps = texts.filter((text) => text === "gap").length;
  assert.match(told(model), new RegExp(`${gaps} gaps`));
});

test("each determinant is one segment, and no two stand on the same place", () => {
  const { boxes } = lay(model);
  assert.deepEqual(new Set(boxes.map((box) => box.id)).size, LAYERS.length * EACH);
  for (const box of boxes.filter(({ arc }) => arc)) {
    assert.deepEqual(boxes.filter(({ arc }) => arc && isInArc(arc, box.middle)).map((each) => each.id), [box.id]);
  }
});

test("paper has every name whole, and a small screen all rings in sight with names that end after a word or within the first", () => {
  assert.ok(!sheet(model).layout.boxes.some(({ lines }) => lines.join("").includes("…")));
  const room = { width: 420, height: 500 };
  const { boxes } = lay(model, room, { grow: false });
  assert.ok(boxes.every((box) => box.x >= 0 && box.x + box.w <= room.width));
  const words = ({ lines }) => lines.join(" ").split("\u00a0")[1];
  const cut = boxes.filter((box) => box.arc && words(box) && words(box) !== model.nodes[box.id].name);
  for (const box of cut) assert.match(words(box), /^(Person|Habits|Friends|Streets|Country|[A-Z][a-z]{3,6})( number)?…$/);
  assert.ok(boxes.some((box) => box.arc && box.lines[0] === box.mark) || cut.length);
  assert.ok(boxes.every((box) => !box.arc || box.lines[0].startsWith(box.mark)));
});

test("for the back row no text is small", () => {
  const { boxes, labels } = lay(model, { width: 1024, height: 420 }, { large: true, grow: false });
  assert.ok([...boxes, ...labels].every(({ size }) => size >= 18));
});

test("arrow keys go round a ring and from ring to ring", () => {
  const layout = lay(model);
  assert.equal(walkFrom(layout, id("Streets-1"), "ArrowRight"), id("Streets-2"));
  assert.equal(walkFrom(layout, id("Streets-1"), "ArrowUp"), id("Country-1"));
  assert.equal(walkFrom(layout, id("Person-0"), "ArrowDown"), id("Person-0"));
});

test("a point is in the segment that is drawn there, not in the corner of its frame", () => {
  const layout = lay(model);
  const box = layout.boxes.find((each) => each.id === id("Country-0"));
  assert.equal(boxUnder(layout, box.middle), box);
  assert.equal(boxUnder(layout, { x: box.x + 1, y: box.y + 1 }), null);
});

test("other plans stand beside in words, unless a filter thins this one", () => {
  const words = "Second: 1 of 24 addressed, 23 gaps";
  assert.ok(textsOf(sheet(model)).includes(words));
  assert.ok(!textsOf(sheet(model, { themes: [id("0a")] })).includes(words));
});

test("what is selected counts what its segment counts, and the address comes back", () => {
  const state = stateOf(model, { selected: id("Streets-1") });
  assert.equal(selectedLeaves(model, state, shownOf(model)).size, 2);
  assert.deepEqual(readAddress(writeAddress(state, model), model), state);
  const gap = readAddress("#view=rainbow&select=Person-0", model);
  assert.deepEqual([gap.plan, gap.selected], [0, id("Person-0")]);
});

test("a plan that addresses nothing says so", () => {
  const none = plans("0 a: Person-0", "1 b =: Person-1");
  none.links.pop();
  assert.ok(textsOf(sheet(buildModel({ ...none, edges: none.links }), { plan: 1 })).includes("This plan is not recorded to address any determinant of health."));
});

test("Present has a step that names every layer", () => {
  const step = defaultSteps(model).find(({ hash }) => hash.includes("rainbow"));
  assert.match(step.sentence, /^Of 3 actions, 2 “Streets”, 1 “Habits”, 1 “Country”, 1 “Care”, none “Person”, none “Friends”\. 6 of 24/);
});

test("map and rainbow count alike under every filter, also what only a narrower determinant is named for", () => {
  const both = plans("Streets-3 < Streets-0", "0 a: Streets-3 Habits-1 @one", "0 b: Streets-3 (Care-1) @two", "0 b =: Friends-0 Streets-1");
  const of = (kind) => both.nodes.filter((node) => node.kind === kind).map((node) => node.id);
  const lists = Object.entries({ partners: "partner", determinants: "determinant", themes: "theme" });
  const filters = [{}, { basis: "curated judgement" }, ...lists.flatMap(([name, kind]) => of(kind).map((one) => ({ [name]: [one] }))), ...of("partner").map((only) => ({ only }))];
  let compared = 0;
  for (const filter of filters) {
    const shown = shownOf(both, filter);
    const { rings, below } = rainbowOf(both, shown);
    const { boxes, links } = layoutMap(both, shown, { width: 1500, height: 900 }, measure, COLUMNS[3]);
    for (const row of [...rings, ...below].flatMap((ring) => ring.rows)) {
      const box = boxes.find((each) => each.id === row.id);
      assert.equal(box?.count ?? "0", String(row.total), `${both.nodes[row.id].key} under ${JSON.stringify(filter)}`);
      assert.equal(links.some((link) => link.to === row.id), row.total > 0);
      compared += 1;
    }
    if (filter.partners || filter.only) assert.ok([...rings, ...below].every((ring) => ring.rows.every((row) => segmentMark(row) !== "theme")));
  }
  assert.equal(compared, filters.length * LAYERS.length * EACH);
  const [derived] = layoutMap(both, shownOf(both, {}), { width: 1500, height: 900 }, measure, COLUMNS[3]).links.filter((link) => link.provenance === "inferred");
  assert.equal(both.nodes[derived.to].key, "Streets-0");
});

test("a name that its segment cuts short stands whole below, on the screen and where it is saved, and never on a wall", () => {
  const wordy = (room, how) => {
    const { boxes, labels, height } = lay(model, room, { grow: false, ...how });
    const cut = boxes.filter(({ lines, full }) => lines.join(" ") !== full).map(({ full }) => full.replaceAll("\u00a0", " "));
    return { cut, height, told: labels.map(({ text }) => text).join(" ") };
  };
  const { cut, told, height } = wordy({ width: 500, height: 600 });
  assert.ok(cut.length > 3);
  assert.ok(told.includes(`In full: ${cut.join("; ")}.`));
  assert.ok(height >= Math.max(...lay(model, { width: 500, height: 600 }, { grow: false }).labels.map(({ y }) => y)));
  assert.equal(wordy({ width: 1500, height: 900 }).told.includes("In full"), false);
  assert.equal(wordy({ width: 500, height: 600 }, { large: true }).told.includes("In full"), false);
});
