// The plan as sets of units (actions): map, grid, list and panel all ask this one model.
// No DOM here, so that it can be tested without a browser.

function buildModel(data) {
  const count = data.nodes.length;
  const model = { columns: data.columns, nodes: data.nodes, links: data.edges };
  model.outward = Array.from({ length: count }, () => []);
  model.inward = Array.from({ length: count }, () => []);
  for (const link of data.edges) {
    model.outward[link.from].push(link);
    model.inward[link.to].push(link);
  }
  // A Map, not an object: a key may be "__proto__".
  model.byKey = new Map(data.nodes.map((node) => [node.key, node.id]));
  model.columnOf = new Map(data.columns.map((column, index) => [column.kind, { ...column, index }]));
  model.lines = data.nodes.map((node) => lineThrough(model, node.id));
  model.units = model.lines.map((line) => new Set([...line].filter((id) => roleOf(model, id) === "unit")));
  return model;
}

function roleOf(model, id) {
  return model.columnOf.get(model.nodes[id].kind).role;
}

function reach(start, links, end) {
  const found = new Set([start]);
  const waiting = [start];
  while (waiting.length) {
    for (const link of links[waiting.pop()]) {
      if (!found.has(link[end])) {
        found.add(link[end]);
        waiting.push(link[end]);
      }
    }
  }
  return found;
}

// Everything on a path through the node: what leads to it and what it leads to.
function lineThrough(model, id) {
  return new Set([...reach(id, model.inward, "from"), ...reach(id, model.outward, "to")]);
}

// The heading of the first column a node stands under: "2a" alone does not tell which of five it is.
function topName(model, id) {
  const top = [...reach(id, model.inward, "from")].find((other) => model.columnOf.get(model.nodes[other].kind).index === 0);
  return top === undefined || top === id ? "" : model.nodes[top].label;
}

// What "Show only this" keeps: the node's line and the lines of all its units, so that a partner
// keeps the partners it works with.
function companyOf(model, id) {
  const kept = new Set(model.lines[id]);
  for (const unit of model.units[id]) {
    for (const other of model.lines[unit]) kept.add(other);
  }
  return kept;
}

function shownBy(model, state) {
  const nodes = state.only === null ? new Set(model.nodes.map((node) => node.id)) : companyOf(model, state.only);
  const units = new Set([...nodes].filter((id) => roleOf(model, id) === "unit"));
  return { nodes, units };
}

function shared(left, right) {
  let count = 0;
  for (const item of left) if (right.has(item)) count += 1;
  return count;
}

function unitCount(model, id, units) {
  return shared(model.units[id], units);
}

function inOrder(model, ids) {
  return [...ids].sort((a, b) => model.nodes[a].rank - model.nodes[b].rank || a - b);
}

// The shown nodes column by column; a column without any is left out.
function columnsShown(model, shown) {
  return model.columns
    .map((column) => ({ ...column, ids: inOrder(model, idsOfKind(model, column.kind, shown.nodes)) }))
    .filter((column) => column.ids.length > 0);
}

function idsOfKind(model, kind, within) {
  return [...within].filter((id) => model.nodes[id].kind === kind);
}

function unitColumn(model) {
  return model.columns.find((column) => column.role === "unit") || null;
}

function countWords(count, column) {
  return `${count} ${count === 1 ? column.singular : column.plural}`;
}

function fullName(node) {
  return node.code ? `${node.code} ${node.label}` : node.label;
}

function shortName(node) {
  return node.code ? `${node.code} ${node.name}` : node.name;
}

function linkBetween(model, a, b) {
  const joins = (link) => (link.from === a && link.to === b) || (link.from === b && link.to === a);
  return [...model.outward[a], ...model.inward[a]].find(joins) || null;
}

// The panel's lists: for each column what stands in company with the node, busiest parties first.
function relatives(model, id) {
  const company = companyOf(model, id);
  company.delete(id);
  const groups = columnsShown(model, { nodes: company }).map((column) => ({
    column,
    items: sortRelatives(model, id, column),
  }));
  return groups.sort((a, b) => closeness(model, id, a) - closeness(model, id, b));
}

// First what the node is linked to, then what stands to its right, last what it only belongs to.
function closeness(model, id, group) {
  if (group.items.some((item) => item.link)) return 0;
  return model.columnOf.get(group.column.kind).index >= model.columnOf.get(model.nodes[id].kind).index ? 1 : 2;
}

function sortRelatives(model, id, column) {
  const items = column.ids.map((other) => ({
    id: other,
    link: linkBetween(model, id, other),
    together: shared(model.units[id], model.units[other]),
  }));
  return column.role === "party" ? items.sort((a, b) => b.together - a.together) : items;
}

// One sentence for screen readers and for the status line.
function sentenceFor(model, id) {
  const node = model.nodes[id];
  const column = model.columnOf.get(node.kind);
  const unit = unitColumn(model);
  const size = model.units[id].size;
  const counted = unit && column.role !== "unit" ? `, ${countWords(size, unit)}` : "";
  return `${column.singular}: ${fullName(node)}${counted}.`;
}

// A selection that "only" hides would be invisible, so it wins.
function settle(model, state) {
  if (state.only === null || state.selected === null) return state;
  return companyOf(model, state.only).has(state.selected) ? state : { ...state, only: null };
}
