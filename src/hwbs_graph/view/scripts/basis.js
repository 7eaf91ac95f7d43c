// How a link is known: the words and their place, or who suggests it and why.

function linkWords(link) {
  if (!link) return null;
  const lines = link.sources.map((source) => make("span", { class: "quiet" }, ...linkSource(source)));
  const also = (link.also || []).map((other) => make("div", {}, make("span", { class: "quiet" }, "Also:"), linkWords(other)));
  return make("div", { class: "link" }, basisLine(link), ...lines, ...also);
}

function linkSource(source) {
  const printed = source.printed ? [make("q", {}, words(source.printed)), " – "] : [];
  return [...printed, words(placeWords(source))];
}

function basisLine(link) {
  if (link.standing === "printed" && link.basis === "stated in document") return null;
  if (link.standing !== "suggested") return make("span", { class: "quiet" }, words(link.basis));
  const who = [link.curator && ` by ${link.curator}`, link.date && ` on ${link.date}`].filter(Boolean).join("");
  const why = link.reason ? `: ${link.reason}` : "";
  const sure = link.confidence ? ` (confidence: ${link.confidence})` : "";
  return make("span", { class: "quiet" }, make("b", {}, "suggested"), words(`${who}${why}${sure}`), ` – ${link.basis}`);
}
