// What the picture of who is missing tells: sentences made from what it shows.
import { missingIn, missingOf } from "./missing.js";
import { countWords, leafWords, listWords, pluralWords, sortInMapOrder } from "./model.js";
import { spokenName } from "./sentences.js";
import { isOrAre, numberWord } from "./step-words.js";

export const DERIVED = "Derived by comparing who is named for which determinant; no plan says it.";
export const NO_COMPARISON = "This plan names no partner or addresses no determinant, so nobody can be said to be missing.";
const MOST_NAMED = 3;

export function missingFinding(model, state, missing) {
  if (!missing) return NO_COMPARISON;
  const cell = chosenCell(state, missing);
  if (cell) return missingSentence(model, missing, state.selected, state.at, cell);
  return missing.focus === null ? wholeFinding(model, missing) : focusFinding(model, missing);
}

// The cell of the table that is selected, if one is.
export function chosenCell({ selected, at }, { rows, heads }) {
  return rows.find((row) => row.id === selected)?.cells[heads.indexOf(at)] ?? null;
}

function wholeFinding(model, missing) {
  const counts = missing.heads.map((id) => ({ id, rows: missingIn(missing, id) }));
  const [most] = [...counts].sort((a, b) => b.rows.length - a.rows.length);
  if (!most?.rows.length) return "Nobody is missing: each partner is named wherever its determinants are addressed.";
  const at = missing.heads.indexOf(most.id);
  const [first] = most.rows;
  const who = `first ${model.nodes[first.id].name} (${leafWords(model, first.cells[at].elsewhere)} elsewhere)`;
  return `Most are missing in ${spokenName(model, most.id)}: ${partnerWords(model, most.rows.length)} who ${isOrAre(most.rows.length)} named elsewhere for the same determinants, ${who}. ${DERIVED}`;
}

function focusFinding(model, missing) {
  const { focus, rows } = missing;
  const lacking = missingIn(missing, focus);
  const named = rows.length - lacking.length;
  const there = `${partnerWords(model, named)} ${isOrAre(named || 2)} named there`;
  if (!lacking.length) return `Nobody is missing in ${spokenName(model, focus)} who is named elsewhere for the same determinants; ${there}. ${DERIVED}`;
  const names = lacking.slice(0, MOST_NAMED).map((row) => `${model.nodes[row.id].name} (${row.cells[0].elsewhere.size})`);
  if (lacking.length > MOST_NAMED) names.push(`${lacking.length - MOST_NAMED} more`);
  return `In ${spokenName(model, focus)} ${partnerWords(model, lacking.length)} ${isOrAre(lacking.length)} missing who ${isOrAre(lacking.length)} named elsewhere for the same determinants: ${listWords(names)}; ${there}. ${DERIVED}`;
}

function partnerWords(model, count) {
  return countWords(count, model.columnOf.get("partner"), (number) => (number ? String(number) : "no"));
}

// "Housing is named in no action of Warm homes, but elsewhere in 7 actions on the same determinants: income (4) and air quality (3)."
export function missingSentence(model, missing, partner, head, cell) {
  const [name, where] = [model.nodes[partner].name, spokenName(model, head)];
  if (cell.here.size) return `${name} is named in ${leafWords(model, cell.here)} of ${where}.`;
  if (!cell.ways.length) return `${name} is named neither in ${where} nor elsewhere for a determinant of it.`;
  const names = cell.ways.slice(0, MOST_NAMED).map((way) => `${model.nodes[way.determinant].name} (${way.leaves.size})`);
  if (cell.ways.length > MOST_NAMED) names.push(`${numberWord(cell.ways.length - MOST_NAMED)} more`);
  const elsewhere = `named elsewhere in ${leafWords(model, cell.elsewhere)} on the same determinants: ${listWords(names)}`;
  return `${name} is missing in ${where}, but ${elsewhere}. ${DERIVED}`;
}

// "Income: Streets 2a, Streets 2b and 3 more", so many determinants and leaves as a line has room for.
export function wayWords(model, { ways }) {
  const told = ways.slice(0, MOST_NAMED).map(({ determinant, leaves }) => {
    const names = sortInMapOrder(model, leaves).map((leaf) => spokenName(model, leaf));
    const few = names.length > MOST_NAMED + 1 ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`] : names;
    return `${model.nodes[determinant].name}: ${listWords(few)}`;
  });
  const more = ways.length - told.length;
  return [...told, more > 0 ? `${numberWord(more)} more ${more === 1 ? "determinant" : "determinants"}` : ""].filter(Boolean).join("; ");
}

// What the marks mean, of those the table has: [{mark, text}].
export function missingMarks(model, { rows, whole }) {
  const cells = rows.flatMap((row) => row.cells);
  const leaves = pluralWords(model, whole.leaves);
  return [
    { mark: "full", text: `named here, in so many ${leaves}` },
    { mark: "ring", text: `named only elsewhere, in so many on the same determinants (derived)` },
    cells.some((cell) => cell.suggested) && { mark: "broken", text: "the same, by suggested links alone" },
  ].filter(Boolean);
}

export function missingMark({ here, ways, suggested }) {
  return here.size ? "full" : suggested ? "broken" : ways.length ? "ring" : "";
}

export function missingTitle(model, { focus }) {
  return focus === null ? "Who is missing, and where" : `Who is missing in ${spokenName(model, focus)}`;
}

export function missingCaption(model, { focus, rows, whole }) {
  if (focus === null) return "Partners by where they are named, and where they are missing; blank is neither";
  const all = [...whole.nodes].filter((id) => model.nodes[id].kind === "partner" && whole.leavesOf.get(id).size).length;
  const rest = all - rows.length;
  return `${missingTitle(model, { focus })}, and who is named${rest > 0 ? `; ${partnerWords(model, rest)} ${isOrAre(rest)} neither` : ""}`;
}

// For Present, of a plan in which somebody is missing: [{title, sentence, view}].
export function missingStories(model, shown) {
  const missing = missingOf(model, shown.state, shown);
  const isAny = missing?.heads.length > 1 && missing.rows.some((row) => row.cells.some((cell) => cell.ways.length));
  return isAny ? [{ title: "Who is missing, and where?", sentence: wholeFinding(model, missing), view: "missing" }] : [];
}
