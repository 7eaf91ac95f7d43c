// What the room says, on the page: kept in this browser under the data's own mark, opened from files, downloaded, wiped.
import { fullName } from "../record/model.js";
import { notesCsv, notesTurtle, readNoteFile } from "../record/note-files.js";
import { LIMITS, addVote, mergeNotes, roomSteps } from "../record/notes.js";
import { announce, byId, isolate, makeButton, makeElement } from "./dom.js";
import { saveFile } from "./export.js";

export function wakeNotes(page) {
  const { model } = page;
  model.notes = mergeNotes(model.notes ?? [], readStore(model));
  page.ownSteps = model.steps;
  model.steps = [...page.ownSteps, ...roomSteps(model)];
  document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
  document.addEventListener("drop", (event) => dropFiles(page, event));
}

function storeName(model) {
  return `hwbs-notes-${model.fingerprint}`;
}

// A browser may keep nothing for a page that is opened as a file.
function readStore(model) {
  try {
    return JSON.parse(localStorage.getItem(storeName(model)) ?? "[]");
  } catch {
    return [];
  }
}

function keepNotes(page, notes) {
  const { model } = page;
  model.notes = notes;
  model.steps = [...page.ownSteps, ...roomSteps(model)];
  page.kept = true;
  try {
    if (notes.length) localStorage.setItem(storeName(model), JSON.stringify(notes));
    else localStorage.removeItem(storeName(model));
  } catch {
    page.kept = false;
  }
  byId("present").hidden = model.steps.length === 0;
  page.renderNotes();
}

export function whereKept({ kept }) {
  return kept === false
    ? "This browser keeps nothing of this page: download the notes before you close it."
    : "They are kept in this browser alone, for exactly this record, until you wipe them. Download them to share them.";
}

// Among the details of what is selected.
export function noteSection(page) {
  const { model, state } = page;
  const { iri } = model.nodes[state.selected];
  const own = model.notes.filter((note) => note.item === iri);
  const votes = own.reduce((sum, note) => sum + note.votes, 0);
  const text = makeElement("input", { id: "note-text", maxlength: LIMITS.text, autocomplete: "off" });
  const group = makeElement("input", { id: "note-group", maxlength: LIMITS.group, autocomplete: "off", value: page.group ?? "" });
  group.addEventListener("input", () => (page.group = group.value));
  const form = makeElement("form", { class: "note-form" },
    makeElement("label", { for: "note-text" }, "Note (N)"), text, makeElement("label", { for: "note-group" }, "Group or table, no person’s name"), group,
    makeElement("div", { class: "buttons" }, makeElement("button", { type: "submit" }, "Add note"), makeButton({}, () => vote(page, iri), `Vote (${votes})`)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    addNote(page, iri, text.value);
  });
  const list = own.filter((note) => note.text || note.group).map((note) => noteRow(page, note));
  return makeElement("details", { class: "room-notes", open: own.length || page.noting ? "" : null }, makeElement("summary", {}, `What the room says (${own.length})`), makeElement("ul", { class: "sources" }, ...list), form);
}

function noteRow(page, note) {
  const by = [note.group, note.date, note.votes ? `${note.votes} ${note.votes === 1 ? "vote" : "votes"}` : ""].filter(Boolean).join(", ");
  const leave = makeButton({ class: "leave", "aria-label": `Take out: ${note.text || by}` }, () => keepNotes(page, page.model.notes.filter((other) => other.id !== note.id)), "×");
  return makeElement("li", {}, note.text ? isolate(note.text) : null, " ", makeElement("span", { class: "quiet" }, isolate(by)), leave);
}

function addNote(page, item, text) {
  if (!text.trim()) return;
  keepNotes(page, mergeNotes(page.model.notes, [{ id: newId(), item, text, group: page.group ?? "", votes: 0, date: today() }]));
  announce("Note added.");
  byId("note-text")?.focus();
}

function vote(page, item) {
  keepNotes(page, addVote(page.model.notes, item, page.group ?? "", today(), newId()));
  announce("Vote added.");
  document.querySelector(".note-form .buttons button:last-child")?.focus();
}

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function today() {
  return new Date().toISOString().slice(0, 10);
}

export function startNoting(page) {
  if (page.state.selected === null || page.state.step !== null) return false;
  document.querySelector(".room-notes")?.setAttribute("open", "");
  byId("note-text")?.focus();
  return Boolean(byId("note-text"));
}

export function downloadNotes({ model }, kind) {
  const labels = new Map(model.nodes.map((node) => [node.iri, fullName(node)]));
  const text = kind === "csv" ? `\ufeff${notesCsv(model.notes, (item) => labels.get(item) ?? "")}` : notesTurtle(model.notes);
  saveFile(new Blob([text], { type: kind === "csv" ? "text/csv" : "text/turtle" }), `room-notes.${kind === "csv" ? "csv" : "ttl"}`);
}

export function wipeNotes(page) {
  const dialog = byId("ask");
  dialog.onclose = null;
  const wipe = () => {
    dialog.close();
    keepNotes(page, []);
    announce("All notes are wiped.");
  };
  dialog.replaceChildren(makeElement("p", {}, `Wipe all ${page.model.notes.length} notes from this browser? Files that you downloaded stay.`),
    makeElement("div", { class: "buttons" }, makeButton({}, wipe, "Wipe all"), makeButton({}, () => dialog.close(), "Keep them")));
  dialog.showModal();
}

function dropFiles(page, event) {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  openNoteFiles(page, files);
}

export async function openNoteFiles(page, files) {
  const told = [];
  let notes = page.model.notes;
  for (const file of files) {
    try {
      if (file.size > LIMITS.bytes) throw new Error("it is larger than a megabyte");
      const read = readNoteFile(await file.text());
      notes = mergeNotes(notes, read.notes);
      told.push(`${file.name}: ${read.notes.length} taken${read.refused ? `, ${read.refused} left out, as they hold no note` : ""}.`);
    } catch (error) {
      told.push(`${file.name} was not opened: ${error.message}.`);
    }
  }
  page.told = told.join(" ");
  keepNotes(page, notes);
  announce(page.told);
}
