// The panel: everything known about what is selected, and where the document says so.

const BUSIEST = 8;

// How to read each view, in a sentence or two.
const GUIDES = {
  map: ({ columns }) => [
    `From left to right: ${columns}. Lines join what belongs together.`,
    "Select anything to see its full wording, its source and its lines. Escape goes back.",
  ],
  grid: ({ party }) => [
    `Each number says how many of what stands under a heading name the ${party}; the darker, the more.`,
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
    "Each row holds the themes of one family, each column a plan: city beside county.",
    "Select a theme to see its wording and source.",
  ],
};

function renderPanel(page) {
  const content = page.state.selected === null ? guide(page) : about(page);
  byId("panel").replaceChildren(...content.filter(Boolean));
  byId("panel").scrollTop = 0;
}

function guide(page) {
  const { model, state, shown, party, actions } = page;
  if (state.view === "continuity") return continuityGuide(page);
  const columns = listWords(columnsShown(model, shown, party).map((column) => column.plural));
  return [
    make("h2", { tabindex: "-1" }, "How to read this"),
    ...GUIDES[state.view]({ columns, party: party?.singular }).map((text) => make("p", {}, text)),
    isFiltered(state) ? make("div", { class: "buttons" }, button({}, actions.everything, "Show everything")) : null,
    state.view === "families" ? null : busiest(page),
  ];
}

function busiest({ model, shown, party, actions }) {
  if (!party) return null;
  const items = idsOfKind(model, party.kind, shown.nodes).map((id) => ({ id, units: shown.unitsOf.get(id), link: null }));
  items.sort((a, b) => b.units.size - a.units.size);
  return itemList(model, { heading: "Named most often", column: party, items: items.slice(0, BUSIEST) }, actions);
}

function about({ model, state, shown, actions }) {
  const node = model.nodes[state.selected];
  const column = model.columnOf.get(node.kind);
  const here = node.plan < 0 || model.members[state.plan].has(node.id);
  const groups = relatives(model, node.id, here ? shown : null);
  return [
    make("p", { class: "kind" }, [column.singular, node.status].filter(Boolean).join(", ")),
    make("h2", { tabindex: "-1", class: `hue-${node.hue}` }, signFor(column), words(fullName(node))),
    node.plan >= 0 && model.plans.length > 1 ? make("p", { class: "quiet" }, words(model.plans[node.plan].short)) : null,
    choices(state, actions),
    details(node),
    notes(node),
    sources(node),
    ...becameOf(model, node.id, actions),
    here ? outside(model, state, shown) : null,
    ...groups.map((group) => itemList(model, { heading: groupHeading(column, group), ...group }, actions)),
  ];
}

function choices(state, actions) {
  const wider = isFiltered(state) ? button({}, actions.everything, "Show everything") : null;
  const narrower = state.only === state.selected ? null : button({}, actions.only, "Show only this");
  return make("div", { class: "buttons" }, narrower, wider, button({}, actions.close, "Close"));
}

// The lists below follow the filters, and say so where that leaves something out.
function outside(model, state, shown) {
  const own = [...model.units[state.selected]].filter((id) => model.members[state.plan].has(id));
  const left = own.filter((id) => !shown.units.has(id));
  return left.length ? make("p", { class: "quiet" }, `${unitWords(model, new Set(left))} outside what is shown now.`) : null;
}

function details(node) {
  const also = node.aliases.length && node.plan < 0 ? [["Also called", node.aliases.join("; ")]] : [];
  const pairs = [...node.details, ...also].flatMap(([heading, text]) => [make("dt", {}, words(heading)), make("dd", {}, words(text))]);
  return pairs.length ? make("dl", {}, ...pairs) : null;
}

function notes(node) {
  if (!node.notes.length) return null;
  const lines = node.notes.map((note) => make("p", {}, words(note)));
  return make("div", { class: "note" }, make("h3", {}, "Quality notes"), ...lines);
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

// What a thing is continued by, and what it continues, each with its basis.
function becameOf(model, id, actions) {
  const { later, earlier } = alignmentsOf(model, id);
  return [["What became of it", later, "target"], ["What it came from", earlier, "source"]]
    .filter(([, found]) => found.length)
    .map(([heading, found, end]) => make("div", {}, make("h3", {}, `${heading} (${found.length})`),
      make("ul", { class: "items" }, ...found.map((one) => becameRow(model, one, one[end], actions)))));
}

function becameRow(model, one, id, actions) {
  const label = make("b", {}, words(one.label));
  if (id < 0) return make("li", { class: `hue-0 ${one.standing}` }, make("p", { class: "item" }, label), linkWords(one));
  const node = model.nodes[id];
  const pick = button({ class: "item" }, () => actions.pick(id), label, ": ", words(fullName(node)));
  const under = [topName(model, id), model.plans[node.plan].short].filter(Boolean).join(", ");
  return make("li", { class: `hue-${node.hue} ${one.standing}` }, pick, make("span", { class: "quiet" }, words(under)), linkWords(one));
}

function groupHeading(column, group) {
  return group.column.kind === column.kind ? "Named together with" : group.column.plural;
}

function itemList(model, { heading, column, items }, actions) {
  const title = make("h3", {}, `${heading} (${items.length})`);
  return make("div", {}, title, make("ul", { class: "items" }, ...items.map((item) => itemRow(model, column, item, actions))));
}

function itemRow(model, column, item, actions) {
  const node = model.nodes[item.id];
  const standing = item.link ? ` ${item.link.standing}` : "";
  const name = column.role === "party" ? node.name : fullName(node);
  const pick = button({ class: "item" }, () => actions.pick(item.id), signFor(column), words(name));
  const under = column.role === "party" ? "" : topName(model, item.id);
  const quiet = under ? make("span", { class: "quiet" }, words(under)) : null;
  return make("li", { class: `hue-${node.hue}${standing}` }, pick, quiet, itemCount(model, column, item), linkWords(item.link));
}

function itemCount(model, column, item) {
  if (column.role !== "party" || item.link || !item.units.size) return null;
  return make("span", { class: "quiet" }, unitWords(model, item.units));
}
