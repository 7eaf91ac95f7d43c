// Data of a page, of whose nodes and links a test says only what matters to it.
import { buildModel as build } from "../../src/hwbs_graph/view/scripts/record/model.js";

const PROVENANCES = { "stated in document": "printed", "curated judgement": "suggested" };
const PLAN = { key: "", title: "", subtitle: "", short: "", board: "" };
const NODE = { plan: 0, leaf: false, code: "", family: "", familyOrder: 0, layer: "", broader: [], details: [], sources: [], notes: [], aliases: [] };
const LINK = { relation: "", sources: [], also: [], curator: "", date: "", reason: "", confidence: "" };

export function buildModel({ nodes, edges, alignments = [], ...data }) {
  return build({
    plans: [PLAN], start: 0, documents: [], opening: "", ...data,
    nodes: nodes.map((node) => ({ ...NODE, ...node })),
    edges: edges.map(fillLink),
    alignments: alignments.map(fillLink),
  });
}

function fillLink(link) {
  return { ...LINK, provenance: PROVENANCES[link.basis] ?? "inferred", ...link };
}
