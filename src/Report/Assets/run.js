// The page of one run: one step, chosen by the reader, and everything shown at that step.
'use strict';
const runPage = (() => {
  const element = (id) => document.getElementById(id);
  const count = (value) => Math.round(value).toLocaleString('en-GB').replace(/^(\d),(\d{3})$/, '$1$2');

  /** The last index whose step is not after `step`; 0 where all are. */
  const at = (steps, step) => {
    let [low, high] = [0, steps.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (steps[middle] <= step) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const decode = (data) => ({
    ...data,
    charts: data.charts.map((chart) => ({ ...chart, series: chart.series.map((series) => ({ ...series, steps: site.numbers(series.steps), values: site.numbers(series.values) })) })),
    views: data.views.map((view) => ({ ...view, steps: site.numbers(view.steps), values: site.numbers(view.values) })),
  });

  let run = decode(site.data('run'));
  let steps = [];
  let step = 0;
  let logarithmic = run.logarithmic;
  let range = [0, 1];
  let curves = null;
  let embedding = null;
  let playing = null;
  let news = 0; // how often the run has gone on, and up to which time the curves show it
  let drawn = 0;

  const gather = () => {
    steps = [...new Set([...run.charts.flatMap((chart) => chart.series.flatMap((series) => [...series.steps])), ...run.views.flatMap((view) => [...view.steps])])].sort((a, b) => a - b);
    if (steps.length === 0) steps = [0];
  };
  const least = () => (logarithmic ? 1 : 0);
  const whole = () => [least(), Math.max(run.last, least() + 1)];
  const place = (value) => (logarithmic ? Math.log(Math.max(value, 1)) : value);
  const unplace = (value) => (logarithmic ? Math.exp(value) : value);

  // Curves ----------------------------------------------------------------------------------------------------------------------------------------------------

  const rows = (chart) => chart.series.flatMap((series) => {
    const found = [];
    for (let i = 0; i < series.steps.length; i++) {
      const value = series.values[i];
      if (series.steps[i] >= least() && Number.isFinite(value) && (chart.scale !== 'log' || value > 0)) found.push({ step: series.steps[i], name: series.name, value });
    }
    return found;
  });

  const told = (chart, value) => (chart.scale === 'percent' ? `${+value.toFixed(1)} %` : chart.scale === 'log' ? value.toPrecision(3) : +value.toFixed(3));

  const cursor = () => run.charts.flatMap((chart) => chart.series.flatMap((series) => {
    const i = at(series.steps, step);
    const value = series.values[i];
    if (series.steps.length === 0 || !Number.isFinite(value) || (chart.scale === 'log' && value <= 0)) return [];
    return [{ chart: chart.id, step: Math.max(step, least()), name: series.name, value, told: `${series.name} ${told(chart, value)}` }];
  }));

  /** The ends of a chart's vertical axis; its specification names them, so that they can move. */
  const ends = (chart) => {
    if (chart.scale === 'percent') return [0, 100];
    if (chart.scale === 'unit') return [0, 1];
    const values = rows(chart).map((row) => row.value);
    const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0.1, 1];
    if (chart.scale === 'log') return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.0001))];
    const room = 0.08 * (high - low) || 1;
    return [low - room, high + room];
  };

  const kind = (name) => (name === 'train' || name === 'validation' ? name : 'rqi');

  const events = () => run.milestones.filter((event) => event.step >= least());
  const isSparse = (chart) => chart.series.some((series) => series.steps.length < 20);

  /** Everything about the curves that their specification depends on, beside their values. */
  const shape = () => JSON.stringify(run.charts.map((chart) => [chart.id, chart.series.map((series) => series.name), isSparse(chart)]));

  const layers = (chart, isLast, theme) => {
    const x = (field = 'step') => ({
      field, type: 'quantitative', title: isLast ? `Training step (optimiser updates${logarithmic ? ', logarithmic' : ''})` : null,
      scale: { type: logarithmic ? 'log' : 'linear', domain: [{ expr: 'low' }, { expr: 'high' }], nice: false, ...(logarithmic ? {} : { zero: false }) },
      axis: { tickCount: 6, labelOverlap: 'greedy', labels: isLast, labelExpr: `${logarithmic ? "high / low > 30 && indexof([1, 2, 5], round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-9)))) < 0 ? '' : " : ''}format(datum.value, datum.value < 10000 ? '~d' : ',d')` },
    });
    const y = {
      field: 'value', type: 'quantitative', title: chart.title,
      scale: { type: chart.scale === 'log' ? 'log' : 'linear', domain: [{ expr: `${chart.id}_low` }, { expr: `${chart.id}_high` }], nice: false, ...(chart.scale === 'log' ? {} : { zero: false }) },
      axis: { tickCount: 4, titleLimit: 150, ...(chart.scale === 'log' ? { labelExpr: "datum.value < 0.001 || datum.value >= 10000 ? format(datum.value, '.0e') : format(datum.value, '~g')" } : {}) },
    };
    const colour = { field: 'name', type: 'nominal', legend: null, scale: { domain: chart.series.map((series) => series.name), range: chart.series.map((series) => theme.style[kind(series.name)].color) } };
    const mine = [{ filter: `datum.chart === '${chart.id}'` }];
    return {
      height: 126,
      data: { name: `curve-${chart.id}`, values: rows(chart) },
      layer: [
        // Few states: dots, so that nobody takes the lines between them for what happened.
        { mark: { type: 'line', style: 'curve', clip: true, point: isSparse(chart) }, encoding: { x: x(), y, color: colour } },
        { data: { name: `events-${chart.id}`, values: events() }, mark: { type: 'rule', clip: true, strokeWidth: 1.2, strokeDash: [6, 3] }, encoding: { x: x(), color: { field: 'kind', type: 'nominal', legend: null, scale: { domain: ['train', 'validation', 'rqi'], range: ['train', 'validation', 'rqi'].map((name) => theme.style[name].color) } } } },
        { data: { name: 'cursor' }, transform: [...mine, { aggregate: [{ op: 'max', field: 'step', as: 'step' }] }], mark: { type: 'rule', style: 'pointer', strokeWidth: 1.6, clip: true }, encoding: { x: x() } },
        { data: { name: 'cursor' }, transform: mine, mark: { type: 'point', filled: true, size: 70, opacity: 1, clip: true }, encoding: { x: x(), y, color: colour } },
      ],
      resolve: { scale: { color: 'independent' } },
    };
  };

  const curvesSpec = (width, theme) => ({
    data: { name: 'cursor', values: cursor() },
    params: [{ name: 'low', value: range[0] }, { name: 'high', value: range[1] }, ...run.charts.flatMap((chart) => ends(chart).map((value, i) => ({ name: `${chart.id}_${i === 0 ? 'low' : 'high'}`, value })))],
    vconcat: run.charts.map((chart, i) => ({ ...layers(chart, i === run.charts.length - 1, theme), width })),
    spacing: 14,
    resolve: { scale: { x: 'shared' } },
  });

  /** The page tells in words what the charts show; their marks, which change all the time, say nothing of themselves. */
  const draw = (place, spec) => {
    const theme = themes[site.scheme()];
    return site.draw(place, spec, { config: { ...theme, mark: { ...theme.mark, aria: false }, axis: { ...theme.axis, aria: false } } });
  };

  async function drawCurves() {
    const container = element('curves');
    const made = news;
    const result = await draw(container, curvesSpec(Math.max(180, container.clientWidth - 88), themes[site.scheme()]));
    curves?.finalize();
    curves = result;
    drawn = made;
  }

  // The embedding ---------------------------------------------------------------------------------------------------------------------------------------------

  const view = () => run.views.find((known) => known.id === (element('view')?.value ?? run.views[0]?.id)) ?? run.views[0];
  const groups = run.task && parallelograms.classes(run.task.p, run.task.modular);
  const isDark = (colour) => {
    const value = parseInt(colour.slice(1), 16);
    return 0.2126 * (value >> 16) + 0.7152 * ((value >> 8) & 255) + 0.0722 * (value & 255) <= 127;
  };

  /** Everything that the embedding's chart draws at the chosen step. */
  const state = () => {
    const shown = view();
    const dimension = shown.axes.length;
    const size = shown.symbols * dimension;
    const i = at(shown.steps, step);
    const values = shown.values.subarray(i * size, (i + 1) * size);
    const colours = run.task?.colours ?? [];
    const planar = dimension === 2;
    const circle = run.task?.modular && planar && shown.id !== 'map' && values.every(Number.isFinite) ? parallelograms.strongest(values, shown.symbols) : null;
    const ordered = circle && circle.frequency > 0 && element('circle').checked;
    const points = [];
    for (let symbol = 0; symbol < shown.symbols; symbol++) {
      const rank = ordered ? (circle.frequency * symbol) % shown.symbols : symbol;
      const colour = shown.id === 'map' ? '#ffffff' : colours[rank] ?? '#888888';
      if (Number.isFinite(values[symbol * dimension])) points.push({ x: values[symbol * dimension], y: planar ? values[symbol * dimension + 1] : 0, symbol, colour, ink: isDark(colour) ? '#ffffff' : '#101418' });
    }
    const thread = ordered ? parallelograms.round(circle.frequency, shown.symbols).map((symbol, order) => ({ ...points[symbol], order })) : [];
    const found = groups && shown.normalised && points.length === shown.symbols ? parallelograms.present(values, dimension, groups, run.task.limit) : null;
    return { step: shown.steps[i], points, thread, circle, found, bridges: found && element('bridges').checked ? bridges(found, points, planar) : [] };
  };

  /** Lines of parallelograms: in the plane their sides; on a line an arc over each pair, so that pairs with one centre lie under one another. */
  const bridges = (found, points, planar) => {
    if (planar) return found.flatMap(([i, j, m, n], id) => [i, m, j, n, i].map((symbol, order) => ({ id, order, answer: i + j, x: points[symbol].x, y: points[symbol].y })));
    const pairs = new Map();
    for (const [i, j, m, n] of found) for (const [a, b] of [[i, j], [m, n]]) pairs.set(a * points.length + b, [a, b]);
    return [...pairs.values()].flatMap(([a, b], id) => Array.from({ length: 17 }, (_, k) => {
      const [middle, half, angle] = [(points[a].x + points[b].x) / 2, Math.abs(points[a].x - points[b].x) / 2, Math.PI * k / 16];
      return { id, order: k, answer: a + b, x: middle - half * Math.cos(angle), y: half * Math.sin(angle) };
    }));
  };

  const reach = (shown) => {
    let most = 0;
    for (const value of shown.values) if (Math.abs(value) > most) most = Math.abs(value);
    return 1.1 * most || 1;
  };

  const embeddingSpec = (now, room) => {
    const shown = view();
    const planar = shown.axes.length === 2;
    const width = Math.max(180, Math.min(room - (planar ? 60 : 20), 520));
    const half = { expr: 'reach' };
    const [left, right, bottom, top] = shown.id === 'map' ? run.map.bounds : planar ? [{ expr: '-reach' }, half, { expr: '-reach' }, half] : [{ expr: '-reach' }, half, -0.35, { expr: 'max(reach, 0.5)' }];
    const channel = (field, title, domain, axis = {}) => ({ field, type: 'quantitative', title, scale: { domain, nice: false, zero: false }, axis: { tickCount: 5, grid: false, ...axis } });
    const x = (field = 'x') => channel(field, shown.axes[0], [left, right]);
    const y = (field = 'y') => channel(field, planar ? shown.axes[1] : null, [bottom, top], planar ? {} : { labels: false, ticks: false, domain: false });
    const disc = Math.max(11, Math.min(19, 0.6 * Math.PI * 0.8 * width / shown.symbols));
    const cells = shown.id === 'map' ? run.map.cells.flatMap((group) => {
      const boxes = site.numbers(group.boxes);
      return Array.from({ length: boxes.length / 4 }, (_, i) => ({ x: boxes[4 * i], x2: boxes[4 * i + 1], y: boxes[4 * i + 2], y2: boxes[4 * i + 3], colour: group.colour, answer: group.answer }));
    }) : [];
    return {
      params: [{ name: 'reach', value: reach(shown) }],
      width, height: planar ? width : 0.62 * width,
      layer: [
        { data: { values: cells }, mark: { type: 'rect', clip: true, opacity: 1, aria: false }, encoding: { x: x(), x2: { field: 'x2' }, y: y(), y2: { field: 'y2' }, color: { field: 'colour', type: 'nominal', scale: null } } },
        ...(shown.id === 'map' ? [{ data: { values: run.map.answers }, mark: { type: 'text', style: ['answer', 'answer-ink'], baseline: 'middle' }, encoding: { x: x(), y: y(), text: { field: 'answer' } } }] : []),
        { data: { name: 'bridges', values: now.bridges }, mark: { type: 'line', strokeWidth: 1.3, opacity: planar ? 0.4 : 0.6, interpolate: 'linear' }, encoding: { x: x(), y: y(), detail: { field: 'id' }, order: { field: 'order' }, color: { field: 'answer', type: 'quantitative', legend: null, scale: { scheme: 'viridis', domain: [0, Math.max(2 * shown.symbols - 2, 1)] } } } },
        { data: { name: 'thread', values: now.thread }, mark: { type: 'line', style: 'residue-thread' }, encoding: { x: x(), y: y(), order: { field: 'order' } } },
        ...(planar ? [] : [{ data: { values: [{ y: 0 }] }, mark: { type: 'rule', style: 'pointer' }, encoding: { y: y() } }]),
        { data: { name: 'points', values: now.points }, mark: { type: 'circle', style: shown.id === 'map' ? 'symbol-disc' : 'residue-disc', size: disc * disc }, encoding: { x: x(), y: y(), color: { field: 'colour', type: 'nominal', scale: null }, tooltip: [{ field: 'symbol' }, { field: 'x', type: 'quantitative', format: '.3f' }, ...(planar ? [{ field: 'y', type: 'quantitative', format: '.3f' }] : [])] } },
        { data: { name: 'points' }, mark: { type: 'text', fontSize: Math.max(7, 0.6 * disc), fontWeight: 'bold', baseline: 'middle', dy: 0.5 }, encoding: { x: x(), y: y(), text: { field: 'symbol' }, color: { field: 'ink', type: 'nominal', scale: null } } },
      ],
    };
  };

  async function drawEmbedding() {
    if (!view()) return;
    const [container, now] = [element('embedding'), state()];
    const result = await draw(container, embeddingSpec(now, container.clientWidth));
    embedding?.finalize();
    embedding = result;
    tell(now);
  }

  const tell = (now) => {
    const shown = view();
    const parts = [`Step ${count(now.step)}${now.step === step ? '' : ', the last at which the embedding was recorded'}.`];
    if (now.points.length < shown.symbols) parts.push('All symbols lie together here: there is nothing to tell apart.');
    if (now.found) {
      const all = parallelograms.count(groups);
      parts.push(`${now.found.length} of ${all} parallelograms hold (RQI ${(now.found.length / all).toFixed(2)}): pairs with the same answer, and with the same ${shown.axes.length === 1 ? 'middle' : 'centre'}.`);
    }
    if (now.circle?.frequency > 0) parts.push(`Frequency ${now.circle.frequency} carries ${(100 * now.circle.share).toFixed(0)} % of the variance that is seen here: of an ordered circle, symbol x lies at ${now.circle.frequency}x/${shown.symbols} of a turn.`);
    if (shown.id === 'map') parts.push(`Colours and small numbers: what the decoder answers there at step ${count(run.map.step)}.`);
    element('words').textContent = parts.join(' ');
  };

  // Pictures for papers ---------------------------------------------------------------------------------------------------------------------------------------

  /** Draws a chart once more in the colours of print, and saves it with its caption. */
  async function save(spec, what, words, format) {
    const stage = document.createElement('div');
    stage.className = 'offstage';
    document.body.append(stage);
    const result = await site.draw(stage, spec, { config: themes.print, tooltip: false });
    await exporting[format](stage.querySelector('svg'), `${words} ${run.caption}`, `${run.run}-${what}-step${step}`);
    result.finalize();
    stage.remove();
  }

  const captions = {
    curves: () => `${run.charts.map((chart) => chart.title).join(', ')} against the training step; the line stands at step ${count(step)}: ${cursor().map((point) => point.told).join(', ')}. Dashed: ${run.milestones.map((event) => `${event.text} at step ${count(event.step)}`).join(', ') || 'no threshold was reached'}.`,
    embedding: () => `The embedding ${view().name}. ${element('words').textContent}`,
  };
  const pictures = { curves: () => curvesSpec(620, themes.print), embedding: () => embeddingSpec(state(), 580) };

  // The step ---------------------------------------------------------------------------------------------------------------------------------------------------

  let wanted = false;
  let busy = false;
  async function refresh() {
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted) {
      wanted = false;
      const all = () => true;
      curves?.view.change('cursor', vega.changeset().remove(all).insert(cursor())).signal('low', range[0]).signal('high', range[1]);
      if (curves && drawn !== news) {
        drawn = news;
        for (const chart of run.charts) {
          const [low, high] = ends(chart);
          curves.view.change(`curve-${chart.id}`, vega.changeset().remove(all).insert(rows(chart))).change(`events-${chart.id}`, vega.changeset().remove(all).insert(events()))
            .signal(`${chart.id}_low`, low).signal(`${chart.id}_high`, high);
        }
      }
      const waiting = [curves?.view.runAsync()];
      if (embedding && view()) {
        const now = state();
        embedding.view.signal('reach', reach(view()));
        for (const name of ['points', 'thread', 'bridges']) embedding.view.change(name, vega.changeset().remove(all).insert(now[name]));
        waiting.push(embedding.view.runAsync());
        tell(now);
      }
      await Promise.all(waiting);
    }
    busy = false;
  }

  const closest = (value) => {
    const before = at(steps, value);
    return before + 1 < steps.length && steps[before + 1] - value < value - steps[before] ? before + 1 : before;
  };

  /** Chooses the recorded step that is closest. */
  function choose(value) {
    return settle(closest(value));
  }

  /** Shows one of the recorded steps; without one, the step that is shown already, recorded or not. */
  function settle(chosen) {
    const index = chosen ?? closest(step);
    if (chosen !== null) step = steps[chosen];
    const slider = element('step');
    slider.value = index;
    slider.setAttribute('aria-valuetext', `step ${count(step)}`);
    element('now').textContent = `${count(step)} of ${count(run.last)}`;
    element('readout').replaceChildren(...run.charts.map(readout));
    if (step > range[1] || (step < range[0] && step >= least())) {
      const [from, to] = [place(range[0]), place(range[1])];
      show(place(step) - (to - from) / 2, place(step) + (to - from) / 2);
    }
    return refresh();
  }

  /** The values of a chart at the chosen step, in the colours of its lines. */
  function readout(chart) {
    const line = document.createElement('p');
    line.append(`${chart.short}: `);
    for (const point of cursor().filter((found) => found.chart === chart.id)) {
      const word = document.createElement('span');
      word.className = kind(point.name);
      word.textContent = point.told;
      line.append(word, ' ');
    }
    return line;
  }

  /** Shows a part of the axis, given by places on it. */
  function show(from, to) {
    const [first, last] = whole().map(place);
    const width = Math.min(to - from, last - first);
    const start = Math.min(Math.max(from, first), last - width);
    range = [unplace(start), unplace(start + width)];
  }

  function zoom(factor) {
    const [from, to] = range.map(place);
    const centre = Math.min(Math.max(place(step), from), to);
    show(centre - (centre - from) * factor, centre + (to - centre) * factor);
    return refresh();
  }

  function stop() {
    cancelAnimationFrame(playing);
    playing = null;
    element('play').setAttribute('aria-pressed', 'false');
    element('play').querySelector('.word').textContent = 'Play';
  }

  function play() {
    const seconds = 12;
    const [first, last] = whole().map(place);
    let from = step >= run.last ? first : Math.max(place(step), first);
    let begun = null;
    element('play').setAttribute('aria-pressed', 'true');
    element('play').querySelector('.word').textContent = 'Pause';
    const frame = (time) => {
      begun ??= time;
      const now = from + (last - first) * (time - begun) / (1000 * seconds);
      choose(now >= last ? run.last : unplace(now));
      if (now >= last) stop();
      else playing = requestAnimationFrame(frame);
    };
    playing = requestAnimationFrame(frame);
  }

  /** The step under the pointer. */
  const under = (event) => {
    const [left] = curves.view.origin();
    const box = element('curves').querySelector('svg').getBoundingClientRect();
    return curves.view.scale('x').invert(event.clientX - box.left - left);
  };

  function listen() {
    element('step').addEventListener('input', (event) => { stop(); choose(steps[event.target.value]); });
    element('play').addEventListener('click', () => (playing === null ? play() : stop()));
    element('closer').addEventListener('click', () => zoom(0.5));
    element('wider').addEventListener('click', () => zoom(2));
    element('whole').addEventListener('click', () => { range = whole(); refresh(); });
    for (const input of document.querySelectorAll('input[name=axis]')) {
      input.checked = (input.value === 'log') === logarithmic;
      input.addEventListener('change', () => {
        logarithmic = input.value === 'log';
        range = whole();
        drawCurves();
      });
    }
    element('view')?.addEventListener('change', () => { choices(); drawEmbedding(); });
    for (const button of document.querySelectorAll('[data-save]')) {
      const [what, format] = button.dataset.save.split(' ');
      button.addEventListener('click', () => save(pictures[what](), what, captions[what](), format));
    }
    for (const id of ['bridges', 'circle']) element(id)?.addEventListener('change', refresh);

    const surface = element('curves');
    let dragged = null;
    surface.addEventListener('pointerdown', (event) => {
      if (!curves || event.button !== 0) return;
      stop();
      surface.setPointerCapture(event.pointerId);
      dragged = event.shiftKey ? { at: place(under(event)), range: range.map(place) } : 'step';
      if (dragged === 'step') choose(under(event));
    });
    surface.addEventListener('pointermove', (event) => {
      if (dragged === 'step') choose(under(event));
      else if (dragged) {
        const moved = dragged.at - place(under(event));
        show(place(range[0]) + moved, place(range[1]) + moved);
        refresh();
      }
    });
    for (const end of ['pointerup', 'pointercancel']) surface.addEventListener(end, () => { dragged = null; });
    surface.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8);
    }, { passive: false });
    window.addEventListener('resize', () => {
      clearTimeout(listen.waiting);
      listen.waiting = setTimeout(drawAll, 150);
    });
  }

  /** Which choices make sense for the view. */
  function choices() {
    const shown = view();
    if (!shown) return;
    element('bridges-choice').hidden = !(groups && shown.normalised);
    element('circle-choice').hidden = !(run.task?.modular && shown.axes.length === 2 && shown.id !== 'map');
  }

  async function drawAll() {
    await Promise.all([drawCurves(), drawEmbedding()]);
    document.documentElement.dataset.drawn = site.scheme();
  }

  function begin() {
    gather();
    range = whole();
    Object.assign(element('step'), { min: 0, max: steps.length - 1 });
    listen();
    choices();
    const understood = !run.growing && run.milestones.find((event) => event.kind === 'validation')?.step;
    choose(steps.find((known) => understood && known >= understood) ?? run.last);
    site.onScheme(drawAll);
  }

  begin();
  return {
    /** The chosen step. */
    get step() { return step; },
    choose,
    state,
    /** Shows a run that has gone on. Who stood at the end, or saw the whole axis, still does; all others find step and axis as they left them. */
    async update(data) {
      const [isAtEnd, [first, last], before] = [step >= steps[steps.length - 1], whole(), shape()];
      const isWhole = range[0] <= first && range[1] >= last;
      run = decode(data);
      gather();
      news++;
      if (isWhole) range = whole();
      element('step').max = steps.length - 1;
      if (shape() !== before) await drawAll();
      await settle(isAtEnd && playing === null ? steps.length - 1 : null);
    },
  };
})();
