// The steps that Present shows unless a file gives others. They count what the plan that the page opens
// on holds, each beside the state that shows it, and judge nothing.
import { LONGEST_ADDRESS, startState, writeAddress } from "./address.js";
import { changeStories } from "./change-stories.js";
import { coverageOf, coverageSentence } from "./coverage.js";
import { HUB_SHARE, applyFilters, chooseSharedColumn, leafCount } from "./filters.js";
import { headsOf } from "./grid.js";
import {
  countShared, countWords, descendantsOf, fullName, idsOfKind, isShared, leafWords, pluralWords, rootsOf,
  sortInMapOrder,
} from "./model.js";
import { missingStories } from "./missing-words.js";
import { networkStories } from "./network-words.js";
import { layersSentence, rainbowOf } from "./rainbow.js";
import { sharedStories } from "./shared-partners.js";
import { selectionSentence } from "./sentences.js";
import { asSentence, isOrAre, notPrintedWords, numberWord, onOneLine, shareWords } from "./step-words.js";

// So many of the busiest partners, and of the headings with the fewest, have a step each; more headings
// share one that lists some.
const MOST_STEPS = { busiest: 3, fewest: 2 };
const MOST_LISTED = 6;

// [{title, sentence, hash}]: the steps the plan has something for, else none.
export function defaultSteps(model) {
  const shown = applyFilters(model, startState(model));
  if ([...shown.nodes].every((id) => isShared(model, id))) return [];
  const makers = [wholeStep, themeSteps, partnerSteps, fewestSteps, sheetStep, gridStep, storySteps, rainbowStep, coverageStep, continuitySteps, boardsStep];
  return makers.flatMap((make) => make(model, shown)).filter((step) => step.hash.length <= LONGEST_ADDRESS);
}

function makeStep(model, title, sentence, change = {}) {
  const hash = writeAddress({ ...startState(model), ...change }, model);
  return { title: onOneLine(title), sentence: onOneLine(sentence, 600), hash };
}

function countThings(model, ids) {
  return leafWords(model, ids, numberWord);
}

function countOf(model, kind, count) {
  return count ? countWords(count, model.columnOf.get(kind), numberWord) : "";
}

function wholeStep(model, { nodes }) {
  const { title, subtitle } = model.plans[model.start];
  const kinds = model.columns.map((column) => column.kind).filter((kind) => kind !== "determinant");
  const counts = kinds.map((kind) => countOf(model, kind, idsOfKind(model, kind, nodes).length));
  const name = onOneLine([title, subtitle].filter(Boolean).join(", "));
  return makeStep(model, "The whole plan", `${name}: ${counts.filter(Boolean).join(", ")}.`);
}

function themeSteps(model, shown) {
  const themes = sortInMapOrder(model, idsOfKind(model, model.columns[0].kind, shown.nodes));
  return themes.flatMap((id) => {
    const sentence = [themeCounts(model, shown, id), ambitionWords(model, shown, id)].filter(Boolean).join(" ");
    return sentence ? makeStep(model, model.nodes[id].label, sentence, { themes: [id] }) : [];
  });
}

function themeCounts(model, shown, theme) {
  const below = [...descendantsOf(model, theme)].filter((id) => id !== theme && shown.nodes.has(id) && !isShared(model, id));
  const links = model.outward[theme].filter((link) => model.nodes[link.to].plan === model.start);
  return asSentence(countThings(model, [...below, ...partnersUnder(model, shown, theme)]) + notPrintedWords(links));
}

// The theme's ambition as printed, from a document of this plan if one has it.
function ambitionWords(model, { leaves }, theme) {
  const found = model.nodes[theme].details.filter(([heading, text]) => heading.startsWith("Ambition") && text);
  const documents = [...leaves].flatMap((id) => model.nodes[id].sources).map((source) => source.document).filter(Boolean);
  const [chosen] = [...found.filter(([heading]) => documents.some((name) => heading.includes(name))), ...found];
  return chosen ? `${chosen[0]}: “${chosen[1].replace(/[. ]+$/, "")}”.` : "";
}

function partnersOf(model, shown) {
  return sortInMapOrder(model, idsOfKind(model, "partner", shown.nodes));
}

function partnersUnder(model, shown, id) {
  return partnersOf(model, shown).filter((partner) => countShared(shown.leavesOf.get(partner), shown.leavesOf.get(id)));
}

function partnerSteps(model, shown) {
  const named = partnersOf(model, shown).filter((id) => leafCount(shown, id));
  named.sort((a, b) => leafCount(shown, b) - leafCount(shown, a));
  return named.slice(0, MOST_STEPS.busiest).map((id) => partnerStep(model, shown, id));
}

function partnerStep(model, shown, id) {
  const { name } = model.nodes[id];
  const links = shown.links.filter((link) => link.to === id);
  const where = `${shareWords(leafCount(shown, id), shown.leaves.size)} ${pluralWords(model, shown.leaves)}${themesWords(model, shown, id)}`;
  const sentence = asSentence(`${name} ${verbFor(shown, links)} ${where}${notPrintedWords(links)}`);
  return makeStep(model, `Where does ${name} appear?`, sentence, { selected: id, only: id });
}

// The sheet of the busiest who is not in nearly everything.
function sheetStep(model, shown) {
  const named = partnersOf(model, shown).filter((id) => leafCount(shown, id) && leafCount(shown, id) <= shown.leaves.size * HUB_SHARE);
  const [id] = named.sort((a, b) => leafCount(shown, b) - leafCount(shown, a));
  return id === undefined ? [] : makeStep(model, `What is asked of ${model.nodes[id].name}?`, selectionSentence(model, shown, id), { view: "sheet", partners: [id] });
}

// In how many themes a partner's leaves are, if there are several themes.
function themesWords(model, shown, partner) {
  const rootsOver = (leaves) => new Set([...leaves].flatMap((id) => rootsOf(model, id)));
  const all = rootsOver(shown.leaves);
  if (all.size < 2 || countShared(all, shown.leaves)) return "";
  const own = rootsOver(shown.leavesOf.get(partner)).size;
  return `, in ${shareWords(own, all.size).replace(" of ", " of the ")} ${pluralWords(model, all)}`;
}

function verbFor({ leaves }, links) {
  const isNaming = (link) => leaves.has(link.from) && link.provenance === "printed" && link.relation !== "responsible";
  return links.every(isNaming) ? "is named in" : "is linked to";
}

// The headings with the fewest partners, unless all have equally many.
function fewestSteps(model, shown) {
  const heads = sortInMapOrder(model, headsOf(model, shown)).filter((id) => !model.nodes[id].leaf);
  const counts = new Map(heads.map((id) => [id, partnersUnder(model, shown, id).length]));
  const least = Math.min(...counts.values());
  const few = heads.filter((id) => counts.get(id) === least);
  if (!partnersOf(model, shown).length || few.length === heads.length) return [];
  const compared = `${numberWord(heads.length)} ${pluralWords(model, heads)}`;
  if (few.length > MOST_STEPS.fewest) return fewestList(model, few, least, compared);
  return few.map((id) => fewestStep(model, shown, id, least, compared));
}

function fewestStep(model, shown, id, least, compared) {
  const partners = countOf(model, "partner", least) || "no partner";
  const linked = `${partners} ${isOrAre(Math.max(least, 1))} linked to its ${countThings(model, shown.leavesOf.get(id))}`;
  const sentence = asSentence(least ? `${linked}; none of the ${compared} has fewer` : linked);
  return makeStep(model, `Few partners: ${nameOf(model, id)}`, sentence, { selected: id, only: id });
}

function fewestList(model, few, least, compared) {
  const partners = least ? `${countOf(model, "partner", least)} each` : "no partner";
  const names = few.slice(0, MOST_LISTED).map((id) => nameOf(model, id));
  if (few.length > MOST_LISTED) names.push(`and ${numberWord(few.length - MOST_LISTED)} more`);
  const sentence = asSentence(`${numberWord(few.length)} of ${compared} have ${partners}: ${names.join("; ")}`);
  return makeStep(model, `Which ${pluralWords(model, few)} have the fewest partners?`, sentence, { view: "grid" });
}

function nameOf(model, id) {
  return onOneLine(fullName(model.nodes[id]), 120);
}

function gridStep(model, shown) {
  const sharedColumn = chooseSharedColumn(model, shown.state, shown);
  if (!sharedColumn || !shown.leaves.size) return [];
  const rows = idsOfKind(model, sharedColumn.kind, shown.nodes);
  const counted = `${countThings(model, rows)} against ${countThings(model, headsOf(model, shown))}`;
  const sentence = asSentence(`${counted}: each number counts ${pluralWords(model, shown.leaves)}`);
  return makeStep(model, `The ${sharedColumn.plural} as a grid`, sentence, { view: "grid" });
}

// The pictures of partners tell their own stories.
function storySteps(model, shown) {
  const stories = [...networkStories(model, shown), ...missingStories(model, shown), ...sharedStories(model, shown)];
  return stories.map(({ title, sentence, view }) => makeStep(model, title, sentence, { view }));
}

function rainbowStep(model, shown) {
  const rainbow = rainbowOf(model, shown, false);
  return rainbow ? makeStep(model, "Which layers of the determinants of health does it reach?", layersSentence(model, shown, rainbow), { view: "rainbow" }) : [];
}

// Says what the picture's own heading says, from the same count.
function coverageStep(model, shown) {
  const coverage = coverageOf(model, shown);
  if (!coverage) return [];
  return makeStep(model, "Which determinants of health are covered?", coverageSentence(model, coverage), { view: "coverage" });
}

// What became of the plan, or what it came from.
function continuitySteps(model) {
  return changeStories(model).map(({ title, sentence, change }) => makeStep(model, title, sentence, change));
}

function boardsStep(model) {
  const boards = model.plans.map((plan) => plan.board).filter(Boolean);
  const different = new Set(boards).size;
  if (different < 2) return [];
  const sentence = `${numberWord(boards.length)} plans of ${numberWord(different)} boards, theme by theme`;
  return makeStep(model, "The plans side by side", asSentence(sentence), { view: "families" });
}
