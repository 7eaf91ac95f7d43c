// Who is missing where, and which objectives share partners, tested with Node's own runner: node --test partners.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";

import { readAddress, startState, writeAddress } from "../../src/hwbs_graph/view/scripts/record/address.js";
import { NO_FILTER, applyFilters, isEmpty } from "../../src/hwbs_graph/view/scripts/record/filters.js";
import { findingOf } from "../../src/hwbs_graph/view/scripts/record/findings.js";
import { missingOf } from "../../src/hwbs_graph/view/scripts/record/missing.js";
import { DERIVED, missingMark } from "../../src/hwbs_graph/view/scripts/record/missing-words.js";
import { isOffered } from "../../src/hwbs_graph/view/scripts/record/offers.js";
import { findQuestions } from "../../src/hwbs_graph/view/scripts/record/saved-questions.js";
import { buildIndex } from "../../src/hwbs_graph/view/scripts/record/search.js";
import { settleState } from "../../src/hwbs_graph/view/scripts/record/settling.js";
import { pairBetween, pairHue, pairSharing, sharedPartners } from "../../src/hwbs_graph/view/scripts/record/shared-partners.js";
import { defaultSteps } from "../../src/hwbs_graph/view/scripts/record/steps.js";
import { drawingFor } from "../../src/hwbs_graph/view/scripts/shapes/drawings.js";
import { LIGHT, PAPERS } from "../../src/hwbs_graph/view/scripts/shapes/paper.js";
import { makeSheet } from "../../src/hwbs_graph/view/scripts/shapes/sheet.js";
import { buildModel } from "./page-data.mjs";

const column = (kind, role) => ({ kind, singular: kind, plural: `${kind}s`, role, sign: kind === "partner" ? "diamond" : "" });
const COLUMNS = [column("theme", "element"), column("objective", "element"), column("action", "element"), column("partner", "shared"), column("determinant", "shared")];
const measure = (text, font) => text.length * Number(/(\d+)px/.exec(font)[1]) * 0.5;

// Lines such as "Home 1 A: Ann Bob / (air) warmth": action A of objective 1 of theme Home names two partners and addresses two
// determinants, "(air)" only by suggestion. "-" is no theme or no objective.
function plan(...lines) {
  const [nodes, edges, known] = [[], [], new Map()];
  const add = (kind, key) => {
    if (!known.has(key)) {
      known.set(key, nodes.length);
      const shared = ["partner", "determinant"].includes(kind);
      nodes.push({ id: nodes.length, key, kind, plan: shared ? -1 : 0, leaf: kind === "action", name: key, label: key, rank: nodes.length, hue: 0, layer: kind === "determinant" ? key.replace(/^(layer)?.*/, "$1") : "" });
    }
    return known.get(key);
  };
  for (const line of lines) {
    const [place, partners, determinants] = line.split(/: | \/ /);
    const [theme, objective, action] = place.split(" ");
    const path = [["theme", theme], ["objective", objective], ["action", action]].filter(([, key]) => key !== "-").map(([kind, key]) => add(kind, key));
    path.slice(1).forEach((to, at) => edges.some((edge) => edge.to === to) || edges.push({ from: path[at], to, basis: "stated in document" }));
    const name = (kind, relation) => (key) => edges.push({ from: path.at(-1), to: add(kind, key.replace(/[()]/g, "")), relation, basis: key.startsWith("(") ? "curated judgement" : "stated in document" });
    (partners ?? "").split(" ").filter(Boolean).forEach(name("partner", "involves"));
    (determinants ?? "").split(" ").filter(Boolean).forEach(name("determinant", "addresses"));
  }
  return buildModel({ nodes, edges, columns: COLUMNS });
}

const LINES = ["Home 1 A: Ann / warmth", "Home 1 B: Ann Bob / air", "Work 2 C: Bob / air", "Work 2 D: Cat / (pay)", "Play 3 E: Dan / (pay) noise", "Play 4 F: Dan Eve / layer", "Work 2 G: Eve / layer"];
const model = plan(...LINES);
const id = (key) => model.byKey.get(key);
const stateOf = (of, change = {}) => ({ ...startState(of), view: "missing", ...change });
const missing = (change, of = model) => missingOf(of, stateOf(of, change), applyFilters(of, stateOf(of, change)));
const told = (change, of = model) => findingOf(of, stateOf(of, change), applyFilters(of, stateOf(of, change)));
const sheet = (change, of = model) => makeSheet(drawingFor(of, stateOf(of, change), applyFilters(of, stateOf(of, change))), PAPERS.A4, LIGHT, measure);
const textsOf = ({ shapes }) => shapes.filter(({ type }) => type === "text").map(({ text }) => text);
const circles = ({ layout }) => layout.cells.filter((cell) => cell.circle).map(({ ids, circle, lines }) => [...ids.map((each) => model.nodes[each].key), circle, lines[0].text].join(" "));
const marksOf = (found, key) => found.rows.find((row) => model.nodes[row.id].key === key).cells.map((cell) => missingMark(cell));

test("a circle is full where a partner is named, hollow where it is only for the same determinant elsewhere, else none", () => {
  const found = missing();
  assert.deepEqual(found.heads.map((head) => model.nodes[head].key), ["Home", "Work", "Play"]);
  assert.deepEqual(["Ann", "Bob", "Cat", "Dan"].map((key) => marksOf(found, key)), [["full", "ring", ""], ["full", "full", ""], ["", "full", "broken"], ["", "broken", "full"]]);
});

test("a whole layer of determinants is not the same determinant", () => {
  assert.deepEqual(marksOf(missing({}, plan(...LINES)), "Eve"), ["", "full", "full"]);
  const far = plan("Home 1 A: Ann / layer", "Work 2 B: Bob / layer pay");
  assert.ok(missing({}, far).rows.every((row) => row.cells.every((cell) => !cell.ways.length)));
});

test("the title tells where most are missing, says that it is derived, and changes when the data does", () => {
  assert.equal(told(), `Most are missing in Work: 2 partners who are named elsewhere for the same determinants, first Ann (1 action elsewhere). ${DERIVED}`);
  assert.match(told({}, plan(...LINES, "Play 3 H:  / air", "Play 3 I:  / warmth")), /^Most are missing in Play: 3 partners who are named elsewhere for the same determinants, first Ann \(2 actions elsewhere\)/);
  assert.match(told({}, plan("Home 1 A: Ann Bob / air")), /^Nobody is missing/);
});

test("one theme, objective or action at a time is told with names and numbers, and shown with the actions", () => {
  const words = /^In Work 2 partners are missing who are named elsewhere for the same determinants: Ann \(1\) and Dan \(1\); 3 partners are named there\./;
  assert.match(told({ selected: id("Work") }), words);
  assert.match(told({ themes: [id("Work")] }), words);
  assert.match(told({ only: id("4") }), /^Nobody is missing in Play 4 who is named elsewhere for the same determinants; 2 partners are named there\./);
  assert.match(told({ selected: id("E") }), /^In Play E 1 partner is missing .*: Cat \(1\); 1 partner is named there/);
  const texts = textsOf(sheet({ selected: id("Work") }));
  for (const text of ["air: Home B", "pay: Play E", "Ann", "Cat"]) assert.ok(texts.includes(text), text);
});

test("the picture holds the numbers of its title, and nobody who is missing is left out", () => {
  const whole = circles(sheet());
  assert.deepEqual(whole.filter((text) => text.includes(" Work ")), ["Bob Work full 1", "Dan Work broken 1", "Eve Work full 1", "Ann Work ring 1", "Cat Work full 1"].sort((a, b) => whole.indexOf(a) - whole.indexOf(b)));
  assert.equal(circles(sheet({ themes: [id("Work")] })).filter((text) => !text.includes(" full ")).length, 2);
});

test("a pressed circle says which determinant and how often, and a blank one that there is none", () => {
  assert.equal(told({ selected: id("Ann"), at: id("Work") }), `Ann is missing in Work, but named elsewhere in 1 action on the same determinants: air (1). ${DERIVED}`);
  assert.equal(told({ selected: id("Ann"), at: id("Home") }), "Ann is named in 2 actions of Home.");
  assert.equal(told({ selected: id("Ann"), at: id("Play") }), "Ann is named neither in Play nor elsewhere for a determinant of it.");
});

test("a link to the theme or to a circle comes back, and a missing partner stays chosen within the theme", () => {
  for (const change of [{ selected: id("Work") }, { themes: [id("Work")], selected: id("Ann"), at: id("Work") }]) {
    const state = stateOf(model, change);
    assert.deepEqual(readAddress(writeAddress(state, model), model), state);
    assert.deepEqual(settleState(model, state), state);
  }
});

test("a filter that leaves nothing of other pictures leaves this one whole", () => {
  const state = stateOf(model, { themes: [id("Work")], partners: [id("Ann")] });
  const shown = applyFilters(model, state);
  assert.equal(isEmpty({ state: { ...state, view: "map" }, shown }), true);
  assert.equal(isEmpty({ state, shown }), false);
});

test("the saved question leads to the picture of a theme or objective, in which somebody is missing", () => {
  const index = buildIndex(model);
  const [theme] = findQuestions(model, index, "who is missing in work", 0);
  assert.deepEqual(theme.change, { ...NO_FILTER, selected: id("Work"), view: "missing" });
  assert.equal(missing(theme.change).rows.filter((row) => row.cells[0].ways.length).length, 2);
  assert.equal(findQuestions(model, index, "who is missing in 3", 0)[0].change.selected, id("3"));
});

test("a plan without themes has what stands above its actions, and one without partners or determinants says so", () => {
  const bare = plan("- 1 A: Ann / air", "- 2 B: Bob / air", "- - C: Cat / noise");
  assert.deepEqual(missing({}, bare).heads.map((head) => bare.nodes[head].key), ["1", "2", "C"]);
  assert.match(told({}, bare), /^Most are missing in 1: 1 partner who is named elsewhere for the same determinants, first Bob/);
  const none = plan("Home 1 A: Ann Bob", "Work 2 B: Ann");
  assert.ok(textsOf(sheet({}, none)).some((text) => text.startsWith("This plan names no partner or addresses no determinant")));
  assert.deepEqual([isOffered(none, "missing"), isOffered(model, "missing")], [false, true]);
});

test("marks are told apart by shape, in files too, and the key names them", () => {
  const drawn = sheet();
  const rounds = drawn.shapes.filter(({ type, steps }) => type === "path" && steps.length > 4);
  const kinds = new Set(rounds.map(({ fill, dash }) => [fill ? "full" : "hollow", dash.length].join(" ")));
  assert.deepEqual(kinds, new Set(["full 0", "hollow 0", "hollow 2"]));
  assert.match(drawingFor(model, stateOf(model), applyFilters(model, stateOf(model))).notes[0], /^filled circle = .*hollow circle = .*\(derived\); broken circle = /);
});

test("Present has a step of it, where somebody is missing", () => {
  const stepOf = (of) => defaultSteps(of).find(({ hash }) => hash.includes("view=missing"));
  assert.equal(stepOf(model).sentence, told());
  assert.equal(stepOf(plan("Home 1 A: Ann Bob / air", "Work 2 B: Ann Bob / air")), undefined);
});

const PAIRS = ["Home 1 A: Hub Ann Bob", "Home 1 B: Hub Cat", "Home 2 C: Hub Ann", "Work 3 D: Hub Ann Bob Cat", "Work 3 E: Hub", "Work 4 F: Hub (Dan)", "Play 5 G: (Dan)"];
const shares = plan(...PAIRS);
const key = (name) => shares.byKey.get(name);
const sharing = (change = {}, of = shares) => sharedPartners(of, stateOf(of, change), applyFilters(of, stateOf(of, change)));
const share = (change, of = shares) => told({ view: "shared", ...change }, of);
const counts = (found, of = shares) => found.pairs.filter((pair) => pair.partners.length).map(({ head, row, partners }) => `${of.nodes[head].key}-${of.nodes[row].key} ${partners.length}`);

test("two objectives share the partners named under both, and who is named nearly everywhere is set aside", () => {
  assert.deepEqual(counts(sharing()), ["1-2 1", "1-3 3", "2-3 1", "4-5 1"]);
  assert.deepEqual(pairBetween(sharing(), key("3"), key("1")), pairBetween(sharing(), key("1"), key("3")));
  assert.equal(pairBetween(sharing({ hubs: "with" }), key("1"), key("3")).partners.length, 4);
  assert.match(share({ hubs: "with" }), /^Home 1 and Work 3 share most partners \(4\).* Counted too: Hub, in 6 of 7 actions\.$/);
  assert.deepEqual(sharing().pairs.filter((pair) => pair.suggested).map(({ row }) => shares.nodes[row].key), ["5"]);
});

test("the title of shared partners changes when the data does, and its numbers are those of the table", () => {
  assert.equal(share(), "Home 1 and Work 3 share most partners (3); 4 of 10 pairs of objectives share at least one. Set aside: Hub, in 6 of 7 actions.");
  assert.match(share({}, plan(...PAIRS, "Play 5 H: Hub Ann Bob Cat")), /^Home 1 and Work 3 share most partners \(3\), as do two other pairs; 7 of 10/);
  assert.equal(share({ themes: [key("Play")] }), "This plan names no partners under two headings, so there is nothing to compare.");
  assert.match(share({}, plan("Home 1 A: Ann", "Work 2 B: Bob")), /^No two objectives share a partner\.$/);
  const cells = sheet({ view: "shared" }, shares).layout.cells.filter((cell) => cell.ids?.length === 2);
  assert.equal(cells.length, 10);
  assert.equal(cells.filter((cell) => cell.lines.length && cell.lines[0].text).length, 4);
  assert.ok(cells.some((cell) => cell.lines[0]?.text === "3" && cell.ids.includes(key("1")) && cell.ids.includes(key("3"))));
});

test("a heading is not compared with a part of itself", () => {
  const nested = plan("Home - A: Ann", "Home 1 B: Ann", "Home 2 C: Ann");
  assert.deepEqual(counts(sharing({}, nested), nested), ["1-2 1"]);
  assert.equal(share({}, nested), "Home 1 and Home 2 share most partners (1).");
});

test("a pressed number names its partners, and its link comes back", () => {
  assert.equal(pairSharing(shares, pairBetween(sharing(), key("3"), key("1"))), "Home 1 and Work 3 share 3 partners: Ann, Bob and Cat.");
  assert.equal(pairSharing(shares, pairBetween(sharing(), key("5"), key("1"))), "Home 1 and Play 5 share no partner.");
  const state = { ...stateOf(shares, { selected: key("3"), at: key("1") }), view: "shared" };
  assert.deepEqual(readAddress(writeAddress(state, shares), shares), state);
});

test("of many objectives those are drawn that share most, and the rest is counted", () => {
  const many = plan(...Array.from({ length: 40 }, (_, at) => `T${at % 3} O${at} A${at}: ${at % 2 ? "Ann" : `P${at}`} ${at < 4 ? "Bob Cat" : ""}`));
  const found = sharing({}, many);
  assert.deepEqual([found.heads.length, found.left], [24, 16]);
  assert.match(share({}, many), /16 objectives that share less are left out\.$/);
  assert.ok(found.heads.includes(many.byKey.get("O0")));
});

test("colour is for two under one theme, grey for two themes, and Present has a step of it", () => {
  const hues = new Map([...shares.byKey].map(([name, at]) => [name, shares.nodes[at]]));
  for (const [name, hue] of [["1", 1], ["2", 1], ["3", 2]]) hues.get(name).hue = hue;
  assert.deepEqual([["1", "2"], ["1", "3"]].map(([head, row]) => pairHue(shares, { head: key(head), row: key(row) })), [1, 0]);
  const step = defaultSteps(shares).find(({ hash }) => hash.includes("view=shared"));
  assert.deepEqual([step.title, step.sentence], ["Which objectives share partners?", share()]);
  assert.deepEqual(findQuestions(shares, buildIndex(shares), "which objectives share", 0)[0].change.view, "shared");
});
