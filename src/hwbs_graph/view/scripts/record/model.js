// The record as sets of leaves (actions, or the innermost headings of a plan without actions): every
// picture, the panel and the search ask this one model.

export function buildModel(data) {
  const { edges: links, ...rest } = data;
  const model = { ...rest, links, steps: data.steps || [], notes: data.notes || [] };
  model.columnOf = new Map(data.columns.map((column, index) => [column.kind, { ...column, index }]));
  // A Map, not an object: a key may be "__proto__".
  model.byKey = new Map(model.nodes.map((node) => [node.key, node.id]));
  indexLinks(model);
  model.narrower = model.nodes.map((node) => model.nodes.filter((other) => other.broader.includes(node.id)).map((other) => other.id));
  model.members = model.plans.map((_, plan) => planMembers(model, plan));
  model.lines = model.nodes.map((node) => lineThrough(model, node.id));
  model.leaves = model.nodes.map((node) => leavesBehind(model, node.id));
  return model;
}

function indexLinks(model) {
  const count = model.nodes.length;
  model.outward = Array.from({ length: count }, () => []);
  model.inward = Array.from({ length: count }, () => []);
  for (const link of model.links) {
    model.outward[link.from].push(link);
    model.inward[link.to].push(link);
  }
}

// A plan's own things and the headings above them: a strategy and its action plan may stand under
// the same themes.
function planMembers(model, plan) {
  const own = model.nodes.filter((node) => node.plan === plan).map((node) => node.id);
  return new Set(own.flatMap((id) => [...reach(id, model.inward, "from")]));
}

export function roleOf(model, id) {
  const node = model.nodes[id];
  if (model.columnOf.get(node.kind).role === "shared") return "shared";
  return node.leaf ? "leaf" : "group";
}

export function isShared(model, id) {
  return roleOf(model, id) === "shared";
}

// Whether a link to a partner or determinant holds for the leaves too. A body responsible for a theme is
// responsible for all of it; a theme that mentions a determinant says nothing of its single actions.
export function reachesLeaves(model, link) {
  return link.relation !== "addresses" || !isRoot(model, link.from);
}

// A heading that nothing stands above.
export function isRoot(model, id) {
  return model.columnOf.get(model.nodes[id].kind).index === 0 && !model.nodes[id].leaf;
}

function reach(start, links, end, goes = () => true) {
  const found = new Set([start]);
  const waiting = [start];
  while (waiting.length) {
    for (const link of links[waiting.pop()]) {
      if (!found.has(link[end]) && goes(link)) {
        found.add(link[end]);
        waiting.push(link[end]);
      }
    }
  }
  return found;
}

export function ancestorsOf(model, id) {
  return reach(id, model.inward, "from", (link) => reachesLeaves(model, link));
}

export function descendantsOf(model, id) {
  return reach(id, model.outward, "to", (link) => reachesLeaves(model, link));
}

// Everything on a path through the node: what leads to it and what it leads to.
function lineThrough(model, id) {
  return new Set([...ancestorsOf(model, id), ...descendantsOf(model, id)]);
}

// The leaves under a node or, for a partner or determinant, under all that name it or a narrower one: an
// objective that names it stands for all its actions.
function leavesBehind(model, id) {
  if (!isShared(model, id)) return new Set(leavesUnder(model, id));
  return new Set(elementsNaming(model, id).flatMap((element) => leavesNaming(model, element)));
}

function leavesUnder(model, id) {
  return [...descendantsOf(model, id)].filter((other) => roleOf(model, other) === "leaf");
}

// The leaves that name what an element names: all under a heading, but of an action not its own steps,
// which need not involve whom it involves.
export function leavesNaming(model, element) {
  return model.nodes[element].leaf ? [element] : leavesUnder(model, element);
}

function elementsNaming(model, id) {
  return linksNaming(model, id).filter((link) => reachesLeaves(model, link)).map((link) => link.from);
}

// The links to a partner or determinant, and after them those to narrower determinants.
export function linksNaming(model, id) {
  return [id, ...model.narrower[id]].flatMap((each) => model.inward[each]);
}

// A layer may itself be named ("living conditions"), but that nothing names it is no gap.
export function isLayer(model, id) {
  return model.nodes[id].label === model.nodes[id].layer;
}

// The wider determinants that what names a narrower one addresses, too; a layer is a heading over all in it.
export function widerThan(model, id) {
  return model.nodes[id].broader.filter((other) => !isLayer(model, other));
}

// The heading of the first column a node stands under: "2a" alone does not tell which of five it is.
export function topName(model, id) {
  const top = rootsOf(model, id)[0];
  return top === undefined || top === id ? "" : model.nodes[top].label;
}

export function rootsOf(model, id) {
  return [...ancestorsOf(model, id)].filter((other) => model.columnOf.get(model.nodes[other].kind).index === 0);
}

export function countShared(left, right) {
  let count = 0;
  for (const item of left) if (right.has(item)) count += 1;
  return count;
}

export function sortInMapOrder(model, ids) {
  const column = (id) => model.columnOf.get(model.nodes[id].kind).index;
  return [...ids].sort((a, b) => column(a) - column(b) || model.nodes[a].rank - model.nodes[b].rank || a - b);
}

export function idsOfKind(model, kind, within) {
  return [...within].filter((id) => model.nodes[id].kind === kind);
}

export function fullName(node) {
  return node.code ? `${node.code} ${node.label}` : node.label;
}

export function shortName(node) {
  return node.code ? `${node.code} ${node.name}` : node.name;
}

export function countWords(count, column, numberWords = String) {
  return `${numberWords(count)} ${count === 1 ? column.singular : column.plural}`;
}

// What is counted, in words: "16 actions", or "19 priorities and 18 focus areas" without actions.
export function leafWords(model, leaves, numberWords = String) {
  const kinds = model.columns.map((column) => ({ column, count: idsOfKind(model, column.kind, leaves).length }));
  return listWords(kinds.filter(({ count }) => count).map(({ column, count }) => countWords(count, column, numberWords)));
}

export function pluralWords(model, ids) {
  return listWords(model.columns.filter((column) => idsOfKind(model, column.kind, ids).length).map((column) => column.plural));
}

export function listWords(items) {
  return items.length > 1 ? `${items.slice(0, -1).join(", ")} and ${items[items.length - 1]}` : items[0] || "";
}

// One sentence for screen readers and for the status line; `shown` says what of it is in the picture.
export function sentenceFor(model, id, shown = null) {
  const node = model.nodes[id];
  const leaves = shown?.leavesOf.get(id) ?? model.leaves[id];
  const counted = node.leaf || !leaves.size ? "" : `, ${leafWords(model, leaves)}`;
  return `${model.columnOf.get(node.kind).singular}: ${fullName(node)}${counted}.`;
}
