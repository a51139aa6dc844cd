// The page of one run: one step, chosen by the reader, and everything shown at that step.
'use strict';
const runPage = (() => {
  const element = (id) => document.getElementById(id);
  const decode = (data) => ({
    ...data,
    charts: data.charts.map((chart) => ({ ...chart, series: chart.series.map((series) => ({ ...series, steps: site.numbers(series.steps), values: site.numbers(series.values) })) })),
    views: data.views.map((view) => ({ ...view, steps: site.numbers(view.steps), values: site.numbers(view.values) })),
  });

  /** What is shown: the run, the chosen step, and the part of the axis between two steps. */
  const moment = { run: decode(site.data('run')), step: 0, range: [0, 1], logarithmic: false, least: () => (moment.logarithmic ? 1 : 0) };
  moment.logarithmic = moment.run.logarithmic;
  const [courses, symbols] = [runCurves(moment), runEmbedding(moment)];
  let steps = [];
  let curves = null;
  let embedding = null;
  let playing = null;
  let news = 0; // how often the run has gone on, and up to which time the curves show it
  let drawn = 0;

  const gather = () => {
    const { charts, views } = moment.run;
    steps = [...new Set([...charts.flatMap((chart) => chart.series.flatMap((series) => [...series.steps])), ...views.flatMap((view) => [...view.steps])])].sort((a, b) => a - b);
    if (steps.length === 0) steps = [0];
  };
  const whole = () => [moment.least(), Math.max(moment.run.last, moment.least() + 1)];
  const place = (value) => (moment.logarithmic ? Math.log(Math.max(value, 1)) : value);
  const unplace = (value) => (moment.logarithmic ? Math.exp(value) : value);

  /** The page tells in words what the charts show; their marks, which change all the time, say nothing of themselves. */
  const draw = (place, spec) => {
    const theme = themes[site.scheme()];
    return site.draw(place, spec, { config: { ...theme, mark: { ...theme.mark, aria: false }, axis: { ...theme.axis, aria: false } } });
  };

  async function drawCurves() {
    const container = element('curves');
    const made = news;
    if (moment.run.charts.length === 0) return;
    const result = await draw(container, courses.spec(Math.max(180, container.clientWidth - 88), themes[site.scheme()]));
    curves?.finalize();
    curves = result;
    drawn = made;
  }

  async function drawEmbedding() {
    if (!symbols.view()) return;
    const [container, now] = [element('embedding'), symbols.state()];
    const result = await draw(container, symbols.spec(now, container.clientWidth));
    embedding?.finalize();
    embedding = result;
    element('words').textContent = symbols.words(now);
  }

  /** Draws a chart once more in the colours of print, and saves it with its caption. */
  async function save(spec, what, words, format) {
    const stage = document.createElement('div');
    stage.className = 'offstage';
    document.body.append(stage);
    const result = await site.draw(stage, spec, { config: themes.print, tooltip: false });
    await exporting[format](stage.querySelector('svg'), `${words} ${moment.run.caption}`, `${moment.run.run}-${what}-step${moment.step}`);
    result.finalize();
    stage.remove();
  }

  const captions = {
    curves: () => `${moment.run.charts.map((chart) => chart.title).join(', ')} against the training step; the line stands at step ${site.count(moment.step)}: ${courses.cursor().map((point) => point.told).join(', ')}. Dashed: ${moment.run.milestones.map((event) => `${event.text} at step ${site.count(event.step)}`).join(', ') || 'no threshold was reached'}.`,
    embedding: () => `The embedding ${symbols.view().name}. ${element('words').textContent}`,
  };
  const pictures = { curves: () => courses.spec(620, themes.print), embedding: () => symbols.spec(symbols.state(), 580) };

  let wanted = false;
  let busy = false;
  async function refresh() {
    wanted = true;
    if (busy) return;
    busy = true;
    while (wanted) {
      wanted = false;
      const all = () => true;
      curves?.view.change('cursor', vega.changeset().remove(all).insert(courses.cursor())).signal('low', moment.range[0]).signal('high', moment.range[1]);
      if (curves && drawn !== news) {
        drawn = news;
        for (const chart of moment.run.charts) {
          const [low, high] = courses.ends(chart);
          curves.view.change(`curve-${chart.id}`, vega.changeset().remove(all).insert(courses.rows(chart))).change(`events-${chart.id}`, vega.changeset().remove(all).insert(courses.events()))
            .signal(`${chart.id}_low`, low).signal(`${chart.id}_high`, high);
        }
      }
      const waiting = [curves?.view.runAsync()];
      if (embedding && symbols.view()) {
        const now = symbols.state();
        embedding.view.signal('reach', symbols.reach(symbols.view()));
        for (const name of ['points', 'thread', 'bridges']) embedding.view.change(name, vega.changeset().remove(all).insert(now[name]));
        waiting.push(embedding.view.runAsync());
        element('words').textContent = symbols.words(now);
      }
      await Promise.all(waiting);
    }
    busy = false;
  }

  const closest = (value) => {
    const before = site.at(steps, value);
    return before + 1 < steps.length && steps[before + 1] - value < value - steps[before] ? before + 1 : before;
  };

  /** Chooses the recorded step that is closest. */
  function choose(value) {
    return settle(closest(value));
  }

  /** Shows one of the recorded steps; without one, the step that is shown already, recorded or not. */
  function settle(chosen) {
    const index = chosen ?? closest(moment.step);
    if (chosen !== null) moment.step = steps[chosen];
    const slider = element('step');
    slider.value = index;
    slider.setAttribute('aria-valuetext', `step ${site.count(moment.step)}`);
    element('now').textContent = `${site.count(moment.step)} of ${site.count(moment.run.last)}`;
    element('readout').replaceChildren(...moment.run.charts.map(readout));
    if (moment.step > moment.range[1] || (moment.step < moment.range[0] && moment.step >= moment.least())) {
      const [from, to] = [place(moment.range[0]), place(moment.range[1])];
      show(place(moment.step) - (to - from) / 2, place(moment.step) + (to - from) / 2);
    }
    return refresh();
  }

  /** The values of a chart at the chosen step, in the colours of its lines. */
  function readout(chart) {
    const line = document.createElement('p');
    line.append(`${chart.short}: `);
    for (const point of courses.cursor().filter((found) => found.chart === chart.id)) {
      const word = document.createElement('span');
      word.className = courses.kind(point.name);
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
    moment.range = [unplace(start), unplace(start + width)];
  }

  function zoom(factor) {
    const [from, to] = moment.range.map(place);
    const centre = Math.min(Math.max(place(moment.step), from), to);
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
    const from = moment.step >= moment.run.last ? first : Math.max(place(moment.step), first);
    let begun = null;
    element('play').setAttribute('aria-pressed', 'true');
    element('play').querySelector('.word').textContent = 'Pause';
    const frame = (time) => {
      begun ??= time;
      const now = from + (last - first) * (time - begun) / (1000 * seconds);
      choose(now >= last ? moment.run.last : unplace(now));
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
    element('whole').addEventListener('click', () => { moment.range = whole(); refresh(); });
    for (const input of document.querySelectorAll('input[name=axis]')) {
      input.checked = (input.value === 'log') === moment.logarithmic;
      input.addEventListener('change', () => {
        moment.logarithmic = input.value === 'log';
        moment.range = whole();
        drawCurves();
      });
    }
    element('view')?.addEventListener('change', () => { symbols.choices(); drawEmbedding(); });
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
      dragged = event.shiftKey ? { at: place(under(event)), range: moment.range.map(place) } : 'step';
      if (dragged === 'step') choose(under(event));
    });
    surface.addEventListener('pointermove', (event) => {
      if (dragged === 'step') choose(under(event));
      else if (dragged) {
        const moved = dragged.at - place(under(event));
        show(place(moment.range[0]) + moved, place(moment.range[1]) + moved);
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

  async function drawAll() {
    await Promise.all([drawCurves(), drawEmbedding()]);
    document.documentElement.dataset.drawn = site.scheme();
  }

  function begin() {
    gather();
    moment.range = whole();
    Object.assign(element('step'), { min: 0, max: steps.length - 1 });
    listen();
    symbols.choices();
    const understood = !moment.run.growing && moment.run.milestones.find((event) => event.kind === 'validation')?.step;
    choose(steps.find((known) => understood && known >= understood) ?? moment.run.last);
    site.onScheme(drawAll);
  }

  begin();
  return {
    /** The chosen step. */
    get step() { return moment.step; },
    choose,
    /** Shows a run that has gone on. Who stood at the end, or saw the whole axis, still does; all others find step and axis as they left them. */
    async update(data) {
      const [isAtEnd, [first, last], before] = [moment.step >= steps[steps.length - 1], whole(), courses.shape()];
      const isWhole = moment.range[0] <= first && moment.range[1] >= last;
      moment.run = decode(data);
      gather();
      news++;
      if (isWhole) moment.range = whole();
      element('step').max = steps.length - 1;
      if (courses.shape() !== before) await drawAll();
      await settle(isAtEnd && playing === null ? steps.length - 1 : null);
    },
  };
})();
