// The grid's numbers: partners or determinants against headings, counted in leaves.
import { countShared, idsOfKind, isRoot, pluralWords, rootsOf, sortInMapOrder } from "./model.js";

export function countGrid(model, shown, sharedColumn) {
  const heads = byOwner(model, sortInMapOrder(model, headsOf(model, shown)));
  if (!sharedColumn || !heads.length) return null;
  const kinds = model.columns.filter((column) => heads.some((id) => model.nodes[id].kind === column.kind));
  const rows = idsOfKind(model, sharedColumn.kind, shown.nodes).map((id) => gridRow(shown, id, heads));
  rows.sort((a, b) => b.total - a.total || model.nodes[a.id].rank - model.nodes[b.id].rank);
  return { sharedColumn, heads: { ids: heads, singular: kinds.map((column) => column.singular).join(" or ") }, groups: gridGroups(model, heads), rows };
}

export function gridCaption(model, shown, { sharedColumn, heads }) {
  const names = sharedColumn.kind === "determinant" ? "that address each determinant, themselves or through an objective or a narrower determinant" : `that name each ${sharedColumn.singular}`;
  return `Number of ${pluralWords(model, shown.leaves)} ${names}, by ${heads.singular}`;
}

// Headings just above the leaves; a leaf under no heading is its own.
export function headsOf(model, shown) {
  const heads = new Set();
  for (const leaf of shown.leaves) {
    const parents = model.inward[leaf].map((link) => link.from);
    for (const head of parents.length ? parents : [leaf]) heads.add(head);
  }
  return heads;
}

function gridRow(shown, id, heads) {
  const mine = shown.leavesOf.get(id);
  const cells = heads.map((head) => countShared(shown.leavesOf.get(head) ?? new Set([head]), mine));
  return { id, cells, total: mine.size };
}

function ownerOf(model, head) {
  return sortInMapOrder(model, rootsOf(model, head))[0] ?? null;
}

// A theme that is itself such a heading stands with those under it.
function byOwner(model, heads) {
  const owners = sortInMapOrder(model, new Set(heads.map((head) => ownerOf(model, head)).filter((owner) => owner !== null)));
  return [...owners, null].flatMap((owner) => heads.filter((head) => ownerOf(model, head) === owner));
}

// Neighbouring headings under the same theme share one cell above them.
function gridGroups(model, heads) {
  if (heads.every((head) => isRoot(model, head))) return [];
  const groups = [];
  for (const head of heads) {
    const owner = ownerOf(model, head);
    const last = groups[groups.length - 1];
    if (last && last.id === owner) last.span += 1;
    else groups.push({ id: owner, span: 1 });
  }
  return groups;
}
