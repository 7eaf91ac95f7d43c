// The panel: everything known about what is selected, and where the document says so.
import { isFiltered, mapColumns } from "../record/filters.js";
import { fullName, idsOfKind, leafWords, listWords, topName } from "../record/model.js";
import { placeWords } from "../record/outline.js";
import { alignmentsOf, groupRelatives } from "../record/relatives.js";
import { continuityGuide } from "./continuity-panel.js";
import { byId, isolate, makeButton, makeElement, signFor } from "./dom.js";

const BUSIEST = 8;

// How to read each view, in a sentence or two.
const GUIDES = {
  map: ({ columns }) => [
    `From left to right: ${columns}. Lines join what belongs together.`,
    "Select anything to see its full wording, its source and its lines. Escape goes back.",
  ],
  grid: ({ shared }) => [
    `Each number says how many of what stands under a heading name the ${shared}; the darker, the more.`,
    "Select a name or a heading to see its full wording and source. Escape goes back.",
  ],
  list: () => [
    "Everything the plan prints, in its order, with the words as printed and their place.",
    "Select a line to see who is named and where. Escape goes back.",
  ],
  coverage: () => [
    "Which theme does something about which determinant of health, layer by layer; the darker, the more.",
    "A gap is a determinant that nothing in the plan is recorded to address.",
  ],
  families: () => [
    "Each row holds the themes of one family, each column a plan.",
    "Select a theme to see its wording and source.",
  ],
};

export function renderPanel(page) {
  const content = page.state.selected === null ? readingGuide(page) : describeSelection(page);
  byId("panel").replaceChildren(...content.filter(Boolean));
  byId("panel").scrollTop = 0;
}

function readingGuide(page) {
  const { model, state, shown, sharedColumn, actions } = page;
  if (state.view === "continuity") return continuityGuide(page);
  const columns = listWords(mapColumns(model, shown, sharedColumn).map((column) => column.plural));
  return [
    makeElement("h2", { tabindex: "-1" }, "How to read this"),
    ...GUIDES[state.view]({ columns, shared: sharedColumn?.singular }).map((text) => makeElement("p", {}, text)),
    isFiltered(state) ? makeElement("div", { class: "buttons" }, makeButton({}, actions.everything, "Show everything")) : null,
    state.view === "families" ? null : busiestShared(page),
  ];
}

function busiestShared({ model, shown, sharedColumn, actions }) {
  if (!sharedColumn) return null;
  const items = idsOfKind(model, sharedColumn.kind, shown.nodes).map((id) => ({ id, leaves: shown.leavesOf.get(id), link: null }));
  items.sort((a, b) => b.leaves.size - a.leaves.size);
  return itemList(model, { heading: "Named most often", column: sharedColumn, items: items.slice(0, BUSIEST) }, actions);
}

function describeSelection({ model, state, shown, actions }) {
  const node = model.nodes[state.selected];
  const column = model.columnOf.get(node.kind);
  const here = node.plan < 0 || model.members[state.plan].has(node.id);
  const groups = groupRelatives(model, node.id, here ? shown : null);
  return [
    makeElement("p", { class: "kind" }, [column.singular, node.status].filter(Boolean).join(", ")),
    makeElement("h2", { tabindex: "-1", class: `hue-${node.hue}` }, signFor(column), isolate(fullName(node))),
    node.plan >= 0 && (model.plans.length > 1 || model.plans[node.plan].over) ? makeElement("p", { class: "quiet" }, isolate(model.plans[node.plan].short)) : null,
    selectionButtons(state, actions),
    detailList(node),
    noteList(node),
    sourceList(node),
    ...changesOf(model, node.id, actions),
    here ? hiddenLeaves(model, state, shown) : null,
    ...groups.map((group) => itemList(model, { heading: groupHeading(column, group), ...group }, actions)),
  ];
}

function selectionButtons(state, actions) {
  const wider = isFiltered(state) ? makeButton({}, actions.everything, "Show everything") : null;
  const narrower = state.only === state.selected ? null : makeButton({}, actions.only, "Show only this");
  return makeElement("div", { class: "buttons" }, narrower, wider, makeButton({}, actions.close, "Close"));
}

// The lists below follow the filters; this line says what they leave out.
function hiddenLeaves(model, state, shown) {
  const own = [...model.leaves[state.selected]].filter((id) => model.members[state.plan].has(id));
  const left = own.filter((id) => !shown.leaves.has(id));
  return left.length ? makeElement("p", { class: "quiet" }, `${leafWords(model, new Set(left))} outside what is shown now.`) : null;
}

function detailList(node) {
  const also = node.aliases.length && node.plan < 0 ? [["Also called", node.aliases.join("; ")]] : [];
  const pairs = [...node.details, ...also].flatMap(([heading, text]) => [makeElement("dt", {}, isolate(heading)), makeElement("dd", {}, isolate(text))]);
  return pairs.length ? makeElement("dl", {}, ...pairs) : null;
}

function noteList(node) {
  if (!node.notes.length) return null;
  const lines = node.notes.map((note) => makeElement("p", {}, isolate(note)));
  return makeElement("div", { class: "note" }, makeElement("h3", {}, "Quality notes"), ...lines);
}

function sourceList(node) {
  if (!node.sources.length) return null;
  const items = node.sources.map((source) => makeElement("li", {}, ...sourceWords(source)));
  return makeElement("div", {}, makeElement("h3", {}, "Source"), makeElement("ul", { class: "sources" }, ...items));
}

function sourceWords(source) {
  const printed = source.printed ? makeElement("q", {}, isolate(source.printed)) : null;
  return [isolate(placeWords(source)), printed ? ": " : null, printed].filter(Boolean);
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
  return makeElement("li", { class: `hue-${node.hue}${provenance}` }, pick, quiet, throughWords(item), itemCount(model, column, item), linkWords(item.link));
}

function throughWords({ through }) {
  return through ? makeElement("span", { class: "quiet" }, "through ", isolate(through)) : null;
}

function itemCount(model, column, item) {
  if (column.role !== "shared" || item.link || !item.leaves.size) return null;
  return makeElement("span", { class: "quiet" }, leafWords(model, item.leaves));
}

// How a link is known: the words and their place, or who suggests it and why.
function linkWords(link) {
  if (!link) return null;
  const lines = link.sources.map((source) => makeElement("span", { class: "quiet" }, ...linkSource(source)));
  const also = (link.also || []).map((other) => makeElement("div", {}, makeElement("span", { class: "quiet" }, "Also:"), linkWords(other)));
  return makeElement("div", { class: "link" }, basisLine(link), ...lines, ...also);
}

function linkSource(source) {
  const printed = source.printed ? [makeElement("q", {}, isolate(source.printed)), " – "] : [];
  return [...printed, isolate(placeWords(source))];
}

function basisLine(link) {
  if (link.provenance === "printed" && link.basis === "stated in document") return null;
  if (link.provenance !== "suggested") return makeElement("span", { class: "quiet" }, isolate(link.basis));
  const who = [link.curator && ` by ${link.curator}`, link.date && ` on ${link.date}`].filter(Boolean).join("");
  const why = link.reason ? `: ${link.reason}` : "";
  const sure = link.confidence ? ` (confidence: ${link.confidence})` : "";
  return makeElement("span", { class: "quiet" }, makeElement("b", {}, "suggested"), isolate(`${who}${why}${sure}`), ` – ${link.basis}`);
}
