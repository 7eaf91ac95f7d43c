// The panel of a line between two partners: what they share, with the words that name each; and all lines as a table.
import { fullName, leavesNaming, linksNaming, sortInMapOrder, topName } from "../record/model.js";
import { tieSentence } from "../record/network-words.js";
import { isolate, makeButton, makeElement } from "./dom.js";
import { linkWords } from "./evidence.js";

export function describeTie({ model, state, shown, actions }) {
  const { selected: from, at: to } = state;
  const names = [from, to].map((id) => model.nodes[id].name);
  const theirs = shown.leavesOf.get(to) ?? new Set();
  const leaves = sortInMapOrder(model, [...(shown.leavesOf.get(from) ?? [])].filter((leaf) => theirs.has(leaf)));
  return [
    makeElement("p", { class: "kind" }, "two partners"),
    makeElement("h2", { tabindex: "-1" }, isolate(names[0]), " and ", isolate(names[1])),
    makeElement("p", { class: "finding" }, isolate(tieSentence(model, shown, from, to))),
    makeElement("div", { class: "buttons" }, ...[from, to].map((id, at) => makeButton({}, () => actions.pick(id), isolate(names[at]))), makeButton({}, actions.close, "Close")),
    makeElement("ul", { class: "items" }, ...leaves.map((leaf) => sharedRow(model, shown, leaf, [from, to], actions))),
  ];
}

function sharedRow(model, shown, leaf, partners, actions) {
  const node = model.nodes[leaf];
  const sources = partners.flatMap((id) => linksTo(model, shown, leaf, id).map((link) => (
    makeElement("li", { class: link.provenance }, makeElement("b", {}, isolate(model.nodes[id].name)), link.from === leaf ? null : makeElement("span", { class: "quiet" }, " through ", isolate(fullName(model.nodes[link.from]))), linkWords(link)))));
  return makeElement("li", { class: `hue-${node.hue}` },
    makeButton({ class: "item" }, () => actions.pick(leaf), isolate(fullName(node))), makeElement("span", { class: "quiet" }, isolate(topName(model, leaf))),
    makeElement("ul", { class: "sources" }, ...sources));
}

// The links by which a leaf names a partner, its own or those of what it stands under.
function linksTo(model, shown, leaf, id) {
  return linksNaming(model, id).filter((link) => shown.links.includes(link) && leavesNaming(model, link.from).includes(leaf));
}

export function pairsTable({ model, network, actions }) {
  if (!network?.pairs.length) return null;
  const pairs = [...network.pairs].sort((a, b) => b.leaves.size - a.leaves.size);
  const rows = pairs.map(({ from, to, leaves }) => {
    const pick = makeButton({ class: "item" }, () => actions.change({ selected: from, at: to }), isolate(model.nodes[from].name), " – ", isolate(model.nodes[to].name));
    return makeElement("tr", {}, makeElement("th", { scope: "row" }, pick), makeElement("td", {}, String(leaves.size)));
  });
  const head = makeElement("tr", {}, makeElement("th", { scope: "col" }, "Two partners"), makeElement("th", { scope: "col" }, "Shared"));
  return makeElement("table", { class: "pairs-table" }, makeElement("caption", {}, `All lines drawn (${rows.length})`), makeElement("thead", {}, head), makeElement("tbody", {}, ...rows));
}
