// Moves boxes apart until none covers another: each pair that does gives way along the shorter of its two overlaps.
const ROUNDS = 240;
const GAP = 4;

// Moves x and y of the boxes that are not `fixed`, within the frame; says whether none overlaps at the end.
export function separateBoxes(boxes, frame) {
  for (let round = 0; round < ROUNDS; round += 1) {
    if (!pushOnce(boxes, frame, aside(round))) return true;
  }
  return !pushOnce(boxes, frame, 1);
}

// After a while every third round goes sideways instead: a stack between two edges has no other way out.
function aside(round) {
  return round > ROUNDS / 4 && round % 3 === 0 ? 0.25 : 1;
}

function pushOnce(boxes, frame, ease) {
  let pushed = false;
  boxes.forEach((a, at) => boxes.slice(at + 1).forEach((b) => {
    if ((a.fixed && b.fixed) || !pushPair(a, b, ease)) return;
    pushed = true;
    keepInside(a, frame);
    keepInside(b, frame);
  }));
  return pushed;
}

function pushPair(a, b, ease) {
  const over = (axis, size) => (a[size] + b[size]) / 2 + GAP - Math.abs(a[axis] + a[size] / 2 - b[axis] - b[size] / 2);
  const [across, down] = [over("x", "w"), over("y", "h")];
  if (across <= 0.01 || down <= 0.01) return false;
  if (across * ease < down) shift(a, b, "x", "w", across);
  else shift(a, b, "y", "h", down);
  return true;
}

// Half each, or all by the one that is free.
function shift(a, b, axis, size, far) {
  const sign = a[axis] + a[size] / 2 <= b[axis] + b[size] / 2 ? 1 : -1;
  const share = a.fixed ? 0 : b.fixed ? 1 : 0.5;
  a[axis] -= sign * far * share;
  b[axis] += sign * far * (1 - share);
}

function keepInside(box, frame) {
  if (box.fixed) return;
  box.x = Math.max(frame.left, Math.min(frame.left + frame.width - box.w, box.x));
  box.y = Math.max(frame.top, Math.min(frame.top + frame.height - box.h, box.y));
}
