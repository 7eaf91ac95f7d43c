// Where what is selected has a page of its own: on the server, or in the site, that holds this one.
import { makeElement } from "./dom.js";

// A name that a file might not keep gets no link.
const PLAIN_PATH = /^(id|scheme)(\/[a-z0-9-]+(\.[a-z0-9-]+)*)+$/;

export function pageLink(node) {
  const { pagesOf, pages, pageEnding } = document.documentElement.dataset;
  if (!pagesOf || !node.iri.startsWith(pagesOf)) return null;
  const path = node.iri.slice(pagesOf.length);
  if (!PLAIN_PATH.test(path)) return null;
  return makeElement("p", {}, makeElement("a", { href: `${pages}${path}${pageEnding}` }, "Its own page, to read"));
}
