// The scripts that need no page, tested with Node's own runner: node --test model.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const FOLDER = new URL("../../src/hwbs_graph/view/static/", import.meta.url);
const FILES = ["model.js", "tables.js", "address.js", "wrap.js", "columns.js", "places.js", "walk.js"];
const NAMES = [
  "buildModel", "shownBy", "companyOf", "unitCount", "relatives", "settle", "gridOf", "readAddress",
  "writeAddress", "wrapText", "layoutMap", "walkFrom", "sentenceFor",
];
const source = FILES.map((file) => readFileSync(new URL(file, FOLDER), "utf8")).join("\n");
const view = new Function(`"use strict";${source}\nreturn { ${NAMES.join(", ")} };`)();

const COLUMNS = [
  { kind: "theme", singular: "theme", plural: "themes", role: "group", sign: "" },
  { kind: "objective", singular: "objective", plural: "objectives", role: "group", sign: "" },
  { kind: "action", singular: "action", plural: "actions", role: "unit", sign: "" },
  { kind: "partner", singular: "partner", plural: "partners", role: "party", sign: "diamond" },
];
// Two themes of two objectives of two actions; partner "all" is in all eight, "odd" in every second.
function smallData(actionsEach = 2) {
  const nodes = [];
  const edges = [];
  const ranks = {};
  const add = (kind, key) => {
    ranks[kind] = (ranks[kind] ?? -1) + 1;
    nodes.push({ id: nodes.length, key, kind, name: `Name ${key}`, label: `Label ${key}`, code: "", rank: ranks[kind], hue: 1 });
    return nodes.length - 1;
  };
  const all = add("partner", "all");
  const odd = add("partner", "odd");
  for (const theme of ["s", "t"]) {
    const t = add("theme", theme);
    for (const objective of [1, 2]) {
      const o = add("objective", `${theme}${objective}`);
      edges.push({ from: t, to: o });
      for (let index = 0; index < actionsEach; index += 1) {
        const a = add("action", `${theme}${objective}${index}`);
        edges.push({ from: o, to: a }, { from: a, to: all });
        if (index % 2) edges.push({ from: a, to: odd });
      }
    }
  }
  return { nodes, edges, columns: COLUMNS };
}
const model = view.buildModel(smallData());
const id = (key) => model.byKey.get(key);
const everything = view.shownBy(model, { only: null });
const measure = (text, font) => text.length * Number(/(\d+)px/.exec(font)[1]) * 0.6;

test("a node stands for the actions on its lines", () => {
  assert.equal(model.units[id("all")].size, 8);
  assert.equal(model.units[id("odd")].size, 4);
  assert.equal(model.units[id("s1")].size, 2);
});

test("show only keeps a partner's actions and whom it works with", () => {
  const shown = view.shownBy(model, { only: id("odd") });
  assert.equal(shown.units.size, 4);
  assert.ok(shown.nodes.has(id("all")));
  assert.ok(!shown.nodes.has(id("s10")));
  assert.equal(view.unitCount(model, id("all"), shown.units), 4);
});

test("a circle in the data ends", () => {
  const data = smallData();
  data.edges.push({ from: 0, to: 2 });
  assert.equal(view.buildModel(data).units[0].size, 8);
});

test("the grid counts actions and its totals are distinct actions", () => {
  const grid = view.gridOf(model, everything);
  assert.deepEqual(grid.rows.map((row) => [row.id, row.cells, row.total]), [
    [id("all"), [2, 2, 2, 2], 8],
    [id("odd"), [1, 1, 1, 1], 4],
  ]);
  assert.deepEqual(grid.groups, [{ id: id("s"), span: 2 }, { id: id("t"), span: 2 }]);
});

test("a plan without partners has no grid", () => {
  const shown = { nodes: new Set([id("s"), id("s1")]), units: new Set() };
  assert.equal(view.gridOf(model, shown), null);
});

test("the panel's lists begin with what is linked and end with what a node belongs to", () => {
  const kinds = view.relatives(model, id("odd")).map((group) => group.column.kind);
  assert.deepEqual(kinds, ["action", "partner", "theme", "objective"]);
});

test("an address comes back as it went", () => {
  const state = { view: "grid", selected: id("odd"), only: id("all") };
  assert.deepEqual(view.readAddress(view.writeAddress(state, model), model), state);
});

test("hostile addresses do nothing", () => {
  const start = { view: "map", selected: null, only: null };
  const hostile = [
    "#", "#view=<script>", "#select=__proto__", "#only=constructor", "#view=toString&select=%", "#%E0%A4%A",
    `#select=${"x".repeat(100000)}`, "#select=s&select=zzz&&&===", "#view=map&view=grid", "javascript:alert(1)",
  ];
  for (const hash of hostile) {
    const state = view.readAddress(hash, model);
    assert.equal(state.view, start.view, hash.slice(0, 40));
    assert.equal(state.only, null, hash.slice(0, 40));
  }
  assert.equal(view.readAddress("#select=__proto__", model).selected, null);
});

test("a selection that only would hide wins over it", () => {
  assert.equal(view.settle(model, { view: "map", selected: id("t"), only: id("s10") }).only, null);
  assert.equal(view.settle(model, { view: "map", selected: id("s"), only: id("s10") }).only, id("s10"));
});

test("wrapped lines fit and lose no character", () => {
  const font = "10px x";
  for (const text of ["one two three four", "x".repeat(90), "", "👩‍👩‍👧 ".repeat(9).trim(), "a bb  ccc"]) {
    const lines = view.wrapText(text, 60, font, measure);
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
    const large = view.buildModel(smallData(actions));
    const shown = view.shownBy(large, { only: null });
    for (const [width, height] of [[200, 150], [700, 600], [1100, 690], [1500, 980]]) {
      const layout = view.layoutMap(large, shown, { width, height }, measure);
      assert.equal(layout.boxes.length, large.nodes.length);
      assert.deepEqual(overlaps(layout.boxes), [], `${actions} actions at ${width}x${height}`);
      assert.ok(layout.boxes.every((box) => box.x >= 0 && box.y >= 0 && box.x + box.w <= layout.width && box.y + box.h <= layout.height));
    }
  }
});

test("few actions are full text and many are pills", () => {
  const styles = (actions) => {
    const large = view.buildModel(smallData(actions));
    const layout = view.layoutMap(large, view.shownBy(large, { only: null }), { width: 1100, height: 690 }, measure);
    return new Set(layout.boxes.filter((box) => large.nodes[box.id].kind === "action").map((box) => box.style));
  };
  assert.deepEqual(styles(5), new Set(["full"]));
  assert.deepEqual(styles(6), new Set(["pill"]));
});

test("arrows lead along columns and lines and stop at the ends", () => {
  const layout = view.layoutMap(model, everything, { width: 1100, height: 690 }, measure);
  const go = (from, key) => model.nodes[view.walkFrom(model, layout, id(from), key)].key;
  assert.equal(go("s", "ArrowDown"), "t");
  assert.equal(go("s", "ArrowUp"), "s");
  assert.equal(go("s", "End"), "t");
  assert.ok(["s1", "s2"].includes(go("s", "ArrowRight")));
  assert.equal(go("s1", "ArrowLeft"), "s");
  assert.equal(go("all", "ArrowRight"), "all");
});

test("a sentence names kind, wording and size", () => {
  assert.equal(view.sentenceFor(model, id("odd")), "partner: Label odd, 4 actions.");
});
