// The grid of pairs, what can be read off it, and the experiments.
'use strict';
(() => {
  const element = (id) => document.getElementById(id);
  const grid = element('grid');
  const published = new Set(element('lab').dataset.unseen.split(' '));
  const settings = { symbols: 10, operation: 'add', seed: 1, trained: Theory.pairsOf(10, 'add').map(({ a, b }) => !published.has(`${a}+${b}`)) };
  let of;
  let cells = [];
  let current = 0;
  let pointed = 0;

  const { count, plural, equation } = TheoryWords;
  const percent = (share) => `${Number((share * 100).toFixed(1))}\u00a0%`;
  const stateOf = (s) => (of.trained[s] ? 'shown' : of.determined[s] ? 'implied' : 'unknown');
  const words = { shown: 'in the training set', implied: 'not in the training set, but determined by it', unknown: 'neither in the training set nor determined by it' };

  function read() {
    element('nullity').textContent = of.nullity;
    element('freedoms').textContent = of.nullity === 1 ? 'moving the whole' : of.nullity === 2 ? 'moving and stretching the whole' : `moving and stretching the whole, and ${of.nullity - 2} more`;
    element('permissible').textContent = `${count(of.permissible)} of ${count(of.all)}`;
    element('implied').textContent = `${count(of.implied)} of ${count(of.all)}`;
    element('accuracy').textContent = percent(of.idealAccuracy);
    element('known').textContent = `${count(of.known)} of ${plural(of.pairs.length, 'pair')}${of.idealValidationAccuracy === null ? '' : `; ${count(of.known - of.shown)} of ${count(of.pairs.length - of.shown)} unseen`}`;
    element('verdict').textContent = TheoryWords.verdict(of);
    element('bodies').replaceChildren(...TheoryWords.describe(of).map(({ kind, symbols, words: text }) => {
      const item = document.createElement('li');
      item.className = kind;
      for (const symbol of symbols) {
        const chip = document.createElement('b');
        chip.textContent = symbol;
        item.append(chip, ' ');
      }
      item.append(text);
      return item;
    }));
    element('share').value = of.shown;
    element('share').max = of.pairs.length;
    element('share-value').textContent = `${count(of.shown)} of ${plural(of.pairs.length, 'pair')}`;
    element('symbols-value').textContent = of.symbols;
    element('symbols').value = of.symbols;
    for (const choice of document.getElementsByName('operation')) choice.checked = choice.value === of.operation;
  }

  function update() {
    of = Theory.structure(settings.symbols, settings.operation, settings.trained);
    cells.forEach((cell, s) => {
      const state = stateOf(s);
      cell.dataset.state = state;
      cell.textContent = state === 'unknown' ? '?' : of.pairs[s].answer;
      cell.setAttribute('aria-pressed', of.trained[s]);
      cell.setAttribute('aria-label', `${equation(of, s)}, ${words[state]}`);
    });
    read();
    point(current);
    document.dispatchEvent(new CustomEvent('training-set', { detail: of }));
  }

  // After a change by hand the set is no longer that of an experiment.
  function edit() {
    for (const button of document.querySelectorAll('[data-experiment]')) button.setAttribute('aria-pressed', false);
    update();
  }

  // Tells of one pair and marks those with its answer.
  function point(s) {
    pointed = s;
    cells.forEach((cell, other) => cell.classList.toggle('kin', of.pairs[other].answer === of.pairs[s].answer));
    element('pair').textContent = TheoryWords.story(of, s).replaceAll(' + ', '\u00a0+\u00a0');
  }

  function move(s) {
    cells[current].tabIndex = -1;
    current = s;
    cells[current].tabIndex = 0;
  }

  function build() {
    const part = (role, text, column) => {
      const node = document.createElement('div');
      node.setAttribute('role', role);
      node.setAttribute('aria-colindex', column);
      node.style.gridColumn = column;
      node.textContent = text;
      return node;
    };
    const row = (index, children) => {
      const node = document.createElement('div');
      node.setAttribute('role', 'row');
      node.setAttribute('aria-rowindex', index);
      node.append(...children);
      return node;
    };
    const symbols = [...Array(settings.symbols).keys()];
    let s = 0;
    cells = [];
    grid.style.setProperty('--columns', settings.symbols + 1);
    grid.setAttribute('aria-colcount', settings.symbols + 1);
    grid.replaceChildren(row(1, symbols.map((b) => part('columnheader', b, b + 2))), ...symbols.map((a) => row(a + 2, [
      part('rowheader', a, a + 1),
      ...symbols.slice(a).map((b) => {
        const place = part('gridcell', '', b + 2);
        const cell = document.createElement('button');
        cell.type = 'button';
        cell.tabIndex = -1;
        cell.dataset.pair = s++;
        cells.push(cell);
        place.append(cell);
        return place;
      }),
    ])));
    element('field').classList.toggle('roomy', settings.symbols >= 8);

    // The first pair to tell of is one from which there is something to learn.
    current = 0;
    update();
    move(['implied', 'unknown', 'shown'].map((state) => cells.findIndex((cell, s) => cell.dataset.state === state && of.classes.get(of.pairs[s].answer).length > 1)).find((s) => s >= 0) ?? 0);
    point(current);
  }

  function choose(symbols, operation, chosen) {
    settings.symbols = symbols;
    settings.operation = operation;
    settings.trained = Theory.pairsOf(symbols, operation).map(chosen);
    build();
  }

  const indexOf = (event) => event.target.dataset?.pair === undefined ? -1 : Number(event.target.dataset.pair);
  const set = (s, value) => {
    settings.trained[s] = value;
    move(s);
    edit();
  };

  // A mouse that is pressed and moved gives all pairs on its way what it gave the first; the click at its end is then no click.
  let stroke = null;
  grid.addEventListener('pointerdown', (event) => {
    const s = indexOf(event);
    stroke = s >= 0 && event.pointerType === 'mouse' ? { from: s, value: !settings.trained[s], isDrawn: false } : null;
  });
  grid.addEventListener('pointermove', (event) => {
    const s = indexOf(event);
    if (s < 0 || s === pointed) return;
    if (stroke && (event.buttons & 1) === 1 && (stroke.isDrawn || s !== stroke.from)) {
      stroke.isDrawn = true;
      settings.trained[stroke.from] = stroke.value;
      set(s, stroke.value);
    }
    point(s);
  });
  grid.addEventListener('pointerleave', () => point(current));
  grid.addEventListener('click', (event) => {
    const s = indexOf(event);
    if (s >= 0 && !stroke?.isDrawn) set(s, !settings.trained[s]);
    stroke = null;
  });
  grid.addEventListener('focusin', (event) => {
    const s = indexOf(event);
    if (s < 0) return;
    move(s);
    point(s);
  });
  grid.addEventListener('keydown', (event) => {
    const { a, b } = of.pairs[current];
    const last = of.symbols - 1;
    const target = {
      ArrowLeft: [a, b - 1], ArrowRight: [a, b + 1], ArrowUp: [a - 1, b], ArrowDown: [a + 1, b],
      Home: event.ctrlKey ? [0, 0] : [a, a], End: event.ctrlKey ? [last, last] : [a, last],
    }[event.key];
    if (!target) return;
    event.preventDefault();
    const s = of.pairs.findIndex((pair) => pair.a === target[0] && pair.b === target[1]);
    if (s >= 0) cells[s].focus();
  });

  // Pairs come and go in one random order, so that a larger set contains the smaller ones and hand-made choices stay.
  element('share').addEventListener('input', (event) => {
    const order = Theory.shuffled(of.pairs.length, settings.seed);
    let missing = event.target.value - of.shown;
    for (const s of missing > 0 ? order : [...order].reverse()) {
      if (missing === 0) break;
      if (settings.trained[s] === missing > 0) continue;
      settings.trained[s] = missing > 0;
      missing -= Math.sign(missing);
    }
    edit();
  });
  element('shuffle').addEventListener('click', () => {
    settings.seed++;
    const chosen = new Set(Theory.shuffled(of.pairs.length, settings.seed).slice(0, of.shown));
    settings.trained = settings.trained.map((_, s) => chosen.has(s));
    edit();
  });
  const change = (id, value) => element(id).addEventListener('click', () => {
    settings.trained = settings.trained.map(value);
    edit();
  });
  change('all', () => true);
  change('none', () => false);
  change('swap', (is) => !is);
  element('symbols').addEventListener('input', (event) => {
    choose(Number(event.target.value), settings.operation, () => true);
    edit();
  });
  for (const choice of document.getElementsByName('operation')) {
    choice.addEventListener('change', () => {
      settings.operation = choice.value;
      edit();
    });
  }

  const experiments = {
    published: () => choose(10, 'add', ({ a, b }) => !published.has(`${a}+${b}`)),
    nine: () => choose(10, 'add', ({ b }) => b !== 9),
    odd: () => choose(10, 'add', ({ answer }) => answer % 2 === 1),
    line: () => choose(10, 'add', ({ answer }) => answer === 8 || answer === 9),
    fewest: () => choose(10, 'add', ({ a, b, answer }) => answer === 8 || answer === 9 || a === 0 || b === 9),
    clock: () => choose(10, 'modular_add', () => true),
  };
  for (const button of document.querySelectorAll('[data-experiment]')) {
    button.addEventListener('click', () => {
      experiments[button.dataset.experiment]();
      for (const other of document.querySelectorAll('[data-experiment]')) other.setAttribute('aria-pressed', other === button);
      element('told').textContent = button.dataset.told;
    });
  }
  build();
})();
