// The network of an answer in the look of the view's own: circles, the larger the more is linked, and lines between.
// The pages of a server join this script to the one that draws it. Not part of the view's page.
import { layoutNetwork } from "./layout/network-layout.js";
import { settle } from "./layout/springs.js";
import { boxShapes, linkShapes, sceneOf } from "./shapes/shapes.js";

// nodes: [{text}], links: [{from, to}] by number; `measure` gives the width of a text in a font.
// Returns the size, and for each thing and each link its shapes, in the order they came.
export function layOutAnswer({ nodes, links }, room, measure, ink) {
  const model = { nodes: nodes.map(({ text }, id) => ({ id, name: text, hue: 1 })), notes: [] };
  const apart = links.filter(({ from, to }) => from !== to);
  const network = { partners: nodes.map((_, id) => partnerOf(id, links)), pairs: apart.map(pairOf), most: 1, groups: [] };
  const layout = layoutNetwork(model, network, room, measure, { places: { ...settle(nodes.length, apart) } });
  const scene = sceneOf(model, layout, ink, {});
  return {
    width: layout.width,
    height: layout.height,
    things: layout.boxes.map((box) => boxShapes(scene, box)),
    ties: layout.links.map((link) => linkShapes({ ...scene, links: [link] })),
    apart,
  };
}

function partnerOf(id, links) {
  const own = links.flatMap(({ from, to }, at) => (from === id || to === id ? [at] : []));
  return { id, leaves: new Set(own), themes: [], hue: 1, asked: false };
}

function pairOf({ from, to }) {
  return { from, to, leaves: new Set([0]), provenance: "printed" };
}
