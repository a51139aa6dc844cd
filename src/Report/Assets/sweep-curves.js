// Accuracies over steps of the runs of a cell, under the name `sweepCurves`.
'use strict';
const sweepCurves = (() => {
  const { add, space } = exporting;
  const [top, bottom, left, right] = [64, 46, 48, 26];
  const fewest = 3;
  const splits = [['train', 'training'], ['validation', 'validation']];

  /** Ticks of the axis of steps: powers of ten, or round numbers. */
  const ticks = (end, isLogarithmic, most) => {
    if (isLogarithmic) {
      const powers = [0, ...Array.from({ length: 12 }, (_, i) => 10 ** i).filter((power) => power <= end)];
      const every = Math.ceil(powers.length / most);
      return powers.filter((_, i) => i % every === 0);
    }
    const step = phases.nice(Math.max(end, 1) / most, true);
    return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
  };

  /**
   * Draws them.
   * @param place The element.
   * @param cell `runs`: [{steps, train, validation, trainStep, validationStep, rule}], the first of them drawn strong; `end`: the last step of the axis;
   * `isLogarithmic`; `name`, for those who do not see it.
   */
  const draw = (place, cell) => {
    const [width, height] = [Math.max(260, Math.min(560, place.clientWidth)), 340];
    const svg = document.createElementNS(space, 'svg');
    for (const [key, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, class: 'sweep-svg', role: 'img', 'aria-label': cell.name })) svg.setAttribute(key, value);
    const place01 = cell.isLogarithmic ? (step) => Math.log1p(step) / Math.log1p(cell.end) : (step) => step / cell.end;
    const x = (step) => left + place01(step) * (width - left - right);
    const y = (share) => height - bottom - share * (height - top - bottom);
    const axis = add(svg, 'g', { class: 'axis' });
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      add(axis, 'line', { class: 'grid', x1: left, x2: width - right, y1: y(share), y2: y(share) });
      add(axis, 'text', { x: left - 7, y: y(share) + 4, 'text-anchor': 'end' }, `${100 * share} %`);
    }
    for (const step of ticks(cell.end, cell.isLogarithmic, width < 400 ? 4 : 7)) {
      add(axis, 'line', { class: 'tick', x1: x(step), x2: x(step), y1: y(0), y2: y(0) + 4 });
      add(axis, 'text', { x: x(step), y: y(0) + 18, 'text-anchor': 'middle' }, phases.written(step));
    }
    add(axis, 'text', { class: 'title', x: (left + width - right) / 2, y: height - 8, 'text-anchor': 'middle' }, `step${cell.isLogarithmic ? ' (logarithmic)' : ''}`);
    const [first] = cell.runs;
    beyond(svg, first.rule.budget, cell.end, x, y);
    thresholds(svg, first.rule, left, width - right, y);
    for (const run of cell.runs.slice(1).reverse()) lines(svg, run, x, y, 'thin');
    reached(svg, first, x, y, width);
    lines(svg, first, x, y, 'strong');
    splits.forEach(([split, word], i) => {
      add(svg, 'line', { class: `${split} strong`, x1: left + i * 110, x2: left + i * 110 + 22, y1: 12, y2: 12 });
      add(svg, 'text', { class: 'name', x: left + i * 110 + 28, y: 16 }, word);
    });
    place.replaceChildren(svg);
    return svg;
  };

  /** What comes after the budget does not count. */
  const beyond = (svg, budget, end, x, y) => {
    if (budget >= end) return;
    add(svg, 'rect', { class: 'beyond', x: x(budget), y: y(1), width: x(end) - x(budget), height: y(0) - y(1) });
  };

  const thresholds = (svg, rule, from, to, y) => {
    for (const share of new Set([rule.train, rule.validation])) {
      add(svg, 'line', { class: 'threshold', x1: from, x2: to, y1: y(share), y2: y(share) });
      add(svg, 'text', { class: 'mark', x: from + 4, y: y(share) + 14 }, `${phases.written(100 * share)} %${rule.train === rule.validation ? '' : share === rule.train ? ' training' : ' validation'}`);
    }
  };

  const lines = (svg, run, x, y, weight) => {
    for (const [split] of splits) {
      const values = run[split];
      if (!values) continue;
      const points = run.steps.map((step, i) => [x(step).toFixed(1), y(values[i]).toFixed(1), values[i]]).filter(([, , value]) => Number.isFinite(value));
      // A line between a beginning and an end would claim to know what lies between.
      if (points.length <= fewest) for (const [cx, cy] of points) add(svg, 'circle', { class: split, cx, cy, r: weight === 'strong' ? 4 : 2 });
      else add(svg, 'polyline', { class: `${split} ${weight}`, points: points.map(([px, py]) => `${px},${py}`).join(' ') });
    }
  };

  /** The steps at which the first run reached its thresholds: lines, and words over them. */
  const reached = (svg, run, x, y, width) => {
    const found = splits.map(([split, word], i) => ({ split, word, step: run[`${split}Step`], top: y(1) - 6 - 14 * (1 - i) })).filter(({ step }) => step !== null);
    for (const { split, step, top: from } of found) add(svg, 'line', { class: `${split} event`, x1: x(step), x2: x(step), y1: from, y2: y(0) });
    for (const { split, word, step, top: from } of found) {
      const isLate = x(step) > width / 2;
      add(svg, 'text', { class: `${split}-ink`, x: x(step) + (isLate ? -5 : 5), y: from - 4, 'text-anchor': isLate ? 'end' : 'start' }, `${word} at ${phases.written(step)}`);
    }
  };

  return { draw };
})();
