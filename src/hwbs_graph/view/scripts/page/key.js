// The key names only what the picture on show has.
import { CHANGE_STYLES } from "../layout/continuity-layout.js";
import { DASHES } from "../layout/styles.js";
import { shownPair } from "../record/continuity.js";
import { mapColumns } from "../record/filters.js";
import { idsOfKind } from "../record/model.js";
import { byId, makeElement, signFor } from "./dom.js";

export function renderKey(page) {
  const { model, state, shown, party } = page;
  const columns = state.view === "continuity" ? [] : mapColumns(model, shown, party);
  const entries = columns.map((column, index) => keyItem(column, index));
  const units = model.columns.filter((column) => idsOfKind(model, column.kind, shown.units).length);
  if (party && units.length && columns.length) {
    entries.push(makeElement("span", {}, makeElement("b", {}, "7"), ` = ${units.map((column) => column.plural).join(" or ")}`));
  }
  const lines = state.view === "continuity" ? continuityKey(page) : standingsOf(shown.links).map((name) => lineItem(name, name));
  byId("key").replaceChildren(...entries, ...lines);
}

function standingsOf(links) {
  return Object.keys(DASHES).filter((name) => links.some((link) => link.standing === name));
}

function lineItem(style, text) {
  return makeElement("span", {}, makeElement("span", { class: `line ${style}`, "aria-hidden": "true" }), ` ${text}`);
}

function keyItem(column, index) {
  const mark = column.kind === "action" ? "pill" : index === 0 ? "block" : "box";
  const sign = signFor(column) || makeElement("span", { class: `mark ${mark}`, "aria-hidden": "true" }, mark === "pill" ? "1a" : "");
  return makeElement("span", {}, sign, ` ${column.role === "party" ? column.singular : column.plural}`);
}

// Without a page, everything that any pair may show.
function continuityKey(page) {
  const pair = page && shownPair(page.model, page.state);
  const types = pair ? pair.alignments.filter((one) => one.source >= 0 && one.target >= 0) : [];
  const has = (fits) => !pair || types.some(fits);
  return [
    has((one) => one.type === "moved-theme") && lineItem("moved", "moved to another theme"),
    has((one) => !(one.type in CHANGE_STYLES)) && lineItem("continued", "continued"),
    has((one) => one.type === "shared-topic") && lineItem("topic", "same topic only"),
    has((one) => one.standing === "suggested") && lineItem("suggested", "suggested"),
  ].filter(Boolean);
}
