// What a training set leaves free, as rigid bodies and as words.
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

  const list = (items) => (items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`);

  const distance = (amount) => `${Math.abs(amount)}${amount < 0 ? ' the other way' : ''}`;

  function movement({ symbols, modes: [mode, ...more] }) {
    if (symbols.length === 1) return 'may stand anywhere.';
    if (more.length > 0) return `can be arranged in ${more.length + 1} independent ways.`;
    const [first, ...others] = symbols;
    if (others.every((k) => mode[k] === mode[first])) return 'may slide together, by the same distance.';
    return `move together: when ${first} moves by ${mode[first]}, ${list(others.map((k) => `${k} moves by ${distance(mode[k])}`))}.`;
  }

  // Rows of symbols with what can be said of each.
  function describe(of) {
    const everything = [...Array(of.symbols).keys()];
    if (of.nullity === of.symbols) return [{ kind: 'free', symbols: everything, words: 'No equation yet: each symbol may stand anywhere.' }];
    if (of.nullity === 1) return [{ kind: 'held', symbols: everything, words: 'must all stand in one and the same place.' }];
    if (of.nullity === 2) {
      const places = pattern(of);
      const words = places.every((place, k) => place === k)
        ? 'must lie in this order, at equal distances.'
        : `must keep one pattern: in this order they stand at ${list(places.map((place) => String(place).replace('-', '−')))}, or a shifted or stretched copy of it.`;
      return [{ kind: 'held', symbols: everything, words }];
    }
    const { held, groups } = parts(of);
    const tied = held.length > 2
      ? (of.operation === 'add' ? 'lie on one ruler: place two of them, and the others follow.' : 'keep one pattern: place two of them that differ, and the others follow.')
      : 'can be held in place: only order and scale hang on them.';
    return [{ kind: 'held', symbols: held, words: tied }, ...groups.map((group) => ({ kind: 'free', symbols: group.symbols, words: movement(group) }))];
  }

  return { parts, pattern, describe, list };
})();
