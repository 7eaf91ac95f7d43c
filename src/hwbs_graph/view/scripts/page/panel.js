// The panel: what is selected in one sentence, whom and what it meets, and last how that is known.
import { selectedLeaves } from "../record/cells.js";
import { MOST_HOPS, NO_FILTER, applyFilters, askedFor, isEmpty, isFiltered, mapColumns } from "../record/filters.js";
import { fullName, idsOfKind, leafWords, listWords, topName } from "../record/model.js";
import { isAcross, isNetwork, pictureFor } from "../record/pictures.js";
import { besideWords, rainbowOf } from "../record/rainbow.js";
import { alignmentsOf, groupRelatives } from "../record/relatives.js";
import { cellSentence, emptySentence, selectionSentence } from "../record/sentences.js";
import { continuityGuide } from "./continuity-panel.js";
import { byId, isolate, makeButton, makeElement, signFor } from "./dom.js";
import { detailList, evidenceOf, linkWords, wholePlan } from "./evidence.js";
import { circleSentence, elsewhereOf } from "./missing-table.js";
import { pageLink } from "./own-page.js";
import { noteSection } from "./room-notes.js";
import { chosenPair, describePair, sharersOf } from "./shared-table.js";
import { describeTie, pairsTable } from "./tie-panel.js";

const BUSIEST = 8;

export function renderPanel(page) {
  const { state } = page;
  const isTie = isNetwork(state.view) && state.selected !== null && state.at !== null;
  const pair = chosenPair(page);
  const content = isTie ? describeTie(page) : pair ? describePair(page, pair) : isOnSheet(page) ? [...readingGuide(page), noteSection(page)] : state.selected === null ? readingGuide(page) : describeSelection(page);
  byId("panel").replaceChildren(...content.filter(Boolean));
  byId("panel").scrollTop = 0;
}

// A sheet says itself what there is to say of its partner.
export function isOnSheet({ model, state }) {
  return state.view === "sheet" && state.selected !== null && model.nodes[state.selected].kind === "partner";
}

function readingGuide(page) {
  const { model, state, shown, sharedColumn, actions } = page;
  if (state.view === "continuity") return continuityGuide(page);
  if (isEmpty(page)) return emptyGuide(page);
  const columns = listWords(mapColumns(model, shown, sharedColumn).map((column) => column.plural));
  return [
    makeElement("h2", { tabindex: "-1" }, "How to read this"),
    ...pictureFor(state.view).guide.map((text) => makeElement("p", {}, fillGuide(text, { columns, shared: sharedColumn?.singular }))),
    isFiltered(state) ? makeElement("div", { class: "buttons" }, ...(state.only === null ? [] : hopButtons(state, actions)), makeButton({}, actions.everything, "Show everything")) : null,
    isAcross(state.view) ? null : wholePlan(model.plans[state.plan]),
    state.view === "network" ? pairsTable(page) : state.view === "rainbow" ? plansBeside(page) : isAcross(state.view) ? null : busiestShared(page),
  ];
}

// The other plans in words, each a way to its own rainbow.
function plansBeside({ model, shown, actions }) {
  const others = rainbowOf(model, shown)?.others ?? [];
  if (!others.length) return null;
  const rows = others.map((other) => makeElement("li", {}, makeButton({ class: "item" }, () => actions.change({ plan: other.plan, other: null, selected: null }), isolate(besideWords(model, other)))));
  return makeElement("div", {}, makeElement("h3", {}, `Other plans (${rows.length})`), makeElement("ul", { class: "items" }, ...rows));
}

function fillGuide(text, words) {
  return text.replace(/\{(\w+)\}/g, (_, name) => words[name] ?? "");
}

// The negative answer, and what there is of each thing that was asked for.
function emptyGuide({ model, state, shown, actions }) {
  const whole = applyFilters(model, { ...state, ...NO_FILTER });
  const asked = askedFor(state).map((id) => makeElement("li", {}, isolate(selectionSentence(model, whole, id))));
  return [
    makeElement("h2", { tabindex: "-1" }, "Nothing fits"),
    makeElement("p", { class: "finding" }, isolate(emptySentence(model, shown))),
    asked.length ? makeElement("p", {}, "In the whole plan:") : null,
    asked.length ? makeElement("ul", { class: "sources" }, ...asked) : null,
    makeElement("div", { class: "buttons" }, makeButton({}, actions.everything, "Show everything")),
  ];
}

function busiestShared({ model, shown, sharedColumn, actions }) {
  if (!sharedColumn) return null;
  const items = idsOfKind(model, sharedColumn.kind, shown.nodes).map((id) => ({ id, leaves: shown.leavesOf.get(id), link: null }));
  items.sort((a, b) => b.leaves.size - a.leaves.size);
  return itemList(model, { heading: "Named most often", column: sharedColumn, items: items.slice(0, BUSIEST) }, actions);
}

// First the sentence, then whom and what it meets, and last how that is known.
function describeSelection(page) {
  const { model, state, shown, actions } = page;
  const node = model.nodes[state.selected];
  const column = model.columnOf.get(node.kind);
  const here = node.plan < 0 || model.members[state.plan].has(node.id);
  const leaves = here ? selectedLeaves(model, state, shown) : null;
  const groups = sortGroups(column, groupRelatives(model, node.id, here ? shown : null)).map((group) => inCell(state, group, leaves));
  const lists = groups.filter(({ items }) => items.length).map((group) => itemList(model, { heading: groupHeading(column, group), ...group }, actions));
  return [
    makeElement("p", { class: "kind" }, [column.singular, node.status].filter(Boolean).join(", ")),
    makeElement("h2", { tabindex: "-1", class: `hue-${node.hue}` }, signFor(column), isolate(fullName(node))),
    node.plan >= 0 && (model.plans.length > 1 || model.plans[node.plan].over) ? makeElement("p", { class: "quiet" }, isolate(model.plans[node.plan].short)) : null,
    here ? makeElement("p", { class: "finding" }, isolate(findingOf(page, leaves))) : null,
    node.leaf ? detailList(node) : null,
    pageLink(node),
    selectionButtons(state, actions),
    here ? hiddenLeaves(model, state, shown) : null,
    noteSection(page),
    ...elsewhereOf(page), sharersOf(page),
    ...lists.slice(0, 2), ...(state.at === null ? changesOf(model, node.id, actions) : []), ...lists.slice(2),
    evidenceOf(model, node, groups),
  ];
}

function findingOf(page, leaves) {
  const { model, state, shown } = page;
  const { selected, at } = state;
  return circleSentence(page) ?? (at === null ? selectionSentence(model, shown, selected, leaves) : cellSentence(model, shown, selected, at, leaves));
}

// Of a cell only what it counts.
function inCell(state, group, leaves) {
  if (state.at === null) return group;
  return { ...group, items: group.items.filter((item) => [...item.leaves].some((leaf) => leaves.has(leaf))) };
}

// Leaves first, then its own kind, then what else is shared; last the headings.
function sortGroups(own, groups) {
  const place = ({ column, items }) => {
    if (items.some((item) => item.leaves.has(item.id))) return 0;
    if (column.role !== "shared") return 3;
    return column.kind === own.kind ? 1 : 2;
  };
  return [...groups].sort((a, b) => place(a) - place(b));
}

function selectionButtons(state, actions) {
  const steps = state.only === null ? [] : hopButtons(state, actions);
  const wider = isFiltered(state) ? makeButton({}, actions.everything, "Show everything") : null;
  const narrower = state.only === state.selected ? null : makeButton({}, actions.only, "Show only this");
  return makeElement("div", { class: "buttons" }, narrower, ...steps, wider, makeButton({}, actions.close, "Close"));
}

// Out to the actions of those who are named here, and back.
function hopButtons({ hops }, { hop }) {
  return [[-1, "− One step less", hops > 1], [1, "+ One step more", hops < MOST_HOPS]]
    .map(([by, words, can]) => makeButton(can ? {} : { disabled: "" }, () => hop(by), words));
}

// The lists below follow the filters; this line says what they leave out.
function hiddenLeaves(model, state, shown) {
  const own = [...model.leaves[state.selected]].filter((id) => model.members[state.plan].has(id));
  const left = own.filter((id) => !shown.leaves.has(id));
  return left.length ? makeElement("p", { class: "quiet" }, `${leafWords(model, new Set(left))} outside what is shown now.`) : null;
}

// The elements that continue this one and those it continues, each with its basis.
function changesOf(model, id, actions) {
  const { later, earlier } = alignmentsOf(model, id);
  return [["What became of it", later, "target"], ["What it came from", earlier, "source"]]
    .filter(([, found]) => found.length)
    .map(([heading, found, end]) => makeElement("div", {}, makeElement("h3", {}, `${heading} (${found.length})`),
      makeElement("ul", { class: "items" }, ...found.map((one) => becameRow(model, one, one[end], actions)))));
}

function becameRow(model, one, id, actions) {
  const label = makeElement("b", {}, isolate(one.label));
  if (id < 0) return makeElement("li", { class: `hue-0 ${one.provenance}` }, makeElement("p", { class: "item" }, label), linkWords(one));
  const node = model.nodes[id];
  const pick = makeButton({ class: "item" }, () => actions.pick(id), label, ": ", isolate(fullName(node)));
  const under = [topName(model, id), model.plans[node.plan].short].filter(Boolean).join(", ");
  return makeElement("li", { class: `hue-${node.hue} ${one.provenance}` }, pick, makeElement("span", { class: "quiet" }, isolate(under)), linkWords(one));
}

function groupHeading(column, group) {
  return group.column.kind === column.kind ? "Named together with" : group.column.plural;
}

function itemList(model, { heading, column, items }, actions) {
  const title = makeElement("h3", {}, `${heading} (${items.length})`);
  return makeElement("div", {}, title, makeElement("ul", { class: "items" }, ...items.map((item) => itemRow(model, column, item, actions))));
}

function itemRow(model, column, item, actions) {
  const node = model.nodes[item.id];
  const provenance = item.link ? ` ${item.link.provenance}` : "";
  const name = column.role === "shared" ? node.name : fullName(node);
  const pick = makeButton({ class: "item" }, () => actions.pick(item.id), signFor(column), isolate(name));
  const under = column.role === "shared" ? "" : topName(model, item.id);
  const quiet = under ? makeElement("span", { class: "quiet" }, isolate(under)) : null;
  return makeElement("li", { class: `hue-${node.hue}${provenance}` }, pick, quiet, throughWords(item), itemCount(model, column, item), suggestedMark(item.link));
}

// Who suggests it and why stands with the evidence.
function suggestedMark(link) {
  return !link || link.provenance === "printed" ? null : makeElement("span", { class: "quiet" }, makeElement("b", {}, link.provenance), ", not printed");
}

function throughWords({ through }) {
  return through ? makeElement("span", { class: "quiet" }, "through ", isolate(through)) : null;
}

function itemCount(model, column, item) {
  if (column.role !== "shared" || item.link || !item.leaves.size) return null;
  return makeElement("span", { class: "quiet" }, leafWords(model, item.leaves));
}
