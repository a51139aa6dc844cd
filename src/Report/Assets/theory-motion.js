// How the predicted embedding moves: curves against steps, and the number line at one of them.
'use strict';
(() => {
  const element = (id) => document.getElementById(id);
  const rates = [1, 2, 5].flatMap((digit) => [-5, -4, -3, -2].map((power) => Number(`${digit}e${power}`))).sort((a, b) => a - b);
  const viridis = ['440154', '472d7b', '3b528b', '2c728e', '21918c', '28ae80', '5ec962', 'addc30', 'fde725'].map((colour) => [0, 2, 4].map((at) => parseInt(colour.slice(at, at + 2), 16)));
  const samples = 160;
  const radius = 10.5;
  const settings = { seed: 1 };
  let of;
  let course;
  let playing = 0;

  const choice = (name) => document.querySelector(`input[name=${name}]:checked`).value;
  const rounded = site.count;
  const significant = (value) => (value === 0 ? '0' : String(Number(value.toPrecision(5))));
  const decimal = (value) => value.toFixed(1).replace('-', '−');

  function make(name, attributes, ...children) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  // The part of the colours that is visible on the page's ground, and ink that is read on it.
  function colours(symbol) {
    const [from, to] = site.scheme() === 'dark' ? [0.3, 1] : [0, 0.88];
    const at = (from + ((to - from) * symbol / Math.max(1, of.symbols - 1))) * (viridis.length - 1);
    const first = Math.min(Math.floor(at), viridis.length - 2);
    const channels = viridis[first].map((value, k) => Math.round(value + ((viridis[first + 1][k] - value) * (at - first))));
    const isBright = (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]) > 115;
    return { disc: `rgb(${channels})`, ink: isBright ? '#101418' : '#ffffff' };
  }

  const disc = (symbol, x, y) => make('g', { transform: `translate(${x} ${y})`, class: 'disc' },
    make('circle', { r: radius, fill: colours(symbol).disc }),
    make('text', { dy: '.35em', fill: colours(symbol).ink }, String(symbol)));

  // Round distances between about `most` ticks up to a limit.
  function ticks(limit, most) {
    const rough = limit / most;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = power * [1, 2, 5, 10].find((factor) => factor * power >= rough);
    return Array.from({ length: Math.floor(limit / step) + 1 }, (_, k) => k * step);
  }

  function predict() {
    const learningRate = rates[element('rate').value];
    for (const convention of ['paper', 'reference']) {
      const theory = Theory.effective(of, convention);
      const steps = of.nullity === 2 ? theory.stepsPerRelaxation(learningRate) : null;
      element(`lambda-${convention}`).textContent = significant(theory.lambda3);
      element(`steps-${convention}`).textContent = steps === null ? 'never' : rounded(steps);
      element(`expected-${convention}`).textContent = steps === null ? 'never' : rounded(3 * steps);
    }
    const theory = Theory.effective(of, choice('convention'));
    const slowest = theory.rates.find((value) => value > 0);
    const relaxation = of.nullity === 2 ? theory.stepsPerRelaxation(learningRate) : null;
    const horizon = slowest === undefined ? 1000 : 5 / slowest / learningRate;
    const at = Theory.trajectory(theory, Theory.normalise(Theory.start(of.symbols, settings.seed), choice('convention')));
    const along = (step) => at(step * learningRate, choice('flow'));

    // Most happens early, so samples are denser there.
    const steps = Array.from({ length: samples + 1 }, (_, k) => horizon * (k / samples) ** 2);
    const values = steps.map(along);
    const extent = 1.08 * Math.max(...values.flat().map(Math.abs));
    course = { steps, values, horizon, relaxation, along, extent, last: relaxation === null ? null : along(40 * relaxation) };
    element('rate-value').textContent = String(learningRate);
    element('rate').setAttribute('aria-valuetext', String(learningRate));
    element('motion-note').textContent = slowest === undefined ? 'There is no equation, so nothing moves.'
      : of.nullity === 1 ? 'There is no line to reach. The equations pull all numbers to one place; where the spread is kept, they cannot follow to the end.'
        : relaxation === null ? 'Numbers that are tied find their order, but what is left free stays as the start happened to have it: the line is never complete, and no number of steps is enough.'
          : `After nₕ steps the slowest deviation has shrunk to 37\u00a0%, after 3\u00a0nₕ, at the dashed line, to 5\u00a0%.`;
    draw();
  }

  function draw() {
    const place = element('curves');
    const width = place.clientWidth;
    const height = width < 500 ? 340 : 430;
    const box = { left: 44, right: width - 30, top: 18, bottom: height - 44 };
    const x = (step) => box.left + ((box.right - box.left) * step / course.horizon);
    const y = (value) => ((box.top + box.bottom) / 2) - ((box.bottom - box.top) / 2 * value / course.extent);
    const svg = make('svg', { class: 'prediction', width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `Curves of the ${of.symbols} embeddings over ${rounded(course.horizon)} steps. ${element('motion-note').textContent}` });
    const heights = ticks(course.extent, 2);
    for (const value of [...heights.slice(1).map((tick) => -tick), ...heights]) {
      svg.append(make('line', { class: 'rule', x1: box.left, x2: box.right, y1: y(value), y2: y(value) }), make('text', { class: 'tick end', x: box.left - 8, y: y(value), dy: '.35em' }, decimal(value)));
    }
    for (const step of ticks(course.horizon, width < 500 ? 3 : 5)) svg.append(make('text', { class: 'tick', x: x(step), y: box.bottom + 18 }, rounded(step)));
    svg.append(make('text', { class: 'title', x: (box.left + box.right) / 2, y: height - 6 }, 'training steps'), make('text', { class: 'title start', x: 0, y: 11 }, 'normalised embedding'));
    if (course.relaxation !== null) {
      const mark = x(3 * course.relaxation);
      svg.append(make('line', { class: 'mark', x1: mark, x2: mark, y1: box.top, y2: box.bottom }), make('text', { class: 'title', x: mark, y: 11 }, '3 nₕ'));
    }
    for (let k = 0; k < of.symbols; k++) {
      svg.append(make('path', { class: 'curve', stroke: colours(k).disc, d: course.steps.map((step, s) => `${s === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(course.values[s][k]).toFixed(1)}`).join('') }));
    }

    // Discs at the ends, pushed apart where they would cover each other.
    const ends = course.values[samples].map((value, k) => ({ k, at: y(value) })).sort((a, b) => a.at - b.at);
    ends.forEach((end, k) => { end.at = Math.max(end.at, (ends[k - 1]?.at ?? -Infinity) + (1.9 * radius)); });
    let lowest = height - radius - 1;
    for (const end of [...ends].reverse()) {
      end.at = Math.min(end.at, lowest);
      lowest = end.at - (1.9 * radius);
    }
    for (const { k, at } of ends) svg.append(disc(k, box.right + radius + 4, at));
    svg.append(make('line', { id: 'cursor', y1: box.top, y2: box.bottom }));
    place.replaceChildren(svg);
    course.levels = Math.max(...course.values.flatMap((values) => stack(values, element('number-line').clientWidth).map(({ level }) => level)));
    course.x = x;
    course.stepAt = (position) => course.horizon * (position - box.left) / (box.right - box.left);
    show();
  }

  const placeOn = (width, value) => (width / 2) + (((width / 2) - radius - 2) * value / course.extent);

  // From left to right; discs that would cover each other are stacked.
  function stack(values, width) {
    const top = [];
    const order = values.map((value, k) => ({ k, at: placeOn(width, value), level: 0 })).sort((a, b) => a.at - b.at);
    for (const item of order) {
      while (top[item.level] !== undefined && item.at - top[item.level] < 2 * radius) item.level++;
      top[item.level] = item.at;
    }
    return order;
  }

  // The number line at the chosen step.
  function show() {
    const slider = element('time');
    const step = course.horizon * slider.value / slider.max;
    const values = course.along(step);
    for (const end of ['x1', 'x2']) element('cursor').setAttribute(end, course.x(step));
    const place = element('number-line');
    const width = place.clientWidth;
    const order = stack(values, width);
    const base = radius + 2 + (course.levels * 2 * radius);
    const x = (value) => placeOn(width, value);
    const svg = make('svg', { class: 'prediction', width, height: base + 28, viewBox: `0 0 ${width} ${base + 28}`, role: 'img', 'aria-label': `The number line at step ${rounded(step)}, from left to right: ${order.map(({ k }) => k).join(', ')}` }, make('line', { class: 'axis', x1: 0, x2: width, y1: base + radius + 2, y2: base + radius + 2 }));
    for (const value of course.last ?? []) svg.append(make('line', { class: 'goal', x1: x(value), x2: x(value), y1: base + radius + 2, y2: base + radius + 14 }));
    for (const { k, at, level } of order) svg.append(disc(k, at.toFixed(2), base - (level * 2 * radius)));
    place.replaceChildren(svg);
    const left = 100 * Math.exp(-step / course.relaxation);
    element('moment').textContent = course.relaxation === null ? `Step ${rounded(step)}.`
      : `Step ${rounded(step)}, that is ${(step / course.relaxation).toFixed(1)} nₕ: ${left < 10 ? left.toFixed(1) : left.toFixed(0)}\u00a0% of the slowest deviation from the line is left. The ticks below it mark where the numbers end.`;
    slider.setAttribute('aria-valuetext', element('moment').textContent);
  }

  function stop() {
    cancelAnimationFrame(playing);
    playing = 0;
    element('play').textContent = 'Play';
  }

  // From the start to the end in six seconds; at once for readers who want no motion.
  function play() {
    if (playing) return stop();
    const slider = element('time');
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) {
      slider.value = slider.max;
      return show();
    }
    const first = Number(slider.value) >= slider.max ? 0 : Number(slider.value);
    const begin = performance.now();
    const frame = (now) => {
      slider.value = first + ((now - begin) / 6000 * slider.max);
      show();
      if (Number(slider.value) >= slider.max) return stop();
      playing = requestAnimationFrame(frame);
    };
    element('play').textContent = 'Pause';
    playing = requestAnimationFrame(frame);
  }

  // What a picture needs to be made again: the training set by its members or, where these are fewer, by those that are left out.
  function caption() {
    const list = (shown) => of.pairs.filter((_, s) => of.trained[s] === shown).map(({ a, b }) => `${a}+${b}`);
    const [given, unseen] = [list(true), list(false)];
    const set = given.length <= unseen.length ? `the pairs ${given.join(', ') || '(none)'}` : unseen.length === 0 ? 'all pairs' : `all pairs but ${unseen.join(', ')}`;
    return `Predicted embeddings of ${of.symbols} numbers under ${of.operation === 'add' ? 'addition' : `addition modulo ${of.symbols}`}, trained on ${set}; nullity ${of.nullity}. ${element('motion-note').textContent} ${choice('convention') === 'paper' ? "The paper's" : "The authors' code's"} definitions, equation ${choice('flow') === 'full' ? '4' : '9'}, learning rate ${element('rate-value').textContent}, start ${settings.seed}. Made by: ./goldilocks report, theory.html.`;
  }

  for (const button of document.querySelectorAll('[data-save]')) {
    const [what, format] = button.dataset.save.split(' ');
    button.addEventListener('click', () => exporting[format](element(what).querySelector('svg'), caption(), `theory-${what}`));
  }

  element('play').addEventListener('click', play);
  element('time').addEventListener('input', () => {
    stop();
    show();
  });
  element('rate').addEventListener('input', predict);
  for (const input of document.querySelectorAll('input[name=convention], input[name=flow]')) input.addEventListener('change', predict);
  element('start').addEventListener('click', () => {
    settings.seed++;
    predict();
  });
  const drag = (event) => {
    stop();
    element('time').value = element('time').max * course.stepAt(event.clientX - element('curves').getBoundingClientRect().left) / course.horizon;
    show();
  };
  element('curves').addEventListener('pointerdown', (event) => {
    element('curves').setPointerCapture(event.pointerId);
    drag(event);
  });
  element('curves').addEventListener('pointermove', (event) => {
    if (element('curves').hasPointerCapture(event.pointerId)) drag(event);
  });

  element('rate').max = rates.length - 1;
  element('rate').value = rates.indexOf(1e-3);
  document.addEventListener('training-set', ({ detail }) => {
    of = detail;
    predict();
    document.documentElement.dataset.drawn = site.scheme();
  });
  let width = 0;
  new ResizeObserver(() => {
    if (!course || element('curves').clientWidth === width) return;
    width = element('curves').clientWidth;
    draw();
  }).observe(element('curves'));
  site.onScheme(() => {
    if (!course) return;
    draw();
    document.documentElement.dataset.drawn = site.scheme();
  });
})();
