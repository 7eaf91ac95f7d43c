// The grid's numbers: parties against headings, counted in units. No DOM here.

function gridOf(model, shown) {
  const present = columnsShown(model, shown);
  const party = present.find((column) => column.role === "party");
  const heads = gridHeads(present);
  if (!party || !heads) return null;
  const rows = party.ids.map((id) => gridRow(model, id, heads.ids, shown.units));
  rows.sort((a, b) => b.total - a.total || model.nodes[a.id].rank - model.nodes[b.id].rank);
  return { party, heads, groups: gridGroups(model, heads, present), rows };
}

// Headings just above the units; a plan of units alone has the units themselves as headings.
function gridHeads(present) {
  const groups = present.filter((column) => column.role === "group");
  return groups[groups.length - 1] || present.find((column) => column.role === "unit") || null;
}

function gridRow(model, id, heads, units) {
  const mine = new Set([...model.units[id]].filter((unit) => units.has(unit)));
  const cells = heads.map((head) => shared(model.units[head], mine));
  return { id, cells, total: mine.size };
}

// Neighbouring headings under the same theme share one cell above them.
function gridGroups(model, heads, present) {
  const first = present[0];
  if (first.kind === heads.kind) return [];
  const groups = [];
  for (const head of heads.ids) {
    const owner = inOrder(model, idsOfKind(model, first.kind, model.lines[head]))[0] ?? null;
    const last = groups[groups.length - 1];
    if (last && last.id === owner) last.span += 1;
    else groups.push({ id: owner, span: 1 });
  }
  return groups;
}
