// The panel: everything known about what is selected, and where the document says so.

const BUSIEST = 8;

// How to read each view, in a sentence or two.
const GUIDES = {
  map: (columns) => [
    `From left to right: ${columns}. Lines join what belongs together.`,
    "Select anything to see its full wording, its source and its lines. Escape goes back.",
  ],
  grid: () => [
    "Each number says how many actions of an objective name the partner; the darker, the more.",
    "Select a partner or an objective to see its full wording and source. Escape goes back.",
  ],
  list: () => [
    "Everything the plan prints, in its order, with the words as printed and their place.",
    "Select an action to see who is named and where. Escape goes back.",
  ],
};

function renderPanel(model, state, shown, actions) {
  const content = state.selected === null ? guide(model, state, shown, actions) : about(model, state, actions);
  byId("panel").replaceChildren(...content.filter(Boolean));
  byId("panel").scrollTop = 0;
}

function guide(model, state, shown, actions) {
  const names = model.columns.map((column) => column.plural);
  const last = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}` : names[0];
  return [
    make("h2", { tabindex: "-1" }, "How to read this"),
    ...GUIDES[state.view](last).map((text) => make("p", {}, text)),
    state.only === null ? null : make("div", { class: "buttons" }, button({}, actions.everything, "Show everything")),
    busiest(model, shown, actions),
  ];
}

function busiest(model, shown, actions) {
  const column = columnsShown(model, shown).find((candidate) => candidate.role === "party");
  if (!column) return null;
  const items = column.ids.map((id) => ({ id, together: unitCount(model, id, shown.units), link: null }));
  items.sort((a, b) => b.together - a.together);
  return itemList(model, { heading: "Named most often", column, items: items.slice(0, BUSIEST) }, actions);
}

function about(model, state, actions) {
  const node = model.nodes[state.selected];
  const column = model.columnOf.get(node.kind);
  return [
    make("p", { class: "kind" }, column.singular),
    make("h2", { tabindex: "-1", class: `hue-${node.hue}` }, signFor(column), words(fullName(node))),
    choices(state, actions),
    details(node),
    notes(node),
    sources(node),
    ...relatives(model, node.id).map((group) => itemList(model, { heading: groupHeading(column, group), ...group }, actions)),
  ];
}

function choices(state, actions) {
  const wider = state.only === null
    ? null
    : button({}, actions.everything, "Show everything");
  const narrower = state.only === state.selected ? null : button({}, actions.only, "Show only this");
  return make("div", { class: "buttons" }, narrower, wider, button({}, actions.close, "Close"));
}

function details(node) {
  if (!node.details.length) return null;
  const pairs = node.details.flatMap(([heading, text]) => [make("dt", {}, words(heading)), make("dd", {}, words(text))]);
  return make("dl", {}, ...pairs);
}

function notes(node) {
  if (!node.notes.length) return null;
  const lines = node.notes.map((note) => make("p", {}, words(note)));
  return make("div", { class: "note" }, make("h3", {}, "Beware"), ...lines);
}

function sources(node) {
  if (!node.sources.length) return null;
  const items = node.sources.map((source) => make("li", {}, ...sourceWords(source)));
  return make("div", {}, make("h3", {}, "Source"), make("ul", { class: "sources" }, ...items));
}

function sourceWords(source) {
  const printed = source.printed ? make("q", {}, words(source.printed)) : null;
  return [words(placeWords(source)), printed ? ": " : null, printed].filter(Boolean);
}

function groupHeading(column, group) {
  return group.column.kind === column.kind ? `Named together with` : group.column.plural;
}

function itemList(model, { heading, column, items }, actions) {
  const title = make("h3", {}, `${heading} (${items.length})`);
  return make("div", {}, title, make("ul", { class: "items" }, ...items.map((item) => itemRow(model, column, item, actions))));
}

function itemRow(model, column, item, actions) {
  const node = model.nodes[item.id];
  const suggested = item.link ? ` ${item.link.standing}` : "";
  const pick = button({ class: "item" }, () => actions.pick(item.id), signFor(column), words(itemName(column, node)));
  const under = column.role === "party" ? "" : topName(model, item.id);
  const quiet = under ? make("span", { class: "quiet" }, words(under)) : null;
  return make("li", { class: `hue-${node.hue}${suggested}` }, pick, quiet, itemCount(model, column, item), linkWords(item.link));
}

function itemName(column, node) {
  return column.role === "party" ? node.name : fullName(node);
}

function itemCount(model, column, item) {
  const unit = unitColumn(model);
  if (column.role !== "party" || !unit || item.link) return null;
  return make("span", { class: "quiet" }, countWords(item.together, unit));
}

// How a link is known: the words and their place, or who suggests it and why.
function linkWords(link) {
  if (!link) return null;
  const lines = (link.sources || []).map((source) => make("span", { class: "quiet" }, ...linkSource(source)));
  return make("div", { class: "link" }, basisLine(link), ...lines);
}

function linkSource(source) {
  const printed = source.printed ? [make("q", {}, words(source.printed)), " – "] : [];
  return [...printed, words(placeWords(source))];
}

function basisLine(link) {
  if (link.standing === "printed" && link.basis === "stated in document") return null;
  if (link.standing !== "suggested") return make("span", { class: "quiet" }, words(link.basis));
  const who = link.curator ? ` by ${link.curator}` : "";
  const why = link.reason ? `: ${link.reason}` : "";
  const sure = link.confidence ? ` (confidence: ${link.confidence})` : "";
  return make("span", { class: "quiet" }, make("b", {}, "suggested"), words(`${who}${why}${sure}`), ` – ${link.basis}`);
}
