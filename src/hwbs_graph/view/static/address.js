// The state in the address: what makes the back button work from a file. Anything may be typed
// there, so whatever is not known is left out.

const VIEWS = ["map", "grid", "list"];
const LONGEST_ADDRESS = 8000;
const START = Object.freeze({ view: "map", selected: null, only: null });

function readAddress(hash, model) {
  if (hash.length > LONGEST_ADDRESS) return START;
  const words = new URLSearchParams(hash.replace(/^#/, ""));
  const view = words.get("view");
  const node = (name) => model.byKey.get(words.get(name)) ?? null;
  const state = { view: VIEWS.includes(view) ? view : START.view, selected: node("select"), only: node("only") };
  return settle(model, state);
}

function writeAddress(state, model) {
  const words = new URLSearchParams();
  if (state.view !== START.view) words.set("view", state.view);
  if (state.selected !== null) words.set("select", model.nodes[state.selected].key);
  if (state.only !== null) words.set("only", model.nodes[state.only].key);
  return `#${words}`.replaceAll("%2F", "/");
}

function sameState(a, b) {
  return a.view === b.view && a.selected === b.selected && a.only === b.only;
}
