// The pictures of partners and the notes of a room, tested with Node's own runner: node --test network.test.mjs
import assert from "node:assert/strict";
import { test } from "node:test";

import { walkFrom, lineOnMap } from "../../src/hwbs_graph/view/scripts/layout/arrow-keys.js";
import { layoutBetween, placeOf } from "../../src/hwbs_graph/view/scripts/layout/network-layout.js";
import { readAddress, startState, writeAddress } from "../../src/hwbs_graph/view/scripts/record/address.js";
import { clustersOf } from "../../src/hwbs_graph/view/scripts/record/clusters.js";
import { applyFilters } from "../../src/hwbs_graph/view/scripts/record/filters.js";
import { findingOf } from "../../src/hwbs_graph/view/scripts/record/findings.js";
import { tieSentence } from "../../src/hwbs_graph/view/scripts/record/network-words.js";
import { notesCsv, notesTurtle, readNoteFile } from "../../src/hwbs_graph/view/scripts/record/note-files.js";
import { addVote, cleanNote, mergeNotes, openPoints, roomSentence, roomSteps, strayCount } from "../../src/hwbs_graph/view/scripts/record/notes.js";
import { partnerNetwork } from "../../src/hwbs_graph/view/scripts/record/partner-network.js";
import { partnerSheet, sheetPartner } from "../../src/hwbs_graph/view/scripts/record/partner-sheet.js";
import { findQuestions } from "../../src/hwbs_graph/view/scripts/record/saved-questions.js";
import { buildIndex } from "../../src/hwbs_graph/view/scripts/record/search.js";
import { defaultSteps } from "../../src/hwbs_graph/view/scripts/record/steps.js";
import { drawingFor } from "../../src/hwbs_graph/view/scripts/shapes/drawings.js";
import { HUE_SIGNS } from "../../src/hwbs_graph/view/scripts/shapes/marks.js";
import { LIGHT, PAPERS } from "../../src/hwbs_graph/view/scripts/shapes/paper.js";
import { linkUnder } from "../../src/hwbs_graph/view/scripts/shapes/pointing.js";
import { middleOf } from "../../src/hwbs_graph/view/scripts/shapes/network-shapes.js";
import { makeSheet } from "../../src/hwbs_graph/view/scripts/shapes/sheet.js";
import { buildModel } from "./page-data.mjs";

const COLUMNS = [
  { kind: "theme", singular: "theme", plural: "themes", role: "element", sign: "" },
  { kind: "action", singular: "action", plural: "actions", role: "element", sign: "" },
  { kind: "partner", singular: "partner", plural: "partners", role: "shared", sign: "diamond" },
];
const measure = (text, font) => text.length * Number(/(\d+)px/.exec(font)[1]) * 0.5;

// Lines such as "s: Hub A B": an action of theme s names three partners; "(A)" is only suggested.
function plan(...lines) {
  const [nodes, edges] = [[], []];
  const known = new Map();
  const add = (kind, name) => {
    if (!known.has(name)) {
      known.set(name, nodes.length);
      nodes.push({ id: nodes.length, key: name, kind, plan: kind === "partner" ? -1 : 0, leaf: kind === "action", name, label: name, rank: nodes.length, hue: kind === "theme" ? nodes.length % 5 : 0, body: name === "A" ? "charity" : "" });
    }
    return known.get(name);
  };
  lines.forEach((line, at) => {
    const [theme, names] = line.split(": ");
    const action = add("action", `action ${at}`);
    edges.push({ from: add("theme", theme), to: action, basis: "stated in document" });
    for (const name of names.split(" ")) edges.push({ from: action, to: add("partner", name.replace(/[()]/g, "")), basis: name.startsWith("(") ? "curated judgement" : "stated in document" });
  });
  return buildModel({ nodes, edges, columns: COLUMNS });
}

const LINES = ["s: Hub A B", "s: Hub A B C", "s: Hub A (D)", "t: Hub C D", "t: Hub C", "t: Hub A B"];
const stateOf = (model, change = {}) => ({ ...startState(model), view: "network", ...change });
const networkOf = (model, change) => {
  const state = stateOf(model, change);
  return partnerNetwork(model, state, applyFilters(model, state));
};
const told = (model, change) => {
  const state = stateOf(model, change);
  return findingOf(model, state, applyFilters(model, state));
};
const namesOf = (model, ids) => ids.map((id) => model.nodes[id].name).sort();
const sheetOf = (model, change, size = PAPERS.A4) => {
  const state = stateOf(model, change);
  return makeSheet(drawingFor(model, state, applyFilters(model, state)), size, LIGHT, measure);
};
const overlap = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const anyOverlap = ({ boxes }) => boxes.some((a, at) => boxes.slice(at + 1).some((b) => overlap(a, b)));

test("two partners share the leaves that name both, and who joins everyone is set aside and said", () => {
  const model = plan(...LINES);
  const network = networkOf(model);
  assert.deepEqual(namesOf(model, network.hubs), ["Hub"]);
  assert.deepEqual(network.pairs.map(({ from, to, leaves }) => [...namesOf(model, [from, to]), leaves.size]).slice(0, 1), [["A", "B", 3]]);
  assert.ok(!network.partners.some(({ id }) => network.hubs.includes(id)));
  assert.ok(networkOf(model, { hubs: "with" }).partners.some(({ id }) => network.hubs.includes(id)));
  assert.match(told(model), /^A and B share most: 3 actions; A is joined to three of the three others drawn\. Set aside: Hub, in 6 of 6 actions\.$/);
});

test("the finding changes when the data does", () => {
  assert.match(told(plan("s: A B", "s: C D", "t: C D")), /^C and D share most: 2 actions/);
  assert.equal(told(plan("s: A", "t: B")), "No two partners share any of the actions.");
  assert.match(told(plan(...LINES), { view: "between" }), /^None of four partners stand at one theme alone; A is in two themes\. Set aside: Hub/);
  assert.match(told(plan("s: A", "t: B"), { view: "between" }), /^Two of two partners stand at one theme alone\.$/);
});

test("what a line leaves out is counted, and what rests on a suggestion alone is broken", () => {
  const model = plan(...LINES);
  const strong = networkOf(model, { least: 2 });
  assert.ok(strong.pairs.every(({ leaves }) => leaves.size >= 2));
  assert.deepEqual(strong.left, { partners: 2, pairs: 4 });
  assert.match(told(model, { least: 2 }), /Two or more shared actions; 4 weaker lines and 2 partners left out\.$/);
  const [d, a] = ["D", "A"].map((name) => model.byKey.get(name));
  const tie = networkOf(model).pairs.find(({ from, to }) => [from, to].includes(d) && [from, to].includes(a));
  assert.equal(tie.provenance, "suggested");
  assert.equal(tieSentence(model, applyFilters(model, stateOf(model)), a, d), "A and D share 1 action.");
});

test("who is selected is drawn, and nobody who stood there moves", () => {
  const model = plan(...LINES);
  const hub = model.byKey.get("Hub");
  const before = networkOf(model);
  const after = networkOf(model, { selected: hub });
  assert.ok(after.asked && after.partners.some(({ id }) => id === hub));
  assert.ok(before.pairs.every((pair) => after.pairs.some(({ from, to }) => from === pair.from && to === pair.to)));
});

test("no picture draws more than can be read, and says what is left", () => {
  const names = Array.from({ length: 60 }, (_, at) => `P${at}`);
  const model = plan(...names.map((name, at) => `${at % 2 ? "s" : "t"}: ${name} ${names[(at + 1) % 60]} ${names[(at + 7) % 60]}`));
  const network = networkOf(model, { least: 1 });
  assert.ok(network.partners.length <= 40 && network.pairs.length <= 120);
  assert.equal(network.left.partners, 60 - network.partners.length);
  assert.match(told(model, { least: 1 }), /left out\.$/);
});

test("labels do not overlap, at the places given or dragged to, in both pictures", () => {
  const model = plan(...LINES, "s: E F G", "t: A E H", "s: F H");
  for (const view of ["network", "between"]) {
    const sheet = sheetOf(model, { view });
    assert.ok(sheet.layout.boxes.length > 6 && !anyOverlap(sheet.layout));
    const a = model.byKey.get("A");
    model.moved = new Map([[`${view} 0`, new Map([[a, { place: [0.1, 0.9], pinned: true }]])]]);
    for (const size of [PAPERS.A4, { width: 700, height: 520 }]) {
      const { layout } = sheetOf(model, { view }, size);
      const box = layout.boxes.find(({ id }) => id === a);
      assert.deepEqual(placeOf(layout, box).map((share) => Math.round(share * 100)), [10, 90]);
      assert.ok(!anyOverlap(layout));
    }
  }
});

test("the same record gives the same shapes, which are plain data of the kinds every file draws", () => {
  const [one, two] = [sheetOf(plan(...LINES), { selected: null }), sheetOf(plan(...LINES), { selected: null })];
  assert.deepEqual(one.shapes, two.shapes);
  assert.deepEqual(JSON.parse(JSON.stringify(one.shapes)), one.shapes);
  assert.deepEqual(new Set(one.shapes.map(({ type }) => type)), new Set(["text", "rect", "path"]));
});

test("what the room spoke of is marked in the picture, and the mark explained", () => {
  const model = plan(...LINES);
  model.nodes.forEach((node) => (node.iri = `https://example.org/${node.key}`));
  const words = () => sheetOf(model).shapes.map(({ text }) => text);
  assert.ok(!words().includes("+2"));
  model.notes = [note({ item: "https://example.org/A", votes: 2 }), note({ id: "2", item: "https://example.org/B" })];
  for (const mark of ["+2", "…", "votes and notes of the room"]) assert.ok(words().includes(mark));
});

test("hues mean themes, kinds of body or groups, and the key names them", () => {
  const model = plan(...LINES);
  assert.deepEqual(networkOf(model).groups.map(({ name }) => name), ["s", "t"]);
  assert.deepEqual(networkOf(model, { colour: "body" }).groups.map(({ name }) => name), ["charity", "not recorded"]);
  const words = sheetOf(model, { colour: "cluster" }).shapes.map(({ text }) => text);
  assert.ok(words.some((text) => text?.startsWith("round ")));
});

test("where a reader's own colours leave no hue, a sign beside each circle says the same, and the key names it", () => {
  const model = plan(...LINES);
  const state = stateOf(model);
  const sheet = makeSheet(drawingFor(model, state, applyFilters(model, state)), PAPERS.A4, { ...LIGHT, signs: HUE_SIGNS }, measure);
  const circles = sheet.layout.boxes.map(({ hue }) => HUE_SIGNS[hue]);
  const themes = sheet.layout.key.map(({ hue }) => HUE_SIGNS[hue]);
  const seen = sheet.shapes.map(({ text }) => text).filter((text) => HUE_SIGNS.includes(text));
  assert.deepEqual(seen.sort(), [...circles, ...themes].sort());
  assert.equal(new Set(themes).size, 2);
  assert.ok(!sheetOf(model).shapes.some(({ text }) => HUE_SIGNS.includes(text)));
});

test("where colours are the reader's own, what is not lit keeps its contrast and what is has a thicker frame", () => {
  const model = plan(...LINES);
  const state = stateOf(model, { view: "map", selected: model.byKey.get("D") });
  const drawing = drawingFor(model, state, applyFilters(model, state));
  const frames = makeSheet(drawing, PAPERS.A4, { ...LIGHT, signs: HUE_SIGNS }, measure).shapes.filter(({ type, opacity }) => type === "rect" && opacity !== undefined);
  const [lit, faint] = [frames.filter(({ opacity }) => opacity === 1), frames.filter(({ opacity }) => opacity < 1)];
  assert.ok(lit.length && faint.length && faint.every(({ opacity }) => opacity >= 0.7));
  assert.ok(Math.min(...lit.map(({ width }) => width)) > Math.max(...faint.map(({ width }) => width)));
});

test("groups are those who work together most", () => {
  const edges = [[1, 2], [2, 3], [1, 3], [4, 5], [5, 6], [4, 6], [3, 4]].map(([from, to]) => ({ from, to, weight: 1 }));
  assert.deepEqual(clustersOf([1, 2, 3, 4, 5, 6, 7], edges).map((group) => [...group].sort()), [[1, 2, 3], [4, 5, 6], [7]]);
  assert.deepEqual(clustersOf([], []), []);
});

test("arrows walk to the nearest circle, a line lights its two ends, a circle its neighbours", () => {
  const model = plan(...LINES);
  const { layout } = sheetOf(model);
  for (const box of layout.boxes) {
    const right = layout.boxes.find(({ id }) => id === walkFrom(layout, box.id, "ArrowRight"));
    assert.ok(right === box || right.x + right.w / 2 > box.x + box.w / 2);
  }
  const [link] = layout.links;
  const [from, to] = [link.from, link.to].map((id) => middleOf(layout.boxes.find((box) => box.id === id)));
  const under = linkUnder(layout, { x: (from.x * 3 + to.x) / 4, y: (from.y * 3 + to.y) / 4 });
  assert.ok(under && [under.from, under.to].length === 2);
  const lit = lineOnMap(layout, link.from);
  assert.ok(lit.has(link.to) && [...lit][0] === link.from);
});

test("an address keeps what the network shows, and a line between two", () => {
  const model = plan(...LINES);
  const hash = "#view=network&select=A&at=B&least=2&hubs=with&colour=body";
  const state = readAddress(hash, model);
  assert.deepEqual([state.least, state.hubs, state.colour, state.at], [2, "with", "body", model.byKey.get("B")]);
  assert.equal(readAddress(writeAddress(state, model), model).least, 2);
  assert.equal(writeAddress(state, model).includes("at=B"), true);
  const odd = readAddress("#view=network&least=-1&hubs=__proto__&colour=%3Cb%3E&at=B", model);
  assert.deepEqual([odd.least, odd.hubs, odd.colour, odd.at], [null, "without", "theme", null]);
  assert.equal(readAddress("#view=grid&select=A&at=B", model).at, null);
  assert.equal(readAddress("#view=network&select=A&at=s", model).at, null);
});

test("a question that a picture answers is found as it is typed", () => {
  const model = plan(...LINES, "u: Hub");
  const index = buildIndex(model);
  const found = (text) => findQuestions(model, index, text, 0);
  const [works] = found("who works with a?");
  assert.deepEqual([works.words, works.change.view, works.change.selected], ["Who works with A?", "network", model.byKey.get("A")]);
  const [missing] = found("Who is missing in u");
  assert.deepEqual([missing.words, missing.change.selected], ["Who is missing in u?", model.byKey.get("u")]);
  const kept = applyFilters(model, { ...startState(model), ...missing.change });
  const partners = model.nodes.filter((node) => node.kind === "partner");
  assert.ok(partners.length > 1 && partners.every(({ id }) => kept.nodes.has(id)), "nobody who is missing is left out");
  assert.deepEqual(found("who works").map(({ words, fill }) => [words, fill]), [["Who works with whom?", undefined], ["Who works with …?", "Who works with "]]);
  assert.ok(found("what did the room")[0].change.view === "room");
  for (const text of ["", "wh", "who works with nobody at all", "what became of A", "A"]) assert.deepEqual(found(text), []);
});

test("Present has a step for each picture that the plan has something for", () => {
  const views = (model) => defaultSteps(model).map(({ hash }) => /view=(\w+)/.exec(hash)?.[1]);
  assert.deepEqual(views(plan(...LINES)).filter((view) => ["network", "between"].includes(view)), ["network", "between"]);
  assert.ok(!views(plan("s: A", "s: B")).includes("network"));
});

const NOTE_COLUMNS = [
  { kind: "action", singular: "action", plural: "actions", role: "element", sign: "" },
  { kind: "partner", singular: "partner", plural: "partners", role: "shared", sign: "diamond" },
];
const THINGS = ["Cycle", "Housing"].map((name, id) => ({ id, key: name, iri: `https://example.org/${name}`, kind: id ? "partner" : "action", plan: id ? -1 : 0, leaf: !id, name, label: name, rank: id, hue: 0 }));
const notedModel = (notes) => ({ ...buildModel({ nodes: THINGS, edges: [], columns: NOTE_COLUMNS }), notes });
const note = (more) => ({ id: "1", item: "https://example.org/Housing", text: "Ask them", group: "Table 2", votes: 0, date: "2026-05-03", ...more });
const HOSTILE = ['=HYPERLINK("x")', 'a "quoted", comma', "\\ back \\n slash", "<script>harm()</script>", "-1", "'", "’ ü 漢 🙂"];

test("what is written is read again, as CSV and as Turtle, whatever it says", () => {
  const notes = HOSTILE.map((text, at) => note({ id: `n${at}`, text, group: text, votes: at }));
  for (const file of [notesCsv(notes, () => '=label,"x"'), `\ufeff${notesCsv(notes, () => "")}`, notesTurtle(notes)]) {
    assert.deepEqual(readNoteFile(file), { notes, refused: 0 });
  }
  assert.ok(!/^=|,=/m.test(notesCsv(notes, () => "=label")));
  assert.match(notesTurtle(notes), /hwbs:basis basis:said-in-workshop/);
});

test("a file that is opened twice counts once, and votes of several tables are added", () => {
  const [one, two] = [[note({ id: "a", votes: 2, text: "" })], [note({ id: "b", votes: 3, group: "Table 3" })]];
  const model = notedModel(mergeNotes(one, two, one, two));
  assert.deepEqual(openPoints(model).map(({ id, votes, notes }) => [id, votes, notes.length]), [[1, 5, 2]]);
  assert.equal(roomSentence(model), "One note and five votes on one thing; most votes: Housing (5).");
  assert.deepEqual(roomSteps(model).map(({ title, hash }) => [title, hash]), [["Open points", "#view=room"]]);
  const again = addVote(model.notes, "https://example.org/Housing", "Table 2", "2026-05-04", "c");
  assert.deepEqual(again.map(({ id, votes }) => [id, votes]), [["a", 3], ["b", 3]]);
});

test("nothing is said of nothing, and what is not in the record is counted apart", () => {
  assert.match(roomSentence(notedModel([])), /^Nothing has been noted yet/);
  assert.deepEqual(roomSteps(notedModel([])), []);
  const model = notedModel([note({ item: "https://example.org/other" })]);
  assert.deepEqual([openPoints(model).length, strayCount(model)], [0, 1]);
});

test("what is no note is left out and counted, and no file stops the page", () => {
  for (const raw of [null, 7, "x", [], {}, note({ item: 5 }), note({ id: "" }), note({ text: "", votes: 0 }), note({ text: "", votes: -3 }), note({ text: "", votes: 1e9 }), note({ item: `https://${"a".repeat(3000)}` })]) {
    assert.equal(cleanNote(raw), null);
  }
  assert.equal(cleanNote(note({ text: "a".repeat(9000), date: "yesterday" })).text.length, 500);
  assert.equal(cleanNote(note({ date: "2026-05-03 <b>" })).date, "");
  assert.equal(cleanNote(note({ text: "\u202eturned" })).text, "turned");
  assert.equal(mergeNotes(Array.from({ length: 5000 }, (_, at) => note({ id: `n${at}` }))).length, 2000);
  assert.deepEqual(readNoteFile("id,item,note\n1,,\n2,https://example.org/Housing,Yes\n").refused, 1);
  for (const text of ["", "\u0000", "a,b\n1,2", "@prefix x: <y> .", '"'.repeat(9999)]) assert.throws(() => readNoteFile(text), Error);
});

const sheetState = (model, change = {}) => stateOf(model, { view: "sheet", ...change });
const partnerSheetOf = (model, change) => partnerSheet(model, sheetState(model, change), applyFilters(model, sheetState(model, change)));
const idOf = (model, key) => model.byKey.get(key);

test("for the back row only those of most themes are drawn of many, and how many are left out is known", () => {
  const model = plan(...LINES, ...Array.from({ length: 22 }, (_, at) => `s: only${at}`));
  const layout = (large) => layoutBetween(model, networkOf(model, { view: "between" }), { width: 1024, height: 600 }, measure, { large });
  const all = layout(false).boxes.length;
  assert.deepEqual([layout(true).left > 4, all - layout(true).boxes.length], [true, layout(true).left]);
  assert.ok(namesOf(model, layout(true).boxes.map(({ id }) => id)).includes("C"));
});

test("a sheet is whose is selected, else asked for, else named most", () => {
  const model = plan(...LINES);
  const whose = (change) => model.nodes[sheetPartner(model, sheetState(model, change), applyFilters(model, sheetState(model, change)))].name;
  assert.deepEqual([whose({ selected: idOf(model, "C") }), whose({ partners: [idOf(model, "D")] }), whose({})], ["C", "D", "Hub"]);
  assert.equal(sheetPartner(plan("s: A"), startState(model), { nodes: [], leavesOf: new Map() }), null);
});

test("a sheet tells its sentence of the whole plan, its parts by theme, and with whom", () => {
  const model = plan(...LINES);
  const sheet = partnerSheetOf(model, { partners: [idOf(model, "C")] });
  assert.equal(sheet.sentence, "C: 3 of 6 actions, in all two themes.");
  assert.deepEqual(sheet.groups.map(({ theme, sum, rows }) => [model.nodes[theme].name, sum, rows.length]), [["s", "1 of 3 actions", 1], ["t", "2 of 3 actions", 2]]);
  assert.deepEqual(sheet.company.items.map(({ id, count }) => [model.nodes[id].name, count]), [["Hub", 3], ["A", 1], ["B", 1], ["D", 1]]);
  const [suggested] = partnerSheetOf(model, { selected: idOf(model, "D") }).groups[0].rows;
  assert.ok(suggested.isSuggested);
});

test("the sentence of a sheet changes with the data, and says a theme that it is not in", () => {
  const model = plan(...LINES, "u: A B");
  assert.equal(told(model, { view: "sheet", partners: [idOf(model, "C")] }), "C: 3 of 7 actions, in two of three themes, not in u.");
  assert.equal(told(model, { view: "sheet", partners: [idOf(model, "C")], themes: [idOf(model, "u")] }), "No action of u names C.");
});

test("what a sheet prints of time, progress and what became of a part stands on paper, and the numbers are its sentence's", () => {
  const model = plan(...LINES);
  model.nodes[idOf(model, "action 0")].details = [["By when", "March 2031"], ["How it stands", "Amber (some risk) in May 2030"]];
  model.alignments.push({ source: idOf(model, "action 0"), target: -1, type: "dropped", label: "dropped", provenance: "suggested" });
  const sheet = sheetOf(model, { view: "sheet", selected: idOf(model, "B") });
  const texts = sheet.shapes.filter(({ type }) => type === "text").map(({ text }) => text);
  for (const words of ["By when: March 2031", "How it stands: Amber", "dropped (suggested)", "s: 2 of 3 actions", "Named together with (3)"]) assert.ok(texts.some((text) => text.startsWith(words)), words);
  assert.match(sheet.title, /^B: /);
  assert.ok(texts.some((text) => text.includes("B: 3 of 6 actions, in all two themes.")));
});

test("the bars of a sheet are as long as their numbers, and no filter tells the partner twice", () => {
  const model = plan(...LINES);
  const { layout, title } = sheetOf(model, { view: "sheet", partners: [idOf(model, "C")] });
  assert.deepEqual(layout.cells.filter(({ bar }) => bar).map(({ bar }) => Math.round(bar * 3)), [3, 1, 1, 1]);
  assert.ok(!title.includes("only"));
  model.nodes[idOf(model, "C")].iri = "https://anytown.example/c";
  assert.equal(readAddress("#view=sheet&select=https%3A%2F%2Fanytown.example%2Fc", model).selected, idOf(model, "C"));
});
