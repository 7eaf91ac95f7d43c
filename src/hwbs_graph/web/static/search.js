// Finds the things that hold all the words typed, as `hwbs search` does: words are compared by
// their English stem (Porter, 1980), without case and accents; the best text ranks its thing.
"use strict";
(() => {
  const MOST = 50;
  const WEIGHTS = [4, 1.5, 1, 1];
  const stems = new Map();

  const C = "[^aeiouy][^aeiouy]*";
  const c = "[^aeiou][^aeiouy]*";
  const v = "[aeiouy][aeiou]*";
  const M0 = new RegExp(`^(${c})?${v}${c}`);
  const M1 = new RegExp(`^(${c})?${v}${c}(${v})?$`);
  const M2 = new RegExp(`^(${c})?${v}${c}${v}${c}`);
  const VOWEL = new RegExp(`^(${c})?[aeiouy]`);
  const CVC = new RegExp(`^${c}[aeiouy][^aeiouwxy]$`);
  const STEP2 = {
    ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", bli: "ble", alli: "al",
    entli: "ent", eli: "e", ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al",
    iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble", logi: "log",
  };
  const STEP3 = { icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" };
  const ENDS2 = /^(.+?)(ational|tional|enci|anci|izer|bli|alli|entli|eli|ousli|ization|ation|ator|alism|iveness|fulness|ousness|aliti|iviti|biliti|logi)$/;
  const ENDS3 = /^(.+?)(icate|ative|alize|iciti|ical|ful|ness)$/;
  const ENDS4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

  function cutPlural(w) {
    if (/(ss|i)es$/.test(w)) return w.slice(0, -2);
    return /[^s]s$/.test(w) ? w.slice(0, -1) : w;
  }

  function cutPast(w) {
    if (w.endsWith("eed")) return M0.test(w.slice(0, -3)) ? w.slice(0, -1) : w;
    const found = /^(.+)(ed|ing)$/.exec(w);
    if (!found || !VOWEL.test(found[1])) return w;
    const stem = found[1];
    if (/(at|bl|iz)$/.test(stem)) return `${stem}e`;
    if (/([^aeiouylsz])\1$/.test(stem)) return stem.slice(0, -1);
    return CVC.test(stem) ? `${stem}e` : stem;
  }

  function replaceEnd(w, ends, by) {
    const found = ends.exec(w);
    return found && M0.test(found[1]) ? found[1] + by[found[2]] : w;
  }

  function cutEnd(w) {
    const found = ENDS4.exec(w);
    if (found) return M2.test(found[1]) ? found[1] : w;
    const ion = /^(.+[st])ion$/.exec(w);
    return ion && M2.test(ion[1]) ? ion[1] : w;
  }

  function cutE(w) {
    const stem = w.slice(0, -1);
    if (w.endsWith("e") && (M2.test(stem) || (M1.test(stem) && !CVC.test(stem)))) return stem;
    return w;
  }

  function stem(word) {
    if (word.length < 3) return word;
    let w = cutPast(cutPlural(word));
    if (w.endsWith("y") && VOWEL.test(w.slice(0, -1))) w = `${w.slice(0, -1)}i`;
    w = cutEnd(replaceEnd(replaceEnd(w, ENDS2, STEP2), ENDS3, STEP3));
    w = cutE(w);
    return w.endsWith("ll") && M2.test(w) ? w.slice(0, -1) : w;
  }

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function known(word) {
    if (!stems.has(word)) stems.set(word, /^[a-z]+$/.test(word) ? stem(word) : word);
    return stems.get(word);
  }

  const split = (text) => (fold(text).match(/[\p{L}\p{N}]+/gu) || []).map(known);

  // The terms of what was typed: lists of stems that stand side by side.
  function readTerms(typed) {
    const terms = [];
    for (const [, phrase, rest] of typed.matchAll(/"([^"]*)"|([^"]+)/g)) {
      for (const piece of phrase === undefined ? rest.split(/\s+/) : [phrase]) {
        const words = split(piece.replace(/_/g, " "));
        if (words.length) terms.push(words);
      }
    }
    return terms;
  }

  function countIn(words, term) {
    let times = 0;
    for (let at = 0; at + term.length <= words.length; at += 1) {
      if (term.every((each, further) => words[at + further] === each)) times += 1;
    }
    return times;
  }

  const indexed = () => hwbsWords.texts.map(([thing, field, text]) => ({ thing, field, words: split(text) }));

  // The things that hold every term, each with its best text, the best first (BM25, as SQLite).
  function find(index, terms) {
    const average = index.reduce((sum, each) => sum + each.words.length, 0) / index.length;
    const counts = index.map((each) => terms.map((term) => countIn(each.words, term)));
    const holding = terms.map((_, n) => counts.filter((each) => each[n]).length);
    const rarity = holding.map((n) => Math.max(Math.log((index.length - n + 0.5) / (n + 0.5)), 1e-6));
    const best = new Map();
    counts.forEach((times, at) => {
      if (!times.every(Boolean)) return;
      const { thing, field, words } = index[at];
      const long = 1.2 * (0.25 + (0.75 * words.length) / average);
      const score = WEIGHTS[field] * times.reduce((sum, n, t) => sum + rarity[t] * ((n * 2.2) / (n + long)), 0);
      if (!best.has(thing) || best.get(thing).score < score) best.set(thing, { thing, at, score });
    });
    const label = (each) => hwbsWords.things[each.thing][0];
    return [...best.values()].sort((a, b) => b.score - a.score || (label(a) < label(b) ? -1 : 1));
  }

  // How many things hold each word or phrase alone.
  const countAlone = (index, terms) => terms.map((term) => find(index, [term]).length);

  globalThis.hwbsSearch = { stem: known, split, readTerms, indexed, find, countAlone };
  if (typeof document === "undefined") return;

  function make(name, text, ...children) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  }

  function makeLink(text, address) {
    if (!address) return make("span", text);
    const link = make("a", text);
    link.href = address;
    return link;
  }

  // The words around the first that was found; those found are marked.
  function cutOut(text, terms) {
    const wanted = new Set(terms.flat());
    const pieces = text.split(/([^\p{L}\p{N}\p{M}]+)/u);
    const first = pieces.findIndex((each) => split(each).some((word) => wanted.has(word)));
    const start = Math.max(0, first - 16);
    const made = make("span", start ? "…" : "");
    for (const piece of pieces.slice(start, start + 40)) {
      made.append(split(piece).some((word) => wanted.has(word)) ? make("mark", piece) : piece);
    }
    if (start + 40 < pieces.length) made.append("…");
    return made;
  }

  function showHit(hit, terms) {
    const [label, kind, plan, page] = hwbsWords.things[hit.thing];
    const [, , text, place, where] = hwbsWords.texts[hit.at];
    const head = make("p", "", makeLink(label, page || place), ` (${[kind, plan].filter(Boolean).join(", ")})`);
    const source = make("p", "");
    source.className = "source";
    if (where) source.append(makeLink(where, place), ": ");
    source.append(cutOut(text, terms));
    return make("li", "", head, source);
  }

  // Each word or phrase as it was typed, with a search for it alone.
  function listAlone(index, typed, terms) {
    const words = typed.match(/"[^"]*"|[^"\s]+/g).filter((each) => split(each).length);
    const counts = countAlone(index, terms);
    return make("ul", "", ...words.slice(0, counts.length).map((word, at) => {
      const address = counts[at] ? `?q=${encodeURIComponent(word)}` : "";
      return make("li", "", makeLink(word, address), `: ${counts[at] === 1 ? "1 thing" : `${counts[at].toLocaleString("en-GB")} things`}`);
    }));
  }

  function show(typed) {
    const found = document.getElementById("found");
    const terms = readTerms(typed);
    const index = indexed();
    if (!terms.length) {
      found.replaceChildren(make("p", typed.trim() ? "There is no word to look for: give one, such as museum." : ""));
      return;
    }
    const hits = find(index, terms);
    const total = hits.length === 1 ? "1 thing holds" : `${hits.length.toLocaleString("en-GB")} things hold`;
    if (!hits.length) {
      const told = terms.length > 1 ? [make("p", "Each alone:"), listAlone(index, typed, terms)] : [];
      found.replaceChildren(make("p", `Nothing holds all of these words: ${typed}. Try fewer of them.`), ...told);
      return;
    }
    const list = make("ol", "", ...hits.slice(0, MOST).map((hit) => showHit(hit, terms)));
    list.className = "hits";
    const cut = hits.length > MOST ? [make("p", `The first ${MOST} are shown: one more word leaves fewer.`)] : [];
    found.replaceChildren(make("h2", `${total} these words`), ...cut, list);
  }

  const typed = (new URLSearchParams(location.search).get("q") || "").slice(0, 200);
  document.getElementById("q").value = typed;
  show(typed);
})();
