// Groups of those who work together most: pairs of groups are joined as long as modularity grows.
// Clauset, Newman and Moore (2004), doi:10.1103/PhysRevE.70.066111; ties go to the first.

// [[id]] from the largest group; `edges` are [{from, to, weight}].
export function clustersOf(ids, edges) {
  const total = edges.reduce((sum, edge) => sum + edge.weight, 0);
  let groups = ids.map((id) => [id]);
  for (let best = bestJoin(groups, edges, total); best; best = bestJoin(groups, edges, total)) {
    const [a, b] = best;
    groups = groups.map((group, at) => (at === a ? [...group, ...groups[b]] : group)).filter((_, at) => at !== b);
  }
  return groups.sort((a, b) => b.length - a.length || a[0] - b[0]);
}

// The two groups whose joining adds most, or null where none adds.
function bestJoin(groups, edges, total) {
  const home = new Map(groups.flatMap((group, at) => group.map((id) => [id, at])));
  const between = new Map();
  const strength = groups.map(() => 0);
  for (const { from, to, weight } of edges) {
    const [a, b] = [home.get(from), home.get(to)].sort((left, right) => left - right);
    strength[a] += weight;
    strength[b] += weight;
    if (a !== b) between.set(`${a} ${b}`, (between.get(`${a} ${b}`) ?? 0) + weight);
  }
  const gains = [...between].map(([key, weight]) => {
    const [a, b] = key.split(" ").map(Number);
    return { a, b, gain: weight / total - (strength[a] * strength[b]) / (2 * total * total) };
  });
  const best = gains.filter(({ gain }) => gain > 1e-12).sort((x, y) => y.gain - x.gain || x.a - y.a || x.b - y.b)[0];
  return best ? [best.a, best.b] : null;
}
