// The scripts that need no page, tested with Node's own runner: node --test model.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";

import { walkFrom } from "../../src/hwbs_graph/view/scripts/layout/arrow-keys.js";
import { layoutMap } from "../../src/hwbs_graph/view/scripts/layout/map-layout.js";
import { wrapText } from "../../src/hwbs_graph/view/scripts/layout/wrap.js";
import { readAddress, startState, writeAddress } from "../../src/hwbs_graph/view/scripts/record/address.js";
import { applyFilters, idleFilters, mapColumns, leafCount } from "../../src/hwbs_graph/view/scripts/record/filters.js";
import { settleState } from "../../src/hwbs_graph/view/scripts/record/settling.js";
import { countGrid } from "../../src/hwbs_graph/view/scripts/record/grid.js";
import { sentenceFor } from "../../src/hwbs_graph/view/scripts/record/model.js";
import { groupRelatives } from "../../src/hwbs_graph/view/scripts/record/relatives.js";
import { buildIndex, searchIndex } from "../../src/hwbs_graph/view/scripts/record/search.js";
import { cellSentence, emptySentence, linkSentence, selectionSentence } from "../../src/hwbs_graph/view/scripts/record/sentences.js";
import { leavesInCell } from "../../src/hwbs_graph/view/scripts/record/cells.js";
import { titleOf } from "../../src/hwbs_graph/view/scripts/record/title.js";
import { boxUnder, linkUnder } from "../../src/hwbs_graph/view/scripts/shapes/pointing.js";
import { buildModel } from "./page-data.mjs";

const PRINTED = "stated in document";
const COLUMNS = [
  { kind: "theme", singular: "theme", plural: "themes", role: "element", sign: "" },
  { kind: "objective", singular: "objective", plural: "objectives", role: "element", sign: "" },
  { kind: "action", singular: "action", plural: "actions", role: "element", sign: "" },
  { kind: "partner", singular: "partner", plural: "partners", role: "shared", sign: "diamond" },
  { kind: "determinant", singular: "determinant", plural: "determinants", role: "shared", sign: "triangle" },
];
// Two themes of two objectives of two actions; partner "all" is in all eight, "odd" in every second.
function smallData(actionsEach = 2) {
  const nodes = [];
  const edges = [];
  const ranks = {};
  const add = (kind, key) => {
    ranks[kind] = (ranks[kind] ?? -1) + 1;
    const shared = kind === "partner" || kind === "determinant";
    nodes.push({ id: nodes.length, key, kind, plan: shared ? -1 : 0, leaf: kind === "action", name: `Name ${key}`, label: `Label ${key}`, code: "", rank: ranks[kind], hue: 1 });
    return nodes.length - 1;
  };
  const all = add("partner", "all");
  const odd = add("partner", "odd");
  for (const theme of ["s", "t"]) {
    const t = add("theme", theme);
    for (const objective of [1, 2]) {
      const o = add("objective", `${theme}${objective}`);
      edges.push({ from: t, to: o, basis: PRINTED });
      for (let index = 0; index < actionsEach; index += 1) {
        const a = add("action", `${theme}${objective}${index}`);
        edges.push({ from: o, to: a, basis: PRINTED }, { from: a, to: all, basis: PRINTED, sources: [{ document: "The plan", place: "p. 1", line: 1, printed: "All" }] });
        if (index % 2) edges.push({ from: a, to: odd, basis: "curated judgement" });
      }
    }
  }
  return { nodes, edges, columns: COLUMNS, documents: ["The plan"] };
}
// The same with a determinant: "warm" addressed by the objective s1, "loud" by the theme t.
function withDeterminants() {
  const data = smallData();
  const at = (key) => data.nodes.find((node) => node.key === key).id;
  for (const [key, from] of [["warm", "s1"], ["loud", "t"]]) {
    const id = data.nodes.length;
    data.nodes.push({ id, key, kind: "determinant", plan: -1, name: key, label: key, rank: 0, hue: 0 });
    data.edges.push({ from: at(from), to: id, relation: "addresses", basis: PRINTED });
  }
  return buildModel(data);
}
const model = buildModel(smallData());
const id = (key) => model.byKey.get(key);
const START = startState(model);
const everything = applyFilters(model, START);
const partners = COLUMNS[3];
const measure = (text, font) => text.length * Number(/(\d+)px/.exec(font)[1]) * 0.6;

test("a node stands for the actions on its lines", () => {
  assert.equal(model.leaves[id("all")].size, 8);
  assert.equal(model.leaves[id("odd")].size, 4);
  assert.equal(model.leaves[id("s1")].size, 2);
});

test("show only keeps a partner's actions and whom it works with", () => {
  const shown = applyFilters(model, { ...START, only: id("odd") });
  assert.equal(shown.leaves.size, 4);
  assert.ok(shown.nodes.has(id("all")));
  assert.ok(!shown.nodes.has(id("s10")));
  assert.equal(leafCount(shown, id("all")), 4);
});

test("a circle in the data ends", () => {
  const data = smallData();
  data.edges.push({ from: 0, to: 2 });
  assert.equal(buildModel(data).leaves[0].size, 8);
});

test("the grid counts actions and its totals are distinct actions", () => {
  const grid = countGrid(model, everything, partners);
  assert.deepEqual(grid.rows.map((row) => [row.id, row.cells, row.total]), [
    [id("all"), [2, 2, 2, 2], 8],
    [id("odd"), [1, 1, 1, 1], 4],
  ]);
  assert.deepEqual(grid.groups, [{ id: id("s"), span: 2 }, { id: id("t"), span: 2 }]);
});

test("a plan without partners has no grid", () => {
  assert.equal(countGrid(model, everything, null), null);
});

test("the panel's lists begin with what is linked and end with what a node belongs to", () => {
  const kinds = groupRelatives(model, id("odd"), everything).map((group) => group.column.kind);
  assert.deepEqual(kinds, ["action", "partner", "theme", "objective"]);
});

test("an address comes back as it went", () => {
  const state = {
    ...START, view: "grid", selected: id("all"), only: id("all"), themes: [id("s"), id("t")], partners: [id("odd")],
    document: "The plan", basis: PRINTED, dark: true, embed: true,
  };
  assert.deepEqual(readAddress(writeAddress(state, model), model), state);
});

test("hostile addresses do nothing", () => {
  const hostile = [
    "#", "#view=<script>", "#select=__proto__", "#only=constructor", "#view=toString&select=%", "#%E0%A4%A",
    `#select=${"x".repeat(100000)}`, "#select=s&select=zzz&&&===", "#view=map&view=grid", "javascript:alert(1)",
  ];
  for (const hash of hostile) {
    const state = readAddress(hash, model);
    assert.deepEqual({ ...state, selected: null, refused: [] }, START, hash.slice(0, 40));
  }
  assert.equal(readAddress("#select=__proto__", model).selected, null);
});

test("a selection wins over the filters that hide it, and a filter over the selection", () => {
  const hidden = { ...START, selected: id("t"), only: id("s10") };
  assert.equal(settleState(model, hidden).only, null);
  assert.equal(settleState(model, { ...hidden, selected: id("s") }).only, id("s10"));
  assert.equal(settleState(model, hidden, false).selected, null);
  assert.equal(settleState(model, hidden, false).only, id("s10"));
});

test("filters are intersections, and counts follow them", () => {
  const both = applyFilters(model, { ...START, themes: [id("s")], partners: [id("odd")] });
  assert.equal(both.leaves.size, 2);
  assert.equal(leafCount(both, id("all")), 2);
  assert.equal(leafCount(both, id("s")), 2);
  assert.ok(!both.nodes.has(id("t")));
  const none = applyFilters(model, { ...START, themes: [id("s")], only: id("t1") });
  assert.equal(none.leaves.size, 0);
});

test("the basis and the document thin the links to partners", () => {
  const curated = applyFilters(model, { ...START, basis: "curated judgement" });
  assert.equal(curated.leaves.size, 4);
  assert.ok(curated.nodes.has(id("odd")) && !curated.nodes.has(id("all")));
  const printed = applyFilters(model, { ...START, document: "The plan" });
  assert.ok(printed.nodes.has(id("all")) && !printed.nodes.has(id("odd")));
});

test("an objective that addresses a determinant stands for its actions, a theme does not", () => {
  const other = withDeterminants();
  const at = (key) => other.byKey.get(key);
  assert.equal(other.leaves[at("warm")].size, 2);
  assert.equal(other.leaves[at("loud")].size, 0);
  const shown = applyFilters(other, { ...START, determinants: [at("warm")] });
  assert.deepEqual([...shown.leaves].map((leaf) => other.nodes[leaf].key), ["s10", "s11"]);
});

test("the panel tells what is linked to a determinant from what comes through a heading or a narrower one", () => {
  const data = smallData();
  const at = (key) => data.nodes.find((node) => node.key === key).id;
  const add = (key, broader) => data.nodes.push({ id: data.nodes.length, key, kind: "determinant", plan: -1, name: key, label: key, rank: 0, hue: 0, broader });
  const address = (from, to) => data.edges.push({ from: at(from), to: at(to), relation: "addresses", basis: PRINTED });
  add("warm", []);
  add("damp", [at("warm")]);
  address("s1", "warm");
  address("s11", "warm");
  address("s20", "damp");
  address("t1", "damp");
  const other = buildModel(data);
  const shown = applyFilters(other, { ...START, determinants: [at("warm")] });
  assert.equal(shown.leaves.size, 5);
  assert.equal(shown.leavesOf.get(at("warm")).size, 5);
  const actions = groupRelatives(other, at("warm"), shown).find((group) => group.column.kind === "action");
  const told = actions.items.map((item) => [other.nodes[item.id].key, Boolean(item.link), item.through]);
  assert.deepEqual(told, [
    ["s11", true, ""], ["s10", false, "Label s1"], ["s20", false, "damp"], ["t10", false, "Label t1 (damp)"], ["t11", false, "Label t1 (damp)"],
  ]);
});

test("a word with several values is left out of the state and kept to be told, a theme may repeat", () => {
  const state = readAddress("#only=all&only=odd&theme=s&theme=t&dark=1&dark=1&view=grid", model);
  assert.deepEqual([state.only, state.refused, state.dark, state.view], [null, ["only"], true, "grid"]);
  assert.deepEqual(state.themes, [id("s"), id("t")]);
  assert.deepEqual(readAddress("#partner=odd&partner=odd", model).refused, []);
  assert.deepEqual(readAddress("#partner=odd&partner=odd", model).partners, [id("odd")]);
});

test("what stands under one heading stands in one column, whatever its kind", () => {
  const data = smallData();
  for (const node of data.nodes) if (node.key === "s2") node.kind = "action";
  const mixed = buildModel(data);
  const columns = mapColumns(mixed, applyFilters(mixed, startState(mixed)), null);
  assert.deepEqual(columns.map((column) => column.plural), ["themes", "objectives and actions", "actions"]);
});

test("an action that stands under the plan itself stands among the actions, not among the themes", () => {
  const data = smallData();
  const alone = data.nodes.findIndex((node) => node.key === "s10");
  data.edges = data.edges.filter((edge) => edge.to !== alone);
  const other = buildModel(data);
  const columns = mapColumns(other, applyFilters(other, startState(other)), null);
  assert.deepEqual(columns.map((column) => column.plural), ["themes", "objectives", "actions"]);
  assert.ok(columns[2].ids.includes(alone));
});

test("a name is found by its spelling without case, accents or the kind of apostrophe", () => {
  const data = smallData();
  Object.assign(data.nodes[0], { name: "Children’s Café", aliases: ["Kids\u200b Cafe"] });
  const other = buildModel(data);
  const index = buildIndex(other);
  const find = (text) => searchIndex(other, index, text, 0).found.map((hit) => hit.id);
  for (const text of ["children's cafe", "CHILDREN’S", "café", "kids cafe", " cafe  children's "]) {
    assert.equal(find(text)[0], 0, text);
  }
  assert.deepEqual(find("nowhere of the"), []);
  assert.deepEqual(find("   "), []);
  assert.equal(searchIndex(other, index, "label", 0).found.length, 12);
  assert.equal(searchIndex(other, index, "label", 0).most, other.nodes.length);
});

test("a hit says why it is one, and a near spelling or a single word is found where nothing else is", () => {
  const data = smallData();
  Object.assign(data.nodes[0], { name: "Housing", label: "Housing", aliases: ["Homes Unit"], details: [["Why", "It keeps winter out of every home"]] });
  Object.assign(data.nodes[1], { name: "Isolation & loneliness", label: "Loneliness" });
  const other = buildModel(data);
  const index = buildIndex(other);
  const find = (text) => searchIndex(other, index, text, 0).found;
  assert.deepEqual(find("housing"), [{ id: 0, why: "" }]);
  assert.deepEqual(find("homes"), [{ id: 0, why: "also called “Homes Unit”" }]);
  assert.deepEqual(find("winter"), [{ id: 0, why: "told of it: “it keeps winter out of every home”" }]);
  for (const typed of ["housng", "houisng", "huosing"]) assert.deepEqual(find(typed), [{ id: 0, why: "spelt like “housing”" }], typed);
  assert.deepEqual(find("loneliness and air"), [{ id: 1, why: "has “loneliness”" }]);
  assert.deepEqual(find("zzzz"), []);
});

test("what lies under the pointer is the box, or the line that passes nearest", () => {
  const layout = layoutMap(model, everything, { width: 1000, height: 600 }, measure);
  for (const box of layout.boxes) assert.equal(boxUnder(layout, { x: box.x + 1, y: box.y + 1 }).id, box.id);
  for (const link of layout.links) {
    const [from, to] = [link.from, link.to].map((end) => layout.boxes.find((box) => box.id === end));
    const found = linkUnder(layout, { x: from.to + 1, y: from.y + from.h / 2 });
    assert.equal(found.from, link.from);
    assert.equal(linkUnder(layout, { x: to.from - 1, y: to.y + to.h / 2 }).to, link.to);
  }
  assert.equal(boxUnder(layout, { x: -5, y: -5 }), null);
  assert.equal(linkUnder(layout, { x: 500, y: 5000 }), null);
});

test("several partners are asked for together, all of them or any", () => {
  const read = (address) => readAddress(address, model);
  const both = read("#partner=all&partner=odd");
  assert.deepEqual([both.partners, both.match], [[id("all"), id("odd")], "all"]);
  const leaves = (state) => applyFilters(model, state).leaves.size;
  assert.deepEqual([leaves(both), leaves(read("#partner=all&partner=odd&match=any"))], [4, 8]);
  for (const state of [both, { ...both, match: "any" }]) assert.deepEqual(read(writeAddress(state, model)), state);
  assert.match(titleOf(model, { ...both, match: "any" }, "Plan"), /^Plan: any of Name all and Name odd only$/);
});

test("each step around what is shown alone adds the actions of those named there, but not over a hub", () => {
  const data = smallData();
  const other = buildModel({ ...data, edges: [...data.edges, { from: data.nodes.find((node) => node.key === "s10").id, to: data.nodes.find((node) => node.key === "odd").id, basis: PRINTED }] });
  const leaves = (address) => applyFilters(other, readAddress(address, other)).leaves.size;
  assert.deepEqual(["#only=s10", "#only=s10&hops=2", "#only=s10&hops=3", "#only=s10&hops=9"].map(leaves), [1, 5, 5, 1]);
  const state = readAddress("#only=s10&hops=2", other);
  assert.deepEqual(readAddress(writeAddress(state, other), other), state);
  assert.equal(readAddress("#hops=2", other).hops, 1);
  assert.match(titleOf(other, state, "Plan"), /within 2 steps only/);
});

test("a view keeps the name that a person gave it, on one line", () => {
  const state = readAddress("#name=Who+helps%0A%E2%80%AEhere%3F&partner=odd", model);
  assert.equal(state.name, "Who helps here?");
  assert.deepEqual(readAddress(writeAddress(state, model), model), state);
  assert.equal(titleOf(model, state, "Plan"), "Who helps here? – Plan: Name odd only");
});

test("a picture says which filters it does not follow", () => {
  const idle = (view) => idleFilters({ ...START, view, partners: [id("odd")], themes: [id("s")] });
  assert.deepEqual([idle("map").partners, idle("map").themes], [[], []]);
  assert.deepEqual([idle("continuity").partners, idle("continuity").themes], [[id("odd")], []]);
  assert.deepEqual([idle("families").partners, idle("families").themes], [[id("odd")], [id("s")]]);
});

test("wrapped lines fit and lose no character", () => {
  const font = "10px x";
  for (const text of ["one two three four", "x".repeat(90), "", "👩‍👩‍👧 ".repeat(9).trim(), "a bb  ccc"]) {
    const lines = wrapText(text, 60, font, measure);
    assert.ok(lines.every((line) => measure(line, font) <= 60 || Array.from(line).length === 1));
    assert.equal(lines.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
  }
});

function overlaps(boxes) {
  const hit = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => hit(a, b)).map((b) => [a.id, b.id]));
}

test("no boxes overlap at any size, with few actions or many", () => {
  for (const actions of [1, 2, 5, 13, 40]) {
    const large = buildModel(smallData(actions));
    const shown = applyFilters(large, startState(large));
    for (const [width, height] of [[200, 150], [700, 600], [1100, 690], [1500, 980]]) {
      const layout = layoutMap(large, shown, { width, height }, measure);
      assert.equal(layout.boxes.length, shown.nodes.size);
      assert.deepEqual(overlaps(layout.boxes), [], `${actions} actions at ${width}x${height}`);
      assert.ok(layout.boxes.every((box) => box.x >= 0 && box.y >= 0 && box.x + box.w <= layout.width && box.y + box.h <= layout.height));
    }
  }
});

test("few actions are full text and many are pills", () => {
  const styles = (actions) => {
    const large = buildModel(smallData(actions));
    const layout = layoutMap(large, applyFilters(large, startState(large)), { width: 1100, height: 690 }, measure);
    return new Set(layout.boxes.filter((box) => large.nodes[box.id].kind === "action").map((box) => box.style));
  };
  assert.deepEqual(styles(5), new Set(["full"]));
  assert.deepEqual(styles(6), new Set(["pill"]));
});

test("beside actions that exceed the height nothing is written smaller than they are", () => {
  const long = smallData(5);
  long.nodes.forEach((node) => node.kind === "objective" && (node.name = Array(9).fill("wording").join(" ")));
  const tall = buildModel(long);
  const layout = layoutMap(tall, applyFilters(tall, startState(tall)), { width: 800, height: 200 }, measure);
  const sizes = (kind) => [...new Set(layout.boxes.filter((box) => tall.nodes[box.id].kind === kind).map((box) => box.size))];
  assert.ok(layout.height > 200);
  assert.deepEqual(sizes("objective"), sizes("action"));
});

test("arrows lead along columns and lines and stop at the ends", () => {
  const layout = layoutMap(model, everything, { width: 1100, height: 690 }, measure);
  const go = (from, key) => model.nodes[walkFrom(layout, id(from), key)].key;
  assert.equal(go("s", "ArrowDown"), "t");
  assert.equal(go("s", "ArrowUp"), "s");
  assert.equal(go("s", "End"), "t");
  assert.ok(["s1", "s2"].includes(go("s", "ArrowRight")));
  assert.equal(go("s1", "ArrowLeft"), "s");
  assert.equal(go("all", "ArrowRight"), "all");
});

test("a sentence names kind, wording and size", () => {
  assert.equal(sentenceFor(model, id("odd")), "partner: Label odd, 4 actions.");
});

test("a selection says how much of the plan it is in, and where it is not", () => {
  const said = (key, change = {}) => selectionSentence(model, applyFilters(model, { ...START, ...change }), id(key));
  assert.equal(said("odd"), "Name odd: 4 of 8 actions, in all two themes.");
  assert.equal(said("s"), "Name s: 4 of 8 actions, 2 objectives, 2 partners.");
  assert.equal(said("s11"), "Name s Name s11: names 2 partners.");
  const data = smallData();
  data.edges = data.edges.filter((edge) => edge.to !== id("odd") || edge.from < id("t"));
  const fewer = buildModel(data);
  assert.equal(selectionSentence(fewer, applyFilters(fewer, startState(fewer)), id("odd")), "Name odd: 2 of 8 actions, in one of two themes, not in Name t.");
});

test("a selection's words are made from the data and change with it", () => {
  const other = buildModel(smallData(4));
  assert.equal(selectionSentence(other, applyFilters(other, startState(other)), other.byKey.get("odd")), "Name odd: 8 of 16 actions, in all two themes.");
});

test("a cell says which leaves it counts, and an empty one that there is none", () => {
  const said = (row, head) => cellSentence(model, everything, id(row), id(head), leavesInCell(model, START, everything, id(row), id(head)));
  assert.equal(said("odd", "s1"), "Name odd in Name s Name s1: 1 action.");
  const [row] = countGrid(model, everything, partners).rows;
  assert.deepEqual(row.cells, [2, 2, 2, 2].map((count, at) => leavesInCell(model, START, everything, row.id, id(["s1", "s2", "t1", "t2"][at])).size));
  const thin = applyFilters(model, { ...START, themes: [id("s")] });
  assert.equal(cellSentence(model, thin, id("odd"), id("t1"), leavesInCell(model, START, thin, id("odd"), id("t1"))), "No action shown of Name t Name t1 names Name odd.");
});

test("an empty selection says what there is not", () => {
  const other = withDeterminants();
  const at = (key) => other.byKey.get(key);
  const said = (change) => emptySentence(other, applyFilters(other, { ...startState(other), ...change }));
  assert.equal(said({ determinants: [at("warm")], themes: [at("t")] }), "No action of Label t addresses warm.");
  assert.equal(said({ determinants: [at("warm")], partners: [at("odd")], themes: [at("s"), at("t")], document: "The plan" }), "No action of Label s or Label t names Name odd, addresses warm and is printed in The plan.");
});

test("a line says what it joins, and that no document prints it", () => {
  const link = model.links.find((each) => each.to === id("odd"));
  assert.equal(linkSentence(model, link), "Name s Name s11 names Name odd (suggested, not printed).");
  assert.equal(linkSentence(model, model.links.find((each) => each.to === id("s1"))), "Name s leads to Name s Name s1.");
});

test("a line that leaps over columns passes in a gap of each, behind no box, and is found under the pointer there", () => {
  const data = smallData(3);
  const [theme, partner] = [data.nodes.find(({ key }) => key === "t").id, data.nodes.find(({ key }) => key === "odd").id];
  data.edges.push({ from: theme, to: partner, basis: PRINTED });
  const leaping = buildModel(data);
  for (const [width, height] of [[700, 600], [1100, 690], [1500, 980]]) {
    const layout = layoutMap(leaping, applyFilters(leaping, startState(leaping)), { width, height }, measure);
    const [link] = layout.links.filter(({ via }) => via);
    assert.deepEqual([link.from, link.to, link.via.length], [theme, partner, 2]);
    for (const { from, to, y } of link.via) {
      assert.ok(layout.boxes.every((box) => box.x >= to || box.x + box.w <= from || y <= box.y || y >= box.y + box.h));
      assert.equal(linkUnder(layout, { x: (from + to) / 2, y }).to, partner);
    }
  }
});

test("a theme that is named itself stands in the grid once, with the headings under it", () => {
  const data = smallData(1);
  const t = data.nodes.find(({ key }) => key === "t").id;
  data.nodes.push({ ...data.nodes.find(({ kind }) => kind === "action"), id: data.nodes.length, key: "own", name: "own" });
  data.edges.push({ from: t, to: data.nodes.length - 1, basis: PRINTED });
  const own = buildModel(data);
  const { groups, heads } = countGrid(own, applyFilters(own, startState(own)), COLUMNS[3]);
  assert.deepEqual(groups.map(({ id, span }) => [own.nodes[id].key, span]), [["s", 2], ["t", 3]]);
  assert.deepEqual(heads.ids.map((head) => own.nodes[head].key), ["s1", "s2", "t", "t1", "t2"]);
});
