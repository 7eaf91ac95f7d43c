// Where circles stand in the pictures of partners: at the places they are given, moved apart until no label covers
// another. A box holds a circle and its label; `free` says that boxes can be dragged.
import { themesOf } from "../record/partner-network.js";
import { isRoot, sortInMapOrder } from "../record/model.js";
import { READABLE } from "./styles.js";
import { separateBoxes } from "./separation.js";
import { cutText, fontOf, wrapText } from "./wrap.js";

const SIZES = { usual: [15, 14, 13, 12], present: [24, 22, 20, 18] };
// The widest label in sizes of its text, and its most lines.
const LABEL = { wide: 9.5, lines: 3, leading: 1.15, pad: 3 };
const RADIUS = { most: 44, least: 7, ring: 5, share: 0.2 };
// So little of the room is left to the circles' frame, and by so much paper grows where they do not fit.
const FRAME = 10;
const GROWTH = { step: 1.15, tries: 10 };
// So many partners are tried for the back row, until all can be read.
const MOST_LARGE = [20, 16, 12, 9];
// Where nothing is known of a place: Roberts' R2 sequence, as in partner_places.py.
const SPREAD = [0.7548776662466927, 0.5698402909980532];

// `places` are those of Python, from 0 to 1, `moved` {place, pinned} those where a person left them.
export function layoutNetwork(model, network, room, measure, { places = {}, moved = new Map(), large = false } = {}) {
  const most = Math.max(1, ...network.partners.map(({ leaves }) => leaves.size));
  const given = stretchPlaces(network.partners.map((partner, at) => ({ place: places[partner.id] ?? firstPlace(at), asked: partner.asked })));
  const wanted = network.partners.map((partner, at) => ({ ...partner, place: moved.get(partner.id)?.place ?? given[at], fixed: Boolean(moved.get(partner.id)?.pinned) }));
  const links = network.pairs.map(({ from, to, leaves, provenance }) => ({ from, to, count: leaves.size, provenance, most: network.most }));
  const make = (size, frame, largest) => wanted.map((partner) => circleBox(model, partner, { size, most, largest, frame, measure }));
  return fitBoxes(room, { large, count: wanted.length }, make, { links, key: network.groups });
}

// Themes stand on a ring, and each partner where its themes pull it. For the back row of many only those of
// most themes are drawn, and `left` counts the others.
export function layoutBetween(model, network, room, measure, { moved = new Map(), large = false } = {}) {
  const ordered = large ? broadestFirst(model, network.partners) : network.partners;
  const lay = (most) => ({ ...layPartnersBetween(model, network, ordered.slice(0, most), room, measure, { moved, large }), left: Math.max(0, ordered.length - most) });
  if (!large) return lay(Infinity);
  const [first, ...rest] = MOST_LARGE;
  return rest.reduce((laid, most) => (laid.boxes.every(({ size }) => size >= READABLE) ? laid : lay(most)), lay(first));
}

function layPartnersBetween(model, network, partners, room, measure, { moved, large }) {
  const most = Math.max(1, ...network.partners.map(({ leaves }) => leaves.size));
  const themes = themesBetween(model, network);
  const anchors = new Map(themes.map((id, at) => [id, ringPlace(at, themes.length)]));
  const make = (size, frame, largest) => [
    ...themes.map((id) => anchorBox(model, id, anchors.get(id), { size, frame, measure })),
    ...partners.map((partner) => {
      const place = moved.get(partner.id)?.place ?? pulledPlace(themesOf(model, partner.leaves), anchors);
      return circleBox(model, { ...partner, place, fixed: Boolean(moved.get(partner.id)?.pinned) }, { size, most, largest, frame, measure });
    }),
  ];
  return fitBoxes(room, { large, count: partners.length }, make, { links: [], key: [] });
}

function broadestFirst(model, partners) {
  const broad = ({ leaves }) => themesOf(model, leaves).length;
  return [...partners].sort((a, b) => broad(b) - broad(a) || b.leaves.size - a.leaves.size);
}

export function themesBetween(model, { partners }) {
  const ids = new Set(partners.flatMap(({ leaves }) => themesOf(model, leaves).map(({ id }) => id)));
  return sortInMapOrder(model, [...ids].filter((id) => isRoot(model, id)));
}

// Over the whole frame; who is drawn for the selection alone moves nobody.
function stretchPlaces(given) {
  const ranges = [0, 1].map((axis) => {
    const values = given.filter(({ asked }) => !asked).map(({ place }) => place[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return { least, wide: Math.max(most - least, 1e-6) };
  });
  // A few stay near each other, or their line would cross the whole wall.
  const spread = Math.min(1, 0.35 + 0.1 * given.length);
  const share = (place, axis) => Math.max(0, Math.min(1, (place[axis] - ranges[axis].least) / ranges[axis].wide));
  return given.map(({ place }) => [0, 1].map((axis) => 0.5 + (share(place, axis) - 0.5) * spread));
}

function firstPlace(at) {
  return SPREAD.map((step) => (0.5 + at * step) % 1);
}

// The first on top, the others clockwise.
function ringPlace(at, count) {
  const angle = (2 * Math.PI * at) / count - Math.PI / 2;
  return [0.5 + 0.5 * Math.cos(angle), 0.5 + 0.5 * Math.sin(angle)];
}

function pulledPlace(themes, anchors) {
  const all = themes.reduce((sum, { count }) => sum + count, 0);
  const mean = (axis) => (all ? themes.reduce((sum, { id, count }) => sum + anchors.get(id)[axis] * count, 0) / all : 0.5);
  // A little to the middle, so that specialists surround their theme's name.
  return [0, 1].map((axis) => 0.5 + (mean(axis) - 0.5) * 0.78);
}

// The largest size at which nothing overlaps; if none does, the paper grows.
function fitBoxes(room, { large, count }, makeBoxes, more) {
  const sizes = large ? [...SIZES.present, ...SIZES.usual] : SIZES.usual;
  const tries = [...sizes.map((size) => [size, 1]), ...Array.from({ length: GROWTH.tries }, (_, at) => [sizes.at(-1), GROWTH.step ** (at + 1)])];
  const largest = largestRadius(room, count);
  let laid = null;
  for (const [size, grown] of tries) {
    const frame = { left: FRAME, top: FRAME, width: room.width * grown - 2 * FRAME, height: room.height * grown - 2 * FRAME };
    const boxes = makeBoxes(size, frame, largest);
    const isClear = separateBoxes(boxes, frame);
    laid = { width: frame.width + 2 * FRAME, height: frame.height + 2 * FRAME, boxes: boxes.map(rounded), headings: [], free: true, frame, ...more };
    if (isClear) break;
  }
  return laid;
}

// The more circles, the smaller each.
function largestRadius(room, count) {
  const share = RADIUS.share * Math.sqrt((room.width * room.height) / Math.max(1, count));
  return Math.max(2 * RADIUS.least, Math.min(RADIUS.most, share));
}

function rounded(box, row) {
  const [x, y] = [Math.round(box.x * 10) / 10, Math.round(box.y * 10) / 10];
  return { ...box, x, y, row, from: x, to: x + box.w };
}

function circleBox(model, partner, { size, most, largest, frame, measure }) {
  const node = model.nodes[partner.id];
  const r = Math.max(RADIUS.least, largest * Math.sqrt(partner.leaves.size / most));
  const inside = r >= 0.8 * size;
  const lines = labelLines(inside ? node.name : `${node.name}\u00a0${partner.leaves.size}`, LABEL.wide * size, fontOf(size, false), measure);
  const leading = Math.round(size * LABEL.leading);
  const ring = partner.themes.length > 1 ? RADIUS.ring : 0;
  const w = Math.max(2 * (r + ring), ...lines.map((line) => measure(line, fontOf(size, false)))) + 2 * LABEL.pad;
  const h = 2 * (r + ring) + lines.length * leading + LABEL.pad;
  const circle = { r, ring, themes: partner.themes.map(({ id, count }) => ({ hue: model.nodes[id].hue, count })) };
  return placed({
    id: partner.id, column: 0, style: "circle", sign: "", hue: partner.hue, w, h, size, leading, lines, code: "", indent: 0,
    count: inside ? String(partner.leaves.size) : "", circle, fixed: partner.fixed,
  }, partner.place, frame);
}

function labelLines(text, width, font, measure) {
  const widest = Math.max(...text.split(" ").map((word) => measure(word, font)));
  const lines = wrapText(text, Math.max(width, Math.min(widest, 2 * width)), font, measure);
  return lines.length <= LABEL.lines ? lines : [...lines.slice(0, LABEL.lines - 1), cutText(lines.slice(LABEL.lines - 1).join(" "), width, font, measure)];
}

function anchorBox(model, id, place, { size, frame, measure }) {
  const large = size + 2;
  const lines = labelLines(model.nodes[id].name, 9 * large, fontOf(large, true), measure);
  const leading = Math.round(large * LABEL.leading);
  const w = Math.max(...lines.map((line) => measure(line, fontOf(large, true)))) + 16;
  const box = { id, column: 1, style: "block", sign: "", hue: model.nodes[id].hue, w, h: lines.length * leading + 10, size: large, leading, lines, code: "", count: "", indent: 0, fixed: true };
  return placed(box, place, frame);
}

// A place is that of the middle, within the frame.
function placed(box, [across, down], frame) {
  const [x, y] = [frame.left + across * (frame.width - box.w), frame.top + down * (frame.height - box.h)];
  return { ...box, x, y };
}

// The place from 0 to 1 of a box that stands at x and y.
export function placeOf(layout, box) {
  const { frame } = layout;
  const share = (at, start, size) => Math.max(0, Math.min(1, (at - start) / Math.max(1, size)));
  return [share(box.x, frame.left, frame.width - box.w), share(box.y, frame.top, frame.height - box.h)];
}

