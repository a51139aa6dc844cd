// What a training set leaves free, as bodies that keep their shape.
'use strict';
const Freedom = (() => {
  const dot = (a, b) => a.reduce((sum, entry, k) => sum + (entry * b[k]), 0n);

  // Solutions of the training set's equations that vanish at some symbols: a basis of integers in echelon form.
  function vanishingAt({ symbols, images, nullity }, held) {
    const solutions = Theory.nullSpace(held.map((k) => images[k]), nullity).map((weights) => images.map((image) => dot(image, weights)));
    return Theory.echelon(solutions, symbols).map(({ row }) => row.map(Number));
  }

  // The largest set of symbols whose places follow from those of two of them.
  function body({ symbols, images }) {
    const everything = [...Array(symbols).keys()];
    const step = (from, to) => images[to].map((entry, k) => entry - images[from][k]);
    let best = [];
    for (let a = 0; a < symbols; a++) {
      for (let b = a + 1; b < symbols; b++) {
        const along = step(a, b);
        const first = along.findIndex((entry) => entry !== 0n);
        if (first < 0 || (best.includes(a) && best.includes(b))) continue;
        const members = everything.filter((k) => {
          const other = step(a, k);
          return along.every((entry, c) => along[first] * other[c] === entry * other[first]);
        });
        if (members.length > best.length) best = members;
      }
    }
    return best;
  }

  // Where the symbols stand in the one arrangement that is left when the nullity is 2, up to place and scale: 0, 1, 2, .. for the number line.
  function pattern(of) {
    const [places] = vanishingAt(of, [0]);
    return places;
  }

  // The largest body and, with it held still, the groups of symbols that can still move, each with the ways in which it can.
  function parts(of) {
    const held = body(of);
    const groups = [];
    for (const mode of vanishingAt(of, held)) {
      const moving = mode.flatMap((amount, k) => (amount === 0 ? [] : [k]));
      const touched = groups.filter((group) => group.symbols.some((k) => moving.includes(k)));
      for (const group of touched) groups.splice(groups.indexOf(group), 1);
      groups.push({
        symbols: [...new Set([...touched.flatMap((group) => group.symbols), ...moving])].sort((a, b) => a - b),
        modes: [...touched.flatMap((group) => group.modes), mode],
      });
    }
    return { held, groups };
  }

  return { parts, pattern };
})();
