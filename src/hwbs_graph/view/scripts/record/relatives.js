// What the panel lists beside a thing: for each kind what stands in company with it.
import { ancestorsOf, fullName, idsOfKind, isShared, linksNaming, reachesLeaves, sortInMapOrder } from "./model.js";

// The node's line and the lines of all its leaves, so that a partner has the partners it works with.
function relatedNodes(model, id, shown) {
  const own = shown ? (other) => shown.nodes.has(other) : () => true;
  const leaves = [...model.leaves[id]].filter((leaf) => !shown || shown.leaves.has(leaf));
  const kept = new Set([...model.lines[id], ...leaves.flatMap((leaf) => [...model.lines[leaf]])].filter(own));
  for (const link of [...model.inward[id], ...model.outward[id]]) {
    for (const end of [link.from, link.to]) if (own(end)) kept.add(end);
  }
  kept.delete(id);
  return kept;
}

export function groupRelatives(model, id, shown) {
  const company = relatedNodes(model, id, shown);
  const groups = model.columns
    .map((column) => ({ column, items: relatedItems(model, id, sortInMapOrder(model, idsOfKind(model, column.kind, company)), column, shown) }))
    .filter((group) => group.items.length);
  return groups.sort((a, b) => closeness(model, id, a) - closeness(model, id, b));
}

// First what the node is linked to, then what stands to its right, last what it only belongs to.
function closeness(model, id, group) {
  if (group.items.some((item) => item.link)) return 0;
  return model.columnOf.get(group.column.kind).index >= model.columnOf.get(model.nodes[id].kind).index ? 1 : 2;
}

// Each with the leaves it shares with the thing, and the link where there is one, or what it comes through.
function relatedItems(model, id, ids, column, shown) {
  const mine = shown?.leavesOf.get(id) ?? model.leaves[id];
  const items = ids.map((other) => {
    const theirs = shown?.leavesOf.get(other) ?? model.leaves[other];
    const link = linkBetween(model, id, other);
    const through = link || !isShared(model, id) ? "" : waysBetween(model, id, other).join("; ");
    return { id: other, link, through, leaves: new Set([...theirs].filter((leaf) => mine.has(leaf))) };
  });
  if (column.role === "shared") return items.sort((a, b) => b.leaves.size - a.leaves.size);
  return isShared(model, id) ? [...items.filter((item) => item.link), ...items.filter((item) => !item.link)] : items;
}

// The names of what brings an element to a partner or determinant that it does not name itself: a narrower
// determinant that it names or, failing that, a heading of it.
function waysBetween(model, id, element) {
  const naming = linksNaming(model, id);
  const own = naming.filter((link) => link.from === element).map((link) => model.nodes[link.to].name);
  if (own.length) return own;
  const line = ancestorsOf(model, element);
  const above = naming.filter((link) => line.has(link.from) && reachesLeaves(model, link));
  const nearest = above.filter((link) => link.to === id || !above.some((other) => other.from === link.from && other.to === id));
  return nearest.map((link) => fullName(model.nodes[link.from]) + (link.to === id ? "" : ` (${model.nodes[link.to].name})`));
}

function linkBetween(model, a, b) {
  const joins = (link) => (link.from === a && link.to === b) || (link.from === b && link.to === a);
  return [...model.outward[a], ...model.inward[a]].find(joins) || null;
}

// What became of an element in a later plan, and what it came from.
export function alignmentsOf(model, id) {
  return {
    later: model.alignments.filter((one) => one.source === id),
    earlier: model.alignments.filter((one) => one.target === id),
  };
}
