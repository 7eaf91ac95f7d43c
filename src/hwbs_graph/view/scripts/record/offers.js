// Which pictures a record has something for.
import { pairsOf } from "./continuity.js";
import { boardsOf } from "./families.js";
import { idsOfKind, isRoot } from "./model.js";
import { PICTURES } from "./pictures.js";

// view/pictures.py asks the same of a model, but offers no file of notes without any.
const NEEDS = {
  alignments: (model) => pairsOf(model).length > 0,
  boards: (model) => boardsOf(model).length > 1,
  comparison: (model) => NEEDS.partners(model) && NEEDS.determinants(model),
  determinants: (model) => countKind(model, "determinant") > 0,
  notes: () => true,
  partner: (model) => countKind(model, "partner") > 0,
  partners: (model) => countKind(model, "partner") > 1,
  themes: (model) => countKind(model, "partner") > 0 && model.nodes.filter((node) => isRoot(model, node.id)).length > 1,
};

function countKind(model, kind) {
  return idsOfKind(model, kind, model.byKey.values()).length;
}

export function isOffered(model, view) {
  const { needs } = PICTURES.find((picture) => picture.word === view);
  return !needs || NEEDS[needs](model);
}
