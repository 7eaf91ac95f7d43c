// One partner's sheet on the screen: the same words and numbers as on paper.
import { idsOfKind } from "../record/model.js";
import { SIDES, partnerSheet, sharersHeading } from "../record/partner-sheet.js";
import { byId, isolate, makeElement, pickButton } from "./dom.js";

export function renderSheet(page) {
  const { model, state, shown } = page;
  const sheet = partnerSheet(model, state, shown);
  const place = byId("sheet");
  if (!sheet) return place.replaceChildren(makeElement("p", { class: "nothing" }, "This plan names no partner, so there is no sheet."));
  const pick = (id) => page.actions.change({ partners: [sheet.id], selected: id });
  const ways = { company: (id) => page.actions.change({ partners: [], selected: id }), determinants: pick };
  const sides = SIDES.filter(([name]) => sheet[name].items.length).map(([name, words]) => sharersList(model, sheet[name], words, ways[name]));
  const asked = sheet.groups.map((group) => askedSection(model, group, sheet.became, pick));
  return place.replaceChildren(
    makeElement("h2", {}, partnerChooser(page, sheet)), makeElement("p", { class: "sum" }, isolate(sheet.sentence)),
    ...sheet.facts.map((text) => makeElement("p", { class: "quiet" }, isolate(text))),
    makeElement("div", { class: "sides" }, makeElement("div", { class: "asked" }, ...asked), makeElement("div", {}, ...sides)));
}

// Whose sheet it is can be changed where its name stands.
function partnerChooser(page, sheet) {
  const { model, state } = page;
  const ids = idsOfKind(model, "partner", model.byKey.values()).filter((id) => id === sheet.id || [...model.leaves[id]].some((leaf) => model.members[state.plan].has(leaf)));
  const named = ids.map((id) => [model.nodes[id].name, id]).sort(([a], [b]) => a.localeCompare(b, "en"));
  const list = makeElement("select", { id: "whose", "aria-label": "Whose sheet" }, ...named.map(([name, id]) => makeElement("option", { value: id }, name)));
  list.value = String(sheet.id);
  list.addEventListener("change", () => page.actions.change({ partners: [], selected: Number(list.value) }));
  return list;
}

function askedSection(model, { theme, sum, rows }, became, pick) {
  const node = theme === null ? { name: "No theme", hue: 0 } : model.nodes[theme];
  const head = makeElement("h3", { class: `hue-${node.hue}` }, isolate(node.name), `: ${sum}`);
  return makeElement("section", {}, head, makeElement("ul", {}, ...rows.map((row) => askedLine(row, became, pick))));
}

function askedLine({ id, words, facts, became: changes, isSuggested }, became, pick) {
  const lines = [...facts, ...changes.map((text) => `${became}: ${text}`)];
  const suggested = isSuggested ? makeElement("span", { class: "quiet" }, makeElement("b", {}, "suggested"), ", not printed") : null;
  return makeElement("li", {}, pickButton(id, words, pick), suggested, ...lines.map((text) => makeElement("span", { class: "quiet" }, isolate(text))));
}

function sharersList(model, sharers, words, pick) {
  const rows = sharers.items.map(({ id, count }) => makeElement("li", {}, barLine(model, id, count / sharers.most, pick), makeElement("b", {}, String(count))));
  return makeElement("section", {}, makeElement("h3", {}, sharersHeading(words, sharers)), makeElement("ul", { class: "bars" }, ...rows));
}

function barLine(model, id, share, pick) {
  const button = pickButton(id, model.nodes[id].name, pick);
  button.style.backgroundSize = `${Math.round(share * 100)}% 100%`;
  return button;
}
