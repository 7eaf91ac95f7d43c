// What only the pictures of partners ask: how much two must share, whether to set aside who joins everyone, and what a hue
// means. They stand among the filters.
import { COLOURS } from "../record/address.js";
import { listWords } from "../record/model.js";
import { isNetwork } from "../record/pictures.js";
import { isMoved } from "./dragging.js";
import { byId, makeButton, makeElement } from "./dom.js";
import { changeState } from "./state.js";
import { renewStop } from "./toolbar.js";

const COLOUR_WORDS = { theme: "main theme", body: "kind of body", cluster: "group that works together" };

export function networkTools(page) {
  const slider = makeElement("input", { id: "least", type: "range", min: 1, max: 9, step: 1 });
  slider.addEventListener("input", () => changeState(page, { least: Number(slider.value) }));
  const hues = makeElement("select", { id: "colour", "aria-label": "Colour by" }, ...COLOURS.map((word) => makeElement("option", { value: word }, `Colour: ${COLOUR_WORDS[word]}`)));
  hues.addEventListener("change", () => changeState(page, { colour: hues.value }));
  return [
    makeElement("label", { class: "slider", for: "least" }, makeElement("span", { id: "least-words" }), slider),
    makeButton({ id: "hubs" }, () => changeState(page, { hubs: page.state.hubs === "with" ? "without" : "with" }), ""),
    hues,
  ];
}

export function markNetworkTools(page) {
  const { state, network } = page;
  const on = isNetwork(state.view) && network;
  markHubs(page, on ? network : state.view === "shared" && page.shared);
  byId("least").closest("label").hidden = state.view !== "network" || !network || network.most < 2;
  byId("colour").hidden = state.view !== "network" || !network;
  byId("arrange").hidden = !on || !isMoved(page);
  renewStop(byId("filters"));
  if (!on) return;
  byId("colour").value = state.colour;
  const slider = byId("least");
  Object.assign(slider, { max: network.most, value: network.least });
  slider.setAttribute("aria-valuetext", `${network.least} or more`);
  byId("least-words").textContent = `Share at least ${network.least}`;
}

// Who is named nearly everywhere joins everyone: only the pictures that count what is shared ask whether to set them aside.
function markHubs({ model, state }, drawn) {
  byId("hubs").hidden = !drawn || !drawn.hubs.length;
  if (!drawn) return;
  byId("hubs").textContent = `${state.hubs === "with" ? "With" : "Without"} ${listWords(drawn.hubs.map((id) => model.nodes[id].name))}`;
  byId("hubs").setAttribute("aria-pressed", String(state.hubs !== "with"));
}
