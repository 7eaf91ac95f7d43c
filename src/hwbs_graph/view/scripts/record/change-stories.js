// What became of one plan in another, in words, and what Present says of it.
import { startState } from "./address.js";
import { pairsOf, pictureOf, shownPair } from "./continuity.js";
import { fullName, idsOfKind, leafWords, sortInMapOrder } from "./model.js";
import { asSentence, isOrAre, notPrintedWords, numberWord, onOneLine } from "./step-words.js";

// Of a change that joins more boxes each theme has a step.
const MOST_BOXES = 40;

// [{title, sentence, change}]: what became of the plan, or else what it came from, by the pair of plans with most alignments.
export function changeStories(model) {
  const pairs = pairsOf(model).filter(({ from, to }) => from === model.start || to === model.start);
  const isEarlier = (pair) => Number(pair.from === model.start);
  pairs.sort((a, b) => isEarlier(b) - isEarlier(a) || b.alignments.length - a.alignments.length || b.from - a.from || b.to - a.to);
  return pairs.slice(0, 1).flatMap((pair) => pairStories(model, pair));
}

// Theme by theme where the back row could not read the whole; the first says the whole.
function pairStories(model, pair) {
  const count = pictureOf(model, pair).columns.reduce((sum, column) => sum + column.ids.length, 0);
  const whole = pairStory(model, pair);
  if (count <= MOST_BOXES) return [whole];
  const other = pair.from === model.start ? pair.to : pair.from;
  const themes = sortInMapOrder(model, idsOfKind(model, model.columns[0].kind, model.members[model.start]));
  const parts = themes.flatMap((theme) => {
    const change = { view: "continuity", other, themes: [theme] };
    const shown = shownPair(model, { ...startState(model), ...change });
    return shown?.alignments.length ? [{ title: `${whole.title.replace("?", ":")} ${onOneLine(fullName(model.nodes[theme]), 120)}`, sentence: pairSentence(model, shown), change }] : [];
  });
  if (!parts.length) return [whole];
  const [first, ...rest] = parts;
  return [{ ...first, sentence: `${whole.sentence} Here: ${first.sentence}` }, ...rest];
}

function pairStory(model, pair) {
  const isEarlier = pair.from === model.start;
  const title = fateWords(model, pair.alignments) ? (isEarlier ? "What became of it?" : "Where is it from?") : "What do the plans have in common?";
  return { title, sentence: pairSentence(model, pair), change: { view: "continuity", other: isEarlier ? pair.to : pair.from } };
}

// What became of one plan in another, counted.
export function pairSentence(model, { from, to, alignments }) {
  const [earlier, later] = [from, to].map((plan) => model.plans[plan].short);
  const fates = fateWords(model, alignments);
  const joined = `${numberWord(alignments.length)} ${alignments.length === 1 ? "link joins" : "links join"} ${earlier} and ${later}`;
  return asSentence((fates ? `From ${earlier} to ${later}: ${fates}` : joined) + notPrintedWords(alignments));
}

// Moved, new and dropped, counted; "" where none is.
function fateWords(model, alignments) {
  const endsOf = (type, end) => new Set(alignments.filter((one) => one.type === type && one[end] >= 0).map((one) => one[end]));
  const [moved, fresh, dropped] = [endsOf("moved-theme", "source"), endsOf("new", "target"), endsOf("dropped", "source")];
  return [
    moved.size && `${leafWords(model, moved, numberWord)} moved to another theme`,
    fresh.size && `${leafWords(model, fresh, numberWord)} ${isOrAre(fresh.size)} new`,
    dropped.size && `${leafWords(model, dropped, numberWord)} ${dropped.size === 1 ? "was" : "were"} dropped`,
  ].filter(Boolean).join("; ");
}
