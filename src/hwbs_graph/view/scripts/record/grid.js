// The grid's numbers: parties against headings, counted in units.
import { countShared, idsOfKind, isRoot, rootsOf, sortInMapOrder } from "./model.js";

export function countGrid(model, shown, party) {
  const heads = sortInMapOrder(model, headsOf(model, shown));
  if (!party || !heads.length) return null;
  const kinds = model.columns.filter((column) => heads.some((id) => model.nodes[id].kind === column.kind));
  const rows = idsOfKind(model, party.kind, shown.nodes).map((id) => gridRow(shown, id, heads));
  rows.sort((a, b) => b.total - a.total || model.nodes[a.id].rank - model.nodes[b.id].rank);
  return { party, heads: { ids: heads, singular: kinds.map((column) => column.singular).join(" or ") }, groups: gridGroups(model, heads), rows };
}

// Headings just above the units; a unit under no heading is its own.
export function headsOf(model, shown) {
  const heads = new Set();
  for (const unit of shown.units) {
    const parents = model.inward[unit].map((link) => link.from);
    for (const head of parents.length ? parents : [unit]) heads.add(head);
  }
  return heads;
}

function gridRow(shown, id, heads) {
  const mine = shown.unitsOf.get(id);
  const cells = heads.map((head) => countShared(shown.unitsOf.get(head) ?? new Set([head]), mine));
  return { id, cells, total: mine.size };
}

// Neighbouring headings under the same theme share one cell above them.
function gridGroups(model, heads) {
  if (heads.every((head) => isRoot(model, head))) return [];
  const groups = [];
  for (const head of heads) {
    const owner = sortInMapOrder(model, rootsOf(model, head))[0] ?? null;
    const last = groups[groups.length - 1];
    if (last && last.id === owner) last.span += 1;
    else groups.push({ id: owner, span: 1 });
  }
  return groups;
}
