// The embedding of a run at the chosen step: symbols as discs, their parallelograms and their strongest frequency.
'use strict';

/** @param moment what is shown: {run, step} */
const runEmbedding = (moment) => {
  const element = (id) => document.getElementById(id);
  const view = () => moment.run.views.find((known) => known.id === (element('view')?.value ?? moment.run.views[0]?.id)) ?? moment.run.views[0];
  const groups = moment.run.task && parallelograms.classes(moment.run.task.p, moment.run.task.modular);
  const isDark = (colour) => {
    const value = parseInt(colour.slice(1), 16);
    return 0.2126 * (value >> 16) + 0.7152 * ((value >> 8) & 255) + 0.0722 * (value & 255) <= 127;
  };

  /** Everything that the embedding's chart draws at the chosen step. */
  const state = () => {
    const shown = view();
    const dimension = shown.axes.length;
    const size = shown.symbols * dimension;
    const i = site.at(shown.steps, moment.step);
    const values = shown.values.subarray(i * size, (i + 1) * size);
    const colours = moment.run.task?.colours ?? [];
    const planar = dimension === 2;
    const circle = moment.run.task?.modular && planar && shown.id !== 'map' && values.every(Number.isFinite) ? parallelograms.strongest(values, shown.symbols) : null;
    const ordered = circle && circle.frequency > 0 && element('circle').checked;
    const points = [];
    for (let symbol = 0; symbol < shown.symbols; symbol++) {
      const rank = ordered ? (circle.frequency * symbol) % shown.symbols : symbol;
      const colour = shown.id === 'map' ? '#ffffff' : colours[rank] ?? '#888888';
      if (Number.isFinite(values[symbol * dimension])) points.push({ x: values[symbol * dimension], y: planar ? values[symbol * dimension + 1] : 0, symbol, colour, ink: isDark(colour) ? '#ffffff' : '#101418' });
    }
    const thread = ordered ? parallelograms.round(circle.frequency, shown.symbols).map((symbol, order) => ({ ...points[symbol], order })) : [];
    const found = groups && shown.normalised && points.length === shown.symbols ? parallelograms.present(values, dimension, groups, moment.run.task.limit) : null;
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

  /** How far a view's axes reach. */
  const reach = (shown) => {
    let most = 0;
    for (const value of shown.values) if (Math.abs(value) > most) most = Math.abs(value);
    return 1.1 * most || 1;
  };

  /** The specification of a view's chart, for a place of so many pixels. */
  const spec = (now, room) => {
    const shown = view();
    const planar = shown.axes.length === 2;
    const width = Math.max(180, Math.min(room - (planar ? 60 : 20), 520));
    const half = { expr: 'reach' };
    const [left, right, bottom, top] = shown.id === 'map' ? moment.run.map.bounds : planar ? [{ expr: '-reach' }, half, { expr: '-reach' }, half] : [{ expr: '-reach' }, half, -0.35, { expr: 'max(reach, 0.5)' }];
    const channel = (field, title, domain, axis = {}) => ({ field, type: 'quantitative', title, scale: { domain, nice: false, zero: false }, axis: { tickCount: 5, grid: false, ...axis } });
    const x = (field = 'x') => channel(field, shown.axes[0], [left, right]);
    const y = (field = 'y') => channel(field, planar ? shown.axes[1] : null, [bottom, top], planar ? {} : { labels: false, ticks: false, domain: false });
    const disc = Math.max(11, Math.min(19, 0.6 * Math.PI * 0.8 * width / shown.symbols));
    const cells = shown.id === 'map' ? moment.run.map.cells.flatMap((group) => {
      const boxes = site.numbers(group.boxes);
      return Array.from({ length: boxes.length / 4 }, (_, i) => ({ x: boxes[4 * i], x2: boxes[4 * i + 1], y: boxes[4 * i + 2], y2: boxes[4 * i + 3], colour: group.colour, answer: group.answer }));
    }) : [];
    return {
      params: [{ name: 'reach', value: reach(shown) }],
      width, height: planar ? width : 0.62 * width,
      layer: [
        { data: { values: cells }, mark: { type: 'rect', clip: true, opacity: 1, aria: false }, encoding: { x: x(), x2: { field: 'x2' }, y: y(), y2: { field: 'y2' }, color: { field: 'colour', type: 'nominal', scale: null } } },
        ...(shown.id === 'map' ? [{ data: { values: moment.run.map.answers }, mark: { type: 'text', style: ['answer', 'answer-ink'], baseline: 'middle' }, encoding: { x: x(), y: y(), text: { field: 'answer' } } }] : []),
        { data: { name: 'bridges', values: now.bridges }, mark: { type: 'line', strokeWidth: 1.3, opacity: planar ? 0.4 : 0.6, interpolate: 'linear' }, encoding: { x: x(), y: y(), detail: { field: 'id' }, order: { field: 'order' }, color: { field: 'answer', type: 'quantitative', legend: null, scale: { scheme: 'viridis', domain: [0, Math.max(2 * shown.symbols - 2, 1)] } } } },
        { data: { name: 'thread', values: now.thread }, mark: { type: 'line', style: 'residue-thread' }, encoding: { x: x(), y: y(), order: { field: 'order' } } },
        ...(planar ? [] : [{ data: { values: [{ y: 0 }] }, mark: { type: 'rule', style: 'pointer' }, encoding: { y: y() } }]),
        { data: { name: 'points', values: now.points }, mark: { type: 'circle', style: shown.id === 'map' ? 'symbol-disc' : 'residue-disc', size: disc * disc }, encoding: { x: x(), y: y(), color: { field: 'colour', type: 'nominal', scale: null }, tooltip: [{ field: 'symbol' }, { field: 'x', type: 'quantitative', format: '.3f' }, ...(planar ? [{ field: 'y', type: 'quantitative', format: '.3f' }] : [])] } },
        { data: { name: 'points' }, mark: { type: 'text', fontSize: Math.max(7, 0.6 * disc), fontWeight: 'bold', baseline: 'middle', dy: 0.5 }, encoding: { x: x(), y: y(), text: { field: 'symbol' }, color: { field: 'ink', type: 'nominal', scale: null } } },
      ],
    };
  };

  /** What is seen, in words. */
  const words = (now) => {
    const shown = view();
    const parts = [`Step ${site.count(now.step)}${now.step === moment.step ? '' : ', the last at which the embedding was recorded'}.`];
    if (now.points.length < shown.symbols) parts.push('All symbols lie together here: there is nothing to tell apart.');
    if (now.found) {
      const all = parallelograms.count(groups);
      parts.push(`${now.found.length} of ${all} parallelograms hold (RQI ${(now.found.length / all).toFixed(2)}${moment.run.task.updated ? ", before this step's update; the curve has it after" : ''}): pairs with the same answer, and with the same ${shown.axes.length === 1 ? 'middle' : 'centre'}.`);
    }
    if (now.circle?.frequency > 0) parts.push(`Frequency ${now.circle.frequency} carries ${(100 * now.circle.share).toFixed(0)} % of the variance that is seen here: of an ordered circle, symbol x lies at ${now.circle.frequency}x/${shown.symbols} of a turn.`);
    if (shown.id === 'map') parts.push(`Colours and small numbers: what the decoder answers there at step ${site.count(moment.run.map.step)}.`);
    return parts.join(' ');
  };

  /** Which choices make sense for the view. */
  const choices = () => {
    const shown = view();
    if (!shown) return;
    element('bridges-choice').hidden = !(groups && shown.normalised);
    element('circle-choice').hidden = !(moment.run.task?.modular && shown.axes.length === 2 && shown.id !== 'map');
  };

  return { view, state, spec, reach, words, choices };
};
