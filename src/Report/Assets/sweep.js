// The page of a sweep: what the reader has chosen, and what follows from it for map, words and curves.
'use strict';
(() => {
  const data = site.data('sweep');
  const { parameters, rules, phases: kinds } = data;
  const { written, counted } = phases;
  const find = (id) => document.getElementById(id);
  const all = data.ids.map((_, i) => i);
  const kindOf = Object.fromEntries(kinds.map((kind) => [kind.name, kind]));
  const text = (element, content) => { if (element.textContent !== content) element.textContent = content; };
  const percent = (share) => `${+(100 * share).toFixed(1)}\u00a0%`;

  // Choices. A threshold that is null is the run's own; a parameter's value that is null is "all".
  const chosen = {
    x: 0, y: data.axes > 1 ? 1 : null, values: parameters.map(() => null), quantity: 'phase', isLogarithmic: true,
    train: null, validation: null, gap: null, budget: null,
  };

  // Curves are unpacked when they are first needed.
  const unpacked = new Map();
  const curves = (run) => {
    if (!data.curves[run]) return null;
    if (!unpacked.has(run)) {
      const [grid, count, last, train, validation] = data.curves[run];
      unpacked.set(run, { steps: [...data.grids[grid].slice(0, count), last], train: phases.fractions(train), validation: phases.fractions(validation) });
    }
    return unpacked.get(run);
  };

  const rule = (run) => {
    const own = rules[data.rule[run]];
    return { ...own, train: chosen.train ?? own.train, validation: chosen.validation ?? own.validation, gap: chosen.gap ?? own.gap, budget: chosen.budget ?? own.budget };
  };

  /** The first step at which a run reached the threshold of a split, within the budget. */
  const step = (run, split) => {
    const [own, now, exact, recorded] = [rules[data.rule[run]], rule(run), data[split][run], curves(run)];
    const found = now[split] === own[split] || !recorded ? exact : phases.moved(recorded.steps, recorded[split], now[split], own.inclusive, own[split], exact);
    return phases.within(found, now.budget);
  };

  /** Everything that thresholds decide, of all runs. */
  let outcomes = [];
  const decide = () => {
    outcomes = all.map((run) => {
      const [train, validation] = [step(run, 'train'), step(run, 'validation')];
      return { train, validation, phase: phases.classify(train, validation, rule(run)) };
    });
  };

  // --- Words

  const settings = (cell) => [chosen.x, chosen.y].filter((axis) => axis !== null)
    .map((axis) => `${parameters[axis].name} ${parameters[axis].labels[axis === chosen.x ? cell.column : cell.row]}`).join(', ');

  const others = () => parameters.map((_, i) => i).filter((i) => i !== chosen.x && i !== chosen.y);

  const fixed = () => others().map((i) => `${parameters[i].name} ${chosen.values[i] === null ? `all ${parameters[i].labels.length}` : parameters[i].labels[chosen.values[i]]}`).join(', ');

  const shares = (runs) => kinds.map((kind) => [kind, phases.count(runs.map((run) => outcomes[run].phase), kind.name) / runs.length]).filter(([, share]) => share > 0);

  const delay = ({ train, validation }) => {
    if (train === null || validation === null) return '';
    const ratio = phases.ratio(train, validation);
    return validation >= train ? `, ${counted(validation - train, 'step')} later (× ${+ratio.toPrecision(3)})` : `, ${counted(train - validation, 'step')} earlier`;
  };

  const course = (run) => {
    const outcome = outcomes[run];
    return `training accuracy ${outcome.train === null ? 'never' : `at step ${written(outcome.train)}`}, validation accuracy ${outcome.validation === null ? 'never' : `at step ${written(outcome.validation)}`}${delay(outcome)}`;
  };

  const mix = (runs) => shares(runs).map(([kind]) => `${phases.count(runs.map((run) => outcomes[run].phase), kind.name)} ${kind.name}`).join(', ');

  const words = ({ runs }) => {
    if (runs.length === 1) return `${outcomes[runs[0]].phase}: ${course(runs[0])}.`;
    return `${runs.length} runs: ${mix(runs)}. The first${data.names ? ` (${data.names[runs[0]]})` : ''}: ${course(runs[0])}.`;
  };

  const capital = (sentence) => sentence[0].toUpperCase() + sentence.slice(1);

  // --- The map

  const middle = (runs, of) => phases.median(runs.map(of).filter((value) => value !== null));
  const both = (run, of) => (outcomes[run].train === null || outcomes[run].validation === null ? null : of(outcomes[run].train, outcomes[run].validation));
  const quantities = {
    train: { scheme: 'viridis', kind: 'steps', absent: 'never', unit: 'steps', of: (runs) => phases.medianStep(runs.map((run) => outcomes[run].train)) },
    validation: { scheme: 'viridis', kind: 'steps', absent: 'never', unit: 'steps', of: (runs) => phases.medianStep(runs.map((run) => outcomes[run].validation)) },
    gap: { scheme: 'plasma', kind: 'signed', absent: 'not both', unit: 'steps between', of: (runs) => middle(runs, (run) => both(run, (train, validation) => validation - train)) },
    ratio: { scheme: 'plasma', kind: 'ratio', absent: 'not both', unit: '(v + 1)/(t + 1)', of: (runs) => middle(runs, (run) => both(run, phases.ratio)) },
    final: { scheme: 'cividis', kind: 'share', absent: 'none', unit: 'accuracy', of: (runs) => middle(runs, (run) => data.final[run]) },
  };

  const powers = Array.from({ length: 18 }, (_, i) => 10 ** (i - 6));

  /** A scale over values: where a value lies between 0 and 1, and its ticks. */
  const scaleOf = (kind, values) => {
    if (kind === 'share') return { at: (value) => value, ticks: [0, 0.25, 0.5, 0.75, 1], format: (value) => `${100 * value} %` };
    if (kind === 'signed') {
      // Linear near 0, logarithmic far from it.
      const bent = (value) => Math.sign(value) * Math.log1p(Math.abs(value) / 10);
      const high = Math.max(100, phases.nice(Math.max(1, ...values), true));
      const low = Math.min(0, ...values) < 0 ? -phases.nice(-Math.min(...values), true) : 0;
      const decades = powers.filter((power) => power >= 100);
      return { at: (value) => (bent(value) - bent(low)) / (bent(high) - bent(low)), ticks: [...decades.map((power) => -power), 0, ...decades].filter((tick) => tick >= low && tick <= high), format: written };
    }
    const known = values.length > 0 ? values : [1];
    const low = phases.nice(Math.min(...known), false);
    const high = Math.max(phases.nice(Math.max(...known), true), 2 * low);
    const digits = high / low > 20 ? [1] : [1, 2, 5];
    const ticks = powers.flatMap((power) => digits.map((digit) => digit * power)).filter((tick) => tick >= 0.999 * low && tick <= 1.001 * high);
    return { at: (value) => Math.log(value / low) / Math.log(high / low), ticks, format: written };
  };

  const colours = (scheme) => {
    const between = vega.scheme(scheme);
    return typeof between === 'function' ? between : vega.interpolateColors(between);
  };

  const map = sweepMap.create(find('map-place'), { show: (cell) => showCell(cell), open: (cell) => { if (hasPage(cell.runs[0])) window.location.href = address(cell.runs[0]); } });
  const hasPage = (run) => run < data.pages;
  const address = (run) => `runs/${data.ids[run]}.html`;

  const layOut = () => {
    const [x, y] = [parameters[chosen.x], chosen.y === null ? null : parameters[chosen.y]];
    const cells = new Map();
    for (const run of all) {
      if (others().some((i) => chosen.values[i] !== null && parameters[i].places[run] !== chosen.values[i])) continue;
      const [column, row] = [x.places[run], y ? y.places[run] : 0];
      const key = row * x.labels.length + column;
      if (!cells.has(key)) cells.set(key, { column, row, runs: [] });
      cells.get(key).runs.push(run);
    }
    const ordered = [...cells.values()].sort((a, b) => b.row - a.row || a.column - b.column);
    map.draw({ columns: x.labels, rows: y?.labels ?? null, across: x.title, up: y?.title, cells: ordered, name: `Map over ${x.name}${y ? ` and ${y.name}` : ''}` });
    paint();
    map.show(start(ordered));
  };

  /** The page opens on the longest delay, the most telling cell. */
  const start = (cells) => {
    const lengths = cells.map((cell) => both(cell.runs[0], (train, validation) => validation - train) ?? -1);
    return lengths.indexOf(Math.max(...lengths));
  };

  const paint = () => {
    const { cells } = map.layout;
    const found = cells.map((cell) => phases.mostFrequent(cell.runs.map((run) => outcomes[run].phase)));
    const labels = cells.map((cell) => `${settings(cell)}: ${words(cell)}`);
    const several = cells.some((cell) => cell.runs.length > 1);
    text(find('counts'), `${kinds.map((kind) => [phases.count(found, kind.name), kind.name]).filter(([count]) => count > 0)
      .map(([count, name], i) => (i === 0 ? `${counted(count, 'cell')} of ${name}` : `${count} of ${name}`)).join(', ')}${several ? ', each by the most frequent phase of its runs' : ''}.`);
    if (chosen.quantity === 'phase') {
      map.explain(kinds.map((kind) => ({ fill: kind.colour, letter: kind.letter, ink: kind.ink, text: `${kind.name} ${phases.count(found, kind.name)}` })));
      map.paint(cells.map((cell, i) => {
        const kind = kindOf[found[i]];
        const parts = shares(cell.runs);
        return { fill: kind.colour, letter: kind.letter, ink: kind.ink, label: labels[i], shares: parts.length > 1 ? parts.map(([part, share]) => [part.colour, share]) : [] };
      }));
      return;
    }
    const quantity = quantities[chosen.quantity];
    const shift = (value) => (value !== null && quantity.kind === 'steps' ? Math.max(value, 1) : value);
    const values = cells.map((cell) => shift(quantity.of(cell.runs)));
    // Steps to both accuracies have one scale, so that their maps can be compared.
    const ranged = quantity.kind === 'steps' ? cells.flatMap((cell) => [quantities.train, quantities.validation].map((other) => shift(other.of(cell.runs)))) : values;
    const [scale, colour] = [scaleOf(quantity.kind, ranged.filter((value) => value !== null)), colours(quantity.scheme)];
    const missing = values.filter((value) => value === null).length;
    map.explainScale({
      colours: Array.from({ length: 17 }, (_, i) => colour(i / 16)), ticks: scale.ticks.map((tick) => [scale.at(tick), scale.format(tick)]),
      unit: several && quantity.kind !== 'steps' ? `${quantity.unit}, median` : quantity.unit, absent: missing > 0 ? { fill: data.absent, text: `${quantity.absent} (${missing})` } : null,
    });
    map.paint(cells.map((cell, i) => ({
      fill: values[i] === null ? data.absent : colour(scale.at(values[i])), letter: values[i] === null ? '–' : '', ink: '#101418', shares: [],
      label: `${labels[i]} ${capital(find('colour').selectedOptions[0].text)}: ${values[i] === null ? quantity.absent : scale.format(values[i])}.`,
    })));
  };

  // --- The cell

  let drawn = null;
  const showCell = (cell) => {
    drawn = cell;
    text(find('cell-name'), settings(cell));
    text(find('cell-words'), capital(words(cell)));
    const shown = cell.runs.map((run) => ({ ...(curves(run) ?? { steps: [], train: null, validation: null }), trainStep: outcomes[run].train, validationStep: outcomes[run].validation, rule: rule(run) }));
    const end = Math.max(1, ...cell.runs.map((run) => data.ended[run]));
    cell.picture = sweepCurves.draw(find('curves-place'), { runs: shown, end, isLogarithmic: chosen.isLogarithmic, name: `Accuracies over steps. ${settings(cell)}: ${words(cell)}` });
    find('cell-links').replaceChildren(...cell.runs.flatMap((run) => {
      const link = document.createElement(hasPage(run) ? 'a' : 'span');
      if (hasPage(run)) link.href = address(run);
      link.textContent = cell.runs.length === 1 ? `${hasPage(run) ? 'Open the run' : 'Run'} ${data.ids[run]}` : data.names?.[run] ?? data.ids[run];
      link.title = `${outcomes[run].phase}: ${course(run)}`;
      return [link, ' '];
    }));
    if (cell.runs.length > 1) find('cell-links').prepend('Runs: ');
  };

  // --- Thresholds

  const longest = Math.max(...rules.map((own) => own.budget));
  const whole = (most) => ({ from: (place) => Math.round((most + 1) ** (place / 1000)) - 1, to: (value) => (1000 * Math.log(value + 1)) / Math.log(most + 1), show: (value) => value, read: Math.round, most });
  const shareControl = { from: (place) => place / 1000, to: (value) => 1000 * value, show: (value) => +(100 * value).toFixed(6), read: (number) => +(number / 100).toFixed(10), most: 100 };
  const controls = { train: shareControl, validation: shareControl, gap: whole(longest), budget: whole(longest) };

  const ownValue = (name) => Math.max(...rules.map((own) => own[name]));

  const setThreshold = (name, value) => {
    // Back on the value that all runs have is back on their own.
    chosen[name] = value !== null && rules.every((own) => own[name] === value) ? null : value;
    refresh();
  };

  const showThresholds = () => {
    for (const [name, control] of Object.entries(controls)) {
      const value = chosen[name] ?? ownValue(name);
      const [slider, number] = [find(`${name}-slider`), find(`${name}-number`)];
      if (document.activeElement !== slider) slider.value = control.to(value);
      if (document.activeElement !== number) number.value = control.show(value);
      slider.setAttribute('aria-valuetext', `${written(control.show(value))} ${control === shareControl ? 'per cent' : 'steps'}`);
    }
    find('reset').disabled = ['train', 'validation', 'gap', 'budget'].every((name) => chosen[name] === null);
    text(find('note'), note());
  };

  const note = () => {
    const splits = ['train', 'validation'].filter((split) => chosen[split] !== null);
    const varied = Object.keys(controls).filter((name) => chosen[name] === null && new Set(rules.map((own) => own[name])).size > 1);
    const mixed = varied.length > 0 ? `Runs differ in their own thresholds (${varied.join(', ')}); the largest is shown until it is moved. ` : '';
    if (splits.length === 0) return `${mixed}Steps are exact, as recorded in training.`;
    const cut = all.filter((run) => splits.some((split) => chosen[split] > rules[data.rule[run]][split] && outcomes[run][split] === null && data[split][run] !== null && data.ended[run] < rules[data.rule[run]].budget)).length;
    const recorded = phases.median(all.filter((run) => data.curves[run]).map((run) => data.curves[run][1] + 1));
    const without = all.filter((run) => !data.curves[run]).length;
    return `${mixed}Off the runs' own accuracy thresholds, steps are known to the resolution of the recorded curves: the first recorded step at which the threshold is passed.${
      recorded !== null && recorded <= 10 ? ` That is coarse here: runs recorded ${counted(recorded, 'step')} each, so that a step may come out too late.` : ''}${
      cut > 0 ? ` ${counted(cut, 'run')} ended once ${cut === 1 ? 'its' : 'their'} own thresholds were reached, before a higher one was; that counts as never here.` : ''}${
      without > 0 ? ` ${counted(without, 'run')} without curves on this page keep${without === 1 ? 's' : ''} the steps of ${without === 1 ? 'its' : 'their'} own thresholds.` : ''}`;
  };

  for (const [name, control] of Object.entries(controls)) {
    const number = find(`${name}-number`);
    number.max = control.most;
    find(`${name}-slider`).addEventListener('input', (event) => setThreshold(name, control.from(+event.target.value)));
    number.addEventListener('input', () => {
      if (number.value !== '' && number.validity.valid) setThreshold(name, control.read(+number.value));
    });
    number.addEventListener('change', showThresholds);
  }
  find('reset').addEventListener('click', () => {
    for (const name of Object.keys(controls)) chosen[name] = null;
    refresh();
  });

  const refresh = () => {
    decide();
    paint();
    showCell(drawn);
    showThresholds();
  };

  // --- Axes and what is not on them

  const axisSelects = () => {
    const option = (value, name) => new Option(name, value);
    find('across').replaceChildren(...parameters.map((parameter, i) => option(i, parameter.name)));
    find('up').replaceChildren(...parameters.map((parameter, i) => option(i, parameter.name)).filter((_, i) => i !== chosen.x), option('', 'nothing'));
    find('across').value = chosen.x;
    find('up').value = chosen.y ?? '';
    find('others').replaceChildren(...others().map(slider));
  };

  /** Chooses one value of a parameter that is no axis, or all. */
  const slider = (i) => {
    const { name, labels } = parameters[i];
    const [label, input, output] = ['label', 'input', 'output'].map((tag) => document.createElement(tag));
    input.type = 'range';
    [input.min, input.max, input.step, input.value] = [0, labels.length, 1, chosen.values[i] === null ? 0 : chosen.values[i] + 1];
    input.dataset.parameter = name;
    const tell = () => {
      output.value = chosen.values[i] === null ? `all ${labels.length}` : labels[chosen.values[i]];
      input.setAttribute('aria-valuetext', output.value);
    };
    input.addEventListener('input', () => {
      chosen.values[i] = +input.value === 0 ? null : +input.value - 1;
      tell();
      layOut();
    });
    tell();
    label.append(`${name} `, input, ' ', output);
    return label;
  };

  find('across').addEventListener('change', (event) => {
    const next = +event.target.value;
    if (next === chosen.y) chosen.y = chosen.x;
    chosen.x = next;
    axisSelects();
    layOut();
  });
  find('up').addEventListener('change', (event) => {
    chosen.y = event.target.value === '' ? null : +event.target.value;
    axisSelects();
    layOut();
  });
  find('colour').addEventListener('change', (event) => {
    chosen.quantity = event.target.value;
    paint();
  });
  find('scale').addEventListener('change', (event) => {
    chosen.isLogarithmic = event.target.value === 'log';
    showCell(drawn);
  });

  // --- Pictures

  const thresholdWords = () => {
    const sign = rules[0].inclusive ? '≥' : '>';
    const value = (name, format) => (chosen[name] === null && new Set(rules.map((own) => own[name])).size > 1 ? "each run's own" : format(chosen[name] ?? ownValue(name)));
    return `Thresholds: training accuracy ${sign} ${value('train', percent)}, validation accuracy ${sign} ${value('validation', percent)}, grokking from a gap of ${value('gap', written)} steps on, budget ${value('budget', written)} steps${chosen.train === null && chosen.validation === null ? '' : '; steps to the resolution of the recorded curves'}.`;
  };

  const captions = {
    map: () => `${capital(find('colour').selectedOptions[0].text)} over ${parameters[chosen.x].name}${chosen.y === null ? '' : ` and ${parameters[chosen.y].name}`}${others().length > 0 ? ` (${fixed()})` : ''}. ${find('counts').textContent} ${thresholdWords()} As trained: ${data.provenance}`,
    curves: () => `Training and validation accuracy over steps, ${settings(drawn)}${others().length > 0 ? ` (${fixed()})` : ''}. ${capital(words(drawn))} ${thresholdWords()} As trained: ${data.provenance}`,
  };
  const pictures = { map: () => map.svg, curves: () => drawn.picture };
  for (const name of Object.keys(pictures)) {
    for (const format of ['svg', 'png']) find(`${name}-${format}`).addEventListener('click', () => exporting[format](pictures[name](), captions[name](), `sweep-${name}`));
  }

  let width = 0;
  new ResizeObserver(() => {
    const next = find('map-place').clientWidth;
    if (next === width) return;
    width = next;
    const at = map.active;
    layOut();
    map.show(at);
  }).observe(find('map-place'));

  decide();
  axisSelects();
  width = find('map-place').clientWidth;
  layOut();
  showThresholds();
  document.documentElement.dataset.drawn = site.scheme();
})();
