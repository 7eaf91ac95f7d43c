// Which drawing each picture is, on paper and in files: the same as on the screen, from the same numbers.
//
// A drawing is {model, state, shown, plan, title, subtitle, cited, notes}: `plan` is {count, lay} as the map takes
// it, `notes` say what its marks mean; the sheet names the sources of the nodes `cited`.
import { continuityLayout } from "../layout/continuity-layout.js";
import { coverageTable, gridTable } from "../layout/count-tables.js";
import { emptyLayout, layoutMap } from "../layout/map-layout.js";
import { MARGIN } from "../layout/styles.js";
import { layoutBetween, layoutNetwork } from "../layout/network-layout.js";
import { sheetPlan } from "../layout/partner-sheet-layout.js";
import { layoutRainbow } from "../layout/rainbow-layout.js";
import { missingTable } from "../layout/missing-table.js";
import { sharedTable } from "../layout/shared-table.js";
import { layTable } from "../layout/table-layout.js";
import { familyTable, listTable, roomTable } from "../layout/word-tables.js";
import { pictureOf, shownPair } from "../record/continuity.js";
import { coverageCaption, coverageMarks, coverageOf, coverageSentence } from "../record/coverage.js";
import { familyCaption } from "../record/families.js";
import { NO_FILTER, chooseSharedColumn, isFiltered } from "../record/filters.js";
import { countGrid, gridCaption } from "../record/grid.js";
import { isShared, leafWords } from "../record/model.js";
import { missingOf } from "../record/missing.js";
import { NO_COMPARISON, missingFinding, missingMarks, missingTitle } from "../record/missing-words.js";
import { openPoints, roomSentence } from "../record/notes.js";
import { betweenFinding, networkFinding } from "../record/network-words.js";
import { partnerNetwork } from "../record/partner-network.js";
import { rainbowFinding, rainbowMarks, rainbowOf } from "../record/rainbow.js";
import { NOTHING_SHARED, sharedCaption, sharedFinding, sharedPartners } from "../record/shared-partners.js";
import { emptySentence } from "../record/sentences.js";
import { titleOf } from "../record/title.js";

const MAKERS = { map: drawMap, grid: drawGrid, list: drawList, coverage: drawCoverage, families: drawFamilies, continuity: drawContinuity, network: drawNetwork, between: drawNetwork, missing: drawMissing, shared: drawShared, room: drawRoom, rainbow: drawRainbow, sheet: drawPartner };

const NO_DETERMINANTS = "This plan is not recorded to address any determinant of health.";

// Then it is drawn for the back row.
function isPresenting({ step = null }) {
  return step !== null;
}

// The picture a state shows.
export function drawingFor(model, state, shown) {
  const { title, subtitle } = model.plans[state.plan];
  const what = isFiltered(state) ? `${leafWords(model, shown.leaves) || "nothing"} shown` : "";
  const own = MAKERS[state.view ?? "map"](model, state, shown);
  const words = [[subtitle, what].filter(Boolean).join("; "), own.finding].filter(Boolean).join(". ");
  return { model, state, shown, title: titleOf(model, state, title), subtitle: words, cited: shown.nodes, notes: [], ...own };
}

// The map of what is shown as a plan for a room: how many boxes there would be, and their layout.
export function mapPlan(model, shown, sharedColumn, large = false) {
  const count = [...shown.nodes].filter((id) => !isShared(model, id) || model.nodes[id].kind === sharedColumn?.kind).length;
  return { count, lay: (room, measure) => layoutMap(model, shown, room, measure, sharedColumn, large) };
}

function drawMap(model, state, shown) {
  return { plan: mapPlan(model, shown, chooseSharedColumn(model, state, shown), isPresenting(state)) };
}

// `makeTable` gets a measure and gives a table, or null where there is nothing to show.
function tablePlan(makeTable, none) {
  const lay = (room, measure) => {
    const table = makeTable(measure);
    return table ? layTable(table, room, measure) : { ...emptyLayout(room), labels: [{ x: MARGIN, y: 40, size: 18, bold: false, text: none }] };
  };
  return { count: 0, lay };
}

function drawGrid(model, state, shown) {
  const column = chooseSharedColumn(model, state, shown);
  const grid = countGrid(model, shown, column);
  return { plan: tablePlan((measure) => gridTable(model, shown, column, measure), emptySentence(model, shown)), finding: grid ? gridCaption(model, shown, grid) : "" };
}

function drawList(model, state, shown) {
  return { plan: tablePlan(() => listTable(model, shown), emptySentence(model, shown)) };
}

function drawCoverage(model, state, shown) {
  const coverage = coverageOf(model, shown);
  const plan = tablePlan((measure) => coverageTable(model, shown, measure), NO_DETERMINANTS);
  if (!coverage) return { plan };
  const marks = coverageMarks(coverage).map(markWords);
  return { plan, finding: coverageSentence(model, coverage), notes: [coverageCaption(model, shown), marks.join("; ")] };
}

export function rainbowPlan(model, state, shown, rainbow, grow = true) {
  if (!rainbow) return tablePlan(() => null, NO_DETERMINANTS);
  return { count: 0, lay: (room, measure) => layoutRainbow(model, shown, rainbow, room, measure, { large: isPresenting(state), grow }) };
}

function drawRainbow(model, state, shown) {
  const rainbow = rainbowOf(model, shown);
  const plan = rainbowPlan(model, state, shown, rainbow);
  if (!rainbow) return { plan };
  const marks = rainbowMarks(model, shown, rainbow).map(markWords);
  return { plan, finding: rainbowFinding(model, shown, rainbow), notes: [marks.join("; ")] };
}

// Of what is looked at, and of where else in the plan its determinants are.
function drawMissing(model, state, shown) {
  const missing = missingOf(model, state, shown);
  const plan = tablePlan((measure) => missingTable(model, missing, measure), NO_COMPARISON);
  if (!missing) return { plan };
  const { title, subtitle } = model.plans[state.plan];
  const finding = missingFinding(model, { ...state, at: null }, missing);
  const words = { full: "filled circle =", ring: "hollow circle =", broken: "broken circle =" };
  const marks = missingMarks(model, missing).map(({ mark, text }) => `${words[mark]} ${text}`);
  const named = titleOf(model, { ...state, ...NO_FILTER }, [title, missingTitle(model, missing)].filter(Boolean).join(": "));
  return { plan, title: named, subtitle: [subtitle, finding].filter(Boolean).join(". "), finding, cited: missing.whole.nodes, notes: [marks.join("; ")] };
}

function drawShared(model, state, shown) {
  const found = sharedPartners(model, state, shown);
  const plan = tablePlan((measure) => sharedTable(model, found, measure), NOTHING_SHARED);
  if (!found) return { plan };
  const dashed = found.pairs.some((pair) => pair.suggested) ? ["dashed frame = by suggested links alone"] : [];
  return { plan, finding: sharedFinding(model, shown, found), notes: [sharedCaption(model, found), ...dashed] };
}

function markWords({ mark, text }) {
  return `${mark || "dashed frame ="} ${text}`;
}

// The plans of every board, whichever is on show.
function drawFamilies(model) {
  const cited = model.nodes.filter((node) => node.plan >= 0).map((node) => node.id);
  return { plan: tablePlan((measure) => familyTable(model, measure), "No plan has a theme."), title: "Plans side by side", subtitle: familyCaption(model), cited };
}

function drawContinuity(model, state) {
  const pair = shownPair(model, state);
  const plan = continuityLayout({ model, state });
  if (!pair) return { plan };
  const cited = pictureOf(model, pair).columns.flatMap((column) => column.ids);
  const [from, to] = [model.plans[pair.from], model.plans[pair.to]];
  const title = titleOf(model, { ...state, ...NO_FILTER, themes: state.themes }, "What became of it");
  return { plan, title, subtitle: `${from.short} and ${to.short}`, cited };
}

// Circles as a plan for a room, at the places they were dragged to.
export function networkPlan(model, state, network) {
  const options = { places: model.places?.[state.plan], moved: model.moved?.get(`${state.view} ${state.plan}`), large: isPresenting(state) };
  const lay = state.view === "between" ? layoutBetween : layoutNetwork;
  return { count: network.partners.length, lay: (room, measure) => lay(model, network, room, measure, options) };
}

function drawNetwork(model, state, shown) {
  const network = partnerNetwork(model, state, shown);
  const finding = state.view === "between" ? betweenFinding(model, shown, network) : networkFinding(model, shown, network);
  const cited = new Set([...shown.leaves, ...network.partners.map(({ id }) => id)]);
  const notes = [state.view === "between" ? "A circle's ring shows its share of each theme." : "The thicker a line, the more two partners share; a broken line rests on a suggestion alone."];
  return { plan: networkPlan(model, state, network), finding, cited, notes };
}

function drawPartner(model, state, shown) {
  const plan = sheetPlan(model, state, shown);
  if (!plan) return { plan: tablePlan(() => null, "This plan names no partner.") };
  const { sheet, lay } = plan;
  const title = titleOf(model, { ...state, selected: null, partners: [], only: null }, `${model.nodes[sheet.id].name}: ${model.plans[state.plan].title}`);
  const subtitle = [model.plans[state.plan].subtitle, sheet.sentence, ...sheet.facts].filter(Boolean).join(". ").replaceAll("..", ".");
  const notes = sheet.groups.some(({ rows }) => rows.some((row) => row.isSuggested || row.became.length)) ? ["What is suggested is the editors' judgement; no document prints it."] : [];
  return { plan: { count: 0, lay }, title, subtitle, finding: sheet.sentence, cited: new Set([...sheet.groups.flatMap(({ rows }) => rows.map((row) => row.id))]), notes };
}

function drawRoom(model) {
  const cited = openPoints(model).map(({ id }) => id);
  return { plan: tablePlan(() => roomTable(model), roomSentence(model)), title: "What the room said", subtitle: roomSentence(model), cited, notes: ["Said in the workshop, not by any plan."] };
}
