// Where linked things stand: near each other, and apart from all others. The springs of partner_places.py, for an answer
// that only a browser sees: after Fruchterman and Reingold (1991), with sums, products, quotients and square roots alone.
const ROUNDS = 120;
const FIRST_STEP = 0.12;
const SPREAD = [0.7548776662466927, 0.5698402909980532];
const WEAK = 0.02;
const STRONG = 1.5;

// `links` are {from, to} by number; returns a place from 0 to 1 for each of `count` things.
export function settle(count, links) {
  const pulls = pullsOf(count, links);
  const places = Array.from({ length: count }, (_, at) => SPREAD.map((step) => (0.5 + at * step) % 1));
  for (let round = 0; round < ROUNDS; round += 1) {
    const furthest = FIRST_STEP * (1 - round / ROUNDS);
    movesOf(places, pulls).forEach(([x, y], at) => {
      const size = Math.max(Math.hypot(x, y), 1e-9);
      const share = Math.min(size, furthest) / size;
      places[at] = [places[at][0] + x * share, places[at][1] + y * share];
    });
  }
  return stretch(places);
}

function pullsOf(count, links) {
  const pulls = Array.from({ length: count }, () => new Float64Array(count).fill(WEAK));
  for (const { from, to } of links) {
    pulls[from][to] = STRONG;
    pulls[to][from] = STRONG;
  }
  return pulls;
}

function movesOf(places, pulls) {
  const wide = Math.sqrt(1 / places.length);
  return places.map(([ax, ay], at) => {
    const sum = [0, 0];
    places.forEach(([bx, by], other) => {
      if (other === at) return;
      const far = Math.max(Math.hypot(ax - bx, ay - by), 1e-6);
      const force = ((wide * wide) / far - ((far * far) / wide) * pulls[at][other]) / far;
      sum[0] += (ax - bx) * force;
      sum[1] += (ay - by) * force;
    });
    return sum;
  });
}

function stretch(places) {
  const ranges = [0, 1].map((axis) => {
    const values = places.map((place) => place[axis]);
    const least = Math.min(...values);
    return { least, wide: Math.max(Math.max(...values) - least, 1e-6) };
  });
  return places.map((place) => place.map((value, axis) => (value - ranges[axis].least) / ranges[axis].wide));
}
