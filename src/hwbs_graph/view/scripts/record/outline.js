// What is shown of a plan in the order of reading: headings, and under each what it holds.
import { isShared, sortInMapOrder } from "./model.js";

// [{id, partner: [words], determinant: [words], source: [words]}]; what no document prints is marked.
export function outlineOf(model, shown) {
  const own = new Set([...shown.nodes].filter((id) => !isShared(model, id)));
  const seen = new Set();
  const walk = (id) => {
    if (seen.has(id)) return [];
    seen.add(id);
    const below = sortInMapOrder(model, new Set(model.outward[id].map((link) => link.to).filter((other) => own.has(other))));
    return [id, ...below.flatMap(walk)];
  };
  const tops = [...own].filter((id) => !model.inward[id].some((link) => own.has(link.from)));
  return sortInMapOrder(model, tops).flatMap(walk).map((id) => outlineRow(model, shown, id));
}

function outlineRow(model, shown, id) {
  const links = shown.links.filter((link) => link.from === id && isShared(model, link.to));
  const named = (kind) => links.filter((link) => model.nodes[link.to].kind === kind).map((link) => mentionWords(model, link));
  return { id, partner: named("partner"), determinant: named("determinant"), source: model.nodes[id].sources.map(placeWords) };
}

// A partner as printed; a determinant by its name, which a document seldom prints.
function mentionWords(model, link) {
  const { kind, name } = model.nodes[link.to];
  const printed = [...new Set(link.sources.map((source) => source.printed).filter(Boolean))];
  const words = kind === "partner" && printed.length ? printed.join(" / ") : name;
  return link.provenance === "printed" ? words : `${words} (${link.provenance})`;
}

// Where something is printed, in words.
export function placeWords(source) {
  const line = source.line ? `line ${source.line}` : "";
  return [source.document, source.place, line].filter(Boolean).join(", ");
}
