// Plans side by side: what each strategy has in each family of themes.
import { isShared, sortInMapOrder } from "./model.js";

// The boards of the record; a plan whose board is not recorded counts under its title.
export function boardsOf(model) {
  const boards = new Map();
  model.plans.forEach((plan, index) => {
    const name = plan.board || plan.title;
    if (!boards.has(name)) boards.set(name, { name, plans: [] });
    boards.get(name).plans.push(index);
  });
  return [...boards.values()];
}

// A strategy and the plan that delivers it stand in one column: they share their themes.
// [{title, board, plans: [number], short}], `short` being the last plan's, which is told in full.
function strategiesOf(model) {
  const strategies = new Map();
  model.plans.forEach((plan, index) => {
    const key = `${plan.board}\n${plan.title}`;
    if (!strategies.has(key)) strategies.set(key, { title: plan.title, board: plan.board, plans: [] });
    strategies.get(key).plans.push(index);
  });
  return [...strategies.values()].map((one) => ({ ...one, short: model.plans[one.plans[one.plans.length - 1]].short }));
}

// Families in the order of the record, or as they first appear; themes without a family ("") come last.
export function familiesOf(model) {
  const themes = sortInMapOrder(model, model.plans.flatMap((_, plan) => themesIn(model, plan)));
  const byPlan = [...themes].sort((a, b) => model.nodes[a].plan - model.nodes[b].plan);
  const order = (id) => model.nodes[id].familyOrder || Infinity;
  const known = byPlan.filter((id) => model.nodes[id].family).map((id, index) => ({ id, index }));
  known.sort((a, b) => (order(a.id) === order(b.id) ? a.index - b.index : order(a.id) - order(b.id)));
  const names = [...new Set(known.map(({ id }) => model.nodes[id].family))];
  return byPlan.some((id) => !model.nodes[id].family) ? [...names, ""] : names;
}

// The themes of a plan: its own, and those of another plan that its elements stand under.
function themesIn(model, plan) {
  const isTheme = (id) => model.columnOf.get(model.nodes[id].kind).index === 0;
  return sortInMapOrder(model, [...model.members[plan]].filter(isTheme));
}

// What stands directly under a theme in one plan.
function elementsUnder(model, theme, plan) {
  const ids = model.outward[theme].map((link) => link.to).filter((id) => !isShared(model, id) && model.nodes[id].plan === plan);
  const sorted = sortInMapOrder(model, new Set(ids));
  // Beside headings, an element without anything under it is an example, not a peer.
  return sorted.filter((id) => model.nodes[id].kind === model.nodes[sorted[0]].kind);
}

// {columns, rows: [{family, cells: [[{id, elements, others: [{plan, count, kind}]}]]}]}
export function sideBySide(model) {
  const columns = strategiesOf(model);
  const themes = columns.map((column) => sortInMapOrder(model, new Set(column.plans.flatMap((plan) => themesIn(model, plan)))));
  const cell = (column, ids) => ids.map((id) => themeCell(model, id, column.plans));
  const rows = familiesOf(model).map((family) => ({
    family, cells: columns.map((column, index) => cell(column, themes[index].filter((id) => model.nodes[id].family === family))),
  }));
  return { columns, rows };
}

// The plan that acts stands in full; the strategy that it delivers only as a count.
function themeCell(model, id, plans) {
  const held = plans.map((plan) => ({ plan, elements: elementsUnder(model, id, plan) })).filter(({ elements }) => elements.length);
  const last = held[held.length - 1];
  return { id, plan: last?.plan ?? null, elements: last?.elements ?? [], others: held.slice(0, -1).map(({ plan, elements }) => ({ plan, elements })) };
}

// {families, rows: [{board, plan, cells: [{themes, elements}], total}]}: how much each board has in each family; `plan` is its last.
export function familyCounts(model) {
  const families = familiesOf(model);
  const rows = boardsOf(model).map((board) => {
    const cells = families.map((family) => familyCell(model, board, family));
    // An element under themes of two families counts in both, and once in all.
    const all = new Set(cells.flatMap((cell) => cell.ids));
    return { board: board.name, plan: board.plans.at(-1), cells: cells.map(({ themes, elements }) => ({ themes, elements })), total: all.size };
  });
  return { families, rows };
}

function familyCell(model, { plans }, family) {
  const themes = new Set(plans.flatMap((plan) => themesIn(model, plan)).filter((id) => model.nodes[id].family === family));
  const elements = new Set([...themes].flatMap((id) => plans.flatMap((plan) => elementsUnder(model, id, plan))));
  return { themes: themes.size, elements: elements.size, ids: [...elements] };
}

// Boards that can stand side by side; of more, the picture shows how much each has.
const MOST_BOARDS = 4;

export function isHeatMap(model) {
  return boardsOf(model).length > MOST_BOARDS;
}

export function familyCaption(model) {
  return isHeatMap(model)
    ? "Number of objectives or priorities of each board, by family of themes; the darker, the more"
    : "The same family of themes in each strategy, and what stands under each theme";
}
