// What a picture tells, in one sentence made from what it shows.
import { selectedLeaves } from "./cells.js";
import { pairSentence } from "./change-stories.js";
import { shownPair } from "./continuity.js";
import { coverageOf, coverageSentence } from "./coverage.js";
import { sideBySide } from "./families.js";
import { isEmpty, leafCount } from "./filters.js";
import { missingOf } from "./missing.js";
import { missingFinding } from "./missing-words.js";
import { idsOfKind, sortInMapOrder } from "./model.js";
import { betweenFinding, networkFinding } from "./network-words.js";
import { partnerNetwork } from "./partner-network.js";
import { sheetFinding } from "./partner-sheet.js";
import { isComparing } from "./pictures.js";
import { rainbowFinding, rainbowOf } from "./rainbow.js";
import { roomSentence } from "./notes.js";
import { sharedFinding, sharedPartners } from "./shared-partners.js";
import { emptySentence, selectionSentence } from "./sentences.js";
import { asSentence, shareWords } from "./step-words.js";

const TELLERS = { coverage: tellCoverage, continuity: tellContinuity, families: tellFamilies, network: tellNetwork, between: tellNetwork, room: roomSentence, rainbow: tellRainbow, shared: tellShared };

// "" where there is nothing to tell. What is selected comes before what stands out.
export function findingOf(model, state, shown) {
  if (isEmpty({ state, shown })) return emptySentence(model, shown);
  if (state.view === "sheet") return sheetFinding(model, state, shown);
  const { selected } = state;
  if (isComparing(state.view)) return tellMissing(model, state, shown);
  if (selected !== null && shown.nodes.has(selected)) return selectionSentence(model, shown, selected, selectedLeaves(model, state, shown));
  return (TELLERS[state.view] ?? tellBusiest)(model, state, shown);
}

function tellCoverage(model, state, shown) {
  const coverage = coverageOf(model, shown);
  return coverage ? coverageSentence(model, coverage) : "";
}

function tellRainbow(model, state, shown) {
  const rainbow = rainbowOf(model, shown, false);
  return rainbow ? rainbowFinding(model, shown, rainbow) : "";
}

function tellMissing(model, state, shown) {
  return missingFinding(model, state, missingOf(model, state, shown));
}

function tellShared(model, state, shown) {
  return sharedFinding(model, shown, sharedPartners(model, state, shown));
}

function tellContinuity(model, state) {
  const pair = shownPair(model, state);
  return pair ? pairSentence(model, pair) : "";
}

function tellFamilies(model) {
  const { rows } = sideBySide(model);
  const everywhere = rows.filter((row) => row.family && row.cells.every((themes) => themes.length));
  return asSentence(`${shareWords(everywhere.length, rows.length)} families of themes stand in every plan`);
}

function tellNetwork(model, state, shown) {
  const network = partnerNetwork(model, state, shown);
  return state.view === "between" ? betweenFinding(model, shown, network) : networkFinding(model, shown, network);
}

// The partner, or else the determinant, that most of what is shown names.
function tellBusiest(model, state, shown) {
  const shared = ["partner", "determinant"].map((kind) => sortInMapOrder(model, idsOfKind(model, kind, shown.nodes))).find((ids) => ids.length) ?? [];
  const [first] = [...shared].sort((a, b) => leafCount(shown, b) - leafCount(shown, a));
  return first === undefined ? "" : selectionSentence(model, shown, first);
}
