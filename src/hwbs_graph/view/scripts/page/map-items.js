// What is drawn on the canvas as a real list, for whoever hears the page: the words that the arrow keys speak.
import { fullName, isLayer, leafWords, sentenceFor } from "../record/model.js";
import { byId, makeElement } from "./dom.js";

export function listMapItems(page) {
  const items = (page.map.layout?.boxes ?? []).map((box) => makeElement("li", {}, boxWords(page, box)));
  byId("map-items").replaceChildren(...items);
}

// Of a segment of the rainbow what it says itself: a layer's own counts only what names the layer in general.
export function boxWords({ model, shown }, { id, style, mark }) {
  if (style !== "segment") return sentenceFor(model, id, shown);
  const node = model.nodes[id];
  const counted = { gap: "a gap, which nothing is recorded to address", theme: "named by a theme alone" }[mark] ?? `${mark} of ${leafWords(model, shown.leaves)}`;
  return `${model.columnOf.get(node.kind).singular}: ${fullName(node)}${isLayer(model, id) ? ", in general" : ""}: ${counted}.`;
}
