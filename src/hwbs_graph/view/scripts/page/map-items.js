// What is drawn on the canvas as a real list, for whoever hears the page: the words that the arrow keys speak.
import { sentenceFor } from "../record/model.js";
import { byId, makeElement } from "./dom.js";

export function listMapItems({ model, map, shown }) {
  const items = (map.layout?.boxes ?? []).map(({ id }) => makeElement("li", {}, sentenceFor(model, id, shown)));
  byId("map-items").replaceChildren(...items);
}
