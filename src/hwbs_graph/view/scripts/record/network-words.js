// What the pictures of partners tell: sentences made from what they draw.
import { leafWords, listWords, pluralWords } from "./model.js";
import { partnerNetwork, themesOf } from "./partner-network.js";
import { asSentence, numberWord } from "./step-words.js";

// The finding, made from what is drawn: who shares most, who meets most, who is set aside, what is left out.
export function networkFinding(model, shown, network) {
  const [first] = network.pairs.length ? [...network.pairs].sort((a, b) => b.leaves.size - a.leaves.size) : [];
  if (!first) return `No two partners share ${network.least > 1 ? `${network.least} ${pluralWords(model, shown.leaves)} or more` : `any of the ${pluralWords(model, shown.leaves) || "items"}`}. ${asideWords(model, shown, network)}`.trim();
  const most = `${nameOf(model, first.from)} and ${nameOf(model, first.to)} share most: ${leafWords(model, first.leaves)}`;
  return [`${most}${broadestWords(model, network)}.`, asideWords(model, shown, network), leftWords(model, shown, network)].filter(Boolean).join(" ");
}

function broadestWords(model, { partners, pairs }) {
  const met = (id) => pairs.filter((pair) => pair.from === id || pair.to === id).length;
  const [broadest] = [...partners].sort((a, b) => met(b.id) - met(a.id));
  return partners.length > 2 ? `; ${nameOf(model, broadest.id)} is joined to ${numberWord(met(broadest.id))} of the ${numberWord(partners.length - 1)} others drawn` : "";
}

function asideWords(model, shown, { hubs, partners }) {
  const aside = hubs.filter((id) => !partners.some((partner) => partner.id === id));
  const told = aside.map((id) => `${nameOf(model, id)}, in ${shown.leavesOf.get(id).size} of ${leafWords(model, shown.leaves)}`);
  return told.length ? `Set aside: ${listWords(told)}.` : "";
}

// The limit that was asked for or, where even that would draw too much, how many lines are drawn.
function leftWords(model, shown, { left, least, pairs, isCut }) {
  if (!left.pairs && !left.partners) return "";
  const parts = [left.pairs && `${left.pairs} weaker ${left.pairs === 1 ? "line" : "lines"}`, left.partners && `${left.partners} ${left.partners === 1 ? "partner" : "partners"}`];
  const limit = isCut ? `the ${pairs.length} strongest lines` : `${numberWord(least)} or more shared ${pluralWords(model, shown.leaves)}`;
  return asSentence(`${limit}; ${listWords(parts.filter(Boolean))} left out`);
}

function nameOf(model, id) {
  return model.nodes[id].name;
}

// "Housing and Planning share 5 actions."
export function tieSentence(model, shown, from, to) {
  const theirs = shown.leavesOf.get(to) ?? new Set();
  const leaves = new Set([...(shown.leavesOf.get(from) ?? [])].filter((leaf) => theirs.has(leaf)));
  const both = `${nameOf(model, from)} and ${nameOf(model, to)}`;
  return leaves.size ? `${both} share ${leafWords(model, leaves)}.` : `${both} share nothing that is shown.`;
}

// "Joined to twelve of those shown, most to Planning (11 actions)."
export function companySentence(model, network, id) {
  const own = network.pairs.filter((pair) => pair.from === id || pair.to === id);
  if (!own.length) return network.partners.some((partner) => partner.id === id) ? "Joined to nobody shown." : "";
  const [first] = [...own].sort((a, b) => b.leaves.size - a.leaves.size);
  const other = first.from === id ? first.to : first.from;
  return `Joined to ${numberWord(own.length)} of those shown, most to ${nameOf(model, other)} (${leafWords(model, first.leaves)}).`;
}

// Who stands between themes, and who at one alone.
export function betweenFinding(model, shown, { partners, hubs, all }) {
  const spread = partners.map(({ id, leaves }) => ({ id, themes: themesOf(model, leaves) }));
  const [widest] = [...spread].sort((a, b) => b.themes.length - a.themes.length);
  if (!widest?.themes.length) return `No partner is named under a ${model.columns[0].singular}.`;
  const kind = (count) => model.columns[0][count === 1 ? "singular" : "plural"];
  const alone = spread.filter(({ themes }) => themes.length === 1).length;
  const single = `${alone ? numberWord(alone) : "none"} of ${numberWord(partners.length)} partners ${alone === 1 ? "stands" : "stand"} at one ${kind(1)} alone`;
  const bridge = `; ${nameOf(model, widest.id)} is in ${numberWord(widest.themes.length)} ${kind(2)}`;
  return [asSentence(single + (widest.themes.length > 1 ? bridge : "")), asideWords(model, shown, { hubs, partners, all })].filter(Boolean).join(" ");
}

// What Present says of these pictures, of a plan that has something for them: [{title, sentence, view}].
export function networkStories(model, shown) {
  const told = (view) => partnerNetwork(model, { ...shown.state, view }, shown);
  const network = told("network");
  const stories = network.pairs.length ? [{ title: "Who works with whom?", sentence: networkFinding(model, shown, network), view: "network" }] : [];
  const between = told("between");
  const themes = new Set(between.partners.flatMap(({ leaves }) => themesOf(model, leaves).map(({ id }) => id)));
  if (themes.size > 1) stories.push({ title: "Who stands between themes?", sentence: betweenFinding(model, shown, between), view: "between" });
  return stories;
}
