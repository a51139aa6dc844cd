// The curves of a run over one axis of steps, with a line at the chosen one.
'use strict';

/** @param moment what is shown: {run, step, range, logarithmic, least()} */
const runCurves = (moment) => {
  /** The points of a chart's lines. */
  const rows = (chart) => chart.series.flatMap((series) => {
    const found = [];
    for (let i = 0; i < series.steps.length; i++) {
      const value = series.values[i];
      if (series.steps[i] >= moment.least() && Number.isFinite(value) && (chart.scale !== 'log' || value > 0)) found.push({ step: series.steps[i], name: series.name, value });
    }
    return found;
  });

  const told = (chart, value) => (chart.scale === 'percent' ? `${+value.toFixed(1)} %` : chart.scale === 'log' ? value.toPrecision(3) : +value.toFixed(3));

  /** The values of all lines at the chosen step, or at the last recorded one before it. */
  const cursor = () => moment.run.charts.flatMap((chart) => chart.series.flatMap((series) => {
    const i = site.at(series.steps, moment.step);
    const value = series.values[i];
    if (series.steps.length === 0 || !Number.isFinite(value) || (chart.scale === 'log' && value <= 0)) return [];
    return [{ chart: chart.id, step: Math.max(moment.step, moment.least()), name: series.name, value, told: `${series.name} ${told(chart, value)}` }];
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

  /** Which of the page's colours a line has. */
  const kind = (name) => (name === 'train' || name === 'validation' ? name : 'rqi');

  const events = () => moment.run.milestones.filter((event) => event.step >= moment.least());
  const isSparse = (chart) => chart.series.some((series) => series.steps.length < 20);

  /** Everything about the curves that their specification depends on, beside their values. */
  const shape = () => JSON.stringify(moment.run.charts.map((chart) => [chart.id, chart.series.map((series) => series.name), isSparse(chart)]));

  const layers = (chart, isLast, theme) => {
    const x = (field = 'step') => ({
      field, type: 'quantitative', title: isLast ? `Training step (optimiser updates${moment.logarithmic ? ', logarithmic' : ''})` : null,
      scale: { type: moment.logarithmic ? 'log' : 'linear', domain: [{ expr: 'low' }, { expr: 'high' }], nice: false, ...(moment.logarithmic ? {} : { zero: false }) },
      axis: { tickCount: 6, labelOverlap: 'greedy', labels: isLast, labelExpr: `${moment.logarithmic ? "high / low > 30 && indexof([1, 2, 5], round(datum.value / pow(10, floor(log(datum.value) / LN10 + 1e-9)))) < 0 ? '' : " : ''}format(datum.value, datum.value < 10000 ? '~d' : ',d')` },
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

  /** The specification of all charts over one axis. */
  const spec = (width, theme) => ({
    data: { name: 'cursor', values: cursor() },
    params: [{ name: 'low', value: moment.range[0] }, { name: 'high', value: moment.range[1] }, ...moment.run.charts.flatMap((chart) => ends(chart).map((value, i) => ({ name: `${chart.id}_${i === 0 ? 'low' : 'high'}`, value })))],
    vconcat: moment.run.charts.map((chart, i) => ({ ...layers(chart, i === moment.run.charts.length - 1, theme), width })),
    spacing: 14,
    resolve: { scale: { x: 'shared' } },
  });

  return { rows, cursor, ends, kind, events, shape, spec };
};
