// What the room says of a thing: a note, votes, the name of a group. No person's name belongs there. A note is
// {id, item (an address), text, group, votes, date}; its id keeps a file that is opened twice from counting twice.
import { fullName, isShared, sortInMapOrder } from "./model.js";
import { asSentence, numberWord, onOneLine } from "./step-words.js";

export const LIMITS = { notes: 2000, text: 500, group: 60, votes: 999, bytes: 1_000_000 };
const LONGEST_IRI = 2000;

// A note as it may be kept, or null for what is none: files and the browser's store may hold anything.
export function cleanNote(raw) {
  const given = Object(raw);
  const word = (name, limit) => (typeof given[name] === "string" ? onOneLine(given[name], limit) : "");
  const item = typeof given.item === "string" && given.item.length <= LONGEST_IRI ? given.item : "";
  const date = word("date", LIMITS.group);
  const note = {
    id: word("id", 80), item, text: word("text", LIMITS.text), group: word("group", LIMITS.group),
    votes: cleanVotes(Number(given.votes)), date: /^\d{4}-\d\d-\d\d$/.test(date) ? date : "",
  };
  return note.id && item && (note.text || note.votes) ? note : null;
}

function cleanVotes(votes) {
  return Number.isInteger(votes) && votes >= 0 && votes <= LIMITS.votes ? votes : 0;
}

// Several lists put together: notes of one id are one, of which the last counts.
export function mergeNotes(...lists) {
  const found = new Map(lists.flat().map(cleanNote).filter(Boolean).map((note) => [note.id, note]));
  return [...found.values()].slice(0, LIMITS.notes);
}

// One vote more by a group, in its own entry.
export function addVote(notes, item, group, date, id) {
  const own = notes.find((note) => note.item === item && note.group === group && !note.text);
  return own ? mergeNotes(notes, [{ ...own, votes: own.votes + 1, date }]) : mergeNotes(notes, [{ id, item, text: "", group, votes: 1, date }]);
}

// [{id, notes, votes}] of each thing of the record that something is said of, most votes first.
export function openPoints(model) {
  const byIri = new Map(model.nodes.map((node) => [node.iri, node.id]));
  const points = new Map();
  for (const note of model.notes) {
    const id = byIri.get(note.item);
    if (id !== undefined) points.set(id, [...(points.get(id) ?? []), note]);
  }
  const sorted = sortInMapOrder(model, points.keys()).map((id) => ({ id, notes: points.get(id), votes: points.get(id).reduce((sum, note) => sum + note.votes, 0) }));
  return sorted.sort((a, b) => b.votes - a.votes || b.notes.length - a.notes.length);
}

export function pointName(model, id) {
  const node = model.nodes[id];
  return isShared(model, id) ? node.name : fullName(node);
}

// "Seven notes and 12 votes on five things; most votes: Housing (5)."
export function roomSentence(model) {
  const points = openPoints(model);
  if (!points.length) return "Nothing has been noted yet: select anything, and write in its panel.";
  const texts = points.flatMap(({ notes }) => notes).filter((note) => note.text).length;
  const votes = points.reduce((sum, point) => sum + point.votes, 0);
  const counted = [texts && `${numberWord(texts)} ${texts === 1 ? "note" : "notes"}`, votes && `${numberWord(votes)} ${votes === 1 ? "vote" : "votes"}`].filter(Boolean).join(" and ");
  const [first] = points;
  const most = first.votes ? `; most votes: ${onOneLine(pointName(model, first.id), 120)} (${first.votes})` : "";
  return asSentence(`${counted} on ${numberWord(points.length)} ${points.length === 1 ? "thing" : "things"}${most}`);
}

// What a note is of that this record does not hold.
export function strayCount(model) {
  const known = new Set(model.nodes.map((node) => node.iri));
  return model.notes.filter((note) => !known.has(note.item)).length;
}

// The last step of Present.
export function roomSteps(model) {
  return openPoints(model).length ? [{ title: "Open points", sentence: roomSentence(model), hash: "#view=room" }] : [];
}
