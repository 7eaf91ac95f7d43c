// The pictures of a page in the order of their buttons. Python reads the list as JSON (`view/pictures.py`).
//
// word: in an address; label: on the button; asks: what it answers; needs: what a record must have (`offers.js`), "" for nothing;
// filters: those that the picture follows, null for all; across: it shows several plans; paper: what is printed;
// place: the part of the page it stands in; guide: how to read it, {columns} and {shared} filled in.
export const PICTURES = [
  {"word": "map", "label": "Map", "asks": "the whole plan, in columns", "needs": "", "filters": null, "across": false, "paper": "both", "place": "map",
    "guide": ["From left to right: {columns}. Lines join what belongs together.", "Select anything to see its full wording, its source and its lines. Escape goes back."]},
  {"word": "grid", "label": "Grid", "asks": "who is named where, in numbers", "needs": "", "filters": null, "across": false, "paper": "both", "place": "grid",
    "guide": ["Each number says how many of what stands under a heading name the {shared}; the darker, the more.", "Select a name or a heading to see its full wording and source. Escape goes back."]},
  {"word": "list", "label": "List", "asks": "the words as printed", "needs": "", "filters": null, "across": false, "paper": "list", "place": "list",
    "guide": ["Everything the plan prints, in its order, with the words as printed and their place.", "Select a line to see who is named and where. Escape goes back."]},
  {"word": "continuity", "label": "Continuity", "asks": "what became of it", "needs": "alignments", "filters": ["themes"], "across": true, "paper": "picture", "place": "map",
    "guide": []},
  {"word": "coverage", "label": "Coverage", "asks": "determinants, theme by theme", "needs": "determinants", "filters": null, "across": false, "paper": "both", "place": "coverage",
    "guide": ["Which theme does something about which determinant of health, layer by layer; the darker, the more.", "A gap is a determinant that nothing in the plan is recorded to address."]},
  {"word": "families", "label": "Side by side", "asks": "plans beside each other", "needs": "boards", "filters": [], "across": true, "paper": "picture", "place": "families",
    "guide": ["Each row holds the themes of one family, each column a plan.", "Select a theme to see its wording and source."]},
  {"word": "network", "label": "Network", "asks": "who works with whom", "needs": "partners", "filters": null, "across": false, "paper": "picture", "place": "map",
    "guide": ["A circle is a partner, the larger, the more it is named; a line joins two that are named in the same place, the thicker, the more often.", "Press a line or a name to see where. Drag a name to where you want it: it stays there, and so it is saved."]},
  {"word": "between", "label": "Between", "asks": "who stands between themes", "needs": "themes", "filters": null, "across": false, "paper": "picture", "place": "map",
    "guide": ["Each partner stands where its themes pull it: a specialist at its theme, a bridge between several.", "The ring of a circle shows its share of each theme. Drag a name to where you want it."]},
  {"word": "missing", "label": "Missing", "asks": "who is missing, and where", "needs": "comparison", "filters": ["only", "themes"], "across": false, "paper": "picture", "place": "missing",
    "guide": ["A filled circle: this partner is named here. A hollow one: it is not, but it is named elsewhere in the plan for a determinant that is addressed here too. Blank: neither.", "Press a circle to see which determinant, where and in which action; press a heading to look at it alone. No plan says who is missing: it is derived, and a question to the room."]},
  {"word": "shared", "label": "Shared", "asks": "what shares partners", "needs": "partners", "filters": null, "across": false, "paper": "picture", "place": "shared",
    "guide": ["Each number says how many partners are named under both of two headings; the darker, the more. In colour both stand under one heading, in grey under two.", "Press a number to see which partners, and in which actions; press a name to see with what it shares most."]},
  {"word": "rainbow", "label": "Rainbow", "asks": "which layers of health it reaches", "needs": "determinants", "filters": null, "across": false, "paper": "picture", "place": "map",
    "guide": ["The determinants of health as Dahlgren and Whitehead drew them: the person in the middle, then how people live, whom they have, where they live and work, and the whole society.", "Each segment is a determinant with the number of what addresses it; a hollow one is a gap. Select one to see which. The picture Coverage has the same numbers as a table, theme by theme."]},
  {"word": "sheet", "label": "Sheet", "asks": "one partner on one page", "needs": "partner", "filters": ["themes", "determinants", "document", "basis"], "across": false, "paper": "picture", "place": "sheet",
    "guide": ["Everything the plan asks of one partner on one page, theme by theme, with whom it is named most and what became of each part.", "Choose another partner at its name, or press one it is named with."]},
  {"word": "room", "label": "Notes", "asks": "what the room said", "needs": "notes", "filters": [], "across": true, "paper": "picture", "place": "room",
    "guide": ["What the room said: select anything in any picture, and write or vote in its panel (N).", "Several tables' files are put together: drag them here, or open them below."]}
];

export function pictureFor(view) {
  return PICTURES.find((picture) => picture.word === view) ?? PICTURES[0];
}

// The filters that a picture does not follow are not offered there.
export function followsFilter(view, name) {
  return pictureFor(view).filters?.includes(name) ?? true;
}

// Such a picture shows things of several plans, whatever is filtered.
export function isAcross(view) {
  return pictureFor(view).across;
}

// It compares what is chosen with the whole plan, so that nothing chosen leaves it empty.
export function isComparing(view) {
  return view === "missing";
}

// Pictures that count what addresses each determinant.
export function isCoverage(view) {
  return view === "coverage" || view === "rainbow";
}

// Pictures of partners as circles, which can be dragged.
export function isNetwork(view) {
  return view === "network" || view === "between";
}
