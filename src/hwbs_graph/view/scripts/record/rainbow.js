// The determinants rainbow of Dahlgren and Whitehead: what a plan does about each determinant of health, layer by layer
// from the person outwards, and the other plans beside it.
import { allDeterminants, coverageOf, coverageSentence } from "./coverage.js";
import { NO_FILTER, applyFilters, isFiltered } from "./filters.js";
import { leafWords, pluralWords } from "./model.js";

// The model has so many layers, from its centre outwards; what a code list has beyond them, such as outcomes and
// care, is no arc and stands below.
const ARCS = 5;
const MOST_BESIDE = 5;

// {rings, below, coverage, others, unseen}, or null where the plan names no determinant. A ring is {layer, rows,
// leaves}, its rows those of the coverage picture; `others` are {plan, rings, coverage} of the plans beside it, where
// these are asked for.
export function rainbowOf(model, shown, beside = true) {
  const coverage = coverageOf(model, shown);
  if (!coverage) return null;
  const others = !beside || isFiltered(shown.state ?? NO_FILTER) ? [] : otherPlans(model, shown.plan);
  return { ...ringsOf(model, coverage), coverage, others: others.slice(0, MOST_BESIDE), unseen: Math.max(0, others.length - MOST_BESIDE) };
}

function ringsOf(model, coverage) {
  const known = [...new Set(allDeterminants(model).map((id) => model.nodes[id].layer))].filter(Boolean);
  const layers = coverage.layers.map(({ layer, rows }) => ({ layer, rows, leaves: new Set(rows.flatMap((row) => [...row.leaves])) }));
  const isArc = ({ layer }) => known.slice(0, ARCS).includes(layer);
  return { rings: layers.filter(isArc), below: layers.filter((each) => !isArc(each)) };
}

function otherPlans(model, own) {
  const plans = model.plans.map((_, plan) => plan).filter((plan) => plan !== own);
  return plans.flatMap((plan) => {
    const coverage = coverageOf(model, applyFilters(model, { ...NO_FILTER, plan }));
    return coverage ? [{ plan, coverage, ...ringsOf(model, coverage) }] : [];
  });
}

// "14", or in words why there is no number.
export function segmentMark(row) {
  if (row.gap) return "gap";
  return row.total || !row.addressed ? String(row.total) : "theme";
}

// Whether nothing printed says what a segment counts.
export function isSuggested(row) {
  const told = row.cells.filter((cell) => cell.count || cell.theme);
  return told.length > 0 && told.every((cell) => cell.suggested);
}

// "Living and working conditions: 37 of 51 actions; 2 gaps among 18".
export function layerWords(model, shown, { layer, rows, leaves }) {
  const gaps = rows.filter((row) => row.gap).length;
  const counted = leaves.size ? `${leaves.size} of ${leafWords(model, shown.leaves)}` : `none of the ${leafWords(model, shown.leaves) || "items"}`;
  const missing = gaps ? `; ${gaps} ${gaps === 1 ? "gap" : "gaps"} among ${rows.length}` : "";
  return `${layer || "Other determinants"}: ${counted}${missing}`;
}

// "Anytown 2030: 42 of 54 addressed, 12 gaps".
export function besideWords(model, { plan, coverage }) {
  const { addressed, all, gaps } = coverage;
  return `${model.plans[plan].short}: ${addressed.length} of ${all} addressed, ${gaps.length || "no"} ${gaps.length === 1 ? "gap" : "gaps"}`;
}

// In which layer most is done and in which least, and what is done about nothing.
export function rainbowFinding(model, shown, { rings, coverage }) {
  const ordered = [...rings].sort((a, b) => b.leaves.size - a.leaves.size);
  const [most, least] = [ordered[0], ordered.at(-1)];
  if (!most?.leaves.size) return coverageSentence(model, coverage);
  const told = `Most is done about “${most.layer}” (${most.leaves.size} of ${leafWords(model, shown.leaves)})`;
  const other = ordered.length > 1 && least.leaves.size < most.leaves.size ? `, least about “${least.layer}” (${least.leaves.size || "none"})` : "";
  return `${told}${other}. ${coverageSentence(model, coverage)}`;
}

// Every layer, for a step: "Of 51 actions, 40 “Living and working conditions”, ...".
export function layersSentence(model, shown, { rings, below, coverage }) {
  const told = [...rings, ...below].sort((a, b) => b.leaves.size - a.leaves.size).map(({ layer, leaves }) => `${leaves.size || "none"} “${layer || "Other determinants"}”`);
  return `Of ${leafWords(model, shown.leaves) || "nothing"}, ${told.join(", ")}. ${coverageSentence(model, coverage)}`;
}

// What the marks mean, of those the picture has: [{mark, text}], the mark "" for the dashed frame.
export function rainbowMarks(model, shown, { rings, below }) {
  const rows = [...rings, ...below].flatMap((ring) => ring.rows);
  const kinds = pluralWords(model, shown.leaves) || "items";
  return [
    { mark: "7", text: `= ${kinds} that address it; the stronger the shade, the more` },
    rows.some((row) => row.gap) && { mark: "gap", text: "hollow = nothing in the plan is recorded to address it" },
    rows.some((row) => segmentMark(row) === "theme") && { mark: "theme", text: "framed twice = only the theme itself names it" },
    rows.some(isSuggested) && { mark: "", text: "suggested, not printed" },
  ].filter(Boolean);
}
