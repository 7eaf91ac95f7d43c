// The continuity picture's own part of the page: its key and its guide.

// Without a page, everything that any pair may show.
function continuityKey(page) {
  const pair = page && pairShown(page.model, page.state);
  const types = pair ? pair.alignments.filter((one) => one.source >= 0 && one.target >= 0) : [];
  const has = (fits) => !pair || types.some(fits);
  return [
    has((one) => one.type === "moved-theme") && lineItem("moved", "moved to another theme"),
    has((one) => !(one.type in CHANGE_STYLES)) && lineItem("continued", "continued"),
    has((one) => one.type === "shared-topic") && lineItem("topic", "same topic only"),
    has((one) => one.standing === "suggested") && lineItem("suggested", "suggested"),
  ].filter(Boolean);
}

function continuityGuide(page) {
  const { model, state, actions } = page;
  const pair = pairShown(model, state);
  const title = make("h2", { tabindex: "-1" }, "What became of it");
  if (!pair) return [title, make("p", {}, "No plan here is recorded to follow another.")];
  return [
    title,
    make("p", {}, ...readingOf(model, pair)),
    make("p", { class: "quiet" }, "Of the filters, only themes thin this picture: it keeps what stands under a chosen theme at either end."),
    state.themes.length ? make("div", { class: "buttons" }, button({}, actions.everything, "Show everything")) : null,
    pairChooser(model, pair, actions),
    ...changesByType(pair).map((group) => changeList(model, group, actions)),
    unrecorded(model, pair, actions),
  ];
}

function readingOf(model, pair) {
  const [from, to] = [pair.from, pair.to].map((plan) => words(model.plans[plan].short));
  if (!follows(pair)) return ["On the left ", from, ", on the right ", to, ". A line joins what is on the same topic; neither plan follows the other."];
  return [
    "On the left ", from, ", on the right ", to, ". A line leads from each item to what became of it; a thick dark line crosses into another theme. ",
    "What is marked new has nothing before it; what is marked dropped has nothing after it.",
  ];
}

function pairChooser(model, shown, actions) {
  const pairs = pairsOf(model);
  if (pairs.length < 2) return null;
  const choices = pairs.map((pair) => {
    const pressed = pair.from === shown.from && pair.to === shown.to;
    const choose = () => actions.change({ ...NO_FILTER, plan: pair.from, other: pair.to });
    const sign = follows(pair) ? make("span", {}, make("span", { "aria-hidden": "true" }, " → "), make("span", { class: "unseen" }, " to ")) : " beside ";
    return button({ "aria-pressed": String(pressed) }, choose, words(model.plans[pair.from].short), sign, words(model.plans[pair.to].short));
  });
  return make("div", { class: "pairs", role: "group", "aria-label": "Plans to compare" }, ...choices);
}

function changeList(model, { heading, alignments }, actions) {
  const rows = [...alignments].sort((a, b) => placeOf(model, a) - placeOf(model, b)).map((one) => changeRow(model, one, actions));
  return make("div", {}, make("h3", {}, `${heading} (${rows.length})`), make("ul", { class: "items" }, ...rows));
}

function placeOf(model, one) {
  return model.nodes[one.source >= 0 ? one.source : one.target].rank;
}

// The earlier end is the button, as one reads from left to right; what is new has only the later.
function changeRow(model, one, actions) {
  const id = one.source >= 0 ? one.source : one.target;
  const node = model.nodes[id];
  const became = one.source >= 0 && one.target >= 0 ? make("span", { class: "quiet" }, "→ ", ...elementWords(model, one.target)) : null;
  return make("li", { class: `hue-${node.hue} ${one.standing}` }, button({ class: "item" }, () => actions.pick(id), ...elementWords(model, id)), became);
}

// "Minds 2 Improve resilience": a number alone does not tell which of five it is.
function elementWords(model, id) {
  const root = rootsOf(model, id)[0];
  const theme = root === undefined || root === id ? "" : model.nodes[root].name;
  return [theme ? make("b", {}, words(theme), " ") : null, words(shortName(model.nodes[id]))].filter(Boolean);
}

function unrecorded(model, pair, actions) {
  const ends = new Set(pair.alignments.flatMap((one) => [one.source, one.target]));
  const ids = pictureOf(model, pair).columns.filter((column) => column.role === "element").flatMap((column) => column.ids).filter((id) => !ends.has(id));
  if (!ids.length) return null;
  const rows = ids.map((id) => make("li", { class: `hue-${model.nodes[id].hue}` }, button({ class: "item" }, () => actions.pick(id), ...elementWords(model, id))));
  return make("div", {}, make("h3", {}, `Nothing recorded (${ids.length})`), make("ul", { class: "items" }, ...rows));
}
