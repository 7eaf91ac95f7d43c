// Boxes and lines on the canvas. A scene is a layout plus what is selected, bright and under the cursor.

// What is not on the selected line steps back but can still be read; less so where “Show only this”
// has already chosen what is worth seeing.
const FAINT = { everything: { box: 0.45, link: 0.07 }, only: { box: 0.75, link: 0.2 } };

// Printed links are solid; what a person or a rule adds is not.
const DASHES = { printed: [], suggested: [6, 4], inferred: [2, 3] };

// Colours come from the style sheet, so that there is one place to change them.
function readInk() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  return {
    hues: [0, 1, 2, 3, 4, 5].map((hue) => colour(`--hue-${hue}`)),
    text: colour("--text"), quiet: colour("--quiet"), frame: colour("--frame"), paper: colour("--paper"), ring: colour("--ring"),
  };
}

function paintHeadings(ctx, scene) {
  ctx.font = fontOf(13, true);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = scene.ink.quiet;
  for (const heading of scene.layout.headings) ctx.fillText(heading.text.toUpperCase(), heading.x, HEADING_ROOM / 2);
}

function paintLinks(ctx, scene) {
  // Faint lines first: the bright ones must not disappear beneath them.
  const drawn = scene.links.map((link) => ({ link, bright: isBright(scene, link) }));
  drawn.filter((line) => !line.bright).forEach((line) => paintLink(ctx, scene, line));
  drawn.filter((line) => line.bright).forEach((line) => paintLink(ctx, scene, line));
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
}

function isBright(scene, link) {
  return Boolean(scene.bright) && scene.bright.has(link.from) && scene.bright.has(link.to);
}

function paintLink(ctx, scene, { link, bright }) {
  const from = scene.boxOf.get(link.from);
  const to = scene.boxOf.get(link.to);
  const busy = to.style === "party";
  ctx.globalAlpha = scene.bright ? (bright ? 0.9 : scene.faint.link) : busy ? 0.42 : 0.9;
  ctx.lineWidth = bright ? 2.2 : busy ? 1 : 1.4;
  ctx.strokeStyle = scene.ink.hues[from.hue || to.hue];
  ctx.setLineDash(DASHES[link.standing]);
  traceLink(ctx, from, to);
  ctx.stroke();
}

// Straight while inside a column, curved between columns: a line never crosses a box sideways.
function traceLink(ctx, from, to) {
  const y1 = from.y + from.h / 2;
  const y2 = to.y + to.h / 2;
  const middle = (from.to + to.from) / 2;
  ctx.beginPath();
  ctx.moveTo(from.x + from.w, y1);
  ctx.lineTo(from.to, y1);
  ctx.bezierCurveTo(middle, y1, middle, y2, to.from, y2);
  ctx.lineTo(to.x, y2);
}

function paintBox(ctx, scene, box) {
  ctx.save();
  ctx.globalAlpha = scene.bright && !scene.bright.has(box.id) ? scene.faint.box : 1;
  const solid = box.style === "block" || box.style === "pill";
  const hue = scene.ink.hues[box.hue];
  traceBox(ctx, box, box.style === "pill" ? box.h / 2 : 4);
  ctx.fillStyle = solid ? hue : scene.ink.paper;
  ctx.fill();
  ctx.lineWidth = box.style === "party" ? 1 : 1.8;
  ctx.strokeStyle = box.style === "party" ? scene.ink.frame : hue;
  ctx.stroke();
  paintMarks(ctx, scene, box);
  paintWords(ctx, scene, box, solid);
  ctx.restore();
}

function traceBox(ctx, box, radius, grow = 0) {
  ctx.beginPath();
  ctx.roundRect(box.x - grow, box.y - grow, box.w + 2 * grow, box.h + 2 * grow, radius + grow);
}

function paintWords(ctx, scene, box, solid) {
  const bold = solid;
  ctx.font = fontOf(box.size, bold);
  ctx.fillStyle = solid ? scene.ink.paper : scene.ink.text;
  ctx.textBaseline = "middle";
  ctx.textAlign = solid ? "center" : "left";
  const x = solid ? box.x + box.w / 2 : box.x + STYLES[box.style].padX + box.indent;
  const top = box.y + box.h / 2 - ((box.lines.length - 1) * box.leading) / 2 + 0.5;
  box.lines.forEach((line, index) => ctx.fillText(line, x, top + index * box.leading));
}

function paintMarks(ctx, scene, box) {
  const y = box.y + box.h / 2 + 0.5;
  ctx.font = fontOf(box.size, true);
  ctx.textBaseline = "middle";
  if (box.sign) paintSign(ctx, scene, box, y);
  else if (box.code && box.indent) {
    ctx.textAlign = "left";
    ctx.fillStyle = scene.ink.hues[box.hue];
    ctx.fillText(box.code, box.x + STYLES[box.style].padX, y - ((box.lines.length - 1) * box.leading) / 2);
  }
  if (!box.count) return;
  ctx.textAlign = "right";
  ctx.fillStyle = scene.ink.text;
  ctx.fillText(box.count, box.x + box.w - STYLES[box.style].padX, y);
}

function paintSign(ctx, scene, box, y) {
  const x = box.x + STYLES[box.style].padX + 5;
  const corners = { diamond: [[0, -5], [5, 0], [0, 5], [-5, 0]], triangle: [[0, -5], [5, 4], [-5, 4]] }[box.sign];
  ctx.beginPath();
  corners.forEach(([dx, dy]) => ctx.lineTo(x + dx, y + dy));
  ctx.closePath();
  ctx.fillStyle = scene.ink.text;
  ctx.fill();
}

// Selected: a dark frame. Under the keyboard's cursor: a ring outside it, so that both can be seen.
// Painted last: a neighbour's box must not cover them.
function paintRings(ctx, scene) {
  paintRing(ctx, scene.boxOf.get(scene.selected), 1, 3.5, scene.ink.text);
  paintRing(ctx, scene.boxOf.get(scene.cursor), 3, 3, scene.ink.ring);
}

function paintRing(ctx, box, grow, width, colour) {
  if (!box) return;
  traceBox(ctx, box, box.style === "pill" ? box.h / 2 : 4, grow);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}
