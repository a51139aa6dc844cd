// What a training set means, in words.
'use strict';
const TheoryWords = (() => {
  const count = (value) => (Math.abs(value) < 10000 ? String(value) : value.toLocaleString('en-GB'));
  const plural = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
  const sum = ({ a, b }) => `${a} + ${b}`;
  const equation = (of, s) => `${sum(of.pairs[s])} = ${of.pairs[s].answer}${of.operation === 'add' ? '' : ` modulo ${of.symbols}`}`;
  const places = (pair) => `E${subscript(pair.a)} + E${subscript(pair.b)}`;
  const subscript = (number) => String(number).replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[digit]);

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
    if (of.nullity === of.symbols) return [{ kind: 'free', symbols: everything, words: 'No equation yet: each number may stand anywhere.' }];
    if (of.nullity === 1) return [{ kind: 'held', symbols: everything, words: 'must all stand in one and the same place.' }];
    if (of.nullity === 2) {
      const places = Freedom.pattern(of);
      const words = places.every((place, k) => place === k)
        ? 'must lie in this order, at equal distances.'
        : `must keep one pattern: in this order they stand at ${list(places.map((place) => String(place).replace('-', '−')))}, or a shifted or stretched copy of it.`;
      return [{ kind: 'held', symbols: everything, words }];
    }
    const { held, groups } = Freedom.parts(of);
    const tied = held.length > 2
      ? (of.operation === 'add' ? 'lie on one ruler: place two of them, and the others follow.' : 'keep one pattern: place two of them that differ, and the others follow.')
      : 'hold these two still, to fix place and scale.';
    return [{ kind: 'held', symbols: held, words: tied }, ...groups.map((group) => ({ kind: 'free', symbols: group.symbols, words: movement(group) }))];
  }

  // What one pair contributes or gains.
  function story(of, s) {
    const { pairs, trained, classes, groupOf } = of;
    const kin = classes.get(pairs[s].answer).filter((other) => other !== s && trained[other]);
    const named = list(kin.map((other) => sum(pairs[other])));
    const equal = (members) => members.map((other) => places(pairs[other])).join(' = ');
    if (trained[s] && kin.length === 0) return `${equation(of, s)} is shown, but no other pair with this answer: there is nothing to compare it with, so it gives no equation.`;
    if (trained[s]) return `${equation(of, s)} is shown, and so ${kin.length === 1 ? 'is' : 'are'} ${named}: ${equal([s, ...kin])}.`;
    if (of.determined[s]) {
      const teacher = groupOf[s].find((other) => trained[other]);
      return `${equation(of, s)} was never shown, but the equations force ${equal([s, teacher])}, and ${sum(pairs[teacher])} was shown. So its answer can be known.`;
    }
    if (kin.length === 0) return `${equation(of, s)} was never shown, and neither was any pair with this answer: it cannot be known.`;
    return `${equation(of, s)} was never shown. ${named} ${kin.length === 1 ? 'was' : 'were'}, but nothing forces ${places(pairs[s])} to agree with ${places(pairs[kin[0]])}, so its answer cannot be known.`;
  }

  function verdict(of) {
    const { symbols, nullity, shown, known, pairs } = of;
    const unseen = pairs.length - shown;
    const learnt = known - shown;
    const rest = unseen === 0 ? 'Nothing is left to be guessed.'
      : known === pairs.length ? `All ${count(unseen)} unseen pairs follow from it.`
        : `Of the ${plural(unseen, 'unseen pair')}, ${learnt === 0 ? 'none follows' : learnt === 1 ? 'one follows' : `${count(learnt)} follow`}.`;
    if (nullity === 1) return `No line can satisfy these equations: only all numbers in one place do, where the network cannot tell them apart.`;
    if (symbols === 2) return `Two numbers always lie on a line. ${rest}`;
    if (nullity === 2) return `Exactly one arrangement is left: ${Freedom.pattern(of).every((place, k) => place === k) ? 'the number line' : 'one pattern, which is no number line'}. ${rest}`;
    if (nullity === symbols) return `No two shown pairs have the same answer, so nothing is fixed yet. ${rest}`;
    return `Not enough: besides moving and stretching the whole, ${nullity === 3 ? 'one freedom is' : `${nullity - 2} freedoms are`} left. ${rest}`;
  }

  return { count, plural, equation, describe, story, verdict };
})();
