// How a thing and its links are known: wording, sources, basis and quality notes, folded in the panel.
import { fullName } from "../record/model.js";
import { placeWords } from "../record/outline.js";
import { isolate, makeElement } from "./dom.js";

// Folded, as it answers only who asks; of a single leaf it is short, and open.
export function evidenceOf(model, node, groups) {
  const linked = groups.flatMap(({ items }) => items).filter((item) => item.link);
  const links = linked.map((item) => makeElement("li", { class: item.link.provenance }, makeElement("b", {}, isolate(fullName(model.nodes[item.id]))), linkWords(item.link)));
  const parts = [node.leaf ? null : detailList(node), sourceList(node), links.length ? makeElement("h3", {}, `Links (${links.length})`) : null, links.length ? makeElement("ul", { class: "sources" }, ...links) : null, noteList(node)].filter(Boolean);
  if (!parts.length) return null;
  return makeElement("details", { class: "evidence", open: node.leaf ? "" : null }, makeElement("summary", {}, "How do we know?"), ...parts);
}

// Of a leaf it stands above the lists: who leads, by when, and how it stands.
export function detailList(node) {
  const also = node.aliases.length && node.plan < 0 ? [["Also called", node.aliases.join("; ")]] : [];
  return pairList([...node.details, ...also]);
}

function pairList(pairs) {
  const rows = pairs.flatMap(([heading, text]) => [makeElement("dt", {}, isolate(heading)), makeElement("dd", {}, isolate(text))]);
  return rows.length ? makeElement("dl", {}, ...rows) : null;
}

// What is said of a plan as a whole, which no box of a picture shows.
export function wholePlan(plan) {
  const told = pairList(plan.details);
  return told ? makeElement("div", {}, makeElement("h3", {}, "Of the plan as a whole"), told) : null;
}

function noteList(node) {
  if (!node.notes.length) return null;
  const lines = node.notes.map((note) => makeElement("p", {}, isolate(note)));
  return makeElement("div", { class: "note" }, makeElement("h3", {}, "Quality notes"), ...lines);
}

function sourceList(node) {
  if (!node.sources.length) return null;
  const items = node.sources.map((source) => makeElement("li", {}, ...sourceWords(source)));
  return makeElement("div", {}, makeElement("h3", {}, "Source"), makeElement("ul", { class: "sources" }, ...items));
}

function sourceWords(source) {
  const printed = source.printed ? makeElement("q", {}, isolate(source.printed)) : null;
  return [isolate(placeWords(source)), printed ? ": " : null, printed].filter(Boolean);
}

// How a link is known: the words and their place, or who suggests it and why.
export function linkWords(link) {
  if (!link) return null;
  const lines = link.sources.map((source) => makeElement("span", { class: "quiet" }, ...linkSource(source)));
  const also = (link.also || []).map((other) => makeElement("div", {}, makeElement("span", { class: "quiet" }, "Also:"), linkWords(other)));
  return makeElement("div", { class: "link" }, basisLine(link), ...lines, ...also);
}

function linkSource(source) {
  const printed = source.printed ? [makeElement("q", {}, isolate(source.printed)), " – "] : [];
  return [...printed, isolate(placeWords(source))];
}

function basisLine(link) {
  if (link.provenance === "printed" && link.basis === "stated in document") return null;
  if (link.provenance !== "suggested") return makeElement("span", { class: "quiet" }, isolate(link.basis));
  const who = [link.curator && ` by ${link.curator}`, link.date && ` on ${link.date}`].filter(Boolean).join("");
  const why = link.reason ? `: ${link.reason}` : "";
  const sure = link.confidence ? ` (confidence: ${link.confidence})` : "";
  return makeElement("span", { class: "quiet" }, makeElement("b", {}, "suggested"), isolate(`${who}${why}${sure}`), ` – ${link.basis}`);
}
