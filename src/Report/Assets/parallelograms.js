// What the embedding of an addition shows at one step, under the name `parallelograms`: pure functions of numbers.
'use strict';
const parallelograms = (() => {
  /** The unordered pairs of p symbols, those with the same answer together: a list of lists of [i, j] with i <= j. */
  const classes = (p, modular) => {
    const found = Array.from({ length: modular ? p : 2 * p - 1 }, () => []);
    for (let i = 0; i < p; i++) for (let j = i; j < p; j++) found[modular ? (i + j) % p : i + j].push([i, j]);
    return found;
  };

  /**
   * The parallelograms that an embedding forms: couples of pairs with the same answer whose sums lie together.
   * @param values normalised coordinates, symbol by symbol
   * @param dimension coordinates per symbol
   * @param groups what `classes` gives
   * @param limit largest squared distance of two sums
   * @returns list of [i, j, m, n] with E_i + E_j = E_m + E_n
   */
  const present = (values, dimension, groups, limit) => {
    const found = [];
    for (const group of groups) {
      for (let s = 0; s < group.length; s++) {
        for (let t = s + 1; t < group.length; t++) {
          const [[i, j], [m, n]] = [group[s], group[t]];
          let square = 0;
          for (let d = 0; d < dimension; d++) {
            const difference = values[i * dimension + d] + values[j * dimension + d] - values[m * dimension + d] - values[n * dimension + d];
            square += difference * difference;
          }
          if (square <= limit) found.push([i, j, m, n]);
        }
      }
    }
    return found;
  };

  /** How many couples of pairs there are. */
  const count = (groups) => groups.reduce((sum, group) => sum + group.length * (group.length - 1) / 2, 0);

  /** The frequency k of 1..p/2 that carries most of the variance of coordinates in a plane, and its share; k is 0 without variance. */
  const strongest = (values, p) => {
    const mean = [0, 0];
    for (let k = 0; k < 2 * p; k++) mean[k % 2] += values[k] / p;
    let all = 0;
    for (let k = 0; k < 2 * p; k++) all += (values[k] - mean[k % 2]) ** 2;
    let best = { frequency: 0, share: 0 };
    for (let frequency = 1; frequency <= p / 2; frequency++) {
      let square = 0;
      for (let d = 0; d < 2; d++) {
        let [cosine, sine] = [0, 0];
        for (let symbol = 0; symbol < p; symbol++) {
          const angle = 2 * Math.PI * ((frequency * symbol) % p) / p;
          cosine += Math.cos(angle) * (values[2 * symbol + d] - mean[d]);
          sine += Math.sin(angle) * (values[2 * symbol + d] - mean[d]);
        }
        square += 2 * frequency === p ? cosine * cosine / p : (cosine * cosine + sine * sine) * 2 / p;
      }
      if (all > 0 && square / all > best.share) best = { frequency, share: square / all };
    }
    return best;
  };

  /** All symbols in their order round the circle of a frequency, the first of them again at the end; empty where symbols coincide. */
  const round = (frequency, p) => {
    for (let stride = 1; stride < p; stride++) if ((frequency * stride) % p === 1 % p) return Array.from({ length: p + 1 }, (_, i) => (i * stride) % p);
    return [];
  };

  return { classes, present, count, strongest, round };
})();
