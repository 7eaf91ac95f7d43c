// What the panel lists beside a thing: for each kind what stands in company with it.
import { idsOfKind, sortInMapOrder } from "./model.js";

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

// Each with the leaves it shares with the thing, and the link where there is one.
function relatedItems(model, id, ids, column, shown) {
  const mine = shown?.leavesOf.get(id) ?? model.leaves[id];
  const items = ids.map((other) => {
    const theirs = shown?.leavesOf.get(other) ?? model.leaves[other];
    return { id: other, link: linkBetween(model, id, other), leaves: new Set([...theirs].filter((leaf) => mine.has(leaf))) };
  });
  return column.role === "shared" ? items.sort((a, b) => b.leaves.size - a.leaves.size) : items;
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
