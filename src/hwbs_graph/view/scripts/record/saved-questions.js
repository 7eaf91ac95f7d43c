// Questions that a picture answers, found as they are typed: “who works with Housing” leads to the network with Housing chosen.
import { NO_FILTER } from "./filters.js";
import { isRoot, roleOf } from "./model.js";
import { isOffered } from "./offers.js";
import { PICTURES } from "./pictures.js";
import { foldText, searchIndex } from "./search.js";

const SUBJECTS = {
  partner: (model, id) => model.nodes[id].kind === "partner",
  theme: isRoot,
  heading: (model, id) => roleOf(model, id) === "group",
  determinant: (model, id) => model.nodes[id].kind === "determinant",
  element: (model, id) => model.nodes[id].plan >= 0,
};
const MOST_SUBJECTS = 3;
// So many letters before a question is offered that has only begun.
const LEAST_TYPED = 3;

// `views`: the first of them that the page has; `subject` is what the question ends in, and `change` what it shows.
const QUESTIONS = [
  { words: "Who works with whom", views: ["network"], change: () => ({}) },
  { words: "Who works with", views: ["network"], subject: "partner", change: (id) => ({ selected: id }) },
  { words: "Which objectives share partners", views: ["shared"], change: () => ({}) },
  { words: "What shares partners with", views: ["shared"], subject: "heading", change: (id) => ({ selected: id }) },
  { words: "Who stands between themes", views: ["between"], change: () => ({}) },
  // Whole, with the heading marked: a filter would leave out just those who are missing.
  { words: "Who is missing in", views: ["missing", "grid"], subject: "heading", change: (id) => ({ selected: id }) },
  { words: "Who is named in", views: ["map"], subject: "theme", change: (id) => ({ themes: [id] }) },
  { words: "Where is", views: ["map"], subject: "partner", change: (id) => ({ only: id, selected: id }) },
  { words: "What addresses", views: ["map"], subject: "determinant", change: (id) => ({ show: "determinant", determinants: [id] }) },
  { words: "What became of", views: ["continuity"], subject: "element", change: (id) => ({ selected: id }) },
  { words: "What is not addressed", views: ["coverage"], change: () => ({}) },
  { words: "What did the room say", views: ["room"], change: () => ({}) },
];

// [{words, change}] of questions that are whole, and [{words, fill}] of those that still lack their subject.
export function findQuestions(model, index, text, plan) {
  const typed = foldText(text).replace(/\s*\?$/, "");
  if (typed.length < LEAST_TYPED) return [];
  return QUESTIONS.flatMap((question) => {
    const view = question.views.find((word) => PICTURES.some((picture) => picture.word === word) && isOffered(model, word));
    return view ? offersOf(model, index, { ...question, view }, typed, plan) : [];
  });
}

function offersOf(model, index, question, typed, plan) {
  const { words, subject, change, view } = question;
  const stem = foldText(words);
  if (!subject) return stem.startsWith(typed) ? [{ words: `${words}?`, change: { ...NO_FILTER, selected: null, view, ...change() } }] : [];
  if (stem.startsWith(typed)) return [{ words: `${words} …?`, fill: `${words} ` }];
  if (!typed.startsWith(`${stem} `)) return [];
  const { found } = searchIndex(model, index, typed.slice(stem.length + 1), plan);
  const fitting = found.filter(({ id }) => SUBJECTS[subject](model, id) && isHere(model, id, plan, subject));
  return fitting.slice(0, MOST_SUBJECTS).map(({ id }) => ({ words: `${words} ${model.nodes[id].name}?`, change: { ...NO_FILTER, selected: null, view, ...change(id) } }));
}

// A filter holds for the plan on show.
function isHere(model, id, plan, subject) {
  return !["theme", "heading"].includes(subject) || model.members[plan].has(id);
}
