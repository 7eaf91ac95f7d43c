// What the file carries as gzip in base64, a fourth of its size as text: the data, and vis-network.
import { byId, makeElement } from "./dom.js";

export async function readPacked(id) {
  const bytes = Uint8Array.from(atob(byId(id).textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

// Runs only what the page's policy knows by its hash.
export function runScript(text) {
  const script = makeElement("script", {}, text);
  document.head.append(script);
  script.remove();
}
