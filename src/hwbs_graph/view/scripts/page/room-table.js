// The picture of what the room said: each thing with its votes and notes, and what can be done with them.
import { openPoints, pointName, roomSentence, strayCount } from "../record/notes.js";
import { byId, isolate, makeButton, makeElement, pickButton } from "./dom.js";
import { downloadNotes, openNoteFiles, whereKept, wipeNotes } from "./room-notes.js";

export function renderRoom(page) {
  const { model, actions } = page;
  const points = openPoints(model);
  const stray = strayCount(model);
  const rows = points.map((point) => pointRow(model, point, actions));
  const head = makeElement("thead", {}, makeElement("tr", {}, ...["What", "Votes", "What was said"].map((text) => makeElement("th", { scope: "col" }, text))));
  byId("room").replaceChildren(...[
    makeElement("p", { class: "sum" }, isolate(roomSentence(model))),
    points.length ? makeElement("table", { class: "beside" }, makeElement("caption", {}, "Said in the workshop, not by any plan"), head, makeElement("tbody", {}, ...rows)) : null,
    stray ? makeElement("p", {}, `${stray} more ${stray === 1 ? "is" : "are"} of things that this record does not hold; they stay in the file.`) : null,
    page.told ? makeElement("p", {}, isolate(page.told)) : null,
    makeElement("p", { class: "quiet" }, whereKept(page)), roomButtons(page),
  ].filter(Boolean));
}

function roomButtons(page) {
  const file = makeElement("input", { id: "note-files", type: "file", accept: ".csv,.ttl", multiple: "", hidden: "" });
  file.addEventListener("change", () => openNoteFiles(page, [...file.files]));
  const none = page.model.notes.length ? {} : { disabled: "" };
  return makeElement("div", { class: "buttons" }, makeButton(none, () => downloadNotes(page, "csv"), "Download (CSV)"), makeButton(none, () => downloadNotes(page, "ttl"), "Download (Turtle)"),
    makeButton({}, () => file.click(), "Open files of notes"), makeButton(none, () => wipeNotes(page), "Wipe all"), file);
}

function pointRow(model, { id, notes, votes }, { pick }) {
  const said = notes.filter((note) => note.text).map((note) => makeElement("li", {}, isolate(note.text), note.group ? makeElement("span", { class: "quiet" }, " – ", isolate(note.group)) : null));
  return makeElement("tr", {}, makeElement("th", { scope: "row" }, pickButton(id, pointName(model, id), pick)), makeElement("td", {}, votes ? String(votes) : ""), makeElement("td", {}, makeElement("ul", {}, ...said)));
}
