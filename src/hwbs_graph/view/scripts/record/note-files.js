// Notes as CSV and as Turtle, written and read. A note in Turtle is an annotation (https://www.w3.org/TR/annotation-model/)
// on its thing, with the basis “said in the workshop”, and its votes as schema.org counts them.
import { mergeNotes } from "./notes.js";

const COLUMNS = ["id", "item", "label", "note", "group", "votes", "date"];
const PREFIXES = {
  basis: "https://w3id.org/hwbs/scheme/basis/", dcterms: "http://purl.org/dc/terms/", foaf: "http://xmlns.com/foaf/0.1/",
  hwbs: "https://w3id.org/hwbs/ns#", oa: "http://www.w3.org/ns/oa#", schema: "https://schema.org/", xsd: "http://www.w3.org/2001/XMLSchema#",
};

export function notesCsv(notes, labelOf) {
  const rows = notes.map((note) => [note.id, note.item, labelOf(note.item), note.text, note.group, String(note.votes), note.date]);
  return `${[COLUMNS, ...rows].map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`;
}

// A sheet takes what begins so for a formula.
function csvCell(text) {
  const plain = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

export function notesTurtle(notes) {
  const head = Object.entries(PREFIXES).map(([name, iri]) => `@prefix ${name}: <${iri}> .`);
  return `${[...head, "", ...notes.map(turtleNote)].join("\n")}\n`;
}

function turtleNote(note) {
  const said = [
    ["a", "oa:Annotation"], ["hwbs:basis", "basis:said-in-workshop"], ["oa:hasTarget", turtleIri(note.item)],
    note.text && ["oa:bodyValue", turtleText(note.text)], ["schema:upvoteCount", String(note.votes)],
    note.group && ["dcterms:creator", `[ a foaf:Group ; foaf:name ${turtleText(note.group)} ]`],
    note.date && ["dcterms:date", `"${note.date}"^^xsd:date`],
  ].filter(Boolean);
  return `${turtleIri(`urn:hwbs:note:${note.id}`)} ${said.map((pair) => pair.join(" ")).join(" ;\n    ")} .\n`;
}

function turtleIri(iri) {
  return `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign))}>`;
}

function turtleText(text) {
  return JSON.stringify(text);
}

// {notes, refused}: the notes of a file, and how many of its rows are none. Throws an Error for what is no such file.
export function readNoteFile(text) {
  const rows = text.trimStart().startsWith("@prefix") ? readTurtle(text) : readCsv(text);
  const notes = mergeNotes(rows);
  return { notes, refused: rows.length - notes.length };
}

function readCsv(text) {
  const [head = [], ...rows] = csvRows(text.replace(/^\ufeff/, ""));
  const at = Object.fromEntries(COLUMNS.map((name) => [name, head.map((cell) => cell.trim()).indexOf(name)]));
  if ([at.id, at.item, at.note].includes(-1)) throw new Error("it has no columns id, item and note");
  const cell = (row, name) => (row[at[name]] ?? "").replace(/^'(?=[=+\-@\t])/, "");
  return rows.filter((row) => row.some(Boolean)).map((row) => ({ id: cell(row, "id"), item: cell(row, "item"), text: cell(row, "note"), group: cell(row, "group"), votes: cell(row, "votes") || 0, date: cell(row, "date") }));
}

// RFC 4180: quotes are doubled within quotes.
function csvRows(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") rows.push([]);
  }
  return rows;
}

// What `notesTurtle` writes; other Turtle is read by the command, which knows all of it.
function readTurtle(text) {
  const blocks = [...text.matchAll(/^<urn:hwbs:note:([^>\s]+)> a oa:Annotation ;([\s\S]*?) \.$/gm)];
  if (!blocks.length) throw new Error("it holds no note as this page writes them; hwbs view --notes reads any Turtle");
  return blocks.map(([, id, body]) => ({
    id: decodeURIComponent(id), item: /oa:hasTarget <([^>]*)>/.exec(body)?.[1], text: stringAfter("oa:bodyValue", body),
    group: stringAfter("foaf:name", body), votes: Number(/schema:upvoteCount (\d+)/.exec(body)?.[1] ?? 0), date: /dcterms:date "([^"]*)"/.exec(body)?.[1] ?? "",
  }));
}

function stringAfter(property, body) {
  const found = new RegExp(`${property} ("(?:[^"\\\\]|\\\\.)*")`).exec(body);
  return found ? JSON.parse(found[1]) : "";
}
