// The SPARQL editor of `hwbs serve`: CodeMirror takes over the page's text area, which stays what
// the form sends, so a page without this file works as well.
import {
  autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, pickedCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import {
  HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting, syntaxTree,
} from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  Decoration, EditorView, WidgetType, drawSelection, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const area = document.getElementById("query");
const error = document.getElementById("error");
// What the page gives: a nonce for styles, the known prefixes, and terms to complete.
const given = JSON.parse(document.getElementById("words").textContent);

const KEYWORDS = `ASK BIND CONSTRUCT COUNT DESCRIBE DISTINCT EXISTS FILTER FROM GRAPH GROUP_CONCAT
  HAVING LIMIT MINUS OFFSET OPTIONAL PREFIX REGEX SELECT UNION VALUES WHERE`.split(/\s+/)
  .concat("GROUP BY", "NOT EXISTS", "ORDER BY");
const WORD = /[?$]?[\w-]*:?[\w-]*/;

function run() {
  area.form.requestSubmit();
  return true;
}

// Completion

function complete(context) {
  const inside = syntaxTree(context.state).resolveInner(context.pos, -1).name;
  const word = context.matchBefore(WORD);
  if (["Comment", "String", "IriRef"].includes(inside)) return null;
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const line = context.state.doc.lineAt(word.from);
  const before = line.text.slice(0, word.from - line.from);
  const options = /\bPREFIX\s+$/i.test(before) ? declarations() : anything(context.state);
  return { from: word.from, options, validFor: new RegExp(`^${WORD.source}$`) };
}

function declarations() {
  return Object.entries(given.prefixes).map(([name, iri]) => (
    { label: `${name}:`, detail: iri, type: "namespace", apply: `${name}: <${iri}>` }
  ));
}

function anything(state) {
  const variables = new Set(state.doc.toString().match(/[?$]\w+/g));
  return [
    ...declarations().map((option) => ({ ...option, apply: put })),
    ...given.terms.map((label) => ({ label, type: "property", apply: put })),
    ...KEYWORDS.map((label) => ({ label, type: "keyword" })),
    ...[...variables].map((label) => ({ label, type: "variable" })),
  ];
}

// Put a prefixed name in, and its PREFIX line above the query where that is missing.
function put(view, completion, from, to) {
  const text = view.state.doc.toString();
  const name = completion.label.split(":")[0];
  const changes = [{ from, to, insert: completion.label }];
  let end = from + completion.label.length;
  if (!new RegExp(`\\bPREFIX\\s+${name}:`, "i").test(text)) {
    const line = `PREFIX ${name}: <${given.prefixes[name]}>\n`;
    // Comments at the top tell of the query, and stay there.
    const top = Math.min(/^(?:[ \t]*(?:#.*)?\n)*/.exec(text)[0].length, from);
    changes.unshift({ from: top, insert: line });
    end += line.length;
  }
  const annotations = pickedCompletion.of(completion);
  view.dispatch({ changes, selection: { anchor: end }, annotations, userEvent: "input.complete" });
}

// What is wrong, and where: the engine counts lines and columns from 1

class Message extends WidgetType {
  toDOM() {
    const line = document.createElement("div");
    line.className = "cm-said";
    line.textContent = error.textContent;
    // The page says it too, as an alert.
    line.setAttribute("aria-hidden", "true");
    return line;
  }
}

function placeIn(doc) {
  const place = error && /line (\d+), column (\d+)/.exec(error.textContent);
  if (!place) return null;
  const line = doc.line(Math.min(Number(place[1]), doc.lines));
  return { line, at: Math.min(line.from + Number(place[2]) - 1, line.to) };
}

// The mark goes when the query is changed, as it may be right then.
function marking(first) {
  return EditorView.decorations.compute(["doc"], ({ doc }) => {
    const place = doc.eq(first) && placeIn(doc);
    if (!place) return Decoration.none;
    return Decoration.set([
      Decoration.line({ class: "cm-wrong" }).range(place.line.from),
      Decoration.widget({ widget: new Message(), block: true, side: 1 }).range(place.line.to),
    ]);
  });
}

// How it looks: the page's style sheet has the colours, for light and dark

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--keyword)" },
  { tag: tags.variableName, color: "var(--variable)" },
  { tag: [tags.string, tags.annotation], color: "var(--string)" },
  { tag: [tags.url, tags.namespace, tags.typeName], color: "var(--name)" },
  { tag: [tags.integer, tags.float, tags.bool], color: "var(--number)" },
  { tag: tags.comment, color: "var(--faint)", fontStyle: "italic" },
]);
const framed = { color: "var(--ink)", backgroundColor: "var(--raised)", border: "1px solid var(--line)" };
const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--field)", border: "1px solid var(--edge)", maxHeight: "70vh" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { font: ".9rem/1.4 'DejaVu Sans Mono', Consolas, monospace", minHeight: "16rem" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--faint)", backgroundColor: "var(--raised)", borderRight: "1px solid var(--line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--chosen)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--chosen)" },
  "&.cm-focused .cm-matchingBracket": { color: "inherit", backgroundColor: "var(--chosen)", outline: "1px solid var(--line)" },
  "&.cm-focused .cm-nonmatchingBracket": { color: "inherit", backgroundColor: "var(--wrong)" },
  ".cm-wrong": { backgroundColor: "var(--wrong)", boxShadow: "inset 4px 0 var(--wrong-edge)" },
  ".cm-said": { padding: ".1rem .6rem", whiteSpace: "pre-wrap", fontFamily: "sans-serif", color: "var(--ink)", backgroundColor: "var(--wrong)" },
  ".cm-tooltip": framed,
  // Few options are listed at a time, so that the list need not scroll.
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "none", overflow: "hidden" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--button-ink)", backgroundColor: "var(--button)" },
  ".cm-completionDetail": { color: "inherit" },
  ".cm-panels": { ...framed, border: "none" },
  ".cm-textfield": { ...framed, backgroundColor: "var(--field)", maxWidth: "100%" },
  ".cm-button": { ...framed, backgroundImage: "none" },
  ".cm-panel.cm-search input[type=checkbox]": { width: "1.2rem", minHeight: "1.2rem", verticalAlign: "middle" },
  ".cm-panel.cm-search input[type=text], .cm-panel.cm-search .cm-textfield": { width: "14rem" },
  ".cm-panel.cm-search label": { display: "inline-block", fontWeight: "normal" },
  ".cm-panel.cm-search [name=close]": { color: "var(--ink)", minWidth: "24px", minHeight: "24px" },
});

const first = EditorState.create({ doc: area.value }).doc;
// With a place in the order of tabs, what scrolls around it is known to be within reach of the keyboard.
const described = { tabindex: "0", "aria-label": "Query", "aria-describedby": error ? "keys error" : "keys" };
const view = new EditorView({
  doc: first,
  extensions: [
    EditorView.cspNonce.of(given.nonce),
    sparql(), syntaxHighlighting(colours), look, lineNumbers(), drawSelection(), indentUnit.of("  "),
    history(), bracketMatching(), closeBrackets(), search({ top: true }), highlightSelectionMatches(),
    autocompletion({ override: [complete], icons: false, maxRenderedOptions: 10 }), marking(first), EditorView.lineWrapping,
    EditorView.contentAttributes.of(error ? { ...described, "aria-invalid": "true" } : described),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) area.value = update.state.doc.toString();
    }),
    keymap.of([
      { key: "Mod-Enter", run }, { key: "Ctrl-Enter", run },
      ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
      // Escape lets the next Tab leave the editor, however long after: nobody is to be hurried.
      { key: "Escape", run: (editor) => { editor.setTabFocusMode(3600000); return true; } },
      indentWithTab,
    ]),
  ],
});

area.before(view.dom);
area.hidden = true;
document.querySelector("label[for=query]").addEventListener("click", () => view.focus());
for (const hint of document.querySelectorAll("#keys [hidden]")) hint.hidden = false;
const wrong = placeIn(view.state.doc);
if (wrong) {
  view.dispatch({ selection: { anchor: wrong.at }, scrollIntoView: true });
  view.focus();
}
